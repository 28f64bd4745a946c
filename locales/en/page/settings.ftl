# The settings, the connection, the doctor, and the closing question.

settings-title = Settings
settings-quick-add = Quick add
settings-hotkey = Shortcut
settings-hotkey-help = Click the field and press the keys you want.
settings-hotkey-none = No shortcut
settings-hotkey-clear = Use none
settings-hotkey-modifier = Hold Ctrl or Alt together with another key.
settings-hotkey-modifier-mac = Hold ⌘, ⌃ or ⌥ together with another key.
settings-hotkey-key = This key cannot be part of a shortcut. Choose another.
settings-general = General
settings-autostart = Start Clove when I log in
settings-language = Language
settings-language-system = As the system
settings-log-level = Log detail
log-level-error = Errors only
log-level-warn = Warnings
log-level-info = Normal
log-level-debug = Detailed
log-level-trace = Everything
settings-version = Clove { $version }
settings-folder = Your todos are kept in

connection-title = Connection
connection-help = For people with a Clerk and a Convex of their own.
connection-key = Publishable key
connection-key-help = In Clerk’s dashboard, under API keys.
connection-url = Convex URL
connection-url-help = In Convex’s dashboard, under the deployment’s settings.
connection-locked = Sign out to change the connection.
connection-busy = A sign-in is under way. Cancel it to change the connection.
connection-saved = Connection saved
connection-built-in = The built-in connection is in use
connection-use-built-in = Use the built-in one

doctor-title = Check the connection
doctor-running = Checking…
doctor-done =
    { $bad ->
        [0] Everything that was checked works.
        [one] { $bad } thing does not work.
       *[other] { $bad } things do not work.
    }
doctor-outcome-good = Works
doctor-outcome-notice = Notice
doctor-outcome-bad = Does not work
doctor-outcome-skipped = Not checked
doctor-cure = What to do:
doctor-check-again = Check again
doctor-copy = Copy diagnostics
doctor-copy-help = Versions, these findings and the end of the log, without your todos.
doctor-copied = Diagnostics copied

close-title = Quit Clove?
close-body = Closing quits Clove: this desktop has no tray, so the shortcut stops working too.
close-remember = Don’t ask again
close-quit = Quit
