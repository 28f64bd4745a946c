//! Databases of which a part is not as it was written: opened, or repaired, or refused and kept.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use clove_core::{
    Error, OpenError, Todos,
    view::{Filter, Sort},
};
use tempfile::TempDir;

use crate::support::{Seeded, add, database, environment, open, raw, rows, titles, wait};

const PAGE: usize = 4096;
/// Enough for trees of two levels.
const TODOS: usize = 90;

/// A store with some of everything, closed.
fn sample() -> TempDir {
    let folder = TempDir::new().expect("a folder");
    let todos = open(folder.path());
    for number in 0..TODOS {
        let id = add(&todos, &title(number));
        if number % 3 == 0 {
            wait(todos.describe(id, Some(&"long ".repeat(number * 15 + 1)))).expect("saved");
        }
        if number % 5 == 0 {
            wait(todos.set_completed(vec![id], true)).expect("saved");
        }
    }
    folder
}

fn title(number: usize) -> String {
    format!("todo number {number}, written down in time")
}

/// What is in a folder, by name.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let entries =
        fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    entries
        .filter(|path| path.is_file())
        .map(|path| (path.clone(), fs::read(path).expect("read")))
        .collect()
}

fn copy(from: &Path) -> TempDir {
    let folder = TempDir::new().expect("a folder");
    for (path, bytes) in files(from) {
        fs::write(folder.path().join(path.file_name().expect("a name")), bytes).expect("a copy");
    }
    folder
}

fn try_open(folder: &Path) -> Result<Todos, OpenError> {
    Todos::open(folder, environment().0)
}

/// How a store that was damaged fares.
#[derive(Debug, PartialEq)]
enum Fate {
    /// It opened as it is.
    Opened,
    /// It was repaired, and this many of the titles are there.
    Repaired(usize),
    /// It was refused.
    Refused,
}

/// Opens a store whose file is damaged, and checks that not a byte of it is gone.
fn open_damaged(folder: &Path, what: &str) -> Fate {
    let before = fs::read(database(folder)).expect("the file");
    let opened = try_open(folder);
    let kept = files(folder)
        .into_iter()
        .any(|(path, bytes)| path.to_string_lossy().contains(".damaged-") && bytes == before);
    match opened {
        Ok(todos) if kept => {
            let shown = titles(&todos, Filter::All);
            assert_eq!(wait(todos.check()), Ok(None), "{what}: what was made is sound");
            let whole = (0..TODOS).filter(|number| shown.contains(&title(*number))).count();
            Fate::Repaired(whole)
        }
        Ok(todos) if wait(todos.check()) == Ok(None) => Fate::Opened,
        // The check in the background found it: it is repaired at the next start.
        Ok(todos) => {
            drop(todos);
            open_damaged(folder, what)
        }
        Err(_) => {
            assert_eq!(fs::read(database(folder)).expect("the file"), before, "{what}: it is kept");
            Fate::Refused
        }
    }
}

#[test]
fn two_hundred_random_damages_lose_no_more_than_they_hit() {
    let sample = sample();
    let sound = fs::read(database(sample.path())).expect("the file");
    let dice = Seeded::new(2026);
    let below = |bound: usize| {
        usize::try_from(dice.below(u64::try_from(bound).expect("a number"))).expect("a number")
    };
    let mut fates = [0_usize; 3];
    for seed in 0..200 {
        let folder = copy(sample.path());
        let mut bytes = sound.clone();
        let pages = bytes.len() / PAGE;
        let (what, hit) = match seed % 5 {
            0 => {
                bytes[below(100)] ^= 1 << below(8);
                ("a bit of the header", 0)
            }
            1 => {
                let page = below(pages);
                bytes[page * PAGE..(page + 1) * PAGE].fill(0);
                ("a page of zeros", usize::MAX)
            }
            2 => {
                for _ in 0..3 {
                    let at = below(bytes.len());
                    bytes[at] ^= 1 << below(8);
                }
                ("three bits", 3)
            }
            3 => {
                let at = below(pages) * PAGE;
                bytes[at..at + 8 + below(40)].fill(0xff);
                ("the beginning of a page", 3)
            }
            _ => {
                bytes.truncate(below(bytes.len()));
                ("the end cut off", usize::MAX)
            }
        };
        fs::write(database(folder.path()), &bytes).expect("it is damaged");
        let what = format!("seed {seed}, {what}");
        match open_damaged(folder.path(), &what) {
            Fate::Opened => fates[0] += 1,
            Fate::Repaired(whole) => {
                fates[1] += 1;
                assert!(whole.saturating_add(hit) >= TODOS, "{what}: {whole} todos are left");
            }
            Fate::Refused => fates[2] += 1,
        }
    }
    let [opened, repaired, refused] = fates;
    assert!(
        repaired > 40,
        "some are repaired: {opened} opened, {repaired} repaired, {refused} refused"
    );
    assert!(
        refused < 20,
        "few are refused: {opened} opened, {repaired} repaired, {refused} refused"
    );
}

#[test]
fn each_kind_of_page_may_go() {
    let sample = sample();
    let file = raw(&database(sample.path()));
    for (what, least) in [
        ("sqlite_schema", TODOS),
        ("todos_by_place", TODOS),
        ("sqlite_autoindex_todos_1", TODOS),
        ("todos", TODOS),
    ] {
        let sql = "SELECT coalesce((SELECT rootpage FROM sqlite_schema WHERE name = ?1), 1)";
        let root: i64 = file.query_row(sql, [what], |row| row.get(0)).expect("a page");
        let root = usize::try_from(root).expect("a page");
        let folder = copy(sample.path());
        let mut bytes = fs::read(database(folder.path())).expect("the file");
        bytes[(root - 1) * PAGE..root * PAGE].fill(0);
        fs::write(database(folder.path()), &bytes).expect("it is damaged");
        let fate = open_damaged(folder.path(), what);
        assert_eq!(fate, Fate::Repaired(least), "{what}: its pages below are whole");
    }
}

#[test]
fn what_only_the_log_has_is_rescued() {
    let folder = TempDir::new().expect("a folder");
    let todos = open(folder.path());
    let id = add(&todos, "in the log");
    wait(todos.rename(id, "renamed in the log")).expect("saved");
    // As a kill leaves it: the log is full, the file is not.
    let killed = copy(folder.path());
    drop(todos);
    let mut bytes = fs::read(database(killed.path())).expect("the file");
    bytes.resize(PAGE * 3, 0);
    bytes.fill(b'!');
    fs::write(database(killed.path()), &bytes).expect("it is damaged");
    // SQLite takes a log with a wrong beginning for an empty one.
    let log = killed.path().join("this-device.db-wal");
    let mut bytes = fs::read(&log).expect("the log");
    bytes[24..32].fill(0);
    fs::write(&log, &bytes).expect("it is damaged");
    let todos = try_open(killed.path()).expect("it is repaired");
    assert_eq!(titles(&todos, Filter::All), ["renamed in the log"]);
    let row = rows(&todos, Filter::All)[0].id;
    assert_eq!(wait(todos.history(row)).expect("read").len(), 2, "with its history");
    let kept = files(killed.path()).into_iter();
    let kept = kept.filter(|(path, _)| path.to_string_lossy().ends_with(".db-wal"));
    assert!(kept.map(|(_, log)| log).any(|log| log == bytes), "the log is kept, too");
}

#[test]
fn a_history_comes_along_and_undo_goes_on() {
    let sample = sample();
    let before: Vec<_> = {
        let todos = open(sample.path());
        let ids: Vec<_> = rows(&todos, Filter::All).iter().map(|row| row.id).collect();
        ids.iter().map(|id| wait(todos.history(*id)).expect("read").len()).collect()
    };
    let mut bytes = fs::read(database(sample.path())).expect("the file");
    bytes[..100].fill(0);
    fs::write(database(sample.path()), &bytes).expect("it is damaged");
    let todos = open(sample.path());
    let ids: Vec<_> = rows(&todos, Filter::All).iter().map(|row| row.id).collect();
    let after: Vec<_> =
        ids.iter().map(|id| wait(todos.history(*id)).expect("read").len()).collect();
    assert_eq!(after, before, "each todo has its earlier versions");
    add(&todos, "one more");
    for (query, titles) in [("more", 1), ("written", TODOS)] {
        let found = wait(todos.search(query, Filter::All, 0, 500)).expect("it is searched");
        assert_eq!(found.rows.len(), titles, "{query}: all can be found");
    }
    let undone = wait(todos.undo(None)).expect("saved").expect("an edit");
    assert_eq!(undone.titles, ["one more"], "the numbers of edits go on");
}

#[test]
fn a_file_that_was_emptied_is_no_new_store_where_there_is_a_backup() {
    let sample = sample();
    let backups = sample.path().join("backups");
    fs::create_dir(&backups).expect("a folder");
    let backup = backups.join("this-device-2023-11-01.db");
    fs::copy(database(sample.path()), &backup).expect("a backup");
    raw(&backup).execute_batch("PRAGMA journal_mode = delete").expect("one file");
    for damage in [&b""[..], b"not a database any more", &[0; 9_000]] {
        fs::write(database(sample.path()), damage).expect("it is damaged");
        let fate = open_damaged(sample.path(), "emptied");
        assert_eq!(fate, Fate::Repaired(TODOS), "all of it is in the backup");
    }
}

#[test]
fn what_the_file_lost_comes_from_the_backup_and_what_is_newer_stays() {
    let sample = sample();
    let backups = sample.path().join("backups");
    fs::create_dir(&backups).expect("a folder");
    fs::copy(database(sample.path()), backups.join("this-device-2023-11-01.db")).expect("a backup");
    let todos = open(sample.path());
    let first = rows(&todos, Filter::Active)[0].clone();
    wait(todos.rename(first.id, "renamed since")).expect("saved");
    add(&todos, "made since");
    drop(todos);
    // One bit of a title's text, which nothing but the backup can tell.
    let mut bytes = fs::read(database(sample.path())).expect("the file");
    let text = title(77).into_bytes();
    let at: Vec<_> = (0..bytes.len()).filter(|at| bytes[*at..].starts_with(&text)).collect();
    at.iter().for_each(|at| bytes[*at] ^= 1);
    bytes[..16].fill(0);
    // And a whole todo.
    let gone = title(80).into_bytes();
    let at: Vec<_> = (0..bytes.len()).filter(|at| bytes[*at..].starts_with(&gone)).collect();
    at.iter().for_each(|at| bytes[at - 80..at + 20].fill(0));
    fs::write(database(sample.path()), &bytes).expect("it is damaged");
    let todos = try_open(sample.path()).expect("it is repaired");
    let shown = titles(&todos, Filter::All);
    for title in [title(77), title(80), "renamed since".to_owned(), "made since".to_owned()] {
        assert!(shown.contains(&title), "{title} is there");
    }
    assert!(!shown.contains(&first.title), "the backup takes nothing back");
    assert_eq!(shown.len(), TODOS + 1, "nothing is there twice");
}

/// A mistake of Clove's looks like this, so it may start no repair.
#[test]
fn what_sqlite_calls_sound_is_no_damage() {
    for (what, spoil) in [
        ("stamps", "UPDATE todos SET stamps = 'none' WHERE seq = 7"),
        ("a moment", "UPDATE todos SET created_at = -1 WHERE seq = 7"),
        ("an id", "UPDATE todos SET id = 'none' WHERE seq = 7"),
        ("a place", "UPDATE todos SET section = 66 WHERE seq = 7"),
        ("a place in a list", "UPDATE todos SET section_at = -1 WHERE seq = 7"),
        ("stamps and a place", "UPDATE todos SET section = 66, stamps = 'none' WHERE seq = 7"),
        ("a device", "UPDATE meta SET value = '' WHERE key = 'device'"),
    ] {
        let sample = sample();
        let file = raw(&database(sample.path()));
        assert_eq!(file.execute(spoil, []), Ok(1), "{what}: it is there");
        drop(file);
        let before = fs::read(database(sample.path())).expect("the file");
        match try_open(sample.path()) {
            Ok(todos) => match wait(todos.list(Filter::All, Sort::Oldest, 0, TODOS)) {
                Ok(window) => assert_eq!(window.rows.len(), TODOS, "{what}: all are shown"),
                Err(error) => {
                    assert!(!what.starts_with("stamps"), "{what}: the todo can be shown");
                    assert!(matches!(error, Error::Storage(_)), "{what}: {error}");
                    let others = wait(todos.list(Filter::All, Sort::Oldest, TODOS - 9, 9));
                    assert_eq!(others.expect("read").rows.len(), 9, "{what}: others are shown");
                }
            },
            Err(error) => {
                assert!(!what.starts_with("stamps"), "{what}: the store opens");
                assert!(matches!(error, OpenError::Storage { .. }), "{what}: {error}");
            }
        }
        let there = files(sample.path());
        assert!(!there.keys().any(|path| path.to_string_lossy().contains("damaged")), "{what}");
        let after = fs::read(database(sample.path())).expect("the file");
        assert!(after == before, "{what}: not one byte has changed");
    }
}

#[test]
fn a_schema_of_which_a_part_is_lost_is_damage() {
    for (what, spoil) in [
        ("a table is gone", "DROP TABLE todos_unindexed"),
        ("a column has another name", "ALTER TABLE todos RENAME COLUMN title TO titla"),
        ("an index is gone", "DROP TABLE todos_unindexed; DROP INDEX todos_by_place"),
    ] {
        let sample = sample();
        raw(&database(sample.path())).execute_batch(spoil).expect("it is spoilt");
        assert_eq!(open_damaged(sample.path(), what), Fate::Repaired(TODOS), "{what}");
    }
    let sample = sample();
    let more = "ANALYZE; CREATE TABLE mine (x); CREATE INDEX my_index ON todos (title)";
    raw(&database(sample.path())).execute_batch(more).expect("more is there");
    assert_eq!(open_damaged(sample.path(), "more"), Fate::Opened, "what is more is no damage");
}
