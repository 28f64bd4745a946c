//! The main job, in the window.

use crate::harness::{Session, Window, open_store};

/// WebDriver's code for the Enter key (<https://www.w3.org/TR/webdriver2/#keyboard-actions>).
const ENTER: &str = "\u{e007}";

#[test]
fn todos_are_added_edited_completed_deleted_restored_and_found() {
    let session = Session::start();
    let window = Window::open_list(&session);
    session.until_focused("Clove");

    for title in ["Buy milk", "Water the plants", "Call Ada"] {
        window.add(title);
    }
    window.until_titles(&["Call Ada", "Water the plants", "Buy milk"]);
    assert_eq!(window.text("#filter-all .count"), "3");

    // A click ticks; so does Space on the line of the keyboard.
    window.click_in_row("Buy milk", "input[type=checkbox]");
    window.until_titles(&["Call Ada", "Water the plants"]);
    window.unfold();
    window.until_ticked(&["Buy milk"]);
    window.click_in_row("Call Ada", ".row-title");
    session.key("space");
    window.until_ticked(&["Call Ada", "Buy milk"]);
    session.key("ctrl+z");
    window.until_ticked(&["Buy milk"]);
    session.key("ctrl+shift+z");
    window.until_ticked(&["Call Ada", "Buy milk"]);
    session.key("ctrl+z");
    window.until_ticked(&["Buy milk"]);

    // Enter opens the line, and keeps what was typed.
    window.click_in_row("Water the plants", ".row-title");
    session.key("Return");
    window.until("the editor is there", || window.has("#edit-title"));
    session.type_text(" today");
    session.key("Tab");
    session.type_text("the ferns, too");
    window.until("all is typed", || window.value("#edit-description") == "the ferns, too");
    window.click("#edit-save");
    window.until_text("#list", "Water the plants today");
    window.until_text("#list", "the ferns, too");

    window.until_titles(&["Call Ada", "Water the plants today", "Buy milk"]);
    window.click_in_row("Call Ada", ".row-title");
    session.key("Delete");
    window.until_titles(&["Water the plants today", "Buy milk"]);
    window.until_text("#toast", "Deleted “Call Ada”");
    window.click("#toast-undo");
    window.until_titles(&["Call Ada", "Water the plants today", "Buy milk"]);
    window.click_in_row("Call Ada", ".row-title");
    window.click_in_row("Call Ada", ".row-delete");
    window.until_titles(&["Water the plants today", "Buy milk"]);

    window.click("#filter-active");
    window.until_titles(&["Water the plants today"]);
    window.click("#filter-completed");
    window.until_titles(&["Buy milk"]);
    window.click("#filter-deleted");
    window.until_titles(&["Call Ada"]);
    window.click(".row-restore");
    window.until_titles(&[]);
    window.click("#filter-all");
    window.until_titles(&["Call Ada", "Water the plants today", "Buy milk"]);
    assert_eq!(
        ["all", "active", "completed"].map(|name| window.text(&format!("#filter-{name} .count"))),
        ["3", "2", "1"]
    );

    window.type_into("#search-input", "plant");
    window.until_titles(&["Water the plants today"]);
    window.type_into("#search-input", "x");
    window.until_text("#empty", "Nothing matches “plantx”");
    session.key("Escape");
    window.until_titles(&["Call Ada", "Water the plants today", "Buy milk"]);
    window.kill();

    let again = Window::open_list(&session);
    again.until_titles(&["Call Ada", "Water the plants today", "Buy milk"]);
    assert_eq!(again.ticked(), ["Buy milk"]);
    again.until_text("#list", "the ferns, too");
    again.kill();
    assert_eq!(open_store(&session.data()).damage, None);
}

#[test]
fn a_double_click_opens_a_todo_and_its_history_brings_a_title_back() {
    let session = Session::start();
    let window = Window::open_list(&session);
    window.add("First words");
    window.double_click_row(&session, "First words");
    window.type_into("#edit-title", &format!(" and more{ENTER}"));
    window.until_titles(&["First words and more"]);
    window.double_click_row(&session, "First words and more");
    window.click("#edit-history");
    window.until_text(".editor", "Title was “First words”");
}
