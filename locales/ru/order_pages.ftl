### Orders: statuses, table, board, side panel.

order-status-new = Новый
order-status-assigned = Назначен
order-status-in-progress = В работе
order-status-ready = Готов
order-status-delivered = Выдан
order-status-cancelled = Отменён

order-source-manual = создан сотрудником
order-source-chat = из чата
order-source-api = через API
order-source-rule = по правилу
order-source-shop = из магазина

# $number (String) - number of the order
order-number = № { $number }
# $duration (String) - length of time
order-overdue = просрочен на { $duration }
# $moment (String) - day and time
order-due = до: { $moment }
order-no-deadline = без срока
order-unassigned = не назначен
order-no-title = Без названия

orders-new = Заказ
orders-view = Вид
orders-view-table = Таблица
orders-view-board = Доска
orders-show = Какие заказы
orders-show-open = Открытые
orders-show-overdue = Просроченные
orders-show-all = Все
orders-search = Номер, название, клиент, телефон
orders-any-status = Любой статус
orders-anybody = Все ответственные
orders-mine = Мои
orders-filters = Фильтры заказов

orders-column-number = Номер
orders-column-title = Что
orders-column-contact = Клиент
orders-column-status = Статус
orders-column-due = Срок
orders-column-assignee = Ответственный
orders-column-total = Сумма
orders-column-created = Создан

orders-table = Заказы
orders-board = Доска заказов по статусам
# $count (String) - how many orders
# $total (String) - their sum
orders-lane = { $count } · { $total }
# $shown (String) - how many cards are shown
# $count (String) - how many orders
# $total (String) - their sum
orders-lane-part = { $shown } из { $count } · { $total }
orders-board-hint = Карточку можно перетащить или сдвинуть клавишами Alt + ← →
orders-empty = Заказов пока нет
orders-empty-hint = Первый заказ можно создать здесь или прямо из чата с клиентом.
orders-none = По этим условиям заказов нет
orders-none-overdue = Просроченных заказов нет
orders-none-overdue-hint = Все открытые заказы идут в срок.
orders-none-open = Открытых заказов нет
orders-none-open-hint = Вся работа сделана. Выданные и отменённые заказы видны во «Все».

order-move = Сменить статус
# $status (String) - word of the status
order-move-to = Перевести: { $status }
order-cancel = Отменить заказ
order-reopen = Вернуть в работу
order-restore = Восстановить заказ
# $number (String) - number of the order
# $status (String) - word of the new status
order-moved = № { $number }: { $status }
order-reason-title = Укажите причину
# $number (String) - number of the order
# $from (String) - word of the old status
# $to (String) - word of the new status
order-reason-text = № { $number }: «{ $from }» → «{ $to }». Причина останется в истории заказа.
order-reason = Причина
order-reason-needed = Напишите хотя бы пару слов: без причины этот шаг не разрешён.
order-notice-title = Клиент получит сообщение
# $number (String) - number of the order
# $status (String) - word of the new status
# $name (String) - name of the client
order-notice-text = № { $number } перейдёт в «{ $status }», и { $name } сразу получит сообщение об этом в чате.
# $statuses (String) - words of statuses
order-notice-hint = О статусе { $statuses } клиент сразу узнает из сообщения в чате.
# $statuses (String) - words of statuses
order-notice-hint-maybe = О статусе { $statuses } клиент сразу узнает из чата, если чат с ним есть.
# $number (String) - number of the order
# $status (String) - word of the new status
order-notice-text-maybe = № { $number } перейдёт в «{ $status }». Если с клиентом есть чат, сообщение об этом уйдёт сразу.
order-move-confirm = Перевести и сообщить

order-contact = Клиент
order-channel = Чат
order-open-chat = Открыть чат
order-created = Создан
order-assignee = Ответственный
order-nobody = Никто
order-due-label = Срок
order-title-label = Название

order-items = Состав
order-item-name = Название
order-item-quantity = Кол-во
order-item-price = Цена
order-item-sum = Сумма
order-item-total = Итого
order-item-add = Добавить строку
order-item-add-free = Своя строка
order-item-catalogue = Товар или услуга из каталога
order-item-remove = Убрать строку
order-items-empty = Строк пока нет
order-items-empty-hint = Добавьте товары или услуги, чтобы посчитать сумму.
order-items-edit = Изменить состав
order-items-saved = Состав записан
order-items-none-left = Добавьте хотя бы одну строку.

order-stale-title = Заказ изменён другим
# $what (String) - list of differences
order-stale-what = Теперь в нём: { $what }.
order-stale-keep = Введённое вами осталось ниже и ещё не записано.
order-stale-overwrite = Записать моё
order-stale-reload = Взять новое
# $title (String) - title of the order
order-stale-title-now = название «{ $title }»
# $status (String) - word of the status
order-stale-status-now = статус «{ $status }»
# $name (String) - name of a member
order-stale-assignee-now = ответственный { $name }
# $total (String) - sum
order-stale-items-now = { $count ->
    [one] { $count } строка на { $total }
    [few] { $count } строки на { $total }
    [many] { $count } строк на { $total }
   *[other] { $count } строки на { $total }
}

order-files = Файлы
order-files-empty = Файлов пока нет
order-files-add = Добавить файл
order-files-upload = Загрузить
order-file-waiting = ещё загружается
order-file-failed = не загрузился
order-files-added = { $count ->
    [one] Добавлен { $count } файл
    [few] Добавлены { $count } файла
    [many] Добавлено { $count } файлов
   *[other] Добавлено { $count } файла
}

order-comments = Комментарии
order-comments-empty = Комментариев пока нет. Клиент их не видит.
order-comment-label = Новый комментарий
order-comment-placeholder = Комментарий для своих, клиент его не видит
order-comment-somebody = Сотрудник

order-history = История
# $name (String) - name of who did it
order-history-by = { $name }
# $from (String) - word of the old status
# $to (String) - word of the new status
order-history-step = { $from } → { $to }
order-history-created = Заказ создан
order-history-pult = Пульт
