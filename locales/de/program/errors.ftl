# Why nothing came of what was asked of the todos.

# What was typed is out of bounds.
text-title-empty = Eine Aufgabe braucht einen Titel. Schreib, was zu tun ist.
text-title-too-long = Dieser Titel hat { $length } Zeichen; höchstens { $most } sind möglich. Kürze ihn oder schreib die Einzelheiten in die Beschreibung.
text-description-empty = Eine leere Beschreibung ist keine: Lass sie weg.
text-description-too-long = Diese Beschreibung hat { $length } Zeichen; höchstens { $most } sind möglich. Kürze sie.
# $code is Unicode's, such as U+0007.
text-control-character = Dieser Text hat an Stelle { $position } ein Steuerzeichen ({ $code }), das sich nicht anzeigen lässt. Entferne es und versuche es noch einmal.

error-not-found = Diese Aufgabe ist nicht mehr auf diesem Gerät.
error-disk-full = Der Datenträger ist voll, deshalb wurde das nicht gesichert. Schaffe Platz und versuche es noch einmal; was gesichert war, ist noch da.
error-no-backup = Diese Sicherung gibt es nicht mehr. Wähle eine andere.
error-backup-damaged = Diese Sicherung ist beschädigt, deshalb wurde nichts zurückgeholt. Wähle eine andere.
error-damaged = Die Datei mit deinen Aufgaben ist beschädigt, deshalb ging das nicht. Beende Clove und öffne es wieder: Dann rettet es, was zu lesen ist, und hebt die beschädigte Datei auf.
error-superseded = Eine neuere Suche ist an die Stelle dieser getreten.
error-closed = Clove wird gerade beendet, deshalb wurde das nicht gesichert.
# $reason, here and below, is what the system said, in its own words.
error-storage = Die Aufgaben auf diesem Datenträger konnten nicht gelesen oder geschrieben werden ({ $reason }).

# Why nothing can be changed. $path is the file.
read-only-newer = Diese Aufgaben ({ $path }) hat ein neueres Clove geschrieben. Dieses zeigt sie, ändert sie aber nicht, damit nichts verloren geht. Aktualisiere Clove, um sie zu bearbeiten.
read-only-marked = Die Datei { $path } ist schreibgeschützt, deshalb lässt sich nichts ändern. Hebe den Schreibschutz auf und starte Clove neu.
read-only-become = Die Aufgaben auf diesem Datenträger lassen sich nicht mehr ändern: Die Datei oder ihr Ordner ist jetzt schreibgeschützt. Hebe den Schreibschutz auf und versuche es noch einmal.
read-only-newer-backup = Diese Sicherung hat ein neueres Clove gemacht. Aktualisiere Clove, um sie zu verwenden.

# Parts of sentences: what stands where a database should be, what is wrong with one, and what is in the way of a repair.
open-found-other-program = sie ist die Datenbank eines anderen Programms
open-found-no-todo = sie ist keine SQLite-Datenbank, oder sie ist beschädigt und enthält keine Aufgabe von Clove
open-damage-mark = ihre Kennung ist beschädigt
open-damage-parts = Teile davon lassen sich nicht lesen
open-obstacle-read-only = sie ist schreibgeschützt
open-obstacle-newer = ein neueres Clove hat sie geschrieben und kann sie reparieren
open-obstacle-unreadable = sie ließ sich nicht lesen: { $reason }
# Part of a sentence: why the backup of the day could not be made.
backup-disk-full = Der Datenträger ist voll

# Clove could not open the todos. $path is a file or a folder.
open-folder = Clove kann seinen Datenordner { $path } nicht verwenden: { $reason }. Sorge dafür, dass du dort schreiben darfst, oder setze CLOVE_DATA_DIR auf einen anderen Ordner.
open-symlink = { $path } ist eine symbolische Verknüpfung. Clove folgt solchen nicht zu seinen Daten, denn so könnte es etwas anderes überschreiben. Lege die echte Datei oder den echten Ordner dorthin, oder setze CLOVE_DATA_DIR auf den Ordner, in dem die Daten liegen.
open-not-clove = { $path } ist keine Datenbank von Clove ({ $reason }). Clove hat nichts daran verändert. Verschiebe die Datei, um mit einer leeren Liste zu beginnen, oder lege eine Sicherung an ihre Stelle.
open-damaged = Die Datei mit deinen Aufgaben, { $path }, ist beschädigt, und Clove konnte sie nicht reparieren ({ $reason }). Sie ist, wie sie war. Räume aus dem Weg, was im Weg ist, und versuch es noch einmal, oder leg eine Sicherung an ihre Stelle.
open-other-account = { $path } enthält die Aufgaben eines anderen Kontos. Clove hat nichts daran verändert. Verschiebe die Datei und versuche es noch einmal.
open-in-use = Ein anderes Clove verwendet die Aufgaben in { $path }. Vielleicht ist es gerade mit ihnen beschäftigt, etwa nachdem die Datei beschädigt war: Warte kurz und versuche es noch einmal, oder schließe es zuerst.
open-disk-full = Der Datenträger ist voll, deshalb kann Clove deine Aufgaben in { $path } nicht öffnen. Schaffe Platz und versuche es noch einmal; was gesichert war, ist noch da.
open-sqlite-too-old = Dieses Clove enthält SQLite { $version }, das Daten beschädigen kann (der WAL-Reset-Fehler). Verwende eines mit SQLite 3.51.3 oder neuer.
open-storage = Clove kann deine Aufgaben in { $path } nicht öffnen: { $reason }

# A file could not be imported.
import-too-large = Diese Datei hat mehr als 10 MB. Teile sie und importiere die Teile.
import-too-many = In dieser Datei sind mehr als 100.000 Aufgaben. Teile sie und importiere die Teile.
import-not-text = Das ist keine Textdatei, also sind keine Aufgaben darin zu lesen.
import-not-exported = Diese JSON-Datei stammt nicht aus Clove, deshalb lässt sich nicht sagen, was darin eine Aufgabe ist.
import-newer = Ein neueres Clove hat diese Datei exportiert. Aktualisiere Clove, um sie zu importieren.
import-no-titles = Diese Tabelle hat keine Spalte namens „title“. Nenne die so, in der die Aufgaben stehen.

# The network.
http-offline = Der Server ist nicht zu erreichen. Prüfe die Netzwerkverbindung und versuche es noch einmal.
http-timeout = Der Server hat nicht rechtzeitig geantwortet. Versuche es gleich noch einmal.
http-too-large = Die Antwort des Servers ist zu lang, um richtig zu sein. Vielleicht antwortet etwas anderes an seiner Stelle.
http-insecure = Die Adresse beginnt nicht mit https://, deshalb sendet Clove nichts dorthin.
http-other = Es kam keine sichere Verbindung zum Server zustande ({ $reason }).

# Sync tries again by itself after each of these.
sync-other-answer = Der Server hat auf eine andere Frage geantwortet.
sync-newer-server = Der Server bewahrt Aufgaben auf eine Weise auf, die dieses Clove nicht lesen kann. Aktualisiere Clove; bis dahin bleiben Änderungen auf diesem Gerät.
sync-token-refused = Der Server nimmt das neue Anmeldetoken dieses Geräts nicht an.
sync-put-off = Der Server hat dieses Gerät vertröstet.
sync-unreachable = Der Server ist nicht zu erreichen.
sync-trouble = Der Server hat gerade Schwierigkeiten.
sync-no-answer = Der Server hat nicht rechtzeitig geantwortet.
sync-malformed = Die Antwort des Servers ergibt keinen Sinn.
