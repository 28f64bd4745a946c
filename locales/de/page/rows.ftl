# Several todos at once: pasted as lines, or selected; and the one that is open.

rows-pasted =
    { $n ->
        [one] { $n } Zeile eingefügt
       *[other] { $n } Zeilen eingefügt
    }
rows-pasted-rest =
    { $n ->
        [one] und { $n } weitere
       *[other] und { $n } weitere
    }
rows-add-each =
    { $n ->
        [one] { $n } Aufgabe hinzufügen
       *[other] { $n } Aufgaben hinzufügen
    }
rows-add-as-one = Als eine hinzufügen
# $what is a title in quotation marks, or todos-counted.
rows-added = { $what } hinzugefügt
# $most is how many characters a title has at most.
rows-too-long =
    { $n ->
        [one] { $n } Zeile ist länger als { $most } Zeichen und wird weggelassen.
       *[other] { $n } Zeilen sind länger als { $most } Zeichen und werden weggelassen.
    }
rows-too-many = Mehr als { $most } lassen sich nicht auf einmal hinzufügen.

# $save is a key, or several that are held together.
rows-editor-keys = { $save } sichert, Esc verwirft.
# What a button does, and the keys that do it, too.
rows-with-keys = { $deed } ({ $keys })

rows-selection = Ausgewählte Aufgaben
rows-complete = Abhaken
rows-reopen = Wieder öffnen
rows-delete = Löschen
rows-clear = Auswahl aufheben
# Only so many can be selected at once; $n is that number.
rows-first-selected = Die ersten { $n } sind ausgewählt. Mehr geht nicht auf einmal.
