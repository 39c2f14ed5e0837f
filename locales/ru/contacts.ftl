### Clients: list, form, card.

contacts-one = Клиент
contacts-new = Клиент
contacts-add = Добавить клиента
contacts-new-title = Новый клиент
contacts-edit-title = Данные клиента
contacts-back = Все клиенты
contacts-search = Имя, телефон в любом виде, почта, компания
contacts-name = Имя
contacts-phone = Телефон
contacts-phone-help = В любом виде: 8 999…, +7 (999)…
contacts-email = Почта
contacts-company = Компания
contacts-city = Город
contacts-orders = Заказы
contacts-spent = На сумму
contacts-created = Добавлен
contacts-open-owner = Открыть клиента с этим телефоном
contacts-overwrite = Записать моё поверх
contacts-empty = Клиентов пока нет
contacts-empty-hint = Клиент появится сам, когда напишет в подключённый мессенджер. Можно добавить его и здесь.
contacts-none-hint = Телефон можно искать в любом виде, имя и компанию по части слова.

# $date (String) - a date
contacts-since = клиент с { $date }
contacts-unreachable = В мессенджере не отвечает:
contacts-note = Главное о клиенте
contacts-note-add = Написать
contacts-note-empty = Здесь можно записать всё, что важно помнить о клиенте. Он этого не видит.
contacts-note-theirs = Пока вы писали, заметку изменили:
contacts-no-orders = Заказов пока нет
contacts-no-orders-hint = Заказ можно создать из чата или на странице «Заказы».
contacts-no-chats = Чатов пока нет
contacts-no-chats-hint = Чат появится, когда клиент напишет.
contacts-chat-waits = ждёт ответа
contacts-tags = Метки
contacts-tags-none = Меток нет
contacts-tag-add = Новая метка
# $tag (String) - the tag
contacts-tag-drop = Снять метку «{ $tag }»
contacts-fields = Свои поля
contacts-fields-none = Пока не заполнены
contacts-field-yes = Да
contacts-field-no = Нет
contacts-field-unset = не указано
contacts-field-day = ДД.ММ.ГГГГ

contacts-tab-all = Все
contacts-tab-duplicates = Дубли
contacts-more-phone = Ещё телефон
contacts-more-email = Ещё почта
contacts-pairs-show = Показать
contacts-pairs-different = Разные люди
contacts-pairs-none = Дублей не видно
contacts-pairs-none-hint = Карточки сравниваются сами: по телефонам в любых полях, почте, имени вместе с городом, компанией или своим полем.
contacts-pairs-none-different = Пар с решением «разные люди» нет
contacts-pairs-none-different-hint = Сюда попадают пары, о которых вы сказали, что это разные люди.
# $count (Number) - orders of the client
contacts-pairs-orders = { $count ->
    [one] { $count } заказ
    [few] { $count } заказа
    [many] { $count } заказов
   *[other] { $count } заказа
}
contacts-pairs-differ = Это разные люди
contacts-pairs-again = Вернуть в дубли
contacts-pairs-said-different = Запомнили: это разные люди
contacts-pairs-said-again = Больше не отмечены как разные люди
contacts-pairs-too-late = С этой парой уже кто-то разобрался. Список обновлён.
# $phone (String) - the phone both have
contacts-reason-phone = Один телефон: { $phone }
# $email (String) - the e-mail both have
contacts-reason-email = Одна почта: { $email }
# $field (String) - name of the field
# $value (String) - what both have in it
contacts-reason-name-field = Одно имя и «{ $field }»: { $value }
# $company (String) - the company both have
contacts-reason-name-company = Одно имя и одна компания: { $company }
# $city (String) - the town both have
contacts-reason-name-city = Одно имя и один город: { $city }
contacts-reason-in-name = в имени
contacts-reason-in-more = ещё один
# $field (String) - name of the field
contacts-reason-in-field = поле «{ $field }»
contacts-may-be-one = Возможно, это один человек
contacts-merge-begin = Объединить…
contacts-merge-title = Объединение карточек
# $kept (String) - client who stays
# $gone (String) - client who goes
contacts-merge-stays = Останется карточка «{ $kept }», к ней перейдёт всё из «{ $gone }».
contacts-merge-swap = Поменять местами
contacts-merge-both = Оставить обе заметки
contacts-merge-do = Объединить
# $name (String) - client whose card went
contacts-merge-done = Карточка «{ $name }» объединена
contacts-merge-open = Открыть
contacts-merge-twice = Чаты по одному подключению останутся двумя: каждый продолжится там, где шёл.
contacts-merge-undo-note = Правила от этого не сработают. Разъединить карточки можно в течение 30 дней.
contacts-moves = Перейдёт
contacts-moves-none = Ничего: у второй карточки нет ни чатов, ни заказов.
# $count (Number) - chats
contacts-moves-chats = { $count ->
    [one] { $count } чат
    [few] { $count } чата
    [many] { $count } чатов
   *[other] { $count } чата
}
# $count (Number) - orders
contacts-moves-orders = { $count ->
    [one] { $count } заказ
    [few] { $count } заказа
    [many] { $count } заказов
   *[other] { $count } заказа
}
# $count (Number) - addresses in messengers
contacts-moves-identities = { $count ->
    [one] { $count } адрес в мессенджере
    [few] { $count } адреса в мессенджерах
    [many] { $count } адресов в мессенджерах
   *[other] { $count } адреса в мессенджерах
}
# $count (Number) - invitations to review
contacts-moves-invitations = { $count ->
    [one] { $count } приглашение к отзыву
    [few] { $count } приглашения к отзыву
    [many] { $count } приглашений к отзыву
   *[other] { $count } приглашения к отзыву
}
# $count (Number) - notes
contacts-moves-notes = { $count ->
    [one] { $count } запись
    [few] { $count } записи
    [many] { $count } записей
   *[other] { $count } записи
}
# $count (Number) - runs of rules
contacts-moves-runs = { $count ->
    [one] { $count } запуск правил
    [few] { $count } запуска правил
    [many] { $count } запусков правил
   *[other] { $count } запуска правил
}
# $tags (String) - tags, separated by commas
contacts-moves-tags = метки: { $tags }
contacts-merged = Объединённые карточки
# $day (String) - when
# $name (String) - who did it
contacts-merged-by = { $day } · { $name }
contacts-part = Разъединить
contacts-part-title = Разъединить карточки?
# $name (String) - client whose card comes back
contacts-part-text = Вернётся карточка «{ $name }» со всем, что перешло от неё. Что появилось после объединения, останется здесь.
# $name (String) - client whose card is back
contacts-part-done = Карточка «{ $name }» снова отдельно
# $what (String) - fields and rows that did not go back
contacts-part-stayed = Не вернулось, потому что с тех пор изменилось: { $what }

contacts-notes = Записи
contacts-notes-label = Новая запись
contacts-notes-placeholder = Что важно знать коллегам. Клиент этого не видит.
contacts-notes-empty = Записей пока нет.
contacts-notes-write = Записать
contacts-notes-somebody = Через API
contacts-notes-deleted = Запись удалена
contacts-notes-delete-title = Удалить запись?
contacts-notes-delete-text = На карточке её больше не будет. Прежний текст останется в журнале.
contacts-timeline = Лента
contacts-timeline-kind = Что показать
contacts-timeline-none = Пока ничего не происходило.
contacts-timeline-none-of-kind = Такого пока не было.
contacts-timeline-messages = Переписка
contacts-timeline-reviews = Отзывы
contacts-timeline-chats = Чаты
contacts-timeline-changes = Карточка
# $count (Number) - messages of that day
contacts-timeline-count = { $count ->
    [one] { $count } сообщение
    [few] { $count } сообщения
    [many] { $count } сообщений
   *[other] { $count } сообщения
}
# $words (String) - the last message of the day
contacts-timeline-client-said = Клиент: { $words }
# $words (String) - the last message of the day
contacts-timeline-we-said = Мы: { $words }
# $name (String) - author
contacts-timeline-noted = Запись · { $name }
# $rule (String) - name of the rule
# $outcome (String) - how the run ended
contacts-timeline-ran = Правило «{ $rule }»: { $outcome }
# $field (String) - name of the field
# $from (String) - what it was
# $to (String) - what it is
contacts-timeline-change = { $field }: { $from } → { $to }
