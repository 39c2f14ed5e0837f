### What the customer reads in the notice about an order.

order-notice-client = Здравствуйте
order-told-new = принят
order-told-assigned = передан мастеру
order-told-in-progress = в работе
order-told-ready = готов
order-told-delivered = выдан
order-told-cancelled = отменён
