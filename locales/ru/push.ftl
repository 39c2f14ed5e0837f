push-title = Уведомления на этом устройстве
push-note = Новые сообщения, упоминания и переданные вам чаты придут сюда, даже когда Пульт закрыт. Прочесть их может только это устройство. Тихие часы действуют и здесь, а пока вы «Не в сети», о ничьих чатах не сообщаем.
push-looking = Проверяем устройство…
push-on = Включены
push-off = Выключены
push-off-note = Включите, чтобы не пропустить клиента, когда Пульт закрыт.
push-denied = Запрещены в браузере
push-denied-note = Разрешите уведомления для этого сайта в настройках браузера и обновите страницу.
push-unsupported = Этот браузер их не умеет
push-unsupported-note = Откройте Пульт в свежем Chrome, Firefox, Edge, Яндекс Браузере или Safari.
push-insecure = Нужен адрес с https
push-insecure-note = Пульт открыт по адресу без https, а там браузеры уведомлений не разрешают. Звук и счётчик во вкладке работают.
push-install = Сначала добавьте Пульт на экран «Домой»
push-install-note = На iPhone и iPad уведомления приходят только установленным приложениям. Нажмите «Поделиться», затем «На экран „Домой“», откройте Пульт оттуда и включите их здесь.
push-turn-on = Включить
push-turn-off = Выключить
push-test = Проверить
push-failed = Включить не получилось
push-failed-note = Сервис уведомлений браузера не отвечает. Ничего не изменилось, попробуйте ещё раз позже.
push-turned-on = Уведомления включены
push-turned-off = Уведомления выключены
push-test-sent = Отправили. Если через минуту ничего не видно, проверьте режим «Не беспокоить».
push-test-title = Пульт: проверка
push-test-text = Уведомления на этом устройстве работают.
push-devices = Где включены ваши уведомления
push-device-here = Это устройство
push-device-last = последнее
push-device-never = ещё не было
push-device-since = включены
# $code (String) - what the push service answered
push-device-failed = последнее не доставлено ({ $code }), выключите и включите снова
push-device-remove = Отключить
# $device (String) - browser and system
push-device-remove-of = Отключить уведомления: { $device }
push-somebody = Клиент
push-assigned = Вам передали чат
push-journal-call = Кого позвать
push-journal-push = Уведомление на устройство
# $device (String) - browser and system
push-line-on = Уведомления включены: { $device }
# $device (String) - browser and system
push-line-off = Уведомления отключены: { $device }
