# Why nothing came of what was asked of the account. $reason is what the system or a server said, in
# its own words.

account-not-connected = Clove kennt keinen Server, an dem du dich anmelden kannst. Nenne einen in den Einstellungen, unter Verbindung.
# $reason is one of those below whose names begin with link-.
account-link = Clove hat einen Link erhalten, den es nicht versteht ({ $reason }). Er wurde nicht beachtet.
account-signed-in-already = Es ist schon jemand angemeldet. Melde dich zuerst ab.
account-signed-out = Niemand ist angemeldet.
account-superseded = Diese Anmeldung wurde beendet, bevor sie fertig war. Wähle Anmelden, um eine neue zu beginnen.
account-no-portal = Clerk nennt keine Seite, auf der sich dieses Konto verwalten lässt.
account-file = Eine Datei konnte nicht geschrieben werden ({ $reason }); es wurde nichts verändert. Versuche es noch einmal.
account-closing = Clove wird gerade beendet.

link-too-long = der Link ist länger als { $bytes } Bytes
link-not-url = der Link ist keine URL
link-not-callback = der Link ist nicht { $scheme }://callback
link-repeated = der Link nennt eine Angabe zweimal
link-missing = dem Link fehlt eine Angabe
link-refused = die Anmeldung wurde im Browser abgelehnt

sign-in-nothing-pending = Clove hat um diese Anmeldung nicht gebeten. Falls du es warst, wähle noch einmal Anmelden.
sign-in-other-attempt = Dieser Link gehört zu einer anderen Anmeldung. Nimm das Browserfenster, das Clove zuletzt geöffnet hat.
sign-in-too-late = Diese Anmeldung hat länger als zehn Minuten gedauert und ist beendet. Wähle noch einmal Anmelden.
sign-in-clock-set-back = Die Uhr dieses Computers wurde während der Anmeldung zurückgestellt. Wähle noch einmal Anmelden.
sign-in-no-randomness = Das System hat keine Zufallszahlen geliefert, deshalb kann Clove dich nicht sicher anmelden. Starte den Computer neu.

clerk-signed-out = Dieses Gerät ist abgemeldet. Melde dich neu an.
clerk-session-gone = Deine Sitzung ist abgelaufen. Melde dich neu an.
clerk-rate-limited =
    { $seconds ->
        [one] Der Anmeldeserver bittet um Geduld. Versuche es in { $seconds } Sekunde noch einmal.
       *[other] Der Anmeldeserver bittet um Geduld. Versuche es in { $seconds } Sekunden noch einmal.
    }
clerk-unavailable = Der Anmeldeserver hat gerade Schwierigkeiten. Versuche es in ein paar Minuten noch einmal.
clerk-refused = Der Anmeldeserver hat abgelehnt: { $message } ({ $code })
clerk-bad-answer = Die Antwort des Anmeldeservers ergibt keinen Sinn. Falls ein Netzwerk nach einer Anmeldung fragt, erledige das zuerst; sonst prüfe den Publishable Key in den Einstellungen.

mint-no-template = Clerk stellt noch keine Tokens für Convex aus. Aktiviere im Dashboard von Clerk die Integration mit Convex, oder lege eine JWT-Vorlage mit dem Namen „convex“ an.

token-not-token = Was der Anmeldeserver ausgestellt hat, ist kein Token.
token-algorithm = Das Token ist nicht mit RS256 signiert. Stelle das in der JWT-Vorlage von Clerk ein.
token-unknown-key = Das Token ist mit einem Schlüssel signiert, den der Anmeldeserver nicht veröffentlicht.
token-signature = Die Signatur des Tokens ist falsch. Vielleicht steht etwas zwischen Clove und Clerk.
token-issuer = Der Aussteller des Tokens (iss) ist nicht der, den der Publishable Key nennt.
token-audience = Das Token ist nicht für Convex ausgestellt: In der JWT-Vorlage von Clerk muss aud „convex“ sein.
token-user = Das Token spricht für jemand anderen als die angemeldete Person.
token-expired = Das Token ist nach der Uhr des Anmeldeservers schon abgelaufen.
token-not-yet = Das Token ist nach der Uhr des Anmeldeservers noch nicht gültig.
token-no-keys = Der Anmeldeserver veröffentlicht keine Schlüssel, die Clove lesen kann.

convex-unauthorized = Convex nimmt diese Anmeldung nicht an. Die Verbindungsprüfung in den Einstellungen sagt, warum.
convex-failed = Der Server konnte das nicht ausführen ({ $reason }).
convex-rate-limited =
    { $seconds ->
        [one] Der Server bittet um Geduld. Versuche es in { $seconds } Sekunde noch einmal.
       *[other] Der Server bittet um Geduld. Versuche es in { $seconds } Sekunden noch einmal.
    }
convex-unavailable = Der Server hat gerade Schwierigkeiten. Versuche es in ein paar Minuten noch einmal.
convex-bad-answer = Die Antwort des Servers ergibt keinen Sinn. Prüfe die Convex-URL in den Einstellungen.

# $name is the name of Clove's entries in the keyring.
keyring-missing = Clove hat auf diesem System keinen Schlüsselbund gefunden. Richte einen ein und starte ihn, zum Beispiel GNOME-Schlüsselbund, KWallet oder KeePassXC.
keyring-locked = Der Schlüsselbund ist gesperrt. Entsperre ihn und versuche es noch einmal.
keyring-too-long = Der Schlüsselbund hat nicht getan, worum Clove ihn gebeten hat (er nimmt höchstens { $bytes } Bytes).
keyring-ambiguous = Der Schlüsselbund hat { $n } Einträge für { $name } mit demselben Namen. Entferne einen davon.
keyring-foreign = Der Eintrag für { $name } im Schlüsselbund ist nicht der, den Clove geschrieben hat.
keyring-refused = Der Schlüsselbund hat nicht getan, worum Clove ihn gebeten hat, und nicht gesagt, warum.
keyring-failed = Der Schlüsselbund hat nicht getan, worum Clove ihn gebeten hat ({ $reason }).

# What is wrong with what was pasted into Settings, under Connection.
convex-url-empty = Füge die Deployment-URL aus dem Dashboard von Convex ein; sie steht dort unter Settings.
convex-url-dashboard = Das ist eine Seite des Dashboards von Convex. Füge die Deployment-URL ein, die dort unter Settings steht und auf .convex.cloud endet.
convex-url-site = Das ist die Adresse für HTTP-Actions. Füge die ein, die auf .convex.cloud endet.
convex-url-clerk = Das gehört zu Clerk. Füge die Deployment-URL von Convex ein, die auf .convex.cloud endet.
convex-url-no-scheme = Füge die ganze URL ein, mit https:// am Anfang.
convex-url-insecure = Die URL muss mit https:// beginnen. Bloßes http geht nur für 127.0.0.1.
convex-url-more-than-origin = Lass weg, was auf den Host folgt, zum Beispiel einen Pfad.
convex-url-not-url = Das ist keine URL. Sie sollte aussehen wie https://happy-otter-123.convex.cloud.

key-empty = Füge den Publishable Key aus dem Dashboard von Clerk ein; er steht dort unter API keys.
key-secret-key = Das ist ein Secret Key, und der gehört nur auf Server. Füge den Publishable Key ein, der mit pk_ beginnt. Falls andere den Secret Key gesehen haben könnten, ersetze ihn im Dashboard von Clerk.
key-address = Das ist eine Adresse. Füge den Publishable Key ein, der mit pk_ beginnt.
key-not-key = Ein Publishable Key beginnt mit pk_test_ oder pk_live_.
key-broken = Dieser Schlüssel ist nicht vollständig. Kopiere ihn noch einmal aus dem Dashboard von Clerk.

paste-line = Füge nur ein, was hinter dem Gleichheitszeichen steht.
paste-quoted = Lass die Anführungszeichen weg.
paste-space = Darin ist ein Leerzeichen oder ein Zeilenumbruch. Entferne ihn.

# The session that Clove had kept is gone, or will be. $reason is a whole sentence.
session-keyring-failed = { $reason } Deine Aufgaben sind alle hier; melde dich neu an, um sie zu synchronisieren.
session-in-memory = { $reason } Bis dahin bist du nur angemeldet, bis du Clove beendest.
session-other-connection = Diese Aufgaben wurden mit einem anderen Clerk oder Convex synchronisiert als dem in den Einstellungen. Stelle es dort zurück oder melde dich neu an.
session-none = Deine Anmeldung ist nicht mehr im Schlüsselbund. Melde dich neu an, um deine Aufgaben zu synchronisieren; sie sind alle hier.
session-set-aside = Bevor der Schlüsselbund entsperrt war, wurde eine andere Anmeldung begonnen. Melde dich neu an, um deine Aufgaben zu synchronisieren; sie sind alle hier.
keyring-by-choice = Clove wurde so gestartet, dass es nichts im Schlüsselbund hinterlässt.
session-ended = { $reason } Deine Aufgaben sind alle hier.
