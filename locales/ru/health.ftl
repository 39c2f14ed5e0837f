### How the program and the outside services fare.

health-tab = Состояние
health-own = Пульт
health-version = Версия
health-uptime = Работает
health-database = База данных
health-disk = Свободно на диске
# $count (Number) - whole days
health-disk-days = { $count ->
    [one] при нынешнем росте хватит на { $count } день
    [few] при нынешнем росте хватит на { $count } дня
    [many] при нынешнем росте хватит на { $count } дней
   *[other] при нынешнем росте хватит на { $count } дня
}
health-inbox = События ждут разбора
health-ready = Ждут отправки
health-held = Придержаны с подключением
health-unknown = Непонятно, дошли ли
health-dead = Не вышло
# $calls (String) - how many calls
# $failed (String) - how many of them failed
# $events (String) - how many events came
health-day = за сутки вызовов { $calls }, из них неудачных { $failed }; событий { $events }
health-calls = Удачные вызовы
health-failed = Неудачные вызовы
health-events = События
health-last-ok = Последний удачный вызов
health-last-error = Последняя ошибка
health-never = ещё не было
health-environment = Задано окружением
health-environment-note = меняется там, где Пульт запущен, и требует перезапуска
health-address = Адрес
health-folder = Каталог данных
health-mail = Почта
health-mail-set = настроена
health-mail-not-set = не настроена: ссылки из писем показываются на странице
health-key = Ключ шифрования
health-key-set = есть, не показывается
health-node = Узел
health-listens = Слушает
health-proxies = Прокси перед Пультом
health-sign-in = Вход через сервисы
health-session-days = Вход действует, дней
health-rate-person = Запросов в минуту от сотрудника
health-rate-key = Запросов в минуту с ключа API
health-rate-address = Запросов в минуту с одного адреса
health-keep-payloads = Тексты событий хранятся, дней
health-keep-events = События хранятся, дней
health-keep-jobs = Задания хранятся, дней
health-keep-occasions = Поводы правил хранятся, дней
health-private-nets = Вызовы во внутреннюю сеть
health-traces = Трассировка
health-not-set = не задано
health-no-limit = без предела
health-yes = разрешены
health-no = запрещены
health-nodes = Узлы
# $name (String) - name of a node
health-node-this = { $name } · отвечает сейчас
# $time (String) - how long it has been running
health-node-up = работает { $time }
health-node-lives = на связи
health-node-gone = пропал
health-node-gone-note = Пропавший узел перестал подавать признаки жизни, не простившись: упал или потерял базу. Принятое не потеряно, его работу взяли остальные; отправки, о которых неизвестно, ушли ли они, ждут в журнале с пометкой «проверить». Узел пропадёт из списка через сутки или когда запустится снова.
health-not-secure = Адрес начинается с http://: вход и сообщения видны всем в этой сети. Для работы через интернет нужен https://.
health-demo = Это демонстрация: вместо сервисов работают симуляторы, наружу ничего не уходит.
health-changeable = Можно менять здесь
health-change-organisation = Название, часовой пояс, валюта
health-change-orders = Сроки статусов и сообщения клиенту
health-change-connections = Ключи сервисов, включение и выключение
health-change-rules = Что делается само
health-change-team = Сотрудники и роли
health-change-keys = Доступ для других программ
