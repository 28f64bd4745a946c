# The small window that adds todos from anywhere. $what is todos-counted.

quick-adds-one = Hinzufügen
quick-adds-and-stays = … und weiter
quick-closes = Schließen
quick-add-many = { $what } hinzufügen
quick-add-as-one = Als eine hinzufügen
quick-lines =
    { $n ->
        [one] { $n } Zeile
       *[other] { $n } Zeilen
    }
# $lines is quick-lines, $key a key such as Ctrl Enter.
quick-offer = { $lines }. Mit der Eingabetaste werden es { $what }, mit { $key } wird es eine, mit den übrigen Zeilen als Beschreibung.

quick-keep-ready = „Schnell hinzufügen“ in der Leiste bereithalten
quick-keep-ready-help = Sein Feld ist dann sofort da und belegt dafür etwa 70 MB Speicher. Sonst kommt erst das Fenster und einen Augenblick später das Feld, und nichts davon bleibt, wenn es geht.
