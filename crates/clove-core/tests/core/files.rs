//! Todos out of files: of a backup, and of whatever else holds some.

use std::{fs, path::Path};

use clove_core::{
    Error, ImportError, Todos,
    keep::view::{Imported, Restored, SkipReason},
    view::{ActionKind, Filter},
};
use tempfile::TempDir;

use crate::support::{add, database, environment, open, raw, rows, titles, wait};

const NAME: &str = "this-device-2023-11-01.db";

/// Keeps the store of a folder as a backup, and opens it anew.
fn backed_up(folder: &Path, todos: Todos) -> Todos {
    drop(todos);
    let backups = folder.join("backups");
    fs::create_dir_all(&backups).expect("a folder");
    let backup = backups.join(NAME);
    fs::copy(database(folder), &backup).expect("a backup");
    raw(&backup).execute_batch("PRAGMA journal_mode = delete").expect("one file");
    open(folder)
}

fn restored(come_back: usize, go_back: usize) -> impl Fn(&Restored) -> bool {
    move |restored| (restored.come_back, restored.go_back) == (come_back, go_back)
}

#[test]
fn a_backup_brings_back_what_is_gone_or_changed_and_deletes_nothing() {
    let folder = TempDir::new().expect("a folder");
    let todos = open(folder.path());
    let [kept, edited, deleted, gone] =
        ["kept", "as it was", "deleted since", "deleted then"].map(|title| add(&todos, title));
    wait(todos.delete(vec![gone])).expect("saved");
    let todos = backed_up(folder.path(), todos);
    wait(todos.rename(edited, "edited since")).expect("saved");
    wait(todos.set_completed(vec![edited], true)).expect("saved");
    wait(todos.delete(vec![deleted])).expect("saved");
    wait(todos.restore(vec![gone])).expect("saved");
    add(&todos, "made since");
    let before = rows(&todos, Filter::All);

    let preview = wait(todos.preview_backup(NAME.to_owned())).expect("it is read");
    assert!(restored(1, 1)(&preview) && preview.action == 0, "{preview:?}");
    assert_eq!(rows(&todos, Filter::All), before, "a preview changes nothing");

    let done = wait(todos.restore_backup(NAME.to_owned())).expect("it is restored");
    assert!(restored(1, 1)(&done) && done.action > 0, "{done:?}");
    let mut shown = titles(&todos, Filter::Active);
    shown.sort();
    let expected = ["as it was", "deleted since", "deleted then", "kept", "made since"];
    assert_eq!(shown, expected, "nothing newer went");
    let history = wait(todos.history(edited)).expect("it is read");
    assert!(history.iter().any(|entry| entry.old == "edited since"), "what it replaced is kept");
    let _ = kept;

    let again = wait(todos.restore_backup(NAME.to_owned())).expect("nothing is left to do");
    assert_eq!(again, Restored::default());
    let undone = wait(todos.undo(Some(done.action))).expect("saved").expect("one edit");
    assert_eq!((undone.kind, undone.count), (ActionKind::Restore, 2), "in one step");
    let strip = |rows: Vec<clove_core::view::TodoRow>| {
        rows.into_iter().map(|row| (row.title, row.completed)).collect::<Vec<_>>()
    };
    assert_eq!(strip(rows(&todos, Filter::All)), strip(before), "as before");
}

#[test]
fn a_backup_of_an_older_clove_is_read_and_stays_as_it_is() {
    let folder = TempDir::new().expect("a folder");
    let todos = open(folder.path());
    let id = add(&todos, "from then");
    let todos = backed_up(folder.path(), todos);
    let path = folder.path().join("backups").join(NAME);
    raw(&path)
        .execute_batch(
            "DROP INDEX history_conflicts; DROP INDEX todos_aside; DROP TABLE sync_unread;
             ALTER TABLE todos DROP COLUMN synced; ALTER TABLE todos DROP COLUMN aside_code;
             ALTER TABLE todos DROP COLUMN aside_message;
             PRAGMA user_version = 1; PRAGMA journal_mode = delete;",
        )
        .expect("as version 1 had it");
    let before = fs::read(&path).expect("the backup");
    wait(todos.delete(vec![id])).expect("saved");
    wait(todos.restore_backup(NAME.to_owned())).expect("it is restored");
    assert_eq!(titles(&todos, Filter::All), ["from then"]);
    assert!(fs::read(&path).expect("the backup") == before, "not one byte has changed");
    let names = fs::read_dir(path.parent().expect("a folder")).expect("the backups");
    assert_eq!(names.count(), 1, "and nothing is left beside it");
}

#[test]
fn what_is_no_backup_of_these_todos_is_refused() {
    let folder = TempDir::new().expect("a folder");
    let todos = backed_up(folder.path(), open(folder.path()));
    let outside = folder.path().join("this-device.db");
    for name in ["../this-device.db", "", "other.db", outside.to_str().expect("a text")] {
        let refused = wait(todos.preview_backup(name.to_owned()));
        assert_eq!(refused, Err(Error::NoBackup), "{name}");
    }
    fs::write(folder.path().join("backups").join(NAME), "not a database").expect("a file");
    let refused = wait(todos.restore_backup(NAME.to_owned()));
    assert_eq!(refused, Err(Error::BackupDamaged), "it brings nothing back");
    assert!(!todos.is_damaged(), "and says nothing of the todos themselves");
}

fn import(todos: &Todos, name: &str, text: &str) -> Imported {
    let import = todos.read_import(text.as_bytes(), name).expect("it is read");
    let preview = wait(todos.preview_import(&import)).expect("it is counted");
    let imported = wait(todos.import(import)).expect("it is taken in");
    assert_eq!(Imported { action: 0, ..imported.clone() }, preview, "it does what it said");
    imported
}

#[test]
fn a_file_is_one_edit_in_its_own_order() {
    let folder = TempDir::new().expect("a folder");
    let todos = open(folder.path());
    add(&todos, "here before");
    let imported = import(&todos, "todo.txt", "first\nsecond\nx third\n");
    assert_eq!((imported.added, imported.changed), (3, 0));
    let newest: Vec<_> = titles(&todos, Filter::Active).into_iter().rev().collect();
    assert_eq!(newest, ["first", "second", "here before"]);
    assert_eq!(titles(&todos, Filter::Completed), ["third"]);
    let undone = wait(todos.undo(None)).expect("saved").expect("one edit");
    assert_eq!((undone.kind, undone.count), (ActionKind::Import, 3));
    assert_eq!(titles(&todos, Filter::All), ["here before"]);
    wait(todos.redo()).expect("saved").expect("one edit");
    assert_eq!(titles(&todos, Filter::All).len(), 4, "and in one step again");
    let found = wait(todos.search("second", Filter::All, 0, 5)).expect("it is searched");
    assert_eq!(found.rows.len(), 1, "they can be found");
}

#[test]
fn an_export_of_clove_is_merged_by_what_is_later() {
    let (here, there) = (TempDir::new().expect("a"), TempDir::new().expect("b"));
    let (environment, clock) = environment();
    let todos = Todos::open(here.path(), environment.clone()).expect("it opens");
    let [same, ours, theirs, both] = ["same", "ours", "theirs", "both"].map(|t| add(&todos, t));
    let first = String::from_utf8(wait(todos.export()).expect("JSON")).expect("a text");
    let other = Todos::open(there.path(), environment).expect("it opens");
    let imported = import(&other, "a.json", &first);
    assert_eq!(imported.added, 4, "with their ids");
    let now = 1_700_000_100_000;
    clock.set(now);
    wait(todos.rename(ours, "ours, later")).expect("saved");
    wait(todos.rename(both, "both, by name")).expect("saved");
    wait(other.rename(theirs, "theirs, later")).expect("saved");
    wait(other.set_completed(vec![both], true)).expect("saved");
    let second = String::from_utf8(wait(other.export()).expect("JSON")).expect("a text");
    let imported = import(&todos, "a.json", &second);
    assert_eq!((imported.added, imported.changed), (0, 2));
    let known: Vec<_> = imported.skipped.iter().map(|s| (s.reason, s.count)).collect();
    assert_eq!(known, [(SkipReason::Known, 2)]);
    assert_eq!(titles(&todos, Filter::Active), ["same", "ours, later", "theirs, later"]);
    assert_eq!(titles(&todos, Filter::Completed), ["both, by name"], "edits apart both survive");
    assert_eq!(import(&todos, "a.json", &second).action, 0, "twice changes nothing");
    wait(todos.undo(None)).expect("saved").expect("one edit");
    assert_eq!(titles(&todos, Filter::All), ["same", "ours, later", "theirs", "both, by name"]);
    let _ = same;
}

#[test]
fn a_store_that_can_only_be_read_takes_nothing_in_and_gives_all_out() {
    let folder = TempDir::new().expect("a folder");
    let todos = backed_up(folder.path(), {
        let todos = open(folder.path());
        add(&todos, "a");
        todos
    });
    drop(todos);
    let file = raw(&database(folder.path()));
    file.pragma_update(None, "user_version", 999).expect("a version");
    drop(file);
    let before = fs::read(database(folder.path())).expect("the file");
    let todos = open(folder.path());
    let file = todos.read_import(b"b\n", "todo.txt").expect("it is read");
    assert!(matches!(wait(todos.import(file)), Err(Error::ReadOnly(_))), "a newer Clove's");
    let restored = wait(todos.restore_backup(NAME.to_owned()));
    assert!(matches!(restored, Err(Error::ReadOnly(_))), "likewise: {restored:?}");
    let text = String::from_utf8(wait(todos.export()).expect("JSON")).expect("a text");
    assert!(text.contains("\"title\": \"a\""), "{text}");
    drop(todos);
    assert!(fs::read(database(folder.path())).expect("the file") == before, "not one byte");
    let names = fs::read_dir(folder.path().join("backups")).expect("the backups");
    assert_eq!(names.count(), 1, "neither a backup nor a copy before a migration is made");
}

#[test]
fn a_refusal_says_what_to_do() {
    let folder = TempDir::new().expect("a folder");
    let refused = open(folder.path()).read_import(b"\0", "a.txt");
    assert_eq!(refused, Err(ImportError::NotText));
    for error in [ImportError::NotText, ImportError::TooMany, ImportError::NoTitles] {
        assert!(error.to_string().ends_with('.'), "{error}");
    }
}
