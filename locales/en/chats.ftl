### Chats: list, thread, composer, client card.

chats-list = List of chats
chats-boxes = Which chats
chats-box-unanswered = Unanswered
chats-box-mine = Mine
chats-box-unassigned = Unassigned
chats-box-all = All
chats-box-closed = Closed
chats-search = Client's name, phone, e-mail
chats-said = In messages
chats-more = Show more
chats-unread = Unread messages
# $moment (String) - date and time
chats-waits-since = Waiting for an answer since { $moment }
chats-nameless = No name
chats-choose = Choose a chat
chats-choose-hint = J and K walk the list, R goes to the answer, E closes the chat.
chats-empty-search = No chat has such a name, phone, e-mail, company or town.
chats-empty-unanswered = Everything is answered
chats-empty-unanswered-hint = When a client writes, their chat appears here by itself.
chats-empty-mine = You have no chats
chats-empty-mine-hint = A chat becomes yours with your first answer in it.
chats-empty-unassigned = No chats without an owner
chats-empty-unassigned-hint = Every open chat has somebody responsible.
chats-empty-all = No chats yet
chats-empty-all-hint = Connect a messenger: a client's first message opens a chat.
chats-empty-closed = No closed chats
chats-empty-closed-hint = A closed chat opens by itself when the client writes again.
chats-empty-connect = Connect a messenger

chats-status-active = Active
chats-status-qualified = Interested
chats-status-converted = Order made
chats-status-closed = Closed
chats-channel-whatsapp = WhatsApp

chats-kind-text = Message
chats-kind-image = Photo
chats-kind-video = Video
chats-kind-audio = Audio
chats-kind-voice = Voice message
chats-kind-document = Document
chats-kind-sticker = Sticker
chats-kind-location = Place on the map
chats-kind-contacts = Contact
chats-kind-choice = Answer by button
chats-kind-cart = Cart
chats-kind-form = Filled form
chats-kind-template = Template
chats-kind-interactive = Message with buttons
chats-kind-unsupported = Message of a special kind
chats-kind-notice = Event of the chat
# $kind (String) - what it is (Photo)
# $text (String) - its caption
chats-kind-with-text = { $kind }: { $text }
chats-preview-empty = No messages yet

chats-messages = Messages
chats-back = To the list of chats
chats-show-card = Client card
chats-no-answer = No answer needed
chats-close = Close
chats-closed = Chat closed
chats-reopen = Reopen
# $duration (String) - length of time
chats-window-left = window open for { $duration }
chats-window-closed = window closed
# $moment (String) - day and time
chats-window-until = You may answer freely until: { $moment }
chats-older = Show earlier
chats-start = Start of the conversation
chats-unread-from-here = New messages
chats-sending = sending
chats-to-end = To the end
chats-new-below = { $count ->
    [one] { $count } new below
   *[other] { $count } new below
}
chats-drop = Drop the file to attach it
chats-open-file = Open in a new tab
# $name (String) - name of the picture
chats-open-picture = Open photo { $name }
chats-open-map = Open on the map

chats-author-ai = Leo
chats-author-system = Pult
chats-author-us = We
chats-author-elsewhere = from the phone or by API
chats-edited = edited
chats-revoked = Message deleted
chats-revoked-by-client = The client deleted this message on their side
chats-reactions = Reactions
chats-reply = Reply to this message
chats-quote-show = Show this message
chats-quote-earlier = Reply to an earlier message
chats-quote-drop = Do not quote
chats-forwarded = Forwarded
chats-forwarded-often = Forwarded many times
# $headline (String) - headline of the advertisement
chats-from-advertisement = Came from an advertisement: { $headline }
# $product (String) - number of the product
chats-about-product = About product { $product }
# $kind (String) - what it is (Photo)
chats-file-waiting = { $kind } is loading…
# $kind (String) - what it is (Photo)
chats-file-failed = { $kind }: the file could not be loaded
chats-file-uploading = uploading…
# $count (String) - how many pieces
chats-cart-times = { $count } pcs
chats-cart-total = Total
# $name (String) - name of the template
chats-template-named = Template { $name }
chats-buttons = Answer buttons
chats-unsupported = This message can only be seen in the messenger itself

chats-delivery-queued = queued
chats-delivery-accepted = accepted
chats-delivery-sent = sent
chats-delivery-delivered = delivered
chats-delivery-read = read
chats-delivery-played = played
chats-delivery-failed = not delivered
chats-delivery-unknown = unknown whether it arrived
# $word (String) - what became of it
# $moment (String) - exact date and time
chats-delivery-at = { $word }: { $moment }
# $time (String) - hours and minutes
# $attempt (String) - number of the attempt
chats-queued-again = Next try at { $time }, attempt { $attempt }
# $time (String) - hours and minutes
chats-queued-until = Goes out at { $time }
chats-unknown-note = The connection broke. Waiting for the messenger's report.
chats-unknown-title = Send again?
chats-unknown-text = The connection broke while sending. If the first message did arrive, the client will get it twice.
chats-failure-window = More than 24 hours since the client's last message: only a template can be sent.
chats-failure-unreachable = Messages cannot be delivered to this number: it may have no messenger.
chats-failure-opted-out = The client has opted out of marketing messages.
chats-failure-blocked = You have blocked this number.
chats-failure-not-now = The messenger does not deliver such messages to this person now.
chats-failure-spam = The messenger limited sending: too many complaints or messages.
chats-failure-no-template = The messenger has no such template in this language.
chats-failure-template-paused = The template is paused or disabled by the messenger.
chats-failure-template = The messenger refused the template: check its fields.
chats-failure-media = The messenger refused the file: check its type and size.
chats-failure-payment = The messenger account has no payment set up.
chats-failure-access = The messenger refused access: the connection needs attention.
chats-failure-file = The file is gone.
chats-failure-long = The text is too long for the messenger.
chats-failure-cancelled = Sending was cancelled.
chats-failure-unnamed = The messenger gave no reason.
# $code (String) - code of the error
chats-failure-code = Messenger error { $code }

# $status (String) - word of the new status
chats-notice-status = Chat status: { $status }
chats-notice-closed = Chat closed
chats-notice-reopened = Chat reopened
# $name (String) - name of a member
chats-notice-assigned = Responsible: { $name }
chats-notice-unassigned = Nobody is responsible any more
chats-notice-taken = Chat taken with the first answer
chats-notice-no-answer = No answer needed
# $number (String) - number of the order
chats-notice-order-created = Order No. { $number } created
# $number (String) - number of the order
# $status (String) - word of the new status
chats-notice-order-status = Order No. { $number }: { $status }
# $number (String) - number of the order
chats-notice-order-untold = The client was not told about order No. { $number }
# $code (String) - code of what happened
chats-notice-other = Event: { $code }

chats-message = Message
chats-placeholder = Answer, or press / for a canned reply
chats-hint = Enter sends
chats-attach = Attach a file
chats-canned = Canned replies
chats-template = Send a template
chats-add-button = Add an answer button
# $number (String) - number of the button
chats-button-title = Answer button { $number }
chats-button-placeholder = Up to 20 characters
chats-button-remove = Remove the button
chats-read-only = You can read the conversation. Owners, administrators and sellers answer.
# $name (String) - name of the connection
chats-connection-off = Connection “{ $name }” is switched off: it is not possible to answer from here now.
chats-connection-waits = The connection needs a new sign-in: messages wait and go out by themselves once it works.
chats-connection-open = Open the connection
chats-window-closed-title = The window is closed.
chats-window-closed-text = A day has passed since the client's last message: the messenger only lets a template through. Once the client answers, you can write freely again.

chats-canned-manage = Manage canned replies
chats-canned-empty = No canned replies yet
chats-canned-hint = Add phrases you use often: / puts them right into the message.
chats-canned-add = Add a reply
# $shortcut (String) - what is typed after the slash
chats-canned-deleted = Reply /{ $shortcut } deleted
chats-canned-shortcut = Shortcut
chats-canned-shortcut-help = Typed after /: letters, digits, hyphen
chats-canned-title = Title
chats-canned-text = Text
chats-canned-text-help = { "{name}" } becomes the client's name

chats-template-choose = Choose a template
chats-template-search = Name or words of the template
chats-template-none = No templates
chats-template-none-hint = Templates are made and approved in the messenger's console. After approval press “Check” at the connection.
chats-template-approved = Approved
chats-template-pending = In review
chats-template-rejected = Rejected
chats-template-paused = Paused
chats-template-disabled = Disabled
# $number (String) - number of the place
chats-template-param = Field { $number }
chats-template-preview = The client will read

chats-card = Client card
# $date (String) - long date
chats-client-since = Client since { $date }
chats-field-name = Name
chats-field-phone = Phone
chats-field-email = E-mail
chats-field-city = City
chats-field-identities = Channels
chats-field-assignee = Responsible
chats-field-status = Status
# $field (String) - name of the field
chats-edit-field = Edit: { $field }
chats-add-field = add
chats-nobody = Nobody
chats-take = Take it
# $reason (String) - why the client cannot be reached
chats-unreachable = The client cannot be reached: { $reason }
chats-orders = Orders
chats-orders-empty = No orders yet
chats-orders-all = All orders of the client
chats-order-create = Create order
chats-order-of-this-chat = from this chat

### A team at one chat: set aside, for later, notes, company, why this member.

chats-box-snoozed = Snoozed
chats-box-mentions = Mentions
chats-empty-snoozed = Nothing is snoozed
chats-empty-snoozed-hint = A snoozed chat comes back by itself: at its time, or when the client writes.
chats-empty-mentions = Nobody mentioned you
chats-empty-mentions-hint = Chats in which colleagues called you in a note appear here.
chats-snooze = Snooze chat
# $moment (String) - day and time
chats-snoozed = Chat snoozed: { $moment }
# $moment (String) - day and time
chats-snoozed-until = Snoozed: { $moment }
chats-unsnooze = Take back now
chats-later-hour = In an hour
chats-later-evening = Today at 18:00
chats-later-tomorrow = Tomorrow at 9:00
chats-later-monday = Monday at 9:00
# $names (String) - names of colleagues
chats-writes = Writing an answer: { $names }
# $names (String) - names of colleagues
chats-looks = Looking: { $names }
chats-send-despite = Send anyway
chats-note = Note for colleagues
chats-note-mark = Note, the client does not see it
chats-note-placeholder = What colleagues should know about this client
chats-note-hint = The client will not see this
chats-note-call = Call a colleague
chats-note-save = Save note
chats-plan = Send later
chats-plan-title = Send later
chats-plan-when = When to send
chats-plan-unless = Do not send if the client writes before
chats-plan-unless-note = The message takes itself back, and you see it in the conversation.
chats-plan-unless-short = unless the client writes before
chats-plan-save = Schedule
# $moment (String) - day and time
chats-planned = Scheduled: { $moment }
# $moment (String) - day and time
chats-plan-goes = goes out { $moment }
# $why (String) - what happened
chats-plan-failed = Not sent. { $why }
chats-plan-change = Change the scheduled message
chats-plan-take-back = Cancel the scheduled message
chats-plan-taken-back = Scheduled message cancelled
# $name (String) - name of the member
chats-notice-routed = Given to { $name }
# $name (String) - name of the member
chats-notice-kept = Stays with { $name }
# $name (String) - name of the member
chats-notice-let-go = { $name } is off shift, the chat waits for somebody else
chats-notice-snoozed = Chat snoozed
chats-notice-unsnoozed = Chat taken back
chats-notice-woken = Snoozed chat came back
chats-notice-later-cancelled = The client wrote, the scheduled message was cancelled
chats-routed-why = Why this one?
chats-routed-returning = The client came back to their member, who is on shift.
chats-routed-turn = Chats are shared equally: it was their turn.
chats-routed-load = Whoever has the fewest open chats gets it.
chats-routed-first = The chat was nobody's, and by the settings it went to whoever answered first.
chats-routed-hand = Given by hand: this line says by whom.
chats-routed-handed-over = The member who had it was switched off, and their work was handed over.
chats-routed-left = The member who had it is off shift, so the chat went back into the line.
chats-routed-nobody = Nobody on shift has room for another chat.
chats-nobodys = Nobody's yet
chats-nobodys-why = Why nobody's yet?
chats-nobodys-hand = Chats are given out by hand: take it, or give it to a colleague.
chats-nobodys-first = The chat goes to whoever answers first.
chats-verdict-silent = on shift, but not heard of for long
# $name (String) - the client
calls-mention = You were called to a chat: { $name }
# $open (String) - how many chats
# $capacity (String) - how many they take
chats-verdict-chosen = chosen, had { $open } of { $capacity } open
# $presence (String) - word of the presence
chats-verdict-away = off shift: { $presence }
# $open (String) - how many chats
# $capacity (String) - how many they take
chats-verdict-full = full, { $open } of { $capacity } open
# $open (String) - how many chats
# $capacity (String) - how many they take
chats-verdict-busier = more open chats: { $open } of { $capacity }
# $open (String) - how many chats
# $capacity (String) - how many they take
chats-verdict-later = gets one later, { $open } of { $capacity } open
