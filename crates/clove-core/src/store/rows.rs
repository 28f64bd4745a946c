//! Todos as rows: the one place that writes the table, its derived columns and its indexes.

use std::{collections::BTreeMap, sync::LazyLock};

use rusqlite::{Connection, OptionalExtension, Row, ToSql, named_params};

use super::{
    order::{Move, Place, Seq},
    search::index,
    writer::Batch,
};
use crate::{
    clock::Millis,
    error::Error,
    register::Register,
    sync::{acknowledge::Held, status::TodoStanding},
    todo::{Field, Todo, TodoId, fields},
    view::TodoRow,
};

/// The stamps of all registers, as the columns `stamps` and `synced` hold them (a JSON object).
type Stamps = BTreeMap<Field, Millis>;

/// How a todo stands with the server.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Standing<'a> {
    /// Whether it holds an edit that the server has not seen.
    pub(crate) dirty: bool,
    /// The server's number of what this device knows of it; `None` to leave that as it is.
    pub(crate) rev: Option<i64>,
    /// The stamps that the server has; `None` to leave them as they are.
    pub(crate) synced: Option<&'a Stamps>,
}

/// It was edited here. If the server did not take it before, it may now.
const EDITED: Standing<'_> = Standing { dirty: true, rev: None, synced: None };

macro_rules! define_row {
    ($($variant:ident $column:ident $name:literal: $type:ty,)+) => {
        /// The columns that [`read`] reads, from a table named `todos`.
        pub(super) const COLUMNS: &str = concat!(
            "todos.id, todos.created_at, todos.stamps",
            $(", todos.", stringify!($column)),+
        );

        /// Reads a todo from a row that begins with [`COLUMNS`].
        ///
        /// A register without a stamp belongs to a field that this todo never had an edit of. Stamps that
        /// make no sense, where a byte of them is damaged, count as those of the making: the todo can be
        /// seen and edited, and what any other device knows of it is later.
        pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Todo> {
            let created_at = row.get(1)?;
            let stamps = serde_json::from_str::<Stamps>(row.get_ref(2)?.as_str()?).ok();
            let at = |field| match &stamps {
                Some(stamps) => stamps.get(&field).copied().unwrap_or(Millis::ZERO),
                None => created_at,
            };
            Ok(Todo {
                id: row.get(0)?,
                created_at,
                $($column: Register::new(row.get(stringify!($column))?, at(Field::$variant)),)+
            })
        }

        const UPDATE: &str = concat!(
            "UPDATE todos SET created_at = :created_at, updated_at = :updated_at, stamps = :stamps,
                section = :section, section_at = :section_at, dirty = :dirty,
                rev = coalesce(:rev, rev), synced = coalesce(:synced, synced),
                aside_code = iif(:dirty AND :rev IS NOT NULL, aside_code, NULL),
                aside_message = iif(:dirty AND :rev IS NOT NULL, aside_message, NULL)",
            $(", ", stringify!($column), " = :", stringify!($column)),+,
            " WHERE seq = :seq"
        );

        const INSERT: &str = concat!(
            "INSERT INTO todos (seq, id, created_at, updated_at, stamps, section, section_at, dirty,
                rev, synced",
            $(", ", stringify!($column)),+,
            ") VALUES (:seq, :id, :created_at, :updated_at, :stamps, :section, :section_at, :dirty,
                :rev, :synced",
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
static SELECT_HELD: LazyLock<String> = LazyLock::new(|| {
    format!("SELECT {COLUMNS}, todos.seq, dirty, rev, synced FROM todos WHERE id = ?1")
});
static SELECT_BY_SEQ: LazyLock<String> =
    LazyLock::new(|| format!("SELECT {COLUMNS} FROM todos WHERE seq = ?1"));
/// The columns that [`read_shown`] reads.
pub(super) static SHOWN: LazyLock<String> =
    LazyLock::new(|| format!("{COLUMNS}, dirty, aside_code, aside_message"));
static SELECT_SHOWN: LazyLock<String> =
    LazyLock::new(|| format!("SELECT {} FROM todos WHERE seq = ?1", *SHOWN));

/// The todo with this id, and its row.
pub(crate) fn load(connection: &Connection, id: TodoId) -> Result<(Seq, Todo), Error> {
    look_up(connection, id)?.ok_or(Error::NotFound(Some(id)))
}

/// The todo with this id, if it is here, and its row.
pub(super) fn look_up(connection: &Connection, id: TodoId) -> Result<Option<(Seq, Todo)>, Error> {
    let mut statement = connection.prepare_cached(&SELECT_BY_ID)?;
    Ok(statement.query_row([id], |row| Ok((row.get("seq")?, read(row)?))).optional()?)
}

/// The todo in this row, if it is still there.
pub(super) fn find(connection: &Connection, seq: Seq) -> Result<Option<Todo>, Error> {
    let mut statement = connection.prepare_cached(&SELECT_BY_SEQ)?;
    Ok(statement.query_row([seq], read).optional()?)
}

/// The todo in this row as it is shown, if it is still there.
pub(crate) fn find_shown(connection: &Connection, seq: Seq) -> Result<Option<TodoRow>, Error> {
    let mut statement = connection.prepare_cached(&SELECT_SHOWN)?;
    Ok(statement.query_row([seq], read_shown).optional()?)
}

/// The id of the todo in this row, if it is still there.
pub(crate) fn id_of(connection: &Connection, seq: Seq) -> Result<Option<TodoId>, Error> {
    let mut statement = connection.prepare_cached("SELECT id FROM todos WHERE seq = ?1")?;
    Ok(statement.query_row([seq], |row| row.get(0)).optional()?)
}

/// Reads a todo as it is shown, from a row that begins with [`SHOWN`].
pub(super) fn read_shown(row: &Row<'_>) -> rusqlite::Result<TodoRow> {
    let waits = Some(standing(row)?).filter(|standing| *standing != TodoStanding::Synced);
    Ok(TodoRow { standing: waits, ..TodoRow::from(&read(row)?) })
}

/// Reads how a todo stands with the server.
pub(super) fn standing(row: &Row<'_>) -> rusqlite::Result<TodoStanding> {
    let aside: Option<String> = row.get("aside_code")?;
    Ok(match (row.get("dirty")?, aside) {
        (false, _) => TodoStanding::Synced,
        (true, None) => TodoStanding::OnThisDevice,
        (true, Some(code)) => TodoStanding::SetAside { code, message: row.get("aside_message")? },
    })
}

/// A todo, and how it stands with the server.
pub(super) struct HeldRow {
    pub(super) seq: Seq,
    pub(super) held: Held,
    pub(super) dirty: bool,
    pub(super) rev: Option<i64>,
}

/// The todo with this id, if it is here, and how it stands with the server.
pub(super) fn held(connection: &Connection, id: TodoId) -> Result<Option<HeldRow>, Error> {
    let mut statement = connection.prepare_cached(&SELECT_HELD)?;
    let found = statement.query_row([id], |row| {
        let synced: Option<String> = row.get("synced")?;
        // What is not understood counts as never seen: then nothing of it is taken for known.
        let synced = synced.and_then(|stamps| serde_json::from_str(&stamps).ok());
        let held = Held { todo: read(row)?, synced };
        Ok(HeldRow { seq: row.get("seq")?, held, dirty: row.get("dirty")?, rev: row.get("rev")? })
    });
    Ok(found.optional()?)
}

/// Writes a new todo that the server has not seen.
pub(crate) fn insert(batch: &mut Batch<'_>, todo: &Todo) -> Result<(), Error> {
    insert_as(batch, todo, EDITED)
}

/// Writes an edit that the server has not seen.
pub(crate) fn update(
    batch: &mut Batch<'_>,
    seq: Seq,
    before: &Todo,
    after: &Todo,
) -> Result<(), Error> {
    update_as(batch, seq, before, after, EDITED)
}

/// Writes a new todo.
pub(super) fn insert_as(
    batch: &mut Batch<'_>,
    todo: &Todo,
    standing: Standing<'_>,
) -> Result<(), Error> {
    let seq = write(batch.connection, INSERT, None, todo, standing)?;
    index::mark(batch, seq, None)?;
    batch.moves.push(Move { seq, from: None, to: Some(Place::of(todo)) });
    Ok(())
}

/// Writes another version of a todo.
pub(super) fn update_as(
    batch: &mut Batch<'_>,
    seq: Seq,
    before: &Todo,
    after: &Todo,
    standing: Standing<'_>,
) -> Result<(), Error> {
    write(batch.connection, UPDATE, Some(seq), after, standing)?;
    let text = |todo: &Todo| (todo.title.value.clone(), todo.description.value.clone());
    if text(before) != text(after) {
        index::mark(batch, seq, Some(before))?;
    }
    batch.moves.push(Move { seq, from: Some(Place::of(before)), to: Some(Place::of(after)) });
    Ok(())
}

/// Binds every column, by name, and answers the row.
fn write(
    connection: &Connection,
    sql: &str,
    seq: Option<Seq>,
    todo: &Todo,
    standing: Standing<'_>,
) -> Result<Seq, Error> {
    let json = |stamps: &Stamps| {
        serde_json::to_string(stamps).map_err(|error| Error::Storage(error.to_string()))
    };
    let stamps: Stamps = Field::ALL.iter().map(|field| (*field, todo.at(*field))).collect();
    let stamps = json(&stamps)?;
    let synced = standing.synced.map(json).transpose()?;
    let place = Place::of(todo);
    let updated_at = todo.updated_at();
    let mut parameters = bind_fields(todo);
    parameters.extend_from_slice(named_params! {
        ":seq": seq, ":created_at": todo.created_at, ":updated_at": updated_at,
        ":stamps": stamps, ":section": place.section, ":section_at": place.at,
        ":dirty": standing.dirty, ":rev": standing.rev, ":synced": synced,
    });
    if seq.is_none() {
        parameters.push((":id", &todo.id));
    }
    connection.prepare_cached(sql)?.execute(parameters.as_slice())?;
    Ok(seq.unwrap_or_else(|| connection.last_insert_rowid()))
}
