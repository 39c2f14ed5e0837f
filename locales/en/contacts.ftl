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
contacts-note = Note
contacts-note-add = Write
contacts-note-empty = Write down whatever matters about this client. They do not see it.
contacts-note-theirs = While you were writing, the note was changed:
contacts-no-orders = No orders yet
contacts-no-orders-hint = Make an order from a chat or on the Orders page.
contacts-no-chats = No chats yet
contacts-no-chats-hint = A chat appears when the client writes.
contacts-chat-waits = waits for an answer
contacts-story = What happened
contacts-no-story = Nothing yet.
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
