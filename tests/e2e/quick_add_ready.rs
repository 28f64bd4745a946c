//! Quick add kept ready in the tray, and what becomes of a draft when a page ends by itself.

use std::process::Command;

use crate::harness::{Group, Session, TrayHost, Window, until, until_some};

const QUICK_ADD: &str = "Add a todo";

#[test]
fn kept_ready_it_outlives_its_web_process_and_so_does_the_draft() {
    let session = Session::start();
    let _tray = TrayHost::start(&session);
    session.choose(r#"{"quickAddReady":true,"logLevel":"debug"}"#);
    let clove = session.start_clove(&["--background"]);
    let first = until_page(&clove, None);
    assert!(session.windows(QUICK_ADD).is_empty(), "it waits out of sight");
    session.open_other_program("Other");
    session.key("ctrl+shift+space");
    session.until_focused(QUICK_ADD);
    session.type_text("Half");
    session.until_logged("kept bytes=4\n");
    session.key("Escape");
    session.until_no_window(QUICK_ADD);
    session.until_focused("Other");
    assert_eq!(clove.pages(), [first], "it is kept");

    // While nobody sees it.
    kill(first);
    session.until_logged("ended by itself");
    let second = until_page(&clove, Some(first));
    session.key("ctrl+shift+space");
    session.until_focused(QUICK_ADD);
    session.type_text(" a");
    session.until_logged("kept bytes=6\n");
    // Under the person's fingers: it comes again by itself.
    kill(second);
    let third = until_page(&clove, Some(second));
    session.until_focused(QUICK_ADD);
    session.quick_add(" thought");
    session.until_listed(&["Half a thought"]);
    session.until_focused("Other");
    assert_eq!(clove.pages(), [third]);
}

#[test]
fn kept_ready_it_stays_when_the_list_is_closed() {
    let session = Session::start();
    let _tray = TrayHost::start(&session);
    session.choose(r#"{"quickAddReady":true}"#);
    let clove = session.start_clove(&[]);
    session.until_list_shown(1);
    until("quick add is ready beside the list", || clove.pages().len() == 2);
    session.close("Clove");
    until("quick add alone is left", || clove.pages().len() == 1);
    session.key("ctrl+shift+space");
    session.quick_add("From the tray");
    session.until_listed(&["From the tray"]);
}

#[test]
fn it_is_ready_as_soon_as_the_box_in_settings_is_ticked() {
    let session = Session::start();
    let window = Window::open_list(&session);
    window.click("#open-settings");
    window.click("#quick-add-ready");
    // Nobody has called for it.
    window.until_quick_add();
    assert!(session.windows(QUICK_ADD).is_empty(), "it waits out of sight");
    let settings = std::fs::read_to_string(session.data().join("settings.json")).unwrap();
    assert!(settings.contains("\"quickAddReady\": true"), "the choice is kept: {settings}");
}

/// Waits for the one page that Clove has, another one than `old`.
#[track_caller]
fn until_page(clove: &Group, old: Option<u32>) -> u32 {
    until_some("there is one page", || match clove.pages()[..] {
        [page] if Some(page) != old => Some(page),
        _ => None,
    })
}

fn kill(process: u32) {
    assert!(Command::new("kill").args(["-KILL", &process.to_string()]).status().unwrap().success());
}
