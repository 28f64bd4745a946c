use std::path::Path;

use tempfile::TempDir;

use super::*;
use crate::store::{
    connection::{self, Mode},
    folder::{Database, Folder},
};

struct Scene {
    folder: TempDir,
    files: Files,
    connection: Connection,
}

/// A store of version 1 that holds one entry.
fn version_1() -> Scene {
    let folder = TempDir::new().expect("a folder");
    let held = Folder::hold(folder.path()).expect("the folder is fine");
    let files = held.files(&Database::ThisDevice).expect("its files are fine");
    let mut connection = connection::open(&files.database, Mode::ReadWrite).expect("a database");
    run(&mut connection, &files, &[first]).expect("the first migration");
    connection.execute("INSERT INTO meta VALUES ('key', 'before')", []).expect("an entry");
    Scene { folder, files, connection }
}

fn later(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute_batch("CREATE TABLE later (x TEXT)")?;
    connection.execute("UPDATE meta SET value = 'after'", []).map(drop)
}

fn failing(connection: &Connection) -> rusqlite::Result<()> {
    later(connection)?;
    connection.execute_batch("SELECT no_such_function()")
}

fn version(connection: &Connection) -> i32 {
    connection.pragma_query_value(None, "user_version", |row| row.get(0)).expect("a version")
}

fn entry(connection: &Connection) -> String {
    let sql = "SELECT value FROM meta WHERE key = 'key'";
    connection.query_row(sql, [], |row| row.get(0)).expect("the entry")
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let name = |entry: std::fs::DirEntry| entry.file_name().to_string_lossy().into_owned();
    entries.map(|entry| name(entry.expect("an entry"))).collect()
}

#[test]
fn a_new_store_gets_the_latest_version_and_no_copy() {
    let scene = version_1();
    assert_eq!(version(&scene.connection), 1, "one step was made");
    let copies = names(scene.folder.path()).into_iter().filter(|name| name == "backups");
    assert_eq!(copies.count(), 0, "an empty store needs no copy");
    let id: i32 = scene
        .connection
        .pragma_query_value(None, "application_id", |row| row.get(0))
        .expect("an application id");
    assert_eq!(id, APPLICATION_ID, "the file says whose it is");
}

#[test]
fn a_later_step_keeps_a_private_copy_first() {
    let mut scene = version_1();
    run(&mut scene.connection, &scene.files, &[first, later]).expect("the later migration");
    assert_eq!(version(&scene.connection), 2, "the step was made");
    assert_eq!(entry(&scene.connection), "after", "the step was made");

    let path = scene.folder.path().join("backups/this-device-before-migration-from-1.db");
    let copy = connection::open(&path, Mode::ReadOnly).expect("the copy is a database");
    assert_eq!(version(&copy), 1, "the copy is of the version before");
    assert_eq!(entry(&copy), "before", "the copy holds what was there before");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(&path).expect("the copy").permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "the copy holds the same secrets");
    }
}

#[test]
fn migrating_twice_is_harmless() {
    let mut scene = version_1();
    for _ in 0..2 {
        run(&mut scene.connection, &scene.files, &[first, later]).expect("nothing is pending");
    }
    assert_eq!(version(&scene.connection), 2, "the second run did nothing");
}

#[test]
fn a_step_that_fails_leaves_the_store_as_it_was() {
    let mut scene = version_1();
    let failed = run(&mut scene.connection, &scene.files, &[first, later, failing]);
    assert!(failed.is_err(), "the step calls what is not there");
    assert_eq!(version(&scene.connection), 1, "the version is the one before");
    assert_eq!(entry(&scene.connection), "before", "so is the data");
    run(&mut scene.connection, &scene.files, &[first, later]).expect("a mended Clove goes on");
    assert_eq!(entry(&scene.connection), "after", "a mended Clove goes on");
}

#[test]
fn a_copy_that_was_cut_short_is_made_again() {
    let mut scene = version_1();
    let partial = scene.folder.path().join("backups/this-device-before-migration-from-1.db.part");
    std::fs::create_dir(scene.folder.path().join("backups")).expect("a folder");
    std::fs::write(&partial, "half a database").expect("a file");
    run(&mut scene.connection, &scene.files, &[first, later]).expect("the later migration");
    let path = scene.folder.path().join("backups/this-device-before-migration-from-1.db");
    let copy = connection::open(&path, Mode::ReadOnly).expect("the copy is a database");
    assert_eq!(entry(&copy), "before", "the copy is whole");
    assert!(!partial.exists(), "nothing is left of the first try");
}

#[test]
fn a_version_from_the_future_is_left_alone() {
    let mut scene = version_1();
    scene.connection.pragma_update(None, "user_version", 7).expect("a version");
    run(&mut scene.connection, &scene.files, &[first, later]).expect("nothing to do");
    assert_eq!(version(&scene.connection), 7, "no step applies");
    let seen = inspect(&scene.connection, &scene.files).expect("a Clove database");
    assert_eq!(seen, Version::Newer, "and it is recognised");
}
