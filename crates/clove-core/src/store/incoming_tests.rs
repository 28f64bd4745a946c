use std::sync::Arc;

use serde_json::{Value, json};

use super::*;
use crate::{
    clock::Clock,
    environment::Environment,
    random::SystemRandom,
    store::{Choice, Database, next_push, set_aside_rows, simulated::Memory, standing, try_again},
    sync::{
        status::TodoStanding,
        wire::{PUSH_BYTES, PUSH_ROWS, parse_page, parse_pushed, push_row},
    },
    todos::Todos,
    view::Cause,
};

struct Noon;

impl Clock for Noon {
    fn now(&self) -> Millis {
        Millis::clamped(1_000)
    }
}

struct Scene {
    memory: Memory,
    todos: Todos,
}

impl Scene {
    fn new() -> Self {
        let memory = Memory::new();
        let environment = Environment { clock: Arc::new(Noon), random: Arc::new(SystemRandom) };
        let todos = Todos::over(memory.open(&SystemRandom), Database::ThisDevice, environment);
        Self { memory, todos }
    }

    async fn add(&self, title: &str) -> Todo {
        let id = self.todos.add(title, None).await.expect("an add").todos[0].id;
        self.get(id)
    }

    fn get(&self, id: TodoId) -> Todo {
        self.memory.with(|connection| rows::load(connection, id)).expect("it is there").1
    }

    async fn write<T: Send + 'static>(
        &self,
        job: impl FnOnce(&mut Batch<'_>) -> Result<T, Error> + Send + 'static,
    ) -> T {
        self.todos.store().write(job).await.expect("it is written")
    }

    fn read<T>(&self, read: impl FnOnce(&Connection) -> Result<T, Error>) -> T {
        self.memory.with(|connection| read(connection)).expect("it is read")
    }

    fn position(&self) -> Position {
        self.read(position)
    }

    fn next(&self) -> Vec<Todo> {
        self.read(|connection| next_push(connection, &Choice::Waiting(Millis::clamped(5_000))))
    }

    async fn pull(&self, rows: &[Value], copied: bool) -> Applied {
        let since = self.position().cursor;
        let last = rows.last().map_or(since, |row| row["rev"].as_i64().expect("a rev"));
        let answer = json!({ "rows": rows, "cursor": last, "more": false });
        let page = parse_page(&answer, since).expect("a page");
        self.write(move |batch| apply_page(batch, "here", &page, 0, copied)).await
    }

    /// What the server answers to a push of this todo.
    async fn acknowledge(&self, sent: &Todo, answer: Value) -> Taken {
        let sent = vec![sent.clone()];
        let answer = json!({ "rows": [answer], "serverNow": 2_000 });
        let pushed = parse_pushed(&answer, &sent).expect("an answer");
        self.write(move |batch| acknowledge(batch, "here", &sent, &pushed)).await
    }
}

fn row(todo: &Todo, rev: i64) -> Value {
    let mut row = push_row(todo);
    row["rev"] = json!(rev);
    row
}

/// The row of a todo that another device deleted.
fn deleted(todo: &Todo, rev: i64) -> Value {
    let mut row = row(todo, rev);
    row["deletedAt"] = json!(3_000);
    row["stamps"]["deletedAt"] = json!(3_000);
    row
}

fn rejected(todo: &Todo, code: &str) -> Value {
    json!({ "clientId": todo.id, "rejected": { "code": code, "message": "No." } })
}

#[tokio::test]
async fn a_page_goes_in_with_its_cursor() {
    let (there, here) = (Scene::new(), Scene::new());
    let (milk, bread) = (there.add("milk").await, there.add("bread").await);
    here.pull(&[row(&milk, 3), row(&bread, 4)], false).await;
    assert_eq!(here.get(milk.id), milk, "it is as it was made");
    let at = here.position();
    assert_eq!((at.cursor, at.unsynced), (4, 0), "there is nothing to push of it");
    assert_eq!(at.synced_at, None, "whether that was all, is not known here");
    here.write(|batch| note_synced(batch, Millis::clamped(7))).await;
    assert_eq!(here.position().synced_at, Some(Millis::clamped(7)), "it is noted");
    assert_eq!(here.todos.counts().active, 2, "the lists have them");
    assert!(here.todos.history(milk.id).await.expect("it is read").is_empty(), "nothing went");
    let found = here.todos.search("bread", crate::view::Filter::All, 0, 9).await.expect("read");
    assert_eq!(found.rows.len(), 1, "it is found");
}

#[tokio::test]
async fn an_edit_from_elsewhere_is_in_the_history_and_a_lost_one_is_told() {
    let here = Scene::new();
    let milk = here.add("milk").await;
    let waiting = here.todos.waiting().await.expect("they are read");
    assert_eq!(waiting.iter().map(|row| row.id).collect::<Vec<_>>(), [milk.id], "it waits");
    here.acknowledge(&milk, row(&milk, 1)).await;
    assert_eq!(here.todos.waiting().await.expect("they are read"), [], "the server has it");
    let mut theirs = milk.clone();
    theirs.set(FieldValue::Completed(true), Millis::clamped(3_000));
    here.pull(&[row(&theirs, 2)], false).await;
    let entry = here.todos.history(milk.id).await.expect("it is read").remove(0);
    assert_eq!((entry.cause, entry.old), (Cause::Remote, json!(false)), "it says what was before");

    here.todos.rename(milk.id, "oat milk").await.expect("a rename");
    let mut later = theirs.clone();
    later.set(FieldValue::Title(crate::samples::title("soy milk")), Millis::clamped(9_000));
    let Applied::Taken(taken) = here.pull(&[row(&later, 3)], false).await else {
        panic!("nothing was deleted");
    };
    assert_eq!(taken.lost, [(milk.id, "soy milk".to_owned())], "the person is told");
    let entry = here.todos.history(milk.id).await.expect("it is read").remove(0);
    assert_eq!((entry.cause, entry.old), (Cause::ConflictLost, json!("oat milk")), "it is kept");
    assert_eq!(here.position().unsynced, 0, "there is nothing left to push");
}

#[tokio::test]
async fn edits_that_gave_way_are_listed_with_both_values_and_can_be_brought_back() {
    let here = Scene::new();
    let (milk, bread) = (here.add("milk").await, here.add("bread").await);
    here.acknowledge(&milk, row(&milk, 1)).await;
    here.acknowledge(&bread, row(&bread, 2)).await;
    here.todos.rename(milk.id, "oat milk").await.expect("a rename");
    here.todos.rename(bread.id, "rye bread").await.expect("a rename");
    let mut later = milk.clone();
    later.set(FieldValue::Title(crate::samples::title("soy milk")), Millis::clamped(9_000));
    here.pull(&[row(&later, 3), deleted(&bread, 4)], false).await;

    let conflicts = || async { here.todos.conflicts(9).await.expect("they are read") };
    let [gone, renamed] = <[_; 2]>::try_from(conflicts().await).expect("one each, the last first");
    assert_eq!(
        (gone.todo, gone.title.as_str()),
        (bread.id, "rye bread"),
        "the edit is still there"
    );
    assert_eq!((&gone.entry.old, gone.is_back), (&json!(null), false), "and was not deleted here");
    assert_eq!((renamed.todo, renamed.title.as_str()), (milk.id, "soy milk"), "as it is now");
    assert_eq!((&renamed.entry.old, &renamed.entry.new), (&json!("oat milk"), &json!("soy milk")));
    assert_eq!(
        here.todos.conflicts(1).await.expect("they are read").len(),
        1,
        "no more than asked"
    );

    for lost in [&gone, &renamed] {
        here.todos.restore_entry(lost.entry.seq).await.expect("a restore");
    }
    assert!(conflicts().await.iter().all(|lost| lost.is_back), "both are as this device had them");
    let waiting = here.todos.waiting().await.expect("they are read");
    let titles: Vec<_> = waiting.iter().map(|row| row.title.as_str()).collect();
    assert_eq!(titles, ["oat milk", "rye bread"], "and wait to be sent");
}

#[tokio::test]
async fn an_acknowledged_push_is_not_pushed_again() {
    let here = Scene::new();
    let milk = here.add("milk").await;
    assert_eq!(here.next(), std::slice::from_ref(&milk), "it waits");
    here.acknowledge(&milk, row(&milk, 1)).await;
    assert!(here.next().is_empty(), "the server has it");
    assert_eq!(here.read(|c| standing(c, milk.id)), TodoStanding::Synced, "and it says so");
}

#[tokio::test]
async fn what_was_pushed_is_not_pulled_unless_another_row_is_before_it() {
    let here = Scene::new();
    let (milk, bread) = (here.add("milk").await, here.add("bread").await);
    here.acknowledge(&milk, row(&milk, 1)).await;
    assert_eq!(here.position().cursor, 1, "what was answered is here");
    here.acknowledge(&bread, row(&bread, 3)).await;
    assert_eq!(here.position().cursor, 1, "row 2 is yet to come");
}

#[tokio::test]
async fn an_edit_during_a_push_is_pushed_next() {
    let here = Scene::new();
    let milk = here.add("milk").await;
    here.todos.rename(milk.id, "oat milk").await.expect("a rename");
    here.acknowledge(&milk, row(&milk, 1)).await;
    assert_eq!(here.next(), [here.get(milk.id)], "the acknowledgement was of an older edit");
}

#[tokio::test]
async fn a_refused_todo_waits_until_it_is_edited_or_tried_again() {
    let here = Scene::new();
    let milk = here.add("milk").await;
    here.acknowledge(&milk, rejected(&milk, "titleTooLong")).await;
    assert!(here.next().is_empty(), "the same would be refused again");
    let at = here.position();
    assert_eq!((at.unsynced, at.aside), (1, 1), "it is still unsynced");
    let id = milk.id;
    let aside = here.read(set_aside_rows);
    assert_eq!(aside.iter().map(|row| row.id).collect::<Vec<_>>(), [id], "it can be found");
    let changes = here.todos.changes();
    here.write(move |batch| try_again(batch, Some(&[id]))).await;
    assert!(changes.has_changed().expect("it is open"), "lists show how it stands");
    assert_eq!(here.next().len(), 1, "it is tried again");
    here.acknowledge(&milk, rejected(&milk, "titleTooLong")).await;
    here.todos.rename(id, "oat milk").await.expect("a rename");
    assert_eq!(here.next().len(), 1, "an edit may have mended it");
    here.acknowledge(&milk, rejected(&milk, "titleTooLong")).await;
    assert_eq!(here.next().len(), 1, "what was refused is not what is here now");
}

#[tokio::test]
async fn a_clock_in_another_century_is_put_back() {
    let here = Scene::new();
    let far = here.add("milk").await;
    here.acknowledge(&far, rejected(&far, "farFuture")).await;
    assert!(here.next().is_empty(), "its stamps are in order, so there is another reason");
    let mut far = here.add("bread").await;
    far.set(FieldValue::Completed(true), Millis::clamped(9_000_000));
    let (edited, id) = (far.clone(), far.id);
    here.write(move |batch| {
        let (seq, before) = rows::load(batch.connection, id)?;
        rows::update(batch, seq, &before, &edited)
    })
    .await;
    here.acknowledge(&far, rejected(&far, "farFuture")).await;
    let back = here.get(id);
    assert_eq!(back.completed.at, Millis::clamped(2_000), "to the server's time");
    assert_eq!(here.next(), [back], "and it is pushed again");
}

#[tokio::test]
async fn stamps_of_a_fast_clock_travel_apart() {
    let here = Scene::new();
    let (sound, fast) = (here.add("sound").await, here.add("fast").await);
    let (id, mut ahead) = (fast.id, fast.clone());
    ahead.set(FieldValue::Completed(true), Millis::clamped(9_000));
    here.write(move |batch| {
        let (seq, before) = rows::load(batch.connection, id)?;
        rows::update(batch, seq, &before, &ahead)
    })
    .await;
    assert_eq!(
        here.next(),
        std::slice::from_ref(&sound),
        "the server would put back the sound one too"
    );
    here.acknowledge(&sound, row(&sound, 1)).await;
    assert_eq!(here.next(), [here.get(id)], "then it goes");
}

#[tokio::test]
async fn a_push_has_bounds() {
    let here = Scene::new();
    for number in 0..PUSH_ROWS + 5 {
        here.add(&format!("todo {number}")).await;
    }
    assert_eq!(here.next().len(), PUSH_ROWS, "no more rows than the server takes");
    let here = Scene::new();
    for _ in 0..40 {
        let long = "\"\u{1F600}".repeat(5_000);
        here.todos.add("long", Some(&long)).await.expect("an add");
    }
    let next = here.next();
    let rows: Vec<Value> = next.iter().map(push_row).collect();
    let bytes = json!(rows).to_string().len();
    assert!(bytes <= PUSH_BYTES, "{bytes} bytes are no more than the server takes");
    let one = json!([push_row(&next[0])]).to_string().len();
    assert!(bytes + one > PUSH_BYTES, "another would not fit");
}

#[tokio::test]
async fn another_epoch_takes_nothing_and_pushes_what_the_server_lost() {
    let here = Scene::new();
    let milk = here.add("milk").await;
    here.write(|batch| meet_epoch(batch, 7)).await;
    here.acknowledge(&milk, row(&milk, 1)).await;
    here.write(|batch| meet_epoch(batch, 7)).await;
    assert_eq!(here.position().cursor, 1, "the same epoch changes nothing");
    here.write(|batch| meet_epoch(batch, 8)).await;
    let at = here.position();
    assert_eq!((at.cursor, at.epoch, at.unsynced), (0, Some(8), 1), "all is pulled anew");
    here.pull(&[row(&milk, 1)], false).await;
    assert_eq!(here.position().unsynced, 0, "what comes back need not be pushed");
}

#[tokio::test]
async fn a_row_that_cannot_be_read_is_pulled_again_at_the_next_start() {
    let (there, here) = (Scene::new(), Scene::new());
    let (milk, bread) = (there.add("milk").await, there.add("bread").await);
    let mut bad = row(&milk, 3);
    bad["completed"] = json!("yes");
    here.pull(&[bad, row(&bread, 4)], false).await;
    assert_eq!(here.get(bread.id), bread, "the others are here");
    let at = here.position();
    assert_eq!((at.cursor, at.unread), (4, 1), "and it is known that one is not");
    here.write(retry_unread).await;
    let at = here.position();
    assert_eq!((at.cursor, at.unread), (2, 0), "the next start pulls it again");
    here.pull(&[row(&milk, 3), row(&bread, 4)], false).await;
    assert_eq!(here.get(milk.id), milk, "a later Clove may read it");
}

#[tokio::test]
async fn a_large_deletion_waits_for_a_copy() {
    for (all, gone, waits) in [(30, 21, true), (60, 21, true), (30, 20, false), (63, 21, false)] {
        let here = Scene::new();
        let mut rows = Vec::new();
        for number in 1..=all {
            let todo = here.add(&format!("todo {number}")).await;
            here.acknowledge(&todo, row(&todo, number)).await;
            if number <= gone {
                rows.push(deleted(&todo, all + number));
            }
        }
        let applied = here.pull(&rows, false).await;
        assert_eq!(applied == Applied::CopyFirst, waits, "{gone} of {all}");
        if waits {
            assert_eq!(here.todos.counts().deleted, 0, "nothing was applied");
            let Applied::Taken(taken) = here.pull(&rows, true).await else {
                panic!("there is a copy now");
            };
            assert_eq!(taken.deleted.len(), 21, "they can be named, and brought back");
            here.todos.restore(taken.deleted).await.expect("they come back");
        }
        let left = if waits { all } else { all - gone };
        assert_eq!(i64::try_from(here.todos.counts().active), Ok(left), "{gone} of {all}");
    }
}
