# Signing in, the account, moving todos into it, signing out.

account-title = Account
account-of = Account: { $name }
# The name of a button behind which the person is wanted; $label is what it says otherwise.
account-needs-you = { $label } (needs your attention)
account-sign-in = Sign in
account-sign-in-again = Sign in again
account-sign-up = Create an account
account-sign-out = Sign out
account-signed-out-title = Sign in to Clove
account-signed-out-body = With an account, you have your todos on all your devices.
account-signed-out-local = Without an account, everything stays on this device.
account-not-set-up = Signing in is not set up here yet. You can do that in Settings, under Connection.
account-open-settings = Open Settings
account-manage = Manage account
account-admin = Administrator
account-joined = Joined { $when }
account-name = Name
account-name-edit = Change your name
account-name-saved = You are now called { $name }
account-signed-in-as = Signed in as { $name }
account-restoring = Signing you back in…
account-usable = Your todos are here meanwhile, and you can edit them.
account-keyring-waiting = Unlock your keyring, so that you are still signed in the next time Clove starts.
account-keyring-locked = Unlock your keyring to go on.

sign-in-starting-title = Signing in
sign-in-browser-title = Finish in your browser
sign-in-finishing-title = Signing in
sign-up-starting-title = Creating your account
sign-up-browser-title = Finish creating your account in your browser
sign-up-finishing-title = Signing in
sign-in-starting = Opening your browser…
sign-in-browser = A page has opened there. When you are done, Clove carries on by itself.
sign-in-finishing = Almost there…
sign-in-open-again = Open the browser again
sign-in-copy-link = Copy the link
sign-in-link-copied = Link copied. Paste it into any browser on this device.
sign-in-cancelled = Sign-in cancelled

copy-failed = It could not be copied. Here it is to copy by hand:
copy-by-hand = To copy by hand

move-waiting =
    { $n ->
        [one] { $n } todo that you made before signing in is not in your account.
       *[other] { $n } todos that you made before signing in are not in your account.
    }
move-later = Move…
move-title =
    { $n ->
        [one] Move { $n } todo into your account?
       *[other] Move { $n } todos into your account?
    }
move-body =
    { $n ->
        [one] You made it before you signed in. Moved, it is with your other todos, on all your devices.
       *[other] You made them before you signed in. Moved, they are with your other todos, on all your devices.
    }
move-kept =
    { $n ->
        [one] Kept on this device, it shows again whenever you are signed out.
       *[other] Kept on this device, they show again whenever you are signed out.
    }
move-button =
    { $n ->
        [one] Move { $n } todo
       *[other] Move { $n } todos
    }
move-keep =
    { $n ->
        [one] Keep it on this device
       *[other] Keep them on this device
    }
move-moved =
    { $n ->
        [one] { $n } todo is in your account now
       *[other] { $n } todos are in your account now
    }

sign-out-title = Sign out?
sign-out-counting = Looking for edits that are not in your account yet…
sign-out-nothing = Your todos stay in your account, and are back when you sign in again.
sign-out-unknown = Nothing is lost: this device keeps your todos until you sign in again.
sign-out-unsynced =
    { $n ->
        [one] { $n } edit has not reached your account yet. What should become of it?
       *[other] { $n } edits have not reached your account yet. What should become of them?
    }
sign-out-keep = Keep on this device
sign-out-keep-help = Out of sight, until you sign in here again.
sign-out-export = Export to a file
sign-out-export-help = Clove shows you where the file is.
sign-out-discard =
    { $n ->
        [one] Discard { $n } edit
       *[other] Discard { $n } edits
    }
sign-out-discard-help =
    { $n ->
        [one] It is gone for good.
       *[other] They are gone for good.
    }
sign-out-continue = Continue…
sign-out-running = Signing out…
sign-out-done = Signed out
sign-out-done-kept =
    { $n ->
        [one] Signed out. { $n } edit waits here until you sign in again.
       *[other] Signed out. { $n } edits wait here until you sign in again.
    }
sign-out-exported =
    { $n ->
        [one] Your edit is in this file:
       *[other] Your edits are in this file:
    }
discard-title =
    { $n ->
        [one] Discard { $n } edit?
       *[other] Discard { $n } edits?
    }
discard-body =
    { $n ->
        [one] It is nowhere but on this device. Discarded, it cannot be brought back.
       *[other] They are nowhere but on this device. Discarded, they cannot be brought back.
    }
discard-button =
    { $n ->
        [one] Discard { $n } edit and sign out
       *[other] Discard { $n } edits and sign out
    }
discard-back = Back
