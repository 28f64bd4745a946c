# One todo: what is done to it, its editor, its history.
# $title is always in quotation marks; $what is a title in quotation marks, or todos-counted.

# How a screen reader names the row of a todo that is completed; an open one is named by its title alone.
todo-row-completed = { $title }, erledigt
todo-complete = { $title } abhaken
todo-delete = { $title } löschen
todo-restore = Zurückholen
todo-restore-one = { $title } zurückholen

edit-title = Titel
edit-description = Beschreibung
edit-description-placeholder = Beschreibung hinzufügen
edit-created = Erstellt: { $when }
edit-edited = Zuletzt geändert: { $when }

history-button = Verlauf
history-empty = Keine früheren Fassungen.
history-created = Erstellt
history-title = Der Titel war { $old }
history-description-added = Beschreibung hinzugefügt
history-description = Die Beschreibung war { $old }
history-completed = Erledigt
history-reopened = Wieder geöffnet
history-deleted = Gelöscht
history-restored = Zurückgeholt
# How a change came about; it follows its date.
history-remote = auf einem anderen Gerät geändert
history-lost = die Änderung von diesem Gerät ist einer späteren gewichen
history-restore = Diese Fassung zurückholen: { $change }
history-of = Verlauf von { $title }
history-restored-said = Die frühere Fassung ist wieder da.

said-added = { $title } hinzugefügt
said-saved = { $title } gesichert
said-completed = { $what } erledigt
said-reopened = { $what } wieder geöffnet
said-deleted = { $what } gelöscht
said-restored = { $what } zurückgeholt

undone-add = Rückgängig gemacht: { $what } hinzufügen
undone-edit = Rückgängig gemacht: { $what } ändern
undone-complete = Rückgängig gemacht: { $what } abhaken
undone-reopen = Rückgängig gemacht: { $what } wieder öffnen
undone-delete = Rückgängig gemacht: { $what } löschen
undone-restore = Rückgängig gemacht: { $what } zurückholen
undone-import = Rückgängig gemacht: { $what } importieren
redone-add = Wiederholt: { $what } hinzufügen
redone-edit = Wiederholt: { $what } ändern
redone-complete = Wiederholt: { $what } abhaken
redone-reopen = Wiederholt: { $what } wieder öffnen
redone-delete = Wiederholt: { $what } löschen
redone-restore = Wiederholt: { $what } zurückholen
redone-import = Wiederholt: { $what } importieren
undo-skipped =
    { $n ->
        [one] { $n } spätere Änderung blieb erhalten.
       *[other] { $n } spätere Änderungen blieben erhalten.
    }
undo-nothing = Nichts rückgängig zu machen
redo-nothing = Nichts zu wiederholen
