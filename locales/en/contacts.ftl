### Clients: list, form, card.

contacts-one = Client
contacts-new = Client
contacts-add = Add a client
contacts-new-title = New client
contacts-edit-title = Client details
contacts-back = All clients
contacts-search = Name, phone in any form, mail, company
contacts-name = Name
contacts-phone = Phone
contacts-phone-help = In any form: 8 999…, +7 (999)…
contacts-email = Mail
contacts-company = Company
contacts-city = City
contacts-orders = Orders
contacts-spent = Spent
contacts-created = Added
contacts-open-owner = Open the client with this phone
contacts-overwrite = Save mine over it
contacts-empty = No clients yet
contacts-empty-hint = A client appears when they write to a connected messenger. You can also add them here.
contacts-none-hint = Search a phone in any form, a name or company by a part of it.

contacts-since = client since { $date }
contacts-unreachable = Does not answer in the messenger:
contacts-note = In short
contacts-note-add = Write
contacts-note-empty = Write down whatever matters about this client. They do not see it.
contacts-note-theirs = While you were writing, the note was changed:
contacts-no-orders = No orders yet
contacts-no-orders-hint = Make an order from a chat or on the Orders page.
contacts-no-chats = No chats yet
contacts-no-chats-hint = A chat appears when the client writes.
contacts-chat-waits = waits for an answer
contacts-tags = Tags
contacts-tags-none = No tags
contacts-tag-add = New tag
# $tag (String) - the tag
contacts-tag-drop = Remove the tag “{ $tag }”
contacts-fields = Own fields
contacts-fields-none = Nothing filled in yet
contacts-field-yes = Yes
contacts-field-no = No
contacts-field-unset = not set
contacts-field-day = DD.MM.YYYY

contacts-tab-all = All
contacts-tab-duplicates = Duplicates
contacts-more-phone = Another phone
contacts-more-email = Another e-mail
contacts-pairs-show = Show
contacts-pairs-different = Different people
contacts-pairs-none = No duplicates in sight
contacts-pairs-none-hint = Cards are compared by themselves: by phones in any field, e-mail, the name together with town, company or an own field.
contacts-pairs-none-different = No pairs of different people
contacts-pairs-none-different-hint = Pairs of which you said that they are different people are kept here.
# $count (Number) - orders of the client
contacts-pairs-orders = { $count ->
    [one] { $count } order
   *[other] { $count } orders
}
contacts-pairs-differ = Different people
contacts-pairs-again = Back to duplicates
contacts-pairs-said-different = Remembered: different people
contacts-pairs-said-again = No longer marked as different people
contacts-pairs-too-late = Somebody has dealt with this pair already. The list is up to date.
# $phone (String) - the phone both have
contacts-reason-phone = Same phone: { $phone }
# $email (String) - the e-mail both have
contacts-reason-email = Same e-mail: { $email }
# $field (String) - name of the field
# $value (String) - what both have in it
contacts-reason-name-field = Same name and “{ $field }”: { $value }
# $company (String) - the company both have
contacts-reason-name-company = Same name and company: { $company }
# $city (String) - the town both have
contacts-reason-name-city = Same name and town: { $city }
contacts-reason-in-name = in the name
contacts-reason-in-more = a further one
# $field (String) - name of the field
contacts-reason-in-field = field “{ $field }”
contacts-may-be-one = May be the same person
contacts-merge-begin = Merge…
contacts-merge-title = Merging cards
# $kept (String) - client who stays
# $gone (String) - client who goes
contacts-merge-stays = The card “{ $kept }” stays and gets everything of “{ $gone }”.
contacts-merge-swap = Swap
contacts-merge-both = Keep both notes
contacts-merge-do = Merge
# $name (String) - client whose card went
contacts-merge-done = The card “{ $name }” is merged
contacts-merge-open = Open
contacts-merge-twice = Chats on one connection stay two: each goes on where it was.
contacts-merge-undo-note = No rule starts from this. The cards can be parted again within 30 days.
contacts-moves = Comes along
contacts-moves-none = Nothing: the other card has neither chats nor orders.
# $count (Number) - chats
contacts-moves-chats = { $count ->
    [one] { $count } chat
   *[other] { $count } chats
}
# $count (Number) - orders
contacts-moves-orders = { $count ->
    [one] { $count } order
   *[other] { $count } orders
}
# $count (Number) - addresses in messengers
contacts-moves-identities = { $count ->
    [one] { $count } messenger address
   *[other] { $count } messenger addresses
}
# $count (Number) - invitations to review
contacts-moves-invitations = { $count ->
    [one] { $count } review invitation
   *[other] { $count } review invitations
}
# $count (Number) - notes
contacts-moves-notes = { $count ->
    [one] { $count } note
   *[other] { $count } notes
}
# $count (Number) - runs of rules
contacts-moves-runs = { $count ->
    [one] { $count } run of rules
   *[other] { $count } runs of rules
}
# $tags (String) - tags, separated by commas
contacts-moves-tags = tags: { $tags }
contacts-merged = Merged cards
# $day (String) - when
# $name (String) - who did it
contacts-merged-by = { $day } · { $name }
contacts-part = Part again
contacts-part-title = Part the cards?
# $name (String) - client whose card comes back
contacts-part-text = The card “{ $name }” comes back with everything that came from it. What has been added since the merge stays here.
# $name (String) - client whose card is back
contacts-part-done = The card “{ $name }” is on its own again
# $what (String) - fields and rows that did not go back
contacts-part-stayed = Did not go back because it has changed since: { $what }

contacts-notes = Notes
contacts-notes-label = New note
contacts-notes-placeholder = What colleagues should know. The client does not see it.
contacts-notes-empty = No notes yet.
contacts-notes-write = Write down
contacts-notes-somebody = By API
contacts-notes-deleted = The note is deleted
contacts-notes-delete-title = Delete the note?
contacts-notes-delete-text = It will no longer be on the card. What it said stays in the journal.
contacts-timeline = Timeline
contacts-timeline-kind = Show
contacts-timeline-none = Nothing has happened yet.
contacts-timeline-none-of-kind = Nothing of this kind yet.
contacts-timeline-messages = Messages
contacts-timeline-reviews = Reviews
contacts-timeline-chats = Chats
contacts-timeline-changes = Card
# $count (Number) - messages of that day
contacts-timeline-count = { $count ->
    [one] { $count } message
   *[other] { $count } messages
}
# $words (String) - the last message of the day
contacts-timeline-client-said = Client: { $words }
# $words (String) - the last message of the day
contacts-timeline-we-said = We: { $words }
# $name (String) - author
contacts-timeline-noted = Note · { $name }
# $rule (String) - name of the rule
# $outcome (String) - how the run ended
contacts-timeline-ran = Rule “{ $rule }”: { $outcome }
# $field (String) - name of the field
# $from (String) - what it was
# $to (String) - what it is
contacts-timeline-change = { $field }: { $from } → { $to }
