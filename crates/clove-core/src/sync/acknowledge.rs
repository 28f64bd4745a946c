//! What a row of the server's does to the todo of this device: decided here, written elsewhere.

use std::collections::BTreeMap;

use super::wire::ServerRow;
use crate::{
    clock::Millis,
    edit::Replaced,
    register::Register,
    todo::{Field, FieldValue, Todo},
    view::Cause,
};

/// The stamps of all registers.
pub(crate) type Stamps = BTreeMap<Field, Millis>;

/// A todo of this device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Held {
    pub(crate) todo: Todo,
    /// The stamps as the server last had them: a register with another one is an edit that the server
    /// has not seen. `None` where it never had the todo.
    pub(crate) synced: Option<Stamps>,
}

/// What to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Incoming {
    pub(crate) after: Todo,
    /// Whether it holds an edit that the server has not seen.
    pub(crate) dirty: bool,
    /// The stamps that the server has.
    pub(crate) synced: Stamps,
    pub(crate) replaced: Vec<Replaced>,
    /// Whether an edit of this device lost.
    pub(crate) lost: bool,
}

/// Plans what a row of the server's does. `pushed` is what this device sent, where the row answers
/// that; `None` stands for a row that was pulled.
///
/// `None` where there is nothing to write: texts that were taken away, of a todo that is not here.
///
/// - A register that still is as it was pushed becomes the server's, whatever that is: the server may
///   have put the stamp of a fast clock back.
/// - A register that was edited since stays, unless the server has a later edit.
/// - Of a row that was pulled, each register is merged, as everywhere.
/// - Texts that the server took away stay here.
pub(crate) fn plan_incoming(
    held: Option<&Held>,
    pushed: Option<&Todo>,
    row: &ServerRow,
) -> Option<Incoming> {
    let synced = Field::ALL.iter().map(|field| (*field, row.register(*field).at)).collect();
    let Some(Held { todo: before, synced: seen }) = held else {
        let (replaced, lost) = (Vec::new(), false);
        return row.todo().map(|after| Incoming { after, dirty: false, synced, replaced, lost });
    };
    let restamp = pushed.map_or(0, |pushed| restamp(before, pushed, row));
    let mut after = before.clone();
    after.created_at = before.created_at.min(row.created_at);
    let mut replaced = Vec::new();
    for &field in Field::ALL {
        let mine = before.register(field);
        let unsynced = seen.as_ref().and_then(|seen| seen.get(&field)) != Some(&mine.at);
        let register = match pushed.map(|pushed| pushed.register(field) == mine) {
            Some(true) => adopted(&mine, row.register(field)),
            Some(false) => merged(&mine, restamp, row.register(field)),
            None => merged(&mine, 0, row.register(field)),
        };
        if register.value != mine.value {
            let cause = if unsynced { Cause::ConflictLost } else { Cause::Remote };
            let (old, new, at) = (Some(mine.value), register.value.clone(), register.at);
            replaced.push(Replaced { old, new, at, cause });
        }
        after.set(register.value, register.at);
    }
    let edited = seen.as_ref().is_none_or(|seen| {
        Field::ALL.iter().any(|field| seen.get(field) != Some(&before.at(*field)))
    });
    if edited && !before.is_deleted() && after.is_deleted() {
        // The edit is still in its register, and yet gave way: to the deletion.
        let is_deletion = |entry: &&mut Replaced| entry.new.field() == Field::DeletedAt;
        replaced.iter_mut().filter(is_deletion).for_each(|entry| entry.cause = Cause::ConflictLost);
    }
    let lost = replaced.iter().any(|entry| entry.cause == Cause::ConflictLost);
    let dirty = after.created_at != row.created_at
        || Field::ALL.iter().any(|field| !agrees(&after, *field, row));
    Some(Incoming { after, dirty, synced, replaced, lost })
}

/// The server's register in place of the one that was pushed.
fn adopted(
    mine: &Register<FieldValue>,
    theirs: &Register<Option<FieldValue>>,
) -> Register<FieldValue> {
    match &theirs.value {
        Some(value) => Register::new(value.clone(), theirs.at),
        None => Register::new(mine.value.clone(), mine.at.min(theirs.at)),
    }
}

fn merged(
    mine: &Register<FieldValue>,
    restamp: i64,
    theirs: &Register<Option<FieldValue>>,
) -> Register<FieldValue> {
    let mine = Register::new(mine.value.clone(), mine.at.shifted(restamp));
    match &theirs.value {
        Some(value) => mine.merge(Register::new(value.clone(), theirs.at)),
        None => mine,
    }
}

/// Whether there is nothing to tell the server of a field.
fn agrees(todo: &Todo, field: Field, row: &ServerRow) -> bool {
    let theirs = row.register(field);
    match &theirs.value {
        Some(value) => todo.at(field) == theirs.at && todo.value(field) == *value,
        None => todo.at(field) <= theirs.at,
    }
}

/// How far the stamps of edits that were made since the push have to move, all of them alike, so that
/// their order stays.
///
/// They move back with the pushed ones, where the server put those back; and they stay above what
/// the person had before their eyes, where the server put that forward.
fn restamp(before: &Todo, pushed: &Todo, row: &ServerRow) -> i64 {
    let edited = |field: &&Field| before.register(**field) != pushed.register(**field);
    let Some(first) = Field::ALL.iter().filter(edited).map(|field| before.at(*field)).min() else {
        return 0;
    };
    let put_back = |field: &Field| pushed.at(*field).get() - row.register(*field).at.get();
    let back = Field::ALL.iter().map(put_back).max().unwrap_or(0).max(0);
    let ours = |field: &&Field| row.register(**field).value == Some(pushed.value(**field));
    let seen = Field::ALL.iter().filter(ours).map(|field| row.register(*field).at.get()).max();
    (-back).max(seen.unwrap_or(0) + 1 - first.get())
}

/// Puts stamps back that lie above `limit`, in their order: those of a clock that is so far ahead that
/// the server took none of them. `None` where there are none.
pub(crate) fn put_back(todo: &Todo, limit: Millis) -> Option<Todo> {
    let mut stamps: Vec<Millis> = Field::ALL.iter().map(|field| todo.at(*field)).collect();
    stamps.sort();
    stamps.dedup();
    let (sound, ahead): (Vec<Millis>, Vec<Millis>) =
        stamps.into_iter().partition(|stamp| *stamp <= limit);
    let count = i64::try_from(ahead.len()).unwrap_or(0);
    let mut next = limit.shifted(1 - count).max(sound.last().map_or(Millis::ZERO, |at| at.next()));
    let mut moved = BTreeMap::new();
    for stamp in ahead {
        moved.insert(stamp, next);
        next = next.next();
    }
    let mut after = todo.clone();
    after.created_at = todo.created_at.min(limit);
    for &field in Field::ALL {
        let value = match todo.value(field) {
            FieldValue::DeletedAt(at) => FieldValue::DeletedAt(at.map(|at| at.min(limit))),
            value => value,
        };
        let at = todo.at(field);
        after.set(value, moved.get(&at).copied().unwrap_or(at));
    }
    (after != *todo).then_some(after)
}

#[cfg(test)]
#[path = "acknowledge_tests.rs"]
mod tests;
