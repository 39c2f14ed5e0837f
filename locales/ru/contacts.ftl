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
contacts-note = Заметка
contacts-note-add = Написать
contacts-note-empty = Здесь можно записать всё, что важно помнить о клиенте. Он этого не видит.
contacts-note-theirs = Пока вы писали, заметку изменили:
contacts-no-orders = Заказов пока нет
contacts-no-orders-hint = Заказ можно создать из чата или на странице «Заказы».
contacts-no-chats = Чатов пока нет
contacts-no-chats-hint = Чат появится, когда клиент напишет.
contacts-chat-waits = ждёт ответа
contacts-story = Что происходило
contacts-no-story = Пока ничего.
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
