### Сводка: attention, tiles, charts, strips.

home-attention = Needs attention
home-live = updates by itself
home-calm = Nothing needs attention now.
home-overdue = Order No. { $number } is overdue by { $duration }
home-reauth = { $name }: the service refused the sign-in
home-reauth-note = { $count ->
    [0] New messages will wait until you sign in again.
    [one] { $count } job waits. Nothing is lost: it goes out after the sign-in.
   *[other] { $count } jobs wait. Nothing is lost: they go out after the sign-in.
}
home-reauth-do = Sign in again
home-dead = { $count ->
    [one] { $count } job failed
   *[other] { $count } jobs failed
}
home-dead-note = It will not be tried again by itself: look at the reason, then retry or cancel.
home-unknown = { $count ->
    [one] The outcome of { $count } sending is unknown
   *[other] The outcome of { $count } sendings is unknown
}
home-unknown-note = The call broke off. Ask the client whether it arrived before you retry.
home-jobs-do = Sort out
home-long-wait = { $name } has been waiting for { $duration }
home-long-wait-do = Answer

home-orders-today = Orders today
home-revenue-today = Revenue today
home-first-answer = First answer, median
home-jobs = Automation: done today
home-no-errors = no errors
home-errors = { $count ->
    [one] { $count } error
   *[other] { $count } errors
}
home-up = ▲ { $percent } to { $day }
home-down = ▼ { $percent } to { $day }
home-same = same as a week ago
home-from-zero = ▲ it was 0 a week ago
home-nothing-before = nothing to compare with yet
home-no-answers = nobody answered today yet
home-speed-same = same as a week ago
home-faster = ▼ { $duration } faster
home-slower = ▲ { $duration } slower
home-than-1 = Monday
home-than-2 = Tuesday
home-than-3 = Wednesday
home-than-4 = Thursday
home-than-5 = Friday
home-than-6 = Saturday
home-than-7 = Sunday

home-chats-by-hour = Chats by hour
home-new-chats = Chats clients wrote in
home-chats-peak = { $count ->
    [one] peak: { $count } chat at { $hour }:00
   *[other] peak: { $count } chats at { $hour }:00
}
home-chats-none = clients did not write today yet
home-by-day = By day
home-revenue = Revenue
home-orders-sum = { $count ->
    [one] in { $count } day: { $sum }
   *[other] in { $count } days: { $sum }
}
home-revenue-sum = { $count ->
    [one] in { $count } day: { $sum }
   *[other] in { $count } days: { $sum }
}

home-connections-on = { $on } of { $all } work
home-no-connections = No connections yet
home-no-connections-hint = Connect WhatsApp, and clients' messages will come here.
home-connection-active = { $count ->
    [0] works, no events today
    [one] works, { $count } event today
   *[other] works, { $count } events today
}
home-connection-setup = set-up not finished
home-connection-reauth = needs a sign-in
home-connection-off = off
home-connection-waiting = { $count ->
    [one] { $count } job waits
   *[other] { $count } jobs wait
}
home-recent = Latest in the journal
