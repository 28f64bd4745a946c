//! What is typed into quick add before its page is there. In the tray, the page has to be made first; here it
//! has to wait for WebKit's network process, which stands still for as long as the test says.

use std::process::Command;

use crate::harness::{Group, Session, TrayHost, until};

const QUICK_ADD: &str = "Add a todo";
/// What the log says whenever the page is there.
const THERE: &str = "quick add takes keys";

#[test]
fn the_window_has_the_focus_before_its_page_is_there_and_no_key_is_lost() {
    let session = Session::start();
    let _tray = TrayHost::start(&session);
    let clove = in_tray(&session);
    let held = Held::from(&clove);
    session.key("ctrl+shift+space");
    session.until_focused(QUICK_ADD);
    assert_eq!(pages_shown(&session), 1, "the page is not there yet");
    session.type_text("The early");
    held.go_on();
    session.type_text(" bird");
    session.key("Return");
    session.until_no_window(QUICK_ADD);
    session.until_listed(&["The early bird"]);
    session.until_focused("Other");
    until_without_page(&clove);

    // Enter, too.
    let held = Held::from(&clove);
    session.key("ctrl+shift+space");
    session.until_focused(QUICK_ADD);
    session.type_text("worm");
    session.key("Return");
    held.go_on();
    session.until_no_window(QUICK_ADD);
    session.until_listed(&["worm", "The early bird"]);
    assert!(!session.other_program_got("Other", "w"), "the text went to quick add alone");
    until_without_page(&clove);
}

#[test]
fn escape_before_the_page_is_there_keeps_what_was_typed_before_it() {
    let session = Session::start();
    let _tray = TrayHost::start(&session);
    let clove = in_tray(&session);
    let held = Held::from(&clove);
    session.key("ctrl+shift+space");
    session.until_focused(QUICK_ADD);
    session.type_text("Half a");
    session.key("Escape");
    held.go_on();
    session.until_no_window(QUICK_ADD);
    session.until_focused("Other");
    until_without_page(&clove);
    session.key("ctrl+shift+space");
    session.quick_add(" thought");
    session.until_listed(&["Half a thought"]);
    until_without_page(&clove);
}

#[test]
fn the_window_has_the_colour_of_its_page_before_that_is_there() {
    // `--surface` of tokens.css.
    for (dark, paper) in [(0, [0xff, 0xfd, 0xf9]), (1, [0x26, 0x22, 0x1d])] {
        let session = Session::start();
        let _tray = TrayHost::start(&session);
        let settings = format!("[Settings]\ngtk-application-prefer-dark-theme={dark}\n");
        std::fs::write(session.path("config/gtk-3.0/settings.ini"), settings).unwrap();
        let clove = in_tray(&session);
        let held = Held::from(&clove);
        session.key("ctrl+shift+space");
        session.until_focused(QUICK_ADD);
        assert_eq!(pages_shown(&session), 1, "the page is not there yet");
        until("the window has its colour", || colour(&session) == paper);
        held.go_on();
        until("the page is there", || pages_shown(&session) == 2);
        assert_eq!(colour(&session), paper, "the page has the same colour");
    }
}

/// The colour of the small window beside its field.
fn colour(session: &Session) -> Vec<u8> {
    let mut pixel = session.command("import");
    pixel.args(["-window", &session.until_window(QUICK_ADD), "-crop", "1x1+8+40"]);
    pixel.args(["-depth", "8", "rgb:-"]).output().unwrap().stdout
}

/// Clove in the tray behind another program, after a first call of quick add.
fn in_tray(session: &Session) -> Group {
    let clove = session.start_clove(&["--background"]);
    session.open_other_program("Other");
    until("the hotkey is taken", || {
        session.key("ctrl+shift+space");
        session.focused() == QUICK_ADD
    });
    session.until_logged(THERE);
    session.key("Escape");
    session.until_no_window(QUICK_ADD);
    session.until_focused("Other");
    until_without_page(&clove);
    clove
}

/// How often the page of quick add came so far as to be there.
fn pages_shown(session: &Session) -> usize {
    session.log().matches(THERE).count()
}

#[track_caller]
fn until_without_page(clove: &Group) {
    until("no web process is left", || clove.pages().is_empty());
}

/// WebKit's network process, which stands still until this is dropped. After three seconds WebKit takes it for
/// dead, and starts another.
struct Held(u32);

impl Held {
    fn from(clove: &Group) -> Self {
        let [network] = clove.network()[..] else { panic!("there is one network process") };
        signal("STOP", network);
        Self(network)
    }

    fn go_on(self) {}
}

impl Drop for Held {
    fn drop(&mut self) {
        signal("CONT", self.0);
    }
}

fn signal(name: &str, process: u32) {
    let _ = Command::new("kill").args(["-s", name, &process.to_string()]).status();
}
