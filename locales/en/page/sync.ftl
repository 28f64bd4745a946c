# How sync stands.

sync-title = Sync
# In the header, where there is little room.
sync-short-sign-in = Sign in again
sync-short-offline = Offline
sync-short-offline-waiting = Offline · { $n } waiting
sync-short-aside = { $n } not synced
sync-short-many = 99+

# The accessible name of the same, followed by sync-waits and sync-not-taken.
sync-label-sign-in = Sync: sign in again
sync-label-offline = Sync: offline
sync-label-aside = Sync: connected
sync-label-syncing = Sync: syncing
sync-label-synced = Sync: up to date
sync-waits =
    { $n ->
        [one] { $n } todo waits
       *[other] { $n } todos wait
    }
sync-not-taken =
    { $n ->
        [one] { $n } todo not taken
       *[other] { $n } todos not taken
    }

sync-headline-sign-in = Sign in again to sync
sync-headline-offline = Offline
sync-headline-aside = Not everything is synced
sync-headline-syncing = Syncing…
sync-headline-synced = Up to date
sync-detail-sign-in = Your session has ended. You can go on; edits stay on this device until you sign in.
sync-detail-offline = You can go on. Edits stay on this device, and are sent when it is back online.
sync-detail-aside = Everything else has reached your account.
sync-detail-syncing = This device and your account are exchanging what is new.
sync-detail-synced = This device and your account hold the same todos.
sync-retrying = You can go on. Edits stay on this device, and Clove tries again by itself.
# $ago is "2 minutes ago", or ago-now.
sync-synced-ago = Last synced { $ago }.
sync-never = Not synced yet.
sync-to-send =
    { $n ->
        [one] { $n } todo waits to be sent.
       *[other] { $n } todos wait to be sent.
    }
sync-unread =
    { $n ->
        [one] { $n } todo was written by a newer Clove, and this one can’t read it. Update Clove to see it.
       *[other] { $n } todos were written by a newer Clove, and this one can’t read them. Update Clove to see them.
    }
sync-now = Sync now

sync-aside-title = Not taken by your account ({ $n })
sync-aside-help =
    { $n ->
        [one] It is safe on this device. Edit it, or try it again.
       *[other] They are safe on this device. Edit one, or try it again.
    }
sync-aside-more = And { $n } more.
# It begins with button-try-again, which is all of it that is seen (WCAG 2.5.3).
sync-try-again = Try again: { $title }
sync-try-all = Try all again
sync-copy-text = Copy text
sync-text-copied = Text copied

sync-fetching = Fetching your todos…
# $todos is todos-counted.
sync-fetched = { $todos } so far
sync-fetched-of = { $n } of about { $todos }

sync-said-sign-in = Sync needs you to sign in again.
sync-said-offline = Offline. Edits stay on this device.
sync-said-aside = A todo was not taken by your account.
sync-said-synced = Synced again.

# $reason is a whole sentence.
sync-mark-aside = Not synced: { $reason }
sync-mark-waits = Waits to be synced
sync-standing-aside = Not taken by your account: { $reason }
sync-standing-device = On this device, not yet in your account
sync-standing-sending = On its way to your account
sync-standing-synced = In your account

sync-edit-lost = { $title } was changed later on another device. What you had is in its history.
sync-edits-lost =
    { $others ->
        [one] { $title } and { $others } other todo were changed later on another device. What you had is in their history.
       *[other] { $title } and { $others } other todos were changed later on another device. What you had is in their history.
    }
sync-show-history = Show history
sync-many-deleted =
    { $n ->
        [one] Another device deleted { $n } todo at once.
       *[other] Another device deleted { $n } todos at once.
    }
sync-copy-kept = A copy of your todos from before the deletion is in { $path }.

# Why the account did not take a todo.
sync-reason-title-empty = A todo needs a title.
sync-reason-title-too-long = The title is too long.
sync-reason-description-too-long = The description is too long.
sync-reason-control-character = The text has a control character, which can’t be shown. Remove it.
sync-reason-lone-surrogate = The text has a broken character. Remove it.
sync-reason-far-future = Its time is more than a year ahead. Check this device’s clock.
sync-reason-unreadable-answer = The account’s version of this todo can’t be read here.
