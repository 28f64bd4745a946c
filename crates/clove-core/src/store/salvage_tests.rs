use serde_json::{Value, json};
use tempfile::TempDir;

use super::*;
use crate::{
    samples,
    store::connection::{self, Mode},
    sync::{
        acknowledge::{Held, plan_incoming},
        wire::{ServerRow, parse_page, push_row},
    },
};

const MADE: i64 = 1_700_000_000_000;

/// A todo that was made, renamed and described.
fn todo() -> Todo {
    let mut todo = samples::todo("written down", MADE);
    for (number, field) in (1..).zip(Field::ALL) {
        todo.set(todo.value(*field), Millis::clamped(MADE + number * 1_000));
    }
    todo
}

/// The page of a database in which a todo is that the server has. No id is in it twice.
fn page(todo: &Todo) -> Vec<u8> {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("a.db");
    let mut connection = connection::open(&path, Mode::ReadWrite).expect("a database");
    migrations::migrate_new(&mut connection).expect("its schema");
    let mut batch = crate::store::Batch::over(&connection);
    rows::insert(&mut batch, todo).expect("it is written");
    connection.execute("UPDATE todos SET dirty = 0, rev = 7, synced = stamps", []).expect("synced");
    connection.close().expect("all is in the file");
    let file = std::fs::read(&path).expect("the file");
    let id = todo.id.to_string();
    let holds = |page: &&[u8]| page.windows(id.len()).any(|part| part == id.as_bytes());
    let mut pages = file.chunks(4096).filter(holds);
    let is_table = |page: &&[u8]| page[0] == 13;
    pages.find(is_table).expect("the page of its row").to_vec()
}

fn served(todo: &Todo) -> ServerRow {
    let mut row: Value = push_row(todo);
    row["rev"] = json!(9);
    let page = json!({ "rows": [row], "cursor": 9, "more": false });
    let mut rows = parse_page(&page, 0).expect("a page").rows;
    rows.remove(0).expect("a row")
}

/// What becomes of a todo of a damaged page when the server's row of it is pulled: what is then here,
/// whether an edit is said to have given way, and whether anything is pushed.
fn pulled(page: &[u8], row: &ServerRow) -> Option<(Todo, bool, bool)> {
    let mut salvaged = salvage(page, b"").expect("it is read");
    trust(&mut salvaged, &[]);
    let todo = salvaged.carried.todos.into_iter().find(|todo| todo.id == row.id)?;
    let held = Held { synced: salvaged.synced.remove(&todo.id), todo };
    let plan = plan_incoming(Some(&held), None, row).expect("a plan");
    Some((plan.after, plan.lost, plan.dirty))
}

/// Calls `each` with the page after bits of each byte of its row were turned, one at a time, but for those of its id: another
/// id is another todo.
fn with_each_byte_damaged(page: &[u8], todo: &Todo, mut each: impl FnMut(&[u8], usize)) {
    let id = todo.id.to_string();
    let start = (0..page.len()).find(|at| page[*at..].starts_with(id.as_bytes())).expect("its id");
    let row = page.iter().rposition(|byte| *byte != 0).expect("its end");
    let mut damaged = page.to_vec();
    for at in (start - 30..=row).filter(|at| !(start..start + id.len()).contains(at)) {
        for bit in [0, 4, 7] {
            damaged[at] ^= 1 << bit;
            each(&damaged, at);
            damaged[at] ^= 1 << bit;
        }
    }
}

#[test]
fn no_damaged_bit_wins_over_the_server() {
    let todo = todo();
    let page = page(&todo);
    let mut later = todo.clone();
    for field in Field::ALL.iter().filter(|field| **field != Field::DeletedAt) {
        later.set(later.value(*field), Millis::clamped(MADE + 9_000));
    }
    let mut gone = todo.clone();
    let at = Millis::clamped(MADE + 9_000);
    gone.set(crate::todo::FieldValue::DeletedAt(Some(at)), at);
    let mut found = 0;
    for on_server in [todo.clone(), later, gone] {
        let row = served(&on_server);
        with_each_byte_damaged(&page, &todo, |damaged, at| {
            let Some((after, ..)) = pulled(damaged, &row) else { return };
            found += 1;
            // The moment of the making is no register: the earliest counts, wherever it is known.
            let after = Todo { created_at: on_server.created_at, ..after };
            assert_eq!(after, on_server, "byte {at}: the server's word counts");
        });
    }
    assert!(found > 400, "most of them leave a row that can be read: {found}");
}

#[test]
fn what_was_synced_is_no_edit_and_pushes_nothing() {
    let todo = todo();
    let pulled = pulled(&page(&todo), &served(&todo));
    assert_eq!(pulled, Some((todo, false, false)), "all is as it was");
}

#[test]
fn an_edit_that_the_server_has_not_seen_is_still_one() {
    let mut todo = todo();
    let row = served(&todo);
    let edited = Millis::clamped(MADE + 20_000);
    todo.set(todo.value(Field::Completed), edited);
    let found = Found { seq: 1, todo: todo.clone(), synced: None };
    let mut salvaged = Salvaged::default();
    salvaged.carried.todos.push(found.todo);
    trust(&mut salvaged, &[]);
    assert_eq!(salvaged.carried.todos, [todo.clone()], "nothing of it is put back");
    let held = Held { todo: todo.clone(), synced: None };
    let plan = plan_incoming(Some(&held), None, &row).expect("a plan");
    assert_eq!((plan.after, plan.dirty), (todo, true), "it is pushed");
}
