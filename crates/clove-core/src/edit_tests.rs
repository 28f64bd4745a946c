use proptest::prelude::*;

use super::*;
use crate::samples::{any_version, title, todo};

fn millis(value: i64) -> Millis {
    Millis::clamped(value)
}

fn renamed(text: &str) -> FieldValue {
    FieldValue::Title(title(text))
}

fn edited(before: &Todo, value: FieldValue, now: i64) -> Plan {
    let at = stamp(before, millis(now));
    plan_edit(before, vec![value], at).expect("the value is a new one")
}

#[test]
fn an_edit_is_stamped_above_all_that_was_seen() {
    let seen = todo("a", 1_000);
    let cases = [
        (2_000, 2_000, "the clock is ahead: its time counts"),
        (1_000, 1_001, "the same millisecond: one above"),
        (5, 1_001, "the clock is behind: one above what was seen"),
    ];
    for (now, at, why) in cases {
        assert_eq!(edited(&seen, renamed("b"), now).after.title.at, millis(at), "{why}");
    }
    let last = todo("a", Millis::MAX.get());
    assert_eq!(stamp(&last, millis(0)), Millis::MAX, "there is no moment above the last");
}

#[test]
fn an_edit_that_changes_nothing_is_no_edit() {
    let seen = todo("a", 10);
    let same = [renamed("a"), FieldValue::Description(None), FieldValue::Completed(false)];
    for value in same {
        let plan = plan_edit(&seen, vec![value.clone()], millis(20));
        assert_eq!(plan, None, "{value:?} is there already");
    }
    assert_eq!(plan_edit(&seen, Vec::new(), millis(20)), None, "nothing was asked for");
}

#[test]
fn each_edit_says_what_it_replaced() {
    let plan = edited(&todo("a", 10), renamed("b"), 20);
    let entry =
        Replaced { old: Some(renamed("a")), new: renamed("b"), at: millis(20), cause: Cause::Edit };
    assert_eq!(plan.replaced, [entry], "the old value is kept");
    let deleted = edited(&todo("a", 10), FieldValue::DeletedAt(Some(millis(20))), 20);
    assert_eq!(deleted.replaced[0].cause, Cause::Deleted, "a deletion is told apart");
    assert!(deleted.after.is_deleted(), "and deletes");
}

#[test]
fn an_edit_of_a_deleted_todo_says_that_it_revives_it() {
    let deleted = edited(&todo("a", 10), FieldValue::DeletedAt(Some(millis(20))), 20).after;
    let revived = edited(&deleted, FieldValue::Completed(true), 30);
    assert!(!revived.after.is_deleted(), "a later edit revives");
    let fields: Vec<Field> = revived.replaced.iter().map(|entry| entry.new.field()).collect();
    assert_eq!(fields, [Field::Completed, Field::DeletedAt], "the history tells of both");

    let at = stamp(&revived.after, millis(40));
    let values = plan_undo(&revived.after, &revived.replaced, at);
    let undone = plan_edit(&revived.after, values, at).expect("there is something to take back");
    assert!(undone.after.is_deleted(), "undo deletes it again");
    assert!(!undone.after.completed.value, "and takes the edit back");

    let at = stamp(&undone.after, millis(50));
    let values = plan_undo(&undone.after, &undone.replaced, at);
    let redone = plan_edit(&undone.after, values, at).expect("there is something to redo");
    assert!(!redone.after.is_deleted() && redone.after.completed.value, "redo makes both again");
}

#[test]
fn undo_takes_back_what_was_not_edited_since() {
    let before = todo("a", 10);
    let plan = edited(&before, renamed("b"), 20);
    let undo = |current: &Todo| plan_undo(current, &plan.replaced, millis(99));
    assert_eq!(undo(&plan.after), [renamed("a")], "nothing happened since");

    let later = edited(&plan.after, renamed("c"), 30).after;
    assert_eq!(undo(&later), [], "a later title stays");

    let other_field = edited(&plan.after, FieldValue::Completed(true), 30).after;
    assert_eq!(undo(&other_field), [renamed("a")], "an edit of another field is no obstacle");

    let deleted = edited(&plan.after, FieldValue::DeletedAt(Some(millis(30))), 30).after;
    assert_eq!(undo(&deleted), [], "the old title would bring a deleted todo back");
}

#[test]
fn undo_of_a_creation_deletes() {
    let plan = plan_creation(todo("a", 10));
    let undo = |current: &Todo| plan_undo(current, &plan.replaced, millis(99));
    let deletion = FieldValue::DeletedAt(Some(millis(99)));
    assert_eq!(
        undo(&plan.after),
        std::slice::from_ref(&deletion),
        "a todo is taken back by deleting it"
    );
    let renamed = edited(&plan.after, renamed("b"), 20).after;
    assert_eq!(undo(&renamed), [deletion], "whatever its title is by then");
    let deleted = edited(&renamed, FieldValue::DeletedAt(Some(millis(30))), 30).after;
    assert_eq!(undo(&deleted), [], "unless it is deleted already");
}

fn any_value() -> impl Strategy<Value = FieldValue> {
    prop_oneof![
        "[abc]".prop_map(|text| renamed(&text)),
        any::<bool>().prop_map(FieldValue::Completed),
        proptest::option::of(0..6_i64)
            .prop_map(|at| FieldValue::DeletedAt(at.map(Millis::clamped))),
    ]
}

proptest! {
    #[test]
    fn an_edit_wins_over_all_it_saw(before in any_version(), value in any_value(), now in 0..9_i64) {
        let at = stamp(&before, millis(now));
        if let Some(plan) = plan_edit(&before, vec![value], at) {
            prop_assert!(plan.after.updated_at() > before.updated_at(), "the stamp rises");
            let merged = crate::merge(before, plan.after.clone());
            prop_assert_eq!(merged, plan.after, "merged with what it saw, the edit stands whole");
        }
    }

    #[test]
    fn undo_at_once_restores_every_value(before in any_version(), value in any_value(), now in 0..9_i64) {
        let at = stamp(&before, millis(now));
        if let Some(plan) = plan_edit(&before, vec![value], at) {
            let at = stamp(&plan.after, millis(now));
            let values = plan_undo(&plan.after, &plan.replaced, at);
            prop_assert_eq!(values.len(), plan.replaced.len(), "nothing is in the way");
            let undone = plan_edit(&plan.after, values, at).expect("every value differs").after;
            for field in Field::ALL {
                prop_assert_eq!(undone.value(*field), before.value(*field), "{:?} is as it was", field);
            }
        }
    }
}
