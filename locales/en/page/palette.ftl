# The command palette, where the todos are, and the first run.

palette-title = Commands
palette-placeholder = Commands and todos
palette-recent = Recent
palette-commands = Commands
palette-todos = Todos
# $query is what was typed, in quotation marks.
palette-search-all = Show all that match { $query }
palette-nothing = Nothing matches { $query }.
palette-found =
    { $n ->
        [one] { $n } result
       *[other] { $n } results
    }
palette-read-only = Clove is read-only
palette-offline = Offline
palette-complete = Complete
palette-reopen = Mark as not done
palette-fold = Fold completed away
palette-unfold = Unfold completed

# Other words by which people look for a command, with spaces between them; none of them is shown.
palette-also-add = new create
palette-also-toggle = done finish check
palette-also-edit = rename change description
palette-also-delete = remove
palette-also-deleted = trash bin
palette-also-sort = sort order
palette-also-sync = trust status conflicts backup
palette-also-account = profile name
palette-also-sign-in = log in login
palette-also-sign-out = log out logout
palette-also-doctor = diagnose problem help
palette-also-settings = preferences options
palette-also-sheet = help keys shortcuts
palette-also-import = file backup restore markdown csv todo.txt
palette-also-export = file save json
palette-also-quit = exit close

trust-waiting = Waiting to be sent ({ $n })
trust-open = Open { $title }
trust-more =
    { $n ->
        [one] And { $n } more.
       *[other] And { $n } more.
    }
trust-conflicts = Edits that gave way
trust-conflicts-help = Where a todo was edited on two devices at once, the later edit counts. This device’s is kept here.
# What the later edit did; $when is as in “5 minutes ago”.
trust-did-title = Title changed on another device { $when }
trust-did-description = Description changed on another device { $when }
trust-did-complete = Completed on another device { $when }
trust-did-reopen = Marked as not done on another device { $when }
trust-did-delete = Deleted on another device { $when }
trust-did-restore = Brought back on another device { $when }
trust-mine = This device
trust-theirs = The later edit
# What a device made of a todo, beside one of the two above.
trust-value-done = Done
trust-value-open = Not done
trust-value-none = None
trust-value-deleted = Deleted it
trust-value-edited = Edited it
trust-restore = Use this device’s
trust-restore-of = Use this device’s version of { $title }
trust-is-back = This device’s is back
trust-account = Account
trust-account-open = Account…
trust-doctor = Check the connection

trust-here-title = Where your todos are
trust-here-headline = On this device alone
trust-here-detail = Nothing is sent anywhere, and no one else can see them. Signed in, you have them on all your devices.
trust-here-detail-alone = Nothing is sent anywhere, and no one else can see them.
trust-kept-in = Kept in
trust-where = Where is that?

first-run-already = Your todos are somewhere else already?
first-run-set-up = Set up an account
