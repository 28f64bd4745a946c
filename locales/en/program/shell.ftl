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

# What the shell could not do. $reason is what the system said, in its own words.
shell-no-browser = The browser could not be opened. Copy the link, and open it in a browser yourself.
shell-setting-refused = The system did not take the setting ({ $reason }).
shell-sign-out-first = Sign out first: the todos on the screen belong to this connection.
shell-no-connection = These do not look like a publishable key and a Convex address.
shell-setting-unsaved = The setting could not be saved ({ $reason }), so it stays as it was.
shell-odd-request = Clove did not understand the request ({ $reason }).
shell-window-height = The window could not be given another height ({ $reason }).
hotkey-of-desktop = On Wayland the desktop itself owns such keys. In its keyboard settings, let a key of your choice run: clove --quick-add
hotkey-unusable = “{ $key }” is not a shortcut that Clove can use. Hold Ctrl, Alt or Cmd with a key.
hotkey-taken = Another program uses { $key } already. Choose another shortcut in Settings.
shell-no-display = Clove found no display to open its window on (neither DISPLAY nor WAYLAND_DISPLAY is set). `clove add` and `clove list` work without one.
shell-settings-unreadable = The settings could not be read, so the defaults are used. The file is kept at { $path }. ({ $reason })
shell-odd-reply = The running Clove gave an answer that this one does not know. Restart it.

# Files that come and go. $path is the file, $reason what the system said.
file-unread = { $path } could not be read ({ $reason }).
file-unwritten = { $path } could not be written ({ $reason }).
imported-added =
    { $n ->
        [one] { $n } todo added.
       *[other] { $n } todos added.
    }
imported-changed =
    { $n ->
        [one] { $n } brought up to date.
       *[other] { $n } brought up to date.
    }
imported-known =
    { $n ->
        [one] { $n } left out: it is here already.
       *[other] { $n } left out: they are here already.
    }
imported-empty =
    { $n ->
        [one] { $n } left out: it has no text.
       *[other] { $n } left out: they have no text.
    }
imported-heading =
    { $n ->
        [one] { $n } left out: it is a heading or a rule.
       *[other] { $n } left out: they are headings or rules.
    }
imported-deleted =
    { $n ->
        [one] { $n } left out: it was deleted before the file was written.
       *[other] { $n } left out: they were deleted before the file was written.
    }
imported-unreadable =
    { $n ->
        [one] { $n } left out: it could not be read.
       *[other] { $n } left out: they could not be read.
    }

# The menu bar of macOS; the names are those that the system's own programs use.
menu-settings = Settings…
menu-add = New todo
menu-undo = Undo
menu-redo = Redo
menu-search = Search
menu-all = All
menu-active = Active
menu-completed = Completed
menu-deleted = Recently deleted
menu-palette = All commands…
menu-sync = Sync
menu-account = Account
menu-sheet = Keyboard shortcuts
menu-doctor = Check the connection
menu-file = File
menu-edit = Edit
menu-view = View
menu-window = Window
menu-help = Help
menu-about = About Clove
menu-services = Services
menu-hide = Hide Clove
menu-hide-others = Hide others
menu-show-all = Show all
menu-import = Import…
menu-export = Export…
menu-close = Close window
menu-cut = Cut
menu-copy = Copy
menu-paste = Paste
menu-select-all = Select all
menu-fullscreen = Full screen
menu-minimize = Minimize
menu-maximize = Zoom
