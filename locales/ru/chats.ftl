### Chats: list, thread, composer, client card.

chats-list = Список чатов
chats-boxes = Какие чаты
chats-box-unanswered = Неотвеченные
chats-box-mine = Мои
chats-box-unassigned = Без ответственного
chats-box-all = Все
chats-box-closed = Закрытые
chats-search = Имя, телефон, почта клиента
chats-said = В сообщениях
chats-more = Показать ещё
chats-unread = Непрочитанных сообщений
# $moment (String) - date and time
chats-waits-since = Ждёт ответа с { $moment }
chats-nameless = Без имени
chats-choose = Выберите чат
chats-choose-hint = Клавиши J и K листают список, R переходит к ответу, E закрывает чат.
chats-empty-search = Чатов с таким именем, телефоном, почтой, компанией или городом нет.
chats-empty-unanswered = Все ответы даны
chats-empty-unanswered-hint = Когда клиент напишет, его чат появится здесь сам.
chats-empty-mine = За вами чатов нет
chats-empty-mine-hint = Чат становится вашим с первым ответом в него.
chats-empty-unassigned = Ничьих чатов нет
chats-empty-unassigned-hint = У каждого открытого чата есть ответственный.
chats-empty-all = Чатов пока нет
chats-empty-all-hint = Подключите мессенджер: первое сообщение клиента откроет чат.
chats-empty-closed = Закрытых чатов нет
chats-empty-closed-hint = Закрытый чат откроется сам, если клиент напишет снова.
chats-empty-connect = Подключить мессенджер

chats-status-active = Активный
chats-status-qualified = Заинтересован
chats-status-converted = Заказ сделан
chats-status-closed = Закрыт
chats-channel-whatsapp = WhatsApp

chats-kind-text = Сообщение
chats-kind-image = Фото
chats-kind-video = Видео
chats-kind-audio = Аудио
chats-kind-voice = Голосовое сообщение
chats-kind-document = Документ
chats-kind-sticker = Стикер
chats-kind-location = Место на карте
chats-kind-contacts = Контакт
chats-kind-choice = Ответ кнопкой
chats-kind-cart = Корзина
chats-kind-form = Заполненная форма
chats-kind-template = Шаблон
chats-kind-interactive = Сообщение с кнопками
chats-kind-unsupported = Сообщение особого вида
chats-kind-notice = Событие чата
# $kind (String) - what it is (Фото)
# $text (String) - its caption
chats-kind-with-text = { $kind }: { $text }
chats-preview-empty = Сообщений пока нет

chats-messages = Сообщения
chats-back = К списку чатов
chats-show-card = Карточка клиента
chats-no-answer = Отвечать не нужно
chats-close = Закрыть
chats-closed = Чат закрыт
chats-reopen = Открыть снова
# $duration (String) - length of time
chats-window-left = окно ещё { $duration }
chats-window-closed = окно закрыто
# $moment (String) - day and time
chats-window-until = Свободно отвечать можно до: { $moment }
chats-older = Показать раньше
chats-start = Начало переписки
chats-unread-from-here = Новые сообщения
chats-sending = отправляется
chats-to-end = В конец
chats-new-below = { $count ->
    [one] { $count } новое внизу
    [few] { $count } новых внизу
    [many] { $count } новых внизу
   *[other] { $count } нового внизу
}
chats-drop = Отпустите файл, чтобы прикрепить
chats-open-file = Открыть в новой вкладке
# $name (String) - name of the picture
chats-open-picture = Открыть фото { $name }
chats-open-map = Открыть на карте

chats-author-ai = Лео
chats-author-system = Пульт
chats-author-us = Мы
chats-author-elsewhere = с телефона или через API
chats-edited = изменено
chats-revoked = Сообщение удалено
chats-revoked-by-client = Клиент удалил это сообщение у себя
chats-reactions = Реакции
chats-reply = Ответить на это сообщение
chats-quote-show = Показать это сообщение
chats-quote-earlier = Ответ на более раннее сообщение
chats-quote-drop = Не цитировать
chats-forwarded = Переслано
chats-forwarded-often = Переслано много раз
# $headline (String) - headline of the advertisement
chats-from-advertisement = Пришёл с рекламы: { $headline }
# $product (String) - number of the product
chats-about-product = О товаре { $product }
# $kind (String) - what it is (Фото)
chats-file-waiting = { $kind } загружается…
# $kind (String) - what it is (Фото)
chats-file-failed = { $kind }: файл не удалось загрузить
chats-file-uploading = загружается…
# $count (String) - how many pieces
chats-cart-times = { $count } шт.
chats-cart-total = Итого
# $name (String) - name of the template
chats-template-named = Шаблон { $name }
chats-buttons = Кнопки ответа
chats-unsupported = Это сообщение можно посмотреть только в самом мессенджере

chats-delivery-queued = в очереди
chats-delivery-accepted = принято
chats-delivery-sent = отправлено
chats-delivery-delivered = доставлено
chats-delivery-read = прочитано
chats-delivery-played = прослушано
chats-delivery-failed = не доставлено
chats-delivery-unknown = неизвестно, дошло ли
# $word (String) - what became of it
# $moment (String) - exact date and time
chats-delivery-at = { $word }: { $moment }
# $time (String) - hours and minutes
# $attempt (String) - number of the attempt
chats-queued-again = Повтор в { $time }, попытка { $attempt }
# $time (String) - hours and minutes
chats-queued-until = Отправится в { $time }
chats-unknown-note = Связь оборвалась. Ждём отчёт мессенджера.
chats-unknown-title = Отправить ещё раз?
chats-unknown-text = Связь оборвалась во время отправки. Если первое сообщение всё же дошло, клиент получит его дважды.
chats-failure-window = Прошло больше 24 часов с последнего сообщения клиента: можно отправить только шаблон.
chats-failure-unreachable = На этот номер сообщение не доставить: возможно, там нет мессенджера.
chats-failure-opted-out = Клиент отказался от рекламных сообщений.
chats-failure-blocked = Этот номер у вас заблокирован.
chats-failure-not-now = Мессенджер сейчас не доставляет этому человеку такие сообщения.
chats-failure-spam = Мессенджер ограничил отправку: слишком много жалоб или сообщений.
chats-failure-no-template = Такого шаблона на этом языке у мессенджера нет.
chats-failure-template-paused = Шаблон приостановлен или отключён мессенджером.
chats-failure-template = Мессенджер не принял шаблон: проверьте его поля.
chats-failure-media = Мессенджер не принял файл: проверьте вид и размер.
chats-failure-payment = У аккаунта мессенджера не настроена оплата.
chats-failure-access = Мессенджер не пустил: подключение требует внимания.
chats-failure-file = Файла больше нет.
chats-failure-long = Текст слишком длинный для мессенджера.
chats-failure-cancelled = Отправка отменена.
chats-failure-unnamed = Причину мессенджер не назвал.
# $code (String) - code of the error
chats-failure-code = Ошибка мессенджера { $code }

# $status (String) - word of the new status
chats-notice-status = Статус чата: { $status }
chats-notice-closed = Чат закрыт
chats-notice-reopened = Чат открыт снова
# $name (String) - name of a member
chats-notice-assigned = Ответственный: { $name }
chats-notice-unassigned = Ответственного больше нет
chats-notice-taken = Чат взят с первым ответом
chats-notice-no-answer = Отвечать не нужно
# $number (String) - number of the order
chats-notice-order-created = Заказ № { $number } создан
# $number (String) - number of the order
# $status (String) - word of the new status
chats-notice-order-status = Заказ № { $number }: { $status }
# $number (String) - number of the order
chats-notice-order-untold = Клиент не извещён о заказе № { $number }
# $code (String) - code of what happened
chats-notice-other = Событие: { $code }

chats-message = Сообщение
chats-placeholder = Ответьте или нажмите / для быстрого ответа
chats-hint = Enter отправляет
chats-attach = Прикрепить файл
chats-canned = Быстрые ответы
chats-template = Отправить шаблон
chats-add-button = Добавить кнопку ответа
# $number (String) - number of the button
chats-button-title = Кнопка ответа { $number }
chats-button-placeholder = До 20 знаков
chats-button-remove = Убрать кнопку
chats-read-only = Вы можете читать переписку. Отвечают владелец, администраторы и продавцы.
# $name (String) - name of the connection
chats-connection-off = Подключение «{ $name }» выключено: ответить отсюда сейчас нельзя.
chats-connection-waits = Подключение требует входа: сообщения подождут и уйдут сами, когда оно заработает.
chats-connection-open = Открыть подключение
chats-window-closed-title = Окно переписки закрыто.
chats-window-closed-text = С последнего сообщения клиента прошли сутки: мессенджер пропустит только шаблон. Когда клиент ответит, писать снова можно свободно.

chats-canned-manage = Настроить быстрые ответы
chats-canned-empty = Быстрых ответов пока нет
chats-canned-hint = Добавьте частые фразы: они вставляются через / прямо в сообщение.
chats-canned-add = Добавить ответ
# $shortcut (String) - what is typed after the slash
chats-canned-deleted = Ответ /{ $shortcut } удалён
chats-canned-shortcut = Сокращение
chats-canned-shortcut-help = Набирается после /: буквы, цифры, дефис
chats-canned-title = Название
chats-canned-text = Текст
chats-canned-text-help = Вместо { "{name}" } подставится имя клиента

chats-template-choose = Выбрать шаблон
chats-template-search = Название или слова шаблона
chats-template-none = Шаблонов нет
chats-template-none-hint = Шаблоны создаются и одобряются в кабинете мессенджера. После одобрения нажмите «Проверить» у подключения.
chats-template-approved = Одобрен
chats-template-pending = На проверке
chats-template-rejected = Отклонён
chats-template-paused = Приостановлен
chats-template-disabled = Отключён
# $number (String) - number of the place
chats-template-param = Поле { $number }
chats-template-preview = Клиент прочитает

chats-card = Карточка клиента
# $date (String) - long date
chats-client-since = Клиент с { $date }
chats-field-name = Имя
chats-field-phone = Телефон
chats-field-email = Почта
chats-field-city = Город
chats-field-identities = Каналы
chats-field-assignee = Ответственный
chats-field-status = Статус
# $field (String) - name of the field
chats-edit-field = Изменить: { $field }
chats-add-field = добавить
chats-nobody = Никто
chats-take = Взять себе
# $reason (String) - why the client cannot be reached
chats-unreachable = Клиент недоступен: { $reason }
chats-orders = Заказы
chats-orders-empty = Заказов пока нет
chats-orders-all = Все заказы клиента
chats-order-create = Создать заказ
chats-order-of-this-chat = из этого чата

### A team at one chat: set aside, for later, notes, company, why this member.

chats-box-snoozed = Отложенные
chats-box-mentions = Упоминания
chats-empty-snoozed = Отложенных чатов нет
chats-empty-snoozed-hint = Отложенный чат вернётся сам: в назначенное время или когда клиент напишет.
chats-empty-mentions = Упоминаний нет
chats-empty-mentions-hint = Здесь появятся чаты, в которых коллеги позвали вас в заметке.
chats-snooze = Отложить чат
# $moment (String) - day and time
chats-snoozed = Чат отложен: { $moment }
# $moment (String) - day and time
chats-snoozed-until = Отложен: { $moment }
chats-unsnooze = Вернуть сейчас
chats-later-hour = Через час
chats-later-evening = Сегодня в 18:00
chats-later-tomorrow = Завтра в 9:00
chats-later-monday = В понедельник в 9:00
# $names (String) - names of colleagues
chats-writes = Пишет ответ: { $names }
# $names (String) - names of colleagues
chats-looks = Смотрит: { $names }
chats-send-despite = Отправить всё равно
chats-note = Заметка для коллег
chats-note-mark = Заметка, клиент её не видит
chats-note-placeholder = Что стоит знать коллегам об этом клиенте
chats-note-hint = Клиент этого не увидит
chats-note-call = Позвать коллегу
chats-note-save = Сохранить заметку
chats-plan = Отправить позже
chats-plan-title = Отправить позже
chats-plan-when = Когда отправить
chats-plan-unless = Не отправлять, если клиент напишет раньше
chats-plan-unless-note = Сообщение отменится само, и вы увидите это в переписке.
chats-plan-unless-short = если клиент не напишет раньше
chats-plan-save = Запланировать
# $moment (String) - day and time
chats-planned = Запланировано: { $moment }
# $moment (String) - day and time
chats-plan-goes = уйдёт { $moment }
# $why (String) - what happened
chats-plan-failed = Не отправлено. { $why }
chats-plan-change = Изменить запланированное сообщение
chats-plan-take-back = Отменить запланированное сообщение
chats-plan-taken-back = Запланированное сообщение отменено
# $name (String) - name of the member
chats-notice-routed = Чат получает { $name }
# $name (String) - name of the member
chats-notice-kept = Чат остаётся у прежнего ответственного: { $name }
# $name (String) - name of the member
chats-notice-let-go = { $name } не на смене, чат ждёт другого сотрудника
chats-notice-snoozed = Чат отложен
chats-notice-unsnoozed = Чат возвращён
chats-notice-woken = Отложенный чат вернулся
chats-notice-later-cancelled = Клиент написал, запланированное сообщение отменено
chats-routed-why = Почему он?
chats-routed-returning = Клиент вернулся к своему сотруднику, и тот на смене.
chats-routed-turn = Чаты раздаются поровну: подошла его очередь.
chats-routed-load = Чаты получает тот, у кого меньше открытых.
chats-routed-first = Чат был ничей и по настройке достался тому, кто ответил первым.
chats-routed-hand = Назначено вручную: кто это сделал, указано в этой строке.
chats-routed-handed-over = Прежнего ответственного отключили, его работу передали.
chats-routed-left = Прежний сотрудник не на смене, поэтому чат вернулся в общую очередь.
chats-routed-nobody = На смене нет никого, кто мог бы взять ещё один чат.
chats-nobodys = Пока ни у кого
chats-nobodys-why = Почему ещё ничей?
chats-nobodys-hand = Чаты раздаются вручную: возьмите его или назначьте коллеге.
chats-nobodys-first = Чат достанется тому, кто ответит первым.
chats-verdict-silent = на смене, но давно не на связи
# $name (String) - the client
calls-mention = Вас позвали в чат: { $name }
# $open (String) - how many chats
# $capacity (String) - how many they take
chats-verdict-chosen = получает чат, было открыто { $open } из { $capacity }
# $presence (String) - word of the presence
chats-verdict-away = не на смене: { $presence }
# $open (String) - how many chats
# $capacity (String) - how many they take
chats-verdict-full = мест нет: открыто { $open } из { $capacity }
# $open (String) - how many chats
# $capacity (String) - how many they take
chats-verdict-busier = открытых чатов больше: { $open } из { $capacity }
# $open (String) - how many chats
# $capacity (String) - how many they take
chats-verdict-later = получит позже, открыто { $open } из { $capacity }
