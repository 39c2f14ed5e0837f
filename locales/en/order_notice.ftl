### What the customer reads in the notice about an order.

order-notice-client = Hello
order-told-new = accepted
order-told-assigned = handed to a technician
order-told-in-progress = in progress
order-told-ready = ready
order-told-delivered = delivered
order-told-cancelled = cancelled
