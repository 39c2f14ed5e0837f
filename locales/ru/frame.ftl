### The frame around every signed-in page: sidebar, top bar, bottom bar.

nav-label = Разделы
nav-dashboard = Сводка
nav-chats = Чаты
nav-orders = Заказы
nav-contacts = Клиенты
nav-catalogue = Каталог
nav-rules = Правила
nav-reviews = Отзывы
nav-campaigns = Рассылки
nav-analytics = Аналитика
nav-team = Команда
nav-connections = Подключения
nav-journal = Журнал
nav-settings = Настройки
nav-more = Ещё
nav-collapse = Свернуть боковую панель
nav-expand = Развернуть боковую панель
nav-skip = К содержанию

frame-search = Найти или выполнить
frame-search-keys = Ctrl K
frame-notifications = Уведомления
frame-switch-organisation = Сменить организацию
frame-organisations = Ваши организации
frame-my-status = Мой статус
frame-profile = Профиль
frame-sending-on = Отправка идёт
frame-sending-stopped = Отправка остановлена
frame-live-off = Нет связи, данные могли устареть. Восстанавливаем…

soon-title = Появится в следующих версиях
soon-campaigns = Здесь будут рассылки: аудитория, содержание, расписание, репетиция и запуск.
soon-analytics = Здесь будут отчёты и воронки. Сегодняшние цифры уже есть на Сводке.
soon-back = Открыть Сводку

### The palette (Ctrl+K).

palette-placeholder = Страница, клиент, телефон, номер заказа…
palette-results = Найденное
palette-searching = Ищем…
palette-nothing = Ничего не нашлось. Проверьте имя, телефон или номер заказа.
palette-page = Раздел
palette-action = Действие
palette-contact = Клиент
palette-chat = Чат
palette-message = сообщение
palette-order = Заказ
palette-product = Каталог
palette-rule = Правило
palette-member = Сотрудник
palette-nameless = Без имени
palette-new-order = Новый заказ
palette-new-contact = Добавить клиента
palette-new-product = Добавить товар или услугу
palette-new-rule = Новое правило
palette-new-connection = Подключить сервис
palette-stop = Остановить отправку

### The sheet of keys.

keys-title = Горячие клавиши
keys-everywhere = Везде
keys-palette = Найти или выполнить
keys-search = К поиску
keys-sheet = Этот список
keys-close = Закрыть, назад
keys-next-chat = Следующий чат
keys-previous-chat = Предыдущий чат
keys-reply = Ответить
keys-close-chat = Закрыть чат
keys-send = Отправить
keys-line = Новая строка
keys-canned = Быстрый ответ (в начале сообщения)
keys-tables = Таблицы
keys-next-row = Следующая строка
keys-previous-row = Предыдущая строка
keys-open-row = Открыть
keys-select-row = Выбрать
keys-undo = Отменить
keys-redo = Вернуть
