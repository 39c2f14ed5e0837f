### Orders: statuses, table, board, side panel.

order-status-new = New
order-status-assigned = Assigned
order-status-in-progress = In progress
order-status-ready = Ready
order-status-delivered = Delivered
order-status-cancelled = Cancelled

order-source-manual = created by a member
order-source-chat = from a chat
order-source-api = through the API
order-source-rule = by a rule
order-source-shop = from the shop

order-number = No. { $number }
order-overdue = overdue by { $duration }
order-due = due { $moment }
order-no-deadline = no deadline
order-unassigned = unassigned
order-no-title = Untitled

orders-new = Order
orders-view = View
orders-view-table = Table
orders-view-board = Board
orders-show = Which orders
orders-show-open = Open
orders-show-overdue = Overdue
orders-show-all = All
orders-search = Number, title, client, phone
orders-any-status = Any status
orders-anybody = Everybody
orders-mine = Mine
orders-filters = Order filters

orders-column-number = Number
orders-column-title = What
orders-column-contact = Client
orders-column-status = Status
orders-column-due = Due
orders-column-assignee = Assignee
orders-column-total = Total
orders-column-created = Created

orders-table = Orders
orders-board = Board of orders by status
orders-lane = { $count } · { $total }
orders-lane-part = { $shown } of { $count } · { $total }
orders-board-hint = Drag a card, or move it with Alt + ← →
orders-empty = No orders yet
orders-empty-hint = Make the first order here or right from a chat with a client.
orders-none = No orders match
orders-none-overdue = Nothing is overdue
orders-none-overdue-hint = All open orders are on time.
orders-none-open = No open orders
orders-none-open-hint = All work is done. Delivered and cancelled orders are under “All”.

order-move = Change status
order-move-to = Move to: { $status }
order-cancel = Cancel order
order-reopen = Back to work
order-restore = Restore order
order-moved = No. { $number }: { $status }
order-reason-title = Give a reason
order-reason-text = No. { $number }: “{ $from }” → “{ $to }”. The reason stays in the history of the order.
order-reason = Reason
order-reason-needed = Write at least a few words: this step needs a reason.
order-notice-title = The client will get a message
order-notice-text = No. { $number } moves to “{ $status }”, and { $name } gets a message about it in the chat at once.
order-notice-hint = The client gets a chat message about the status { $statuses } at once.
order-notice-hint-maybe = The client gets a message about the status { $statuses } at once, if there is a chat.
order-notice-text-maybe = No. { $number } moves to “{ $status }”. If there is a chat with the client, a message about it goes out at once.
order-move-confirm = Move and tell

order-contact = Client
order-channel = Chat
order-open-chat = Open chat
order-created = Created
order-assignee = Assignee
order-nobody = Nobody
order-due-label = Due
order-title-label = Title

order-items = Items
order-item-name = Name
order-item-quantity = Quantity
order-item-price = Price
order-item-sum = Sum
order-item-total = Total
order-item-add = Add a line
order-item-add-free = Own line
order-item-catalogue = Product or service from the catalogue
order-item-remove = Remove line
order-items-empty = No lines yet
order-items-empty-hint = Add products or services to get a total.
order-items-edit = Edit items
order-items-saved = Items saved
order-items-none-left = Add at least one line.

order-stale-title = Somebody changed this order
order-stale-what = Now it has: { $what }.
order-stale-keep = What you typed is still below and not saved yet.
order-stale-overwrite = Save mine
order-stale-reload = Take the new
order-stale-title-now = title “{ $title }”
order-stale-status-now = status “{ $status }”
order-stale-assignee-now = assignee { $name }
order-stale-items-now = { $count ->
    [one] { $count } line for { $total }
   *[other] { $count } lines for { $total }
}

order-files = Files
order-files-empty = No files yet
order-files-add = Add a file
order-files-upload = Upload
order-file-waiting = still loading
order-file-failed = did not load
order-files-added = { $count ->
    [one] { $count } file added
   *[other] { $count } files added
}

order-comments = Comments
order-comments-empty = No comments yet. The client does not see them.
order-comment-label = New comment
order-comment-placeholder = A comment for the team, the client does not see it
order-comment-somebody = Member

order-history = History
order-history-by = { $name }
order-history-step = { $from } → { $to }
order-history-created = Order created
order-history-pult = Pult
