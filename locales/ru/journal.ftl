### The journal: lines, events, jobs, and the words for their codes.

journal-tabs = Части журнала
journal-tab-lines = Журнал
journal-tab-events = События
journal-tab-jobs = Задания
journal-filters = Фильтры журнала
journal-filter-level = Важность
journal-filter-about = О чём
journal-filter-object = Только
journal-filter-verdict = Исход
journal-filter-state = Состояние
journal-filter-kind = Вид
journal-filter-job = Задание
journal-filter-connection = Подключение
journal-level-info = Сведения
journal-level-warning = Предупреждения
journal-level-error = Ошибки

journal-column-what = Что произошло
journal-column-about = О чём
journal-column-who = Кто
journal-column-at = Когда
journal-column-event = Событие
journal-column-verdict = Исход
journal-column-connection = Подключение
journal-column-took = Обработано за
journal-column-received = Получено
journal-column-job = Задание
journal-column-state = Состояние

journal-lines-empty = Журнал пока пуст
journal-lines-empty-hint = Здесь по строке появляется всё, что делают сотрудники, клиенты и сам Пульт.
journal-events-empty = Событий пока нет
journal-events-empty-hint = События приходят от подключённых сервисов: сообщения, доставка, шаблоны.
journal-jobs-empty = Заданий пока нет
journal-jobs-empty-hint = Заданием становится всё, что Пульт отправляет наружу.
journal-no-dead = Неудачных заданий нет
journal-no-dead-hint = Всё, что должно было уйти, ушло или ждёт своей очереди.

journal-line-title = Строка журнала
journal-event-title = Событие
journal-job-title = Задание
journal-cause = Почему
journal-code = Код
journal-details = Подробности
journal-mail-text = Текст письма
journal-processed = Обработано
journal-attempts = Попытки
# $done (String) - counted attempts
# $most (String) - most attempts
journal-attempts-of = { $done } из { $most }
journal-no-attempts = Попыток ещё не было.
journal-dedupe-key = Ключ повтора
journal-replay = Обработать ещё раз
journal-replay-title = Обработать событие ещё раз?
journal-replay-text = Событие войдёт как новое: правила сработают на него снова. Сообщения и приглашения с тем же номером второй раз не появятся.
journal-replayed = Событие поставлено в очередь
journal-replay-of = Повтор
journal-replay-first = Первое событие
journal-caused = К чему привело
journal-caused-nothing = Последствий нет.
journal-open-job = Открыть задание
journal-payload = Содержимое
journal-payload-gone = Содержимое удалено: срок его хранения вышел. Что событие пришло и что из него вышло, по-прежнему видно.
journal-headers = Заголовки
journal-created = Создано
journal-next-try = Следующая попытка
journal-finished = Завершено
journal-cancel = Отменить
journal-retried = Задание возвращено в очередь
journal-cancelled = Задание отменено
journal-retry-all = Повторить все неудачные
# $text (String) - the number as people write it
journal-retry-all-text = { $count ->
    [one] В очередь вернётся { $text } задание. Сообщения и письма из него уйдут адресатам.
    [few] В очередь вернутся { $text } задания. Сообщения и письма из них уйдут адресатам.
    [many] В очередь вернётся { $text } заданий. Сообщения и письма из них уйдут адресатам.
   *[other] В очередь вернутся { $text } задания. Сообщения и письма из них уйдут адресатам.
}
journal-retried-all = { $count ->
    [one] В очередь возвращено { $count } задание
    [few] В очередь возвращены { $count } задания
    [many] В очередь возвращено { $count } заданий
   *[other] В очередь возвращены { $count } задания
}
journal-unknown-title = Повторить отправку?
journal-unknown-text = Связь оборвалась, и неизвестно, ушло ли сообщение. После повтора клиент может получить его дважды.

journal-object-order = Заказ
journal-object-chat = Чат
journal-object-message = Сообщение
journal-object-contact = Клиент
journal-object-product = Каталог
journal-object-connection = Подключение
journal-object-event = Событие
journal-object-job = Задание
journal-object-member = Сотрудник
journal-object-invite = Приглашение
journal-object-organisation = Организация
journal-object-key = Ключ API
journal-object-canned-reply = Быстрый ответ
journal-actor-system = Пульт
journal-actor-customer = Клиент
journal-actor-key = Ключ API
journal-actor-user = Сотрудник
journal-actor-rule = Правило

journal-state-ready = В очереди
journal-state-running = Выполняется
journal-state-done = Готово
journal-state-dead = Не удалось
journal-state-held = Ждёт подключения
journal-state-unknown = Исход неизвестен
journal-state-cancelled = Отменено
# $when (String) - moment relative to now
journal-state-retry = Повтор { $when }
journal-verdict-new = Ждёт обработки
journal-verdict-done = Обработано
journal-verdict-ignored = Без последствий
journal-verdict-failed = Ошибка
journal-attempt-retry = Будет повтор
journal-attempt-limited = Ограничение частоты
journal-no-mail-server = почтовый сервер не задан в настройках запуска
journal-note-no-connection = подключение удалено
journal-note-other-account = для другого номера
journal-note-no-channel = не переписка
journal-note-message-unknown = такого сообщения у нас нет
journal-note-id-too-long = слишком длинный номер или адрес
journal-note-repeat = повтор уже полученного

journal-job-send-message = Отправка сообщения
journal-job-download-media = Загрузка файла
journal-job-mark-read = Отметка о прочтении
journal-job-check-connection = Проверка подключения
journal-job-subscribe = Подписка на события
journal-job-sync-templates = Загрузка шаблонов
journal-job-mail = Письмо
journal-event-message = Сообщение клиента
journal-event-status = Статус доставки
journal-event-reaction = Реакция
journal-event-edit = Правка сообщения
journal-event-revoke = Отзыв сообщения
journal-event-echo = Ответ с телефона
journal-event-preference = Согласие на рекламу
journal-event-moved = Новый номер клиента
journal-event-template = Изменение шаблона
journal-event-account = Состояние аккаунта
journal-event-error = Ошибка сервиса

journal-line-chat-created = Начат новый чат
journal-line-chat-assigned = Чату назначен ответственный
journal-line-chat-unassigned = Чат остался без ответственного
# $status (String) - word of the status
journal-line-chat-status = Статус чата: { $status }
journal-line-no-answer-needed = Отмечено: отвечать не нужно
# $shortcut (String) - what is typed after the slash
journal-line-canned-reply-saved = Записан быстрый ответ /{ $shortcut }
journal-line-canned-reply-deleted = Удалён быстрый ответ
# $why (String) - reason given by the service
journal-line-message-failed = Сообщение не доставлено: { $why }
journal-line-marketing-yes = Получено согласие на рекламу
journal-line-marketing-no = Отозвано согласие на рекламу
# $name (String) - name of the client
journal-line-contact-created = Новый клиент: { $name }
# $name (String) - name of the client
# $fields (String) - names of the fields
journal-line-contact-changed = Изменены данные клиента { $name }: { $fields }
# $phone (String) - the new phone
journal-line-contact-moved = У клиента новый номер { $phone }
# $name (String) - client whose card went
journal-line-contact-merged = С этой карточкой объединена другая: { $name }
# $name (String) - client whose card stays
journal-line-contact-went = Карточка объединена с другой: { $name }
# $name (String) - the other client
journal-line-contact-parted = Карточки разъединены: { $name }
# $name (String) - the other client
journal-line-contacts-differ = Отмечено, что это разные люди: { $name }
# $name (String) - the other client
journal-line-contacts-may-be-one = Снова показывать как возможный дубль: { $name }
journal-line-contact-noted = О клиенте сделана запись
journal-line-contact-note-edited = Запись о клиенте изменена
journal-line-contact-note-deleted = Запись о клиенте удалена
journal-line-contact-identity-conflict = Адрес в мессенджере перешёл от другого клиента: проверьте, один ли это человек
# $number (String) - number of the order
journal-line-order-created = Создан заказ № { $number }
journal-line-rule-created = Создано правило «{ $name }»
journal-line-rule-changed = Изменено правило «{ $name }»
journal-line-rule-published = Опубликовано правило «{ $name }», версия { $version }
journal-line-rule-on = Правило «{ $name }» включено
journal-line-rule-off = Правило «{ $name }» выключено
journal-line-rule-shadow = Правило «{ $name }» работает вхолостую
journal-line-rule-paused = Правило «{ $name }» остановлено: оно запускало само себя по кругу
journal-line-rule-failed = Шаг правила не выполнен: { $why }
# $email (String) - address of the client
journal-line-invitation-sent = Приглашение к отзыву отправлено: { $email }
# $email (String) - address of the client
# $code (String) - the service's code
journal-line-invitation-failed = Приглашение к отзыву для { $email } не отправлено: { $code }
# $email (String) - address of the client
journal-line-invitation-decided = Решено: приглашение для { $email } дошло, повторять не нужно
# $stars (String) - 1 to 5
# $author (String) - who wrote it
journal-line-review-received = Новый отзыв, оценка { $stars }: { $author }
# $stars (String) - 1 to 5
# $author (String) - who wrote it
journal-line-review-changed = Отзыв изменён, оценка { $stars }: { $author }
journal-line-review-removed = Отзыв снят с публикации
journal-line-review-answered = Ответ на отзыв поставлен в очередь
# $service (String) - name of the service
journal-line-events-found = { $count ->
    [one] { $service }: сверка нашла { $count } событие, о котором сервис не сообщил
    [few] { $service }: сверка нашла { $count } события, о которых сервис не сообщил
    [many] { $service }: сверка нашла { $count } событий, о которых сервис не сообщил
   *[other] { $service }: сверка нашла { $count } события, о которых сервис не сообщил
}
journal-line-rule-agreed = Правилу дано согласие
journal-line-rule-refused = Правилу отказано
journal-line-rule-retried = Запуск правила продолжен с шага, который не удался
# $number (String) - number of the order
# $from (String) - word of the old status
# $to (String) - word of the new status
journal-line-order-status = Заказ № { $number }: { $from } → { $to }
# $number (String) - number of the order
journal-line-order-changed = Изменён заказ № { $number }
# $number (String) - number of the order
journal-line-order-assigned = Заказу № { $number } назначен ответственный
# $number (String) - number of the order
journal-line-order-commented = Комментарий к заказу № { $number }
# $number (String) - number of the order
# $name (String) - name of the file
journal-line-order-file = Файл к заказу № { $number }: { $name }
# $number (String) - number of the order
# $status (String) - word of the status
journal-line-notice-sent = Клиенту отправлено сообщение о заказе № { $number }: { $status }
# $number (String) - number of the order
journal-line-notice-as-template = Окно переписки уже закрылось: вместо текста о заказе № { $number } клиенту отправлен шаблон
# $number (String) - number of the order
# $why (String) - reason
journal-line-notice-failed = Клиенту не удалось сообщить о заказе № { $number }: { $why }
# $number (String) - number of the order
journal-line-notice-no-channel = О заказе № { $number } клиенту не сообщили: с ним нет чата
# $name (String) - name of the item
journal-line-product-created = Новая позиция каталога: { $name }
# $name (String) - name of the item
journal-line-product-changed = Изменена позиция каталога: { $name }
# $name (String) - name of the connection
journal-line-connection-created = Создано подключение { $name }
# $name (String) - name of the connection
journal-line-connection-changed = Изменено подключение { $name }
journal-line-connection-handshake = Сервис подтвердил адрес для событий
# $why (String) - reason given by the service
journal-line-connection-refused = { $held ->
    [0] Сервис отклонил вход: { $why }
    [one] Сервис отклонил вход: { $why }. Ждёт { $held } задание
    [few] Сервис отклонил вход: { $why }. Ждут { $held } задания
    [many] Сервис отклонил вход: { $why }. Ждут { $held } заданий
   *[other] Сервис отклонил вход: { $why }. Ждут { $held } задания
}
journal-line-connection-resumed = Подключение снова работает
# $name (String) - name of the connection
# $why (String) - reason given by the service
journal-line-connection-rests = { $name } не отвечает ({ $why }): делаем паузу, сообщения ждут
# $name (String) - name of the connection
# $usual (String) - minutes
journal-line-connection-silent = { $minutes ->
    [one] { $name } молчит { $minutes } минуту, обычно не дольше { $usual }
    [few] { $name } молчит { $minutes } минуты, обычно не дольше { $usual }
    [many] { $name } молчит { $minutes } минут, обычно не дольше { $usual }
   *[other] { $name } молчит { $minutes } минуты, обычно не дольше { $usual }
}
# $name (String) - name of the connection
journal-line-connection-speaks = { $name }: события приходят снова
# $event (String) - kind of the event
journal-line-event-replayed = Событие обработано ещё раз: { $event }
journal-line-connection-off = { $held ->
    [0] Подключение выключено
    [one] Подключение выключено. Ждёт { $held } задание
    [few] Подключение выключено. Ждут { $held } задания
    [many] Подключение выключено. Ждут { $held } заданий
   *[other] Подключение выключено. Ждут { $held } задания
}
# $name (String) - name of the template
# $what (String) - new state
journal-line-template-changed = Шаблон { $name }: { $what }
# $what (String) - what the service says
journal-line-account-event = Сервис сообщает об аккаунте: { $what }
# $kind (String) - what came
# $why (String) - reason
journal-line-event-failed = Событие «{ $kind }» не удалось обработать: { $why }
# $job (String) - what the job does
# $why (String) - reason
journal-line-job-dead = { $job }: не удалось, { $why }
# $job (String) - what the job does
journal-line-job-unknown = { $job }: связь оборвалась, исход неизвестен
# $job (String) - what the job does
journal-line-job-retried = { $job }: возвращено в очередь
# $job (String) - what the job does
journal-line-job-cancelled = { $job }: отменено
journal-line-unknown-resolved = Исход отправки выяснился: сообщение ушло
# $job (String) - what the job does
journal-line-loop-stopped = Цепочка действий остановлена: слишком длинная ({ $job })
# $to (String) - address
# $subject (String) - subject of the letter
journal-line-mail-shown = Письмо для { $to }: { $subject }
# $name (String) - name of the organisation
journal-line-organisation-created = Создана организация { $name }
journal-line-organisation-updated = Изменены настройки организации
# $name (String) - name of the member
journal-line-signed-in = Вход: { $name }
journal-line-profile-changed = Изменён профиль
journal-line-password-changed = Изменён пароль
journal-line-password-reset-requested = Запрошена смена пароля
journal-line-password-reset = Пароль сменён по ссылке из письма
journal-line-email-confirmed = Почта подтверждена
# $email (String) - address
journal-line-confirmation-sent = Отправлено письмо для подтверждения почты { $email }
journal-line-session-revoked = Завершён один из сеансов
journal-line-sessions-revoked = { $count ->
    [one] Завершён { $count } другой сеанс
    [few] Завершены { $count } других сеанса
    [many] Завершено { $count } других сеансов
   *[other] Завершено { $count } других сеанса
}
# $email (String) - address
# $role (String) - word of the role
journal-line-member-invited = Приглашение для { $email }: { $role }
# $email (String) - address
journal-line-invite-revoked = Отозвано приглашение для { $email }
# $name (String) - name of the member
# $role (String) - word of the role
journal-line-member-joined = В команде новый сотрудник: { $name }, { $role }
# $name (String) - name of the member
journal-line-member-deactivated = Доступ отключён: { $name }
# $name (String) - name of the member
journal-line-member-reactivated = Доступ возвращён: { $name }
# $name (String) - name of the member
# $from (String) - word of the old role
# $to (String) - word of the new role
journal-line-role-changed = Роль изменена: { $name }, { $from } → { $to }
# $name (String) - name of the member
# $presence (String) - word of the presence
journal-line-presence-changed = { $name }: { $presence }
# $name (String) - name of the member
journal-line-handed-over = Передано от сотрудника { $name }
# $name (String) - name of the key
journal-line-key-created = Создан ключ API { $name }
# $name (String) - name of the key
journal-line-key-revoked = Отозван ключ API { $name }

journal-job-invite = Приглашение к отзыву
journal-job-answer-review = Ответ на отзыв
journal-job-look-up = Запрос подробностей
journal-job-sweep = Сверка с сервисом
journal-event-conversation-closed = Диалог закрыт
journal-event-conversation-started = Диалог начат
journal-event-conversation-replied = Ответ в диалоге
journal-event-conversation-assigned = Диалог назначен
journal-event-conversation-rated = Диалог оценён
journal-event-conversation-opened = Диалог открыт снова
journal-event-received = Вызов вебхука
journal-event-review-created = Новый отзыв
journal-event-review-updated = Отзыв изменён
journal-event-review-deleted = Отзыв удалён
journal-event-review-found = Отзыв найден при сверке

# $name (String) - name of the rule
# $ceiling (String) - times a minute
journal-line-rule-too-often = Правило «{ $name }» остановлено: сработало чаще { $ceiling } раз за минуту
# $name (String) - name of the rule
journal-line-rule-released = Удержанное правилом «{ $name }» отправлено
# $name (String) - name of the rule
journal-line-rule-dropped = Удержанное правилом «{ $name }» отброшено
# $name (String) - name of the example
journal-line-rule-example-saved = Добавлен пример для правила: { $name }
journal-line-rule-example-deleted = Пример для правила удалён
# $tag (String) - the tag
journal-line-contact-tagged = Клиенту поставлена метка «{ $tag }»
# $tag (String) - the tag
journal-line-contact-untagged = С клиента снята метка «{ $tag }»
journal-object-conversation = Диалог
journal-object-webhook = Вызов вебхука
journal-line-rule-rerun = Правило запущено заново на прошлом событии
journal-job-call-webhook = Вызов вебхука
# $field (String) - the field
# $value (String) - its value
journal-line-contact-field = В карточке клиента «{ $field }»: { $value }
# $field (String) - the field
journal-line-contact-field-cleared = В карточке клиента очищено поле «{ $field }»
journal-object-rule = Правило
journal-object-run = Запуск правила
journal-job-call-service = Действие в сервисе
# $name (String) - name of the rule
# $count (String) - how many
journal-line-rule-undone = Отменяется сделанное правилом «{ $name }»: { $count }

# $name (String) - name of the member
journal-line-member-place = Видимость и нагрузка изменены: { $name }
journal-line-message-planned = Сообщение запланировано
journal-line-message-unplanned = Запланированное сообщение отменено
# $why (String) - what happened
journal-line-message-plan-failed = Запланированное сообщение не отправлено. { $why }
# $kind (String) - word of the kind of thing
journal-filter-find = { $kind }: имя или номер
journal-changes = Что изменилось
# $time (String) - time of the check
journal-whole = { $count ->
    [one] Журнал цел: проверена { $count } строка, { $time }
    [few] Журнал цел: проверено { $count } строки, { $time }
    [many] Журнал цел: проверено { $count } строк, { $time }
   *[other] Журнал цел: проверено { $count } строки, { $time }
}
journal-broken = { $count ->
    [one] Журнал меняли в обход Пульта: { $count } нарушение
    [few] Журнал меняли в обход Пульта: { $count } нарушения
    [many] Журнал меняли в обход Пульта: { $count } нарушений
   *[other] Журнал меняли в обход Пульта: { $count } нарушения
}
journal-broken-text = Остальные строки на месте. Сохраните копию базы и выясните, у кого был к ней доступ. Полный список даёт команда pult audit verify.
# $place (String) - position in the chain
journal-fault-changed = Строка на месте { $place } изменена
# $place (String) - position in the chain
journal-fault-removed = Строка на месте { $place } удалена раньше срока
# $place (String) - position in the chain
journal-fault-rewritten = Печать на месте { $place } переписана
# $place (String) - position in the chain
journal-fault-lost = Печати на месте { $place } нет
journal-fault-inserted = Строка добавлена в обход цепочки
journal-fault-unsealed = Строка слишком долго ждёт печати
journal-field-name = Название
journal-field-title = Название
journal-field-items = Состав
journal-field-access = Доступ
journal-field-role = Роль
journal-field-presence = Статус сотрудника
journal-field-hours = Рабочие часы
journal-field-contact-fields = Поля клиентов
# $status (String) - word of the status
journal-field-deadline = Срок: { $status }
journal-field-account = Учётная запись
journal-field-position = Очерёдность
journal-field-ceiling = Не чаще в минуту
journal-field-version = Версия
# $name (String) - name of the item
# $quantity (String) - how many
# $price (String) - price of one
journal-item = { $name }, { $quantity } × { $price }

journal-job-check-domain = Проверка своего адреса
# $host (String) - name
journal-line-domain-verified = Свой адрес подтверждён: { $host }
# $host (String) - name
journal-line-domain-failed = Свой адрес не ведёт сюда: { $host }
