### Words used on many pages: verbs on buttons, states, and the parts of dates, times and numbers.

app-name = Pult

action-save = Save
action-cancel = Cancel
action-create = Create
action-add = Add
action-edit = Edit
action-delete = Delete
action-close = Close
action-open = Open
action-back = Back
action-next = Next
action-done = Done
action-retry = Try again
action-refresh = Refresh
action-send = Send
action-clear = Clear
action-undo = Undo
action-show-all = Show all
action-sign-in = Sign in
action-sign-out = Sign out
action-connect = Connect
action-check = Check
action-download = Download
action-why = Why?

state-loading = Loading…
state-saved = Saved
state-on = On
state-yes = Yes
state-no = No
state-all = All

presence-active = Available
presence-busy = Busy
presence-break = On a break
presence-offline = Offline

role-owner = Owner
role-admin = Administrator
role-seller = Seller
role-technician = Technician
role-quality = Quality control

language-name = English

format-month-1 = January
format-month-2 = February
format-month-3 = March
format-month-4 = April
format-month-5 = May
format-month-6 = June
format-month-7 = July
format-month-8 = August
format-month-9 = September
format-month-10 = October
format-month-11 = November
format-month-12 = December
format-month-name-1 = January
format-month-name-2 = February
format-month-name-3 = March
format-month-name-4 = April
format-month-name-5 = May
format-month-name-6 = June
format-month-name-7 = July
format-month-name-8 = August
format-month-name-9 = September
format-month-name-10 = October
format-month-name-11 = November
format-month-name-12 = December
format-weekday-1 = Mon
format-weekday-2 = Tue
format-weekday-3 = Wed
format-weekday-4 = Thu
format-weekday-5 = Fri
format-weekday-6 = Sat
format-weekday-7 = Sun

format-date-long = { $day } { $month } { $year }
format-date-short = { $day } { $month }
format-date-time = { $date }, { $time }
format-today = Today
format-yesterday = Yesterday
format-tomorrow = Tomorrow
format-today-at = today at { $time }
format-yesterday-at = yesterday at { $time }
format-tomorrow-at = tomorrow at { $time }

format-just-now = just now
format-in-a-moment = now
format-seconds-ago = { $count ->
    [one] { $count } second ago
   *[other] { $count } seconds ago
}
format-minutes-ago = { $count ->
    [one] { $count } minute ago
   *[other] { $count } minutes ago
}
format-hours-ago = { $count ->
    [one] { $count } hour ago
   *[other] { $count } hours ago
}
format-days-ago = { $count ->
    [one] { $count } day ago
   *[other] { $count } days ago
}
format-in-minutes = { $count ->
    [one] in { $count } minute
   *[other] in { $count } minutes
}
format-in-hours = { $count ->
    [one] in { $count } hour
   *[other] in { $count } hours
}
format-in-days = { $count ->
    [one] in { $count } day
   *[other] in { $count } days
}

format-unit-days = { $count } d
format-unit-hours = { $count } h
format-unit-minutes = { $count } min
format-unit-seconds = { $count } s
format-unit-milliseconds = { $count } ms
format-unit-bytes = { $count } B
format-unit-kilobytes = { $count } KB
format-unit-megabytes = { $count } MB
format-unit-gigabytes = { $count } GB
format-percent = { $count }%

format-rows-selected = { $count ->
    [one] { $count } row selected
   *[other] { $count } rows selected
}
