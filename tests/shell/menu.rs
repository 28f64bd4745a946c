//! What a line of the menu bar tells the page.

use serde_json::json;

use crate::window::Window;

#[test]
fn a_line_of_the_menu_has_the_page_run_its_command() {
    let folder = tempfile::tempdir().unwrap();
    let window = Window::over(folder.path());
    for command in ["add", "undo", "filterCompleted", "settings"] {
        assert_eq!(window.told_by_menu(&format!("run:{command}")), Some(json!(command)));
    }
    assert_eq!(window.told_by_menu("quit"), None, "the tray's lines are not for the page");
}

#[test]
fn quitting_by_the_menu_lets_the_page_save_first_and_what_is_refused_stays() {
    let folder = tempfile::tempdir().unwrap();
    let window = Window::over(folder.path());
    assert_eq!(window.heard_by_menu("close-requested", "run:quit"), Some(json!(null)));
    let asks = window.ask("main_saved", json!({ "saved": false }));
    assert_eq!(asks, json!(false), "Clove stays, and there is nothing to ask");
}
