//! What can be read of a damaged database.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    ops::RangeInclusive,
};

use rusqlite::{Connection, params_from_iter, types::Value};

use super::{
    carve::{self, Row},
    connection, migrations, rows,
    transfer::{Carried, Entry},
};
use crate::{
    clock::Millis,
    error::Error,
    merge::merge,
    todo::{Field, FieldValue, Todo, TodoId},
};

/// What was read.
#[derive(Debug, Default)]
pub(super) struct Salvaged {
    /// Every todo once, and the history, both in the order in which they were written.
    pub(super) carried: Carried,
    /// The stamps that the server had, of the todos of which it had seen all.
    pub(super) synced: Vec<(TodoId, String)>,
}

/// Reads all that can be read of the file and its log.
///
/// Of a todo that is there in several versions, as from before and after an edit, they are merged. The
/// unsynced ones need no turn of their own: all of it is read at once, and written in one transaction.
pub(super) fn salvage(database: &[u8], log: &[u8]) -> Result<Salvaged, Error> {
    let scratch = Scratch::new()?;
    let mut todos: HashMap<TodoId, Found> = HashMap::new();
    let mut entries = BTreeMap::new();
    for row in carve::carve(database, log, &scratch.widths()) {
        if let Some(found) = scratch.todo(&row) {
            let found = match todos.remove(&found.todo.id) {
                Some(other) => found.merged(other),
                None => found,
            };
            todos.insert(found.todo.id, found);
        } else if let Some(entry) = scratch.entry(&row) {
            entries.insert(row.rowid, entry);
        }
    }
    let mut found: Vec<_> = todos.into_values().collect();
    found.sort_by_key(|found| (found.seq, found.todo.id));
    let synced =
        found.iter().filter_map(|Found { todo, synced, .. }| Some((todo.id, synced.clone()?)));
    let synced = synced.collect();
    let todos = found.into_iter().map(|found| found.todo).collect();
    let mut known = HashSet::new();
    let history = entries.into_values().filter(|entry| known.insert(entry.identity())).collect();
    Ok(Salvaged { carried: Carried { todos, history }, synced })
}

/// Puts the values of a backup in place of those that differ though they were written at the same
/// moment: one of the two is damaged, and the backup was checked.
pub(super) fn trust(salvaged: &mut [Todo], backup: &[Todo]) {
    let backup: HashMap<TodoId, &Todo> = backup.iter().map(|todo| (todo.id, todo)).collect();
    for todo in salvaged {
        let Some(kept) = backup.get(&todo.id) else { continue };
        for field in Field::ALL {
            if todo.at(*field) == kept.at(*field) {
                todo.set(kept.value(*field), kept.at(*field));
            }
        }
    }
}

/// A todo, as one row has it.
struct Found {
    seq: i64,
    todo: Todo,
    /// The stamps that the server had, if it had seen all of it.
    synced: Option<String>,
}

impl Found {
    fn merged(self, other: Self) -> Self {
        let synced = if other.todo.updated_at() > self.todo.updated_at() { &other } else { &self };
        Self {
            seq: self.seq.min(other.seq),
            synced: synced.synced.clone(),
            todo: merge(self.todo, other.todo),
        }
    }
}

/// A database of this version in memory, into which each row is put to see what SQLite and the rest of
/// the store make of it.
struct Scratch {
    connection: Connection,
    columns: Vec<String>,
}

/// The columns of `todos` that a row has which was written before any migration.
const FIRST: usize = 13;
/// The columns of `history`.
const HISTORY: usize = 9;

impl Scratch {
    fn new() -> Result<Self, Error> {
        let connection = connection::open_in_memory()?;
        migrations::make(&connection)?;
        let columns = {
            let mut names = connection.prepare("SELECT name FROM pragma_table_info('todos')")?;
            names.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?
        };
        Ok(Self { connection, columns })
    }

    fn widths(&self) -> RangeInclusive<usize> {
        HISTORY..=self.columns.len()
    }

    /// The todo of a row, if it is one.
    fn todo(&self, row: &Row) -> Option<Found> {
        if !(FIRST..=self.columns.len()).contains(&row.values.len()) {
            return None;
        }
        let mut values = row.values.clone();
        let place = |name: &str| self.columns.iter().position(|column| column == name);
        // SQLite keeps the number of a row apart from its columns (2.2 of the format).
        *values.get_mut(place("seq")?)? = Value::Integer(row.rowid);
        let stamps = values.get_mut(place("stamps")?)?;
        let is_known = matches!(stamps, Value::Text(text) if is_stamps(text));
        if !is_known {
            *stamps = Value::Text("{}".to_owned());
        }
        let columns = self.columns[..values.len()].join(", ");
        let marks = vec!["?"; values.len()].join(", ");
        let insert = format!("INSERT OR REPLACE INTO todos ({columns}) VALUES ({marks})");
        self.connection.prepare_cached(&insert).ok()?.execute(params_from_iter(values)).ok()?;
        let sql = format!(
            "SELECT {}, updated_at, dirty, synced FROM todos WHERE seq = ?1",
            rows::COLUMNS
        );
        let found = self.connection.prepare_cached(&sql).ok()?.query_row([row.rowid], |read| {
            let (updated_at, dirty) = (read.get("updated_at")?, read.get("dirty")?);
            Ok((rows::read(read)?, updated_at, dirty, read.get("synced")?))
        });
        let (mut todo, updated_at, dirty, synced): (Todo, Millis, bool, Option<String>) =
            found.ok()?;
        if !is_known {
            let values: Vec<FieldValue> = Field::ALL.iter().map(|f| todo.value(*f)).collect();
            values.into_iter().for_each(|value| todo.set(value, updated_at));
        }
        let synced = synced.filter(|_| is_known && !dirty);
        Some(Found { seq: row.rowid, todo, synced })
    }

    /// The entry of the history that a row is, if it is one.
    fn entry(&self, row: &Row) -> Option<Entry> {
        if row.values.len() != HISTORY {
            return None;
        }
        let mut values = row.values.clone();
        *values.first_mut()? = Value::Integer(row.rowid);
        let insert = "INSERT OR REPLACE INTO history VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";
        self.connection.prepare_cached(insert).ok()?.execute(params_from_iter(values)).ok()?;
        // Both ways of reading it, so that what is kept can be shown.
        super::history::entry(&self.connection, row.rowid).ok()?;
        let sql = format!("SELECT {} FROM history WHERE seq = ?1", Entry::COLUMNS);
        self.connection.prepare_cached(&sql).ok()?.query_row([row.rowid], Entry::read).ok()
    }
}

fn is_stamps(text: &str) -> bool {
    serde_json::from_str::<BTreeMap<Field, Millis>>(text).is_ok()
}
