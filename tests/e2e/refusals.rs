//! What Clove does not take in: it says so in plain words, and the text stays.

use serde_json::json;

use crate::harness::{Session, Window};

const ENTER: &str = "\u{e007}";

/// Sets the field to what no keyboard types, and lets the page see it as typing.
const PASTE: &str = "const field = document.querySelector('#add-input');
    field.value = arguments[0] === 'lone surrogate' ? '\\ud800x' : arguments[0];
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));";

/// Calls a command as the page's own code does, past its checks.
const INVOKE: &str = "const [command, args, done] = arguments;
    if (args.title === 'lone surrogate') args.title = '\\ud800';
    const answer = window.__TAURI_INTERNALS__.invoke(command, args);
    answer.then(() => done('taken'), (refusal) => done(refusal?.message ?? String(refusal)));";

#[test]
fn a_title_out_of_bounds_is_refused_and_stays_in_the_field() {
    let session = Session::start();
    let window = Window::open_list(&session);
    window.add("the only one");

    window.type_into("#add-input", ENTER);
    window.until_text("#add-error", "title");
    for (title, reason) in [
        (" ".repeat(3), "title"),
        ("x".repeat(501), "500"),
        ("bell \u{7} rings".to_owned(), "control character"),
        ("lone surrogate".to_owned(), "surrogate"),
    ] {
        window.run(PASTE, &[json!(title)]);
        window.until("the message is gone", || !window.has("#add-error"));
        window.type_into("#add-input", ENTER);
        window.until_text("#add-error", reason);
        // One text cannot cross to the test as it is: its first half is not a character.
        if title != "lone surrogate" {
            assert_eq!(window.value("#add-input"), title, "the text stays");
        }
    }
    window.until_titles(&["the only one"]);

    // Exactly at the bound it is taken.
    let longest = "y".repeat(500);
    window.run(PASTE, &[json!(longest)]);
    window.type_into("#add-input", ENTER);
    window.until_titles(&[&longest, "the only one"]);
}

#[test]
fn a_command_with_odd_arguments_gets_an_answer_and_changes_nothing() {
    let session = Session::start();
    let window = Window::open_list(&session);
    for (command, arguments) in [
        ("add_todo", json!({ "title": "lone surrogate", "description": null })),
        ("add_todo", json!({ "title": "nul \u{0}", "description": null })),
        ("add_todo", json!({ "title": 7, "description": null })),
        ("add_todo", json!({})),
        ("rename_todo", json!({ "id": "' OR 1=1 --", "title": "x" })),
        ("rename_todo", json!({ "id": "0198c0de-0000-7000-8000-000000000000", "title": "x" })),
        ("list_todos", json!({ "filter": "all", "sort": "newest", "offset": -1, "limit": 1 })),
        ("restore_history", json!({ "seq": -1 })),
        ("no_such_command", json!({})),
    ] {
        let answer = window.run_async(INVOKE, &[json!(command), arguments.clone()]);
        assert_ne!(answer, "taken", "{command} {arguments}");
        let words = answer.as_str().unwrap();
        assert!(!words.is_empty() && words != "undefined", "{command} {arguments} got {words:?}");
    }
    window.add("it goes on");
    window.until_titles(&["it goes on"]);
}
