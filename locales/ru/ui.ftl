### Words inside the building blocks themselves.

ui-required = обязательно
ui-close = Закрыть
ui-menu = Действия
ui-clear = Очистить
ui-show-password = Показать пароль
ui-hide-password = Скрыть пароль
ui-search = Найти
ui-nothing-found = Ничего не найдено
ui-nothing-found-hint = Измените запрос или сбросьте фильтры.
ui-searching = Ищем…
ui-loading = Загружается
ui-empty = Пока пусто
ui-failed = Не загрузилось
# $column (String) - name of the column
ui-sort-by = Сортировать: { $column }
ui-select-all = Выбрать все строки
ui-select-row = Выбрать строку
ui-page-previous = Предыдущие
ui-page-next = Следующие
ui-pages = Страницы
ui-notifications = Сообщения
ui-copy = Скопировать
ui-copied = Скопировано
ui-show-secret = Показать
ui-hide-secret = Скрыть
# $current (String) - number of the step
# $total (String) - number of steps
ui-step = Шаг { $current } из { $total }
ui-step-done = пройден
ui-drop-files = Перетащите файлы сюда или выберите
# $size (String) - largest size with unit
ui-drop-limit = До { $size }
ui-remove-file = Убрать файл
ui-chart-empty = За это время данных нет
ui-unsaved = На странице есть несохранённые изменения. Уйти без них?
ui-form-check = Проверьте отмеченные поля.
ui-column-empty = Пусто
# $count (String) - how many
ui-new-above = Новых сверху: { $count }
ui-selected = Выбрано
ui-open-calendar = Открыть календарь
ui-month-previous = Предыдущий месяц
ui-month-next = Следующий месяц
