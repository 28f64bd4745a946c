//! The only place that opens a SQLite connection.

use std::path::Path;

use rusqlite::{Connection, OpenFlags};

use crate::error::OpenError;

/// The first version without the WAL-reset bug (<https://sqlite.org/wal.html#walresetbug>).
const SQLITE_MIN: i32 = 3_051_003;

/// Marks a database as Clove's: "Clov" in ASCII (<https://sqlite.org/pragma.html#pragma_application_id>).
pub(crate) const APPLICATION_ID: i32 = 0x436c_6f76;

/// How a connection may use the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Writes; a commit is on the disk when it returns.
    ReadWrite,
    /// Reads only.
    ReadOnly,
}

/// Opens the database and prepares the connection.
#[allow(clippy::disallowed_methods, reason = "the one place that opens connections")]
pub(crate) fn open(path: &Path, mode: Mode) -> rusqlite::Result<Connection> {
    let access = match mode {
        Mode::ReadWrite => OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE,
        Mode::ReadOnly => OpenFlags::SQLITE_OPEN_READ_ONLY,
    };
    let flags = access | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_NOFOLLOW;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(std::time::Duration::from_secs(5))?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.set_prepared_statement_cache_capacity(64);
    match mode {
        Mode::ReadWrite => {
            // FULL: a commit survives a power cut, not only the death of the process.
            connection.pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(()))?;
            connection.pragma_update(None, "synchronous", "full")?;
        }
        Mode::ReadOnly => connection.pragma_update(None, "query_only", true)?,
    }
    Ok(connection)
}

/// A database in memory. Everything but the disk is as in [`open`].
#[allow(clippy::disallowed_methods, reason = "the one place that opens connections")]
pub(crate) fn open_in_memory() -> rusqlite::Result<Connection> {
    let connection = Connection::open_in_memory()?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(connection)
}

/// Refuses a SQLite with the WAL-reset bug.
pub(crate) fn check_sqlite_version() -> Result<(), OpenError> {
    if rusqlite::version_number() < SQLITE_MIN {
        return Err(OpenError::SqliteTooOld(rusqlite::version().to_owned()));
    }
    Ok(())
}
