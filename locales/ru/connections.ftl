### Connections: cards, wizard, words about providers.

connections-new = Новое подключение
connections-all = Все подключения
connections-empty = Пока ничего не подключено
connections-empty-hint = Подключите мессенджер: сообщения клиентов станут чатами, а ответы пойдут отсюда.
connections-possible = Можно подключить
connections-unknown = Такого сервиса здесь нет
connections-continue = Продолжить настройку

connections-state-setup = Настройка не закончена
connections-state-active = Работает
connections-state-reauth = Требует входа
connections-state-off = Выключено
connections-last-event = Последнее событие
connections-no-event = ещё не было
connections-events-today = Событий сегодня
connections-waiting = Ждут отправки
connections-last-error = Последняя ошибка:
# $time (String) - how long ago, or a day and time
# $usual (String) - a duration
connections-silent = Событий нет с { $time }, обычно тишина не дольше { $usual } рабочего времени. Подключение проверяется, пропущенное будет найдено, если сервис это позволяет. Посмотрите, включена ли отправка событий в самом сервисе.
# $time (String) - time of day
connections-rests = Сервис не отвечает. Сообщения ждут, следующая попытка в { $time }.
connections-reauth-hint = Сервис не принимает вход. Ничего не потеряно: сообщения ждут и уйдут сами. Обновите ключи ниже и сохраните, проверка начнётся сразу.
# $name (String) - name of the connection
connections-checked = { $name }: проверка прошла успешно
connections-check-slow = Сервис пока не ответил. Результат появится здесь сам.
connections-switch = Включено
connections-off = Выключить
# $name (String) - name of the connection
connections-off-title = Выключить «{ $name }»?
connections-off-text = Ответы и уведомления через это подключение отправляться не будут. Включить снова можно в любой момент.
connections-off-text-waiting = { $count ->
    [one] { $count } сообщение ждёт отправки и останется ждать. Новые ответы и уведомления отправляться не будут, пока подключение выключено.
    [few] { $count } сообщения ждут отправки и останутся ждать. Новые ответы и уведомления отправляться не будут, пока подключение выключено.
    [many] { $count } сообщений ждут отправки и останутся ждать. Новые ответы и уведомления отправляться не будут, пока подключение выключено.
   *[other] { $count } сообщения ждут отправки и останутся ждать. Новые ответы и уведомления отправляться не будут, пока подключение выключено.
}

connections-step-settings = Доступ
connections-step-address = Адрес для событий
connections-step-event = Первое событие
connections-save-and-go-on = Сохранить и продолжить
connections-more-settings = Дополнительно
connections-name = Название подключения
connections-name-help = Чтобы отличать номера, если их несколько
connections-secret-kept = Оставить прежний
connections-later = Закончить позже
connections-open-chats = Открыть чаты
connections-account = Аккаунт
connections-templates = Шаблоны

connections-webhook-url = Адрес для событий (URL обратного вызова)
connections-address-local = Этот адрес начинается с http:// и виден только в вашей сети. Настоящему сервису нужен адрес https://, доступный из интернета.
connections-handshake-waiting = Ждём проверку адреса…
connections-handshake-done = Адрес подтверждён
connections-event-waiting = Ждём первое событие…
connections-event-done = Первое событие получено
connections-first-hint = Вызовите любое событие в сервисе, и оно появится здесь само.
connections-step-open = Откройте настройки вебхуков сервиса и вставьте туда эти значения.
connections-step-save = Сохраните настройки: сервис проверит адрес.

connections-verify-token = Маркер подтверждения
connections-verify-token-help = Слово, по которому сервис узнаёт этот адрес. Оставьте пустым: подходящее создастся само.
connections-api-version = Версия API
connections-api-version-help = Меняйте, только если сервис отключает прежнюю
connections-base-url = Адрес сервиса
connections-base-url-help = Меняйте для симулятора или прокси

connections-whatsapp-hint = WhatsApp Business Platform, Cloud API от Meta
connections-whatsapp-number = ID номера телефона
connections-whatsapp-number-help = developers.facebook.com → ваше приложение → WhatsApp → API Setup → «Phone number ID». Это не сам номер.
connections-whatsapp-account = ID аккаунта WhatsApp Business
connections-whatsapp-account-help = Там же, строкой ниже: «WhatsApp Business Account ID»
connections-whatsapp-app = ID приложения
connections-whatsapp-app-help = App settings → Basic → «App ID»
connections-whatsapp-secret = Секрет приложения
connections-whatsapp-secret-help = App settings → Basic → «App secret», кнопка Show. Им подписаны все события.
connections-whatsapp-token = Маркер доступа
connections-whatsapp-token-help = Business settings → System users → Generate token: бессрочный, с правами whatsapp_business_messaging и whatsapp_business_management
connections-whatsapp-step-open = Откройте developers.facebook.com → ваше приложение → WhatsApp → Configuration → Webhook → «Edit». Обычно адрес уже привязан сам, тогда проверьте, что он совпадает.
connections-whatsapp-step-confirm = Нажмите «Verify and save»: Meta проверит адрес, и здесь появится «Адрес подтверждён».
connections-whatsapp-step-subscribe = В списке Webhook fields подпишитесь на messages, message_template_status_update и account_update.
connections-whatsapp-first = Напишите на ваш номер WhatsApp с любого телефона: сообщение появится в чатах.
# $number (String) - phone number as the messenger writes it
connections-whatsapp-first-to = Напишите на { $number } с любого телефона: сообщение появится в чатах.

connections-fact-name = Проверенное имя
connections-fact-number = Номер
connections-fact-quality = Качество
connections-fact-throughput = Скорость отправки
connections-fact-limit = Лимит переписок
connections-quality-high = Высокое
connections-quality-medium = Среднее
connections-quality-low = Низкое
connections-quality-unknown = Пока не определено
connections-throughput-standard = Обычная
connections-throughput-high = Повышенная

connections-intercom-hint = Диалоги поддержки: правила узнают, что диалог закрыт, оценён, открыт снова
connections-intercom-token = Маркер доступа
connections-intercom-token-help = Developer Hub → ваше приложение → Configure → Authentication → «Access token»
connections-intercom-secret = Секрет приложения
connections-intercom-secret-help = Developer Hub → ваше приложение → Configure → Basic information → «Client secret». Им подписаны все события.
connections-intercom-app = ID рабочего пространства
connections-intercom-app-help = Settings → Workspace → General: «Workspace ID», он же app_id в адресе Intercom
connections-intercom-step-open = Откройте Developer Hub → ваше приложение → Configure → Webhooks и вставьте адрес в «Endpoint URL».
connections-intercom-step-topics = Подпишитесь на темы conversation.admin.closed, conversation.rating.added, conversation.admin.opened, conversation.user.created и conversation.user.replied.
connections-intercom-step-save = Сохраните: Intercom проверит адрес и пришлёт пробное событие.
connections-intercom-first = Закройте любой диалог в Intercom: событие появится здесь само.

connections-trustpilot-hint = Приглашения к отзывам и сами отзывы
connections-trustpilot-key = Ключ API
connections-trustpilot-key-help = Trustpilot Business → Integrations → API: «API key»
connections-trustpilot-secret = Секрет API
connections-trustpilot-secret-help = Там же, рядом с ключом: «API secret»
connections-trustpilot-unit = Компания
connections-trustpilot-unit-help = Домен, под которым компания стоит на Trustpilot (example.com), или её ID
connections-trustpilot-user = ID пользователя
connections-trustpilot-user-help = От чьего имени уходят приглашения: Business user ID из адреса профиля. Нужен, если в «Дополнительно» не указан вход человека.
connections-trustpilot-login = Вход человека
connections-trustpilot-login-help = Почта пользователя Trustpilot Business, если приложение не может входить само
connections-trustpilot-password = Пароль этого пользователя
connections-trustpilot-sender = Имя отправителя
connections-trustpilot-sender-help = Как подписаны приглашения; пусто — как в профиле Trustpilot
connections-trustpilot-from = Почта отправителя
connections-trustpilot-from-help = Только подтверждённая в Trustpilot; пусто — адрес Trustpilot
connections-trustpilot-reply = Почта для ответов
connections-trustpilot-reply-help = Куда попадёт ответ клиента на приглашение
connections-trustpilot-locale = Язык приглашений
connections-trustpilot-locale-help = Например, ru-RU или en-US
connections-trustpilot-template = Шаблон приглашения
connections-trustpilot-template-help = ID шаблона из Trustpilot; пусто — шаблон по умолчанию
connections-trustpilot-redirect = Страница после отзыва
connections-trustpilot-redirect-help = Куда вернётся клиент, когда оставит отзыв
connections-trustpilot-time = Запись времени
connections-trustpilot-time-help = iso или us: меняйте, если сервис не принимает время отправки
connections-trustpilot-invitations = Адрес сервиса приглашений
connections-trustpilot-step-open = Откройте Trustpilot Business → Integrations → Webhooks и добавьте этот адрес.
connections-trustpilot-step-events = Отметьте события «Service review created», «updated» и «deleted».
connections-trustpilot-step-save = Сохраните и нажмите «Test». Адрес храните в тайне: Trustpilot не подписывает события, и каждое из них перепроверяется.
connections-trustpilot-first = Первый отзыв появится здесь сам; раз в час они сверяются и без событий.

connections-open-reviews = Открыть отзывы
connections-open-rules = Перейти к правилам
connections-fact-company = Компания
connections-fact-domain = Домен
connections-fact-stars = Звёзды
connections-fact-score = TrustScore
connections-fact-reviews = Отзывов на сайте
connections-fact-templates = Шаблонов приглашений
connections-fact-workspace = Рабочее пространство
connections-fact-region = Регион данных
connections-fact-zone = Часовой пояс
connections-fact-admin = От имени
connections-trustpilot-no-template = Шаблона из настроек в Trustpilot больше нет: каждое приглашение будет отклонено. Укажите другой шаблон или оставьте поле пустым.
connections-trustpilot-no-person = Не указано, от чьего имени приглашать: Trustpilot откажет. Заполните «ID пользователя» или вход человека.
connections-intercom-handshake = Intercom обратится к адресу в тот момент, когда вы сохраните его.
connections-trustpilot-handshake = Нажмите «Test» рядом с адресом в Trustpilot: он обратится сюда сразу. Не нажимали — адрес подтвердит первый же отзыв.
connections-webhook-name = Вебхук
connections-webhook-hint = События с сайта, из Tilda, Make или своей программы — и вызовы в неё
connections-webhook-secret = Секрет
connections-webhook-secret-help = Им подписано всё, что уходит отсюда, и проверяется подпись того, что приходит. Пусто — создадим сами.
connections-webhook-signature = Заголовок подписи
connections-webhook-signature-help = Пусто — отправителя подтверждает сам секретный адрес. Иначе каждый вызов должен нести здесь HMAC-SHA256 тела с этим секретом, hex или base64. Для Standard Webhooks укажите webhook-signature.
connections-webhook-number = Поле с номером события
connections-webhook-number-help = Где в теле стоит собственный номер события, например event.id: второй вызов с тем же номером не считается. Без номера повтором считается такое же тело.
connections-webhook-target = Куда отправлять
connections-webhook-target-help = Нужен только для исходящих вызовов из правил: адрес https вашей программы
connections-webhook-step-open = Откройте настройку вебхука там, откуда пойдут события: в Tilda — «Настройки сайта → Формы», в Make — модуль HTTP.
connections-webhook-step-body = Отправляйте запрос POST: JSON (объект или список объектов) или обычную форму. Поля появятся в правилах сами, как только придёт первое событие.
connections-webhook-step-repeat = Ответ 200 значит, что событие сохранено. При любом другом отправьте его ещё раз: повторы узнаются.
connections-webhook-handshake = Отправьте пробную заявку или проверьте адрес кнопкой в сервисе, откуда пойдут события.
connections-webhook-first = Отправьте заявку с сайта или вызовите адрес из программы: событие появится здесь само.
