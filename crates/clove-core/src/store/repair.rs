//! A damaged database is put aside, and what can be read of it goes on in a new one.
//!
//! Nothing of it is deleted or written to. The new one is made beside it, and is complete and on the
//! disk before anything is moved: from then on a crash only delays what is left to do.

use std::{
    collections::HashSet,
    fs, io,
    path::{Path, PathBuf},
};

use rusqlite::{Connection, ErrorCode, OptionalExtension, TransactionBehavior};

use super::{
    backups,
    connection::{self, APPLICATION_ID, Mode},
    folder::{self, Database, Files},
    meta, migrations,
    salvage::{self, Salvaged},
    transfer::{self, Carried},
    writer::Batch,
};
use crate::{
    day,
    environment::Environment,
    error::{Damage, Error, Found, Obstacle, OpenError},
    keep::view::Repair,
};

/// Where the last repair is noted in the database.
const REPAIR: &str = "repair";
/// Whether a person has been told of it.
const REPAIR_TOLD: &str = "repair_told";
/// What SQLite keeps beside a database, the database last.
const SUFFIXES: [&str; 4] = ["-wal", "-shm", "-journal", ""];

/// Whether the file is damaged that this failure came of. SQLite has the word: a mistake of Clove's, or a
/// value that Clove does not understand, is no damage, or it would start a repair that helps nobody.
pub(super) fn is_damage(files: &Files, error: &rusqlite::Error) -> bool {
    is_called_corrupt(error)
        || connection::open(&files.database, Mode::ReadOnly).is_ok_and(|connection| {
            let found = meta::find_damage(&connection);
            let is_found = found.as_ref().map_or_else(is_called_corrupt, Option::is_some);
            is_found || migrations::has_lost_its_schema(&connection)
        })
}

/// Whether SQLite said of the file that it is damaged, or none of its own.
fn is_called_corrupt(error: &rusqlite::Error) -> bool {
    let corrupt = [ErrorCode::DatabaseCorrupt, ErrorCode::NotADatabase];
    error.sqlite_error_code().is_some_and(|code| corrupt.contains(&code))
}

/// Whether the file must be repaired before anything else: it was found damaged while it was used, or
/// something emptied it.
pub(super) fn is_due(files: &Files) -> bool {
    let length = |path: &Path| fs::metadata(path).map(|metadata| metadata.len());
    let is_emptied = || {
        let log = length(&files.beside("-wal")).unwrap_or(0);
        matches!(length(&files.database), Ok(0)) && log == 0
    };
    let has_backups = || backups::list(files).is_ok_and(|backups| !backups.is_empty());
    files.damage_mark().exists() || (is_emptied() && has_backups())
}

/// Puts a damaged database aside, and a new one in its place with all that could be read of it, and
/// what the newest backup has beyond that.
pub(super) fn repair(
    files: &Files,
    database: &Database,
    environment: &Environment,
    damage: &Damage,
) -> Result<(), OpenError> {
    let path = || files.database.clone();
    let stopped = |obstacle| OpenError::Damaged {
        path: path(),
        damage: damage.clone(),
        obstacle: Some(obstacle),
    };
    if folder::is_marked_read_only(&files.database) {
        return Err(stopped(Obstacle::MarkedReadOnly));
    }
    let failed = |error: io::Error| stopped(Obstacle::Unreadable(error.to_string()));
    let bytes = read(&files.database).map_err(failed)?;
    let log = read(&files.beside("-wal")).map_err(failed)?;
    let mark = Mark::of(&bytes);
    if mark == Mark::Newer {
        return Err(stopped(Obstacle::Newer));
    }
    let stored = |error: Error| match error {
        Error::DiskFull => OpenError::DiskFull { path: path() },
        other => stopped(Obstacle::Unwritten(other)),
    };
    let mut salvaged = salvage::salvage(&bytes, &log).map_err(stored)?;
    drop((bytes, log));
    let backup = backups::newest(files, database);
    if mark == Mark::None && salvaged.carried.todos.is_empty() && backup.is_none() {
        return Err(OpenError::NotClove { path: path(), found: Found::NoTodo });
    }
    let backup = backup.unwrap_or_default();
    salvage::trust(&mut salvaged, &backup.todos);
    let repair = report(files, &salvaged, &backup, environment);
    make(files, database, environment, &salvaged, &backup, &repair).map_err(stored)?;
    tracing::error!(?repair, %damage, "a damaged database was repaired");
    finish(files)
}

/// Does what is left to do of a repair, if one was cut short.
pub(super) fn finish(files: &Files) -> Result<(), OpenError> {
    let made = files.beside(".repaired");
    if !made.exists() {
        return Ok(());
    }
    let failed = |reason: String| OpenError::Storage { path: files.database.clone(), reason };
    let noted = connection::open(&made, Mode::ReadOnly).and_then(|made| noted(&made));
    let repair = noted.map_err(|error| failed(error.to_string()))?;
    let repair = repair.ok_or_else(|| failed(format!("{} has no report", made.display())))?;
    let aside = PathBuf::from(repair.damaged_file);
    for suffix in SUFFIXES {
        let (from, to) = (files.beside(suffix), folder::with_suffix(&aside, suffix));
        if from.exists() && to.exists() {
            return Err(failed(format!("{} is in the way", to.display())));
        }
        folder::move_if_there(&from, &to).map_err(|error| failed(error.to_string()))?;
    }
    let put = || {
        // What was damaged has its new name before anything has its old one.
        folder::sync_names(&files.database)?;
        folder::remove_if_there(&files.damage_mark())?;
        folder::put(&made, &files.database)
    };
    put().map_err(|error| failed(error.to_string()))
}

/// The last repair of this database.
pub(super) fn noted(connection: &Connection) -> rusqlite::Result<Option<Repair>> {
    let sql = "SELECT value FROM meta WHERE key = ?1";
    let text: Option<String> = connection.query_row(sql, [REPAIR], |row| row.get(0)).optional()?;
    Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
}

/// The last repair, unless somebody was told of it: from now on somebody was.
pub(super) fn take_untold(batch: &mut Batch<'_>) -> Result<Option<Repair>, Error> {
    if meta::number(batch.connection, REPAIR_TOLD)?.is_some() {
        return Ok(None);
    }
    let repair = noted(batch.connection)?;
    if repair.is_some() {
        meta::set_number(batch.connection, REPAIR_TOLD, 1)?;
    }
    Ok(repair)
}

/// Writes the new database beside the damaged one.
fn make(
    files: &Files,
    database: &Database,
    environment: &Environment,
    salvaged: &Salvaged,
    backup: &Carried,
    repair: &Repair,
) -> Result<(), Error> {
    let partial = files.beside(".repaired.part");
    let failed = |error: io::Error| match error.kind() {
        io::ErrorKind::StorageFull => Error::DiskFull,
        _ => Error::Storage(format!("{}: {error}", partial.display())),
    };
    let unwritten = |error: serde_json::Error| Error::Storage(error.to_string());
    for suffix in SUFFIXES {
        folder::remove_if_there(&folder::with_suffix(&partial, suffix)).map_err(failed)?;
    }
    folder::make_empty_private_file(&partial).map_err(failed)?;
    let mut connection = connection::open(&partial, Mode::ReadWrite)?;
    migrations::migrate_new(&mut connection)?;
    meta::name_account(&connection, database)?;
    let device = meta::device(&connection, &*environment.random)?;
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut batch = Batch::over(&transaction);
    transfer::take_in(&mut batch, &device, &salvaged.carried)?;
    transfer::take_in(&mut batch, &device, backup)?;
    let mut know = transaction.prepare("UPDATE todos SET synced = ?2 WHERE id = ?1")?;
    for (id, stamps) in &salvaged.synced {
        know.execute((id, serde_json::to_string(stamps).map_err(unwritten)?))?;
    }
    drop(know);
    let report = serde_json::to_string(repair).map_err(unwritten)?;
    transaction.execute("INSERT INTO meta VALUES (?1, ?2)", [REPAIR, &report])?;
    transaction.commit()?;
    // One file alone, whoever reads it before it is in its place.
    connection.pragma_update_and_check(None, "journal_mode", "delete", |_| Ok(()))?;
    connection.close().map_err(|(_, error)| error)?;
    folder::put(&partial, &files.beside(".repaired")).map_err(failed)
}

fn report(
    files: &Files,
    salvaged: &Salvaged,
    backup: &Carried,
    environment: &Environment,
) -> Repair {
    let now = environment.clock.now();
    let rescued: HashSet<_> = salvaged.carried.todos.iter().map(|todo| todo.id).collect();
    let from_backup = backup.todos.iter().filter(|todo| !rescued.contains(&todo.id)).count();
    let day = day::day_of(now);
    let name = |number: u32| match number {
        1 => format!("{}.damaged-{day}.db", files.stem()),
        _ => format!("{}.damaged-{day}-{number}.db", files.stem()),
    };
    let is_free =
        |path: &PathBuf| SUFFIXES.iter().all(|suffix| !folder::with_suffix(path, suffix).exists());
    let mut paths = (1..).map(|number| files.database.with_file_name(name(number)));
    let aside = paths.find(is_free).unwrap_or_default();
    let damaged_file = aside.display().to_string();
    Repair { rescued: rescued.len(), from_backup, damaged_file, at: now.get() }
}

/// A file that is missing is empty.
fn read(path: &Path) -> io::Result<Vec<u8>> {
    match fs::read(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        read => read,
    }
}

/// What the first bytes of a database say, where they are whole
/// (<https://sqlite.org/fileformat2.html#the_database_header>).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// Clove made it.
    Cloves,
    /// A newer Clove did.
    Newer,
    /// Nothing.
    None,
}

impl Mark {
    fn of(bytes: &[u8]) -> Self {
        let number = |at: usize| {
            let four = bytes.get(at..at + 4).and_then(|bytes| bytes.try_into().ok());
            four.map(i32::from_be_bytes)
        };
        match (number(68), number(60)) {
            (Some(APPLICATION_ID), Some(version)) if migrations::is_newer(version) => Self::Newer,
            (Some(APPLICATION_ID), _) => Self::Cloves,
            _ => Self::None,
        }
    }
}

#[cfg(test)]
#[path = "repair_tests.rs"]
mod tests;
