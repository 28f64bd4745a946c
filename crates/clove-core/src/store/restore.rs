//! Todos of a backup, on their way back into the database.

use rusqlite::Connection;

use super::{history, meta, rows, transfer::Carried, writer::Batch};
use crate::{
    clock::Millis,
    edit::{plan_creation, plan_edit, stamp},
    error::Error,
    keep::view::Restored,
    restoration::{Restoration, plan_restoration},
};

/// Counts what [`restore`] would do.
pub(crate) fn preview(connection: &Connection, backup: &Carried) -> Result<Restored, Error> {
    let mut counted = Restored::default();
    for then in &backup.todos {
        let here = rows::look_up(connection, then.id)?;
        let plan = plan_restoration(here.as_ref().map(|(_, todo)| todo), then, Millis::ZERO);
        count(&mut counted, plan.as_ref());
    }
    Ok(counted)
}

/// Brings back what a backup has and this database has not, or has otherwise, as edits made now: so they
/// reach other devices, and what they replace is in the history.
pub(crate) fn restore(
    batch: &mut Batch<'_>,
    device: &str,
    now: Millis,
    backup: &Carried,
) -> Result<Restored, Error> {
    let action = history::next_action(batch.connection)?;
    let now = now.shifted(meta::clock_offset(batch.connection)?);
    let mut restored = Restored::default();
    for then in &backup.todos {
        let found = rows::look_up(batch.connection, then.id)?;
        let plan = plan_restoration(found.as_ref().map(|(_, todo)| todo), then, now);
        count(&mut restored, plan.as_ref());
        let replaced = match (found, plan) {
            (None, Some(Restoration::Make(todo))) => {
                let plan = plan_creation(todo);
                rows::insert(batch, &plan.after)?;
                plan.replaced
            }
            (
                Some((seq, before)),
                Some(Restoration::Revive(values) | Restoration::Revert(values)),
            ) => {
                let Some(plan) = plan_edit(&before, values, stamp(&before, now)) else { continue };
                rows::update(batch, seq, &before, &plan.after)?;
                plan.replaced
            }
            _ => continue,
        };
        history::write_history(batch.connection, action, then.id, device, &replaced)?;
        restored.action = action;
    }
    Ok(restored)
}

fn count(counts: &mut Restored, plan: Option<&Restoration>) {
    match plan {
        None => {}
        Some(Restoration::Make(_) | Restoration::Revive(_)) => counts.come_back += 1,
        Some(Restoration::Revert(_)) => counts.go_back += 1,
    }
}
