### Reviews: invitations and what came of them.

reviews-tabs = Части страницы
reviews-tab-invitations = Приглашения
reviews-tab-reviews = Отзывы
reviews-tab-statistics = Статистика

reviews-calm = Приглашения уходят, плохих отзывов без ответа нет
reviews-attention = Требует внимания
# $name (String) - whom the invitation is for
reviews-unknown-title = Непонятно, дошло ли приглашение: { $name }
# $name (String) - whom the invitation is for
reviews-failed-title = Приглашение не отправлено: { $name }
# $author (String) - who wrote the review
reviews-bad-title = Плохой отзыв без ответа: { $author }
reviews-arrived = Дошло
reviews-not-arrived = Не дошло, отправить ещё раз
reviews-withdraw = Не отправлять
reviews-answer = Ответить
reviews-all-unknown = Все неясные
reviews-all-failed = Все неотправленные
reviews-all-bad = Все плохие без ответа
# $name (String) - whom the invitation is for
reviews-said-arrived = { $name }: приглашение дошло
# $name (String) - whom the invitation is for
reviews-said-again = { $name }: приглашение отправляется ещё раз
# $name (String) - whom the invitation is for
reviews-said-withdrawn = { $name }: приглашение отменено
reviews-too-late = Это уже решено: кто-то успел раньше. Показано то, что есть сейчас.

reviews-state-pending = Отправляется
reviews-state-paused = Ждёт подключения
# $when (String) - a moment or a length of time
reviews-state-retry = Повтор { $when }
reviews-state-sent = Отправлено
reviews-state-failed = Не отправлено
reviews-state-unknown = Непонятно, дошло ли
reviews-state-cancelled = Отменено

reviews-why-interrupted = Программа остановилась посреди отправки, ответ сервиса потерян
reviews-why-unknown = Сервис не ответил: приглашение могло уйти
reviews-why-off = Подключение выключено
reviews-why-access = Сервис не принимает вход: проверьте подключение
reviews-why-refused = Сервис отказал
reviews-why-too-many = Сервис просит подождать: слишком много запросов
reviews-why-down = Сервис временно не работает
reviews-why-network = До сервиса не достучаться

reviews-column-client = Клиент
reviews-column-case = Обращение
reviews-column-member = Сотрудник
reviews-column-state = Состояние
reviews-column-review = Отзыв
reviews-column-at = Создано
reviews-search = Имя, почта, сотрудник или номер
reviews-table = Приглашения к отзывам
reviews-invitation = Приглашение
reviews-email = Почта
reviews-client-card = Карточка клиента
reviews-sent-at = Отправлено
reviews-next-try = Следующая попытка
reviews-reference = Номер у сервиса
reviews-job = Задание в журнале
reviews-attempts = Попытки
reviews-no-attempts = Попыток ещё не было
# $id (String) - number of the conversation at its service
reviews-case-conversation = Диалог { $id }
reviews-unknown-hint = Сервис нельзя спросить, ушло ли письмо. Узнайте у клиента или посмотрите в кабинете сервиса: второе приглашение по ошибке хуже, чем ни одного.

reviews-invitations-empty = Приглашений пока не было
reviews-invitations-empty-hint = Когда случится то, чего ждёт правило, клиент получит приглашение, а здесь появится строка.
reviews-empty = Отзывов пока нет
reviews-empty-hint = Новые отзывы придут сами. Раз в час они сверяются с сервисом, даже если событие потерялось.
reviews-none-bad = Плохих отзывов без ответа нет
reviews-none-bad-hint = Когда такой появится, он встанет наверху этой страницы.

reviews-setup = Чтобы приглашения уходили сами
reviews-setup-source = Подключите Intercom: он сообщает, что диалог закрыт
reviews-setup-inviter = Подключите Trustpilot: он приглашает и присылает отзывы
reviews-setup-rule = Опубликуйте правило «Диалог закрыт → пригласить к отзыву»
reviews-setup-done = Готово
reviews-setup-connect = Подключить
reviews-setup-rules = К правилам

# $count (String) - how many stars
reviews-stars = { $count } из 5
reviews-filter-stars = Оценка
reviews-filter-bad = 1–2: плохие
reviews-filter-answer = Ответ
reviews-filter-unanswered = Без ответа
reviews-list = Отзывы клиентов
reviews-review = Отзыв
reviews-nameless = Без имени
reviews-untitled = Без заголовка
reviews-removed = Снят с публикации
reviews-unmatched = Обращение не найдено
reviews-open-public = Открыть на сайте
reviews-our-answer = Наш ответ
reviews-answer-done = Опубликован
reviews-answer-sending = Отправляется
reviews-answer-held = Ждёт подключения
reviews-answer-unknown = Непонятно, дошёл ли
reviews-answer-failed = Не опубликован
reviews-answer-failed-hint = Поправьте текст, если дело в нём, и отправьте ещё раз.
reviews-answer-unknown-hint = Откройте отзыв на сайте. Если ответа там нет, повторите задание в журнале.
reviews-answer-label = Ответ
reviews-answer-help = Его увидит каждый, кто откроет отзыв
reviews-answer-placeholder = Поблагодарите и скажите, что сделали или сделаете
# $count (String) - characters typed
# $max (String) - most characters
reviews-answer-count = { $count } из { $max }
reviews-answer-send = Опубликовать ответ
reviews-answer-sent = Ответ отправляется

reviews-period = Период
reviews-days-7 = 7 дней
reviews-days-30 = 30 дней
reviews-days-90 = 90 дней
reviews-sent = Отправлено
reviews-waiting = В пути и неясные
reviews-not-sent = Не отправлено
reviews-came = Отзывов пришло
# $percent (String) - a percentage
reviews-share = { $percent } отправленных
reviews-by-day = Приглашения по дням
reviews-by-day-none = За это время никого не приглашали
# $count (String) - how many
# $day (String) - a day
reviews-by-day-peak = больше всего { $day }: { $count }
reviews-by-member = По сотрудникам
reviews-member-unknown = Не указан
reviews-share-column = Доля ответивших
reviews-distribution = Оценки
# $average (String) - a decimal
reviews-average = в среднем { $average }
reviews-distribution-none = Отзывов за это время нет
