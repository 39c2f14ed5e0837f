push-title = Notifications on this device
push-note = New messages, mentions and chats given to you arrive here, even while Pult is closed. Only this device can read them. Quiet hours hold here as well, and while you are offline nobody's chats stay silent.
push-looking = Looking at the device…
push-on = On
push-off = Off
push-off-note = Turn them on so that no client is missed while Pult is closed.
push-denied = Refused in the browser
push-denied-note = Allow notifications for this site in the settings of the browser and reload the page.
push-unsupported = This browser has none
push-unsupported-note = Open Pult in a recent Chrome, Firefox, Edge, Yandex Browser or Safari.
push-insecure = An https address is needed
push-insecure-note = Pult is open under an address without https, where browsers allow no notifications. The sound and the counter in the tab work.
push-install = First add Pult to the Home Screen
push-install-note = On iPhone and iPad notifications reach installed apps only. Tap “Share”, then “Add to Home Screen”, open Pult from there and turn them on here.
push-turn-on = Turn on
push-turn-off = Turn off
push-test = Try
push-failed = They could not be turned on
push-failed-note = The push service of the browser does not answer. Nothing has changed, try again later.
push-turned-on = Notifications are on
push-turned-off = Notifications are off
push-test-sent = Sent. If nothing shows within a minute, look whether “Do not disturb” is on.
push-test-title = Pult: a trial
push-test-text = Notifications work on this device.
push-devices = Where your notifications are on
push-device-here = This device
push-device-last = the last one
push-device-never = none so far
push-device-since = on since
# $code (String) - what the push service answered
push-device-failed = the last one was not delivered ({ $code }), turn them off and on again
push-device-remove = Turn off
# $device (String) - browser and system
push-device-remove-of = Turn notifications off: { $device }
push-somebody = A client
push-assigned = A chat was given to you
push-journal-call = Whom to call
push-journal-push = Notification to a device
# $device (String) - browser and system
push-line-on = Notifications turned on: { $device }
# $device (String) - browser and system
push-line-off = Notifications turned off: { $device }
