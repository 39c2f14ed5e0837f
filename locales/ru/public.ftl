### Pages before the sign-in: landing, sign-in, sign-up, links from letters.

public-to-landing = Пульт, на главную
public-language = Язык
public-failed = Не получилось
public-name = Ваше имя
public-email = Почта
public-password = Пароль
public-new-password = Новый пароль
# $count (String) - least characters
public-password-help = Не меньше { $count } знаков. Хорошо подходит фраза из нескольких слов.
public-organisation = Название организации
public-time-zone = Часовой пояс
public-time-zone-help = По нему считаются дни, сроки и отчёты. Изменить можно в настройках.

landing-window = Пульт: чаты и заказы команды
landing-description = Чаты с клиентами, заказы и уведомления небольшой команды на одном экране.
landing-title = Чаты и заказы команды на одном экране
landing-lead-1 = Сообщения клиентов приходят в общий список, и сразу видно, кто ждёт ответа.
landing-lead-2 = Заказ создаётся прямо из чата, а о готовности клиенту сообщает Пульт.
landing-lead-3 = Каждое автоматическое действие записано вместе с причиной: ничего не теряется и не уходит дважды.
landing-open = Открыть Пульт
landing-note = Работает на вашем сервере: одна программа, одна база данных, ваши данные остаются у вас.
landing-demo-title = Это демо.
landing-demo-text = Люди и заказы здесь вымышлены, наружу ничего не уходит.
landing-demo-button = Войти в демо
landing-picture = Экран чатов: список обращений, переписка с клиентом и его карточка с заказом

picture-unanswered = Неотвеченные
picture-mine = Мои
picture-client-1 = Марина Лебедева
picture-client-2 = Игорь Пак
picture-client-3 = ТОО «Ориент»
picture-client-4 = Екатерина С.
picture-client-5 = Олег Тарасов
picture-line-1 = А можно завтра до обеда?
picture-line-2 = Сколько будет стоить диагностика?
picture-line-3 = Счёт получили, спасибо.
picture-line-4 = Вы: мастер выехал
picture-line-5 = Вы: заказ готов, ждём вас
picture-day = Сегодня
picture-message-1 = Здравствуйте! Холодильник перестал морозить, модель Атлант 4424
picture-message-2 = Здравствуйте, Марина! Похоже на реле. Диагностика на дому 900 ₽, при ремонте бесплатно. Когда вам удобно?
picture-message-3 = А можно завтра до обеда?
picture-read = прочитано
picture-assigned = Назначено: Анна Ковалёва
picture-composer = Ответьте или нажмите / для быстрого ответа
picture-window = WhatsApp · окно ещё 21 ч 14 мин
picture-phone = Телефон
picture-order = Ремонт холодильника
picture-create = Создать заказ
picture-orders = Заказы

sign-in-title = Вход
sign-in-submit = Войти
sign-in-forgot = Забыли пароль?
sign-in-new = Ещё нет организации?
sign-in-new-link = Создать
sign-in-after-reset = Пароль изменён, прежние сеансы завершены. Войдите с новым паролем.
sign-in-signed-out = Выход выполнен.
sign-in-demo = Для демо:

sign-up-title = Новая организация
sign-up-lead = Вы станете её владельцем. Сотрудников пригласите потом.
sign-up-submit = Создать организацию
sign-up-known = Уже есть вход?

organisation-new-title = Ещё одна организация
organisation-new-lead = Клиенты, заказы и сотрудники организаций не смешиваются. Переключаться между ними можно в левом верхнем углу.
organisation-new-back = Вернуться без изменений

forgot-title = Забыли пароль?
forgot-lead = Укажите почту, с которой входите. Пришлём ссылку, чтобы задать новый пароль.
forgot-submit = Прислать ссылку
forgot-back = Вернуться ко входу
forgot-sent-title = Проверьте почту
forgot-sent-text = Если с этой почтой сюда входят, на неё отправлено письмо со ссылкой. Ссылка действует один час. Если письма нет, загляните в «Спам» или запросите ссылку снова.
forgot-sent-demo = В демо письма наружу не уходят: их текст виден в журнале.
forgot-no-mail = На этом сервере не настроена отправка почты, письмо не придёт. Обратитесь к тому, кто обслуживает сервер.

reset-title = Новый пароль
reset-lead = После сохранения все открытые сеансы завершатся, и войти можно будет только с новым паролем.
reset-submit = Сохранить пароль

# $organisation (String) - name of the organisation
join-title = Приглашение в «{ $organisation }»
# $role (String) - word of the role
join-role = Ваша роль: { $role }.
join-submit = Присоединиться
# $email (String) - invited address
join-known = С почтой { $email } сюда уже входят. Войдите, и приглашение откроется снова.
join-sign-in = Войти
# $name (String) - name of the signed-in person
# $email (String) - their address
join-as = Вы вошли как { $name }, { $email }.
# $email (String) - invited address
join-other = Приглашение отправлено на { $email }. Если присоединиться должен другой человек, сначала выйдите.
join-member = Вы уже состоите в этой организации.

confirm-title = Подтверждение почты
confirm-text = Нажмите кнопку, чтобы подтвердить, что эта почта ваша.
confirm-submit = Подтвердить почту
confirm-done-title = Почта подтверждена
confirm-done-text = Сюда будут приходить письма о сбоях подключений и ссылки для нового пароля.

link-invalid-title = Ссылка не действует
link-invalid-text = Она уже использована, устарела или неполная.
link-invalid-reset = Прежний пароль остаётся в силе, ссылку можно запросить снова.
link-invalid-ask = Запросить новую ссылку
link-invalid-join = Попросите того, кто вас пригласил, прислать новую ссылку.
link-invalid-confirm = Новую ссылку можно запросить в профиле после входа.

deactivated-title = Доступ отключён

public-powered = Работает на Пульте
