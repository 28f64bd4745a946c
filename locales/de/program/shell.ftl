# What the desktop shows of Clove outside its window, and what the shell has to say.

# The title of the small window, as task lists and screen readers name it.
window-quick-add = Aufgabe hinzufügen

tray-quick-add = Schnell hinzufügen …
tray-open = Clove öffnen
tray-quit = Clove beenden
tray-open-count =
    { $n ->
        [0] Nichts zu tun
        [one] { $n } offene Aufgabe
       *[other] { $n } offene Aufgaben
    }
tray-sign-in = Anmelden …
tray-signing-in = Anmeldung läuft …
tray-signed-in = Angemeldet als { $name } …
tray-sign-in-again = Neu anmelden …
tray-sync-none = Nur auf diesem Gerät
tray-sync-offline = Offline
tray-sync-offline-waits =
    { $n ->
        [one] Offline, { $n } Aufgabe wartet
       *[other] Offline, { $n } Aufgaben warten
    }
tray-sync-sign-in = Zum Synchronisieren neu anmelden
tray-sync-sign-in-waits =
    { $n ->
        [one] Zum Synchronisieren neu anmelden, { $n } Aufgabe wartet
       *[other] Zum Synchronisieren neu anmelden, { $n } Aufgaben warten
    }
tray-sync-running = Wird synchronisiert …
tray-sync-done = Alles aktuell
tray-sync-aside =
    { $n ->
        [one] { $n } Aufgabe ist nicht synchron
       *[other] { $n } Aufgaben sind nicht synchron
    }

# What the shell could not do. $reason is what the system said, in its own words.
shell-no-browser = Der Browser ließ sich nicht öffnen. Kopiere den Link und öffne ihn selbst in einem Browser.
shell-setting-refused = Das System hat die Einstellung nicht angenommen ({ $reason }).
shell-sign-out-first = Melde dich zuerst ab: Die Aufgaben auf dem Bildschirm gehören zu dieser Verbindung.
shell-no-connection = Das sieht nicht nach einem Publishable Key und einer Convex-Adresse aus.
shell-setting-unsaved = Die Einstellung konnte nicht gesichert werden ({ $reason }) und bleibt deshalb, wie sie war.
shell-odd-request = Clove hat die Anfrage nicht verstanden ({ $reason }).
shell-window-height = Die Höhe des Fensters ließ sich nicht ändern ({ $reason }).
hotkey-of-desktop = Unter Wayland gehören solche Tasten dem Desktop. Lass in seinen Tastatureinstellungen eine Taste deiner Wahl dies ausführen: clove --quick-add
hotkey-unusable = „{ $key }“ ist kein Tastenkürzel, das Clove verwenden kann. Halte Strg, Alt oder Cmd zusammen mit einer Taste.
hotkey-taken = Ein anderes Programm verwendet { $key } schon. Wähle in den Einstellungen ein anderes Tastenkürzel.
shell-no-display = Clove hat keinen Bildschirm für sein Fenster gefunden (weder DISPLAY noch WAYLAND_DISPLAY ist gesetzt). `clove add` und `clove list` gehen auch ohne.
shell-settings-unreadable = Die Einstellungen konnten nicht gelesen werden, deshalb gelten die üblichen. Die Datei liegt unter { $path }. ({ $reason })
shell-odd-reply = Das laufende Clove hat etwas geantwortet, das dieses nicht kennt. Starte es neu.

# Files that come and go. $path is the file, $reason what the system said.
file-unread = { $path } konnte nicht gelesen werden ({ $reason }).
file-unwritten = { $path } konnte nicht geschrieben werden ({ $reason }).
imported-added =
    { $n ->
        [one] { $n } Aufgabe hinzugefügt.
       *[other] { $n } Aufgaben hinzugefügt.
    }
imported-changed =
    { $n ->
        [one] { $n } auf den neueren Stand gebracht.
       *[other] { $n } auf den neueren Stand gebracht.
    }
imported-known =
    { $n ->
        [one] { $n } weggelassen: Sie ist schon hier.
       *[other] { $n } weggelassen: Sie sind schon hier.
    }
imported-empty =
    { $n ->
        [one] { $n } weggelassen: Sie hat keinen Text.
       *[other] { $n } weggelassen: Sie haben keinen Text.
    }
imported-heading =
    { $n ->
        [one] { $n } weggelassen: Das ist eine Überschrift oder Trennlinie.
       *[other] { $n } weggelassen: Das sind Überschriften oder Trennlinien.
    }
imported-deleted =
    { $n ->
        [one] { $n } weggelassen: Sie wurde gelöscht, bevor die Datei geschrieben wurde.
       *[other] { $n } weggelassen: Sie wurden gelöscht, bevor die Datei geschrieben wurde.
    }
imported-unreadable =
    { $n ->
        [one] { $n } weggelassen: Sie war nicht zu lesen.
       *[other] { $n } weggelassen: Sie waren nicht zu lesen.
    }

# The menu bar of macOS; the names are those that the system's own programs use.
menu-settings = Einstellungen …
menu-add = Neue Aufgabe
menu-undo = Rückgängig
menu-redo = Wiederholen
menu-search = Suchen
menu-all = Alle
menu-active = Offen
menu-completed = Erledigt
menu-deleted = Zuletzt gelöscht
menu-palette = Alle Befehle …
menu-sync = Synchronisierung
menu-account = Konto
menu-sheet = Tastenkürzel
menu-doctor = Verbindung prüfen
menu-file = Ablage
menu-edit = Bearbeiten
menu-view = Darstellung
menu-window = Fenster
menu-help = Hilfe
menu-about = Über Clove
menu-services = Dienste
menu-hide = Clove ausblenden
menu-hide-others = Andere ausblenden
menu-show-all = Alle einblenden
menu-import = Importieren …
menu-export = Exportieren …
menu-close = Fenster schließen
menu-cut = Ausschneiden
menu-copy = Kopieren
menu-paste = Einsetzen
menu-select-all = Alles auswählen
menu-fullscreen = Vollbild
menu-minimize = Minimieren
menu-maximize = Zoomen
