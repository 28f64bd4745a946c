//! The language of the window, the tray and the terminal: the system's, or the one that was chosen.

use serde_json::json;

use crate::harness::{Group, Session, TrayHost, Window, until};

const ENTER: &str = "\u{e007}";
const GERMAN: [(&str, &str); 1] = [("LANG", "de_DE.UTF-8")];
/// Chooses a language as a person does, from the list of Settings.
const CHOOSE: &str = "const field = document.querySelector('#language');
    field.value = arguments[0];
    field.dispatchEvent(new Event('change', { bubbles: true }));";

#[test]
fn on_a_german_system_clove_speaks_german_until_english_is_chosen() {
    let session = Session::start();
    let tray = TrayHost::start(&session);
    let window = Window::open_with(&session, &GERMAN);
    window.until_text("#empty", "Noch nichts zu tun");
    assert_eq!(window.run("return document.documentElement.lang", &[]), "de-DE");
    until_menu(&tray, &["Schnell hinzufügen …", "Nichts zu tun", "Clove öffnen", "Clove beenden"]);

    window.type_into("#add-input", ENTER);
    window.until_text("#add-error", "Eine Aufgabe braucht einen Titel.");
    window.add("Nelken kaufen");
    until_menu(&tray, &["1 offene Aufgabe"]);

    window.click("#open-settings");
    window.until_text("#settings h2", "Einstellungen");
    window.run(CHOOSE, &[json!("en")]);
    window.until_text("#settings h2", "Settings");
    until_menu(&tray, &["Quick add…", "1 todo to do", "Open Clove", "Quit Clove"]);
    drop(window);

    // What was chosen is kept, whatever the system speaks.
    let window = Window::open_with(&session, &GERMAN);
    window.until_text("#filter-active", "Active");
}

#[test]
fn a_terminal_is_answered_in_its_language() {
    let session = Session::start();
    let refused = |language: &str| {
        let mut command = session.clove_command(&["add", " "]);
        let output = command.env("LANG", language).output().unwrap();
        String::from_utf8(output.stderr).unwrap()
    };
    assert_eq!(
        refused("de_AT.UTF-8"),
        "clove: Eine Aufgabe braucht einen Titel. Schreib, was zu tun ist.\n"
    );
    assert_eq!(refused("fr_FR.UTF-8"), "clove: A todo needs a title. Type what is to be done.\n");
}

#[test]
fn the_small_window_is_named_in_the_language_too() {
    let session = Session::start();
    let _tray = TrayHost::start(&session);
    let mut command = session.clove_command(&["--quick-add"]);
    command.env("LANG", "de_DE.UTF-8");
    let _clove = Group::spawn(command);
    session.until_focused("Aufgabe hinzufügen");
}

#[track_caller]
fn until_menu(tray: &TrayHost, lines: &[&str]) {
    until(&format!("the menu has {lines:?}"), || {
        let labels = tray.labels();
        lines.iter().all(|line| labels.iter().any(|label| label == line))
    });
}
