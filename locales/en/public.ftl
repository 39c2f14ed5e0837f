### Pages before the sign-in: landing, sign-in, sign-up, links from letters.

public-to-landing = Pult, start page
public-language = Language
public-failed = It did not work
public-name = Your name
public-email = E-mail
public-password = Password
public-new-password = New password
# $count (String) - least characters
public-password-help = At least { $count } characters. A phrase of several words works well.
public-organisation = Name of the organisation
public-time-zone = Time zone
public-time-zone-help = Days, deadlines and reports follow it. You can change it in the settings.

landing-window = Pult: chats and orders of your team
landing-description = Client chats, orders and notices of a small team on one screen.
landing-title = Your team's chats and orders on one screen
landing-lead-1 = Messages of clients arrive in one shared list, and you see at once who is waiting.
landing-lead-2 = An order is made right from the chat, and Pult tells the client when it is ready.
landing-lead-3 = Every automatic action is recorded with its reason: nothing is lost and nothing goes out twice.
landing-open = Open Pult
landing-note = Runs on your own server: one program, one database, your data stays with you.
landing-demo-title = This is a demo.
landing-demo-text = People and orders are invented, nothing leaves this server.
landing-demo-button = Sign in to the demo
landing-picture = The chats screen: list of requests, a conversation, and the client's card with an order

picture-unanswered = Unanswered
picture-mine = Mine
picture-client-1 = Marina Lebedeva
picture-client-2 = Igor Pak
picture-client-3 = Orient Ltd
picture-client-4 = Catherine S.
picture-client-5 = Oleg Tarasov
picture-line-1 = Could it be tomorrow before noon?
picture-line-2 = How much is a check-up?
picture-line-3 = We have the invoice, thank you.
picture-line-4 = You: the technician is on the way
picture-line-5 = You: your order is ready
picture-day = Today
picture-message-1 = Hello! The fridge has stopped cooling, it is an Atlant 4424
picture-message-2 = Hello Marina! It sounds like the relay. A check-up at home is 900 ₽, free with a repair. When would it suit you?
picture-message-3 = Could it be tomorrow before noon?
picture-read = read
picture-assigned = Assigned: Anna Kovaleva
picture-composer = Reply, or press / for a canned reply
picture-window = WhatsApp · window 21 h 14 min
picture-phone = Phone
picture-order = Fridge repair
picture-create = Create order
picture-orders = Orders

sign-in-title = Sign in
sign-in-submit = Sign in
sign-in-forgot = Forgot your password?
sign-in-new = No organisation yet?
sign-in-new-link = Create one
sign-in-after-reset = The password is changed and earlier sessions are ended. Sign in with the new password.
sign-in-signed-out = You have signed out.
sign-in-demo = For the demo:

sign-up-title = New organisation
sign-up-lead = You become its owner. You can invite your team afterwards.
sign-up-submit = Create organisation
sign-up-known = Already have an account?

organisation-new-title = Another organisation
organisation-new-lead = Clients, orders and members of organisations are never mixed. Switch between them in the upper left corner.
organisation-new-back = Go back without changes

forgot-title = Forgot your password?
forgot-lead = Enter the e-mail you sign in with. We send a link to set a new password.
forgot-submit = Send the link
forgot-back = Back to the sign-in
forgot-sent-title = Check your mail
forgot-sent-text = If somebody signs in here with this e-mail, a letter with a link is on its way. The link works for one hour. If there is no letter, look in the spam folder or ask for the link again.
forgot-sent-demo = In the demo letters do not leave the server: their text is shown in the journal.
forgot-no-mail = This server is not set up to send mail, so no letter will come. Turn to whoever looks after the server.

reset-title = New password
reset-lead = After saving, all open sessions end and only the new password works.
reset-submit = Save password

# $organisation (String) - name of the organisation
join-title = Invitation to “{ $organisation }”
# $role (String) - word of the role
join-role = Your role: { $role }.
join-submit = Join
# $email (String) - invited address
join-known = Somebody signs in here with { $email } already. Sign in, and the invitation opens again.
join-sign-in = Sign in
# $name (String) - name of the signed-in person
# $email (String) - their address
join-as = You are signed in as { $name }, { $email }.
# $email (String) - invited address
join-other = The invitation was sent to { $email }. If somebody else should join, sign out first.
join-member = You already belong to this organisation.

confirm-title = Confirm your e-mail
confirm-text = Press the button to confirm that this e-mail is yours.
confirm-submit = Confirm e-mail
confirm-done-title = E-mail confirmed
confirm-done-text = Letters about broken connections and links for a new password will come here.

link-invalid-title = The link does not work
link-invalid-text = It is used up, expired or incomplete.
link-invalid-reset = The old password still works, and you can ask for a link again.
link-invalid-ask = Ask for a new link
link-invalid-join = Ask whoever invited you to send a new link.
link-invalid-confirm = You can ask for a new link in your profile after signing in.

deactivated-title = Access switched off

public-powered = Runs on Pult
