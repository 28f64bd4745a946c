//! Each verb of a user.

use clove_core::{
    Error, Invalid, TodoId,
    view::{ActionKind, Cause, Filter, Sort},
};
use tempfile::TempDir;

use crate::support::{add, database, environment, open, raw, rows, titles, wait};

#[test]
fn a_todo_goes_through_its_life() {
    let folder = TempDir::new().expect("a folder");
    let clove = open(folder.path());
    let id = add(&clove, "  Buy milk ");
    let row = || {
        let all = [Filter::All, Filter::Deleted].into_iter().flat_map(|f| rows(&clove, f));
        all.into_iter().find(|row| row.id == id).expect("the todo is in a list")
    };
    assert_eq!(row().title, "Buy milk", "it is there, trimmed");

    wait(clove.rename(id, "Buy oat milk")).expect("saved");
    assert_eq!(row().title, "Buy oat milk", "the new title");

    wait(clove.describe(id, Some("Two litres"))).expect("saved");
    assert_eq!(row().description.as_deref(), Some("Two litres"), "the description");
    wait(clove.describe(id, Some("  "))).expect("saved");
    assert_eq!(row().description, None, "nothing but space is no description");

    wait(clove.set_completed(vec![id], true)).expect("saved");
    assert!(row().completed, "it is done");
    assert_eq!((clove.counts().active, clove.counts().completed), (0, 1), "counted as done");
    wait(clove.set_completed(vec![id], false)).expect("saved");
    assert!(!row().completed, "to be done again");

    wait(clove.delete(vec![id])).expect("saved");
    assert!(row().deleted_at.is_some(), "it is deleted");
    assert_eq!((clove.counts().active, clove.counts().deleted), (0, 1), "counted as deleted");
    wait(clove.restore(vec![id])).expect("saved");
    assert_eq!(row().deleted_at, None, "it is back");
}

#[test]
fn undo_and_redo_walk_over_every_edit() {
    let folder = TempDir::new().expect("a folder");
    let clove = open(folder.path());
    let id = add(&clove, "a");
    wait(clove.rename(id, "b")).expect("saved");
    wait(clove.set_completed(vec![id], true)).expect("saved");
    wait(clove.delete(vec![id])).expect("saved");

    let kinds = [ActionKind::Delete, ActionKind::Complete, ActionKind::Edit, ActionKind::Add];
    for kind in kinds {
        let undone = wait(clove.undo(None)).expect("saved").expect("there is an edit");
        assert_eq!((undone.kind, undone.count, undone.skipped), (kind, 1, 0), "the last first");
    }
    assert_eq!(wait(clove.undo(None)), Ok(None), "then there is nothing to undo");
    assert_eq!(titles(&clove, Filter::All), [""; 0], "the list is empty again");
    for kind in kinds.into_iter().rev() {
        let redone = wait(clove.redo()).expect("saved").expect("there is an edit");
        assert_eq!(redone.kind, kind, "redo walks the other way");
    }
    assert_eq!(wait(clove.redo()), Ok(None), "then there is nothing to redo");
    let row = rows(&clove, Filter::Deleted).remove(0);
    assert_eq!((row.title.as_str(), row.completed), ("b", true), "everything is as it was");
}

#[test]
fn many_todos_are_one_edit() {
    let folder = TempDir::new().expect("a folder");
    let clove = open(folder.path());
    add(&clove, "older");
    let lines = ["milk", "  bread ", "rope"].map(str::to_owned);
    let added = wait(clove.add_all(&lines)).expect("saved");
    let answered: Vec<_> = added.todos.iter().map(|row| row.title.as_str()).collect();
    assert_eq!(answered, ["milk", "bread", "rope"], "answered in the order of the lines, trimmed");
    let oldest_first = ["older", "rope", "bread", "milk"];
    assert_eq!(titles(&clove, Filter::All), oldest_first, "newest first, they read as typed");

    let undone = wait(clove.undo(None)).expect("saved").expect("there is an edit");
    assert_eq!((undone.kind, undone.count), (ActionKind::Add, 3), "one undo takes all back");
    assert_eq!(titles(&clove, Filter::All), ["older"]);
    wait(clove.redo()).expect("saved");
    assert_eq!(titles(&clove, Filter::All), oldest_first, "and one redo brings them back");
}

#[test]
fn the_ids_of_a_list_are_those_of_its_rows_in_its_order() {
    let folder = TempDir::new().expect("a folder");
    let clove = open(folder.path());
    let [a, b, c] = ["a", "b", "c"].map(|title| add(&clove, title));
    wait(clove.set_completed(vec![b], true)).expect("saved");
    let ids = |filter, sort, limit| wait(clove.ids(filter, sort, limit)).expect("read");
    assert_eq!(ids(Filter::All, Sort::Newest, 10), [c, a, b], "as they are shown");
    assert_eq!(ids(Filter::All, Sort::Oldest, 2), [a, c], "no more than asked for");
    assert_eq!(ids(Filter::Completed, Sort::Newest, 10), [b]);
    assert_eq!(ids(Filter::Deleted, Sort::Newest, 10), []);
}

#[test]
fn many_todos_are_added_or_none() {
    let folder = TempDir::new().expect("a folder");
    let clove = open(folder.path());
    let lines = ["milk".to_owned(), "x".repeat(501)];
    let refused = wait(clove.add_all(&lines));
    assert_eq!(refused, Err(Error::Invalid(Invalid::TitleTooLong(501))), "the bound is kept");
    assert_eq!(titles(&clove, Filter::All), [""; 0], "and nothing is there");
    assert_eq!(wait(clove.add_all(&[])).expect("nothing to do").action, 0, "no edit of nothing");
    assert_eq!(wait(clove.undo(None)), Ok(None));
}

#[test]
fn an_edit_is_undone_by_its_number() {
    let folder = TempDir::new().expect("a folder");
    let clove = open(folder.path());
    let (kept, gone) = (add(&clove, "kept"), add(&clove, "gone"));
    let deleted = wait(clove.delete(vec![gone])).expect("saved");
    wait(clove.rename(kept, "renamed")).expect("saved");
    let undone = wait(clove.undo(Some(deleted.action))).expect("saved").expect("it is known");
    assert_eq!(undone.titles, ["gone"], "the toast's edit, not the last one");
    assert_eq!(titles(&clove, Filter::All), ["renamed", "gone"], "the later edit stays");
    assert_eq!(wait(clove.undo(Some(deleted.action))), Ok(None), "once");
}

#[test]
fn an_edit_that_changes_nothing_leaves_no_trace() {
    let folder = TempDir::new().expect("a folder");
    let clove = open(folder.path());
    let id = add(&clove, "a");
    let before = wait(clove.history(id)).expect("read");
    let nothing = wait(clove.rename(id, " a ")).expect("not an error");
    assert_eq!(nothing.action, 0, "there is nothing to undo by its number");
    assert_eq!(wait(clove.history(id)).expect("read"), before, "nothing was replaced");
    let added = wait(clove.add("b", None)).expect("saved");
    assert_eq!(wait(clove.undo(Some(nothing.action))), Ok(None), "nor is a later edit undone");
    let undone = wait(clove.undo(None)).expect("saved").expect("there is an edit");
    assert_eq!((undone.kind, added.action > 0), (ActionKind::Add, true), "the last real edit");
}

#[test]
fn an_undo_that_finds_later_edits_leaves_them() {
    let folder = TempDir::new().expect("a folder");
    let clove = open(folder.path());
    let id = add(&clove, "a");
    let renamed = wait(clove.rename(id, "b")).expect("saved");
    wait(clove.rename(id, "c")).expect("saved");
    let undone = wait(clove.undo(Some(renamed.action))).expect("saved").expect("it is known");
    assert_eq!((undone.action, undone.count, undone.skipped), (0, 0, 1), "the later title stays");
    assert_eq!(wait(clove.redo()), Ok(None), "what was not undone is not redone");
    assert_eq!(titles(&clove, Filter::All), ["c"], "the later title stays");
}

#[test]
fn every_replaced_value_can_be_restored() {
    let folder = TempDir::new().expect("a folder");
    let clove = open(folder.path());
    let id = add(&clove, "first");
    wait(clove.rename(id, "second")).expect("saved");
    wait(clove.delete(vec![id])).expect("saved");
    let history = wait(clove.history(id)).expect("read");
    let seen: Vec<_> = history.iter().map(|entry| (entry.field.name(), entry.cause)).collect();
    let newest_first =
        [("deletedAt", Cause::Deleted), ("title", Cause::Edit), ("title", Cause::Edit)];
    assert_eq!(seen, newest_first, "each edit has an entry");
    assert_eq!(history[1].old, "first", "with what it replaced");
    assert_eq!(history[2].old, serde_json::Value::Null, "a creation replaced nothing");

    wait(clove.restore_entry(history[1].seq)).expect("saved");
    assert_eq!(titles(&clove, Filter::All), ["first"], "the old title, in a living todo");
    let undone = wait(clove.undo(None)).expect("saved").expect("there is an edit");
    assert_eq!(undone.kind, ActionKind::Restore, "a restore is an edit like others");
    assert_eq!(titles(&clove, Filter::Deleted), ["second"], "and taken back whole");
    let missing = wait(clove.restore_entry(999));
    assert_eq!(missing, Err(Error::NotFound(None)), "an entry that is not there");
}

#[test]
fn a_deleted_todo_is_deleted_again_under_a_clock_that_stands() {
    let folder = TempDir::new().expect("a folder");
    let (environment, clock) = environment();
    clock.set(0);
    let clove = clove_core::Todos::open(folder.path(), environment).expect("the store opens");
    let id = add(&clove, "a");
    for round in 0..3 {
        wait(clove.delete(vec![id])).expect("saved");
        assert_eq!(clove.counts().deleted, 1, "deleted in round {round}");
        wait(clove.rename(id, &format!("revived {round}"))).expect("saved");
        assert_eq!(clove.counts().active, 1, "revived by a later edit in round {round}");
    }
}

#[test]
fn many_todos_change_together_or_not_at_all() {
    let folder = TempDir::new().expect("a folder");
    let clove = open(folder.path());
    let ids = vec![add(&clove, "a"), add(&clove, "b")];
    let unknown: TodoId = "0198c0de-0000-7000-8000-000000000000".parse().expect("an id");
    let mixed = vec![ids[0], unknown];
    let refused = wait(clove.delete(mixed));
    assert_eq!(refused, Err(Error::NotFound(Some(unknown))), "one of them is not there");
    assert_eq!(clove.counts().active, 2, "so none was deleted");
    wait(clove.delete(ids)).expect("saved");
    let undone = wait(clove.undo(None)).expect("saved").expect("there is an edit");
    assert_eq!((undone.count, undone.titles.len()), (2, 1), "one undo brings both back");
    assert_eq!(clove.counts().active, 2, "one undo brings both back");
}

#[test]
fn a_text_out_of_bounds_is_refused_and_changes_nothing() {
    let folder = TempDir::new().expect("a folder");
    let clove = open(folder.path());
    let id = add(&clove, "a");
    let long = "x".repeat(501);
    let refused = [
        (wait(clove.add(" ", None)), Invalid::TitleEmpty),
        (wait(clove.rename(id, &long)), Invalid::TitleTooLong(501)),
        (wait(clove.describe(id, Some(&"x".repeat(10_001)))), Invalid::DescriptionTooLong(10_001)),
        (wait(clove.add("a\0", None)), Invalid::ControlCharacter { character: '\0', position: 2 }),
    ];
    for (outcome, reason) in refused {
        assert_eq!(outcome, Err(Error::Invalid(reason)), "out of bounds");
    }
    assert_eq!(titles(&clove, Filter::All), ["a"], "nothing changed");
    assert_eq!(*clove.changes().borrow(), 1, "and nothing was announced but the first add");
}

#[test]
fn lists_and_searches_are_windows() {
    let folder = TempDir::new().expect("a folder");
    let (environment, clock) = environment();
    let clove = clove_core::Todos::open(folder.path(), environment).expect("the store opens");
    for number in 0..10 {
        clock.set(number);
        add(&clove, &format!("todo {number}"));
    }
    let window = wait(clove.list(Filter::Active, Sort::Newest, 2, 3)).expect("read");
    let seen: Vec<_> = window.rows.iter().map(|row| row.title.as_str()).collect();
    assert_eq!(seen, ["todo 7", "todo 6", "todo 5"], "three from the third on, newest first");
    assert_eq!((window.offset, window.total, window.counts.active), (2, 10, 10), "of ten");
    let found = wait(clove.search("todo", Filter::All, 8, 5)).expect("read");
    let seen: Vec<_> = found.rows.iter().map(|row| row.title.as_str()).collect();
    assert_eq!(seen, ["todo 1", "todo 0"], "the end of the hits");
    assert_eq!((found.offset, found.total, found.more), (8, 10, false), "of ten");
}

#[test]
fn new_and_edited_todos_wait_to_be_sent() {
    let folder = TempDir::new().expect("a folder");
    let clove = open(folder.path());
    let (edited, untouched) = (add(&clove, "edited"), add(&clove, "untouched"));
    let file = raw(&database(folder.path()));
    let dirty = |id: TodoId| {
        let sql = "SELECT dirty, rev IS NULL FROM todos WHERE id = ?1";
        let read = |row: &rusqlite::Row<'_>| Ok((row.get::<_, bool>(0)?, row.get::<_, bool>(1)?));
        file.query_row(sql, [id.to_string()], read).expect("the row")
    };
    assert_eq!(dirty(edited), (true, true), "the server has not seen a new todo");
    file.execute("UPDATE todos SET dirty = 0", []).expect("as after sending");
    wait(clove.set_completed(vec![edited], true)).expect("saved");
    assert!(dirty(edited).0, "the server has not seen the edit");
    assert!(!dirty(untouched).0, "what was not edited is not sent again");
}
