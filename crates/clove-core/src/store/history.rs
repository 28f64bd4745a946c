//! Every value that was replaced, and by what.

use rusqlite::{Connection, Row};

use crate::{
    edit::Replaced,
    error::Error,
    todo::{Field, FieldValue, TodoId},
    view::Cause,
};

/// An entry of the history as it is stored.
#[derive(Debug, Clone)]
pub(crate) struct Recorded {
    pub(crate) seq: i64,
    pub(crate) todo: TodoId,
    pub(crate) replaced: Replaced,
}

const COLUMNS: &str = "seq, todo_id, field, old_value, new_value, at, cause";

/// Writes what one todo's edit replaced, as part of `action`.
pub(crate) fn write_history(
    connection: &Connection,
    action: i64,
    todo: TodoId,
    device: &str,
    replaced: &[Replaced],
) -> Result<(), Error> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO history (action, todo_id, field, old_value, new_value, at, device, cause)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?;
    for entry in replaced {
        let old = entry.old.as_ref().map(|value| value.to_json().to_string());
        let new = entry.new.to_json().to_string();
        let cause = entry.cause.name();
        let field = entry.new.field();
        statement.execute((action, todo, field, old, new, entry.at, device, cause))?;
    }
    Ok(())
}

/// A number for the next action: that of its first entry.
pub(crate) fn next_action(connection: &Connection) -> Result<i64, Error> {
    let sql = "SELECT coalesce(max(seq), 0) + 1 FROM history";
    Ok(connection.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
}

/// What an action replaced, in the order in which it did.
pub(crate) fn replaced_by(connection: &Connection, action: i64) -> Result<Vec<Recorded>, Error> {
    let sql = format!("SELECT {COLUMNS}, action FROM history WHERE seq >= ?1 ORDER BY seq");
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query([action])?;
    let mut entries = Vec::new();
    while let Some(row) = rows.next()?
        && row.get::<_, i64>("action")? == action
    {
        entries.push(read(row)?);
    }
    Ok(entries)
}

/// A todo's history, newest first.
pub(crate) fn entries_of(connection: &Connection, todo: TodoId) -> Result<Vec<Recorded>, Error> {
    query(connection, "WHERE todo_id = ?1 ORDER BY seq DESC", todo)
}

/// One entry.
pub(crate) fn entry(connection: &Connection, seq: i64) -> Result<Recorded, Error> {
    query(connection, "WHERE seq = ?1", seq)?.pop().ok_or(Error::NotFound(None))
}

/// The newest entries of edits that gave way to later ones from elsewhere.
pub(crate) fn lost_edits(connection: &Connection, limit: u32) -> Result<Vec<Recorded>, Error> {
    // The index of these entries is found by the word itself, not by a parameter.
    query(connection, "WHERE cause = 'conflict_lost' ORDER BY seq DESC LIMIT ?1", limit)
}

fn query(
    connection: &Connection,
    condition: &str,
    parameter: impl rusqlite::ToSql,
) -> Result<Vec<Recorded>, Error> {
    let sql = format!("SELECT {COLUMNS} FROM history {condition}");
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map([parameter], read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn read(row: &Row<'_>) -> rusqlite::Result<Recorded> {
    let field: Field = row.get("field")?;
    let value = |text: String| -> rusqlite::Result<FieldValue> {
        serde_json::from_str(&text).and_then(|json| field.parse(json)).map_err(|error| {
            let text = rusqlite::types::Type::Text;
            rusqlite::Error::FromSqlConversionFailure(4, text, error.into())
        })
    };
    let cause: String = row.get("cause")?;
    Ok(Recorded {
        seq: row.get("seq")?,
        todo: row.get("todo_id")?,
        replaced: Replaced {
            old: row.get::<_, Option<String>>("old_value")?.map(value).transpose()?,
            new: value(row.get("new_value")?)?,
            at: row.get("at")?,
            cause: Cause::named(&cause),
        },
    })
}
