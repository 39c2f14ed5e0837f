### Letters to people, as plain text.

mail-confirm-subject = Подтвердите почту
# $name (String) - whom we write to
# $link (String) - address to open
mail-confirm-text =
    Здравствуйте, { $name }.

    Чтобы подтвердить эту почту для входа в Пульт, откройте ссылку:
    { $link }

    Ссылка действует неделю. Если вы не регистрировались в Пульте, ничего делать не нужно.

mail-reset-subject = Новый пароль
# $name (String) - whom we write to
# $link (String) - address to open
mail-reset-text =
    Здравствуйте, { $name }.

    Чтобы задать новый пароль для входа в Пульт, откройте ссылку:
    { $link }

    Ссылка действует один час и только один раз. Если вы этого не просили, ничего делать не нужно: прежний пароль остаётся в силе.

mail-password-changed-subject = Пароль изменён
# $name (String) - whom we write to
# $link (String) - address to ask for a new password
mail-password-changed-text =
    Здравствуйте, { $name }.

    Пароль для входа в Пульт изменён, другие сеансы завершены.

    Если это сделали не вы, задайте новый пароль:
    { $link }

# $organisation (String) - name of the organisation
mail-invite-subject = Приглашение: { $organisation }
# $inviter (String) - who invites
# $organisation (String) - name of the organisation
# $role (String) - word of the role
# $link (String) - address to open
mail-invite-text =
    Здравствуйте.

    { $inviter } приглашает вас в организацию «{ $organisation }» в Пульте. Ваша роль: { $role }.

    Чтобы присоединиться, откройте ссылку:
    { $link }

    Ссылка действует неделю. Если вы не ждали приглашения, ничего делать не нужно.

# $inviter (String) - who invites
# $organisation (String) - name of the organisation
# $role (String) - word of the role
# $link (String) - address to open
mail-invite-text-own =
    Здравствуйте.

    { $inviter } приглашает вас в организацию «{ $organisation }». Ваша роль: { $role }.

    Чтобы присоединиться, откройте ссылку:
    { $link }

    Ссылка действует неделю. Если вы не ждали приглашения, ничего делать не нужно.

# $name (String) - name of the rule
# $ceiling (String) - times a minute
# $held (String) - how many
# $link (String) - address to open
mail-rule-too-often =
    Правило «{ $name }» остановлено: оно сработало чаще { $ceiling } раз за минуту.

    Клиентам от него больше ничего не уходит. Удержано отправок: { $held }. Разобраться и решить, что с ними делать:
    { $link }
# $name (String) - name of the rule
# $held (String) - how many
# $link (String) - address to open
mail-rule-loop =
    Правило «{ $name }» остановлено: оно запускало само себя по кругу.

    Клиентам от него больше ничего не уходит. Удержано отправок: { $held }. Разобраться и решить, что с ними делать:
    { $link }

mail-trial-subject = Пробное письмо Пульта

# $address (String) - where this installation is
mail-trial-text =
    Это письмо отправил «pult doctor» установки { $address }. Если вы его читаете, почта доходит. Отвечать не нужно.
