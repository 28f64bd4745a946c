# One todo: what is done to it, its editor, its history.
# $title is always in quotation marks; $what is a title in quotation marks, or todos-counted.

# How a screen reader names the row of a todo that is completed; an open one is named by its title alone.
todo-row-completed = { $title }, completed
todo-complete = Complete { $title }
todo-delete = Delete { $title }
todo-restore = Restore
todo-restore-one = Restore { $title }

edit-title = Title
edit-description = Description
edit-description-placeholder = Add a description
edit-created = Created { $when }
edit-edited = Last edited { $when }

history-button = History
history-empty = No earlier versions.
history-created = Created
history-title = Title was { $old }
history-description-added = Description added
history-description = Description was { $old }
history-completed = Completed
history-reopened = Marked as not done
history-deleted = Deleted
history-restored = Brought back
# How a change came about; it follows its date.
history-remote = changed on another device
history-lost = this device’s edit gave way to a later one
history-restore = Restore this version: { $change }
history-of = History of { $title }
history-restored-said = The earlier version is back.

said-added = Added { $title }
said-saved = Saved { $title }
said-completed = Completed { $what }
said-reopened = Marked { $what } as not done
said-deleted = Deleted { $what }
said-restored = Restored { $what }

undone-add = Undone: adding { $what }
undone-edit = Undone: editing { $what }
undone-complete = Undone: completing { $what }
undone-reopen = Undone: reopening { $what }
undone-delete = Undone: deleting { $what }
undone-restore = Undone: restoring { $what }
undone-import = Undone: importing { $what }
redone-add = Redone: adding { $what }
redone-edit = Redone: editing { $what }
redone-complete = Redone: completing { $what }
redone-reopen = Redone: reopening { $what }
redone-delete = Redone: deleting { $what }
redone-restore = Redone: restoring { $what }
redone-import = Redone: importing { $what }
undo-skipped =
    { $n ->
        [one] { $n } change made since then was kept.
       *[other] { $n } changes made since then were kept.
    }
undo-nothing = Nothing to undo
redo-nothing = Nothing to redo
