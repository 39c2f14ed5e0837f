### The second factor: codes of an app when signing in.

factor-title = Sign-in code
factor-lead = Besides the password Pult will ask for a code from an app on your phone. Whoever learns the password cannot get in without the phone.
factor-begin = Turn sign-in codes on
factor-manage = Change
factor-demanded = Your organisation demands sign-in codes. Turn them on to go on working.
factor-scan = Open an app for codes (Google Authenticator or another) and point it at the picture.
factor-picture = Picture for the app
factor-key = Or type the key:
factor-confirm = Confirm
factor-anew = Show another key
factor-code = Code
factor-code-help = Six digits from the app, or a recovery code
factor-code-title = Enter the code
factor-code-lead = The password is right. The code from the app is left.
factor-code-other = Sign in anew
factor-on = { $count ->
    [one] Sign-in codes are on. { $count } recovery code is left.
   *[other] Sign-in codes are on. { $count } recovery codes are left.
}
factor-change-lead = To change something enter the password and a code. New recovery codes replace the old ones.
factor-renew = Get new recovery codes
factor-off = Turn sign-in codes off
factor-kept = Sign-in codes cannot be turned off: the organisation demands them.
factor-codes-title = Recovery codes
factor-codes-lead = Each code replaces the phone once, should it be lost. Keep them now: they are not shown again.
factor-codes-kept = I have kept them, go on
factor-back = To the settings
factor-demand = Demand sign-in codes of everybody
factor-demand-note = A member without them turns them on first and only then goes on working. An owner may change this.
factor-reset = Reset sign-in codes
# $name (String) - name of the member
factor-reset-text = { $name } will sign in with the password alone until they switch it on again. Do this only when they asked for it themselves: the phone is lost or was changed.
factor-reset-confirm = Reset
# $name (String) - name of the member
factor-was-reset = Sign-in codes were reset: { $name }
factor-line-on = Sign-in codes were turned on
factor-line-off = Sign-in codes were turned off
# $name (String) - name of the member
factor-line-reset = Sign-in codes were reset: { $name }
factor-line-renewed = New recovery codes were made
factor-line-used = Signed in with a recovery code
error-second-factor-missing = The organisation demands sign-in codes. Turn them on on the page “Sign-in code”.
error-code-wrong = The code is wrong. Check the clock of the phone and enter the next code.
error-code-used = This code was used already. Wait for the next one.
