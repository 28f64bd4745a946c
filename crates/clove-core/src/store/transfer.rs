//! Todos on their way from one database to another, and what the server has yet to see.

use rusqlite::{Connection, Row};

use super::{rows, writer::Batch};
use crate::{
    error::Error,
    merge::merge,
    todo::{Todo, TodoId},
};

/// All that a database holds of its todos.
#[derive(Debug, Default)]
pub(crate) struct Carried {
    pub(crate) todos: Vec<Todo>,
    history: Vec<Entry>,
}

/// An entry of the history, as it is written down.
#[derive(Debug)]
struct Entry {
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
    let sql = "SELECT action, todo_id, field, old_value, new_value, at, device, cause FROM history
               ORDER BY seq";
    let mut statement = connection.prepare(sql)?;
    let history = statement.query_map([], Entry::read)?.collect::<Result<_, _>>()?;
    Ok(Carried { todos, history })
}

/// Writes todos of another database into this one, with their history.
///
/// One that is here already, as after a crash between this and the clearing of the other database, is
/// merged, and its history is here too.
pub(crate) fn take_in(batch: &mut Batch<'_>, carried: &Carried) -> Result<(), Error> {
    batch.reload = true;
    let mut taken = std::collections::HashSet::with_capacity(carried.todos.len());
    for todo in &carried.todos {
        match rows::load(batch.connection, todo.id) {
            Ok((seq, held)) => {
                let merged = merge(held.clone(), todo.clone());
                if merged != held {
                    rows::update(batch, seq, &held, &merged)?;
                }
            }
            Err(Error::NotFound(_)) => {
                rows::insert(batch, todo)?;
                taken.insert(todo.id);
            }
            Err(error) => return Err(error),
        }
    }
    let entries: Vec<&Entry> =
        carried.history.iter().filter(|entry| taken.contains(&entry.todo)).collect();
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
    Ok(())
}

/// Removes every todo and its history: they are in another database.
pub(crate) fn clear(batch: &mut Batch<'_>) -> Result<(), Error> {
    batch.connection.execute_batch(
        "DELETE FROM todos; DELETE FROM history; DELETE FROM todos_unindexed;
         INSERT INTO todos_fts (todos_fts) VALUES ('delete-all');",
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

fn todos(connection: &Connection, condition: &str) -> Result<Vec<Todo>, Error> {
    let sql = format!("SELECT {} FROM todos {condition}", rows::COLUMNS);
    let mut statement = connection.prepare(&sql)?;
    Ok(statement.query_map([], rows::read)?.collect::<Result<_, _>>()?)
}

impl Entry {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
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
