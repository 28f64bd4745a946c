//! Todos of a file, on their way into the database.

use std::collections::HashSet;

use rusqlite::Connection;

use super::{history, rows, writer::Batch};
use crate::{
    edit::{Replaced, plan_creation},
    error::Error,
    merge::merge,
    todo::{Field, Todo},
    view::Cause,
};

/// What an import does.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    /// The number of the edit; 0 where it changes nothing.
    pub(crate) action: i64,
    /// Todos that are new here.
    pub(crate) added: usize,
    /// Todos that are here, of which the file has later values.
    pub(crate) changed: usize,
    /// Todos that are here as they are in the file, or later.
    pub(crate) known: usize,
}

/// Counts what [`import`] would do.
pub(crate) fn preview_import(connection: &Connection, todos: &[Todo]) -> Result<Counts, Error> {
    let mut counts = Counts::default();
    let mut met = HashSet::new();
    for todo in todos {
        match rows::look_up(connection, todo.id)? {
            // The same todo twice in one file is one.
            None if met.insert(todo.id) => counts.added += 1,
            None => counts.known += 1,
            Some((_, held)) if merged(&held, todo) == held => counts.known += 1,
            Some(_) => counts.changed += 1,
        }
    }
    Ok(counts)
}

/// Writes todos, as one edit. Those that are here already are merged, so that the later value of each
/// field stays.
pub(crate) fn import(
    batch: &mut Batch<'_>,
    device: &str,
    todos: Vec<Todo>,
) -> Result<Counts, Error> {
    let action = history::next_action(batch.connection)?;
    let mut counts = Counts::default();
    for todo in todos {
        let id = todo.id;
        let replaced = match rows::look_up(batch.connection, id)? {
            None => {
                counts.added += 1;
                let plan = plan_creation(todo);
                rows::insert(batch, &plan.after)?;
                plan.replaced
            }
            Some((seq, before)) => {
                let after = merged(&before, &todo);
                if after == before {
                    counts.known += 1;
                    continue;
                }
                counts.changed += 1;
                rows::update(batch, seq, &before, &after)?;
                replaced(&before, &after)
            }
        };
        counts.action = action;
        history::write_history(batch.connection, action, id, device, &replaced)?;
    }
    Ok(counts)
}

/// As both are, but no earlier made: the moment of making is no edit.
fn merged(held: &Todo, todo: &Todo) -> Todo {
    Todo { created_at: held.created_at, ..merge(held.clone(), todo.clone()) }
}

fn replaced(before: &Todo, after: &Todo) -> Vec<Replaced> {
    let changed = Field::ALL.iter().filter(|field| before.value(**field) != after.value(**field));
    let replaced = |field: &Field| Replaced {
        old: Some(before.value(*field)),
        new: after.value(*field),
        at: after.at(*field),
        cause: Cause::Edit,
    };
    changed.map(replaced).collect()
}
