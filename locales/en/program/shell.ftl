# What the desktop shows of Clove outside its window, and what the shell has to say.

# The title of the small window, as task lists and screen readers name it.
window-quick-add = Add a todo

tray-quick-add = Quick add…
tray-open = Open Clove
tray-quit = Quit Clove
tray-open-count =
    { $n ->
        [0] Nothing to do
        [one] { $n } todo to do
       *[other] { $n } todos to do
    }
tray-sign-in = Sign in…
tray-signing-in = Signing in…
tray-signed-in = Signed in as { $name }…
tray-sign-in-again = Sign in again…
tray-sync-none = On this device alone
tray-sync-offline = Offline
tray-sync-offline-waits =
    { $n ->
        [one] Offline, { $n } todo waits
       *[other] Offline, { $n } todos wait
    }
tray-sync-sign-in = Sign in again to sync
tray-sync-sign-in-waits =
    { $n ->
        [one] Sign in again to sync, { $n } todo waits
       *[other] Sign in again to sync, { $n } todos wait
    }
tray-sync-running = Syncing…
tray-sync-done = Up to date
tray-sync-aside =
    { $n ->
        [one] { $n } todo is not synced
       *[other] { $n } todos are not synced
    }
