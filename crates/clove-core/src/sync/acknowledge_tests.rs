use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::{
    merge::merge,
    samples,
    sync::wire::{parse_kept, push_row},
};

/// A todo whose registers are `(title, at, done, at, deleted, at)`; it has no description.
fn todo(title: (&str, i64), done: (bool, i64), deleted: (Option<i64>, i64)) -> Todo {
    let mut todo = samples::todo(title.0, 1);
    todo.set(FieldValue::Title(samples::title(title.0)), Millis::clamped(title.1));
    todo.set(FieldValue::Completed(done.0), Millis::clamped(done.1));
    todo.set(FieldValue::DeletedAt(deleted.0.map(Millis::clamped)), Millis::clamped(deleted.1));
    todo
}

fn simple(title: &str, at: i64) -> Todo {
    todo((title, at), (false, 1), (None, 1))
}

fn row_of(todo: &Todo) -> ServerRow {
    parse_kept(&push_row(todo).to_string(), 1).expect("a todo is a row")
}

/// The tombstone of a todo, without its texts.
fn stripped(todo: &Todo) -> ServerRow {
    let mut row = push_row(todo);
    row["title"] = json!("");
    row["description"] = json!(null);
    parse_kept(&row.to_string(), 1).expect("a tombstone is a row")
}

fn stamps(todo: &Todo) -> Stamps {
    Field::ALL.iter().map(|field| (*field, todo.at(*field))).collect()
}

fn held(todo: &Todo, synced: Option<&Todo>) -> Held {
    Held { todo: todo.clone(), synced: synced.map(stamps) }
}

fn plan(held: &Held, pushed: Option<&Todo>, row: &ServerRow) -> Incoming {
    plan_incoming(Some(held), pushed, row).expect("the todo is here, so it is planned")
}

fn causes(plan: &Incoming) -> Vec<(Field, Cause)> {
    plan.replaced.iter().map(|entry| (entry.new.field(), entry.cause)).collect()
}

#[test]
fn an_acknowledged_edit_is_clean() {
    let mine = simple("b", 5);
    let plan = plan(&held(&mine, Some(&simple("a", 1))), Some(&mine), &row_of(&mine));
    assert_eq!((plan.after, plan.dirty), (mine.clone(), false), "the server has it");
    assert_eq!(plan.synced, stamps(&mine), "what the server has is remembered");
    assert!(plan.replaced.is_empty() && !plan.lost, "nothing was replaced");
}

#[test]
fn a_stamp_of_a_fast_clock_is_put_back_with_the_servers() {
    let (mine, theirs) = (simple("b", 9_000), simple("b", 50));
    let plan = plan(&held(&mine, None), Some(&mine), &row_of(&theirs));
    assert_eq!((plan.after, plan.dirty), (theirs, false), "the server's stamp counts");
    assert!(plan.replaced.is_empty(), "no value was replaced");
}

#[test]
fn an_edit_in_flight_stays_and_is_dirty() {
    let (pushed, now) = (simple("b", 5), simple("c", 7));
    let plan = plan(&held(&now, None), Some(&pushed), &row_of(&pushed));
    assert_eq!((plan.after, plan.dirty), (now, true), "the ack of an older edit cleans nothing");
}

#[test]
fn an_edit_in_flight_moves_back_with_the_pushed_one() {
    let (pushed, now) = (simple("b", 9_000), simple("c", 9_010));
    let plan = plan(&held(&now, None), Some(&pushed), &row_of(&simple("b", 50)));
    assert_eq!((plan.after, plan.dirty), (simple("c", 60), true), "10 ms stay 10 ms");
}

#[test]
fn edits_in_flight_keep_their_order_when_they_move() {
    let pushed = todo(("b", 1), (false, 1), (None, 9_000));
    // The title was edited, then the todo deleted: it must not come back by moving the deletion alone.
    let now = todo(("c", 9_010), (false, 1), (Some(9_012), 9_012));
    let server = todo(("b", 1), (false, 1), (None, 50));
    let plan = plan(&held(&now, None), Some(&pushed), &row_of(&server));
    assert!(plan.after.is_deleted(), "the deletion came last, and still does");
    assert_eq!(plan.after.at(Field::Title), Millis::clamped(60), "both moved by the same");
}

#[test]
fn an_edit_in_flight_goes_above_what_the_server_put_forward() {
    let (pushed, now) = (simple("b", 5), simple("c", 7));
    let plan = plan(&held(&now, None), Some(&pushed), &row_of(&simple("b", 20)));
    assert_eq!((plan.after, plan.dirty), (simple("c", 21), true), "it was made after seeing b");
}

#[test]
fn a_later_edit_of_another_device_beats_one_in_flight() {
    let (pushed, now) = (simple("b", 5), simple("c", 7));
    let plan = plan(&held(&now, Some(&simple("a", 1))), Some(&pushed), &row_of(&simple("d", 9)));
    assert_eq!((plan.after.clone(), plan.dirty), (simple("d", 9), false), "the later edit wins");
    assert_eq!(causes(&plan), [(Field::Title, Cause::ConflictLost)], "and ours is in the history");
    assert!(plan.lost, "which is announced");
}

#[test]
fn an_edit_from_elsewhere_is_no_conflict() {
    let mine = simple("a", 1);
    let plan = plan(&held(&mine, Some(&mine)), None, &row_of(&simple("b", 5)));
    assert_eq!((plan.after.clone(), plan.dirty), (simple("b", 5), false), "it is taken over");
    assert_eq!(causes(&plan), [(Field::Title, Cause::Remote)], "the old value is in the history");
    assert!(!plan.lost, "nobody lost an edit");
}

#[test]
fn edits_to_different_fields_both_survive() {
    let base = simple("a", 1);
    let mine = simple("b", 5);
    let theirs = todo(("a", 1), (true, 7), (None, 1));
    let plan = plan(&held(&mine, Some(&base)), None, &row_of(&theirs));
    assert_eq!(plan.after, todo(("b", 5), (true, 7), (None, 1)), "each has its field");
    assert!(plan.dirty && !plan.lost, "ours has yet to be sent, and nothing was lost");
    assert_eq!(causes(&plan), [(Field::Completed, Cause::Remote)], "done was nobody's here");
}

#[test]
fn a_later_deletion_of_an_edited_todo_is_announced() {
    let base = simple("a", 1);
    let mine = simple("b", 5);
    let theirs = todo(("a", 1), (false, 1), (Some(9), 9));
    let plan = plan(&held(&mine, Some(&base)), None, &row_of(&theirs));
    assert!(plan.after.is_deleted(), "a later delete wins");
    assert!(plan.lost && plan.dirty, "the edit is kept and sent, and the person is told");
    let entries = causes(&plan);
    assert_eq!(entries, [(Field::DeletedAt, Cause::ConflictLost)], "and can bring the todo back");
}

#[test]
fn a_later_edit_revives_what_another_deleted() {
    let base = simple("a", 1);
    let theirs = todo(("a", 1), (false, 1), (Some(4), 4));
    let plan = plan(&held(&simple("b", 5), Some(&base)), None, &row_of(&theirs));
    assert!(!plan.after.is_deleted() && plan.dirty, "the edit is later than the deletion");
}

#[test]
fn what_the_server_lost_is_sent_again() {
    let mine = simple("b", 5);
    let plan = plan(&held(&mine, Some(&mine)), None, &row_of(&simple("a", 1)));
    assert_eq!((plan.after, plan.dirty), (mine, true), "an old backup takes nothing from a device");
}

#[test]
fn texts_that_the_server_took_away_stay_here() {
    let mine = simple("a", 1);
    let deleted = todo(("b", 3), (false, 1), (Some(9), 9));
    let plan = plan(&held(&mine, Some(&mine)), None, &stripped(&deleted));
    assert_eq!(
        plan.after,
        todo(("a", 1), (false, 1), (Some(9), 9)),
        "it is deleted, with its text"
    );
    assert!(!plan.dirty, "there is nothing to send");
    let entries = causes(&plan);
    assert_eq!(entries, [(Field::DeletedAt, Cause::Remote)], "no text was replaced");
    let nothing = plan_incoming(None, None, &stripped(&deleted));
    assert_eq!(nothing, None, "a device that never had the texts has nothing to show");
}

#[test]
fn a_push_that_meets_a_stripped_tombstone_is_acknowledged() {
    let mine = simple("b", 3);
    let deleted = todo(("b", 3), (false, 1), (Some(9), 9));
    let plan = plan(&held(&mine, None), Some(&mine), &stripped(&deleted));
    assert!(plan.after.is_deleted() && !plan.dirty && plan.lost, "the deletion is later");
    assert_eq!(plan.after.value(Field::Title), mine.value(Field::Title), "the text is still here");
}

#[test]
fn stamps_of_a_clock_in_another_century_are_put_back_in_their_order() {
    let limit = Millis::clamped(100);
    let far = todo(("b", 9_000), (true, 7), (Some(9_500), 9_500));
    let back = put_back(&far, limit).expect("it is ahead");
    assert_eq!(back.at(Field::Title), Millis::clamped(99), "the first of two");
    assert_eq!(back.at(Field::DeletedAt), limit, "the last");
    assert_eq!(back.at(Field::Completed), Millis::clamped(7), "this one was not ahead");
    assert_eq!(back.value(Field::DeletedAt), FieldValue::DeletedAt(Some(limit)), "as its stamp");
    assert!(back.is_deleted(), "the deletion is still the last");
    assert_eq!(put_back(&back, limit), None, "once is enough");
    let crowded = todo(("b", 100), (true, 9_000), (None, 1));
    let back = put_back(&crowded, limit).expect("it is ahead");
    assert_eq!(back.at(Field::Completed), Millis::clamped(101), "above what it was made after");
}

/// A server that merges, after taking `excess` off each stamp.
fn server_after(before: &Todo, pushed: &Todo, excess: i64) -> Todo {
    let mut shifted = pushed.clone();
    for &field in Field::ALL {
        shifted.set(pushed.value(field), pushed.at(field).shifted(-excess));
    }
    merge(before.clone(), shifted)
}

proptest! {
    #[test]
    fn a_pull_merges(mine in samples::any_version(), theirs in samples::any_version()) {
        let plan = plan(&held(&mine, None), None, &row_of(&theirs));
        prop_assert_eq!(&plan.after, &merge(mine, theirs.clone()));
        prop_assert_eq!(plan.dirty, plan.after != theirs, "dirty is what differs from the server");
    }

    #[test]
    fn an_answered_push_is_clean(
        mine in samples::any_version(), theirs in samples::any_version(), excess in 0..4_i64,
    ) {
        let server = server_after(&theirs, &mine, excess);
        let plan = plan(&held(&mine, None), Some(&mine), &row_of(&server));
        prop_assert_eq!((plan.after, plan.dirty), (server, false));
    }

    #[test]
    fn every_replaced_value_is_in_the_history(
        mine in samples::any_version(), pushed in proptest::option::of(samples::any_version()),
        theirs in samples::any_version(),
    ) {
        let plan = plan(&held(&mine, None), pushed.as_ref(), &row_of(&theirs));
        for &field in Field::ALL {
            let replaced = mine.value(field) != plan.after.value(field);
            let entries = plan.replaced.iter().filter(|entry| entry.new.field() == field);
            let olds: Vec<_> = entries.map(|entry| entry.old.clone()).collect();
            let expected = if replaced { vec![Some(mine.value(field))] } else { vec![] };
            prop_assert_eq!(olds, expected, "{:?}", field);
        }
    }

    #[test]
    fn a_row_that_comes_twice_changes_nothing(
        mine in samples::any_version(), theirs in samples::any_version(),
    ) {
        let row = row_of(&theirs);
        let once = plan(&held(&mine, None), None, &row);
        let again = Held { todo: once.after.clone(), synced: Some(once.synced.clone()) };
        let twice = plan(&again, None, &row);
        prop_assert_eq!((twice.after, twice.dirty), (once.after, once.dirty));
        prop_assert!(twice.replaced.is_empty() && !twice.lost);
    }

    /// Whatever the server did to the stamps of a push, edits that were made since win over it, in
    /// their order, and one more push brings both sides together.
    #[test]
    fn edits_in_flight_survive_their_push(
        before in samples::any_version(), fields in prop::collection::vec(0..4_usize, 1..4),
        excess in 0..4_i64,
    ) {
        let pushed = before.clone();
        let mut now = before.clone();
        for (step, index) in fields.iter().enumerate() {
            let at = now.updated_at().next();
            let value = match Field::ALL[*index] {
                Field::Title => FieldValue::Title(samples::title(&format!("new {step}"))),
                Field::Description => FieldValue::Description(None),
                Field::Completed => FieldValue::Completed(!now.completed.value),
                Field::DeletedAt => FieldValue::DeletedAt(Some(at)),
            };
            now.set(value, at);
        }
        let server = server_after(&pushed, &pushed, 0);
        let mut shifted = server.clone();
        for &field in Field::ALL {
            shifted.set(server.value(field), server.at(field).shifted(-excess));
        }
        let plan = plan(&held(&now, None), Some(&pushed), &row_of(&shifted));
        prop_assert!(plan.dirty, "the edits have yet to be sent");
        prop_assert_eq!(plan.after.is_deleted(), now.is_deleted());
        for &index in &fields {
            let field = Field::ALL[index];
            prop_assert_eq!(plan.after.value(field), now.value(field), "no edit is lost");
        }
        let next = server_after(&shifted, &plan.after, 0);
        prop_assert_eq!(next, plan.after, "the next push wins over the first");
    }
}
