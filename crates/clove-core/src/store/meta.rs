//! What the store knows about itself.

use rusqlite::{Connection, OptionalExtension};

use super::folder::{Database, Files};
use crate::{
    error::{Error, OpenError},
    random::Random,
};

/// The name of [`clock_offset`].
pub(super) const CLOCK_OFFSET: &str = "clock_offset";

/// This device's id in the history, made when the database is new.
pub(super) fn device(connection: &Connection, random: &dyn Random) -> rusqlite::Result<String> {
    let mut bytes = [0; 16];
    random.fill(&mut bytes);
    let made = uuid::Builder::from_random_bytes(bytes).into_uuid().to_string();
    connection.execute("INSERT OR IGNORE INTO meta VALUES ('device', ?1)", [made])?;
    connection.query_row("SELECT value FROM meta WHERE key = 'device'", [], |row| row.get(0))
}

/// Refuses the todos of another account, before anything is written to them.
pub(super) fn check_account(
    connection: &Connection,
    files: &Files,
    database: &Database,
) -> Result<(), OpenError> {
    let complete = super::migrations::is_current(connection);
    let failed = |error: rusqlite::Error| super::open_error(files, &error);
    if !complete && !connection.table_exists(None, "meta").map_err(failed)? {
        return Ok(());
    }
    let sql = "SELECT value FROM meta WHERE key = 'account'";
    let named: Option<String> =
        connection.query_row(sql, [], |row| row.get(0)).optional().map_err(failed)?;
    match (named, database) {
        (None, _) => Ok(()),
        (Some(named), Database::Account(name)) if named == *name => Ok(()),
        _ => Err(OpenError::OtherAccount { path: files.database.clone() }),
    }
}

/// Writes down whose todos these are.
pub(super) fn name_account(connection: &Connection, database: &Database) -> rusqlite::Result<()> {
    if let Database::Account(name) = database {
        connection.execute("INSERT OR IGNORE INTO meta VALUES ('account', ?1)", [name])?;
    }
    Ok(())
}

/// A whole number that was noted under this name.
pub(super) fn number(connection: &Connection, key: &str) -> Result<Option<i64>, Error> {
    let sql = "SELECT CAST(value AS INTEGER) FROM meta WHERE key = ?1";
    Ok(connection.prepare_cached(sql)?.query_row([key], |row| row.get(0)).optional()?)
}

/// Notes a whole number.
pub(super) fn set_number(connection: &Connection, key: &str, number: i64) -> Result<(), Error> {
    let sql = "INSERT OR REPLACE INTO meta VALUES (?1, ?2)";
    connection.prepare_cached(sql)?.execute((key, number.to_string()))?;
    Ok(())
}

/// How far the server's clock is ahead of this device's, in milliseconds; 0 until it was measured.
pub(crate) fn clock_offset(connection: &Connection) -> Result<i64, Error> {
    Ok(number(connection, CLOCK_OFFSET)?.unwrap_or(0))
}

/// Checks the structure of the database: what is wrong, or nothing.
pub(crate) fn quick_check(connection: &Connection) -> Result<Option<String>, Error> {
    let is_lost = || super::migrations::has_lost_its_schema(connection);
    let lost = || is_lost().then(|| "a part of its schema is lost".to_owned());
    Ok(find_damage(connection)?.or_else(lost))
}

/// What `PRAGMA quick_check` finds first (<https://sqlite.org/pragma.html#pragma_quick_check>).
pub(super) fn find_damage(connection: &Connection) -> rusqlite::Result<Option<String>> {
    let found: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    Ok((found != "ok").then_some(found))
}
