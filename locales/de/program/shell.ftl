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
