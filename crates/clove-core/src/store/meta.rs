//! What the store knows about itself.

use rusqlite::{Connection, OptionalExtension};

use crate::{error::Error, random::Random};

/// This device's id in the history, made when the database is new.
pub(super) fn device(connection: &Connection, random: &dyn Random) -> rusqlite::Result<String> {
    let mut bytes = [0; 16];
    random.fill(&mut bytes);
    let made = uuid::Builder::from_random_bytes(bytes).into_uuid().to_string();
    connection.execute("INSERT OR IGNORE INTO meta VALUES ('device', ?1)", [made])?;
    connection.query_row("SELECT value FROM meta WHERE key = 'device'", [], |row| row.get(0))
}

/// How far the server's clock is ahead of this device's, in milliseconds; 0 until it was measured.
pub(crate) fn clock_offset(connection: &Connection) -> Result<i64, Error> {
    let sql = "SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'clock_offset'";
    let offset = connection.prepare_cached(sql)?.query_row([], |row| row.get(0)).optional()?;
    Ok(offset.unwrap_or(0))
}

/// Checks the structure of the database: what is wrong, or nothing.
pub(crate) fn quick_check(connection: &Connection) -> Result<Option<String>, Error> {
    let found: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    Ok((found != "ok").then_some(found))
}
