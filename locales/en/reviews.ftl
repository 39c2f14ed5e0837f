### Reviews: invitations and what came of them.

reviews-tabs = Parts of the page
reviews-tab-invitations = Invitations
reviews-tab-reviews = Reviews
reviews-tab-statistics = Statistics

reviews-calm = Invitations go out, no bad review is left without an answer
reviews-attention = Needs attention
# $name (String) - whom the invitation is for
reviews-unknown-title = Nobody knows whether the invitation arrived: { $name }
# $name (String) - whom the invitation is for
reviews-failed-title = Invitation not sent: { $name }
# $author (String) - who wrote the review
reviews-bad-title = Bad review without an answer: { $author }
reviews-arrived = It arrived
reviews-not-arrived = It did not, send again
reviews-withdraw = Do not send
reviews-answer = Answer
reviews-all-unknown = All unclear
reviews-all-failed = All not sent
reviews-all-bad = All bad without an answer
# $name (String) - whom the invitation is for
reviews-said-arrived = { $name }: the invitation arrived
# $name (String) - whom the invitation is for
reviews-said-again = { $name }: the invitation is being sent again
# $name (String) - whom the invitation is for
reviews-said-withdrawn = { $name }: the invitation is cancelled
reviews-too-late = This has been decided already: somebody was faster. You see how it stands now.

reviews-state-pending = Being sent
reviews-state-paused = Waits for the connection
# $when (String) - a moment or a length of time
reviews-state-retry = Next try { $when }
reviews-state-sent = Sent
reviews-state-failed = Not sent
reviews-state-unknown = Arrival unclear
reviews-state-cancelled = Cancelled

reviews-why-interrupted = The program stopped while sending, the answer of the service is lost
reviews-why-unknown = The service did not answer: the invitation may have gone out
reviews-why-off = The connection is switched off
reviews-why-access = The service refuses the sign-in: check the connection
reviews-why-refused = The service refused
reviews-why-too-many = The service asks to wait: too many requests
reviews-why-down = The service is down for now
reviews-why-network = The service cannot be reached

reviews-column-client = Client
reviews-column-case = Case
reviews-column-member = Member
reviews-column-state = State
reviews-column-review = Review
reviews-column-at = Created
reviews-search = Name, e-mail, member or number
reviews-table = Invitations to review
reviews-invitation = Invitation
reviews-email = E-mail
reviews-client-card = Client card
reviews-sent-at = Sent
reviews-next-try = Next try
reviews-reference = Number at the service
reviews-job = Job in the journal
reviews-attempts = Attempts
reviews-no-attempts = No attempts yet
# $id (String) - number of the conversation at its service
reviews-case-conversation = Conversation { $id }
reviews-unknown-hint = The service cannot be asked whether the letter went out. Ask the client or look at the service: a second invitation by mistake is worse than none.

reviews-invitations-empty = No invitations yet
reviews-invitations-empty-hint = When what the rule waits for happens, the client gets an invitation and a line appears here.
reviews-empty = No reviews yet
reviews-empty-hint = New reviews come by themselves. Once an hour they are compared with the service, even if an event was lost.
reviews-none-bad = No bad review is left without an answer
reviews-none-bad-hint = When there is one, it will stand on top of this page.

reviews-setup = To have invitations go out by themselves
reviews-setup-source = Connect Intercom: it tells that a conversation is closed
reviews-setup-inviter = Connect Trustpilot: it invites and sends reviews
reviews-setup-rule = Publish the rule “Conversation closed → invite to review”
reviews-setup-done = Done
reviews-setup-connect = Connect
reviews-setup-rules = To the rules

# $count (String) - how many stars
reviews-stars = { $count } of 5
reviews-filter-stars = Stars
reviews-filter-bad = 1–2: bad
reviews-filter-answer = Answer
reviews-filter-unanswered = Without an answer
reviews-list = Reviews of clients
reviews-review = Review
reviews-nameless = No name
reviews-untitled = No title
reviews-removed = Taken down
reviews-unmatched = No case found
reviews-open-public = Open on the site
reviews-our-answer = Our answer
reviews-answer-done = Published
reviews-answer-sending = Being sent
reviews-answer-held = Waits for the connection
reviews-answer-unknown = Arrival unclear
reviews-answer-failed = Not published
reviews-answer-failed-hint = Mend the text if that is the reason, and send it again.
reviews-answer-unknown-hint = Open the review on the site. If the answer is not there, retry the job in the journal.
reviews-answer-label = Answer
reviews-answer-help = Everybody who opens the review will see it
reviews-answer-placeholder = Thank them and say what you did or will do
# $count (String) - characters typed
# $max (String) - most characters
reviews-answer-count = { $count } of { $max }
reviews-answer-send = Publish the answer
reviews-answer-sent = The answer is being sent

reviews-period = Period
reviews-days-7 = 7 days
reviews-days-30 = 30 days
reviews-days-90 = 90 days
reviews-sent = Sent
reviews-waiting = Under way or unclear
reviews-not-sent = Not sent
reviews-came = Reviews that came
# $percent (String) - a percentage
reviews-share = { $percent } of those sent
reviews-by-day = Invitations by day
reviews-by-day-none = Nobody was invited in this time
# $count (String) - how many
# $day (String) - a day
reviews-by-day-peak = most on { $day }: { $count }
reviews-by-member = By member
reviews-member-unknown = Not given
reviews-share-column = Share that answered
reviews-distribution = Stars
# $average (String) - a decimal
reviews-average = { $average } on average
reviews-distribution-none = No reviews in this time
