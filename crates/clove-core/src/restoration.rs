//! What bringing back a backup means for one todo: decided here, written elsewhere.

use crate::{
    clock::Millis,
    todo::{Field, FieldValue, Todo},
};

/// What becomes of a todo that a backup holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Restoration {
    /// It is not here, and is made again.
    Make(Todo),
    /// It was deleted, and comes back with these values.
    Revive(Vec<FieldValue>),
    /// It was edited, and gets these values back.
    Revert(Vec<FieldValue>),
}

/// Plans what becomes of a todo, given how it was `then` and how it is `here`; `None` where nothing
/// does. What was deleted then is left as it is: a restoration deletes nothing.
pub(crate) fn plan_restoration(
    here: Option<&Todo>,
    then: &Todo,
    now: Millis,
) -> Option<Restoration> {
    if then.is_deleted() {
        return None;
    }
    let Some(here) = here else {
        let at = now.max(then.updated_at().next());
        let mut made = then.clone();
        let values = Field::ALL.iter().map(|field| then.value(*field));
        values.for_each(|value| made.set(value, at));
        return Some(Restoration::Make(made));
    };
    let differs =
        |field: &&Field| **field != Field::DeletedAt && here.value(**field) != then.value(**field);
    let mut values: Vec<_> =
        Field::ALL.iter().filter(differs).map(|field| then.value(*field)).collect();
    if here.is_deleted() {
        values.push(FieldValue::DeletedAt(None));
        return Some(Restoration::Revive(values));
    }
    (!values.is_empty()).then_some(Restoration::Revert(values))
}

#[cfg(test)]
#[path = "restoration_tests.rs"]
mod tests;
