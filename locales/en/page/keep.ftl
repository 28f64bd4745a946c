# Backups, damage, and files that come and go.

keep-title = Your todos

import-open = Import…
import-help = From Clove, a todo.txt, a list in Markdown, or a table (CSV).
# $name is the file’s, $todos is todos-counted.
import-question = Import { $todos } from { $name }?
import-nothing = Nothing to import from { $name }
import-undoable = You can undo it in one step.
import-changed =
    { $n ->
        [one] { $n } of them is here already, and has later changes in the file. They are merged.
       *[other] { $n } of them are here already, and have later changes in the file. They are merged.
    }
import-skipped-known =
    { $n ->
        [one] { $n } is here already, as it is in the file or newer.
       *[other] { $n } are here already, as they are in the file or newer.
    }
import-skipped-empty =
    { $n ->
        [one] { $n } has no text.
       *[other] { $n } have no text.
    }
import-skipped-heading =
    { $n ->
        [one] { $n } heading or rule is left out.
       *[other] { $n } headings or rules are left out.
    }
import-skipped-deleted =
    { $n ->
        [one] { $n } was deleted before the file was written.
       *[other] { $n } were deleted before the file was written.
    }
import-skipped-unreadable =
    { $n ->
        [one] { $n } could not be read.
       *[other] { $n } could not be read.
    }
import-now = Import { $todos }
import-done = Imported { $todos } from { $name }

export-open = Export…
export-done = Your todos are in { $path }

backup-title = Backups
backup-help = One a day, kept on this device. The last seven stay.
backup-none = There is none yet. The first is made within an hour of the first todo.
# $ago is as in “5 minutes ago”.
backup-last = Last backup { $ago }.
backup-problem = Today’s backup could not be made: { $reason }
backup-before-update = Before an update
backup-before-deletion = Before a large deletion
backup-holds = { $todos } · { $size }
backup-holds-from = { $when } · { $holds }
backup-unreadable = It can’t be read
backup-restore = Restore…
backup-restore-of = Restore the backup of { $when }
backup-restore-question = Restore the backup of { $when }?
backup-comparing = Comparing…
backup-restore-nothing = Everything in this backup is here, as it was then. There is nothing to restore.
backup-come-back =
    { $n ->
        [one] { $n } todo comes back.
       *[other] { $n } todos come back.
    }
backup-go-back =
    { $n ->
        [one] { $n } todo goes back to how it was.
       *[other] { $n } todos go back to how they were.
    }
backup-deletes-nothing = Nothing newer is deleted.
backup-restore-safe = You can undo it in one step, and what is replaced stays in each todo’s history.
backup-restore-now = Restore
backup-restored = Restored { $todos }

store-damaged = The file of your todos is damaged. Quit Clove and open it again: it then rescues what can be read, and keeps the damaged file.
store-repaired = The file of your todos was damaged. { $todos } could be rescued.
store-repaired-backup = { $todos } came from the last backup.
store-repaired-file = The damaged file is kept: { $file }

# Two whole sentences, one behind the other.
keep-sentences = { $before } { $after }
