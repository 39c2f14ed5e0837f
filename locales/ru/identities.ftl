### Signing in with a service: buttons, what went wrong, ways in of the profile, letters, lines of the journal.

identity-or = или
# $name (String) - name of the service
identity-enter = Войти через { $name }
# $name (String) - name of the service
identity-join = Присоединиться через { $name }
# $name (String) - name of the service
identity-sign-up = Продолжить через { $name }

# $name (String) - name of the service
# $label (String) - what they are called there
identity-waiting-account = { $name } подтверждает: вы { $label }. Войдите один раз с паролем, и этот вход будет привязан к вашей учётной записи. В следующий раз пароль не понадобится.
# $name (String) - name of the service
# $label (String) - what they are called there
identity-waiting-new = Вход через { $name }: { $label }. Пароль придумывать не нужно.
identity-waiting-known = Уже работаете в Пульте? Войдите с паролем и добавьте этот вход в профиле.
identity-waiting-forgot = Пароля не помните или не задавали его? Запросите ссылку: «Забыли пароль?» выше.
identity-waiting-other = Войти без привязки

identity-cancelled = Вход через другой сервис отменён. Ничего не изменилось: войдите с паролем или попробуйте снова.

# $name (String) - name of the service
identity-expired-title = Вход через { $name } не завершён
identity-expired-text = Прошло больше десяти минут, страница открыта второй раз или вход начат в другом браузере. Ничего не изменилось, начните вход заново.
# $name (String) - name of the service
identity-wrong-title = Вход через { $name } настроен неверно
identity-wrong-text = Ваши данные в порядке, повторять попытку сейчас бесполезно. Сообщите тому, кто обслуживает сервер: причина записана в журнал программы. Войти можно с паролем.
# $name (String) - name of the service
identity-unbelievable-title = Ответ { $name } не прошёл проверку
identity-unbelievable-text = Пульт не смог убедиться, что ответ настоящий, и никого не впустил. Начните вход заново. Если повторится, войдите с паролем и сообщите тому, кто обслуживает сервер.
# $name (String) - name of the service
identity-down-title = { $name } не отвечает
identity-down-text = Сбой на стороне сервиса, ваши данные в порядке. Войдите с паролем или попробуйте через несколько минут.
# $name (String) - name of the service
identity-taken-title = Вход { $name } уже занят
identity-taken-text = Он привязан к другой учётной записи Пульта, поэтому к вашей не добавлен. Выберите другой аккаунт или сначала отвяжите его там.
identity-off-title = Такого входа нет
identity-off-text = Этот сервис для входа не подключён. Войдите с паролем.
identity-again = Начать заново
identity-to-sign-in = Ко входу
identity-to-profile = В профиль

# $name (String) - name of the service
identity-go-title = Переход в { $name }
# $name (String) - name of the service
identity-go-text = Сейчас откроется { $name }. Если этого не произошло, нажмите кнопку.
identity-go-button = Перейти

identity-forgotten-title = Связь удалена
# $date (String) - when it was asked for
identity-forgotten-text = По запросу от { $date } Пульт удалил сведения, полученные при входе через Facebook: идентификатор, адрес и имя. Учётная запись в Пульте осталась, её удаляет владелец организации.
identity-forgotten-unknown-title = Код не найден
identity-forgotten-unknown-text = Проверьте адрес целиком: код выдаётся вместе с подтверждением удаления.

identities-title = Вход через другие сервисы
identities-none = Пока не добавлены. Добавьте сервис, и пароль при входе не понадобится.
identities-off = На этом сервере вход через другие сервисы не подключён. Его включает тот, кто обслуживает сервер.
identities-used = вход
identities-added = добавлен
# $name (String) - name of the service
identities-add = Добавить { $name }
identities-remove = Отвязать
# $name (String) - name of the service
identities-remove-of = Отвязать: { $name }
# $name (String) - name of the service
identities-remove-title = Отвязать { $name }?
# $name (String) - name of the service
identities-remove-text = Войти через { $name } больше не получится. Открытые сеансы останутся, аккаунт в самом сервисе не изменится.
# $name (String) - name of the service
identities-removed = Вход отвязан: { $name }
identities-no-password = Пароля у вас нет: вы входите через другой сервис. Чтобы задать пароль, запросите ссылку на свою почту.
identities-set-password = Задать пароль

error-last-way-in = Это единственный способ войти, поэтому он оставлен. Сначала задайте пароль или добавьте другой сервис.

# $name (String) - name of the service
mail-way-in-added-subject = Добавлен вход через { $name }
# $name (String) - whom we write to
# $service (String) - name of the service
# $label (String) - what they are called there
# $link (String) - address of the profile
mail-way-in-added-text =
    Здравствуйте, { $name }.

    К вашей учётной записи в Пульте добавлен вход через { $service }: { $label }.

    Если это сделали не вы, отвяжите его и смените пароль:
    { $link }

# $name (String) - name of the service
mail-way-in-removed-subject = Отвязан вход через { $name }
# $name (String) - whom we write to
# $service (String) - name of the service
# $link (String) - address of the profile
mail-way-in-removed-text =
    Здравствуйте, { $name }.

    Войти в Пульт через { $service } больше нельзя: этот вход отвязан.

    Если это сделали не вы, проверьте свой профиль:
    { $link }

# $name (String) - name of the member
# $provider (String) - name of the service
identity-line-signed-in = Вход через { $provider }: { $name }
# $provider (String) - name of the service
identity-line-added = Добавлен вход через { $provider }
# $provider (String) - name of the service
identity-line-removed = Отвязан вход через { $provider }
identity-line-dropped = Входы через другие сервисы удалены: почта подтверждена впервые
