# The connection check: subjects, what was found, and what helps (ids that end in -cure).

doctor-connection = Verbindung
doctor-connection-good = Clerk unter { $clerk }, Convex unter { $convex }.
doctor-connection-none = Clove hat weder einen Publishable Key noch eine Convex-Adresse für die Verbindung.
doctor-connection-none-cure = Kopiere den Publishable Key aus dem Dashboard von Clerk (API keys) und die Deployment-URL aus dem von Convex (Settings, URL & Deploy Key) in die Einstellungen, unter Verbindung.

doctor-clerk = Clerk
doctor-clerk-good = Seine Frontend API antwortet.
doctor-clerk-native = Es lehnt native Apps ab: { $message } ({ $code })
doctor-clerk-native-cure = Schalte im Dashboard von Clerk unter Native applications die Native API ein und erlaube die Redirect-URL dev.clove.todo://callback.
doctor-clerk-other = Etwas anderes antwortet an seiner Stelle.
doctor-clerk-other-cure = Prüfe den Publishable Key, und ob dieses Netzwerk zuerst nach einer Anmeldung fragt.
doctor-network-cure = Prüfe das Netzwerk und versuche es noch einmal.
doctor-later-cure = Warte eine Minute und prüfe dann noch einmal.

doctor-keys = Signaturschlüssel
doctor-keys-good = Clerk veröffentlicht sie.
doctor-clerk-away = Clerk ist nicht zu erreichen.
doctor-keys-cure = Prüfe den Publishable Key: Er nennt den Server, der sie veröffentlichen muss.

doctor-clock = Uhr
doctor-clock-unknown = Noch kein Server hat die Zeit genannt.
doctor-clock-good = Dieser Computer und die Server sind sich über die Zeit einig.
doctor-clock-behind = Die Uhr dieses Computers geht { $minutes } min nach. Clove gleicht das aus.
doctor-clock-ahead = Die Uhr dieses Computers geht { $minutes } min vor. Clove gleicht das aus.
doctor-clock-cure = Lass das System die Uhr selbst stellen.

doctor-keyring = Schlüsselbund
doctor-keyring-good = Er bewahrt die Anmeldung auf.
doctor-keyring-locked = Er ist gesperrt.
doctor-keyring-locked-cure = Entsperre ihn und wähle dann im Fenster des Kontos Noch einmal versuchen.
doctor-keyring-memory = Er bewahrt die Anmeldung nicht auf; sie endet, wenn du Clove beendest.

doctor-token = Token für Convex
doctor-token-nobody = Niemand ist angemeldet.
doctor-token-good = Clerk stellt eines aus, und es ist richtig signiert.
doctor-token-none = Clerk hat keine JWT-Vorlage mit dem Namen „convex“.
doctor-token-audience = Die JWT-Vorlage „convex“ von Clerk nennt einen anderen Empfänger (aud).
doctor-token-template-cure = Aktiviere im Dashboard von Clerk die Integration mit Convex, oder lege eine JWT-Vorlage „convex“ mit dem Claim aud = "convex" an.
doctor-token-issuer = Sein Aussteller (iss) ist nicht der Server, den der Publishable Key nennt.
doctor-token-issuer-cure = Nimm den Publishable Key derselben Clerk-Instanz, und kein eigenes iss in der Vorlage.
doctor-token-algorithm-cure = Stelle im Dashboard von Clerk den Signaturalgorithmus der JWT-Vorlage „convex“ auf RS256.
doctor-sign-in-cure = Melde dich neu an.
doctor-sign-out-cure = Melde dich ab und wieder an.

doctor-convex = Convex
doctor-convex-good = Das Deployment antwortet.
doctor-convex-other = Unter seiner Adresse antwortet etwas anderes.
doctor-convex-other-cure = Prüfe die Convex-Adresse in den Einstellungen, unter Verbindung. Sie endet auf .convex.cloud.
doctor-convex-cure = Prüfe die Adresse und das Netzwerk.

doctor-welcome = Clerk und Convex zusammen
doctor-welcome-none = Es gibt kein Token, das sich Convex zeigen ließe.
doctor-welcome-good = Convex weiß, wer du bist.
doctor-welcome-refused = Convex nimmt das Token von Clerk nicht an.
doctor-welcome-refused-cure = Trage den Aussteller im Deployment ein und spiele es noch einmal ein: npx convex env set CLERK_JWT_ISSUER_DOMAIN { $issuer }
doctor-welcome-functions = Das Deployment hat die Funktionen von Clove nicht.
doctor-welcome-functions-cure = Spiele sie aus dem Repository von Clove ein: npx convex deploy
doctor-convex-away = Convex ist nicht zu erreichen.

doctor-links = Anmelde-Links
doctor-links-good = Sie öffnen dieses Clove.
doctor-links-unknown = Das ist zu sehen, solange Clove offen ist.
doctor-links-nobody = Kein Programm öffnet sie, deshalb kommt eine Anmeldung nie zurück.
doctor-links-nobody-cure = Lege Clove in den Ordner Programme und starte es von dort.
doctor-links-other = Sie öffnen ein anderes Programm: { $program }
doctor-links-again-cure = Starte Clove neu: Es trägt sich bei jedem Start selbst ein.

doctor-tray = Infobereich
doctor-tray-good = Der Desktop zeigt ihn.
doctor-tray-none = Der Desktop hat keinen, deshalb endet Clove mit seinem Fenster.

# Said in a terminal, below the findings.
doctor-in-the-way =
    { $n ->
        [one] { $n } Sache steht der Anmeldung im Weg.
       *[other] { $n } Sachen stehen der Anmeldung im Weg.
    }

# The report that a person can send: what Clove this is, and the heading of its log.
doctor-report = Clove { $version } auf { $system } ({ $processor })
doctor-report-log = Das Ende des Protokolls:
