# «Стоп-кран»

stops-title = Стоп-кран
stops-calm = Сообщения, приглашения и вызовы уходят, как обычно.
stops-all = Вся отправка
# $name (String) - what the service is called
stops-channel-of = Всё через { $name }
# $name (String) - name of the connection
stops-connection-of = Подключение «{ $name }»
# $name (String) - name of the rule
stops-rule-of = Правило «{ $name }»
# $name (String) - who
# $time (String) - how long ago
stops-pulled = Остановлено { $time }. Кто: { $name }.
stops-by-key = ключ API
stops-by-restoring = восстановление из копии
# $time (String) - day and time the copy was made
stops-restored = Восстановлено из копии ({ $time }): отправки ждут вашего решения. То, что удержано, могло уйти после того, как копию сделали: проверьте и возобновите или отбросьте.
stops-held = { $count ->
    [0] Пока ничего не удержано.
    [one] Удержана { $count } отправка.
    [few] Удержано { $count } отправки.
    [many] Удержано { $count } отправок.
   *[other] Удержано { $count } отправки.
}
stops-resume = Возобновить отправку
stops-resume-send = { $count ->
    [one] Возобновить и отправить { $count }
   *[other] Возобновить и отправить { $count }
}
stops-resume-drop = Возобновить, удержанное отбросить
stops-drop-title = Отбросить удержанное
stops-drop-text = { $count ->
    [one] { $count } отправка не уйдёт. Вернуть её будет нельзя.
    [few] { $count } отправки не уйдут. Вернуть их будет нельзя.
    [many] { $count } отправок не уйдут. Вернуть их будет нельзя.
   *[other] { $count } отправки не уйдут. Вернуть их будет нельзя.
}
stops-drop-confirm = Отбросить
stops-sent = { $count ->
    [0] Отправка возобновлена
    [one] Отправка возобновлена, уходит { $count } удержанная
    [few] Отправка возобновлена, уходят { $count } удержанные
    [many] Отправка возобновлена, уходят { $count } удержанных
   *[other] Отправка возобновлена, уходят { $count } удержанные
}
stops-dropped = { $count ->
    [one] Отброшена { $count } отправка
    [few] Отброшены { $count } отправки
    [many] Отброшено { $count } отправок
   *[other] Отброшено { $count } отправки
}
stops-pull = Остановить отправку
stops-pull-do = Остановить
stops-what = Что остановить
stops-why = Причина
stops-why-example = Например, ошибка в тексте
stops-ready = { $count ->
    [0] Сейчас в очереди пусто.
    [one] Сейчас в очереди { $count } отправка.
    [few] Сейчас в очереди { $count } отправки.
    [many] Сейчас в очереди { $count } отправок.
   *[other] Сейчас в очереди { $count } отправки.
}
stops-note = Всё, что в очереди, и всё новое будет удержано: клиенты ничего не получат, пока вы не возобновите отправку. Входящие приходят, как обычно.
stops-pulled-toast = Отправка остановлена
stops-queue = Удержано
stops-column-to = Кому
stops-column-what = Что
stops-column-why = Почему
stops-column-at = Создано
stops-somebody = Клиент
stops-by-rule = правило
stops-by-event = событие
stops-by-person = сотрудник
stops-failure = удержано стоп-краном
# $what (String) - name of a connection or service; may be empty
stops-line-pulled = Стоп-кран: отправка остановлена ({ $what })
stops-line-pulled-all = Стоп-кран: вся отправка остановлена
# $count (String) - how many
stops-line-sent = Стоп-кран отпущен, удержанное отправляется: { $count }
# $count (String) - how many
stops-line-restored = База восстановлена из копии: отправка остановлена, удержано { $count }
# $count (String) - how many
stops-line-dropped = Стоп-кран отпущен, удержанное отброшено: { $count }
