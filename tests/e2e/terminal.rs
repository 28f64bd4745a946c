//! `clove add` and `clove list`, with and without a running Clove.

use std::process::Output;

use crate::harness::{Group, Session, Window, open_store};

#[test]
fn a_terminal_needs_neither_a_display_nor_a_running_clove() {
    let session = Session::start();
    succeeded(&session.clove_without_display(&["add", "Buy milk"]));
    succeeded(&session.clove_without_display(&["add", "Call", "Ada", "--now"]));
    assert_eq!(open_store(&session.data()).titles(), ["Call Ada --now", "Buy milk"]);

    let shown = succeeded(&session.clove_without_display(&["list"]));
    assert_eq!(shown, "[ ] Call Ada --now\n[ ] Buy milk\n");
    let json = succeeded(&session.clove_without_display(&["list", "--json"]));
    let rows: Vec<serde_json::Value> =
        json.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(rows[1]["title"], "Buy milk");
    assert_eq!(rows[1]["completed"], false);
    assert_eq!(succeeded(&session.clove_without_display(&["list", "completed"])), "");

    let too_long = "x".repeat(501);
    for (title, reason) in [("", "title"), (too_long.as_str(), "500"), ("a\u{7}b", "control")] {
        refused(&session.clove_without_display(&["add", title]), reason);
    }
    // Without a display there is no window, and Clove says what works all the same.
    refused(&session.clove_without_display(&[]), "clove add");
    assert_eq!(open_store(&session.data()).titles().len(), 2, "a refusal adds nothing");
}

#[test]
fn a_todo_from_a_terminal_appears_in_the_open_window() {
    let session = Session::start();
    let window = Window::open_list(&session);
    window.add("from the window");
    succeeded(&session.clove(&["add", "from the terminal"]));
    window.until_titles(&["from the terminal", "from the window"]);
    let shown = succeeded(&session.clove_without_display(&["list"]));
    assert_eq!(shown, "[ ] from the terminal\n[ ] from the window\n");
    refused(&session.clove(&["add", " "]), "title");

    // The exit code comes after the disk: what is killed at once has it.
    succeeded(&session.clove(&["add", "just in time"]));
    window.kill();
    let contents = open_store(&session.data());
    assert_eq!(contents.titles(), ["just in time", "from the terminal", "from the window"]);
}

#[test]
fn two_terminals_at_once_lose_nothing() {
    let session = Session::start();
    add_from_two_terminals(&session, "alone");
    assert_eq!(open_store(&session.data()).titles().len(), 40);
    let window = Window::open_list(&session);
    add_from_two_terminals(&session, "beside the window");
    window.until_text("#filter-all .count", "80");
    window.kill();
    let contents = open_store(&session.data());
    assert_eq!((contents.titles().len(), contents.damage), (80, None));
}

#[test]
fn a_terminal_reaches_a_clove_that_is_still_starting() {
    let session = Session::start();
    let _clove = session.start_clove(&[]);
    for n in 0..10 {
        succeeded(&session.clove(&["add", &format!("early {n}")]));
    }
    session.until_window("Clove");
    let shown = succeeded(&session.clove(&["list"]));
    assert_eq!(shown.lines().count(), 10, "{shown}");
}

fn add_from_two_terminals(session: &Session, word: &str) {
    let terminals = ["left", "right"].map(|side| {
        let script =
            format!("for n in $(seq 20); do \"$CLOVE\" add \"{word} {side} $n\" || exit 1; done");
        let mut shell = session.command("sh");
        shell.args(["-c", &script]).env("CLOVE", env!("CARGO_BIN_EXE_clove"));
        Group::spawn(shell)
    });
    for mut terminal in terminals {
        assert!(terminal.until_ended().success(), "a terminal was refused");
    }
}

/// What the command wrote; it must have ended well.
#[track_caller]
fn succeeded(output: &Output) -> String {
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{:?}: {error}", output.status);
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// The command must have ended with 1 and one line that holds `reason`.
#[track_caller]
fn refused(output: &Output, reason: &str) {
    let error = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{error}");
    assert!(error.contains(reason), "“{reason}” is not in {error:?}");
    assert_eq!(error.lines().count(), 1, "{error:?}");
}
