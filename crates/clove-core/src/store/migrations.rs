//! The schema, as numbered steps: append only, one function each.

use std::collections::HashSet;

use rusqlite::{Connection, Row, TransactionBehavior};

use super::{
    backups::{self, Occasion},
    connection::{self, APPLICATION_ID},
    folder::Files,
};
use crate::error::{Damage, Found, OpenError};

type Migration = fn(&Connection) -> rusqlite::Result<()>;

/// Step `n` takes a database from version `n` to version `n + 1` (`PRAGMA user_version`).
const MIGRATIONS: &[Migration] = &[first, second, third];

/// What the database turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Version {
    /// As this Clove writes it.
    Current,
    /// As a later Clove wrote it: fit for reading, not for writing.
    Newer,
}

/// Looks at the database before anything is written to it.
pub(crate) fn inspect(connection: &Connection, files: &Files) -> Result<Version, OpenError> {
    let pragma = |name: &str| connection.pragma_query_value(None, name, |row| row.get::<_, i32>(0));
    let read = || {
        let tables: i64 =
            connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
        Ok((pragma("application_id")?, pragma("user_version")?, tables))
    };
    match read() {
        Ok((APPLICATION_ID, version, _)) if is_newer(version) => Ok(Version::Newer),
        Ok((APPLICATION_ID, ..) | (0, 0, 0)) => Ok(Version::Current),
        Ok(_) if has_all_tables(connection) => Err(OpenError::Damaged {
            path: files.database.clone(),
            damage: Damage::Mark,
            obstacle: None,
        }),
        Ok(_) => {
            Err(OpenError::NotClove { path: files.database.clone(), found: Found::OtherProgram })
        }
        Err(error) => Err(super::open_error(files, &error)),
    }
}

/// Whether a database has the tables that no other program's has.
fn has_all_tables(connection: &Connection) -> bool {
    let has = |table: &&str| connection.table_exists(None, *table).unwrap_or(false);
    ["todos", "history", "meta", "todos_fts", "todos_unindexed"].iter().all(has)
}

/// Whether a database of this version lacks a table, an index or a column that the version has: it was
/// lost. What SQLite keeps there for itself is its own affair.
pub(super) fn has_lost_its_schema(connection: &Connection) -> bool {
    let parts = |connection: &Connection| {
        let sql = "SELECT parts.name, columns.name FROM sqlite_schema AS parts
                   LEFT JOIN pragma_table_info(parts.name) AS columns
                   WHERE parts.sql IS NOT NULL AND parts.name NOT LIKE 'todos_fts_%'";
        let mut parts = connection.prepare(sql)?;
        let part = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?));
        parts.query_map([], part)?.collect::<rusqlite::Result<HashSet<(String, Option<String>)>>>()
    };
    let made = || {
        let scratch = connection::open_in_memory()?;
        make(&scratch)?;
        parts(&scratch)
    };
    is_current(connection)
        && made().is_ok_and(|made| parts(connection).is_ok_and(|there| !made.is_subset(&there)))
}

/// Whether the schema of a database is this version's: whatever is then missing was lost.
pub(super) fn is_current(connection: &Connection) -> bool {
    let version: rusqlite::Result<i32> =
        connection.pragma_query_value(None, "user_version", |row| row.get(0));
    version.is_ok_and(|version| version == count(MIGRATIONS))
}

/// Whether a database of this version is only fit for reading.
pub(super) fn is_newer(version: i32) -> bool {
    version > count(MIGRATIONS)
}

/// Brings an older database up to date. A copy is kept of one that holds anything.
pub(crate) fn migrate(connection: &mut Connection, files: &Files) -> rusqlite::Result<()> {
    run(connection, files, MIGRATIONS)
}

fn run(
    connection: &mut Connection,
    files: &Files,
    migrations: &[Migration],
) -> rusqlite::Result<()> {
    let version: u32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if version > 0 && (version as usize) < migrations.len() {
        backups::make(connection, files, &Occasion::Migration(version))?;
    }
    apply(connection, migrations, version)
}

fn apply(
    connection: &mut Connection,
    migrations: &[Migration],
    version: u32,
) -> rusqlite::Result<()> {
    let Some(pending) = migrations.get(version as usize..).filter(|pending| !pending.is_empty())
    else {
        return Ok(());
    };
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for migration in pending {
        migration(&transaction)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    transaction.pragma_update(None, "user_version", count(migrations))?;
    transaction.commit()
}

/// Makes the schema in a new database, or brings a copy up to date, of which no copy is kept.
pub(super) fn migrate_new(connection: &mut Connection) -> rusqlite::Result<()> {
    let version: u32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    apply(connection, MIGRATIONS, version)
}

/// Makes the schema in a new database in memory.
pub(super) fn make(connection: &Connection) -> rusqlite::Result<()> {
    MIGRATIONS.iter().try_for_each(|migration| migration(connection))
}

fn count(migrations: &[Migration]) -> i32 {
    i32::try_from(migrations.len()).unwrap_or(i32::MAX)
}

/// Version 1.
///
/// `section` and `section_at` say in which list a todo stands and where; they, `updated_at` and the
/// full-text index follow from the registers, and one function writes them all (`rows.rs`). One index
/// answers both what waits to be sent and where every todo stands: each index costs an add a page. What the
/// index holds of a text is said in `search/index.rs`; a change to that needs a migration that fills
/// the index anew. An action has the number of its first entry in `history`, and its entries stand
/// one after another.
fn first(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute_batch(
        "CREATE TABLE todos (
            seq         INTEGER PRIMARY KEY,
            id          TEXT NOT NULL UNIQUE,
            created_at  INTEGER NOT NULL,
            updated_at  INTEGER NOT NULL,
            title       TEXT NOT NULL,
            description TEXT,
            completed   INTEGER NOT NULL,
            deleted_at  INTEGER,
            stamps      TEXT NOT NULL,
            section     INTEGER NOT NULL,
            section_at  INTEGER NOT NULL,
            rev         INTEGER,
            dirty       INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX todos_by_place ON todos (dirty, section, section_at);

        CREATE TABLE history (
            seq       INTEGER PRIMARY KEY,
            action    INTEGER NOT NULL,
            todo_id   TEXT NOT NULL,
            field     TEXT NOT NULL,
            old_value TEXT,
            new_value TEXT NOT NULL,
            at        INTEGER NOT NULL,
            device    TEXT NOT NULL,
            cause     TEXT NOT NULL
        ) STRICT;
        CREATE INDEX history_by_todo ON history (todo_id);

        CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

        CREATE VIRTUAL TABLE todos_fts USING fts5(
            grams, content='', columnsize=0, detail=none, prefix='1 2',
            tokenize=\"unicode61 remove_diacritics 0 categories 'L* M* N* P* S* C*'\"
        );
        CREATE TABLE todos_unindexed (seq INTEGER PRIMARY KEY, held TEXT) STRICT;",
    )
}

/// Version 2: what sync has to remember.
///
/// `synced` holds the stamps as the server last had them (a JSON object): a register with another one
/// is an edit that the server has not seen. `aside_code` and `aside_message` say why the server did not
/// take a todo; it waits until it is edited or tried again. `sync_unread` names rows of the server that
/// this Clove cannot read: they are pulled again at its next start.
fn second(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute_batch(
        "ALTER TABLE todos ADD COLUMN synced TEXT;
        ALTER TABLE todos ADD COLUMN aside_code TEXT;
        ALTER TABLE todos ADD COLUMN aside_message TEXT;
        CREATE INDEX todos_aside ON todos (aside_code) WHERE aside_code IS NOT NULL;
        CREATE TABLE sync_unread (
            rev     INTEGER PRIMARY KEY,
            todo_id TEXT,
            reason  TEXT NOT NULL
        ) STRICT;",
    )
}

/// Version 3: edits that gave way are found without a walk over the whole history.
fn third(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute_batch(
        "CREATE INDEX history_conflicts ON history (seq) WHERE cause = 'conflict_lost';",
    )
}

#[cfg(test)]
#[path = "migrations_tests.rs"]
mod tests;
