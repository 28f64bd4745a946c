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
    sync::acknowledge::Stamps,
    todo::{Field, Todo, TodoId},
};

/// What was read.
#[derive(Debug, Default)]
pub(super) struct Salvaged {
    /// Every todo once, and the history, both in the order in which they were written.
    pub(super) carried: Carried,
    /// The stamps that the server had, of the todos of which that is known.
    pub(super) synced: BTreeMap<TodoId, Stamps>,
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
    let synced = found.iter().filter_map(|found| Some((found.todo.id, found.synced.clone()?)));
    let synced = synced.collect();
    let todos = found.into_iter().map(|found| found.todo).collect();
    let mut known = HashSet::new();
    let history = entries.into_values().filter(|entry| known.insert(entry.identity())).collect();
    Ok(Salvaged { carried: Carried { todos, history }, synced })
}

/// Says of each value whether it can be trusted, where another place has it from the same moment.
///
/// - The values of a backup are put in place of those that differ: the backup was checked.
/// - What the server had seen is put a millisecond before what the server has: where a byte of it is
///   damaged, the server's word counts, and the damage goes to no other device.
pub(super) fn trust(salvaged: &mut Salvaged, backup: &[Todo]) {
    let backup: HashMap<TodoId, &Todo> = backup.iter().map(|todo| (todo.id, todo)).collect();
    for todo in &mut salvaged.carried.todos {
        let mut seen = salvaged.synced.get_mut(&todo.id);
        for &field in Field::ALL {
            let at = todo.at(field);
            if let Some(kept) = backup.get(&todo.id).filter(|kept| kept.at(field) == at) {
                todo.set(kept.value(field), at);
            } else if let Some(seen) = seen.as_mut().and_then(|seen| seen.get_mut(&field))
                && *seen == at
            {
                *seen = at.shifted(-1);
                todo.set(todo.value(field), *seen);
            }
        }
    }
}

/// A todo, as one row has it.
struct Found {
    seq: i64,
    todo: Todo,
    /// The stamps that the server had, if that is known.
    synced: Option<Stamps>,
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
        let is_known = matches!(stamps, Value::Text(text) if stamps_in(text).is_some());
        if !is_known {
            *stamps = Value::Text("{}".to_owned());
        }
        let columns = self.columns[..values.len()].join(", ");
        let marks = vec!["?"; values.len()].join(", ");
        let insert = format!("INSERT OR REPLACE INTO todos ({columns}) VALUES ({marks})");
        self.connection.prepare_cached(&insert).ok()?.execute(params_from_iter(values)).ok()?;
        let sql = format!(
            "SELECT {}, updated_at, dirty, rev, synced FROM todos WHERE seq = ?1",
            rows::COLUMNS
        );
        let found = self.connection.prepare_cached(&sql).ok()?.query_row([row.rowid], |read| {
            let (updated_at, dirty) = (read.get("updated_at")?, read.get("dirty")?);
            let rev: Option<i64> = read.get("rev")?;
            let synced: Option<String> = read.get("synced")?;
            let synced = synced.and_then(|text| stamps_in(&text));
            Ok((rows::read(read)?, updated_at, dirty, rev.is_some(), synced))
        });
        let (mut todo, updated_at, dirty, has_rev, seen): (Todo, Millis, bool, _, _) =
            found.ok()?;
        let is_on_server = has_rev || seen.is_some();
        if !is_known {
            let seen = seen.as_ref().filter(|_| !dirty);
            for &field in Field::ALL {
                let at = seen.and_then(|seen| seen.get(&field)).unwrap_or(&updated_at);
                todo.set(todo.value(field), *at);
            }
        }
        // The latest stamp is there twice, and those that the server has, too. Where one of two is damaged,
        // the earlier is believed, or a byte of it could win over what is later on the server.
        let latest = todo.updated_at().min(updated_at);
        for &field in Field::ALL.iter().filter(|_| is_on_server) {
            let known = seen.as_ref().filter(|_| !dirty).and_then(|seen| seen.get(&field));
            let at = todo.at(field).min(latest);
            todo.set(todo.value(field), known.map_or(at, |known| at.min(*known)));
        }
        // All of a todo that does not wait to be sent is on the server.
        let own = || Field::ALL.iter().map(|field| (*field, todo.at(*field))).collect();
        let synced = if dirty || !is_on_server { seen } else { Some(own()) };
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

fn stamps_in(text: &str) -> Option<Stamps> {
    serde_json::from_str(text).ok()
}

#[cfg(test)]
#[path = "salvage_tests.rs"]
mod tests;
