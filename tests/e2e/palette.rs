//! The command palette in the real window, without the pointer.

use crate::{
    harness::{Session, Window},
    keyboard::{cursor, focused},
};

#[test]
fn the_palette_goes_to_todos_and_runs_commands_by_keyboard_alone() {
    let session = Session::start();
    let window = Window::open_list(&session);
    session.until_focused("Clove");
    window.until("whoever starts Clove can write at once", || focused(&window) == "add-input");
    window.until("and has another way in", || window.has("#first-sign-in"));
    session.type_text("Call Ada");
    session.key("Return");
    window.until_titles(&["Call Ada"]);
    window.add("Water the plants");
    window.add("Buy milk");
    window.until_titles(&["Buy milk", "Water the plants", "Call Ada"]);
    assert!(!window.has("#first-run"), "with a todo, the other ways in are gone");
    window.click_in_row("Water the plants", "input[type=checkbox]");
    session.key("ctrl+2");
    window.until_titles(&["Buy milk", "Call Ada"]);

    // A todo that the list does not show: its list is shown, unfolded, with the cursor on it.
    open(&session, &window, "plants");
    until_chosen(&window, "Water the plants");
    session.key("Return");
    window.until("the cursor is on it", || cursor(&window) == "Water the plants");
    window.until("the list has the focus", || focused(&window) == "list");
    window.until_titles(&["Buy milk", "Call Ada", "Water the plants"]);

    // A command without a key of its own.
    open(&session, &window, "oldest");
    until_chosen(&window, "Oldest first");
    session.key("Return");
    window.until_titles(&["Call Ada", "Buy milk", "Water the plants"]);

    open(&session, &window, "preferences");
    until_chosen(&window, "Settings");
    session.key("Return");
    window.until("the settings are there", || window.has("#settings[open]"));
    session.key("Escape");
    window.until("the settings are gone", || !window.has("#settings"));

    // What was run last is the first; Escape leaves everything as it was.
    open(&session, &window, "");
    until_chosen(&window, "Settings");
    session.key("Down");
    until_chosen(&window, "Add a todo");
    session.key("Escape");
    window.until("the palette is gone", || !window.has("#palette"));
    window.until("the list has the focus again", || focused(&window) == "list");

    session.key("ctrl+q");
    window.until("Clove has quit", || !window.is_running());
}

/// Opens the palette by its key, and types.
#[track_caller]
fn open(session: &Session, window: &Window, query: &str) {
    session.key("ctrl+k");
    window.until("the field has the focus", || focused(window) == "palette-input");
    session.type_text(query);
}

#[track_caller]
fn until_chosen(window: &Window, name: &str) {
    window.until_text("#palette [aria-selected=true] .name", name);
}
