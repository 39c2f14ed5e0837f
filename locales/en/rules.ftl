### Rules: list, constructor, versions, runs and the words for everything a rule can be made of.


rules-new = New rule
rules-parts = Parts of rules
rules-tab-list = Rules
rules-tab-runs = Runs
rules-empty = No rules yet
rules-empty-hint = A rule does by itself what you do the same way every time: writes to the client, assigns a member, reminds. Start with a recipe.
rules-empty-read = When there are rules, you will see here what each of them did and why.
rules-column-name = Rule
rules-column-state = Active
rules-column-week = Fired this week
rules-column-last = Last run
rules-never = never ran
# $name (String) - name of the rule
rules-switch-of = Rule “{ $name }”
# $name (String) - name of the rule
rules-switched-on = Rule “{ $name }” is on
# $name (String) - name of the rule
rules-switched-off = Rule “{ $name }” is off
rules-state-on = On
rules-state-off = Off
rules-state-shadow = Shadow
rules-state-draft = Draft
rules-all = All rules
rules-all-runs = All runs

rules-new-title = New rule
rules-new-name = Name
rules-new-start = Start from
rules-blank = Empty rule
rules-blank-hint = Build it from scratch
rules-recipe-order-ready = Tell that the order is ready
rules-recipe-order-ready-hint = The client gets a message as soon as the order becomes “Ready”
rules-recipe-out-of-hours = Answer out of working hours
rules-recipe-out-of-hours-hint = Whoever writes for the first time in the evening or on a day off learns when the answer will come
rules-recipe-silent-day = Remind when the client is silent for a day
rules-recipe-silent-day-hint = Asks for a confirmation of a new order and writes again after a day of silence
rules-recipe-keywords = Warn of a complaint
rules-recipe-keywords-hint = When a message has the words for a complaint, a refund or something urgent, a letter with its text comes

rules-published = Published · version { $version }
rules-unpublished = Not published
rules-draft-changed = Draft changed
rules-name = Name of the rule
rules-versions = Versions
rules-publish = Publish…
rules-undo = Undo
rules-redo = Redo
rules-saving = Saving…
rules-saved = Saved
rules-unsaved = Not saved
rules-save-again = Save again
rules-stale = The rule was changed in another window or by somebody else.
rules-stale-load = Load the newer one
rules-stale-keep = Keep mine
rules-taken-over = The rule was updated: it was changed elsewhere
rules-unreadable = The rule was written by a newer version of the program. Update Pult to open it.
rules-read-only = Owners and administrators may change rules.

rules-when = When
rules-if = If
rules-then = Then
rules-next = Next
rules-trigger = Event
rules-minutes-without = and no answer for
rules-trigger-message-received = the client wrote a message
rules-trigger-chat-created = a new chat began
rules-trigger-order-created = an order was created
rules-trigger-order-status-changed = an order changed its status

rules-group-all = all are met
rules-group-any = at least one is met
rules-group-none = none is met
rules-group = Kind of group
rules-always = No conditions: the rule fires every time.
rules-group-empty-any = An empty group is never met.
rules-add-condition = Condition
rules-add-group = Group
rules-add-step = Step
rules-field = Field
rules-operator = Comparison
rules-value = Value
rules-value-from = From
rules-value-to = To
rules-values-hint = separated by commas
rules-choose = choose

rules-fields-client = Client
rules-fields-chat = Chat
rules-fields-message = Message
rules-fields-order = Order
rules-fields-other = Event
rules-field-now = Now
rules-field-contact-name = Client’s name
rules-field-contact-phone = Client’s phone
rules-field-contact-email = Client’s e-mail
rules-field-contact-company = Client’s company
rules-field-contact-city = Client’s city
rules-field-chat-channel = Channel of the chat
rules-field-chat-status = State of the chat
rules-field-chat-assigned = The chat has a responsible
rules-field-chat-last-inbound-at = Client’s last message
rules-field-message-text = Text of the message
rules-field-message-kind = Kind of the message
rules-field-message-first = It is the client’s first message
rules-field-order-number = Number of the order
rules-field-order-title = Title of the order
rules-field-order-status = Status of the order
rules-field-order-from-status = Former status of the order
rules-field-order-source = Source of the order
rules-field-order-total = Sum of the order
rules-field-order-assigned = The order has a responsible
rules-field-order-assignee-presence = The order’s responsible is now
rules-field-order-deadline-at = Deadline of the order

rules-op-equal = equals
rules-op-not-equal = does not equal
rules-op-is = is
rules-op-is-not = is not
rules-op-one-of = is one of
rules-op-none-of = is none of
rules-op-contains = contains
rules-op-not-contains = does not contain
rules-op-starts-with = starts with
rules-op-exactly = is exactly
rules-op-less = is less than
rules-op-more = is more than
rules-op-between = is within
rules-op-before = is before
rules-op-after = is after
rules-op-within = is within the last
rules-op-older = is older than
rules-op-in-hours = is in working hours
rules-op-out-of-hours = is out of working hours
rules-op-has = contains
rules-op-has-any = contains any of
rules-op-has-all = contains all of
rules-op-has-none = contains none of
rules-op-yes = yes
rules-op-no = no
rules-op-present = is there
rules-op-absent = is missing
# $from (String) - smallest
# $to (String) - largest
rules-between = from { $from } to { $to }

rules-acts-client = To the client
rules-acts-team = To the team
rules-acts-order = Order and chat
rules-acts-flow = Flow
rules-act-send-message = write to the client
rules-act-invite-to-review = invite to a review
rules-act-assign = assign a responsible
rules-act-unassign = remove the responsible
rules-act-comment = leave a comment in the order
rules-act-change-order = change the status of the order
rules-act-create-order = create an order
rules-act-close-chat = close the chat
rules-act-notify = send a letter to a member
rules-act-branch = check conditions
rules-act-wait-for-answer = wait for the client’s answer
rules-act-approve = ask for approval
rules-act-stop = stop
rules-act-delay = wait
# $who (String) - name of a member
rules-words-assign = assign { $who }
# $who (String) - name of a member
rules-words-notify = send a letter to { $who }
# $status (String) - status of an order
rules-words-change-order = change the status of the order to “{ $status }”
# $time (String) - length of time
rules-words-wait = wait { $time } for the client’s answer
# $who (String) - name of a member, or everybody who may
rules-words-approve = ask for approval: { $who }
# $time (String) - length of time
rules-words-approve-yes = no decision within { $time } counts as approval
# $time (String) - length of time
rules-words-approve-no = no decision within { $time } counts as refusal
# $days (String) - how many days
rules-words-quiet = at most once in { $days } days
rules-anybody = anybody who manages rules
rules-nobody = nobody
rules-gone-member = a member who is gone
rules-in-member = Member
rules-in-status = Status
rules-in-title = Title of the order
rules-in-text = Text
rules-in-connection = Connection
rules-in-quiet-days = Do not repeat for, days
rules-in-number = Number
rules-in-unit = Unit of time
rules-no-decision = No decision within
rules-counts-as = counts as
rules-counts-yes = approval
rules-counts-no = refusal
rules-in-answered = The client answered
rules-in-silent = The client was silent
rules-in-agreed = Approved
rules-in-refused = Refused
rules-in-yes = Conditions are met
rules-in-no = Otherwise
rules-unit-minutes = min
rules-unit-hours = h
rules-unit-days = days
rules-insert-field = Insert a field
rules-text-hint = A field is replaced by the client’s value. For an empty one: | default: friend

rules-delay = Delay
rules-delay-minutes = after
rules-delay-in-hours = after, in working hours
rules-delay-until = towards a date
rules-delay-before = before
rules-delay-after = after
rules-delay-field = Date
# $time (String) - length of time
rules-words-delay = wait { $time }
# $time (String) - length of time
rules-words-delay-hours = wait { $time } and for working hours
# $field (String) - name of a date
rules-words-delay-at = wait for “{ $field }”
# $field (String) - name of a date
# $time (String) - length of time
rules-words-delay-before = wait until { $time } before “{ $field }”
# $field (String) - name of a date
# $time (String) - length of time
rules-words-delay-after = wait until { $time } after “{ $field }”

rules-move = Move
rules-move-up = Up
rules-move-down = Down
rules-move-in = Into the group beside
rules-move-out = Out
rules-duplicate = Duplicate
rules-remove = Remove
rules-move-keys = Drag or move with the arrows
rules-add-delay = Wait before the step
rules-drop-delay = Do not wait

rules-problem-unknown-trigger = There is no such event any more
rules-problem-minutes-needed = Give a time
rules-problem-no-steps = Add at least one step
rules-problem-unknown-field = This event has no such field: { $what }
rules-problem-wrong-operator = This comparison does not fit the field
rules-problem-wrong-value = Give a value
rules-problem-empty-text = Write a text
rules-problem-bad-template = The double braces of a field are not closed
rules-problem-unknown-filter = No such conversion: { $what }
rules-problem-not-a-date = This field is not a date
rules-problem-unreachable = The rule never gets here: there is a “stop” above
rules-problem-gone = What is named here is gone
rules-problem-impossible = This step is impossible with this event
rules-problems = { $count ->
    [one] { $count } thing to mend
   *[other] { $count } things to mend
}

rules-trial = Try on an event
rules-trial-choose = What to try on
rules-trial-none = Nothing to try on yet
rules-trial-none-hint = As soon as such an event happens, you will see here how the rule would treat it.
rules-trial-saw = saw: { $value }
rules-trial-no-data = no data
# $number (String) - number of the order
# $name (String) - name of the client
rules-trial-order = Order { $number }, { $name }
rules-trial-yes = The rule would fire
rules-trial-no = Nothing to do
rules-trial-no-hint = The conditions are not met
rules-trial-no-data-hint = Data is missing to decide
rules-trial-no-conditions = No conditions
# $fields (String) - names of fields
rules-trial-missing = Would not be sent: no data for “{ $fields }”
# $time (String) - moment
rules-trial-later = Goes on { $time }
rules-trial-answer = The rest depends on the client’s answer
rules-trial-approval = The rest depends on the decision
# $field (String) - name of a date
rules-trial-no-date = Would not go on: “{ $field }” is not known
rules-trial-end = End
rules-trial-nothing-sent = This is only a try: nothing is sent.

rules-publish-title = Publish version { $version }?
rules-publish-first = The rule starts to work right after publishing.
rules-publish-next = The new version takes the place of version { $version }.
rules-publish-same = The draft does not differ from the published version.
rules-publish-changes = What changes
rules-publish-scope = On which events
rules-publish-new = Only new ones
rules-publish-new-hint = Fires on what happens after publishing
rules-publish-existing = Existing ones too ({ $count })
rules-publish-existing-hint = Fires once on what is open and matches now. What the rule has acted on already is left out.
rules-publish-too-many = There is too much open to run on all at once: more than 500.
rules-publish-counting = Counting what matches…
rules-publish-do = Publish
rules-publish-fix = First mend what is marked on the blocks.
rules-publish-done = Version { $version } is published

rules-versions-title = Versions of the rule
rules-versions-empty = Nothing published yet
rules-versions-empty-hint = Every publication is kept here, and you can return to any of them.
rules-version = Version { $version }
rules-version-now = Works now
rules-version-by = Author: { $name }
rules-version-system = Through the API
rules-version-diff = Differences from the draft
rules-version-same = Equals the draft
rules-version-restore = Put back into the draft
rules-version-restored = Version { $version } is back in the draft
rules-diff-added = added
rules-diff-removed = removed

rules-runs-empty = No runs yet
rules-runs-empty-hint = Every time a rule looked at an event is shown here, also when there was nothing to do.
rules-runs-none-about = No rule has looked at this
rules-runs-none-about-hint = No rule that is on listened to its events. Switch a rule on, or check its event.
rules-runs-about = Runs about one thing
rules-run-column-rule = Rule
rules-run-column-about = About
rules-run-column-outcome = Outcome
rules-run-column-at = When
rules-run-filter-rule = Rule
rules-run-filter-outcome = Outcome
rules-run-filters = Filters of runs
rules-run-search = Find by client, order number or conversation
rules-run-chat = Chat
# $name (String) - name of the client
rules-run-chat-of = Chat, { $name }
# $thing (String) - what it is: a conversation, a review
# $name (String) - name of the client
rules-run-thing-of = { $thing }, { $name }
rules-outcome-waiting = Waits
rules-outcome-done = Done
rules-outcome-failed = Failed
rules-outcome-nothing = Nothing to do
rules-outcome-blocked = Blocked
rules-note-no-data = data was missing
rules-note-missing-fields = data for a step was missing
rules-note-other-rule = another rule was faster
rules-note-loop = the rule started itself
rules-note-transition = an order does not go that way from this status
rules-note-unreadable = the version was written by another program
rules-run-title = Why?
rules-run-shadow = Shadow
rules-run-event = Event
rules-run-about = About
rules-run-version = Version
rules-run-started = Began
rules-run-ended = Ended
rules-run-goes-on = Goes on by itself
rules-run-conditions = Conditions
rules-run-steps = What was done
rules-run-no-steps = It did not come to the steps
rules-run-no-conditions = There were no conditions: the rule fires every time
rules-run-because-nothing = The conditions are not met, so the rule did nothing.
rules-run-because-no-data = Data was missing to decide. What is not known counts neither as met nor as unmet.
rules-run-because-missing = A step was not done: data is missing. A text with a hole is never sent to a client.
# $name (String) - name of the other rule
rules-run-because-rival = The rule “{ $name }” answered this event first. Only one writes to the client.
rules-run-because-rival-gone = Another rule answered this event first. Only one writes to the client.
rules-run-rival-open = Open that rule
rules-run-because-loop = The rule started itself in a circle, so it was stopped.
rules-run-because-unreadable = The version was written by another program and cannot be run.
# $why (String) - text of an error
rules-run-because-failed = A step was not done: { $why }
rules-run-waits-time = Waits for its time.
rules-run-waits-answer = Waits for the client’s answer.
# $who (String) - name of a member, or everybody who may
rules-run-waits-approval = Waits for a decision by { $who }.
rules-run-agree = Approve
rules-run-refuse = Refuse
rules-run-agreed = The approval is noted
rules-run-declined = The refusal is noted
rules-run-decided-already = It has been decided already
rules-run-retry = Try again from this step
rules-run-retried = The run went on
rules-run-retried-failed = The step failed again
rules-runs-retry-all = Try failed ones again
rules-runs-retry-all-title = Try all failed runs again?
rules-runs-retry-all-text = Each goes on from the step where it stopped. What was done before is not done again. At most 200 runs at a time.
rules-runs-retry-result = Went on: { $done }. Failed again: { $failed }
rules-result-done = done
rules-result-would = would be done
rules-result-failed = failed
rules-result-blocked = not done
rules-result-waits = waits
rules-result-yes = conditions are met
rules-result-no = conditions are not met
rules-result-decided-yes = approved
rules-result-decided-no = refused
# $time (String) - moment
rules-result-until = until { $time }
rules-open-chat = Open the chat
rules-open-order = Open the order
rules-made-order = New order
rules-why-chat = Why? Rules about this chat

rules-trigger-chat-unanswered = a client waits for an answer
rules-trigger-conversation-closed = a conversation is closed in Intercom
rules-trigger-conversation-started = a conversation begins in Intercom
rules-trigger-conversation-replied = somebody replies in Intercom
rules-trigger-conversation-assigned = a conversation is assigned in Intercom
rules-trigger-conversation-rated = a conversation is rated in Intercom
rules-trigger-conversation-opened = a conversation is opened again in Intercom
rules-trigger-review-created = a review appears on Trustpilot
rules-trigger-review-updated = a review changes on Trustpilot
rules-trigger-review-deleted = a review is deleted on Trustpilot
rules-field-closed-by = Closed by
rules-field-author = Author
rules-field-text = Text
rules-field-title = Title
rules-field-conversation-id = Conversation number
rules-field-state = State of the conversation
rules-field-source-type = Where it came from
rules-field-tags = Tags of the conversation
rules-field-rating = Rating of the conversation
rules-field-remark = Words with the rating
rules-field-reopened = Times opened again
rules-field-ticket = It is a ticket
rules-field-ai-agent = A bot answered
rules-field-admin-id = Number of the teammate
rules-field-admin-name = Teammate
rules-field-assignee-id = Number of the assignee
rules-field-team-id = Number of the team
rules-field-link = Link
rules-field-contact-id = The service's number of the client
rules-field-external-id = Your number of the client
rules-field-email = E-mail in the event
rules-field-name = Name in the event
rules-field-role = Role of the client
rules-field-phone = Phone in the event
rules-field-locale = Language of the client
rules-field-hard-bounced = Mail does not arrive
rules-field-unsubscribed = Unsubscribed from mail
rules-field-spam = Complained of spam
rules-field-stars = Stars
rules-field-reference = Number of the invitation
rules-field-language = Language of the review
rules-field-verified = The review is verified
rules-field-location = Branch
rules-field-created-at = Written at
rules-field-id = Number
rules-field-chat-assignee-presence = Who has the chat is now
rules-field-chat-started-by = Who began the chat
rules-field-chat-waiting-minutes = Minutes the client waits
rules-field-contact-tags = Tags of the client
rules-field-contact-created-at = Client since
rules-field-contact-orders = Orders of the client
rules-field-contact-orders-month = Orders in 30 days
rules-field-contact-spent = Sum of the client's orders
rules-field-contact-last-order-at = Last order
rules-field-contact-messages-week = Messages of the client in 7 days
rules-field-contact-invited-at = Last invitation to review
rules-started-by-client = the client
rules-started-by-us = we
rules-act-assign-free = assign to who is present and least busy
rules-act-add-tag = tag the client
rules-act-remove-tag = take a tag from the client
# $tag (String) - the tag
rules-words-add-tag = add the tag “{ $tag }”
# $tag (String) - the tag
rules-words-remove-tag = remove the tag “{ $tag }”
rules-in-tag = Tag
# $name (String) - name of the example
rules-problem-example-fails = The rule would not do as in the example “{ $name }”
rules-gate-no-email = the client has no e-mail
rules-gate-unsubscribed = the client unsubscribed from mail
rules-gate-hard-bounced = mail to this address does not arrive
rules-gate-marked-spam = the client complained of spam
rules-gate-already-invited = there was an invitation for this case
rules-gate-invited-recently = this client was invited lately
rules-gate-nobody-free = nobody is present now
rules-gate-ceiling = the rule acted too often and was stopped
rules-gate-dropped = dropped by hand
rules-recipe-unanswered = Leave no client without an answer
rules-recipe-unanswered-hint = After 15 minutes of waiting in working hours the chat goes to who is present, and you get a mail
rules-recipe-review-invitation = Invite to review after a conversation
rules-recipe-review-invitation-hint = A conversation in Intercom is closed: two hours later Trustpilot sends an invitation, to one client at most once in 90 days

rules-machine = Time machine
rules-machine-hint = The draft goes over what really happened, together with all other rules. Nothing is sent to anybody.
rules-machine-period = How far back
rules-machine-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
}
rules-machine-start = Start
rules-machine-stop = Stop
rules-machine-none = The draft was not tried on the past yet
rules-machine-none-hint = Choose a period and start: you will see whom the rule would write to and what would change.
rules-machine-running = Going over the past
# $done (String) - looked at so far
# $total (String) - in all
rules-machine-progress = { $done } of { $total }
# $count (String) - how many
rules-machine-looked = Events looked at: { $count }
rules-machine-cancelled = Stopped before the end: the counts are not complete
rules-machine-interrupted = Interrupted when Pult was restarted: start it again
# $at (String) - date and time
rules-machine-short = Records begin at { $at }: before that Pult kept none.
rules-machine-stays = Acts as before
rules-machine-starts = Begins to act
rules-machine-stops = Acts no more
rules-machine-changes = Acts otherwise
rules-machine-others = Changes other rules
rules-machine-no-data = Lacked data
rules-machine-messages = Messages and invitations
rules-machine-clients = Clients who get them
rules-machine-same = The draft would change nothing
rules-machine-more = The latest hundred are shown.
# $name (String) - name of a rule
rules-machine-rule = Rule “{ $name }”
rules-held-text = The rule was stopped, so nothing went to clients. Decide what becomes of it.
rules-held-send = Send
rules-held-drop = Drop
rules-held-sent = Sending has begun
rules-held-dropped = What was held is dropped
rules-held = { $count ->
    [one] { $count } send is held
   *[other] { $count } sends are held
}
rules-trigger-webhook-received = a webhook arrives
rules-act-save-contact = save the client
rules-in-name = Name of the client
rules-in-phone = Phone of the client
rules-in-email = E-mail of the client
rules-recipe-webhook-order = Request from the site → client and order
rules-recipe-webhook-order-hint = A form’s webhook arrives: the client is found by phone or e-mail or made anew, and gets an order
rules-state-archived = Archived
rules-earlier = Earlier than others
rules-later = Later than others
rules-archive = Archive
rules-archived = The rule is archived: it looks at events no more
rules-take-back = Restore
rules-taken-back = The rule is back in the list, and off
rules-run-anew = Run anew
rules-run-anew-title = Run the rule anew?
rules-run-anew-text = The rule as it is now looks at this event once more and, if its conditions are met, takes its steps for real: the client may get the message a second time.
rules-run-anew-done = Run anew: this is the new run
rules-protection = Protection
rules-ceiling = At most
rules-ceiling-unit = times a minute
rules-ceiling-hint = If it acts more often, Pult stops it, holds what it sends and writes to the owners.
rules-ceiling-kept = The limit is saved
rules-examples = Examples from life
rules-examples-none = No examples yet
rules-examples-hint = Keep an event in the trial beside the rule: a version that treats it otherwise is not published.
rules-example-must = Must act
rules-example-must-not = Must not act
rules-example-keep = Keep as an example:
rules-example-kept = The example is kept under “Protection”
rules-example-nameless = Nameless
# $name (String) - name of the rule
rules-hand-of = Rule “{ $name }”: what to do
# $name (String) - name of the example
rules-example-forget = Forget the example “{ $name }”
# $count (Number) - rules put away
rules-archive-of = Archive: { $count }
rules-act-call-webhook = call a webhook
rules-acts-outside = Outside
rules-in-event = Name of the event
rules-in-value = Value
rules-in-value-name = Name of the field
rules-call-add = Add a field
rules-call-remove = Remove the field
rules-value-admin = a teammate
rules-value-bot = a bot
rules-value-user = a client
rules-value-lead = a visitor
rules-value-open = open
rules-value-closed = closed
rules-value-snoozed = snoozed
rules-trigger-order-deadline = the deadline of an order comes
rules-trigger-day-time = a time of day comes
rules-trigger-chat-assigned = a chat goes to somebody else
rules-trigger-chat-status-changed = a chat is closed or opened again
rules-trigger-order-assigned = an order goes to somebody else
rules-trigger-order-changed = the lines or the title of an order change
rules-trigger-contact-created = a new client appears
rules-trigger-contact-changed = a client’s card changes
rules-trigger-contact-date = a date of the client comes
rules-time-of-day = Time of day
rules-date-field = Client’s date
rules-date-choose = Which date
rules-date-none = There are no date fields yet: add one in the settings
rules-date-side = Before or after the date
rules-date-on-day = on the day itself
rules-date-side-before = earlier by
rules-date-side-after = later by
rules-date-often = Once or every year
rules-date-once = once
rules-date-yearly = every year
rules-date-in = at
# $days (String) - a length of time
rules-date-before = { $days } before it
# $days (String) - a length of time
rules-date-after = { $days } after it
# $time (String) - time of day
rules-date-at = at { $time }
rules-field-now-weekday = Day of the week
rules-field-now-day = Day of the month
rules-field-contact-changed = What changed on the card
rules-field-contact-note = Note about the client
rules-field-chat-from-status = State of the chat before
rules-field-order-changed = What changed in the order
rules-field-order-items = Lines
rules-field-order-total-before = Total of the order before
rules-problem-date-needed = Choose a date of the client
rules-weekday-monday = Monday
rules-weekday-tuesday = Tuesday
rules-weekday-wednesday = Wednesday
rules-weekday-thursday = Thursday
rules-weekday-friday = Friday
rules-weekday-saturday = Saturday
rules-weekday-sunday = Sunday
rules-minutes-before = ahead of it by
rules-act-set-field = write a field of the client
# $name (String) - the field
rules-words-set-field = write the field “{ $name }”
rules-in-own-field = Field of the client
rules-through = through
rules-any-connection = any connection
rules-gone-connection = a deleted connection
# $name (String) - the connection
rules-words-through = through “{ $name }”
rules-rivals = These rules also write to clients on the same event
rules-rivals-text = On one event only the first in order whose conditions hold writes to the client; the others give way and say so under “Why?”. The order is changed in the list of rules.
# $name (String) - name of a rule
rules-rival-first = “{ $name }” comes first
# $name (String) - name of a rule
rules-rival-after = “{ $name }” comes after and gives way to this one
rules-act-use-service = in a service
# $call (String) - what is done
# $name (String) - the connection
rules-words-service = { $call } ({ $name })
rules-acts-services = In services
rules-call-tag = tag the conversation
rules-call-note = write a note in the conversation
rules-call-close = close the conversation
rules-call-open = open the conversation
rules-in-conversation = Number of the conversation
rules-undo-title = Take back what was done in services
rules-undo-since = Since when
rules-undo-can = { $count ->
    [0] There is nothing to take back.
    [one] { $count } act can be taken back.
   *[other] { $count } acts can be taken back.
}
rules-undo-cannot = { $count ->
    [0] { "" }
    [one] { $count } cannot: messages, invitations and notes are with people already.
   *[other] { $count } cannot: messages, invitations and notes are with people already.
}
rules-undo-done = { $count ->
    [0] { "" }
    [one] { $count } was taken back before.
   *[other] { $count } were taken back before.
}
rules-undo-note = What people have changed since stays as it is: such a call shows in the journal as “changed since”.
rules-undo-do = Take back
rules-undo-begun = Taking back has begun; the journal shows how it goes
rules-changed-since = it was changed since, so it was left as it is
