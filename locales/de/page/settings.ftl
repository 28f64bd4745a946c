# The settings, the connection, the doctor, and the closing question.

settings-title = Einstellungen
settings-quick-add = Schnell hinzufügen
settings-hotkey = Tastenkürzel
settings-hotkey-help = Klicke in das Feld und drücke die gewünschten Tasten.
settings-hotkey-none = Kein Tastenkürzel
settings-hotkey-clear = Entfernen
settings-hotkey-modifier = Halte Strg oder Alt zusammen mit einer anderen Taste.
settings-hotkey-modifier-mac = Halte ⌘, ⌃ oder ⌥ zusammen mit einer anderen Taste.
settings-hotkey-key = Diese Taste eignet sich nicht für ein Tastenkürzel. Wähle eine andere.
settings-general = Allgemein
settings-autostart = Clove bei der Anmeldung am Computer starten
settings-language = Sprache
settings-language-system = Wie das System
settings-log-level = Umfang des Protokolls
log-level-error = Nur Fehler
log-level-warn = Warnungen
log-level-info = Normal
log-level-debug = Ausführlich
log-level-trace = Alles
settings-version = Clove { $version }
settings-folder = Deine Aufgaben liegen in

connection-title = Verbindung
connection-help = Für alle, die ein eigenes Clerk und ein eigenes Convex haben.
connection-key = Publishable Key
connection-key-help = Im Dashboard von Clerk, unter API keys.
connection-url = Convex-URL
connection-url-help = Im Dashboard von Convex, in den Einstellungen des Deployments.
connection-locked = Melde dich ab, um die Verbindung zu ändern.
connection-busy = Eine Anmeldung läuft gerade. Brich sie ab, um die Verbindung zu ändern.
connection-saved = Verbindung gesichert
connection-built-in = Die eingebaute Verbindung wird verwendet
connection-use-built-in = Eingebaute verwenden

doctor-title = Verbindung prüfen
doctor-running = Wird geprüft …
doctor-done =
    { $bad ->
        [0] Alles, was geprüft wurde, funktioniert.
        [one] { $bad } Sache funktioniert nicht.
       *[other] { $bad } Sachen funktionieren nicht.
    }
doctor-outcome-good = Funktioniert
doctor-outcome-notice = Hinweis
doctor-outcome-bad = Funktioniert nicht
doctor-outcome-skipped = Nicht geprüft
doctor-cure = Was hilft:
doctor-check-again = Noch einmal prüfen
doctor-copy = Diagnose kopieren
doctor-copy-help = Versionen, diese Ergebnisse und das Ende des Protokolls, ohne deine Aufgaben.
doctor-copied = Diagnose kopiert

close-title = Clove beenden?
close-body = Mit dem Fenster endet auch Clove, denn dieser Desktop hat keinen Infobereich. Das Tastenkürzel funktioniert dann nicht mehr.
close-remember = Nicht mehr fragen
close-quit = Beenden
