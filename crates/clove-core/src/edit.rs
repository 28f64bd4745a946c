//! What an edit does to a todo: decided here, written elsewhere.

use crate::{
    clock::Millis,
    todo::{Field, FieldValue, Todo},
    view::Cause,
};

/// A value that an edit replaces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Replaced {
    /// `None` where the todo is new.
    pub(crate) old: Option<FieldValue>,
    pub(crate) new: FieldValue,
    pub(crate) at: Millis,
    pub(crate) cause: Cause,
}

/// The outcome of an edit to one todo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Plan {
    pub(crate) after: Todo,
    pub(crate) replaced: Vec<Replaced>,
}

/// The stamp of an edit made at `now`.
///
/// It lies above every stamp of the todo, so that an edit made after seeing another always wins over
/// it, whatever this device's clock says.
pub(crate) fn stamp(before: &Todo, now: Millis) -> Millis {
    now.max(before.updated_at().next())
}

/// Plans an edit with the stamp `at`; `None` where every value is there already.
///
/// A later edit revives a deleted todo. Its deletion is then replaced too, in as many words, so that
/// the history tells of it and undo can take it back.
pub(crate) fn plan_edit(before: &Todo, values: Vec<FieldValue>, at: Millis) -> Option<Plan> {
    let mut changed: Vec<FieldValue> =
        values.into_iter().filter(|value| before.value(value.field()) != *value).collect();
    let says_deleted = changed.iter().any(|value| value.field() == Field::DeletedAt);
    if before.is_deleted() && !changed.is_empty() && !says_deleted {
        changed.push(FieldValue::DeletedAt(None));
    }
    let mut plan = Plan { after: before.clone(), replaced: Vec::with_capacity(changed.len()) };
    for new in changed {
        let old = Some(before.value(new.field()));
        plan.after.set(new.clone(), at);
        plan.replaced.push(Replaced { old, cause: cause_of(&new), new, at });
    }
    (!plan.replaced.is_empty()).then_some(plan)
}

/// The entry of a new todo's history.
pub(crate) fn plan_creation(todo: Todo) -> Plan {
    let new = todo.value(Field::Title);
    let replaced = vec![Replaced { old: None, new, at: todo.created_at, cause: Cause::Edit }];
    Plan { after: todo, replaced }
}

/// The values that take one todo's part of an action back: those that were not edited since.
pub(crate) fn plan_undo<'a>(
    current: &Todo,
    replaced: impl IntoIterator<Item = &'a Replaced>,
    at: Millis,
) -> Vec<FieldValue> {
    let take_back = |entry: &Replaced| match &entry.old {
        None => (!current.is_deleted()).then_some(FieldValue::DeletedAt(Some(at))),
        Some(old) => (current.value(old.field()) == entry.new).then(|| old.clone()),
    };
    let values: Vec<FieldValue> = replaced.into_iter().filter_map(take_back).collect();
    let says_deleted = values.iter().any(|value| value.field() == Field::DeletedAt);
    // A text written into a todo that was deleted since would bring it back.
    if current.is_deleted() && !says_deleted { Vec::new() } else { values }
}

fn cause_of(value: &FieldValue) -> Cause {
    match value {
        FieldValue::DeletedAt(Some(_)) => Cause::Deleted,
        _ => Cause::Edit,
    }
}

#[cfg(test)]
#[path = "edit_tests.rs"]
mod tests;
