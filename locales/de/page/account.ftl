# Signing in, the account, moving todos into it, signing out.

account-title = Konto
account-of = Konto: { $name }
# The name of a button behind which the person is wanted; $label is what it says otherwise.
account-needs-you = { $label } (du wirst gebraucht)
account-sign-in = Anmelden
account-sign-in-again = Neu anmelden
account-sign-up = Konto erstellen
account-sign-out = Abmelden
account-signed-out-title = Bei Clove anmelden
account-signed-out-body = Mit einem Konto hast du deine Aufgaben auf all deinen Geräten.
account-signed-out-local = Ohne Konto bleibt alles auf diesem Gerät.
account-not-set-up = Die Anmeldung ist hier noch nicht eingerichtet. Das geht in den Einstellungen, unter Verbindung.
account-open-settings = Einstellungen öffnen
account-manage = Konto verwalten
account-admin = Administration
account-joined = Dabei seit { $when }
account-name = Name
account-name-edit = Deinen Namen ändern
account-name-saved = Du heißt jetzt { $name }
account-signed-in-as = Angemeldet als { $name }
account-restoring = Du wirst wieder angemeldet …
account-usable = Deine Aufgaben sind inzwischen hier, und du kannst sie bearbeiten.
account-keyring-waiting = Entsperre deinen Schlüsselbund, damit du beim nächsten Start von Clove noch angemeldet bist.
account-keyring-locked = Entsperre deinen Schlüsselbund, damit es weitergeht.

sign-in-starting-title = Anmeldung
sign-in-browser-title = Weiter in deinem Browser
sign-in-finishing-title = Anmeldung
sign-up-starting-title = Dein Konto wird erstellt
sign-up-browser-title = Erstelle dein Konto in deinem Browser
sign-up-finishing-title = Anmeldung
sign-in-starting = Dein Browser wird geöffnet …
sign-in-browser = Dort hat sich eine Seite geöffnet. Sobald du fertig bist, macht Clove von selbst weiter.
sign-in-finishing = Gleich geschafft …
sign-in-open-again = Browser noch einmal öffnen
sign-in-copy-link = Link kopieren
sign-in-link-copied = Link kopiert. Füge ihn auf diesem Gerät in einen beliebigen Browser ein.
sign-in-cancelled = Anmeldung abgebrochen

copy-failed = Das Kopieren ging nicht. Hier steht es zum Kopieren von Hand:
copy-by-hand = Zum Kopieren von Hand

move-waiting =
    { $n ->
        [one] { $n } Aufgabe von vor der Anmeldung ist nicht in deinem Konto.
       *[other] { $n } Aufgaben von vor der Anmeldung sind nicht in deinem Konto.
    }
move-later = Übernehmen …
move-title =
    { $n ->
        [one] { $n } Aufgabe in dein Konto übernehmen?
       *[other] { $n } Aufgaben in dein Konto übernehmen?
    }
move-body =
    { $n ->
        [one] Du hast sie geschrieben, bevor du dich angemeldet hast. Übernommen ist sie bei deinen anderen Aufgaben, auf all deinen Geräten.
       *[other] Du hast sie geschrieben, bevor du dich angemeldet hast. Übernommen sind sie bei deinen anderen Aufgaben, auf all deinen Geräten.
    }
move-kept =
    { $n ->
        [one] Bleibt sie auf diesem Gerät, siehst du sie wieder, wenn du abgemeldet bist.
       *[other] Bleiben sie auf diesem Gerät, siehst du sie wieder, wenn du abgemeldet bist.
    }
move-button =
    { $n ->
        [one] { $n } Aufgabe übernehmen
       *[other] { $n } Aufgaben übernehmen
    }
# The same for one and for many.
move-keep =
    { $n ->
       *[other] Auf diesem Gerät lassen
    }
move-moved =
    { $n ->
        [one] { $n } Aufgabe ist jetzt in deinem Konto
       *[other] { $n } Aufgaben sind jetzt in deinem Konto
    }

sign-out-title = Abmelden?
sign-out-counting = Änderungen, die noch nicht in deinem Konto sind, werden gesucht …
sign-out-nothing = Deine Aufgaben bleiben in deinem Konto und sind wieder da, wenn du dich neu anmeldest.
sign-out-unknown = Nichts geht verloren: Dieses Gerät behält deine Aufgaben, bis du dich neu anmeldest.
sign-out-unsynced =
    { $n ->
        [one] { $n } Änderung ist noch nicht in deinem Konto angekommen. Was soll aus ihr werden?
       *[other] { $n } Änderungen sind noch nicht in deinem Konto angekommen. Was soll aus ihnen werden?
    }
sign-out-keep = Auf diesem Gerät behalten
sign-out-keep-help = Nicht zu sehen, bis du dich hier wieder anmeldest.
sign-out-export = In eine Datei exportieren
sign-out-export-help = Clove zeigt dir, wo die Datei liegt.
sign-out-discard =
    { $n ->
        [one] { $n } Änderung verwerfen
       *[other] { $n } Änderungen verwerfen
    }
sign-out-discard-help =
    { $n ->
        [one] Sie ist dann endgültig weg.
       *[other] Sie sind dann endgültig weg.
    }
sign-out-continue = Weiter …
sign-out-running = Du wirst abgemeldet …
sign-out-done = Abgemeldet
sign-out-done-kept =
    { $n ->
        [one] Abgemeldet. { $n } Änderung wartet hier, bis du dich wieder anmeldest.
       *[other] Abgemeldet. { $n } Änderungen warten hier, bis du dich wieder anmeldest.
    }
sign-out-exported =
    { $n ->
        [one] Deine Änderung ist in dieser Datei:
       *[other] Deine Änderungen sind in dieser Datei:
    }
discard-title =
    { $n ->
        [one] { $n } Änderung verwerfen?
       *[other] { $n } Änderungen verwerfen?
    }
discard-body =
    { $n ->
        [one] Sie ist nirgends außer auf diesem Gerät. Einmal verworfen, lässt sie sich nicht zurückholen.
       *[other] Sie sind nirgends außer auf diesem Gerät. Einmal verworfen, lassen sie sich nicht zurückholen.
    }
discard-button =
    { $n ->
        [one] { $n } Änderung verwerfen und abmelden
       *[other] { $n } Änderungen verwerfen und abmelden
    }
discard-back = Zurück
