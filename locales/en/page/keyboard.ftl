# The keyboard sheet, and the caps of the keys.

keyboard-title = Keyboard shortcuts
keyboard-list = In the list
keyboard-anywhere = Anywhere

command-add = Add a todo
command-search = Search
command-undo = Undo
command-redo = Redo
command-filter-all = Show all
command-filter-active = Show active
command-filter-completed = Show completed
command-filter-deleted = Show recently deleted
command-account = Account
command-sync = Sync
command-settings = Settings
command-sheet = These shortcuts
command-escape = Close, cancel, leave search
command-up = Previous todo
command-down = Next todo
command-extend-up = Select upwards
command-extend-down = Select downwards
command-select-all = Select all
command-first = First todo
command-last = Last todo
command-page-up = One page up
command-page-down = One page down
command-toggle = Complete, or reopen
command-edit = Edit
command-history = History of a todo
command-delete = Delete

# As they are printed on keyboards sold where the language is spoken.
key-ctrl = Ctrl
key-shift = Shift
key-space = Space
key-enter = Enter
key-escape = Esc
key-home = Home
key-end = End
key-insert = Insert
key-delete = Delete
key-backspace = Backspace
key-page-up = Page Up
key-page-down = Page Down
