### The form of a new order.

order-form-title = Новый заказ
order-form-create = Создать заказ
# $number (String) - number of the order with its sign
order-form-created = Заказ { $number } создан
order-form-contact-search = Имя или телефон клиента
order-form-no-contact = Выберите клиента.
order-form-no-items = Добавьте хотя бы одну строку.
order-form-title-help = Если не указать, заказ назовётся по первой строке
order-form-comment = Комментарий
order-form-comment-help = Для своих, клиент его не видит
