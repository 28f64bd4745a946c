# Why nothing came of what was asked of the todos.

# What was typed is out of bounds.
text-title-empty = A todo needs a title. Type what is to be done.
text-title-too-long = This title has { $length } characters; { $most } is the most. Shorten it, or move the details into the description.
text-description-empty = An empty description is no description: leave it out.
text-description-too-long = This description has { $length } characters; { $most } is the most. Shorten it.
# $code is Unicode's, such as U+0007.
text-control-character = This text has a control character ({ $code }) at position { $position }, which can't be shown. Remove it and try again.

error-not-found = This todo is not on this device any more.
error-disk-full = The disk is full, so this was not saved. Free some space and try again; nothing that was saved is lost.
error-no-backup = This backup is not there any more. Choose another.
error-backup-damaged = This backup is damaged, so nothing was brought back. Choose another.
error-damaged = The file of your todos is damaged, so this could not be done. Quit Clove and open it again: it then rescues what can be read, and keeps the damaged file.
error-superseded = A newer search took this one's place.
error-closed = Clove is closing, so this was not saved.
# $reason, here and below, is what the system said, in its own words.
error-storage = The todos on this disk could not be read or written ({ $reason }).

# Why nothing can be changed. $path is the file.
read-only-newer = These todos ({ $path }) were written by a newer Clove. This one shows them, but doesn't change them, so that nothing is lost. Update Clove to edit them.
read-only-marked = The file { $path } is marked read-only, so nothing can be changed. Make it writable and start Clove again.
read-only-become = The todos on this disk can't be changed any more: the file or its folder has become read-only. Make it writable and try again.
read-only-newer-backup = A newer Clove made this backup. Update Clove to use it.

# Parts of sentences: what stands where a database should be, what is wrong with one, and what is in the way of a repair.
open-found-other-program = it is the database of another program
open-found-no-todo = it is not a SQLite database, or it is damaged and holds no todo of Clove's
open-damage-mark = its mark is damaged
open-damage-parts = parts of it can't be read
open-obstacle-read-only = it is marked read-only
open-obstacle-newer = a newer Clove wrote it, which can repair it
open-obstacle-unreadable = reading it failed: { $reason }
# Part of a sentence: why the backup of the day could not be made.
backup-disk-full = the disk is full

# Clove could not open the todos. $path is a file or a folder.
open-folder = Clove can't use its data folder { $path }: { $reason }. Make sure that you may write there, or set CLOVE_DATA_DIR to another folder.
open-symlink = { $path } is a symbolic link. Clove doesn't follow links to its data, because they could lead it to overwrite something else. Put the real file or folder there, or set CLOVE_DATA_DIR to the folder that holds it.
open-not-clove = { $path } is not a Clove database ({ $reason }). Clove left it untouched. Move it elsewhere to start with an empty list, or put a backup in its place.
open-damaged = The file of your todos, { $path }, is damaged, and Clove could not repair it ({ $reason }). It was left as it is. Set right what is in the way and try again, or put a backup in its place.
open-other-account = { $path } holds the todos of another account. Clove left it untouched. Move it elsewhere and try again.
open-in-use = Another Clove is using the todos in { $path }. It may be busy with them, such as after the file was damaged: wait a moment and try again, or close it first.
open-disk-full = The disk is full, so Clove can't open its todos in { $path }. Free some space and try again; nothing that was saved is lost.
open-sqlite-too-old = This build of Clove holds SQLite { $version }, which can corrupt data (the WAL-reset bug). Use a build with SQLite 3.51.3 or newer.
open-storage = Clove can't open its todos in { $path }: { $reason }

# A file could not be imported.
import-too-large = This file has more than 10 MB. Split it, and import the parts.
import-too-many = This file has more than 100,000 todos. Split it, and import the parts.
import-not-text = This is not a text file, so there are no todos to read in it.
import-not-exported = This JSON file was not exported by Clove, so Clove can't tell what is a todo in it.
import-newer = A newer Clove exported this file. Update Clove to import it.
import-no-titles = This table has no column named “title”. Name the one that holds the todos so.

# The network.
http-offline = The server can't be reached. Check the network connection and try again.
http-timeout = The server did not answer in time. Try again in a moment.
http-too-large = The server's answer is too long to be right. Something else may answer in its place.
http-insecure = The address does not begin with https://, so Clove does not send anything to it.
http-other = No secure connection to the server could be made ({ $reason }).

# Sync tries again by itself after each of these.
sync-other-answer = The server answered another question.
sync-newer-server = The server keeps todos in a way that this version of Clove can't read. Update Clove; until then, edits stay on this device.
sync-token-refused = The server refuses this device's new sign-in token.
sync-put-off = The server put this device off.
sync-unreachable = The server can't be reached.
sync-trouble = The server has trouble at the moment.
sync-no-answer = The server did not answer in time.
sync-malformed = The server's answer makes no sense.
