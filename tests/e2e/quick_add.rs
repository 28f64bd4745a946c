//! The small window: adding, going on, taking back, several lines, and its height.

use serde_json::{Value, json};

use crate::harness::{Session, Window, until};

const QUICK_ADD: &str = "Add a todo";

#[test]
fn shift_and_enter_adds_and_stays_and_the_last_add_can_be_taken_back() {
    let session = Session::start();
    let window = open_quick_add(&session);
    session.type_text("milk");
    session.key("shift+Return");
    window.until_text("#quick-told", "Added “milk”");
    session.type_text("bread");
    session.key("shift+Return");
    window.until_text("#quick-told", "Added “bread”");
    session.until_listed(&["bread", "milk"]);

    session.key("ctrl+z");
    window.until_text("#quick-told", "Undone: adding “bread”");
    session.until_listed(&["milk"]);
    assert!(!window.has("#quick-undo"), "there is no undo of the undo");
    session.type_text("rope");
    session.key("shift+Return");
    window.until_text("#quick-told", "Added “rope”");
    // By Tab and Enter alone.
    session.key("Tab");
    session.key("Return");
    window.until_text("#quick-told", "Undone: adding “rope”");
    session.type_text("salt");
    session.key("Return");
    session.until_no_window(QUICK_ADD);
    session.until_listed(&["salt", "milk"]);
}

#[test]
fn pasted_lines_are_a_todo_each_or_one_and_the_window_grows_with_them() {
    let session = Session::start();
    let window = open_quick_add(&session);
    let small = height(&window);
    paste(&window, "- milk\n- bread\n\n- rope\n");
    window.until_text("#quick-add-many", "Add 3 todos");
    until("the window has grown", || height(&window) > small);
    session.key("shift+Return");
    window.until_text("#quick-told", "Added 3 todos");
    until("the window is small again", || height(&window) == small);
    session.until_listed(&["milk", "bread", "rope"]);
    session.key("ctrl+z");
    window.until_text("#quick-told", "Undone: adding 3 todos");
    session.until_listed(&[]);

    paste(&window, "Shopping\nmilk\nbread");
    window.until_text("#quick-add-one", "Add as one todo");
    session.key("ctrl+Return");
    session.until_no_window(QUICK_ADD);
    session.until_listed(&["Shopping"]);
    let found = json!({ "query": "bread", "filter": "all", "offset": 0, "limit": 5 });
    let found = window.invoke("search_todos", found).unwrap();
    assert_eq!(found["rows"][0]["description"], "milk\nbread");
}

#[test]
fn a_long_text_wraps_and_ten_thousand_lines_do_not_make_the_window_any_higher() {
    let session = Session::start();
    let window = open_quick_add(&session);
    let small = height(&window);
    paste(&window, &"wide words ".repeat(30));
    until("the window has grown", || height(&window) > small);
    let all_is_seen = "const field = document.querySelector('#quick-input');
        return field.scrollHeight <= field.clientHeight + 1";
    assert_eq!(window.run(all_is_seen, &[]), true, "all of the text is to be seen");
    let lines: Vec<String> = (0..10_000).map(|line| format!("todo {line}")).collect();
    let put = "const field = document.querySelector('#quick-input');
        field.value = arguments[0];
        field.dispatchEvent(new Event('input', { bubbles: true }))";
    window.run(put, &[json!(lines.join("\n"))]);
    window.until_text("#quick-add-many", "Add 10,000 todos");
    until("the window fits on a screen", || (small..=480).contains(&height(&window)));
    let in_sight = "const box = document.querySelector('#quick-add-many').getBoundingClientRect();
        return box.bottom <= innerHeight && box.right <= innerWidth";
    assert_eq!(window.run(in_sight, &[]), true, "the offer is in sight");
    // What is not added stays, and is there again.
    session.key("Escape");
    session.until_no_window(QUICK_ADD);
    session.key("ctrl+shift+space");
    session.until_focused(QUICK_ADD);
    window.until_text("#quick-add-many", "Add 10,000 todos");
    assert!(height(&window) > small, "the window has the height of what it shows");
}

#[test]
fn ten_thousand_lines_of_the_clipboard_are_added_but_the_one_that_is_too_long() {
    let session = Session::start();
    let window = Window::open_list(&session);
    session.until_focused("Clove");
    let mut lines: Vec<String> = (0..10_000).map(|line| format!("todo {line}")).collect();
    lines.insert(5_000, "long ".repeat(101));
    window.copy(&session, &lines.join("\n"));
    session.key("ctrl+shift+space");
    session.until_focused(QUICK_ADD);
    window.until_quick_add();
    session.until_logged("quick add takes keys");
    session.key("ctrl+v");
    window.until_text("#quick-add-many", "Add 10,000 todos");
    window.until_text("#quick-left-out", "1 line is longer than 500 characters");
    session.key("Return");
    session.until_no_window(QUICK_ADD);
    let listed = session.clove(&["list"]).stdout;
    lines.remove(5_000);
    let expected: String = lines.iter().map(|line| format!("[ ] {line}\n")).collect();
    assert!(listed == expected.as_bytes(), "each line is a todo, in their order");
}

/// Quick add beside an open main window, so that its page can be asked.
pub(crate) fn open_quick_add(session: &Session) -> Window {
    let window = Window::open_list(session);
    session.until_focused("Clove");
    session.key("ctrl+shift+space");
    session.until_focused(QUICK_ADD);
    window.until_quick_add();
    session.until_logged("quick add takes keys");
    window
}

fn height(window: &Window) -> i64 {
    window.run("return innerHeight", &[]).as_i64().unwrap()
}

/// Puts a text where the caret is, line ends and all, as a paste does.
pub(crate) fn paste(window: &Window, text: &str) {
    let script = "document.querySelector('#quick-input').focus();
        return document.execCommand('insertText', false, arguments[0])";
    assert_eq!(window.run(script, &[json!(text)]), Value::Bool(true), "the field takes text");
}
