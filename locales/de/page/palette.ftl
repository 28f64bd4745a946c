# Die Befehlspalette, wo die Aufgaben sind, und der erste Start.

palette-title = Befehle
palette-placeholder = Befehle und Aufgaben
palette-recent = Zuletzt benutzt
palette-commands = Befehle
palette-todos = Aufgaben
# $query is what was typed, in quotation marks.
palette-search-all = Alle zeigen, die { $query } enthalten
palette-nothing = Nichts passt zu { $query }.
palette-found =
    { $n ->
        [one] { $n } Ergebnis
       *[other] { $n } Ergebnisse
    }
palette-read-only = Clove kann gerade nur lesen
palette-offline = Offline
palette-complete = Abhaken
palette-reopen = Wieder öffnen
palette-fold = Erledigte einklappen
palette-unfold = Erledigte ausklappen

# Other words by which people look for a command, with spaces between them; none of them is shown.
palette-also-add = neu anlegen erstellen
palette-also-toggle = fertig abhaken erledigt
palette-also-edit = umbenennen ändern beschreibung
palette-also-delete = entfernen
palette-also-deleted = papierkorb
palette-also-sort = sortieren reihenfolge
palette-also-sync = vertrauen stand konflikte sicherung
palette-also-account = profil name
palette-also-sign-in = einloggen login
palette-also-sign-out = ausloggen logout
palette-also-doctor = diagnose problem hilfe
palette-also-settings = optionen einstellungen
palette-also-sheet = hilfe tasten kürzel
palette-also-import = datei sicherung wiederherstellen markdown csv todo.txt
palette-also-export = datei speichern json
palette-also-quit = schließen ende

trust-waiting = Noch zu senden ({ $n })
trust-open = { $title } öffnen
trust-more =
    { $n ->
        [one] Und { $n } weitere.
       *[other] Und { $n } weitere.
    }
trust-conflicts = Änderungen, die zurückstanden
trust-conflicts-help = Wurde eine Aufgabe auf zwei Geräten zugleich geändert, gilt die spätere Änderung. Die von diesem Gerät ist hier aufgehoben.
# What the later edit did; $when is as in “5 minutes ago”.
trust-did-title = Titel auf einem anderen Gerät geändert, { $when }
trust-did-description = Beschreibung auf einem anderen Gerät geändert, { $when }
trust-did-complete = Auf einem anderen Gerät erledigt, { $when }
trust-did-reopen = Auf einem anderen Gerät wieder geöffnet, { $when }
trust-did-delete = Auf einem anderen Gerät gelöscht, { $when }
trust-did-restore = Auf einem anderen Gerät zurückgeholt, { $when }
trust-mine = Dieses Gerät
trust-theirs = Die spätere Änderung
# What a device made of a todo, beside one of the two above.
trust-value-done = Erledigt
trust-value-open = Nicht erledigt
trust-value-none = Keine
trust-value-deleted = Gelöscht
trust-value-edited = Geändert
trust-restore = Diese Fassung nehmen
trust-restore-of = Die Fassung dieses Geräts von { $title } nehmen
trust-is-back = Die Fassung dieses Geräts gilt wieder
trust-account = Konto
trust-account-open = Konto …
trust-doctor = Verbindung prüfen

trust-here-title = Wo deine Aufgaben sind
trust-here-headline = Nur auf diesem Gerät
trust-here-detail = Nichts wird irgendwohin gesendet, und niemand sonst sieht sie. Mit einem Konto hast du sie auf all deinen Geräten.
trust-here-detail-alone = Nichts wird irgendwohin gesendet, und niemand sonst sieht sie.
trust-kept-in = Liegt in
trust-where = Wo ist das?

first-run-already = Deine Aufgaben sind schon woanders?
first-run-set-up = Konto einrichten
