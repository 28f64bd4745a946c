//! Todos on their way from one database to another, and what the server has yet to see.

use rusqlite::{Connection, Row};

use super::{history, rows, writer::Batch};
use crate::{
    edit::Replaced,
    error::Error,
    merge::merge,
    todo::{Field, Todo, TodoId},
    view::Cause,
};

/// All that a database holds of its todos.
#[derive(Debug, Default)]
pub(crate) struct Carried {
    pub(crate) todos: Vec<Todo>,
    pub(super) history: Vec<Entry>,
}

/// An entry of the history, as it is written down.
#[derive(Debug)]
pub(super) struct Entry {
    action: i64,
    todo: TodoId,
    field: String,
    old: Option<String>,
    new: String,
    at: i64,
    device: String,
    cause: String,
}

/// Reads everything.
pub(crate) fn carry(connection: &Connection) -> Result<Carried, Error> {
    let todos = todos(connection, "ORDER BY seq")?;
    let sql = format!("SELECT {} FROM history ORDER BY seq", Entry::COLUMNS);
    let mut statement = connection.prepare(&sql)?;
    let history = statement.query_map([], Entry::read)?.collect::<Result<_, _>>()?;
    Ok(Carried { todos, history })
}

/// Writes todos of another database into this one, with their history.
///
/// One that is here already, as after a crash between this and the clearing of the other database, is
/// merged. Either may have been edited since: what loses is in the history of this `device`.
pub(crate) fn take_in(batch: &mut Batch<'_>, device: &str, carried: &Carried) -> Result<(), Error> {
    batch.reload = true;
    let mut taken = std::collections::HashSet::with_capacity(carried.todos.len());
    let mut met = Vec::new();
    for todo in &carried.todos {
        match rows::load(batch.connection, todo.id) {
            Ok((seq, held)) => {
                let merged = merge(held.clone(), todo.clone());
                if merged != held {
                    rows::update(batch, seq, &held, &merged)?;
                }
                met.push((held, todo, merged));
            }
            Err(Error::NotFound(_)) => {
                rows::insert(batch, todo)?;
                taken.insert(todo.id);
            }
            Err(error) => return Err(error),
        }
    }
    let mut entries = Vec::with_capacity(carried.history.len());
    for entry in &carried.history {
        if taken.contains(&entry.todo) || !entry.is_in(batch.connection)? {
            entries.push(entry);
        }
    }
    let mut insert = batch.connection.prepare_cached(
        "INSERT INTO history (action, todo_id, field, old_value, new_value, at, device, cause)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?;
    for action in entries.chunk_by(|a, b| a.action == b.action) {
        let number = super::next_action(batch.connection)?;
        for Entry { todo, field, old, new, at, device, cause, .. } in action {
            insert.execute((number, todo, field, old, new, at, device, cause))?;
        }
    }
    for (held, todo, merged) in met {
        let number = history::next_action(batch.connection)?;
        let lost = lost(batch.connection, [&held, todo], &merged)?;
        history::write_history(batch.connection, number, merged.id, device, &lost)?;
    }
    Ok(())
}

/// The values of two versions that their merger has not, and that the history does not know yet.
fn lost(
    connection: &Connection,
    versions: [&Todo; 2],
    merged: &Todo,
) -> Result<Vec<Replaced>, Error> {
    let sql = "SELECT EXISTS (SELECT 1 FROM history
               WHERE todo_id = ?1 AND field = ?2 AND old_value = ?3)";
    let mut is_known = connection.prepare_cached(sql)?;
    let mut lost = Vec::new();
    for (field, version) in Field::ALL.iter().flat_map(|f| versions.map(|version| (*f, version))) {
        let (old, new) = (version.value(field), merged.value(field));
        let text = old.to_json().to_string();
        if old != new
            && !is_known.query_row((merged.id, field, text), |row| row.get::<_, bool>(0))?
        {
            let at = merged.at(field);
            lost.push(Replaced { old: Some(old), new, at, cause: Cause::ConflictLost });
        }
    }
    Ok(lost)
}

/// Removes every todo and its history: they are in another database, so a repair of this one must not
/// find them in what SQLite leaves of removed rows (<https://sqlite.org/pragma.html#pragma_secure_delete>).
pub(crate) fn clear(batch: &mut Batch<'_>) -> Result<(), Error> {
    batch.connection.execute_batch(
        "PRAGMA secure_delete = on;
         DELETE FROM todos; DELETE FROM history; DELETE FROM todos_unindexed;
         INSERT INTO todos_fts (todos_fts) VALUES ('delete-all');
         PRAGMA secure_delete = off;",
    )?;
    batch.reload = true;
    batch.unindexed = 0;
    Ok(())
}

/// How many todos hold an edit that the server has not seen.
pub(crate) fn unsynced_count(connection: &Connection) -> Result<usize, Error> {
    let sql = "SELECT count(*) FROM todos WHERE dirty = 1";
    let count: i64 = connection.prepare_cached(sql)?.query_row([], |row| row.get(0))?;
    Ok(usize::try_from(count).unwrap_or_default())
}

/// The todos that hold an edit that the server has not seen.
pub(crate) fn unsynced(connection: &Connection) -> Result<Vec<Todo>, Error> {
    todos(connection, "WHERE dirty = 1 ORDER BY seq")
}

/// The todos that are not deleted.
pub(crate) fn living(connection: &Connection) -> Result<Vec<Todo>, Error> {
    todos(connection, "WHERE section < 2 ORDER BY seq")
}

fn todos(connection: &Connection, condition: &str) -> Result<Vec<Todo>, Error> {
    let sql = format!("SELECT {} FROM todos {condition}", rows::COLUMNS);
    let mut statement = connection.prepare(&sql)?;
    Ok(statement.query_map([], rows::read)?.collect::<Result<_, _>>()?)
}

impl Entry {
    /// What [`Self::read`] reads.
    pub(super) const COLUMNS: &str =
        "action, todo_id, field, old_value, new_value, at, device, cause";

    /// What makes two entries one, wherever they were written.
    pub(super) fn identity(&self) -> (TodoId, String, Option<String>, String, i64) {
        (self.todo, self.field.clone(), self.old.clone(), self.new.clone(), self.at)
    }

    /// Whether the history knows it already.
    fn is_in(&self, connection: &Connection) -> Result<bool, Error> {
        let sql = "SELECT EXISTS (SELECT 1 FROM history WHERE todo_id = ?1 AND field = ?2
                   AND old_value IS ?3 AND new_value = ?4 AND at = ?5)";
        let which = (self.todo, &self.field, &self.old, &self.new, self.at);
        Ok(connection.prepare_cached(sql)?.query_row(which, |row| row.get(0))?)
    }

    pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            action: row.get(0)?,
            todo: row.get(1)?,
            field: row.get(2)?,
            old: row.get(3)?,
            new: row.get(4)?,
            at: row.get(5)?,
            device: row.get(6)?,
            cause: row.get(7)?,
        })
    }
}

#[cfg(test)]
#[path = "transfer_tests.rs"]
mod tests;
