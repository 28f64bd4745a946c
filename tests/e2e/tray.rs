//! The icon in the tray, and what closing the window means with and without one.

use std::fs;

use crate::harness::{Group, Session, TrayHost, Window, until};

#[test]
fn the_tray_adds_counts_opens_and_quits() {
    let session = Session::start();
    let tray = TrayHost::start(&session);
    let mut clove = session.start_clove(&[]);
    session.until_focused("Clove");
    until_menu(&tray, "Nothing to do");
    assert!(!tray.menu()[1].enabled, "the count is not for choosing");

    session.open_other_program("Other");
    tray.choose("Quick add…");
    session.quick_add("From the tray");
    session.until_focused("Other");
    session.key("F9");
    until("keys reach the other program again", || session.other_program_got("Other", "F9"));
    session.until_listed(&["From the tray"]);
    until_menu(&tray, "1 todo to do");

    // In the tray, there is no page and nothing that draws one.
    session.close("Clove");
    until_without_page(&clove);
    assert!(!clove.has_ended());
    assert!(session.clove(&["add", "While away"]).status.success());
    until_menu(&tray, "2 todos to do");
    tray.choose("Quick add…");
    session.quick_add("From the tray again");
    until_without_page(&clove);

    tray.choose("Open Clove");
    session.until_focused("Clove");
    session.close("Clove");
    session.until_no_window("Clove");
    tray.click_icon();
    session.until_focused("Clove");

    tray.choose("Quit Clove");
    assert!(clove.until_ended().success());
    session.until_listed(&["From the tray again", "While away", "From the tray"]);
}

#[test]
fn a_tray_that_appears_later_gets_the_icon() {
    let session = Session::start();
    let mut clove = session.start_clove(&[]);
    session.until_focused("Clove");
    for _ in 0..2 {
        let tray = TrayHost::start(&session);
        until_menu(&tray, "Nothing to do");
        session.close("Clove");
        session.until_no_window("Clove");
        tray.choose("Open Clove");
        session.until_focused("Clove");
    }
    assert!(!clove.has_ended());
}

#[test]
fn a_start_in_the_background_waits_in_the_tray() {
    let session = Session::start();
    let tray = TrayHost::start(&session);
    let clove = session.start_clove(&["--background"]);
    until_menu(&tray, "Nothing to do");
    until_without_page(&clove);
    assert!(session.windows("Clove").is_empty());
    session.key("ctrl+shift+space");
    session.quick_add("From nowhere");
    session.until_listed(&["From nowhere"]);
    until_without_page(&clove);
}

#[test]
fn a_draft_outlives_its_window_and_an_impatient_person_gets_one_window() {
    let session = Session::start();
    let tray = TrayHost::start(&session);
    let clove = session.start_clove(&["--background"]);
    until_menu(&tray, "Nothing to do");
    session.open_other_program("Other");
    for _ in 0..3 {
        session.key("ctrl+shift+space");
    }
    session.until_focused("Add a todo");
    assert_eq!(session.windows("Add a todo").len(), 1);
    assert!(!session.log().contains("could not be opened"), "no second one was tried");
    session.type_text("Half a thou");
    session.key("Escape");
    until_without_page(&clove);
    session.until_focused("Other");
    session.key("ctrl+shift+space");
    session.quick_add("ght");
    session.until_listed(&["Half a thought"]);
}

#[test]
fn what_is_typed_above_the_list_outlives_its_window_and_a_quit() {
    let session = Session::start();
    let _tray = TrayHost::start(&session);
    let mut clove = session.start_clove(&[]);
    session.until_list_shown(1);
    session.until_focused("Clove");
    session.key("ctrl+n");
    session.type_text("Half ");
    until_kept(&session, "Half ");
    session.close("Clove");
    until_without_page(&clove);

    assert!(session.start_clove(&[]).until_ended().success(), "the first one opens its window");
    session.until_list_shown(2);
    session.until_focused("Clove");
    session.key("ctrl+n");
    session.type_text("a tho");
    session.key("ctrl+q");
    assert!(clove.until_ended().success());

    let _clove = session.start_clove(&[]);
    session.until_list_shown(3);
    session.until_focused("Clove");
    session.key("ctrl+n");
    session.type_text("ught");
    session.key("Return");
    session.until_listed(&["Half a thought"]);
    until("no draft of it is left", || !session.data().join("drafts.json").exists());
}

/// Waits until the draft is where no page can lose it.
fn until_kept(session: &Session, draft: &str) {
    until("the draft is kept", || {
        fs::read_to_string(session.data().join("drafts.json")).is_ok_and(|it| it.contains(draft))
    });
}

#[test]
fn quick_add_stays_when_the_main_window_closes_behind_it() {
    let session = Session::start();
    let _tray = TrayHost::start(&session);
    let clove = session.start_clove(&[]);
    session.until_list_shown(1);
    session.key("ctrl+shift+space");
    session.until_focused("Add a todo");
    session.type_text("Still ");
    session.close("Clove");
    session.until_no_window("Clove");
    // Not every window manager gives the focus to such a window by itself; its key does.
    session.until_window("Add a todo");
    session.key("ctrl+shift+space");
    session.quick_add("here");
    session.until_listed(&["Still here"]);
    until_without_page(&clove);
}

#[test]
fn without_a_tray_closing_asks_before_it_quits() {
    let session = Session::start();
    let window = Window::open_list(&session);
    session.until_focused("Clove");
    session.key("alt+F4");
    window.until_text("#close-dialog", "Closing quits Clove");
    session.key("Escape");
    window.until("the question is gone", || !window.has("#close-dialog"));

    session.key("alt+F4");
    window.until_text("#close-dialog", "Closing quits Clove");
    window.click("#close-remember");
    window.click_and_go("#close-quit");
    until("Clove is gone", || !window.is_running());
    drop(window);

    let mut again = session.start_clove(&[]);
    session.until_focused("Clove");
    session.until_list_shown(2);
    session.key("alt+F4");
    let ended = again.until_ended();
    assert!(ended.success(), "it was asked not to ask again, and ends: {ended}");
}

/// A thread of the window system waits in Xlib for keys as long as the process lives. It crashed in
/// about one of a hundred ends, when a key came after libXext's own end. Linux's loader logs such ends.
#[test]
fn clove_ends_at_once_and_no_library_before_it() {
    let session = Session::start();
    let tray = TrayHost::start(&session);
    let mut command = session.clove_command(&[]);
    let log = session.path("loader");
    command.env("LD_DEBUG", "files").env("LD_DEBUG_OUTPUT", &log);
    let mut clove = Group::spawn(command);
    session.until_list_shown(1);
    let log = log.with_extension(clove.child().id().to_string());
    until_menu(&tray, "Nothing to do");
    tray.choose("Quit Clove");
    assert!(clove.until_ended().success());
    let loaded = std::fs::read_to_string(log).unwrap();
    assert!(loaded.contains("calling init: ") && loaded.contains("libXext"), "the log is whole");
    let ended = |line: &&str| line.contains("calling fini: ") && line.contains("libXext");
    assert_eq!(loaded.lines().find(ended), None, "libXext ended before Clove");
}

/// Waits until the tray's menu has its lines, with this one as the count.
#[track_caller]
fn until_menu(tray: &TrayHost, count: &str) {
    let lines =
        ["Quick add…", count, "Open Clove", "On this device alone", "Sign in…", "Quit Clove"];
    until(&format!("the menu is {lines:?}"), || tray.labels() == lines);
}

#[track_caller]
fn until_without_page(clove: &Group) {
    until("no web process is left", || clove.pages().is_empty());
}
