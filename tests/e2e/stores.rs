//! Data folders that can't be used, or can be read alone: the window says why, and harms nothing.

use std::{fs, os::unix::fs::symlink, process::Command};

use crate::harness::{Group, Session, Window, open_store, seed, until};

const ENTER: &str = "\u{e007}";
const DATABASE: &str = "this-device.db";

#[test]
fn a_file_that_is_no_database_is_left_alone_until_it_is_moved_away() {
    let session = Session::start();
    fs::create_dir_all(session.data()).unwrap();
    let path = session.data().join(DATABASE);
    fs::write(&path, "Dear diary, this is not a database.").unwrap();

    let window = Window::open(&session);
    window.until_text("#store-failed", path.to_str().unwrap());
    window.until_text("#store-failed", "is not a Clove database");
    window.click("#retry-open");
    window.until_text("#store-failed", "is not a Clove database");
    assert_eq!(fs::read_to_string(&path).unwrap(), "Dear diary, this is not a database.");

    fs::rename(&path, session.path("diary")).unwrap();
    window.click("#retry-open");
    window.add("A new beginning");
    window.until_titles(&["A new beginning"]);
    // It listens again, too.
    assert!(session.clove(&["add", "From a terminal"]).status.success());
    window.until_titles(&["From a terminal", "A new beginning"]);
}

#[test]
fn a_database_from_a_newer_clove_is_shown_and_not_changed() {
    let session = Session::start();
    seed(&session.data(), 3);
    let path = session.data().join(DATABASE);
    make_newer(&path);
    let before = fs::read(&path).unwrap();

    let window = Window::open_list(&session);
    window.until_text("#banner", "newer");
    window.until_titles(&["Todo 2", "Todo 1", "Todo 0"]);
    window.until("adding is off", || window.has("#add-input:disabled"));
    window.click_in_row("Todo 1", ".row-title");
    for key in ["space", "Delete"] {
        session.key(key);
    }
    window.until_text("#toast", "newer");
    window.until_titles(&["Todo 2", "Todo 1", "Todo 0"]);
    let refused = session.clove(&["add", "not now"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("newer"));
    window.kill();
    assert_eq!(fs::read(&path).unwrap(), before, "the file is as it was");
}

#[test]
fn two_cloves_do_not_share_a_folder() {
    let session = Session::start();
    // Another login has its own message bus, so the second Clove does not meet the first on it.
    let mut first = session.clove_command(&[]);
    first.env("DBUS_SESSION_BUS_ADDRESS", session.start_bus("other-bus"));
    let mut first = Group::spawn(first);
    session.until_list_shown(1);

    let window = Window::open(&session);
    window.until_text("#store-failed", "Another Clove is using the todos");
    assert!(!first.has_ended());
    first.kill();
    window.click("#retry-open");
    window.add("Mine alone");
    window.until_titles(&["Mine alone"]);
}

#[test]
fn links_and_files_in_place_of_the_folder_are_named() {
    let session = Session::start();
    fs::create_dir_all(session.data()).unwrap();
    seed(&session.path("elsewhere"), 1);
    let target = session.path("elsewhere").join(DATABASE);
    let before = fs::read(&target).unwrap();
    symlink(&target, session.data().join(DATABASE)).unwrap();
    let window = Window::open(&session);
    window.until_text("#store-failed", "is a symbolic link");
    window.kill();
    assert_eq!(fs::read(&target).unwrap(), before);

    fs::write(session.path("file"), "in the way").unwrap();
    let below = session.path("file").join("clove");
    let window = Window::open_with(&session, &[("CLOVE_DATA_DIR", below.to_str().unwrap())]);
    window.until_text("#store-failed", "can't use its data folder");
    window.until_text("#store-failed", below.to_str().unwrap());
    // There is no list to lose, so closing asks nothing.
    session.until_focused("Clove");
    session.close("Clove");
    until("Clove is gone", || !window.is_running());
}

#[test]
fn settings_that_make_no_sense_are_set_aside_and_told_of() {
    let session = Session::start();
    fs::create_dir_all(session.data()).unwrap();
    fs::write(session.data().join("settings.json"), "{ nonsense").unwrap();
    let window = Window::open_list(&session);
    window.until_text("#notice", "settings could not be read");
    let kept = fs::read_to_string(session.data().join("settings.json.unreadable")).unwrap();
    assert_eq!(kept, "{ nonsense");
}

#[test]
fn a_full_disk_keeps_the_text_and_recovers() {
    let session = Session::start();
    let Some(disk) = SmallDisk::mount(&session) else {
        eprintln!("skipped: this user may not mount a file system");
        return;
    };
    let folder = disk.folder.join("clove");
    let window = Window::open_with(&session, &[("CLOVE_DATA_DIR", folder.to_str().unwrap())]);
    window.until("the list is there", || window.has("#list[aria-busy='false']"));
    window.add("While there is room");
    disk.fill();

    let long = "x".repeat(400);
    // The last free bytes of files that exist already may still take a todo or two.
    until("the disk is full", || {
        window.type_into("#add-input", &long);
        window.type_into("#add-input", ENTER);
        window.until("it is taken or refused", || {
            window.has("#add-error") || window.value("#add-input").is_empty()
        });
        window.has("#add-error")
    });
    window.until_text("#add-error", "The disk is full");
    window.until_text("#banner", "The disk is full");
    assert_eq!(window.value("#add-input"), long, "what was typed stays");

    disk.make_room();
    window.type_into("#add-input", ENTER);
    window.until("it is taken", || window.value("#add-input").is_empty());
    window.until("the banner is gone", || !window.has("#banner"));
    let shown = window.titles();
    window.kill();
    let contents = open_store(&folder);
    assert_eq!(contents.titles(), shown);
    assert_eq!(contents.damage, None);
}

/// Raises the version that SQLite keeps for the program at byte 60 of its header
/// (<https://www.sqlite.org/fileformat2.html#the_database_header>).
pub(crate) fn make_newer(path: &std::path::Path) {
    let mut bytes = fs::read(path).unwrap();
    assert!(bytes.starts_with(b"SQLite format 3\0"));
    bytes[60..64].copy_from_slice(&9_999_u32.to_be_bytes());
    fs::write(path, bytes).unwrap();
}

/// A file system of two megabytes.
struct SmallDisk {
    folder: std::path::PathBuf,
}

impl SmallDisk {
    fn mount(session: &Session) -> Option<Self> {
        let folder = session.path("disk");
        fs::create_dir(&folder).unwrap();
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", "size=2m,mode=700", "tmpfs"]).arg(&folder);
        let mounted = mount.output().is_ok_and(|output| output.status.success());
        mounted.then(|| Self { folder })
    }

    fn fill(&self) {
        let mut file = fs::File::create(self.folder.join("ballast")).unwrap();
        while std::io::Write::write(&mut file, &[0; 512]).is_ok_and(|written| written > 0) {}
    }

    fn make_room(&self) {
        fs::remove_file(self.folder.join("ballast")).unwrap();
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("--lazy").arg(&self.folder).status();
    }
}
