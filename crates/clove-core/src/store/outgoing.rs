//! What the server has yet to see, on its way out of the table.

use rusqlite::{Connection, OptionalExtension};

use super::{order::Move, rows, writer::Batch};
use crate::{
    clock::Millis,
    error::Error,
    sync::{
        status::TodoStanding,
        wire::{PUSH_BYTES, PUSH_ROWS, push_row},
    },
    todo::{Todo, TodoId},
    view::TodoRow,
};

/// So many todos that wait, or that the server did not take, are shown.
const SHOWN: u32 = 100;

/// Which todos to push.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Choice {
    /// As many as fit, of those that wait. Those with a stamp above this moment, which only a fast
    /// clock makes, go apart from the others: the server puts the stamps of a push back by the same.
    Waiting(Millis),
    /// Those of these that still wait.
    These(Vec<TodoId>),
}

/// The todos of the next push, as the server counts it. One that the server did not take waits until
/// it is edited or tried again.
pub(crate) fn next_push(connection: &Connection, choice: &Choice) -> Result<Vec<Todo>, Error> {
    let waiting = match choice {
        Choice::These(ids) => these(connection, ids)?,
        Choice::Waiting(limit) => {
            let sound = first(connection, "updated_at <= ?1", *limit)?;
            if sound.is_empty() { first(connection, "updated_at > ?1", *limit)? } else { sound }
        }
    };
    let mut bytes = "[]".len();
    let fits = |todo: &Todo| {
        bytes += push_row(todo).to_string().len() + ",".len();
        bytes <= PUSH_BYTES
    };
    // The largest todo that there can be is a third of what fits.
    Ok(waiting.into_iter().take_while(fits).collect())
}

/// How todos stand with the server.
pub(crate) fn standing(connection: &Connection, id: TodoId) -> Result<TodoStanding, Error> {
    let sql = "SELECT dirty, aside_code, aside_message FROM todos WHERE id = ?1";
    let mut statement = connection.prepare_cached(sql)?;
    let found = statement.query_row([id], rows::standing);
    found.optional()?.ok_or(Error::NotFound(Some(id)))
}

/// The first todos that the server did not take, as they are shown.
pub(crate) fn set_aside_rows(connection: &Connection) -> Result<Vec<TodoRow>, Error> {
    shown(connection, "aside_code IS NOT NULL ORDER BY seq")
}

/// The first todos that wait to be pushed, in the order in which they will be, as they are shown.
pub(crate) fn waiting_rows(connection: &Connection) -> Result<Vec<TodoRow>, Error> {
    shown(connection, "dirty = 1 AND aside_code IS NULL ORDER BY section, section_at, seq")
}

fn shown(connection: &Connection, condition: &str) -> Result<Vec<TodoRow>, Error> {
    let sql = format!("SELECT {} FROM todos WHERE {condition} LIMIT {SHOWN}", *rows::SHOWN);
    let mut statement = connection.prepare_cached(&sql)?;
    Ok(statement.query_map([], rows::read_shown)?.collect::<Result<_, _>>()?)
}

/// Has todos pushed again that the server did not take: these, or all.
pub(crate) fn try_again(batch: &mut Batch<'_>, ids: Option<&[TodoId]>) -> Result<(), Error> {
    let tried = match ids {
        Some(ids) => ids.to_vec(),
        None => set_aside_ids(batch.connection)?,
    };
    let sql = "UPDATE todos SET aside_code = NULL, aside_message = NULL WHERE seq = ?1";
    for id in tried {
        if let Some(row) = rows::held(batch.connection, id)? {
            batch.connection.prepare_cached(sql)?.execute([row.seq])?;
            batch.moves.push(Move::nowhere(row.seq, &row.held.todo));
        }
    }
    Ok(())
}

fn set_aside_ids(connection: &Connection) -> Result<Vec<TodoId>, Error> {
    let sql = "SELECT id FROM todos WHERE aside_code IS NOT NULL";
    let mut statement = connection.prepare_cached(sql)?;
    Ok(statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// In the order of the index, which is that in which they came into their list.
fn first(connection: &Connection, condition: &str, limit: Millis) -> Result<Vec<Todo>, Error> {
    let sql = format!(
        "SELECT {} FROM todos WHERE dirty = 1 AND aside_code IS NULL AND {condition}
         ORDER BY section, section_at, seq LIMIT ?2",
        rows::COLUMNS
    );
    let most = i64::try_from(PUSH_ROWS).unwrap_or(i64::MAX);
    let mut statement = connection.prepare_cached(&sql)?;
    Ok(statement.query_map((limit, most), rows::read)?.collect::<Result<_, _>>()?)
}

fn these(connection: &Connection, ids: &[TodoId]) -> Result<Vec<Todo>, Error> {
    let mut found = Vec::with_capacity(ids.len());
    for id in ids {
        if let Some(row) = rows::held(connection, *id)?.filter(|row| row.dirty) {
            found.push(row.held.todo);
        }
    }
    Ok(found)
}
