//! Whatever stands where the store should be: a clear message, and nothing is lost.

use std::{
    fs,
    io::{BufRead, BufReader},
    os::unix::fs::{PermissionsExt, symlink},
    path::Path,
};

use clove_core::{
    Access, Error, OpenError, Todos,
    random::Random,
    view::Filter,
    words::{Language, Spoken},
};
use tempfile::TempDir;

use crate::{
    process::{child, folder, said, say},
    support::{Seeded, add, database, environment, open, raw, titles, wait},
};

fn refused(folder: &Path, what: &str) -> OpenError {
    let opened = Todos::open(folder, environment().0);
    opened.err().unwrap_or_else(|| panic!("the store opened: {what}"))
}

#[test]
fn a_file_that_is_no_store_is_refused_and_left_alone() {
    let mut noise = vec![0; 4096];
    Seeded::new(7).fill(&mut noise);
    let mut damaged = b"SQLite format 3\0".to_vec();
    damaged.extend_from_slice(&noise);
    let cases: [(&str, &[u8]); 4] = [
        ("a text", b"Buy milk\n"),
        ("4 KiB of noise", &noise),
        ("noise behind SQLite's own beginning", &damaged),
        ("two bytes (one is what an empty database of SQLite may have)", b"xy"),
    ];
    for (what, bytes) in cases {
        let folder = TempDir::new().expect("a folder");
        fs::write(database(folder.path()), bytes).expect("a file");
        let error = refused(folder.path(), what);
        assert!(matches!(error, OpenError::NotClove { .. }), "{what}: {error}");
        let after = fs::read(database(folder.path())).expect("the file is there");
        assert_eq!(after, bytes, "{what}: the file is as it was");
    }
}

#[test]
fn the_database_of_another_program_is_refused_and_left_alone() {
    for mode in ["DELETE", "WAL"] {
        let folder = TempDir::new().expect("a folder");
        let other = raw(&database(folder.path()));
        let set = format!("PRAGMA journal_mode = {mode}; CREATE TABLE notes (text)");
        other.execute_batch(&set).expect("another program's table");
        drop(other);
        let before = fs::read(database(folder.path())).expect("the file");
        let error = refused(folder.path(), mode);
        assert!(matches!(error, OpenError::NotClove { .. }), "{mode}: {error}");
        let after = fs::read(database(folder.path())).expect("the file is there");
        assert!(after == before, "{mode}: the file is as it was");
    }
}

#[test]
fn an_empty_file_is_a_new_store() {
    let folder = TempDir::new().expect("a folder");
    fs::write(database(folder.path()), "").expect("a file");
    let clove = open(folder.path());
    add(&clove, "a");
    assert_eq!(titles(&clove, Filter::All), ["a"], "nothing was there that could be lost");
}

/// Opens a store that must not be written, and checks that it is not.
fn only_read(folder: &Path) {
    let before = fs::read(database(folder)).expect("the file");
    let clove = open(folder);
    let Access::ReadOnly(reason) = clove.access().clone() else {
        panic!("the store can be read only");
    };
    for language in Language::ALL {
        let said = reason.say_in(*language);
        assert!(
            said.ends_with('.') && said.contains("this-device.db"),
            "a sentence to show: {said}"
        );
    }
    assert_ne!(reason.say_in(Language::German), reason.say_in(Language::English));
    assert_eq!(titles(&clove, Filter::All), ["a"], "the list is shown");
    let found = wait(clove.search("a", Filter::All, 0, 10)).expect("read");
    assert_eq!(found.rows.len(), 1, "search works");
    let id = found.rows[0].id;
    let expected = Err(Error::ReadOnly(reason));
    assert_eq!(wait(clove.add("b", None)), expected, "an add is refused");
    assert_eq!(wait(clove.delete(vec![id])), expected, "so is a deletion");
    drop(clove);
    let after = fs::read(database(folder)).expect("the file is there");
    assert!(after == before, "not one byte has changed");
}

#[test]
fn a_store_of_a_newer_clove_is_only_read() {
    let folder = TempDir::new().expect("a folder");
    add(&open(folder.path()), "a");
    let file = raw(&database(folder.path()));
    file.pragma_update(None, "user_version", 999).expect("a version");
    drop(file);
    only_read(folder.path());
}

#[test]
fn a_file_that_is_marked_read_only_is_only_read() {
    let folder = TempDir::new().expect("a folder");
    add(&open(folder.path()), "a");
    let path = database(folder.path());
    fs::set_permissions(&path, fs::Permissions::from_mode(0o400)).expect("a mode");
    only_read(folder.path());
    let mode = fs::metadata(&path).expect("the file").permissions().mode();
    assert_eq!(mode & 0o777, 0o400, "the mark stays");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).expect("a mode");
    add(&open(folder.path()), "b");
}

#[test]
fn a_symbolic_link_is_never_followed() {
    let database = ["", "-wal", "-shm", "-journal"].map(|suffix| format!("this-device.db{suffix}"));
    for name in database.iter().map(String::as_str).chain(["clove.lock"]) {
        for dangling in [false, true] {
            let (folder, elsewhere) = (TempDir::new().expect("a"), TempDir::new().expect("b"));
            let target = elsewhere.path().join("precious");
            if !dangling {
                fs::write(&target, "precious").expect("a file");
            }
            let link = folder.path().join(name);
            symlink(&target, &link).expect("a link");
            let error = refused(folder.path(), name);
            assert!(matches!(error, OpenError::Symlink { .. }), "{name}: {error}");
            let there = fs::read_to_string(&target).ok();
            let expected = (!dangling).then(|| "precious".to_owned());
            assert_eq!(there, expected, "{name}: what it leads to is as it was");
        }
    }
}

#[test]
fn a_linked_folder_is_refused() {
    let (parent, elsewhere) = (TempDir::new().expect("a"), TempDir::new().expect("b"));
    let link = parent.path().join("data");
    symlink(elsewhere.path(), &link).expect("a link");
    for path in [link.clone(), link.join("")] {
        let error = refused(&path, "a bad folder");
        assert!(matches!(error, OpenError::Symlink { .. }), "{}: {error}", path.display());
    }
    let inside = fs::read_dir(elsewhere.path()).expect("the folder").count();
    assert_eq!(inside, 0, "nothing was written through it");
    add(&open(&link.join("below")), "a");
}

#[test]
fn a_folder_that_cannot_be_made_is_named() {
    let parent = TempDir::new().expect("a folder");
    let file = parent.path().join("file");
    fs::write(&file, "precious").expect("a file");
    for path in [file.clone(), file.join("below")] {
        let error = refused(&path, "a bad folder");
        assert!(matches!(error, OpenError::Folder { .. }), "{}: {error}", path.display());
        assert!(error.to_string().contains("file"), "the message names it: {error}");
    }
    assert_eq!(fs::read_to_string(&file).expect("the file"), "precious", "it is as it was");
}

#[test]
fn a_second_opening_is_refused() {
    let folder = TempDir::new().expect("a folder");
    let clove = open(folder.path());
    let error = refused(folder.path(), "while another has it");
    assert!(matches!(error, OpenError::InUse { .. }), "in the same process: {error}");
    drop(clove);
    add(&open(folder.path()), "closed, it is free again");

    let mut other = child("bad_files::child_holds", folder.path(), "").spawn().expect("a child");
    let lines = BufReader::new(other.stdout.take().expect("a pipe")).lines();
    let mut lines = lines.map_while(Result::ok);
    assert!(lines.any(|line| said(&line) == Some("open")), "the child opened the store");
    let error = refused(folder.path(), "while another has it");
    assert!(matches!(error, OpenError::InUse { .. }), "in another process: {error}");
    drop(other.stdin.take());
    assert!(other.wait().expect("the child ends").success(), "the child ends well");
    assert_eq!(titles(&open(folder.path()), Filter::All).len(), 1, "then it is free again");
}

#[test]
#[ignore = "other tests run it in a process of its own"]
fn child_holds() {
    let Some(folder) = folder() else { return };
    let _clove = open(&folder);
    say("open");
    let _ = std::io::stdin().lines().next();
}
