//! The key that opens quick add from anywhere.

use crate::harness::{Group, Session, Window, until};

#[test]
fn the_hotkey_works_in_other_programs_and_keeps_a_draft() {
    let session = Session::start();
    let _clove = session.start_clove(&[]);
    session.until_list_shown(1);
    session.until_focused("Clove");
    session.open_other_program("Other");

    session.key("ctrl+shift+space");
    session.until_focused("Add a todo");
    session.type_text("Half a thou");
    session.key("Escape");
    session.until_no_window("Add a todo");
    session.until_focused("Other");
    session.until_listed(&[]);

    session.key("ctrl+shift+space");
    session.quick_add("ght");
    session.until_focused("Other");
    session.until_listed(&["Half a thought"]);
    // What was added is no draft any more.
    session.key("ctrl+shift+space");
    session.quick_add("Whole");
    session.until_listed(&["Whole", "Half a thought"]);
    assert!(!session.other_program_got("Other", "w"), "the text went to quick add alone");
}

#[test]
fn quick_add_stays_with_a_text_that_is_refused() {
    let session = Session::start();
    let window = Window::open_list(&session);
    session.until_focused("Clove");
    session.key("ctrl+shift+space");
    session.until_focused("Add a todo");
    window.until_quick_add();
    session.key("Return");
    window.until_text("#quick-error", "title");
    session.type_text("Now with words");
    session.key("Return");
    session.until_no_window("Add a todo");
    session.until_focused("Clove");
    session.until_listed(&["Now with words"]);
}

#[test]
fn the_hotkey_can_be_changed() {
    let session = Session::start();
    let window = Window::open_list(&session);
    session.until_focused("Clove");
    session.key("ctrl+comma");
    window.click("#hotkey-input");
    session.key("k");
    window.until_text("#hotkey-error", "Hold Ctrl or Alt");
    session.key("ctrl+alt+k");
    window.until("the field shows the key", || window.value("#hotkey-input") == "Ctrl+Alt+K");
    session.key("Escape");
    session.key("ctrl+alt+k");
    session.quick_add("With the new key");
    session.until_listed(&["With the new key"]);
    window.kill();

    let _again = session.start_clove(&[]);
    session.until_list_shown(2);
    session.until_focused("Clove");
    session.key("ctrl+alt+k");
    session.quick_add("After a restart");
    session.until_listed(&["After a restart", "With the new key"]);
    session.key("ctrl+shift+space");
    session.key("ctrl+alt+k");
    session.until_focused("Add a todo");
    assert_eq!(session.windows("Add a todo").len(), 1);
}

#[test]
fn a_hotkey_that_another_program_has_is_reported() {
    let session = Session::start();
    // Another login of the same person on the same display has the key.
    let mut other = session.clove_command(&[]);
    let bus = session.start_bus("other-bus");
    other.env("DBUS_SESSION_BUS_ADDRESS", bus);
    other.env("CLOVE_DATA_DIR", session.path("other"));
    let _other = Group::spawn(other);
    session.until_focused("Clove");
    until("the other one listens", || session.path("other/clove.sock").exists());

    let window = Window::open_list(&session);
    window.click("#open-settings");
    window.until_text("#hotkey-error", "Another program uses");
    window.click("#hotkey-input");
    session.key("ctrl+alt+j");
    window.until("the complaint is gone", || !window.has("#hotkey-error"));
    // Taking the first one again is refused, and the new one stays.
    window.run(
        "document.querySelector('#hotkey-input').dispatchEvent(new KeyboardEvent('keydown',
            { key: ' ', code: 'Space', ctrlKey: true, shiftKey: true, bubbles: true }))",
        &[],
    );
    window.until_text("#hotkey-error", "Another program uses");
    assert_eq!(window.value("#hotkey-input"), "Ctrl+Alt+J");
}
