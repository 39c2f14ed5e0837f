### Settings: organisation, orders, profile, sessions, API keys; names of time zones and currencies.

settings-tab-organisation = Организация
settings-tab-orders = Заказы
settings-tab-profile = Профиль
settings-tab-sessions = Сеансы
settings-tab-keys = API-ключи
settings-tabs = Разделы настроек
settings-read-only = Изменить эти настройки может владелец или администратор.
settings-saved = Настройки сохранены
settings-stale = Эти настройки уже изменены кем-то другим.
settings-stale-hint = Ваши изменения не записаны. Загрузите настройки заново и внесите их снова.
settings-stale-load = Загрузить заново

settings-organisation = Организация
settings-organisation-name = Название
settings-time-zone = Часовой пояс
settings-time-zone-help = По нему считаются дни, сроки и отчёты, его же видит вся команда.
settings-currency = Валюта
settings-currency-help = В ней создаются новые заказы и позиции каталога. Прежние не изменятся.
settings-http-title = Пульт открыт без шифрования.
# $address (String) - public address of Pult
settings-http-text = Адрес { $address } начинается с http://, поэтому пароль и переписка идут по сети открыто, а сеансы защищены слабее. Подключите HTTPS и укажите новый адрес в PULT_PUBLIC_URL.
settings-another = Ещё одна организация
settings-another-text = Для другого дела или филиала: со своими клиентами, заказами и сотрудниками. Этой организации она не видна.
settings-another-create = Создать организацию

settings-deadlines = Сроки заказов
settings-deadlines-note = Сколько заказ может оставаться в статусе, прежде чем считается просроченным.
# $status (String) - word of the order status
settings-deadline-unit-of = { $status }: единица срока
settings-deadline-none = без срока
settings-deadline-minutes = минут
settings-deadline-hours = часов
settings-deadline-days = дней
# $time (String) - length of time
settings-deadline-usual = Обычно: { $time }
settings-deadlines-apply = Новые сроки действуют для заказов, которые войдут в статус после сохранения.

settings-notice = Уведомление клиента о заказе
settings-notice-enabled = Сообщать клиенту о смене статуса
settings-notice-enabled-note = Через канал, которым он пользуется.
settings-notice-statuses = О каких статусах
settings-notice-statuses-none = Не выбран ни один статус: клиент не получит уведомлений.
settings-notice-text = Текст
settings-notice-text-help = Подставятся:
settings-notice-insert-name = имя клиента
settings-notice-insert-number = номер заказа
settings-notice-insert-status = статус
settings-notice-insert-total = сумма
settings-notice-preview = Клиент увидит
settings-notice-example-name = Марина
settings-notice-template = Шаблон WhatsApp
settings-notice-template-help = Уходит вместо текста, когда клиент давно не писал и окно переписки закрыто. Имя как в кабинете WhatsApp, параметры по порядку: имя клиента, номер заказа, статус.
settings-notice-template-language = Язык шаблона

settings-profile = Профиль
settings-profile-name = Имя
settings-profile-name-help = Его видят сотрудники.
settings-email = Почта
settings-email-confirmed = Подтверждена
settings-email-unconfirmed = Не подтверждена
settings-email-unconfirmed-text = Откройте ссылку из письма, чтобы ссылки для нового пароля точно дошли.
settings-email-resend = Отправить письмо ещё раз
settings-email-sent = Письмо отправлено
settings-email-sent-demo = Письмо отправлено: в демо его текст виден в журнале
settings-language = Язык интерфейса
settings-language-note = Меняется сразу, без перезагрузки. Письма вам тоже будут на этом языке.
settings-notifications = Уведомления
settings-sound = Звук при новом сообщении
settings-sound-note = Когда Пульт открыт в браузере.
settings-desktop = Всплывающие уведомления, пока Пульт открыт
settings-desktop-note = О новых сообщениях в ваших и ничьих чатах, когда вкладка не на виду. Чтобы они приходили и при закрытом Пульте, включите уведомления на этом устройстве ниже
settings-desktop-unasked = Этот браузер ещё не разрешил уведомления
settings-desktop-denied = Этот браузер уведомления не показывает: они запрещены в его настройках или адрес открыт без https
settings-desktop-allow = Разрешить уведомления
settings-quiet = Тихие часы
settings-quiet-note = Ни звука, ни уведомлений. Счётчик во вкладке остаётся.
settings-quiet-from = Тихо с
settings-quiet-to = Тихо до
settings-mail-on-trouble = Письмо при сбое подключения
settings-mail-on-trouble-note = Когда канал перестал принимать или отправлять.
settings-password = Пароль
settings-password-note = После смены все остальные сеансы завершатся.
settings-password-current = Текущий пароль
settings-password-new = Новый пароль
# $count (String) - least characters
settings-password-help = Не меньше { $count } знаков.
settings-password-submit = Изменить пароль
settings-password-changed = Пароль изменён, остальные сеансы завершены
settings-password-wrong = Это не текущий пароль. Проверьте раскладку.

settings-sessions = Где выполнен вход
settings-sessions-note = Если узнаёте не всё, завершите лишнее и измените пароль.
settings-session-current = Этот сеанс
# $browser (String) - name of the browser
# $system (String) - name of the operating system
settings-session-device = { $browser } на { $system }
settings-session-unknown = Неизвестный браузер
# $address (String) - network address
settings-session-from = с адреса { $address }
settings-session-began = начат
settings-session-ends = закончится не позже
settings-session-used = последнее действие
settings-session-end = Завершить
# $device (String) - browser and system
settings-session-end-of = Завершить: { $device }
settings-session-ended = Сеанс завершён
settings-sessions-end-others = Завершить остальные
settings-sessions-end-title = Завершить остальные сеансы?
# $count (String) - how many
settings-sessions-end-text = Сеансов: { $count }. Там придётся войти заново, несохранённое на открытых страницах пропадёт.
# $count (String) - how many
settings-sessions-ended = Завершено сеансов: { $count }
settings-sessions-only = Других сеансов нет

settings-keys = API-ключи
settings-keys-note = Для программ, которые работают с Пультом через REST API.
settings-keys-docs = Описание API
settings-key-new = Создать ключ
settings-keys-empty = Ключей пока нет
settings-keys-empty-hint = Ключ нужен сайту, складу или отчёту, чтобы читать и создавать заказы, клиентов и сообщения.
settings-key-name = Название
settings-key-name-help = Для чего ключ: «Сайт», «1С», «Отчёты».
settings-key-scopes = Права
settings-key-all = Все права
settings-key-all-note = Может всё, что может владелец, кроме личного профиля.
settings-key-some = Только выбранные
settings-key-expires = Действует
settings-key-expires-never = Без срока
settings-key-expires-30 = 30 дней
settings-key-expires-90 = 90 дней
settings-key-expires-365 = Год
settings-key-submit = Создать ключ
settings-key-created-title = Ключ создан
settings-key-created-text = Скопируйте ключ сейчас: больше он не будет показан. Храните его как пароль.
settings-key-secret = API-ключ
settings-key-use = Передавайте его в заголовке каждого запроса:
settings-key-column-name = Название
settings-key-column-scopes = Права
settings-key-column-created = Создан
settings-key-column-used = Использован
settings-key-column-expires = Действует до
settings-key-never-used = ещё нет
settings-key-forever = без срока
settings-key-expired = Истёк
settings-key-scopes-all = все
# $count (String) - how many
settings-key-scopes-count = прав: { $count }
settings-key-revoke = Отозвать
# $name (String) - name of the key
settings-key-revoke-of = Отозвать ключ: { $name }
settings-key-revoke-title = Отозвать ключ?
# $name (String) - name of the key
settings-key-revoke-text = Программы с ключом «{ $name }» сразу потеряют доступ. Вернуть ключ нельзя, можно создать новый.
# $name (String) - name of the key
settings-key-revoked = Ключ отозван: { $name }

currency-rub = Российский рубль
currency-kzt = Казахстанский тенге
currency-byn = Белорусский рубль
currency-uzs = Узбекский сум
currency-kgs = Киргизский сом
currency-tjs = Таджикский сомони
currency-amd = Армянский драм
currency-azn = Азербайджанский манат
currency-gel = Грузинский лари
currency-mdl = Молдавский лей
currency-uah = Украинская гривна
currency-try = Турецкая лира
currency-rsd = Сербский динар
currency-aed = Дирхам ОАЭ
currency-ils = Израильский шекель
currency-cny = Китайский юань
currency-usd = Доллар США
currency-eur = Евро
currency-gbp = Фунт стерлингов

zone-kaliningrad = Калининград
zone-moscow = Москва
zone-samara = Самара
zone-yekaterinburg = Екатеринбург
zone-omsk = Омск
zone-novosibirsk = Новосибирск
zone-krasnoyarsk = Красноярск
zone-irkutsk = Иркутск
zone-yakutsk = Якутск
zone-vladivostok = Владивосток
zone-magadan = Магадан
zone-kamchatka = Камчатка
zone-minsk = Минск
zone-kyiv = Киев
zone-chisinau = Кишинёв
zone-tbilisi = Тбилиси
zone-yerevan = Ереван
zone-baku = Баку
zone-almaty = Алма-Ата
zone-tashkent = Ташкент
zone-bishkek = Бишкек
zone-dushanbe = Душанбе
zone-ashgabat = Ашхабад
zone-istanbul = Стамбул
zone-jerusalem = Иерусалим
zone-belgrade = Белград
zone-berlin = Берлин
zone-london = Лондон
zone-dubai = Дубай
zone-bangkok = Бангкок
zone-shanghai = Шанхай
zone-new-york = Нью-Йорк
zone-los-angeles = Лос-Анджелес
zone-utc = Всемирное время

settings-hours = Рабочее время
settings-hours-help = В эти часы правила отвечают «в рабочее время» и отправляют отложенное.
# $day (String) - short weekday
settings-hours-from = { $day }: начало
# $day (String) - short weekday
settings-hours-to = { $day }: конец
settings-tab-clients = Клиенты
settings-fields = Свои поля клиента
settings-fields-note = Появятся в карточке каждого клиента. По ним можно строить правила и заполнять их правилами.
settings-fields-none = Своих полей пока нет
settings-fields-none-hint = Например, день рождения, уровень или источник.
settings-field-add = Добавить поле
settings-field-name = Название
settings-field-kind = Вид поля
settings-field-text = Текст
settings-field-number = Число
settings-field-date = Дата
settings-field-choice = Выбор из списка
settings-field-flag = Да или нет
settings-field-choices = Варианты, по одному в строке
settings-field-up = Поднять выше
settings-field-drop = Убрать поле
# $name (String) - the field
settings-field-dropped = Поле «{ $name }» убрано. Заполненное сохранится.

settings-tab-chats = Чаты
settings-routing-mode = Кому достаётся новый чат
settings-routing-hand = Распределяет человек
settings-routing-hand-note = Ответственного назначают вручную
settings-routing-first = Кто первый ответил
settings-routing-first-note = Чат становится вашим с первым ответом
settings-routing-equal = Поровну, по очереди
settings-routing-equal-note = Следующий чат получает тот, кто дольше всех не получал
settings-routing-load = У кого меньше открытых
settings-routing-load-note = Чат получает самый свободный на смене
settings-routing-capacity = Открытых чатов у одного сотрудника, не больше
settings-routing-capacity-help = Остальные чаты ждут в очереди и раздаются сами, когда кто-то освободится или выйдет на смену. У сотрудника может быть своё число.
settings-routing-silent = Не раздавать чаты тем, кого давно не видно
settings-routing-silent-help = Сколько минут программа не открыта ни в одном браузере сотрудника. Смена при этом не заканчивается. 0: раздавать всё равно.
settings-routing-minutes = мин
settings-routing-returning = Вернувшийся клиент остаётся у своего сотрудника
settings-routing-returning-note = Если тот на смене. Иначе чат получает другой.
settings-routing-close = Закрывать чат, если в нём тихо
settings-routing-close-help = Сколько дней без сообщений. Чат, в котором клиент ждёт ответа, не закрывается. 0: не закрывать.
settings-routing-days = дн.
settings-tab-look = Вид

look-logo = Логотип
look-logo-another = Другой логотип
look-logo-help = PNG, JPEG или WebP. Лучше квадратный, на прозрачном фоне; крупный уменьшим сами.
look-logo-is = Виден всем: в меню, на страницах по вашим ссылкам и в письмах.
look-logo-none = Пока вместо логотипа первая буква названия.
look-logo-set = Логотип обновлён
look-logo-remove = Убрать логотип
look-logo-removed = Логотип убран
look-colour = Цвет и название
look-accent = Цвет кнопок и ссылок
look-accent-help = Пусто: обычный янтарный. Цвет должен читаться на тёмном: контраст не меньше 4,5 : 1.
look-accent-pick = Выбрать цвет
look-accent-choices = Готовые цвета
look-accent-usual = Обычный янтарный
# $against (String) - on dark ground
# $text (String) - text on a button
# $needed (String) - what is needed
look-contrast = На тёмном фоне { $against } : 1, текст на кнопке { $text } : 1; нужно не меньше { $needed } : 1.
look-contrast-low = Этот цвет сольётся с фоном.
# $colour (String) - a colour
look-contrast-take = Взять { $colour }
look-white-label = Не упоминать Пульт
look-white-label-note = На страницах по вашим ссылкам, в письмах-приглашениях и в заголовке окна останутся только ваши название и логотип.
look-preview = Так это увидят другие
look-domain = Свой адрес
look-domain-name = Имя
look-domain-help = Под этим именем откроется Пульт, и ссылки в ваших письмах поведут на него.
look-domain-none = Своего адреса пока нет.
look-domain-claim = Подключить
look-domain-works = Работает
look-domain-asked = Проверяем
look-domain-failed = Не ведёт сюда
look-domain-taken = Этот адрес уже подтвердила другая организация этой установки.
look-domain-private = Имя ведёт во внутреннюю сеть: туда Пульт не обращается.
look-domain-elsewhere = По этому имени отвечает другая программа. Ссылки пока ведут на прежний адрес.
look-domain-silent = По этому имени пока никто не отвечает. Ссылки пока ведут на прежний адрес; проверка повторится сама.
look-domain-checked = Проверено
look-domain-check = Проверить сейчас
look-domain-remove = Отключить
# $host (String) - name
# $address (String) - name of the installation
look-domain-step-name = У регистратора имени добавьте запись CNAME: { $host } → { $address }.
# $host (String) - name
look-domain-step-proxy = Попросите того, кто держит сервер, добавить { $host } в обратный прокси с сертификатом и передавать Пульту заголовок Host.
