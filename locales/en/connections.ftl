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
