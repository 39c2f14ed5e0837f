### The form of a new order.

order-form-title = New order
order-form-create = Create order
# $number (String) - number of the order with its sign
order-form-created = Order { $number } created
order-form-contact-search = Client's name or phone
order-form-no-contact = Choose a client.
order-form-no-items = Add at least one line.
order-form-title-help = Left empty, the order is named after its first line
order-form-comment = Comment
order-form-comment-help = For your team, the client does not see it
