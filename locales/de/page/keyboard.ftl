# The keyboard sheet, and the caps of the keys.

keyboard-title = Tastenkürzel
keyboard-list = In der Liste
keyboard-anywhere = Überall

command-add = Aufgabe hinzufügen
command-search = Suchen
command-undo = Rückgängig machen
command-redo = Wiederholen
command-filter-all = Alle zeigen
command-filter-active = Offene zeigen
command-filter-completed = Erledigte zeigen
command-filter-deleted = Zuletzt gelöschte zeigen
command-account = Konto
command-sync = Synchronisierung
command-settings = Einstellungen
command-sheet = Diese Tastenkürzel
command-escape = Schließen, abbrechen, Suche verlassen
command-up = Vorige Aufgabe
command-down = Nächste Aufgabe
command-extend-up = Nach oben auswählen
command-extend-down = Nach unten auswählen
command-select-all = Alle auswählen
command-first = Erste Aufgabe
command-last = Letzte Aufgabe
command-page-up = Eine Seite nach oben
command-page-down = Eine Seite nach unten
command-toggle = Abhaken oder wieder öffnen
command-edit = Bearbeiten
command-delete = Löschen

# As they are printed on keyboards sold where the language is spoken.
key-ctrl = Strg
key-shift = Umschalt
key-space = Leertaste
key-enter = Eingabe
key-escape = Esc
key-home = Pos1
key-end = Ende
key-insert = Einfg
key-delete = Entf
key-backspace = Rücktaste
key-page-up = Bild ↑
key-page-down = Bild ↓
