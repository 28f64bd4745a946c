# Sicherungen, Schäden, und Dateien, die kommen und gehen.

keep-title = Deine Aufgaben

import-open = Importieren …
import-help = Aus Clove, einer todo.txt, einer Liste in Markdown oder einer Tabelle (CSV).
# $name is the file’s, $todos is todos-counted.
import-question = { $todos } aus { $name } importieren?
import-nothing = In { $name } ist nichts zu importieren
import-undoable = Du kannst das in einem Schritt rückgängig machen.
import-changed =
    { $n ->
        [one] { $n } davon ist schon hier und wurde in der Datei später geändert. Beide werden vereint.
       *[other] { $n } davon sind schon hier und wurden in der Datei später geändert. Sie werden vereint.
    }
import-skipped-known =
    { $n ->
        [one] { $n } ist schon hier, so wie in der Datei oder neuer.
       *[other] { $n } sind schon hier, so wie in der Datei oder neuer.
    }
import-skipped-empty =
    { $n ->
        [one] { $n } hat keinen Text.
       *[other] { $n } haben keinen Text.
    }
import-skipped-heading =
    { $n ->
        [one] { $n } Überschrift oder Trennlinie wird weggelassen.
       *[other] { $n } Überschriften oder Trennlinien werden weggelassen.
    }
import-skipped-deleted =
    { $n ->
        [one] { $n } wurde gelöscht, bevor die Datei geschrieben wurde.
       *[other] { $n } wurden gelöscht, bevor die Datei geschrieben wurde.
    }
import-skipped-unreadable =
    { $n ->
        [one] { $n } war nicht zu lesen.
       *[other] { $n } waren nicht zu lesen.
    }
import-now = { $todos } importieren
import-done = { $todos } aus { $name } importiert

export-open = Exportieren …
export-done = Deine Aufgaben sind in { $path }

backup-title = Sicherungen
backup-help = Eine am Tag, auf diesem Gerät. Die letzten sieben bleiben.
backup-none = Noch gibt es keine. Die erste entsteht in der Stunde nach der ersten Aufgabe.
# $ago is as in “5 minutes ago”.
backup-last = Letzte Sicherung { $ago }.
backup-problem = Die heutige Sicherung konnte nicht angelegt werden: { $reason }
backup-before-update = Vor einem Update
backup-before-deletion = Vor einer großen Löschung
backup-holds = { $todos } · { $size }
backup-holds-from = { $when } · { $holds }
backup-unreadable = Nicht zu lesen
backup-restore = Wiederherstellen …
backup-restore-of = Die Sicherung vom { $when } wiederherstellen
backup-restore-question = Die Sicherung vom { $when } wiederherstellen?
backup-comparing = Wird verglichen …
backup-restore-nothing = Alles aus dieser Sicherung ist hier, so wie es damals war. Es gibt nichts wiederherzustellen.
backup-come-back =
    { $n ->
        [one] { $n } Aufgabe kommt zurück.
       *[other] { $n } Aufgaben kommen zurück.
    }
backup-go-back =
    { $n ->
        [one] { $n } Aufgabe wird wieder, wie sie war.
       *[other] { $n } Aufgaben werden wieder, wie sie waren.
    }
backup-deletes-nothing = Nichts Neueres wird gelöscht.
backup-restore-safe = Du kannst das in einem Schritt rückgängig machen, und was ersetzt wird, bleibt im Verlauf jeder Aufgabe.
backup-restore-now = Wiederherstellen
backup-restored = { $todos } wiederhergestellt

store-damaged = Die Datei mit deinen Aufgaben ist beschädigt. Beende Clove und öffne es wieder: Dann rettet es, was zu lesen ist, und hebt die beschädigte Datei auf.
store-repaired = Die Datei mit deinen Aufgaben war beschädigt. { $todos } konnten gerettet werden.
store-repaired-backup = { $todos } kamen aus der letzten Sicherung.
store-repaired-file = Die beschädigte Datei ist aufgehoben: { $file }

# Two whole sentences, one behind the other.
keep-sentences = { $before } { $after }
