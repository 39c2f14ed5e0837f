### One text per error code: what happened, what is safe, what to do next.

error-unauthenticated = Вход закончился. Войдите заново: введённое на этой странице не отправлено.
error-forbidden = Вашей роли это не разрешено. Попросите владельца или администратора.
error-not-found = Этого больше нет или у вас нет к нему доступа.
# $reason (String) - what could not be read
error-bad-request = Запрос не удалось прочитать: { $reason }. Ничего не изменено.
error-required = Заполните это поле.
# $max (String) - most characters
error-too-long = Слишком длинно: не больше { $max } знаков.
# $min (String) - smallest value
# $max (String) - largest value
error-out-of-range = Допустимо от { $min } до { $max }.
error-not-allowed = Такого значения нет в списке. Выберите другое.
error-private-address = На этот адрес Пульт не обращается: нужен https в открытом интернете. Ничего не сохранено. Адрес внутри своей сети разрешает тот, кто ставил Пульт (PULT_ALLOW_PRIVATE_NETS).
error-bad-email = Это не похоже на адрес почты. Нужен вид anna@example.ru.
error-bad-phone = Это не похоже на телефон. Нужен вид +7 999 123-45-67.
# $min (String) - least characters
error-weak-password = Пароль слишком простой: нужно не меньше { $min } знаков, не одинаковых и не ваша почта.
error-common-password = Этот пароль из тех, что подбирают первыми. Возьмите несколько слов, которые рядом не ждут.
# $nearest (String) - a colour that can be read
error-low-contrast = Этот цвет сольётся с тёмным фоном. Подойдёт { $nearest }: тот же оттенок, только светлее.
# $max (String) - longest side
error-bad-image = Это не картинка PNG, JPEG или WebP, или она больше { $max } точек по стороне. Прежний логотип на месте.
error-bad-host = Такой адрес не подойдёт. Напишите имя вида pult.example.ru, без пути и не адрес самого Пульта.
error-email-taken = Эта почта уже занята. Войдите или укажите другую.
error-wrong-credentials = Почта или пароль не подходят. Проверьте раскладку и попробуйте ещё раз.
# $seconds (String) - seconds to wait
error-too-many-attempts = Слишком много попыток. Подождите { $seconds } с и попробуйте снова.
error-link-invalid = Ссылка уже использована, устарела или неполная. Запросите новую.
error-deactivated = Ваш доступ к этой организации отключён. Обратитесь к её владельцу.
error-stale = Пока вы работали, это изменили. Ваши изменения не записаны: обновите и внесите их снова.
error-contact-merged = Эту карточку уже объединили с другой. Ничего не изменено: откройте оставшуюся карточку.
# $days (String) - days within which it could be undone
error-too-late = Прошло больше { $days } дней, отменить это уже нельзя. Ничего не изменено.
error-payload-gone = Содержимое этого события уже удалено: срок его хранения вышел. Повторить его нельзя, ничего не изменено.
error-already-exists = Такое уже есть. Выберите другое название или откройте существующее.
# $from (String) - current status
# $to (String) - wanted status
error-transition-not-allowed = Из «{ $from }» в «{ $to }» перейти нельзя. Заказ не изменён.
error-reason-required = Укажите причину.
error-amount-too-large = Сумма слишком велика. Проверьте цену и количество.
error-currency-mismatch = Все цены заказа должны быть в одной валюте.
error-product-inactive = Эта позиция каталога отключена. Включите её или выберите другую.
error-window-closed = Окно переписки закрыто: клиент давно не писал. Отправить можно только шаблон.
error-connection-unavailable = Подключение приостановлено или требует входа. Сообщение не отправлено.
error-nobody-named = Не указаны ни телефон, ни почта, по которым можно узнать клиента. Никто не создан; проверьте, что прислали, и повторите.
error-no-channel = С этим клиентом пока нельзя связаться: нет ни одного канала.
error-last-owner = Последнего владельца нельзя убрать или понизить. Сначала назначьте другого.
error-rule-invalid = В правиле есть что исправить ({ $count }). Замечания показаны на блоках, опубликованная версия работает по-прежнему.
error-job-state = Задание уже в другом состоянии. Обновите страницу, чтобы увидеть его.
# $size (String) - largest size with unit
error-file-too-large = Файл слишком большой: можно до { $size }.
error-idempotency-mismatch = С этим ключом уже приходил другой запрос. Ничего не изменено.
error-idempotency-in-progress = Такой же запрос сейчас выполняется. Подождите немного.
error-unknown-provider = Такой сервис неизвестен.
# $seconds (String) - seconds to wait
error-rate-limited = Слишком много запросов. Повторите через { $seconds } с.
error-storage-unavailable = База данных сейчас не отвечает. Ничего не записано и не потеряно: повторите чуть позже.
error-offline = Нет связи с Пультом. Введённое осталось на странице: проверьте сеть и повторите.
error-internal = У нас что-то сломалось. Данные целы. Повторите или сообщите поддержке.
# $reference (String) - mark of the error in the log
error-internal-reference = У нас что-то сломалось. Данные целы. Повторите или сообщите поддержке номер { $reference }.

error-not-found-title = Такой страницы нет
error-not-found-text = Возможно, ссылка устарела или в адресе опечатка.
error-go-home = На главную
# $name (String) - name of the colleague
error-answered-meanwhile = Пока вы писали, клиенту ответил другой сотрудник: { $name }. Ваше сообщение не отправлено: прочтите ответ и решите, нужно ли оно.
