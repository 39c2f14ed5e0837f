### Rules: list, constructor, versions, runs and the words for everything a rule can be made of.

rules-new = Новое правило
rules-parts = Разделы правил
rules-tab-list = Правила
rules-tab-runs = Запуски
rules-empty = Правил пока нет
rules-empty-hint = Правило само сделает то, что вы делаете каждый раз одинаково: напишет клиенту, назначит ответственного, напомнит. Начните с заготовки.
rules-empty-read = Когда правила появятся, здесь будет видно, что каждое из них сделало и почему.
rules-column-name = Правило
rules-column-state = Работает
rules-column-week = Сработало за неделю
rules-column-last = Последний запуск
rules-never = ещё не запускалось
# $name (String) - name of the rule
rules-switch-of = Правило «{ $name }»
# $name (String) - name of the rule
rules-switched-on = Правило «{ $name }» включено
# $name (String) - name of the rule
rules-switched-off = Правило «{ $name }» выключено
rules-state-on = Включено
rules-state-off = Выключено
rules-state-shadow = Вхолостую
rules-state-draft = Черновик
rules-all = Все правила
rules-all-runs = Все запуски

rules-new-title = Новое правило
rules-new-name = Название
rules-new-start = С чего начать
rules-blank = Пустое правило
rules-blank-hint = Собрать с самого начала
rules-recipe-order-ready = Сообщить, что заказ готов
rules-recipe-order-ready-hint = Клиент получит сообщение, как только заказ перейдёт в статус «Готов»
rules-recipe-out-of-hours = Ответить в нерабочее время
rules-recipe-out-of-hours-hint = Кто написал впервые вечером или в выходной, сразу узнает, когда ему ответят
rules-recipe-silent-day = Напомнить, если клиент молчит сутки
rules-recipe-silent-day-hint = После нового заказа просит подтверждения и через сутки тишины пишет ещё раз
rules-recipe-keywords = Предупредить о жалобе
rules-recipe-keywords-hint = В сообщении встретились слова «жалоба», «возврат», «срочно»: придёт письмо с текстом

rules-published = Опубликовано · версия { $version }
rules-unpublished = Не опубликовано
rules-draft-changed = Черновик изменён
rules-name = Название правила
rules-versions = Версии
rules-publish = Опубликовать…
rules-undo = Отменить
rules-redo = Вернуть
rules-saving = Сохраняется…
rules-saved = Сохранено
rules-unsaved = Не сохранено
rules-save-again = Сохранить ещё раз
rules-stale = Правило изменено в другом окне или другим человеком.
rules-stale-load = Загрузить новое
rules-stale-keep = Оставить моё
rules-taken-over = Правило обновилось: его изменили в другом месте
rules-unreadable = Правило записано более новой версией программы. Обновите Пульт, чтобы открыть его.
rules-read-only = Менять правила могут владелец и администратор.

rules-when = Когда
rules-if = Если
rules-then = То
rules-next = Затем
rules-trigger = Событие
rules-minutes-without = и нет ответа
rules-trigger-message-received = клиент написал сообщение
rules-trigger-chat-created = появился новый чат
rules-trigger-order-created = создан заказ
rules-trigger-order-status-changed = у заказа сменился статус

rules-group-all = выполнено всё
rules-group-any = выполнено хотя бы одно
rules-group-none = не выполнено ничего
rules-group = Вид группы
rules-always = Условий нет: правило срабатывает каждый раз.
rules-group-empty-any = Пустая группа никогда не выполнена.
rules-add-condition = Условие
rules-add-group = Группа
rules-add-step = Шаг
rules-field = Поле
rules-operator = Сравнение
rules-value = Значение
rules-value-from = От
rules-value-to = До
rules-values-hint = через запятую
rules-choose = выберите

rules-fields-client = Клиент
rules-fields-chat = Чат
rules-fields-message = Сообщение
rules-fields-order = Заказ
rules-fields-other = Событие
rules-field-now = Сейчас
rules-field-contact-name = Имя клиента
rules-field-contact-phone = Телефон клиента
rules-field-contact-email = Почта клиента
rules-field-contact-company = Компания клиента
rules-field-contact-city = Город клиента
rules-field-chat-channel = Канал чата
rules-field-chat-status = Состояние чата
rules-field-chat-assigned = Ответственный за чат назначен
rules-field-chat-last-inbound-at = Последнее сообщение клиента
rules-field-message-text = Текст сообщения
rules-field-message-kind = Вид сообщения
rules-field-message-first = Это первое сообщение клиента
rules-field-order-number = Номер заказа
rules-field-order-title = Название заказа
rules-field-order-status = Статус заказа
rules-field-order-from-status = Прежний статус заказа
rules-field-order-source = Источник заказа
rules-field-order-total = Сумма заказа
rules-field-order-assigned = Ответственный за заказ назначен
rules-field-order-assignee-presence = Ответственный за заказ сейчас
rules-field-order-deadline-at = Срок заказа

rules-op-equal = совпадает с
rules-op-not-equal = не совпадает с
rules-op-is = это
rules-op-is-not = это не
rules-op-one-of = одно из
rules-op-none-of = ни одно из
rules-op-contains = содержит
rules-op-not-contains = не содержит
rules-op-starts-with = начинается с
rules-op-exactly = ровно
rules-op-less = меньше
rules-op-more = больше
rules-op-between = в пределах
rules-op-before = раньше
rules-op-after = позже
rules-op-within = за последние
rules-op-older = давнее, чем
rules-op-in-hours = в рабочее время
rules-op-out-of-hours = в нерабочее время
rules-op-has = содержит
rules-op-has-any = содержит любое из
rules-op-has-all = содержит все
rules-op-has-none = не содержит ни одного из
rules-op-yes = да
rules-op-no = нет
rules-op-present = есть
rules-op-absent = отсутствует
# $from (String) - smallest
# $to (String) - largest
rules-between = от { $from } до { $to }

rules-acts-client = Клиенту
rules-acts-team = Команде
rules-acts-order = Заказ и чат
rules-acts-flow = Порядок
rules-act-send-message = написать клиенту
rules-act-invite-to-review = пригласить к отзыву
rules-act-assign = назначить ответственного
rules-act-unassign = снять ответственного
rules-act-comment = оставить комментарий в заказе
rules-act-change-order = сменить статус заказа
rules-act-create-order = создать заказ
rules-act-close-chat = закрыть чат
rules-act-notify = отправить письмо сотруднику
rules-act-branch = проверить условия
rules-act-wait-for-answer = ждать ответа клиента
rules-act-approve = спросить согласие
rules-act-stop = остановиться
rules-act-delay = подождать
# $who (String) - name of a member
rules-words-assign = назначить ответственного: { $who }
# $who (String) - name of a member
rules-words-notify = отправить письмо: { $who }
# $status (String) - status of an order
rules-words-change-order = сменить статус заказа на «{ $status }»
# $time (String) - length of time
rules-words-wait = ждать ответа клиента { $time }
# $who (String) - name of a member, or everybody who may
rules-words-approve = спросить согласие: { $who }
# $time (String) - length of time
rules-words-approve-yes = без решения за { $time } считается согласием
# $time (String) - length of time
rules-words-approve-no = без решения за { $time } считается отказом
# $days (String) - how many days
rules-words-quiet = не чаще одного раза в { $days } дн.
rules-anybody = любой, кто управляет правилами
rules-nobody = никто
rules-gone-member = сотрудника больше нет
rules-in-member = Сотрудник
rules-in-status = Статус
rules-in-title = Название заказа
rules-in-text = Текст
rules-in-connection = Подключение
rules-in-quiet-days = Не повторять, дней
rules-in-number = Число
rules-in-unit = Единица времени
rules-no-decision = Без решения за
rules-counts-as = считать
rules-counts-yes = согласием
rules-counts-no = отказом
rules-in-answered = Клиент ответил
rules-in-silent = Клиент промолчал
rules-in-agreed = Согласие получено
rules-in-refused = Отказ
rules-in-yes = Условия выполнены
rules-in-no = Иначе
rules-unit-minutes = мин
rules-unit-hours = ч
rules-unit-days = дн.
rules-insert-field = Вставить поле
rules-text-hint = Поле заменится значением клиента. Запас на пустое: | default: друг

rules-delay = Задержка
rules-delay-minutes = спустя
rules-delay-in-hours = спустя, в рабочее время
rules-delay-until = к дате
rules-delay-before = раньше
rules-delay-after = позже
rules-delay-field = Дата
# $time (String) - length of time
rules-words-delay = подождать { $time }
# $time (String) - length of time
rules-words-delay-hours = подождать { $time } и дождаться рабочего времени
# $field (String) - name of a date
rules-words-delay-at = дождаться даты «{ $field }»
# $field (String) - name of a date
# $time (String) - length of time
rules-words-delay-before = дождаться { $time } до даты «{ $field }»
# $field (String) - name of a date
# $time (String) - length of time
rules-words-delay-after = дождаться { $time } после даты «{ $field }»

rules-move = Переместить
rules-move-up = Выше
rules-move-down = Ниже
rules-move-in = Внутрь соседней группы
rules-move-out = Наружу
rules-duplicate = Повторить
rules-remove = Убрать
rules-move-keys = Перетащите или двигайте стрелками
rules-add-delay = Подождать перед шагом
rules-drop-delay = Не ждать

rules-problem-unknown-trigger = Такого события больше нет
rules-problem-minutes-needed = Укажите время
rules-problem-no-steps = Добавьте хотя бы один шаг
rules-problem-unknown-field = Такого поля у этого события нет: { $what }
rules-problem-wrong-operator = Это сравнение не подходит к полю
rules-problem-wrong-value = Укажите значение
rules-problem-empty-text = Напишите текст
rules-problem-bad-template = Двойные скобки поля не закрыты
rules-problem-unknown-filter = Нет такого преобразования: { $what }
rules-problem-not-a-date = Это поле не дата
rules-problem-unreachable = Сюда правило не дойдёт: выше стоит «остановиться»
rules-problem-gone = Того, что здесь названо, больше нет
rules-problem-impossible = С этим событием такой шаг невозможен
rules-problems = { $count ->
    [one] { $count } замечание
    [few] { $count } замечания
    [many] { $count } замечаний
   *[other] { $count } замечания
}

rules-trial = Проба на событии
rules-trial-choose = На чём проверить
rules-trial-none = Проверить пока не на чем
rules-trial-none-hint = Как только такое событие произойдёт, здесь будет видно, как правило поступит с ним.
rules-trial-saw = видели: { $value }
rules-trial-no-data = нет данных
# $number (String) - number of the order
# $name (String) - name of the client
rules-trial-order = Заказ { $number }, { $name }
rules-trial-yes = Правило сработает
rules-trial-no = Нечего делать
rules-trial-no-hint = Условия не выполнены
rules-trial-no-data-hint = Не хватает данных, чтобы решить
rules-trial-no-conditions = Условий нет
# $fields (String) - names of fields
rules-trial-missing = Не уйдёт: нет данных «{ $fields }»
# $time (String) - moment
rules-trial-later = Продолжит { $time }
rules-trial-answer = Дальше зависит от ответа клиента
rules-trial-approval = Дальше зависит от решения
# $field (String) - name of a date
rules-trial-no-date = Не продолжит: дата «{ $field }» неизвестна
rules-trial-end = Конец
rules-trial-nothing-sent = Это только проба: ничего не отправляется.

rules-publish-title = Опубликовать версию { $version }?
rules-publish-first = Правило начнёт работать сразу после публикации.
rules-publish-next = Вместо версии { $version } начнёт работать новая.
rules-publish-same = Черновик не отличается от опубликованной версии.
rules-publish-changes = Что изменится
rules-publish-scope = На какие события
rules-publish-new = Только новые
rules-publish-new-hint = Сработает на том, что случится после публикации
rules-publish-existing = И существующие ({ $count })
rules-publish-existing-hint = Один раз сработает на открытых, которые подходят сейчас. Те, с кем правило уже что-то сделало, пропускаются.
rules-publish-too-many = Открытых слишком много, чтобы запустить на всех сразу: больше 500.
rules-publish-counting = Считаем подходящие…
rules-publish-do = Опубликовать
rules-publish-fix = Сначала исправьте замечания на блоках.
rules-publish-done = Опубликована версия { $version }

rules-versions-title = Версии правила
rules-versions-empty = Ещё ничего не опубликовано
rules-versions-empty-hint = Каждая публикация сохраняется здесь, и к любой можно вернуться.
rules-version = Версия { $version }
rules-version-now = Работает сейчас
rules-version-by = Автор: { $name }
rules-version-system = Через API
rules-version-diff = Отличия от черновика
rules-version-same = Совпадает с черновиком
rules-version-restore = Вернуть в черновик
rules-version-restored = Версия { $version } возвращена в черновик
rules-diff-added = добавлено
rules-diff-removed = убрано

rules-runs-empty = Запусков пока нет
rules-runs-empty-hint = Здесь появится каждый случай, когда правило проверило событие, в том числе когда делать было нечего.
rules-runs-none-about = Правила не проверяли этот объект
rules-runs-none-about-hint = Ни одно включённое правило не слушало его событий. Включите правило или проверьте его событие.
rules-runs-about = Запуски об одном объекте
rules-run-column-rule = Правило
rules-run-column-about = О чём
rules-run-column-outcome = Итог
rules-run-column-at = Когда
rules-run-filter-rule = Правило
rules-run-filter-outcome = Итог
rules-run-filters = Фильтры запусков
rules-run-search = Найти по клиенту, номеру заказа или диалога
rules-run-chat = Чат
# $name (String) - name of the client
rules-run-chat-of = Чат, { $name }
# $thing (String) - what it is: a conversation, a review
# $name (String) - name of the client
rules-run-thing-of = { $thing }, { $name }
rules-outcome-waiting = Ждёт
rules-outcome-done = Готово
rules-outcome-failed = Ошибка
rules-outcome-nothing = Нечего делать
rules-outcome-blocked = Заблокировано
rules-note-no-data = не хватило данных
rules-note-missing-fields = не хватило данных для шага
rules-note-other-rule = раньше сработало другое правило
rules-note-loop = правило запускало само себя
rules-note-transition = из этого статуса заказ так не переходит
rules-note-unreadable = версия записана другой программой
rules-run-title = Почему?
rules-run-shadow = Вхолостую
rules-run-event = Событие
rules-run-about = О чём
rules-run-version = Версия
rules-run-started = Началось
rules-run-ended = Закончилось
rules-run-goes-on = Продолжит само
rules-run-conditions = Условия
rules-run-steps = Что сделано
rules-run-no-steps = До шагов не дошло
rules-run-no-conditions = Условий не было: правило срабатывает каждый раз
rules-run-because-nothing = Условия не выполнены, поэтому правило ничего не сделало.
rules-run-because-no-data = Для решения не хватило данных. Неизвестное не считается ни выполненным, ни нарушенным.
rules-run-because-missing = Шаг не выполнен: не хватило данных. Текст с пропуском клиенту не отправляется.
# $name (String) - name of the other rule
rules-run-because-rival = На это событие раньше откликнулось правило «{ $name }». Клиенту пишет только одно.
rules-run-because-rival-gone = На это событие раньше откликнулось другое правило. Клиенту пишет только одно.
rules-run-rival-open = Открыть то правило
rules-run-because-loop = Правило запускало само себя по кругу, поэтому остановлено.
rules-run-because-unreadable = Версия правила записана другой программой, выполнить её нельзя.
# $why (String) - text of an error
rules-run-because-failed = Шаг не выполнен: { $why }
rules-run-waits-time = Ждёт своего времени.
rules-run-waits-answer = Ждёт ответа клиента.
# $who (String) - name of a member, or everybody who may
rules-run-waits-approval = Ждёт решения. Решает: { $who }.
rules-run-agree = Согласен
rules-run-refuse = Отклонить
rules-run-agreed = Согласие записано
rules-run-declined = Отказ записан
rules-run-decided-already = Решение уже принято
rules-run-retry = Повторить с этого шага
rules-run-retried = Запуск продолжен
rules-run-retried-failed = Шаг снова не удался
rules-runs-retry-all = Повторить неудавшиеся
rules-runs-retry-all-title = Повторить все неудавшиеся запуски?
rules-runs-retry-all-text = Каждый продолжится с шага, на котором остановился. Сделанное раньше не повторится. За раз повторяются не больше 200 запусков.
rules-runs-retry-result = Продолжены: { $done }. Снова с ошибкой: { $failed }
rules-result-done = сделано
rules-result-would = сделало бы
rules-result-failed = ошибка
rules-result-blocked = не выполнено
rules-result-waits = ждёт
rules-result-yes = условия выполнены
rules-result-no = условия не выполнены
rules-result-decided-yes = согласие
rules-result-decided-no = отказ
# $time (String) - moment
rules-result-until = до { $time }
rules-open-chat = Открыть чат
rules-open-order = Открыть заказ
rules-made-order = Новый заказ
rules-why-chat = Почему? Правила об этом чате

rules-trigger-chat-unanswered = клиент ждёт ответа
rules-trigger-conversation-closed = в Intercom закрыт диалог
rules-trigger-conversation-started = в Intercom начат диалог
rules-trigger-conversation-replied = в Intercom новый ответ в диалоге
rules-trigger-conversation-assigned = в Intercom назначен ответственный
rules-trigger-conversation-rated = в Intercom оценён диалог
rules-trigger-conversation-opened = в Intercom диалог открыт снова
rules-trigger-review-created = на Trustpilot появился отзыв
rules-trigger-review-updated = на Trustpilot изменён отзыв
rules-trigger-review-deleted = на Trustpilot удалён отзыв
rules-field-closed-by = Кто закрыл
rules-field-author = Автор
rules-field-text = Текст
rules-field-title = Заголовок
rules-field-conversation-id = Номер диалога
rules-field-state = Состояние диалога
rules-field-source-type = Откуда диалог
rules-field-tags = Метки диалога
rules-field-rating = Оценка диалога
rules-field-remark = Слова к оценке
rules-field-reopened = Сколько раз открывали снова
rules-field-ticket = Это обращение (ticket)
rules-field-ai-agent = Отвечал робот
rules-field-admin-id = Номер сотрудника
rules-field-admin-name = Сотрудник
rules-field-assignee-id = Номер ответственного
rules-field-team-id = Номер команды
rules-field-link = Ссылка
rules-field-contact-id = Номер клиента в сервисе
rules-field-external-id = Номер клиента у вас
rules-field-email = Почта из события
rules-field-name = Имя из события
rules-field-role = Роль клиента
rules-field-phone = Телефон из события
rules-field-locale = Язык клиента
rules-field-hard-bounced = Почта не доходит
rules-field-unsubscribed = Отписан от писем
rules-field-spam = Жаловался на спам
rules-field-stars = Звёзды
rules-field-reference = Номер приглашения
rules-field-language = Язык отзыва
rules-field-verified = Отзыв подтверждён
rules-field-location = Филиал
rules-field-created-at = Когда написан
rules-field-id = Номер
rules-field-chat-assignee-presence = Ответственный за чат сейчас
rules-field-chat-started-by = Кто начал чат
rules-field-chat-waiting-minutes = Сколько минут клиент ждёт
rules-field-contact-tags = Метки клиента
rules-field-contact-created-at = Клиент с
rules-field-contact-orders = Заказов у клиента
rules-field-contact-orders-month = Заказов за 30 дней
rules-field-contact-spent = Сумма заказов клиента
rules-field-contact-last-order-at = Последний заказ
rules-field-contact-messages-week = Сообщений клиента за 7 дней
rules-field-contact-invited-at = Последнее приглашение к отзыву
rules-started-by-client = клиент
rules-started-by-us = мы
rules-act-assign-free = назначить, кто на месте и свободнее
rules-act-add-tag = поставить метку клиенту
rules-act-remove-tag = снять метку с клиента
# $tag (String) - the tag
rules-words-add-tag = поставить метку «{ $tag }»
# $tag (String) - the tag
rules-words-remove-tag = снять метку «{ $tag }»
rules-in-tag = Метка
# $name (String) - name of the example
rules-problem-example-fails = Правило сработает не так, как в примере «{ $name }»
rules-gate-no-email = у клиента нет почты
rules-gate-unsubscribed = клиент отписан от писем
rules-gate-hard-bounced = письма на этот адрес не доходят
rules-gate-marked-spam = клиент жаловался на спам
rules-gate-already-invited = по этому обращению уже приглашали
rules-gate-invited-recently = этого клиента уже приглашали недавно
rules-gate-nobody-free = сейчас никого нет на месте
rules-gate-ceiling = правило сработало слишком часто и остановлено
rules-gate-dropped = отброшено вручную
rules-recipe-unanswered = Не оставить клиента без ответа
rules-recipe-unanswered-hint = Через 15 минут ожидания в рабочее время чат получит тот, кто на месте, а вам придёт письмо
rules-recipe-review-invitation = Пригласить к отзыву после диалога
rules-recipe-review-invitation-hint = Диалог в Intercom закрыт: через два часа Trustpilot пришлёт приглашение, одному клиенту не чаще раза в 90 дней

rules-machine = Машина времени
rules-machine-hint = Черновик пройдёт по тому, что было на самом деле, вместе с остальными правилами. Никому ничего не уйдёт.
rules-machine-period = За сколько дней
rules-machine-days = { $count ->
    [one] { $count } день
    [few] { $count } дня
    [many] { $count } дней
   *[other] { $count } дня
}
rules-machine-start = Запустить
rules-machine-stop = Остановить
rules-machine-none = Черновик ещё не проверяли на прошлом
rules-machine-none-hint = Выберите срок и запустите: будет видно, кому правило написало бы и что изменилось бы.
rules-machine-running = Проверяем прошлое
# $done (String) - looked at so far
# $total (String) - in all
rules-machine-progress = { $done } из { $total }
# $count (String) - how many
rules-machine-looked = Событий проверено: { $count }
rules-machine-cancelled = Остановлено до конца: счёт неполный
rules-machine-interrupted = Прервано перезапуском Пульта: запустите ещё раз
# $at (String) - date and time
rules-machine-short = Записи есть только с { $at }: раньше Пульт событий не хранил.
rules-machine-stays = Сработало бы как раньше
rules-machine-starts = Начнёт срабатывать
rules-machine-stops = Перестанет срабатывать
rules-machine-changes = Сделает иначе
rules-machine-others = Изменит другие правила
rules-machine-no-data = Не хватило данных
rules-machine-messages = Сообщений и приглашений
rules-machine-clients = Клиентов получат их
rules-machine-same = Черновик ничего не изменил бы
rules-machine-more = Показаны последние сто.
# $name (String) - name of a rule
rules-machine-rule = Правило «{ $name }»
rules-held-text = Правило остановлено, поэтому клиентам ничего не ушло. Решите, что с этим делать.
rules-held-send = Отправить
rules-held-drop = Отбросить
rules-held-sent = Отправка началась
rules-held-dropped = Удержанное отброшено
rules-held = { $count ->
    [one] Удержана { $count } отправка
    [few] Удержано { $count } отправки
    [many] Удержано { $count } отправок
   *[other] Удержано { $count } отправки
}
rules-trigger-webhook-received = пришёл вебхук
rules-act-save-contact = сохранить клиента
rules-in-name = Имя клиента
rules-in-phone = Телефон клиента
rules-in-email = Почта клиента
rules-recipe-webhook-order = Заявка с сайта → клиент и заказ
rules-recipe-webhook-order-hint = Пришёл вебхук с формы: клиент найдётся по телефону или почте либо появится новый, и на него заведётся заказ
rules-state-archived = В архиве
rules-earlier = Раньше других
rules-later = Позже других
rules-archive = Убрать в архив
rules-archived = Правило в архиве: на события оно больше не смотрит
rules-take-back = Вернуть
rules-taken-back = Правило вернулось в список, оно выключено
rules-run-anew = Запустить заново
rules-run-anew-title = Запустить правило заново?
rules-run-anew-text = Правило в нынешней версии ещё раз посмотрит на это событие и, если условия выполнены, сделает свои шаги по-настоящему: клиент может получить сообщение второй раз.
rules-run-anew-done = Запущено заново: перед вами новый запуск
rules-protection = Защита
rules-ceiling = Не чаще
rules-ceiling-unit = раз в минуту
rules-ceiling-hint = Если правило сработает чаще, Пульт остановит его, придержит отправку и напишет владельцам.
rules-ceiling-kept = Предел сохранён
rules-examples = Примеры из жизни
rules-examples-none = Примеров ещё нет
rules-examples-hint = Сохраните событие в «Пробе на событии»: версия, которая ведёт себя с ним иначе, не опубликуется.
rules-example-must = Должно сработать
rules-example-must-not = Не должно
rules-example-keep = Запомнить как пример:
rules-example-kept = Пример сохранён: он лежит в «Защите»
rules-example-nameless = Без имени
# $name (String) - name of the rule
rules-hand-of = Правило «{ $name }»: что сделать
# $name (String) - name of the example
rules-example-forget = Забыть пример «{ $name }»
# $count (Number) - rules put away
rules-archive-of = Архив: { $count }
rules-act-call-webhook = вызвать вебхук
rules-acts-outside = Наружу
rules-in-event = Название события
rules-in-value = Значение
rules-in-value-name = Имя поля
rules-call-add = Добавить поле
rules-call-remove = Убрать поле
rules-value-admin = сотрудник
rules-value-bot = бот
rules-value-user = клиент
rules-value-lead = посетитель
rules-value-open = открыт
rules-value-closed = закрыт
rules-value-snoozed = отложен
rules-trigger-order-deadline = подходит срок заказа
rules-trigger-day-time = каждый день наступает время
rules-trigger-chat-assigned = у чата сменился ответственный
rules-trigger-chat-status-changed = чат закрыт или открыт снова
rules-trigger-order-assigned = у заказа сменился ответственный
rules-trigger-order-changed = изменён состав или название заказа
rules-trigger-contact-created = появился новый клиент
rules-trigger-contact-changed = изменена карточка клиента
rules-trigger-contact-date = подходит дата клиента
rules-time-of-day = Время дня
rules-date-field = Дата клиента
rules-date-choose = Какая дата
rules-date-none = Полей с датой ещё нет — завести в настройках
rules-date-side = До или после даты
rules-date-on-day = в тот же день
rules-date-side-before = раньше, за
rules-date-side-after = позже, через
rules-date-often = Один раз или каждый год
rules-date-once = один раз
rules-date-yearly = каждый год
rules-date-in = в
# $days (String) - a length of time
rules-date-before = за { $days } до неё
# $days (String) - a length of time
rules-date-after = через { $days } после неё
# $time (String) - time of day
rules-date-at = в { $time }
rules-field-now-weekday = День недели
rules-field-now-day = Число месяца
rules-field-contact-changed = Что изменено на карточке
rules-field-contact-note = Заметка о клиенте
rules-field-chat-from-status = Прежнее состояние чата
rules-field-order-changed = Что изменено в заказе
rules-field-order-items = Состав
rules-field-order-total-before = Прежняя сумма заказа
rules-problem-date-needed = Выберите дату клиента
rules-weekday-monday = понедельник
rules-weekday-tuesday = вторник
rules-weekday-wednesday = среда
rules-weekday-thursday = четверг
rules-weekday-friday = пятница
rules-weekday-saturday = суббота
rules-weekday-sunday = воскресенье
rules-minutes-before = заранее, за
rules-act-set-field = записать в поле клиента
# $name (String) - the field
rules-words-set-field = записать в поле «{ $name }»
rules-in-own-field = Поле клиента
rules-through = через
rules-any-connection = любое подключение
rules-gone-connection = удалённое подключение
# $name (String) - the connection
rules-words-through = через «{ $name }»
rules-rivals = Эти правила тоже пишут клиентам с того же события
rules-rivals-text = На одно событие клиенту напишет только первое по порядку, чьи условия подошли; остальные уступят и скажут об этом в «Почему?». Порядок меняется в списке правил.
# $name (String) - name of a rule
rules-rival-first = «{ $name }» стоит раньше
# $name (String) - name of a rule
rules-rival-after = «{ $name }» стоит позже и уступит этому
rules-act-use-service = в сервисе
# $call (String) - what is done
# $name (String) - the connection
rules-words-service = { $call } ({ $name })
rules-acts-services = В сервисах
rules-call-tag = поставить метку на диалог
rules-call-note = написать заметку в диалоге
rules-call-close = закрыть диалог
rules-call-open = открыть диалог
rules-in-conversation = Номер диалога
rules-undo-title = Отменить сделанное в сервисах
rules-undo-since = С какого момента
rules-undo-can = { $count ->
    [0] Отменять нечего.
    [one] Можно отменить { $count } действие.
    [few] Можно отменить { $count } действия.
    [many] Можно отменить { $count } действий.
   *[other] Можно отменить { $count } действия.
}
rules-undo-cannot = { $count ->
    [0] { "" }
    [one] { $count } отменить нельзя: сообщения, приглашения и заметки уже у людей.
   *[other] { $count } отменить нельзя: сообщения, приглашения и заметки уже у людей.
}
rules-undo-done = { $count ->
    [0] { "" }
    [one] { $count } отменено раньше.
   *[other] { $count } отменено раньше.
}
rules-undo-note = Что с тех пор изменили люди, останется как есть: такая отмена покажется в журнале как «изменено позже».
rules-undo-do = Отменить
rules-undo-begun = Отмена началась, её ход виден в журнале
rules-changed-since = с тех пор это изменили, поэтому оставлено как есть
