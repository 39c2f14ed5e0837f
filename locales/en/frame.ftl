### The frame around every signed-in page: sidebar, top bar, bottom bar.

nav-label = Sections
nav-dashboard = Overview
nav-chats = Chats
nav-orders = Orders
nav-contacts = Clients
nav-catalogue = Catalogue
nav-rules = Rules
nav-reviews = Reviews
nav-campaigns = Campaigns
nav-analytics = Analytics
nav-team = Team
nav-connections = Connections
nav-journal = Journal
nav-settings = Settings
nav-more = More
nav-collapse = Collapse the sidebar
nav-expand = Expand the sidebar
nav-skip = Skip to content

frame-search = Find or do
frame-search-keys = Ctrl K
frame-notifications = Notifications
frame-switch-organisation = Switch organisation
frame-organisations = Your organisations
frame-my-status = My status
frame-profile = Profile
frame-sending-on = Sending
frame-sending-stopped = Sending is stopped
frame-live-off = Not connected, data may be old. Reconnecting…

soon-title = Coming in the next versions
soon-campaigns = Campaigns will live here: audience, content, schedule, rehearsal and launch.
soon-analytics = Reports and funnels will live here. Today's figures are already on Overview.
soon-back = Open Overview

### The palette (Ctrl+K).

palette-placeholder = Page, client, phone, order number…
palette-results = Found
palette-searching = Searching…
palette-nothing = Nothing found. Check the name, phone or order number.
palette-page = Section
palette-action = Action
palette-contact = Client
palette-chat = Chat
palette-message = message
palette-order = Order
palette-product = Catalogue
palette-rule = Rule
palette-member = Member
palette-nameless = No name
palette-new-order = New order
palette-new-contact = Add a client
palette-new-product = Add a product or service
palette-new-rule = New rule
palette-new-connection = Connect a service
palette-stop = Stop sending

### The sheet of keys.

keys-title = Keyboard shortcuts
keys-everywhere = Everywhere
keys-palette = Find or do
keys-search = Go to search
keys-sheet = This list
keys-close = Close, back
keys-next-chat = Next chat
keys-previous-chat = Previous chat
keys-reply = Reply
keys-close-chat = Close the chat
keys-send = Send
keys-line = New line
keys-canned = Canned reply (at the beginning of a message)
keys-tables = Tables
keys-next-row = Next row
keys-previous-row = Previous row
keys-open-row = Open
keys-select-row = Select
keys-undo = Undo
keys-redo = Redo
