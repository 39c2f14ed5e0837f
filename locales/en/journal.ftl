### The journal: lines, events, jobs, and the words for their codes.

journal-tabs = Parts of the journal
journal-tab-lines = Journal
journal-tab-events = Events
journal-tab-jobs = Jobs
journal-filters = Journal filters
journal-filter-level = Level
journal-filter-about = About
journal-filter-object = Only
journal-filter-verdict = Outcome
journal-filter-state = State
journal-filter-kind = Kind
journal-filter-job = Job
journal-filter-connection = Connection
journal-level-info = Information
journal-level-warning = Warnings
journal-level-error = Errors

journal-column-what = What happened
journal-column-about = About
journal-column-who = Who
journal-column-at = When
journal-column-event = Event
journal-column-verdict = Outcome
journal-column-connection = Connection
journal-column-took = Processed in
journal-column-received = Received
journal-column-job = Job
journal-column-state = State

journal-lines-empty = The journal is empty
journal-lines-empty-hint = Everything members, clients and Pult itself do appears here, line by line.
journal-events-empty = No events yet
journal-events-empty-hint = Events come from connected services: messages, delivery, templates.
journal-jobs-empty = No jobs yet
journal-jobs-empty-hint = Whatever Pult sends outside becomes a job.
journal-no-dead = No failed jobs
journal-no-dead-hint = Everything that had to go out has gone or waits for its turn.

journal-line-title = Journal line
journal-event-title = Event
journal-job-title = Job
journal-cause = Why
journal-code = Code
journal-details = Details
journal-mail-text = Text of the letter
journal-processed = Processed
journal-attempts = Attempts
journal-attempts-of = { $done } of { $most }
journal-no-attempts = No attempts yet.
journal-dedupe-key = Repeat key
journal-replay = Handle again
journal-replay-title = Handle the event again?
journal-replay-text = It comes in as a new event: rules act on it again. Messages and invitations with the same number do not appear twice.
journal-replayed = The event is in the queue
journal-replay-of = Replay
journal-replay-first = First event
journal-caused = What it caused
journal-caused-nothing = Nothing.
journal-open-job = Open the job
journal-payload = Payload
journal-payload-gone = The payload was deleted: its time was over. That the event came and what came of it can still be seen.
journal-headers = Headers
journal-created = Created
journal-next-try = Next attempt
journal-finished = Finished
journal-cancel = Cancel
journal-retried = The job is back in the queue
journal-cancelled = The job is cancelled
journal-retry-all = Retry all failed
journal-retry-all-text = { $count ->
    [one] { $text } job goes back to the queue. Its messages and letters will go out.
   *[other] { $text } jobs go back to the queue. Their messages and letters will go out.
}
journal-retried-all = { $count ->
    [one] { $count } job is back in the queue
   *[other] { $count } jobs are back in the queue
}
journal-unknown-title = Send again?
journal-unknown-text = The call broke off and nobody knows whether the message went out. After a retry the client may get it twice.

journal-object-order = Order
journal-object-chat = Chat
journal-object-message = Message
journal-object-contact = Client
journal-object-product = Catalogue
journal-object-connection = Connection
journal-object-event = Event
journal-object-job = Job
journal-object-member = Member
journal-object-invite = Invitation
journal-object-organisation = Organisation
journal-object-key = API key
journal-object-canned-reply = Canned reply
journal-actor-system = Pult
journal-actor-customer = Client
journal-actor-key = API key
journal-actor-user = Member
journal-actor-rule = Rule

journal-state-ready = In the queue
journal-state-running = Running
journal-state-done = Done
journal-state-dead = Failed
journal-state-held = Waits for the connection
journal-state-unknown = Outcome unknown
journal-state-cancelled = Cancelled
journal-state-retry = Retry { $when }
journal-verdict-new = Waiting
journal-verdict-done = Processed
journal-verdict-ignored = No consequences
journal-verdict-failed = Error
journal-attempt-retry = Will retry
journal-attempt-limited = Rate limit
journal-no-mail-server = no mail server is given in the start settings
journal-note-no-connection = the connection is gone
journal-note-other-account = for another number
journal-note-no-channel = not a conversation
journal-note-message-unknown = we do not have such a message
journal-note-id-too-long = the id or address is too long
journal-note-repeat = a repeat of what we had

journal-job-send-message = Sending a message
journal-job-download-media = Fetching a file
journal-job-mark-read = Read mark
journal-job-check-connection = Connection check
journal-job-subscribe = Event subscription
journal-job-sync-templates = Fetching templates
journal-job-mail = Letter
journal-event-message = Client's message
journal-event-status = Delivery status
journal-event-reaction = Reaction
journal-event-edit = Edited message
journal-event-revoke = Message taken back
journal-event-echo = Answer from the phone
journal-event-preference = Marketing consent
journal-event-moved = Client's new number
journal-event-template = Template change
journal-event-account = Account state
journal-event-error = Service error

journal-line-chat-created = A new chat began
journal-line-chat-assigned = The chat got an assignee
journal-line-chat-unassigned = The chat has no assignee now
journal-line-chat-status = Chat status: { $status }
journal-line-no-answer-needed = Marked: no answer needed
journal-line-canned-reply-saved = Canned reply /{ $shortcut } saved
journal-line-canned-reply-deleted = Canned reply deleted
journal-line-message-failed = Message not delivered: { $why }
journal-line-marketing-yes = Marketing consent given
journal-line-marketing-no = Marketing consent withdrawn
journal-line-contact-created = New client: { $name }
journal-line-contact-changed = Details of client { $name } changed: { $fields }
journal-line-contact-moved = The client has a new number { $phone }
# $name (String) - client whose card went
journal-line-contact-merged = Another card went into this one: { $name }
# $name (String) - client whose card stays
journal-line-contact-went = The card went into another one: { $name }
# $name (String) - the other client
journal-line-contact-parted = Cards parted again: { $name }
# $name (String) - the other client
journal-line-contacts-differ = Marked as different people: { $name }
# $name (String) - the other client
journal-line-contacts-may-be-one = To be shown as a possible duplicate again: { $name }
journal-line-contact-noted = A note about the client was written
journal-line-contact-note-edited = A note about the client was changed
journal-line-contact-note-deleted = A note about the client was deleted
journal-line-contact-identity-conflict = A messenger address moved here from another client: check whether it is one person
journal-line-order-created = Order No. { $number } created
journal-line-rule-created = Rule “{ $name }” created
journal-line-rule-changed = Rule “{ $name }” changed
journal-line-rule-published = Rule “{ $name }” published, version { $version }
journal-line-rule-on = Rule “{ $name }” switched on
journal-line-rule-off = Rule “{ $name }” switched off
journal-line-rule-shadow = Rule “{ $name }” runs without acting
journal-line-rule-paused = Rule “{ $name }” was stopped: it kept starting itself
journal-line-rule-failed = A step of a rule was not done: { $why }
# $email (String) - address of the client
journal-line-invitation-sent = Invitation to review sent: { $email }
# $email (String) - address of the client
# $code (String) - the service's code
journal-line-invitation-failed = The invitation for { $email } was not sent: { $code }
# $email (String) - address of the client
journal-line-invitation-decided = Decided: the invitation for { $email } arrived and is not repeated
# $stars (String) - 1 to 5
# $author (String) - who wrote it
journal-line-review-received = New review with { $stars } of 5: { $author }
# $stars (String) - 1 to 5
# $author (String) - who wrote it
journal-line-review-changed = Review changed to { $stars } of 5: { $author }
journal-line-review-removed = A review was taken down
journal-line-review-answered = The answer to a review is on its way
# $service (String) - name of the service
journal-line-events-found = { $count ->
    [one] { $service }: the check found { $count } event the service had not told of
   *[other] { $service }: the check found { $count } events the service had not told of
}
journal-line-rule-agreed = A rule got its approval
journal-line-rule-refused = A rule got a refusal
journal-line-rule-retried = A run of a rule went on from the step that failed
journal-line-order-status = Order No. { $number }: { $from } → { $to }
journal-line-order-changed = Order No. { $number } changed
journal-line-order-assigned = Order No. { $number } got an assignee
journal-line-order-commented = Comment on order No. { $number }
journal-line-order-file = File for order No. { $number }: { $name }
journal-line-notice-sent = The client was told about order No. { $number }: { $status }
journal-line-notice-as-template = The window had already closed: a template was sent about order No. { $number } instead of the text
journal-line-notice-failed = The client could not be told about order No. { $number }: { $why }
journal-line-notice-no-channel = The client was not told about order No. { $number }: there is no chat
journal-line-product-created = New catalogue item: { $name }
journal-line-product-changed = Catalogue item changed: { $name }
journal-line-connection-created = Connection { $name } created
journal-line-connection-changed = Connection { $name } changed
journal-line-connection-handshake = The service confirmed the address for events
journal-line-connection-refused = { $held ->
    [0] The service refused the sign-in: { $why }
    [one] The service refused the sign-in: { $why }. { $held } job waits
   *[other] The service refused the sign-in: { $why }. { $held } jobs wait
}
journal-line-connection-resumed = The connection works again
# $name (String) - name of the connection
# $why (String) - reason given by the service
journal-line-connection-rests = { $name } does not answer ({ $why }): pausing, messages wait
# $name (String) - name of the connection
# $usual (String) - minutes
journal-line-connection-silent = { $minutes ->
    [one] { $name } has been silent for { $minutes } minute, usually no longer than { $usual }
   *[other] { $name } has been silent for { $minutes } minutes, usually no longer than { $usual }
}
# $name (String) - name of the connection
journal-line-connection-speaks = { $name }: events come again
# $event (String) - kind of the event
journal-line-event-replayed = Event handled once more: { $event }
journal-line-connection-off = { $held ->
    [0] Connection switched off
    [one] Connection switched off. { $held } job waits
   *[other] Connection switched off. { $held } jobs wait
}
journal-line-template-changed = Template { $name }: { $what }
journal-line-account-event = The service says about the account: { $what }
journal-line-event-failed = Event “{ $kind }” could not be processed: { $why }
journal-line-job-dead = { $job }: failed, { $why }
journal-line-job-unknown = { $job }: the call broke off, outcome unknown
journal-line-job-retried = { $job }: back in the queue
journal-line-job-cancelled = { $job }: cancelled
journal-line-unknown-resolved = The outcome is known now: the message went out
journal-line-loop-stopped = A chain of actions was stopped: too long ({ $job })
journal-line-mail-shown = Letter to { $to }: { $subject }
journal-line-organisation-created = Organisation { $name } created
journal-line-organisation-updated = Settings of the organisation changed
journal-line-signed-in = Signed in: { $name }
journal-line-profile-changed = Profile changed
journal-line-password-changed = Password changed
journal-line-password-reset-requested = Password change requested
journal-line-password-reset = Password changed by a link from a letter
journal-line-email-confirmed = Mail address confirmed
journal-line-confirmation-sent = Confirmation letter sent to { $email }
journal-line-session-revoked = A session was ended
journal-line-sessions-revoked = { $count ->
    [one] { $count } other session ended
   *[other] { $count } other sessions ended
}
journal-line-member-invited = Invitation for { $email }: { $role }
journal-line-invite-revoked = Invitation for { $email } withdrawn
journal-line-member-joined = New member: { $name }, { $role }
journal-line-member-deactivated = Access switched off: { $name }
journal-line-member-reactivated = Access given back: { $name }
journal-line-role-changed = Role changed: { $name }, { $from } → { $to }
journal-line-presence-changed = { $name }: { $presence }
journal-line-handed-over = Handed over from { $name }
journal-line-key-created = API key { $name } created
journal-line-key-revoked = API key { $name } revoked

journal-job-invite = Invitation to review
journal-job-answer-review = Answer to a review
journal-job-look-up = Asking for details
journal-job-sweep = Check for lost events
journal-event-conversation-closed = Conversation closed
journal-event-conversation-started = Conversation started
journal-event-conversation-replied = Reply in a conversation
journal-event-conversation-assigned = Conversation assigned
journal-event-conversation-rated = Conversation rated
journal-event-conversation-opened = Conversation opened again
journal-event-received = Webhook call
journal-event-review-created = New review
journal-event-review-updated = Review changed
journal-event-review-deleted = Review deleted
journal-event-review-found = Review found by the check

# $name (String) - name of the rule
# $ceiling (String) - times a minute
journal-line-rule-too-often = Rule “{ $name }” was stopped: it acted more than { $ceiling } times in a minute
# $name (String) - name of the rule
journal-line-rule-released = What rule “{ $name }” had in the queue was sent
# $name (String) - name of the rule
journal-line-rule-dropped = What rule “{ $name }” had in the queue was dropped
# $name (String) - name of the example
journal-line-rule-example-saved = Example kept for the rule: { $name }
journal-line-rule-example-deleted = An example of the rule was deleted
# $tag (String) - the tag
journal-line-contact-tagged = Tag “{ $tag }” added
# $tag (String) - the tag
journal-line-contact-untagged = Tag “{ $tag }” removed
journal-object-conversation = Conversation
journal-object-webhook = Webhook call
journal-line-rule-rerun = A rule was run anew on a past event
journal-job-call-webhook = Webhook call
# $field (String) - the field
# $value (String) - its value
journal-line-contact-field = On the client's card “{ $field }”: { $value }
# $field (String) - the field
journal-line-contact-field-cleared = On the client's card the field “{ $field }” was emptied
journal-object-rule = Rule
journal-object-run = Run of a rule
journal-job-call-service = Act in a service
# $name (String) - name of the rule
# $count (String) - how many
journal-line-rule-undone = What the rule “{ $name }” did is taken back: { $count }

# $name (String) - name of the member
journal-line-member-place = Visibility and load changed: { $name }
journal-line-message-planned = Message scheduled
journal-line-message-unplanned = Scheduled message cancelled
# $why (String) - what happened
journal-line-message-plan-failed = Scheduled message not sent. { $why }
# $kind (String) - word of the kind of thing
journal-filter-find = { $kind }: name or number
journal-changes = What changed
# $time (String) - time of the check
journal-whole = { $count ->
    [one] The journal is whole: { $count } line checked, { $time }
   *[other] The journal is whole: { $count } lines checked, { $time }
}
journal-broken = { $count ->
    [one] The journal was changed behind Pult's back: { $count } fault
   *[other] The journal was changed behind Pult's back: { $count } faults
}
journal-broken-text = The other lines are as they were. Keep a copy of the database and find out who had access to it. The command pult audit verify lists everything.
# $place (String) - position in the chain
journal-fault-changed = The line at place { $place } was changed
# $place (String) - position in the chain
journal-fault-removed = The line at place { $place } was removed before its time
# $place (String) - position in the chain
journal-fault-rewritten = The seal at place { $place } was rewritten
# $place (String) - position in the chain
journal-fault-lost = There is no seal at place { $place }
journal-fault-inserted = A line was added beside the chain
journal-fault-unsealed = A line waits for its seal for too long
journal-field-name = Name
journal-field-title = Title
journal-field-items = Lines
journal-field-access = Access
journal-field-role = Role
journal-field-presence = Presence
journal-field-hours = Working hours
journal-field-contact-fields = Fields of clients
# $status (String) - word of the status
journal-field-deadline = Deadline: { $status }
journal-field-account = Account
journal-field-position = Precedence
journal-field-ceiling = At most per minute
journal-field-version = Version
# $name (String) - name of the item
# $quantity (String) - how many
# $price (String) - price of one
journal-item = { $name }, { $quantity } × { $price }

journal-job-check-domain = Checking an own address
journal-line-domain-verified = The own address is proven: { $host }
journal-line-domain-failed = The own address does not lead here: { $host }
