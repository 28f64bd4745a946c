//! Copies of the databases, in the folder `backups` beside them: one a day, and one before anything
//! that changes much at once.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use rusqlite::{Connection, ffi};

use super::{
    connection::{self, Mode},
    folder::{self, Database, Files},
    meta,
    migrations::{self, Version},
    transfer::{self, Carried},
};
use crate::{
    clock::Millis,
    day,
    error::{Error, OpenError, ReadOnly},
};

/// So many of each kind are kept of each database.
const KEPT: usize = 7;

/// What a copy was made for. Its name says so, behind that of its database.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Occasion {
    /// The day, as `2026-11-24`.
    Day(String),
    /// The version that the schema had.
    Migration(u32),
    /// When another device deleted a large part of the list, in milliseconds.
    Deletions(i64),
}

/// A copy that is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Backup {
    pub(crate) occasion: Occasion,
    pub(crate) path: PathBuf,
    /// When it was made, as the file system has it.
    pub(crate) made_at: Millis,
    pub(crate) bytes: u64,
}

/// Makes the copy of the day, unless there is one or the database holds nothing. Once the new one is
/// found sound, all but the last [`KEPT`] of each kind go.
///
/// No transaction may be open on `connection`. Nobody who reads or writes has to wait for it.
pub(super) fn make_daily(connection: &Connection, files: &Files, now: Millis) -> Result<(), Error> {
    let occasion = Occasion::Day(day::day_of(now));
    let sql = "SELECT EXISTS (SELECT 1 FROM todos)";
    let is_empty = !connection.query_row(sql, [], |row| row.get::<_, bool>(0))?;
    if is_empty || path_of(files, &occasion).exists() {
        return Ok(());
    }
    make(connection, files, &occasion)?;
    let there = list(files).map_err(|error| Error::Storage(error.to_string()))?;
    for backup in superfluous(there) {
        if let Err(error) = fs::remove_file(&backup.path) {
            tracing::warn!(%error, "an old backup could not be removed");
        }
    }
    Ok(())
}

/// Copies the database, once, and answers where. A copy that was cut short has another name, and is
/// made again; so is one that is not sound.
pub(super) fn make(
    connection: &Connection,
    files: &Files,
    occasion: &Occasion,
) -> rusqlite::Result<PathBuf> {
    let copy = path_of(files, occasion);
    if copy.exists() {
        return Ok(copy);
    }
    let partial = copy.with_extension("db.part");
    let failed = |error: io::Error| {
        let code = match error.kind() {
            io::ErrorKind::StorageFull => ffi::SQLITE_FULL,
            _ => ffi::SQLITE_IOERR,
        };
        let message = Some(format!("{}: {error}", partial.display()));
        rusqlite::Error::SqliteFailure(ffi::Error::new(code), message)
    };
    folder::make_backups_folder(&files.backups()).map_err(failed)?;
    folder::make_empty_private_file(&partial).map_err(failed)?;
    let written = connection
        .execute("VACUUM INTO ?1", [partial.to_string_lossy()])
        .and_then(|_| check(&partial));
    if let Err(error) = written {
        let _ = fs::remove_file(&partial);
        return Err(error);
    }
    folder::put(&partial, &copy).map_err(failed)?;
    Ok(copy)
}

/// The copies of a database, the newest first. Files with other names are none of Clove's.
pub(super) fn list(files: &Files) -> io::Result<Vec<Backup>> {
    let entries = match fs::read_dir(files.backups()) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut found = Vec::new();
    for entry in entries {
        let entry = entry?;
        let metadata = entry.metadata()?;
        let Some(occasion) = Occasion::named(&entry.file_name().to_string_lossy(), files) else {
            continue;
        };
        if metadata.is_file() {
            let made_at = made_at(&metadata, &occasion);
            found.push(Backup { occasion, path: entry.path(), made_at, bytes: metadata.len() });
        }
    }
    found.sort_by(|a, b| (b.made_at, &b.occasion).cmp(&(a.made_at, &a.occasion)));
    Ok(found)
}

/// What the newest copy holds that is sound, if there is one.
pub(super) fn newest(files: &Files, database: &Database) -> Option<Carried> {
    let there = list(files).unwrap_or_default();
    there.iter().find_map(|backup| read(files, database, backup).ok())
}

/// Reads a copy. One of an older version is brought up to date first, in a copy of its own.
pub(super) fn read(files: &Files, database: &Database, backup: &Backup) -> Result<Carried, Error> {
    let unfit = |error: OpenError| Error::Storage(error.to_string());
    check(&backup.path)?;
    let connection = connection::open(&backup.path, Mode::ReadOnly)?;
    let copied = Files { database: backup.path.clone() };
    if migrations::inspect(&connection, &copied).map_err(unfit)? == Version::Newer {
        return Err(Error::ReadOnly(ReadOnly::NewerBackup));
    }
    meta::check_account(&connection, &copied, database).map_err(unfit)?;
    if migrations::is_current(&connection) {
        return transfer::carry(&connection);
    }
    let upgraded = files.backups().join("upgrading.part");
    let failed = |error: io::Error| Error::Storage(error.to_string());
    drop(connection);
    folder::make_empty_private_file(&upgraded).map_err(failed)?;
    fs::copy(&backup.path, &upgraded).map_err(failed)?;
    let mut connection = connection::open(&upgraded, Mode::ReadWrite)?;
    let carried = migrations::migrate_new(&mut connection)
        .map_err(Error::from)
        .and_then(|()| transfer::carry(&connection));
    drop(connection);
    let _ = fs::remove_file(&upgraded);
    carried
}

/// How many todos a copy holds that are not deleted; `None` where it cannot be read.
pub(crate) fn count(backup: &Backup) -> Option<usize> {
    let sql = "SELECT count(*) FROM todos WHERE section < 2";
    let counted = connection::open(&backup.path, Mode::ReadOnly)
        .and_then(|connection| connection.query_row(sql, [], |row| row.get::<_, i64>(0)));
    counted.ok().and_then(|count| usize::try_from(count).ok())
}

/// Removes every copy of a database.
pub(super) fn remove_all(files: &Files) -> io::Result<()> {
    list(files)?.iter().try_for_each(|backup| fs::remove_file(&backup.path))
}

/// Those of them that are kept no longer.
fn superfluous(mut there: Vec<Backup>) -> Vec<Backup> {
    there.sort_by(|a, b| b.occasion.cmp(&a.occasion));
    let kinds = there.chunk_by(|a, b| a.occasion.kind() == b.occasion.kind());
    kinds.flat_map(|kind| kind.iter().skip(KEPT).cloned()).collect()
}

/// A copy that cannot be read would take the place of one that can.
fn check(copy: &Path) -> rusqlite::Result<()> {
    let connection = connection::open(copy, Mode::ReadOnly)?;
    match meta::find_damage(&connection)? {
        None => Ok(()),
        Some(damage) => {
            let code = ffi::Error::new(ffi::SQLITE_CORRUPT);
            Err(rusqlite::Error::SqliteFailure(code, Some(damage)))
        }
    }
}

fn path_of(files: &Files, occasion: &Occasion) -> PathBuf {
    files.backups().join(occasion.name(files))
}

/// What the file system says, which a file that was copied elsewhere may have forgotten: a day is in
/// the name.
fn made_at(metadata: &fs::Metadata, occasion: &Occasion) -> Millis {
    let epoch = std::time::UNIX_EPOCH;
    let modified = metadata.modified().ok().and_then(|at| at.duration_since(epoch).ok());
    let millis = modified.and_then(|since| i64::try_from(since.as_millis()).ok());
    let at = Millis::clamped(millis.unwrap_or_default());
    match occasion {
        Occasion::Day(day) if day::day_of(at) != *day => day::moment_of(day).unwrap_or(at),
        _ => at,
    }
}

impl Occasion {
    fn name(&self, files: &Files) -> String {
        let stem = files.stem();
        match self {
            Self::Day(day) => format!("{stem}-{day}.db"),
            Self::Migration(from) => format!("{stem}-before-migration-from-{from}.db"),
            Self::Deletions(moment) => format!("{stem}-before-deletions-{moment}.db"),
        }
    }

    fn named(name: &str, files: &Files) -> Option<Self> {
        let rest = name.strip_prefix(&files.stem())?.strip_prefix('-')?.strip_suffix(".db")?;
        if let Some(from) = rest.strip_prefix("before-migration-from-") {
            return from.parse().ok().map(Self::Migration);
        }
        if let Some(moment) = rest.strip_prefix("before-deletions-") {
            return moment.parse().ok().map(Self::Deletions);
        }
        day::moment_of(rest).map(|_| Self::Day(rest.to_owned()))
    }

    fn kind(&self) -> std::mem::Discriminant<Self> {
        std::mem::discriminant(self)
    }
}

#[cfg(test)]
#[path = "backups_tests.rs"]
mod tests;
