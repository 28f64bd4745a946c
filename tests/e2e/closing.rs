//! A todo that is being edited when the window closes, or Clove quits.

use std::process::Command;

use serde_json::Value;

use crate::harness::{Group, Session, TrayHost, Window, until};

const TITLE: &str = "Buy oat milk";
const DESCRIPTION: &str = "two of them";

#[test]
fn what_is_being_edited_is_kept_when_the_window_closes_into_the_tray() {
    let session = Session::start();
    let tray = TrayHost::start(&session);
    let window = edited(&session);
    session.close("Clove");
    session.until_no_window("Clove");
    until_kept(&session);
    assert!(window.is_running(), "Clove stays in the tray");
    tray.choose("Open Clove");
    session.until_focused("Clove");
}

#[test]
fn what_is_being_edited_is_kept_when_the_tray_quits_clove() {
    let session = Session::start();
    let tray = TrayHost::start(&session);
    let window = edited(&session);
    tray.choose("Quit Clove");
    until("Clove is gone", || !window.is_running());
    until_kept(&session);
}

#[test]
fn without_a_tray_it_is_kept_before_the_question() {
    let session = Session::start();
    let window = edited(&session);
    session.close("Clove");
    window.until_text("#close-dialog", "Closing quits Clove");
    until_kept(&session);
    window.click_and_go("#close-quit");
    until("Clove is gone", || !window.is_running());
}

#[test]
fn an_empty_title_holds_no_window_and_the_todo_keeps_its_own() {
    let session = Session::start();
    let _tray = TrayHost::start(&session);
    let window = edited(&session);
    window.run(
        "const title = document.querySelector('#edit-title');
        title.value = ' ';
        title.dispatchEvent(new Event('input', { bubbles: true }));",
        &[],
    );
    session.close("Clove");
    session.until_no_window("Clove");
    until("the title stays and the description is kept", || {
        listed(&session) == [("Buy milk".to_owned(), DESCRIPTION.to_owned())]
    });
}

#[test]
fn a_page_that_hangs_holds_neither_the_window_nor_clove() {
    let session = Session::start();
    let tray = TrayHost::start(&session);
    let mut clove = session.start_clove(&[]);
    session.until_list_shown(1);
    session.until_focused("Clove");
    hang(&clove);
    session.close("Clove");
    session.until_no_window("Clove");
    assert!(!clove.has_ended());

    tray.choose("Open Clove");
    session.until_list_shown(2);
    session.until_focused("Clove");
    hang(&clove);
    tray.choose("Quit Clove");
    assert!(clove.until_ended().success());
}

/// Stops whatever draws pages; it ends with the test, like all of Clove.
fn hang(clove: &Group) {
    for page in clove.pages() {
        let stopped = Command::new("sh").args(["-c", &format!("kill -s STOP {page}")]).status();
        assert!(stopped.unwrap().success());
    }
}

/// Clove with a todo open, in which other words are typed that nobody has saved.
fn edited(session: &Session) -> Window {
    assert!(session.clove(&["add", "Buy milk"]).status.success());
    let window = Window::open_list(session);
    window.double_click_row(session, "Buy milk");
    window.until("the editor is there", || window.has("#edit-title"));
    session.key("ctrl+a");
    session.type_text(TITLE);
    session.key("Tab");
    session.type_text(DESCRIPTION);
    window.until("all is typed", || window.value("#edit-description") == DESCRIPTION);
    assert_eq!(window.value("#edit-title"), TITLE);
    assert_eq!(listed(session), [("Buy milk".to_owned(), String::new())], "nothing is saved yet");
    window
}

#[track_caller]
fn until_kept(session: &Session) {
    until("title and description are kept", || {
        listed(session) == [(TITLE.to_owned(), DESCRIPTION.to_owned())]
    });
}

/// The titles and descriptions of the open todos.
fn listed(session: &Session) -> Vec<(String, String)> {
    let output = session.clove(&["list", "--json"]);
    let text = String::from_utf8(output.stdout).unwrap();
    let todos = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let word = |todo: &Value, field: &str| todo[field].as_str().unwrap_or_default().to_owned();
    todos.map(|todo| (word(&todo, "title"), word(&todo, "description"))).collect()
}
