### The team: members, invitations, what each role may do. The words of permissions are also those of API keys.

team-invite = Пригласить
team-you = вы
team-off = Отключён
team-column-name = Имя
team-column-presence = Статус
team-column-role = Роль
team-column-chats = Открытые чаты
team-column-orders = Заказы
team-column-since = В команде с
# $name (String) - name of the member
team-actions-of = Действия: { $name }
# $name (String) - name of the member
team-role-of = Роль: { $name }
# $name (String) - name of the member
# $count (String) - how many
team-chats-of = { $name }, открытые чаты: { $count }
# $name (String) - name of the member
# $count (String) - how many
team-orders-of = { $name }, открытые заказы: { $count }
# $name (String) - name of the member
# $role (String) - word of the role
team-role-changed = { $name }: теперь { $role }
team-role-own-title = Изменить свою роль?
# $role (String) - word of the role
team-role-own-text = Ваша роль станет «{ $role }». Новые права действуют сразу, и вернуть прежнюю роль сможет только другой владелец или администратор.
team-role-own-confirm = Изменить роль
team-alone = Пока вы здесь одни
team-alone-hint = Пригласите сотрудников: ссылку можно отправить письмом или передать в любом мессенджере.

team-deactivate = Отключить
team-reactivate = Включить снова
# $name (String) - name of the member
team-deactivate-title = Отключить: { $name }
team-deactivate-text = Вход в эту организацию закроется сразу. Имя, сообщения и история останутся на месте, включить снова можно в любой момент.
# $chats (String) - how many
# $orders (String) - how many
team-hand-over-work = Открытых чатов: { $chats }, заказов в работе: { $orders }.
team-hand-over = Кому передать
team-hand-over-nobody = Никому: останутся без ответственного
team-hand-over-none = Открытых чатов и заказов нет, передавать нечего.
# $name (String) - name of the member
team-deactivated = Доступ отключён: { $name }
# $name (String) - name of the member
# $chats (String) - how many
# $orders (String) - how many
team-deactivated-handed = Доступ отключён: { $name }. Передано чатов: { $chats }, заказов: { $orders }
# $name (String) - name of the member
team-reactivated = Доступ включён: { $name }

team-invite-title = Пригласить сотрудника
team-invite-email = Почта
team-invite-email-help = На неё придёт письмо со ссылкой.
team-invite-role = Роль
team-invite-submit = Пригласить
team-invite-done-title = Приглашение готово
# $email (String) - invited address
team-invite-done-text = Письмо отправлено на { $email }. Эту же ссылку можно передать самостоятельно: она действует неделю и только один раз.
team-invite-done-demo = В демо письма наружу не уходят: их текст виден в журнале.
team-invite-link = Ссылка приглашения
team-invite-more = Пригласить ещё
team-invites = Ждут ответа на приглашение
# $role (String) - word of the role
# $until (String) - date
team-invite-note = { $role }, ссылка действует до { $until }
team-invite-again = Новая ссылка
team-invite-revoke = Отозвать
team-invite-revoke-title = Отозвать приглашение?
# $email (String) - invited address
team-invite-revoke-text = Ссылка, отправленная на { $email }, перестанет действовать.
# $email (String) - invited address
team-invite-revoked = Приглашение отозвано: { $email }

team-roles = Что может каждая роль
team-roles-note = Права действуют одинаково на страницах, в поиске, выгрузках и API.
team-roles-right = Право
team-roles-may = может
team-roles-may-not = не может

role-owner-hint = Может всё и назначает других владельцев.
role-admin-hint = Может всё, кроме назначения владельцев.
role-seller-hint = Отвечает в чатах, ведёт клиентов и заказы.
role-technician-hint = Видит чаты и клиентов, выполняет заказы.
role-quality-hint = Видит всё и журнал, ничего не меняет.

permission-dashboard-read = Смотреть Сводку
permission-chats-read = Читать чаты
permission-chats-write = Отвечать и вести чаты
permission-contacts-read = Видеть клиентов
permission-contacts-write = Изменять клиентов
permission-products-read = Видеть каталог
permission-products-write = Изменять каталог
permission-orders-read = Видеть заказы
permission-orders-write = Создавать и вести заказы
permission-members-read = Видеть команду
permission-members-manage = Приглашать, менять роли, отключать
permission-connections-read = Видеть подключения
permission-connections-manage = Настраивать подключения
permission-journal-read = Читать журнал
permission-jobs-manage = Повторять и отменять задания
permission-settings-read = Видеть настройки
permission-settings-manage = Изменять настройки
permission-keys-manage = Выпускать и отзывать API-ключи
permission-rules-read = Видеть правила и их запуски
permission-rules-manage = Менять и публиковать правила
permission-reviews-read = Видеть отзывы и приглашения
permission-reviews-write = Повторять приглашения, отвечать на отзывы
permission-profile-own = Свой профиль, статус и сеансы

team-place = Видимость и нагрузка
# $name (String) - name of the member
team-place-title = Видимость и нагрузка: { $name }
# $name (String) - name of the member
team-place-saved = Сохранено: { $name }
team-place-sees-all = Владельцы, администраторы и контроль качества всегда видят всё.
team-sees = Видит
team-sees-help = Действует везде: в списках, поиске, карточках, файлах и по прямой ссылке. Чаты и заказы без ответственного видят все, чтобы их можно было взять.
team-sees-own = Только своё
team-sees-team = Своё и отдела
team-sees-all = Всё
team-team = Отдел
team-team-help = Сотрудники с одинаковым названием отдела видят чаты и заказы друг друга.
team-capacity = Открытых чатов не больше
team-capacity-help = Столько чатов сотрудник получает сам. Пусто: как в настройках чатов.
# $time (String) - how long ago
team-silent = не на связи: { $time }
team-presence-past = История статусов
# $name (String) - the member
team-presence-of = Статусы за неделю: { $name }
team-presence-nothing = За неделю статус не менялся
