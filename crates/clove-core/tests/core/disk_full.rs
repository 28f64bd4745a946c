//! A disk without room: the edit is refused, nothing is lost, and with room again it goes on.

use std::{fs, io::Write, path::Path, process::Command};

use clove_core::{Error, OpenError, Todos, view::Filter};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use tempfile::TempDir;

use crate::{
    process::{child, folder, said, say},
    support::{environment, open, titles, wait},
};

const ROOM: u64 = 1 << 20;

/// The kernel refuses to let any file grow beyond a bound. This way works everywhere.
#[test]
fn a_file_that_may_not_grow_loses_nothing() {
    let folder = TempDir::new().expect("a folder");
    // Without the trap the kernel would end the process, instead of refusing the write.
    let child = child("disk_full::child_meets_the_limit", folder.path(), "trap '' XFSZ;");
    expect_success(child);
}

/// A file system that is really full. Where the machine lets nobody mount one, the test above is all.
#[test]
fn a_full_disk_loses_nothing() {
    let folder = TempDir::new().expect("a folder");
    let mount = format!("mount -t tmpfs -o size={} tmpfs \"$CLOVE_TEST_FOLDER\" &&", 3 * ROOM);
    let can_mount = Command::new("unshare")
        .args(["--map-root-user", "--mount", "sh", "-c", &format!("{mount} true")])
        .env("CLOVE_TEST_FOLDER", folder.path())
        .status()
        .is_ok_and(|status| status.success());
    if !can_mount {
        let mut out = std::io::stderr().lock();
        writeln!(out, "no file system can be mounted here: a full one is not tried").expect("told");
        return;
    }
    let inner = child("disk_full::child_meets_the_end", folder.path(), &mount);
    let mut outer = Command::new("unshare");
    outer.args(["--map-root-user", "--mount"]).arg(inner.get_program()).args(inner.get_args());
    outer.env("CLOVE_TEST_FOLDER", folder.path());
    expect_success(outer);
}

fn expect_success(mut child: Command) {
    let ended = child.output().expect("a child");
    let told = String::from_utf8_lossy(&ended.stdout).into_owned();
    assert!(ended.status.success(), "the child found a fault:\n{told}");
    assert!(told.lines().any(|line| said(line) == Some("done")), "the child ran:\n{told}");
}

#[test]
#[ignore = "other tests run it in a process of its own"]
fn child_meets_the_limit() {
    let Some(folder) = folder() else { return };
    let limits = getrlimit(Resource::Fsize);
    let limit =
        |current| setrlimit(Resource::Fsize, Rlimit { current, ..limits }).expect("a limit");
    let clove = open(&folder);
    limit(Some(ROOM));
    let (saved, error) = fill(&clove);
    // SQLite tells a full disk from a write that failed otherwise, and so does Clove.
    assert!(matches!(error, Error::Storage(_)), "the kernel's refusal is reported: {error:?}");
    check(&folder, clove, saved, || limit(limits.current));
}

#[test]
#[ignore = "other tests run it in a process of its own"]
fn child_meets_the_end() {
    let Some(folder) = folder() else { return };
    let ballast = folder.join("ballast");
    let fill_up = || {
        while fs::OpenOptions::new()
            .create(true)
            .append(true)
            .open(&ballast)
            .and_then(|mut file| file.write_all(&[0; 4096]))
            .is_ok()
        {}
    };
    fill_up();
    let data = folder.join("data");
    let error = Todos::open(&data, environment().0).err().expect("there is no room for a store");
    assert!(matches!(error, OpenError::DiskFull { .. } | OpenError::Folder { .. }), "{error:?}");
    fs::remove_file(&ballast).expect("room");

    let clove = open(&data);
    fs::write(&ballast, vec![0; 1 << 20]).expect("there is room for it");
    let (saved, error) = fill(&clove);
    assert_eq!(error, Error::DiskFull, "the reason is told");
    check(&data, clove, saved, || fs::remove_file(&ballast).expect("room"));
}

/// Adds until an add is refused.
fn fill(clove: &Todos) -> (Vec<String>, Error) {
    let mut saved = Vec::new();
    loop {
        let title = format!("{} {}", saved.len(), "x".repeat(400));
        match wait(clove.add(&title, Some(&"y".repeat(5_000)))) {
            Ok(_) => saved.push(title),
            Err(error) => return (saved, error),
        }
        assert!(saved.len() < 10_000, "at some point there is no room");
    }
}

fn check(folder: &Path, clove: Todos, mut saved: Vec<String>, make_room: impl FnOnce()) {
    assert!(!saved.is_empty(), "some adds had room");
    assert_eq!(titles(&clove, Filter::All), saved, "what was saved is there, and nothing else");
    assert_eq!(clove.counts().active, saved.len(), "the counts agree");
    let found = wait(clove.search("0", Filter::All, 0, 10)).expect("a search needs no room");
    assert!(found.total <= saved.len(), "it may miss the newest, but works");
    make_room();
    wait(clove.add("with room again", None)).expect("the same store goes on");
    saved.push("with room again".to_owned());
    assert_eq!(titles(&clove, Filter::All), saved, "nothing is missing");
    drop(clove);
    let clove = open(folder);
    assert_eq!(titles(&clove, Filter::All), saved, "nor after another start");
    let found = wait(clove.search("with room", Filter::All, 0, 10)).expect("read");
    assert_eq!(found.total, 1, "the index has caught up");
    assert_eq!(wait(clove.check()), Ok(None), "the file is sound");
    say("done");
}
