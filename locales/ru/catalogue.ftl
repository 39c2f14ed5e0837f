### The catalogue of products and services.

catalogue-new = Позиция
catalogue-add = Добавить позицию
catalogue-new-title = Новая позиция каталога
catalogue-edit-title = Позиция каталога
catalogue-show = Какие позиции
catalogue-show-active = Включённые
catalogue-show-off = Выключенные
catalogue-search = Название, артикул
catalogue-name = Название
catalogue-kind = Вид
catalogue-kind-product = Товар
catalogue-kind-service = Услуга
catalogue-sku = Артикул
catalogue-sku-help = Не обязателен, но не повторяется
catalogue-unit = Единица
catalogue-unit-help = шт., час, м²…
catalogue-price = Цена
catalogue-description = Описание
catalogue-image = Картинка
catalogue-active = В продаже
catalogue-on = Включена
catalogue-off = Выключена
# $name (String) - name of the item
catalogue-switch = В продаже: { $name }
catalogue-active-label = В продаже
catalogue-active-note = Выключенную позицию нельзя добавить в новый заказ. Старые заказы не меняются.
catalogue-overwrite = Записать моё поверх
catalogue-empty = В каталоге пока пусто
catalogue-empty-hint = Добавьте товары и услуги: из них собираются заказы, и сумма считается сама.
catalogue-none-off = Выключенных позиций нет
catalogue-none-off-hint = Всё, что есть в каталоге, можно добавить в заказ.
