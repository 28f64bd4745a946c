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

/// Plans an edit; `None` where every value is there already.
///
/// The stamp lies above every stamp of the todo, so that an edit made after seeing another always
/// wins over it, whatever this device's clock says.
pub(crate) fn plan_edit(before: &Todo, values: Vec<FieldValue>, now: Millis) -> Option<Plan> {
    let at = now.max(before.updated_at().next());
    let mut plan = Plan { after: before.clone(), replaced: Vec::new() };
    for new in values {
        let old = before.value(new.field());
        if old == new {
            continue;
        }
        let cause = cause_of(&new);
        plan.after.set(new.clone(), at);
        plan.replaced.push(Replaced { old: Some(old), new, at, cause });
    }
    (!plan.replaced.is_empty()).then_some(plan)
}

/// The entry of a new todo's history.
pub(crate) fn plan_creation(todo: Todo) -> Plan {
    let new = todo.value(Field::Title);
    let replaced = vec![Replaced { old: None, new, at: todo.created_at, cause: Cause::Edit }];
    Plan { after: todo, replaced }
}

/// The value that takes an entry of the history back; `None` where the todo was edited since.
pub(crate) fn plan_undo(
    current: &Todo,
    old: Option<&FieldValue>,
    new: &FieldValue,
    now: Millis,
) -> Option<FieldValue> {
    let Some(old) = old else {
        return (!current.is_deleted()).then_some(FieldValue::DeletedAt(Some(now)));
    };
    let edited_since = current.value(new.field()) != *new;
    // A text written into a deleted todo would bring it back.
    let would_revive = current.is_deleted() && new.field() != Field::DeletedAt;
    (!edited_since && !would_revive).then(|| old.clone())
}

fn cause_of(value: &FieldValue) -> Cause {
    match value {
        FieldValue::DeletedAt(Some(_)) => Cause::Deleted,
        _ => Cause::Edit,
    }
}
