### Signing in with a service: buttons, what went wrong, ways in of the profile, letters, lines of the journal.

identity-or = or
# $name (String) - name of the service
identity-enter = Sign in with { $name }
# $name (String) - name of the service
identity-join = Join with { $name }
# $name (String) - name of the service
identity-sign-up = Continue with { $name }

# $name (String) - name of the service
# $label (String) - what they are called there
identity-waiting-account = { $name } confirms that you are { $label }. Sign in with your password once, and this way in will be added to your account. Next time no password is needed.
# $name (String) - name of the service
# $label (String) - what they are called there
identity-waiting-new = Signing in with { $name }: { $label }. No password is needed.
identity-waiting-known = Working in Pult already? Sign in with your password and add this way in your profile.
identity-waiting-forgot = Never had a password, or forgot it? Ask for a link above.
identity-waiting-other = Sign in without adding it

identity-cancelled = Signing in with the other service was cancelled. Nothing has changed: use your password or try again.

# $name (String) - name of the service
identity-expired-title = Signing in with { $name } was not finished
identity-expired-text = More than ten minutes have passed, the page was opened twice, or it was begun in another browser. Nothing has changed, begin again.
# $name (String) - name of the service
identity-wrong-title = Signing in with { $name } is set up wrongly
identity-wrong-text = Your data is fine, and trying again now is of no use. Tell whoever runs the server: the reason is in the program's log. You can use your password.
# $name (String) - name of the service
identity-unbelievable-title = The answer of { $name } could not be verified
identity-unbelievable-text = Pult could not make sure that the answer is genuine, and let nobody in. Begin again. If it happens again, use your password and tell whoever runs the server.
# $name (String) - name of the service
identity-down-title = { $name } does not answer
identity-down-text = The service has a problem, your data is fine. Use your password, or try again in a few minutes.
# $name (String) - name of the service
identity-taken-title = This { $name } account is taken
identity-taken-text = It belongs to another account of Pult, so it was not added to yours. Choose another one, or remove it there first.
identity-off-title = There is no such way in
identity-off-text = This service cannot be signed in with here. Use your password.
identity-again = Begin again
identity-to-sign-in = To the sign-in
identity-to-profile = To the profile

# $name (String) - name of the service
identity-go-title = Going to { $name }
# $name (String) - name of the service
identity-go-text = { $name } opens in a moment. If it does not, press the button.
identity-go-button = Go

identity-forgotten-title = The link was removed
# $date (String) - when it was asked for
identity-forgotten-text = As asked for on { $date }, Pult removed what it got when you signed in with Facebook: id, address and name. The account in Pult stays; the owner of the organisation removes it.
identity-forgotten-unknown-title = No such code
identity-forgotten-unknown-text = Check the whole address: the code comes with the confirmation of the removal.

identities-title = Other ways to sign in
identities-none = None yet. Add a service, and no password is needed to sign in.
identities-off = No other services can be signed in with on this server. Whoever runs it can switch them on.
identities-used = used
identities-added = added
# $name (String) - name of the service
identities-add = Add { $name }
identities-remove = Remove
# $name (String) - name of the service
identities-remove-of = Remove: { $name }
# $name (String) - name of the service
identities-remove-title = Remove { $name }?
# $name (String) - name of the service
identities-remove-text = Signing in with { $name } will not work any more. Open sessions stay, and nothing changes in the service itself.
# $name (String) - name of the service
identities-removed = Removed: { $name }
identities-no-password = You have no password, because you sign in with another service. To set one, ask for a link by e-mail.
identities-set-password = Set a password

error-last-way-in = This is the only way for you to sign in, so it was kept. Set a password or add another service first.

# $name (String) - name of the service
mail-way-in-added-subject = Signing in with { $name } was added
# $name (String) - whom we write to
# $service (String) - name of the service
# $label (String) - what they are called there
# $link (String) - address of the profile
mail-way-in-added-text =
    Hello { $name },

    signing in with { $service } was added to your account in Pult: { $label }.

    If this was not you, remove it and change your password:
    { $link }

# $name (String) - name of the service
mail-way-in-removed-subject = Signing in with { $name } was removed
# $name (String) - whom we write to
# $service (String) - name of the service
# $link (String) - address of the profile
mail-way-in-removed-text =
    Hello { $name },

    you cannot sign in to Pult with { $service } any more: it was removed.

    If this was not you, look at your profile:
    { $link }

# $name (String) - name of the member
# $provider (String) - name of the service
identity-line-signed-in = Signed in with { $provider }: { $name }
# $provider (String) - name of the service
identity-line-added = Added signing in with { $provider }
# $provider (String) - name of the service
identity-line-removed = Removed signing in with { $provider }
identity-line-dropped = Other ways to sign in were removed: the address was confirmed for the first time
