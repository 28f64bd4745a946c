//! What was shown is there when the store is opened again.

use std::path::Path;

use clove_core::{
    Todos,
    view::{Filter, HistoryEntry, Sort, TodoRow},
};
use tempfile::TempDir;

use crate::support::{add, database, open, raw, rows, wait};

/// Everything that a person can see.
#[derive(Debug, PartialEq)]
struct Shown {
    lists: Vec<Vec<TodoRow>>,
    history: Vec<Vec<HistoryEntry>>,
    found: Vec<TodoRow>,
}

fn shown(clove: &Todos) -> Shown {
    let lists: Vec<_> = [Filter::All, Filter::Active, Filter::Completed, Filter::Deleted]
        .into_iter()
        .flat_map(|filter| [Sort::Newest, Sort::Oldest].map(|sort| (filter, sort)))
        .map(|(filter, sort)| wait(clove.list(filter, sort, 0, 100)).expect("read").rows)
        .collect();
    let ids = rows(clove, Filter::All).into_iter().map(|row| row.id);
    let history = ids.map(|id| wait(clove.history(id)).expect("read")).collect();
    let found = wait(clove.search("todo", Filter::All, 0, 100)).expect("read").rows;
    Shown { lists, history, found }
}

#[test]
fn everything_that_was_shown_is_there() {
    let folder = TempDir::new().expect("a folder");
    let clove = open(folder.path());
    let ids: Vec<_> = (0..6).map(|number| add(&clove, &format!("todo {number}"))).collect();
    wait(clove.rename(ids[0], "todo renamed")).expect("saved");
    wait(clove.describe(ids[1], Some("a description"))).expect("saved");
    wait(clove.set_completed(vec![ids[2], ids[3]], true)).expect("saved");
    wait(clove.delete(vec![ids[4]])).expect("saved");
    wait(clove.undo(None)).expect("saved");
    wait(clove.redo()).expect("saved");
    let before = shown(&clove);
    assert_eq!(before.lists[0].len(), 5, "five of six are in the list");
    drop(clove);
    let clove = open(folder.path());
    assert_eq!(shown(&clove), before, "as it was");
    assert_eq!(wait(clove.check()), Ok(None), "and the file is sound");
}

#[test]
fn a_closed_store_is_one_file() {
    let folder = TempDir::new().expect("a folder");
    let clove = open(folder.path());
    add(&clove, "a");
    drop(clove);
    assert_eq!(names(folder.path()), ["clove.lock", "this-device.db"], "no log is left");
}

#[test]
fn texts_wait_to_be_indexed_for_a_while_and_no_longer() {
    let folder = TempDir::new().expect("a folder");
    let clove = open(folder.path());
    let file = raw(&database(folder.path()));
    let waiting = || {
        let sql = "SELECT count(*) FROM todos_unindexed";
        file.query_row(sql, [], |row| row.get::<_, u32>(0)).expect("the table")
    };
    let add_all = |text, count| (0..count).map(|n| add(&clove, &format!("{text} {n}"))).count();
    add_all("todo", 10);
    assert_eq!(waiting(), 10, "an add does not wait for the index");
    let found = wait(clove.search("todo", Filter::All, 0, 100)).expect("read");
    assert_eq!((found.total, waiting()), (10, 0), "a search does");
    add_all("more", 400);
    let left = waiting();
    assert!(left < 300, "without a search they are indexed at some point: {left} wait");
    drop(clove);
    assert_eq!(waiting(), 0, "a closed store has everything indexed");
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let name = |entry: std::fs::DirEntry| entry.file_name().to_string_lossy().into_owned();
    let mut names: Vec<_> = entries.map(|entry| name(entry.expect("an entry"))).collect();
    names.sort();
    names
}
