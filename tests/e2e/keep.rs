//! A damaged file, backups, and files that come and go, in the real window.

use std::{fs, path::Path};

use crate::harness::{Session, Window, open_store, seed, until};

#[test]
fn a_damaged_file_is_repaired_and_the_person_is_told() {
    let session = Session::start();
    seed(&session.data(), 30);
    let path = session.data().join("this-device.db");
    let bytes = damage(&path);

    let window = Window::open_list(&session);
    window.until_text("#notice", "30 todos could be rescued");
    window.until_text("#filter-all .count", "30");
    let named = fs::read_dir(session.data()).unwrap().map(|entry| entry.unwrap().path());
    let kept: Vec<_> =
        named.filter(|path| path.to_string_lossy().contains("this-device.damaged-")).collect();
    assert_eq!(kept.len(), 1, "{kept:?}");
    assert_eq!(fs::read(&kept[0]).unwrap(), bytes, "the damaged file is kept to the byte");
    window.until_text("#notice", kept[0].to_str().unwrap());
    window.add("Life goes on");
    window.until_text("#filter-all .count", "31");
    window.kill();
    assert_eq!(open_store(&session.data()).damage, None);

    let window = Window::open_list(&session);
    window.until_text("#filter-all .count", "31");
    assert!(!window.has("#notice"), "it is told once");
    window.click("#open-settings");
    window.until_text("#repair", "30 todos could be rescued");
}

#[test]
fn a_backup_is_made_listed_and_brought_back() {
    let session = Session::start();
    seed(&session.data(), 3);
    let window = Window::open_list(&session);
    until("the backup of the day is there", || {
        let backups = fs::read_dir(session.data().join("backups"));
        backups.is_ok_and(|mut names| {
            names.any(|name| {
                name.is_ok_and(|name| name.file_name().to_string_lossy().ends_with(".db"))
            })
        })
    });
    window.click_in_row("Todo 1", ".row-title");
    session.key("Delete");
    window.until_titles(&["Todo 2", "Todo 0"]);
    window.add("Since then");
    window.until_titles(&["Since then", "Todo 2", "Todo 0"]);

    window.click("#open-settings");
    window.until_text("#backups", "3 todos");
    window.click(".restore-backup");
    window.until_text("#restore-body", "1 todo comes back. Nothing newer is deleted.");
    window.click("#restore-confirm");
    window.until_text("#toast", "Restored 1 todo");
    window.until_titles(&["Since then", "Todo 2", "Todo 1", "Todo 0"]);
    window.click("#toast-undo");
    window.until_titles(&["Since then", "Todo 2", "Todo 0"]);
}

#[test]
fn a_file_from_a_terminal_appears_in_the_open_window_and_one_undo_takes_it_back() {
    let session = Session::start();
    let file = session.path("list.md");
    fs::write(&file, "# Shopping\n- [ ] Milk\n- [x] Bread\n- [ ] Rope\n").unwrap();
    let window = Window::open_list(&session);
    window.add("here before");
    let output = session.clove(&["import", file.to_str().unwrap()]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let said = String::from_utf8_lossy(&output.stdout);
    assert_eq!(said, "3 todos added.\n1 left out: it is a heading or a rule.\n");
    window.until_titles(&["Milk", "Rope", "here before"]);
    window.unfold();
    window.until_titles(&["Milk", "Rope", "here before", "Bread"]);

    let export = session.path("all.json");
    assert!(session.clove(&["export", export.to_str().unwrap()]).status.success());
    let again = session.clove(&["export", export.to_str().unwrap()]);
    assert_eq!(again.status.code(), Some(1), "a file that is there is not written over");
    let output = session.clove(&["import", export.to_str().unwrap()]);
    assert_eq!(
        String::from_utf8_lossy(&output.stdout),
        "0 todos added.\n4 left out: they are here already.\n"
    );

    window.click_in_row("here before", ".row-title");
    session.key("ctrl+z");
    window.until_titles(&["here before"]);

    for (name, bytes, why) in
        [("a.bin", &b"\0\0"[..], "not a text file"), ("b.json", b"{}", "not exported by Clove")]
    {
        fs::write(session.path(name), bytes).unwrap();
        let refused = session.clove(&["import", session.path(name).to_str().unwrap()]);
        assert_eq!(refused.status.code(), Some(1), "{name}");
        assert!(String::from_utf8_lossy(&refused.stderr).contains(why), "{name}");
    }
    let missing = session.clove(&["import", session.path("missing").to_str().unwrap()]);
    assert!(String::from_utf8_lossy(&missing.stderr).contains("could not be read"));
}

#[test]
fn a_file_that_is_chosen_is_asked_about_before_it_is_taken_in() {
    let session = Session::start();
    let file = session.path("list.md");
    fs::write(&file, "# Shopping\n- [ ] Milk\n- [ ] Rope\n").unwrap();
    let window = Window::open_list(&session);
    window.add("here before");
    window.choose_import(&session, &file);
    window.until_text("#import-dialog h2", "Import 2 todos from list.md?");
    window.until_text("#import-skipped", "heading");
    assert_eq!(window.titles(), ["here before"], "nothing is taken in unasked");
    session.key("Escape");
    window.until("it is let go", || !window.has("dialog"));
    window.until_titles(&["here before"]);

    window.choose_import(&session, &file);
    window.click("#import-confirm");
    window.until_text("#toast", "Imported 2 todos from list.md");
    window.until_titles(&["Milk", "Rope", "here before"]);
    window.click("#toast-undo");
    window.until_titles(&["here before"]);
}

/// Wipes the header of a database, as a bad sector would: its bytes since then.
pub(crate) fn damage(path: &Path) -> Vec<u8> {
    let mut bytes = fs::read(path).unwrap();
    bytes[..100].fill(0);
    fs::write(path, &bytes).unwrap();
    bytes
}

impl Window {
    /// Chooses a file to import in the system's dialog, to which the settings lead.
    #[track_caller]
    pub(crate) fn choose_import(&self, session: &Session, file: &Path) {
        session.activate("Clove");
        session.key("ctrl+comma");
        self.click("#import");
        session.until_focused("Open File");
        session.type_text(file.to_str().unwrap());
        session.key("Return");
        self.until("it is asked", || self.has("#import-dialog[open]"));
    }
}
