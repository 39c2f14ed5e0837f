### Words used on many pages: verbs on buttons, states, and the parts of dates, times and numbers.

app-name = Пульт

action-save = Сохранить
action-cancel = Отмена
action-create = Создать
action-add = Добавить
action-edit = Изменить
action-delete = Удалить
action-close = Закрыть
action-open = Открыть
action-back = Назад
action-next = Далее
action-done = Готово
action-retry = Повторить
action-refresh = Обновить
action-send = Отправить
action-clear = Очистить
action-undo = Вернуть
action-show-all = Показать все
action-sign-in = Войти
action-sign-out = Выйти
action-connect = Подключить
action-check = Проверить
action-download = Скачать
action-why = Почему?

state-loading = Загружается…
state-saved = Сохранено
state-on = Включено
state-yes = Да
state-no = Нет
state-all = Все

presence-active = На месте
presence-busy = Занят
presence-break = Перерыв
presence-offline = Не в сети

role-owner = Владелец
role-admin = Администратор
role-seller = Продавец
role-technician = Мастер
role-quality = Контроль качества

language-name = Русский

format-month-1 = января
format-month-2 = февраля
format-month-3 = марта
format-month-4 = апреля
format-month-5 = мая
format-month-6 = июня
format-month-7 = июля
format-month-8 = августа
format-month-9 = сентября
format-month-10 = октября
format-month-11 = ноября
format-month-12 = декабря
format-month-name-1 = Январь
format-month-name-2 = Февраль
format-month-name-3 = Март
format-month-name-4 = Апрель
format-month-name-5 = Май
format-month-name-6 = Июнь
format-month-name-7 = Июль
format-month-name-8 = Август
format-month-name-9 = Сентябрь
format-month-name-10 = Октябрь
format-month-name-11 = Ноябрь
format-month-name-12 = Декабрь
format-weekday-1 = Пн
format-weekday-2 = Вт
format-weekday-3 = Ср
format-weekday-4 = Чт
format-weekday-5 = Пт
format-weekday-6 = Сб
format-weekday-7 = Вс

# $day (String) - day of month
# $month (String) - name of the month as it stands in a date
# $year (String) - four digits
format-date-long = { $day } { $month } { $year } г.
# $day (String) - day of month
# $month (String) - name of the month as it stands in a date
format-date-short = { $day } { $month }
# $date (String) - a date
# $time (String) - hours and minutes
format-date-time = { $date }, { $time }
format-today = Сегодня
format-yesterday = Вчера
format-tomorrow = Завтра
# $time (String) - hours and minutes
format-today-at = сегодня в { $time }
# $time (String) - hours and minutes
format-yesterday-at = вчера в { $time }
# $time (String) - hours and minutes
format-tomorrow-at = завтра в { $time }

format-just-now = только что
format-in-a-moment = сейчас
format-seconds-ago = { $count ->
    [one] { $count } секунду назад
    [few] { $count } секунды назад
    [many] { $count } секунд назад
   *[other] { $count } секунды назад
}
format-minutes-ago = { $count ->
    [one] { $count } минуту назад
    [few] { $count } минуты назад
    [many] { $count } минут назад
   *[other] { $count } минуты назад
}
format-hours-ago = { $count ->
    [one] { $count } час назад
    [few] { $count } часа назад
    [many] { $count } часов назад
   *[other] { $count } часа назад
}
format-days-ago = { $count ->
    [one] { $count } день назад
    [few] { $count } дня назад
    [many] { $count } дней назад
   *[other] { $count } дня назад
}
format-in-minutes = { $count ->
    [one] через { $count } минуту
    [few] через { $count } минуты
    [many] через { $count } минут
   *[other] через { $count } минуты
}
format-in-hours = { $count ->
    [one] через { $count } час
    [few] через { $count } часа
    [many] через { $count } часов
   *[other] через { $count } часа
}
format-in-days = { $count ->
    [one] через { $count } день
    [few] через { $count } дня
    [many] через { $count } дней
   *[other] через { $count } дня
}

# $count (String) - whole number
format-unit-days = { $count } дн.
# $count (String) - whole number
format-unit-hours = { $count } ч
# $count (String) - whole number
format-unit-minutes = { $count } мин
# $count (String) - whole number
format-unit-seconds = { $count } с
# $count (String) - whole number
format-unit-milliseconds = { $count } мс
# $count (String) - number
format-unit-bytes = { $count } Б
# $count (String) - number
format-unit-kilobytes = { $count } КБ
# $count (String) - number
format-unit-megabytes = { $count } МБ
# $count (String) - number
format-unit-gigabytes = { $count } ГБ
# $count (String) - number
format-percent = { $count } %

format-rows-selected = { $count ->
    [one] Выбрана { $count } строка
    [few] Выбраны { $count } строки
    [many] Выбрано { $count } строк
   *[other] Выбрано { $count } строки
}
