# The header, the list, and the fields above it.

app-name = Clove

filter-group = Anzeigen
filter-all = Alle
filter-active = Offen
filter-completed = Erledigt
filter-deleted = Zuletzt gelöscht

list-search = Suchen
list-search-clear = Suche leeren
list-sort-newest = Neueste zuerst
list-sort-oldest = Älteste zuerst
# The accessible name of the list; $filter is what it shows, as in filter-all.
list-label = Aufgaben: { $filter }
list-active-section = Offen ({ $n })
list-completed-section = Erledigt ({ $n })
list-loading = Wird geladen …
list-failed = Die Liste konnte nicht gelesen werden.
list-selected = { $n } ausgewählt
list-found =
    { $n ->
        [0] Keine Aufgabe gefunden
        [one] { $n } Aufgabe gefunden
       *[other] { $n } Aufgaben gefunden
    }
list-found-more = Die ersten { $n } Treffer werden gezeigt. Tippe weiter, um sie einzugrenzen.

add-placeholder = Aufgabe hinzufügen
add-label = Neue Aufgabe
add-button = Hinzufügen
add-read-only = Solange Clove nur lesen kann, lässt sich nichts hinzufügen.
quick-title = Aufgabe hinzufügen
quick-placeholder = Aufgabe hinzufügen …

empty-all-title = Noch nichts zu tun
empty-all-body = Schreib die erste Aufgabe in das Feld oben.
empty-active-title = Alles erledigt
empty-active-body = Es ist nichts mehr zu tun.
empty-active-first-title = Noch nichts zu tun
empty-active-first-body = Schreib die erste Aufgabe in das Feld oben.
empty-completed-title = Noch nichts erledigt
empty-completed-body = Was du abhakst, bleibt hier.
empty-deleted-title = Nichts gelöscht
empty-deleted-body = Was du löschst, wartet hier, falls du es zurückhaben möchtest.
# $query is what was searched for, in quotation marks.
empty-search-title = Nichts passt zu { $query }
empty-search-body = Versuche es mit weniger Buchstaben oder einem anderen Filter.
# The keys of the shortcut are shown between these two.
empty-hotkey-before = Mit
empty-hotkey-after = geht das aus jeder App.

store-failed-title = Clove konnte deine Aufgaben nicht öffnen
store-failed-safe = Es wurde nichts verändert. Deine Aufgaben liegen in diesem Ordner:
store-disk-full = Der Datenträger ist voll. Was du getippt hast, ist nicht verloren: Schaffe Platz und versuche es noch einmal.
# A lone half of a UTF-16 surrogate pair, as some programs leave behind.
store-broken-character = Dieser Text enthält ein kaputtes Zeichen (ein halbes Surrogatpaar). Entferne es und versuche es noch einmal.
store-unexpected = Etwas Unerwartetes ist schiefgegangen; es wurde nichts verändert.
store-unexpected-detail = Etwas Unerwartetes ist schiefgegangen; es wurde nichts verändert. ({ $detail })

button-cancel = Abbrechen
button-close = Schließen
button-dismiss = Ausblenden
button-save = Sichern
button-try-again = Noch einmal versuchen
button-undo = Rückgängig
