//! The main job without the pointer: real keys, in the real window that has the focus.

use crate::harness::{Session, Window};

#[test]
fn everything_can_be_done_with_the_keyboard() {
    let session = Session::start();
    let window = Window::open_list(&session);
    session.until_focused("Clove");

    session.key("ctrl+n");
    window.until("the field has the focus", || focused(&window) == "add-input");
    for title in ["Buy milk", "Water the plants", "Call Ada"] {
        session.type_text(title);
        session.key("Return");
    }
    window.until_titles(&["Call Ada", "Water the plants", "Buy milk"]);

    // Down goes to the list, further down to the second line; Space completes it.
    session.key("Down");
    window.until("the list has the focus", || focused(&window) == "list");
    session.key("Down");
    window.until("the cursor is on the second", || cursor(&window) == "Water the plants");
    session.key("space");
    window.until_titles(&["Call Ada", "Buy milk"]);

    // Below the last one is the header of the completed ones; Space unfolds them.
    session.key("Down");
    session.key("space");
    window.until_titles(&["Call Ada", "Buy milk", "Water the plants"]);
    window.until_ticked(&["Water the plants"]);
    session.key("Home");
    window.until("the cursor is on the first", || cursor(&window) == "Call Ada");

    session.key("F2");
    window.until("the editor is there", || focused(&window) == "edit-title");
    session.type_text(" back");
    session.key("Tab");
    window.until("the description has the focus", || focused(&window) == "edit-description");
    session.type_text("about the engine");
    session.key("ctrl+Return");
    window.until_titles(&["Call Ada back", "Buy milk", "Water the plants"]);
    window.until_text("#list", "about the engine");

    // Escape leaves the editor without a trace.
    window.until("the list has the focus", || focused(&window) == "list");
    session.key("Return");
    window.until("the editor is there", || focused(&window) == "edit-title");
    session.type_text("nonsense");
    session.key("Escape");
    window.until_titles(&["Call Ada back", "Buy milk", "Water the plants"]);

    session.key("Delete");
    window.until_titles(&["Buy milk", "Water the plants"]);
    session.key("ctrl+z");
    window.until_titles(&["Call Ada back", "Buy milk", "Water the plants"]);
    session.key("ctrl+shift+z");
    window.until_titles(&["Buy milk", "Water the plants"]);

    // Recently deleted, and back from there.
    session.key("ctrl+4");
    window.until_titles(&["Call Ada back"]);
    session.key("Return");
    window.until_titles(&[]);
    session.key("ctrl+1");
    window.until_titles(&["Call Ada back", "Buy milk", "Water the plants"]);

    session.key("ctrl+f");
    window.until("the search has the focus", || focused(&window) == "search-input");
    session.type_text("milk");
    window.until_titles(&["Buy milk"]);
    session.key("Escape");
    window.until_titles(&["Call Ada back", "Buy milk", "Water the plants"]);

    // Two at once.
    session.key("Home");
    session.key("shift+Down");
    session.key("space");
    window.until("all are ticked", || window.ticked().len() == 3);

    // All at once, and back again.
    session.key("ctrl+a");
    window.until_text("#selection-count", "3 selected");
    session.key("Delete");
    window.until_titles(&[]);
    session.key("ctrl+z");
    window.until("all are back", || window.ticked().len() == 3);

    session.key("question");
    window.until("the sheet is there", || window.has("#keyboard-sheet[open]"));
    window.until_text("#keyboard-sheet", "Complete, or reopen");
    session.key("Escape");
    window.until("the sheet is gone", || !window.has("#keyboard-sheet"));
    session.key("ctrl+comma");
    window.until("the settings are there", || window.has("#settings[open]"));
    session.key("Escape");
    window.until("the settings are gone", || !window.has("#settings"));
    window.until("the list has the focus again", || focused(&window) == "list");
}

/// The id of the element that has the focus.
pub(crate) fn focused(window: &Window) -> String {
    window.run("return document.activeElement?.id ?? ''", &[]).as_str().unwrap().to_owned()
}

/// The title of the line that the keyboard acts on.
pub(crate) fn cursor(window: &Window) -> String {
    window.text("[data-cursor] .row-title")
}
