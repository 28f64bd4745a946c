//! Todos as rows: the one place that writes the table, its derived columns and its indexes.

use std::{collections::BTreeMap, sync::LazyLock};

use rusqlite::{Connection, OptionalExtension, Row, ToSql, named_params, types::Type};

use super::{
    order::{Move, Place, Seq},
    search::index,
    writer::Batch,
};
use crate::{
    clock::Millis,
    error::Error,
    register::Register,
    todo::{Field, Todo, TodoId, fields},
};

/// The stamps of all registers, as the column `stamps` holds them (a JSON object).
type Stamps = BTreeMap<Field, Millis>;

macro_rules! define_row {
    ($($variant:ident $column:ident $name:literal: $type:ty,)+) => {
        /// The columns that [`read`] reads, from a table named `todos`.
        pub(super) const COLUMNS: &str = concat!(
            "todos.id, todos.created_at, todos.stamps",
            $(", todos.", stringify!($column)),+
        );

        /// Reads a todo from a row that begins with [`COLUMNS`].
        ///
        /// A register without a stamp belongs to a field that this todo never had an edit of.
        pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Todo> {
            let stamps: Stamps = serde_json::from_str(row.get_ref(2)?.as_str()?)
                .map_err(|error| rusqlite::Error::FromSqlConversionFailure(2, Type::Text, error.into()))?;
            let at = |field| stamps.get(&field).copied().unwrap_or(Millis::ZERO);
            Ok(Todo {
                id: row.get(0)?,
                created_at: row.get(1)?,
                $($column: Register::new(row.get(stringify!($column))?, at(Field::$variant)),)+
            })
        }

        const UPDATE: &str = concat!(
            "UPDATE todos SET created_at = :created_at, updated_at = :updated_at, stamps = :stamps,
                section = :section, section_at = :section_at, dirty = :dirty",
            $(", ", stringify!($column), " = :", stringify!($column)),+,
            " WHERE seq = :seq"
        );

        const INSERT: &str = concat!(
            "INSERT INTO todos (seq, id, created_at, updated_at, stamps, section, section_at, dirty",
            $(", ", stringify!($column)),+,
            ") VALUES (:seq, :id, :created_at, :updated_at, :stamps, :section, :section_at, :dirty",
            $(", :", stringify!($column)),+, ")"
        );

        fn bind_fields(todo: &Todo) -> Vec<(&'static str, &dyn ToSql)> {
            vec![$((concat!(":", stringify!($column)), &todo.$column.value)),+]
        }
    };
}
fields!(define_row);

static SELECT_BY_ID: LazyLock<String> =
    LazyLock::new(|| format!("SELECT {COLUMNS}, todos.seq FROM todos WHERE id = ?1"));
static SELECT_BY_SEQ: LazyLock<String> =
    LazyLock::new(|| format!("SELECT {COLUMNS} FROM todos WHERE seq = ?1"));

/// The todo with this id, and its row.
pub(crate) fn load(connection: &Connection, id: TodoId) -> Result<(Seq, Todo), Error> {
    let mut statement = connection.prepare_cached(&SELECT_BY_ID)?;
    let found = statement.query_row([id], |row| Ok((row.get("seq")?, read(row)?))).optional()?;
    found.ok_or(Error::NotFound(Some(id)))
}

/// The todo in this row, if it is still there.
pub(crate) fn find(connection: &Connection, seq: Seq) -> Result<Option<Todo>, Error> {
    let mut statement = connection.prepare_cached(&SELECT_BY_SEQ)?;
    Ok(statement.query_row([seq], read).optional()?)
}

/// Writes a new todo that the server has not seen.
pub(crate) fn insert(batch: &mut Batch<'_>, todo: &Todo) -> Result<(), Error> {
    let seq = write(batch.connection, INSERT, None, todo)?;
    index::mark(batch, seq, None)?;
    batch.moves.push(Move { seq, from: None, to: Some(Place::of(todo)) });
    Ok(())
}

/// Writes an edit that the server has not seen.
pub(crate) fn update(
    batch: &mut Batch<'_>,
    seq: Seq,
    before: &Todo,
    after: &Todo,
) -> Result<(), Error> {
    write(batch.connection, UPDATE, Some(seq), after)?;
    let text = |todo: &Todo| (todo.title.value.clone(), todo.description.value.clone());
    if text(before) != text(after) {
        index::mark(batch, seq, Some(before))?;
    }
    batch.moves.push(Move { seq, from: Some(Place::of(before)), to: Some(Place::of(after)) });
    Ok(())
}

/// Binds every column, by name, and answers the row.
fn write(connection: &Connection, sql: &str, seq: Option<Seq>, todo: &Todo) -> Result<Seq, Error> {
    let stamps: Stamps = Field::ALL.iter().map(|field| (*field, todo.at(*field))).collect();
    let stamps =
        serde_json::to_string(&stamps).map_err(|error| Error::Storage(error.to_string()))?;
    let place = Place::of(todo);
    let updated_at = todo.updated_at();
    let mut parameters = bind_fields(todo);
    parameters.extend_from_slice(named_params! {
        ":seq": seq, ":created_at": todo.created_at, ":updated_at": updated_at,
        ":stamps": stamps, ":section": place.section, ":section_at": place.at, ":dirty": true,
    });
    if seq.is_none() {
        parameters.push((":id", &todo.id));
    }
    connection.prepare_cached(sql)?.execute(parameters.as_slice())?;
    Ok(seq.unwrap_or_else(|| connection.last_insert_rowid()))
}
