//! Whatever the umask, nobody else can read the todos.

use std::{fs, os::unix::fs::PermissionsExt, path::Path};

use tempfile::TempDir;

use crate::{
    process::{child, folder},
    support::{add, open},
};

fn mode(path: &Path) -> String {
    let mode = fs::metadata(path).expect("it is there").permissions().mode();
    format!("{:o}", mode & 0o777)
}

#[test]
fn files_and_folders_are_private_under_any_umask() {
    for umask in ["000", "022", "077"] {
        let parent = TempDir::new().expect("a folder");
        let folder = parent.path().join("new").join("data");
        let before = format!("umask {umask};");
        let ended = child("modes::child_opens", &folder, &before).output().expect("a child");
        let told = String::from_utf8_lossy(&ended.stdout).into_owned();
        assert!(ended.status.success(), "umask {umask}: {told}");
        assert_eq!(mode(&folder), "700", "umask {umask}: the child made the folder");
    }
}

#[test]
fn what_was_open_to_others_is_closed() {
    let folder = TempDir::new().expect("a folder");
    drop(open(folder.path()));
    let file = folder.path().join("this-device.db");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o666)).expect("a mode");
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o777)).expect("a mode");
    let _clove = open(folder.path());
    assert_eq!((mode(&file), mode(folder.path())), ("600".to_owned(), "700".to_owned()), "closed");
}

#[test]
#[ignore = "other tests run it in a process of its own"]
fn child_opens() {
    let Some(folder) = folder() else { return };
    let clove = open(&folder);
    add(&clove, "a");
    let parent = folder.parent().expect("a parent");
    assert_eq!(mode(parent), "700", "the folder above was made too");
    assert_eq!(mode(&folder), "700", "the data folder");
    for name in ["this-device.db", "this-device.db-wal", "this-device.db-shm", "clove.lock"] {
        let path = folder.join(name);
        assert_eq!(mode(&path), "600", "{}", path.display());
    }
}
