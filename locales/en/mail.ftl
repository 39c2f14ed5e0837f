### Letters to people, as plain text.

mail-confirm-subject = Confirm your e-mail
mail-confirm-text =
    Hello { $name },

    To confirm this e-mail for signing in to Pult, open the link:
    { $link }

    The link works for a week. If you did not sign up for Pult, there is nothing to do.

mail-reset-subject = New password
mail-reset-text =
    Hello { $name },

    To set a new password for Pult, open the link:
    { $link }

    The link works for one hour and only once. If you did not ask for it, there is nothing to do: your password stays as it is.

mail-password-changed-subject = Password changed
mail-password-changed-text =
    Hello { $name },

    Your password for Pult has been changed, other sessions have ended.

    If this was not you, set a new password:
    { $link }

mail-invite-subject = Invitation: { $organisation }
mail-invite-text =
    Hello,

    { $inviter } invites you to the organisation “{ $organisation }” in Pult. Your role: { $role }.

    To join, open the link:
    { $link }

    The link works for a week. If you did not expect an invitation, there is nothing to do.

mail-invite-text-own =
    Hello,

    { $inviter } invites you to the organisation “{ $organisation }”. Your role: { $role }.

    To join, open the link:
    { $link }

    The link works for a week. If you did not expect an invitation, there is nothing to do.

# $name (String) - name of the rule
# $ceiling (String) - times a minute
# $held (String) - how many
# $link (String) - address to open
mail-rule-too-often =
    The rule “{ $name }” was stopped: it acted more than { $ceiling } times in a minute.

    Nothing more goes to clients from it. Held back: { $held }. Look into it and decide what becomes of them:
    { $link }
# $name (String) - name of the rule
# $held (String) - how many
# $link (String) - address to open
mail-rule-loop =
    The rule “{ $name }” was stopped: it kept starting itself.

    Nothing more goes to clients from it. Held back: { $held }. Look into it and decide what becomes of them:
    { $link }

mail-trial-subject = A trial letter of Pult

# $address (String) - where this installation is
mail-trial-text =
    This letter was sent by "pult doctor" of the installation { $address }. If you read it, mail arrives. No answer is needed.
