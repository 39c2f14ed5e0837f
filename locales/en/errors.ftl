### One text per error code: what happened, what is safe, what to do next.

error-unauthenticated = Your session has ended. Sign in again: what you typed on this page has not been sent.
error-forbidden = Your role does not allow this. Ask an owner or an administrator.
error-not-found = This is gone, or you have no access to it.
error-bad-request = The request could not be read: { $reason }. Nothing was changed.
error-required = Fill in this field.
error-too-long = Too long: at most { $max } characters.
error-out-of-range = Must be between { $min } and { $max }.
error-not-allowed = This value is not on the list. Choose another.
error-private-address = Pult does not call this address: it must be https on the open internet. Nothing was saved. An address inside your own network is allowed by whoever runs Pult (PULT_ALLOW_PRIVATE_NETS).
error-bad-email = This does not look like an e-mail address. Use the form anna@example.com.
error-bad-phone = This does not look like a phone number. Use the form +7 999 123-45-67.
error-weak-password = The password is too weak: at least { $min } characters, not all alike, and not your e-mail.
error-common-password = This password is one of those that are tried first. Take several words nobody expects together.
error-low-contrast = This colour would drown in the dark. { $nearest } can be read: the same hue, only lighter.
error-bad-image = This is no PNG, JPEG or WebP picture, or it is larger than { $max } pixels on a side. The logo stays as it was.
error-bad-host = This address will not do. Write a name like pult.example.com, without a path, and not that of Pult itself.
error-email-taken = This e-mail is already in use. Sign in or enter another.
error-wrong-credentials = The e-mail or the password is wrong. Check the keyboard layout and try again.
error-too-many-attempts = Too many attempts. Wait { $seconds } s and try again.
error-link-invalid = The link is used up, expired or incomplete. Ask for a new one.
error-deactivated = Your access to this organisation is switched off. Contact its owner.
error-stale = Somebody changed this while you were working. Your changes are not saved: refresh and make them again.
error-contact-merged = This card went into another one already. Nothing was changed: open the card that stayed.
# $days (String) - days within which it could be undone
error-too-late = More than { $days } days have passed, so it can no longer be undone. Nothing was changed.
error-payload-gone = What came with this event has been deleted: its time was over. It cannot be done again; nothing was changed.
error-already-exists = This already exists. Choose another name or open the existing one.
error-transition-not-allowed = It cannot go from “{ $from }” to “{ $to }”. The order is unchanged.
error-reason-required = Give a reason.
error-amount-too-large = The amount is too large. Check price and quantity.
error-currency-mismatch = All prices of an order must be in one currency.
error-product-inactive = This catalogue item is switched off. Switch it on or choose another.
error-window-closed = The conversation window is closed: the client has not written for a while. Only a template can be sent.
error-connection-unavailable = The connection is paused or needs a new sign-in. The message was not sent.
error-nobody-named = There is neither a phone nor an e-mail to know the client by. Nobody was created; check what came in and try again.
error-no-channel = This client cannot be reached yet: there is no channel.
error-last-owner = The last owner cannot be removed or lowered. Appoint another one first.
error-rule-invalid = The rule needs mending ({ $count }). The notes are on its blocks; the published version goes on as before.
error-job-state = The job has moved on. Refresh the page to see it.
error-file-too-large = The file is too large: up to { $size } is allowed.
error-idempotency-mismatch = Another request has already come with this key. Nothing was changed.
error-idempotency-in-progress = The same request is being worked on right now. Wait a moment.
error-unknown-provider = This service is unknown.
error-rate-limited = Too many requests. Try again in { $seconds } s.
error-storage-unavailable = The database does not answer right now. Nothing was saved or lost: try again a little later.
error-offline = Pult cannot be reached. What you typed is still on the page: check the network and try again.
error-internal = Something broke on our side. Your data is safe. Try again or tell support.
error-internal-reference = Something broke on our side. Your data is safe. Try again or give support the number { $reference }.

error-not-found-title = There is no such page
error-not-found-text = The link may be old or the address mistyped.
error-go-home = Go home
# $name (String) - name of the colleague
error-answered-meanwhile = While you were writing, { $name } answered the client. Your message was not sent: read the answer and decide whether it is still needed.
