### Connections: cards, wizard, words about providers.

connections-new = New connection
connections-all = All connections
connections-empty = Nothing is connected yet
connections-empty-hint = Connect a messenger: clients' messages become chats, and answers go out from here.
connections-possible = Can be connected
connections-unknown = There is no such service here
connections-continue = Continue set-up

connections-state-setup = Set-up not finished
connections-state-active = Working
connections-state-reauth = Needs a new sign-in
connections-state-off = Switched off
connections-last-event = Last event
connections-no-event = none yet
connections-events-today = Events today
connections-waiting = Waiting to be sent
connections-last-error = Last error:
# $time (String) - how long ago, or a day and time
# $usual (String) - a duration
connections-silent = No events since { $time }; silence is usually no longer than { $usual } of working time. The connection is being checked, and what was missed will be found if the service allows it. See whether the service still sends events.
# $time (String) - time of day
connections-rests = The service does not answer. Messages wait; next try at { $time }.
connections-reauth-hint = The service refuses the sign-in. Nothing is lost: messages wait and go out by themselves. Renew the keys below and save, the check starts at once.
# $name (String) - name of the connection
connections-checked = { $name }: the check went well
connections-check-slow = The service has not answered yet. The result will appear here by itself.
connections-switch = On
connections-off = Switch off
# $name (String) - name of the connection
connections-off-title = Switch “{ $name }” off?
connections-off-text = Answers and notices will not be sent over this connection. It can be switched on again at any time.
connections-off-text-waiting = { $count ->
    [one] { $count } message is waiting to be sent and will go on waiting. New answers and notices are not sent while the connection is off.
   *[other] { $count } messages are waiting to be sent and will go on waiting. New answers and notices are not sent while the connection is off.
}

connections-step-settings = Access
connections-step-address = Address for events
connections-step-event = First event
connections-save-and-go-on = Save and continue
connections-more-settings = More settings
connections-name = Name of the connection
connections-name-help = To tell numbers apart if you have several
connections-secret-kept = Keep the present one
connections-later = Finish later
connections-open-chats = Open chats
connections-account = Account
connections-templates = Templates

connections-webhook-url = Address for events (callback URL)
connections-address-local = This address begins with http:// and is visible in your own network only. The real service needs an https:// address on the internet.
connections-handshake-waiting = Waiting for the address check…
connections-handshake-done = Address confirmed
connections-event-waiting = Waiting for the first event…
connections-event-done = First event received
connections-first-hint = Make anything happen in the service, and it appears here by itself.
connections-step-open = Open the webhook settings of the service and paste these values there.
connections-step-save = Save the settings: the service checks the address.

connections-verify-token = Verify token
connections-verify-token-help = The word by which the service recognises this address. Leave it empty and a good one is made.
connections-api-version = API version
connections-api-version-help = Change only when the service retires the present one
connections-base-url = Address of the service
connections-base-url-help = Change for a simulator or a proxy

connections-whatsapp-hint = WhatsApp Business Platform, Meta's Cloud API
connections-whatsapp-number = Phone number ID
connections-whatsapp-number-help = developers.facebook.com → your app → WhatsApp → API Setup → “Phone number ID”. Not the number itself.
connections-whatsapp-account = WhatsApp Business account ID
connections-whatsapp-account-help = In the same place, one line below: “WhatsApp Business Account ID”
connections-whatsapp-app = App ID
connections-whatsapp-app-help = App settings → Basic → “App ID”
connections-whatsapp-secret = App secret
connections-whatsapp-secret-help = App settings → Basic → “App secret”, button Show. Every event is signed with it.
connections-whatsapp-token = Access token
connections-whatsapp-token-help = Business settings → System users → Generate token: without expiry, with whatsapp_business_messaging and whatsapp_business_management
connections-whatsapp-step-open = Open developers.facebook.com → your app → WhatsApp → Configuration → Webhook → “Edit”. Usually the address has been bound by itself: then check that it is the same.
connections-whatsapp-step-confirm = Press “Verify and save”: Meta checks the address, and “Address confirmed” appears here.
connections-whatsapp-step-subscribe = Under Webhook fields subscribe to messages, message_template_status_update and account_update.
connections-whatsapp-first = Write to your WhatsApp number from any phone: the message appears in the chats.
# $number (String) - phone number as the messenger writes it
connections-whatsapp-first-to = Write to { $number } from any phone: the message appears in the chats.

connections-fact-name = Verified name
connections-fact-number = Number
connections-fact-quality = Quality
connections-fact-throughput = Sending speed
connections-fact-limit = Conversation limit
connections-quality-high = High
connections-quality-medium = Medium
connections-quality-low = Low
connections-quality-unknown = Not known yet
connections-throughput-standard = Standard
connections-throughput-high = High

connections-intercom-hint = Support conversations: rules learn that one was closed, rated or opened again
connections-intercom-token = Access token
connections-intercom-token-help = Developer Hub → your app → Configure → Authentication → “Access token”
connections-intercom-secret = Client secret
connections-intercom-secret-help = Developer Hub → your app → Configure → Basic information → “Client secret”. All events are signed with it.
connections-intercom-app = Workspace ID
connections-intercom-app-help = Settings → Workspace → General: “Workspace ID”, the app_id in Intercom's address
connections-intercom-step-open = Open Developer Hub → your app → Configure → Webhooks and paste the address into “Endpoint URL”.
connections-intercom-step-topics = Subscribe to conversation.admin.closed, conversation.rating.added, conversation.admin.opened, conversation.user.created and conversation.user.replied.
connections-intercom-step-save = Save: Intercom checks the address and sends a test event.
connections-intercom-first = Close any conversation in Intercom: the event appears here by itself.

connections-trustpilot-hint = Invitations to review, and the reviews
connections-trustpilot-key = API key
connections-trustpilot-key-help = Trustpilot Business → Integrations → API: “API key”
connections-trustpilot-secret = API secret
connections-trustpilot-secret-help = Beside the key: “API secret”
connections-trustpilot-unit = Company
connections-trustpilot-unit-help = The domain your company has on Trustpilot (example.com), or its ID
connections-trustpilot-user = User ID
connections-trustpilot-user-help = In whose name invitations go out: the business user ID. Needed unless a person signs in, see “More settings”.
connections-trustpilot-login = Person signing in
connections-trustpilot-login-help = E-mail of a Trustpilot Business user, if the application may not sign in by itself
connections-trustpilot-password = Password of that user
connections-trustpilot-sender = Sender name
connections-trustpilot-sender-help = How invitations are signed; empty: as in the Trustpilot profile
connections-trustpilot-from = Sender address
connections-trustpilot-from-help = Only one confirmed at Trustpilot; empty: Trustpilot's own
connections-trustpilot-reply = Reply address
connections-trustpilot-reply-help = Where an answer to the invitation goes
connections-trustpilot-locale = Language of invitations
connections-trustpilot-locale-help = For example ru-RU or en-US
connections-trustpilot-template = Invitation template
connections-trustpilot-template-help = ID of a Trustpilot template; empty: the default one
connections-trustpilot-redirect = Page after the review
connections-trustpilot-redirect-help = Where the client returns to after the review
connections-trustpilot-time = Form of times
connections-trustpilot-time-help = iso or us: change it if the service refuses the time of sending
connections-trustpilot-invitations = Address of the invitation service
connections-trustpilot-step-open = Open Trustpilot Business → Integrations → Webhooks and add this address.
connections-trustpilot-step-events = Tick “Service review created”, “updated” and “deleted”.
connections-trustpilot-step-save = Save and press “Test”. Keep the address secret: Trustpilot signs no events, so each of them is checked again.
connections-trustpilot-first = The first review appears here by itself; once an hour they are also checked without events.

connections-open-reviews = Open reviews
connections-open-rules = Go to the rules
connections-fact-company = Company
connections-fact-domain = Domain
connections-fact-stars = Stars
connections-fact-score = TrustScore
connections-fact-reviews = Reviews on the site
connections-fact-templates = Invitation templates
connections-fact-workspace = Workspace
connections-fact-region = Data region
connections-fact-zone = Time zone
connections-fact-admin = In the name of
connections-trustpilot-no-template = The template of the settings is gone at Trustpilot: every invitation will be refused. Give another one or leave the field empty.
connections-trustpilot-no-person = Nobody is named in whose name to invite: Trustpilot will refuse. Fill in the user id or a person's sign-in.
connections-intercom-handshake = Intercom calls the address the moment you save it.
connections-trustpilot-handshake = Press “Test” beside the address at Trustpilot: it calls here at once. Without it the first review proves the address.
connections-webhook-name = Webhook
connections-webhook-hint = Events from a site, Tilda, Make or a program of your own, and calls to it
connections-webhook-secret = Secret
connections-webhook-secret-help = Signs everything sent from here and proves what comes in. Left empty, we make one.
connections-webhook-signature = Signature header
connections-webhook-signature-help = Left empty, the secret address itself proves the sender. Otherwise every call must carry the HMAC-SHA256 of its body with this secret here, in hex or base64. For Standard Webhooks enter webhook-signature.
connections-webhook-number = Field with the event’s number
connections-webhook-number-help = Where in a body the event’s own number stands, for example event.id: a second call with the same number does not count. Without a number, an equal body counts as a repeat.
connections-webhook-target = Where to send
connections-webhook-target-help = Only for calls that rules make: the https address of your program
connections-webhook-step-open = Open the webhook settings where the events will come from: in Tilda “Site settings → Forms”, in Make an HTTP module.
connections-webhook-step-body = Send a POST: JSON (an object or a list of objects) or an ordinary form. The fields appear in rules by themselves as soon as the first event has come.
connections-webhook-step-repeat = The answer 200 means that the event is stored. On any other send it again: repeats are recognised.
connections-webhook-handshake = Send a trial request, or use the check button of the service the events will come from.
connections-webhook-first = Send a request from the site or call the address from a program: the event appears here by itself.
