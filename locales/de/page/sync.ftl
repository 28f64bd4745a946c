# How sync stands.

sync-title = Synchronisierung
# In the header, where there is little room.
sync-short-sign-in = Neu anmelden
sync-short-offline = Offline
sync-short-offline-waiting =
    { $n ->
        [one] Offline · { $n } wartet
       *[other] Offline · { $n } warten
    }
sync-short-aside = { $n } nicht synchron
sync-short-many = 99+

# The accessible name of the same, followed by sync-waits and sync-not-taken.
sync-label-sign-in = Synchronisierung: neu anmelden
sync-label-offline = Synchronisierung: offline
sync-label-aside = Synchronisierung: verbunden
sync-label-syncing = Synchronisierung: läuft
sync-label-synced = Synchronisierung: alles aktuell
sync-waits =
    { $n ->
        [one] { $n } Aufgabe wartet
       *[other] { $n } Aufgaben warten
    }
sync-not-taken =
    { $n ->
        [one] { $n } Aufgabe nicht angenommen
       *[other] { $n } Aufgaben nicht angenommen
    }

sync-headline-sign-in = Melde dich neu an, um zu synchronisieren
sync-headline-offline = Offline
sync-headline-aside = Nicht alles ist synchron
sync-headline-syncing = Wird synchronisiert …
sync-headline-synced = Alles aktuell
sync-detail-sign-in = Deine Sitzung ist abgelaufen. Du kannst weitermachen; Änderungen bleiben auf diesem Gerät, bis du dich anmeldest.
sync-detail-offline = Du kannst weitermachen. Änderungen bleiben auf diesem Gerät und werden gesendet, sobald es wieder online ist.
sync-detail-aside = Alles andere ist in deinem Konto angekommen.
sync-detail-syncing = Dieses Gerät und dein Konto tauschen aus, was neu ist.
sync-detail-synced = Auf diesem Gerät und in deinem Konto sind dieselben Aufgaben.
sync-retrying = Du kannst weitermachen. Änderungen bleiben auf diesem Gerät, und Clove versucht es von selbst noch einmal.
# $ago is "2 minutes ago", or ago-now.
sync-synced-ago = Zuletzt synchronisiert: { $ago }.
sync-never = Noch nicht synchronisiert.
sync-to-send =
    { $n ->
        [one] { $n } Aufgabe wartet darauf, gesendet zu werden.
       *[other] { $n } Aufgaben warten darauf, gesendet zu werden.
    }
sync-unread =
    { $n ->
        [one] { $n } Aufgabe stammt von einem neueren Clove, und dieses kann sie nicht lesen. Aktualisiere Clove, um sie zu sehen.
       *[other] { $n } Aufgaben stammen von einem neueren Clove, und dieses kann sie nicht lesen. Aktualisiere Clove, um sie zu sehen.
    }
sync-now = Jetzt synchronisieren

sync-aside-title = Von deinem Konto nicht angenommen ({ $n })
sync-aside-help =
    { $n ->
        [one] Sie ist auf diesem Gerät sicher. Bearbeite sie oder versuche es noch einmal.
       *[other] Sie sind auf diesem Gerät sicher. Bearbeite eine oder versuche es noch einmal.
    }
sync-aside-more = Und { $n } weitere.
sync-try-again = { $title } noch einmal versuchen
sync-try-all = Alle noch einmal versuchen
sync-copy-text = Text kopieren
sync-text-copied = Text kopiert

sync-fetching = Deine Aufgaben werden geholt …
# $todos is todos-counted.
sync-fetched = bisher { $todos }
sync-fetched-of = { $n } von etwa { $todos }

sync-said-sign-in = Zum Synchronisieren musst du dich neu anmelden.
sync-said-offline = Offline. Änderungen bleiben auf diesem Gerät.
sync-said-aside = Eine Aufgabe wurde von deinem Konto nicht angenommen.
sync-said-synced = Wieder synchronisiert.

# $reason is a whole sentence.
sync-mark-aside = Nicht synchron: { $reason }
sync-mark-waits = Wartet auf die Synchronisierung
sync-standing-aside = Von deinem Konto nicht angenommen: { $reason }
sync-standing-device = Auf diesem Gerät, noch nicht in deinem Konto
sync-standing-sending = Unterwegs zu deinem Konto
sync-standing-synced = In deinem Konto

sync-edit-lost = { $title } wurde später auf einem anderen Gerät geändert. Was du hattest, steht im Verlauf.
sync-edits-lost =
    { $others ->
        [one] { $title } und { $others } andere Aufgabe wurden später auf einem anderen Gerät geändert. Was du hattest, steht in ihrem Verlauf.
       *[other] { $title } und { $others } andere Aufgaben wurden später auf einem anderen Gerät geändert. Was du hattest, steht in ihrem Verlauf.
    }
sync-show-history = Verlauf zeigen
sync-many-deleted =
    { $n ->
        [one] Ein anderes Gerät hat { $n } Aufgabe auf einmal gelöscht.
       *[other] Ein anderes Gerät hat { $n } Aufgaben auf einmal gelöscht.
    }
sync-copy-kept = Eine Kopie deiner Aufgaben von vor dem Löschen liegt in { $path }.

# Why the account did not take a todo.
sync-reason-title-empty = Eine Aufgabe braucht einen Titel.
sync-reason-title-too-long = Der Titel ist zu lang.
sync-reason-description-too-long = Die Beschreibung ist zu lang.
sync-reason-control-character = Der Text hat ein Steuerzeichen, das sich nicht anzeigen lässt. Entferne es.
sync-reason-lone-surrogate = Der Text hat ein kaputtes Zeichen. Entferne es.
sync-reason-far-future = Ihre Zeit liegt mehr als ein Jahr in der Zukunft. Prüfe die Uhr dieses Geräts.
sync-reason-unreadable-answer = Was in deinem Konto von dieser Aufgabe steht, lässt sich hier nicht lesen.
