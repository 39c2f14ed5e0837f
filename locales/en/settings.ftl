### Settings: organisation, orders, profile, sessions, API keys; names of time zones and currencies.

settings-tab-organisation = Organisation
settings-tab-orders = Orders
settings-tab-profile = Profile
settings-tab-sessions = Sessions
settings-tab-keys = API keys
settings-tabs = Parts of the settings
settings-read-only = An owner or administrator may change these settings.
settings-saved = Settings saved
settings-stale = Somebody else has changed these settings.
settings-stale-hint = Your changes are not saved. Load the settings again and enter them once more.
settings-stale-load = Load again

settings-organisation = Organisation
settings-organisation-name = Name
settings-time-zone = Time zone
settings-time-zone-help = Days, deadlines and reports follow it; the whole team sees it.
settings-currency = Currency
settings-currency-help = New orders and catalogue items are made in it. Earlier ones do not change.
settings-http-title = Pult is open without encryption.
# $address (String) - public address of Pult
settings-http-text = The address { $address } begins with http://, so passwords and messages travel in the open and sessions are less protected. Set up HTTPS and put the new address into PULT_PUBLIC_URL.
settings-another = Another organisation
settings-another-text = For another business or branch, with its own clients, orders and members. This organisation cannot see it.
settings-another-create = Create organisation

settings-deadlines = Deadlines of orders
settings-deadlines-note = How long an order may stay in a status before it counts as overdue.
# $status (String) - word of the order status
settings-deadline-unit-of = { $status }: unit of the deadline
settings-deadline-none = no deadline
settings-deadline-minutes = minutes
settings-deadline-hours = hours
settings-deadline-days = days
# $time (String) - length of time
settings-deadline-usual = Usually: { $time }
settings-deadlines-apply = New deadlines apply to orders that enter the status after saving.

settings-notice = Notice to the client about an order
settings-notice-enabled = Tell the client when the status changes
settings-notice-enabled-note = Through the channel they use.
settings-notice-statuses = About which statuses
settings-notice-statuses-none = No status is chosen: the client gets no notices.
settings-notice-text = Text
settings-notice-text-help = Filled in:
settings-notice-insert-name = client's name
settings-notice-insert-number = order number
settings-notice-insert-status = status
settings-notice-insert-total = total
settings-notice-preview = The client sees
settings-notice-example-name = Marina
settings-notice-template = WhatsApp template
settings-notice-template-help = Goes out instead of the text when the client has not written for long and the window is closed. Its name as in your WhatsApp account; parameters in order: client's name, order number, status.
settings-notice-template-language = Language of the template

settings-profile = Profile
settings-profile-name = Name
settings-profile-name-help = Members see it.
settings-email = E-mail
settings-email-confirmed = Confirmed
settings-email-unconfirmed = Not confirmed
settings-email-unconfirmed-text = Open the link in the letter, so that links for a new password are sure to reach you.
settings-email-resend = Send the letter again
settings-email-sent = The letter is sent
settings-email-sent-demo = The letter is sent: in the demo its text is shown in the journal
settings-language = Language of the interface
settings-language-note = Changes at once, without a reload. Letters to you come in it too.
settings-notifications = Notifications
settings-sound = Sound on a new message
settings-sound-note = While Pult is open in the browser.
settings-desktop = Browser notifications
settings-desktop-note = Of new messages in your chats and in nobody's, while the tab is out of sight
settings-desktop-unasked = This browser has not allowed notifications yet
settings-desktop-denied = This browser shows no notifications: they are refused in its settings, or the address is open without https
settings-desktop-allow = Allow notifications
settings-quiet = Quiet hours
settings-quiet-note = Neither sound nor notifications. The counter in the tab stays.
settings-quiet-from = Quiet from
settings-quiet-to = Quiet until
settings-mail-on-trouble = Letter when a connection breaks
settings-mail-on-trouble-note = When a channel no longer receives or sends.
settings-password = Password
settings-password-note = After the change all other sessions end.
settings-password-current = Current password
settings-password-new = New password
# $count (String) - least characters
settings-password-help = At least { $count } characters.
settings-password-submit = Change password
settings-password-changed = Password changed, other sessions ended
settings-password-wrong = This is not the current password. Check the keyboard layout.

settings-sessions = Where you are signed in
settings-sessions-note = If something is unfamiliar, end it and change your password.
settings-session-current = This session
# $browser (String) - name of the browser
# $system (String) - name of the operating system
settings-session-device = { $browser } on { $system }
settings-session-unknown = Unknown browser
# $address (String) - network address
settings-session-from = from { $address }
settings-session-began = begun
settings-session-ends = ends at the latest
settings-session-used = last used
settings-session-end = End
# $device (String) - browser and system
settings-session-end-of = End: { $device }
settings-session-ended = Session ended
settings-sessions-end-others = End all others
settings-sessions-end-title = End all other sessions?
# $count (String) - how many
settings-sessions-end-text = Sessions: { $count }. They will have to sign in again; unsaved work on open pages is lost.
# $count (String) - how many
settings-sessions-ended = Sessions ended: { $count }
settings-sessions-only = There are no other sessions

settings-keys = API keys
settings-keys-note = For programs that work with Pult through the REST API.
settings-keys-docs = API description
settings-key-new = Create key
settings-keys-empty = No keys yet
settings-keys-empty-hint = A site, a warehouse or a report needs a key to read and create orders, clients and messages.
settings-key-name = Name
settings-key-name-help = What the key is for: “Site”, “Warehouse”, “Reports”.
settings-key-scopes = Rights
settings-key-all = All rights
settings-key-all-note = May do what an owner may, except the personal profile.
settings-key-some = Only chosen ones
settings-key-expires = Works
settings-key-expires-never = Without end
settings-key-expires-30 = 30 days
settings-key-expires-90 = 90 days
settings-key-expires-365 = A year
settings-key-submit = Create key
settings-key-created-title = The key is created
settings-key-created-text = Copy the key now: it will not be shown again. Keep it like a password.
settings-key-secret = API key
settings-key-use = Send it in a header of every request:
settings-key-column-name = Name
settings-key-column-scopes = Rights
settings-key-column-created = Created
settings-key-column-used = Used
settings-key-column-expires = Works until
settings-key-never-used = not yet
settings-key-forever = without end
settings-key-expired = Expired
settings-key-scopes-all = all
# $count (String) - how many
settings-key-scopes-count = rights: { $count }
settings-key-revoke = Revoke
# $name (String) - name of the key
settings-key-revoke-of = Revoke key: { $name }
settings-key-revoke-title = Revoke the key?
# $name (String) - name of the key
settings-key-revoke-text = Programs with the key “{ $name }” lose access at once. A key cannot be brought back, but you can create a new one.
# $name (String) - name of the key
settings-key-revoked = Key revoked: { $name }

currency-rub = Russian rouble
currency-kzt = Kazakhstani tenge
currency-byn = Belarusian rouble
currency-uzs = Uzbekistani sum
currency-kgs = Kyrgyzstani som
currency-tjs = Tajikistani somoni
currency-amd = Armenian dram
currency-azn = Azerbaijani manat
currency-gel = Georgian lari
currency-mdl = Moldovan leu
currency-uah = Ukrainian hryvnia
currency-try = Turkish lira
currency-rsd = Serbian dinar
currency-aed = UAE dirham
currency-ils = Israeli shekel
currency-cny = Chinese yuan
currency-usd = US dollar
currency-eur = Euro
currency-gbp = Pound sterling

zone-kaliningrad = Kaliningrad
zone-moscow = Moscow
zone-samara = Samara
zone-yekaterinburg = Yekaterinburg
zone-omsk = Omsk
zone-novosibirsk = Novosibirsk
zone-krasnoyarsk = Krasnoyarsk
zone-irkutsk = Irkutsk
zone-yakutsk = Yakutsk
zone-vladivostok = Vladivostok
zone-magadan = Magadan
zone-kamchatka = Kamchatka
zone-minsk = Minsk
zone-kyiv = Kyiv
zone-chisinau = Chisinau
zone-tbilisi = Tbilisi
zone-yerevan = Yerevan
zone-baku = Baku
zone-almaty = Almaty
zone-tashkent = Tashkent
zone-bishkek = Bishkek
zone-dushanbe = Dushanbe
zone-ashgabat = Ashgabat
zone-istanbul = Istanbul
zone-jerusalem = Jerusalem
zone-belgrade = Belgrade
zone-berlin = Berlin
zone-london = London
zone-dubai = Dubai
zone-bangkok = Bangkok
zone-shanghai = Shanghai
zone-new-york = New York
zone-los-angeles = Los Angeles
zone-utc = Universal time

settings-hours = Working hours
settings-hours-help = Rules take these for “within working hours” and send then what waits for them.
# $day (String) - short weekday
settings-hours-from = { $day }: begin
# $day (String) - short weekday
settings-hours-to = { $day }: end
settings-tab-clients = Clients
settings-fields = Own fields of clients
settings-fields-note = They appear on the card of every client. Rules can ask about them and fill them in.
settings-fields-none = No own fields yet
settings-fields-none-hint = A birthday, a level or a source, for example.
settings-field-add = Add a field
settings-field-name = Name
settings-field-kind = Kind of field
settings-field-text = Text
settings-field-number = Number
settings-field-date = Date
settings-field-choice = Choice from a list
settings-field-flag = Yes or no
settings-field-choices = Choices, one per line
settings-field-up = Move up
settings-field-drop = Remove the field
# $name (String) - the field
settings-field-dropped = The field “{ $name }” was removed. What was filled in is kept.

settings-tab-chats = Chats
settings-routing-mode = Who gets a new chat
settings-routing-hand = A person decides
settings-routing-hand-note = Somebody assigns it by hand
settings-routing-first = The first to answer
settings-routing-first-note = A chat becomes yours with the first answer
settings-routing-equal = Equally, in turn
settings-routing-equal-note = Whoever has waited longest gets the next chat
settings-routing-load = Whoever has the fewest open
settings-routing-load-note = The freest member on shift gets the chat
settings-routing-capacity = Open chats of one member at most
settings-routing-capacity-help = Other chats wait in line and are given out when somebody has room or comes on shift. A member may have a number of their own.
settings-routing-silent = Do not give chats to those not heard of
settings-routing-silent-help = Minutes in which the program is open in none of the member's browsers. Their shift does not end by that. 0: give them all the same.
settings-routing-minutes = min
settings-routing-returning = A returning client stays with their member
settings-routing-returning-note = If that one is on shift. Otherwise somebody else gets the chat.
settings-routing-close = Close a chat when it is quiet
settings-routing-close-help = Days without messages. A chat in which the client waits is not closed. 0: never.
settings-routing-days = days
settings-tab-look = Look

look-logo = Logo
look-logo-another = Another logo
look-logo-help = PNG, JPEG or WebP. Square and on a transparent ground is best; a large one is made small.
look-logo-is = Everybody sees it: in the menu, on pages your links open, and in letters.
look-logo-none = For now the first letter of the name stands in its place.
look-logo-set = Logo updated
look-logo-remove = Take the logo away
look-logo-removed = Logo taken away
look-colour = Colour and name
look-accent = Colour of buttons and links
look-accent-help = Empty: the usual amber. It has to be read in the dark: a contrast of at least 4.5 : 1.
look-accent-pick = Choose a colour
look-accent-choices = Colours to begin with
look-accent-usual = The usual amber
look-contrast = In the dark { $against } : 1, text on buttons { $text } : 1; at least { $needed } : 1 is needed.
look-contrast-low = This colour would drown in the dark.
look-contrast-take = Take { $colour }
look-white-label = Do not speak of Pult
look-white-label-note = Pages your links open, invitations by mail and the title of the window show only your name and logo.
look-preview = What others will see
look-domain = An address of your own
look-domain-name = Name
look-domain-help = Pult opens under this name, and links in your letters lead there.
look-domain-none = There is no address of your own yet.
look-domain-claim = Connect
look-domain-works = Works
look-domain-asked = Being checked
look-domain-failed = Does not lead here
look-domain-taken = Another organisation of this installation has proven this address.
look-domain-private = The name leads into an inner network, which Pult does not call.
look-domain-elsewhere = Another program answers under this name. Links lead to the former address meanwhile.
look-domain-silent = Nobody answers under this name yet. Links lead to the former address meanwhile; it is looked at again by itself.
look-domain-checked = Checked
look-domain-check = Check now
look-domain-remove = Disconnect
look-domain-step-name = Where the name is registered, add a CNAME record: { $host } → { $address }.
look-domain-step-proxy = Ask whoever runs the server to add { $host } to the reverse proxy with a certificate, and to hand the Host header to Pult.
