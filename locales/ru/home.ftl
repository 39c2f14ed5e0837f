### Сводка: attention, tiles, charts, strips.

home-attention = Требует внимания
home-live = обновляется само
home-calm = Сейчас ничего не требует внимания.
# $number (String) - number of the order
# $duration (String) - length of time
home-overdue = Заказ № { $number } просрочен на { $duration }
# $name (String) - name of the connection
home-reauth = { $name }: сервис отклонил вход
home-reauth-note = { $count ->
    [0] Новые отправки подождут, пока вы не войдёте заново.
    [one] Ждёт { $count } задание. Ничего не потеряно: уйдёт после входа.
    [few] Ждут { $count } задания. Ничего не потеряно: уйдут после входа.
    [many] Ждут { $count } заданий. Ничего не потеряно: уйдут после входа.
   *[other] Ждут { $count } задания. Ничего не потеряно: уйдут после входа.
}
home-reauth-do = Войти заново
home-dead = { $count ->
    [one] { $count } задание не удалось
    [few] { $count } задания не удались
    [many] { $count } заданий не удались
   *[other] { $count } задания не удались
}
home-dead-note = Само оно больше не повторится: посмотрите причину и повторите или отмените.
home-unknown = { $count ->
    [one] У { $count } отправки неизвестен исход
    [few] У { $count } отправок неизвестен исход
    [many] У { $count } отправок неизвестен исход
   *[other] У { $count } отправок неизвестен исход
}
home-unknown-note = Связь оборвалась. Проверьте у клиента, дошло ли, прежде чем повторять.
home-jobs-do = Разобрать
# $name (String) - name of the client
# $duration (String) - length of time
home-long-wait = { $name } ждёт ответа { $duration }
home-long-wait-do = Ответить

home-orders-today = Заказы сегодня
home-revenue-today = Выручка сегодня
home-first-answer = Первый ответ, медиана
home-jobs = Автоматика: сделано сегодня
home-no-errors = без ошибок
home-errors = { $count ->
    [one] { $count } ошибка
    [few] { $count } ошибки
    [many] { $count } ошибок
   *[other] { $count } ошибки
}
# $percent (String) - share with the sign of percent
# $day (String) - weekday in the dative
home-up = ▲ { $percent } к { $day }
# $percent (String) - share with the sign of percent
# $day (String) - weekday in the dative
home-down = ▼ { $percent } к { $day }
home-same = как неделю назад
home-from-zero = ▲ неделю назад было 0
home-nothing-before = сравнить пока не с чем
home-no-answers = сегодня ещё не отвечали
home-speed-same = как неделю назад
# $duration (String) - length of time
home-faster = ▼ на { $duration } быстрее
# $duration (String) - length of time
home-slower = ▲ на { $duration } медленнее
home-than-1 = понедельнику
home-than-2 = вторнику
home-than-3 = среде
home-than-4 = четвергу
home-than-5 = пятнице
home-than-6 = субботе
home-than-7 = воскресенью

home-chats-by-hour = Чаты по часам
home-new-chats = Чаты, где написал клиент
# $hour (String) - hour of the day
home-chats-peak = { $count ->
    [one] больше всего: { $count } чат в { $hour } ч
    [few] больше всего: { $count } чата в { $hour } ч
    [many] больше всего: { $count } чатов в { $hour } ч
   *[other] больше всего: { $count } чата в { $hour } ч
}
home-chats-none = сегодня клиенты ещё не писали
home-by-day = По дням
home-revenue = Выручка
# $sum (String) - how many orders
home-orders-sum = { $count ->
    [one] за { $count } день: { $sum }
    [few] за { $count } дня: { $sum }
    [many] за { $count } дней: { $sum }
   *[other] за { $count } дня: { $sum }
}
# $sum (String) - a sum of money
home-revenue-sum = { $count ->
    [one] за { $count } день: { $sum }
    [few] за { $count } дня: { $sum }
    [many] за { $count } дней: { $sum }
   *[other] за { $count } дня: { $sum }
}

# $on (String) - how many work
# $all (String) - how many there are
home-connections-on = { $on } из { $all } работают
home-no-connections = Подключений пока нет
home-no-connections-hint = Подключите WhatsApp, и сообщения клиентов придут сюда.
home-connection-active = { $count ->
    [0] работает, сегодня событий не было
    [one] работает, сегодня { $count } событие
    [few] работает, сегодня { $count } события
    [many] работает, сегодня { $count } событий
   *[other] работает, сегодня { $count } события
}
home-connection-setup = настройка не закончена
home-connection-reauth = нужен вход
home-connection-off = выключено
home-connection-waiting = { $count ->
    [one] ждёт { $count } задание
    [few] ждут { $count } задания
    [many] ждут { $count } заданий
   *[other] ждут { $count } задания
}
home-recent = Последнее в журнале
