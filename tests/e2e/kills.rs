//! Hard kills in the middle of edits: what the page was told is done is there afterwards.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::harness::{Session, Window, open_store, until};

/// Adds todos and completes every third as fast as Clove answers, and notes each answer.
const EDIT: &str = "const round = arguments[0];
    const { invoke } = window.__TAURI_INTERNALS__;
    window.kept = {};
    const worker = async (name) => {
        for (let n = 0; ; n += 1) {
            const title = `${round} ${name} ${n}`;
            const { todos: [{ id }] } = await invoke('add_todo', { title, description: null });
            window.kept[title] = false;
            if (n % 3 !== 0) continue;
            await invoke('set_completed', { ids: [id], completed: true });
            window.kept[title] = true;
        }
    };
    for (const name of ['a', 'b', 'c', 'd']) worker(name);";

#[test]
fn a_kill_in_the_middle_of_edits_loses_nothing_that_was_acknowledged() {
    let session = Session::start();
    let mut kept = BTreeMap::new();
    for round in 0..6_u64 {
        let window = Window::open_list(&session);
        window.run(EDIT, &[json!(round)]);
        // At another moment each round; the answers up to then are read just before.
        let count = "return Object.keys(window.kept).length";
        window.until("edits are answered", || window.run(count, &[]).as_u64() > Some(round * 20));
        let answered = window.run("return window.kept", &[]);
        window.kill();
        let answered: BTreeMap<String, bool> = serde_json::from_value(answered).unwrap();
        assert!(!answered.is_empty(), "round {round} got no answer");
        kept.extend(answered);

        let contents = open_store(&session.data());
        assert_eq!(contents.damage, None, "round {round}");
        let found: BTreeMap<&str, bool> =
            contents.todos.iter().map(|todo| (todo.title.as_str(), todo.completed)).collect();
        for (title, completed) in &kept {
            let there = found.get(title.as_str());
            assert!(there.is_some(), "“{title}” was acknowledged, and is gone");
            // A completion whose answer was not read yet may be there as well.
            assert!(!completed || there == Some(&true), "“{title}” lost its tick");
        }
    }
    let window = Window::open_list(&session);
    let shown = window.run("return document.querySelectorAll('[data-todo-id]').length", &[]);
    assert_ne!(shown, Value::from(0));
}

#[test]
fn a_killed_clove_leaves_no_process_and_no_obstacle() {
    let session = Session::start();
    let mut clove = session.start_clove(&[]);
    session.until_list_shown(1);
    clove.child().kill().unwrap();
    until("its web processes have ended by themselves", || clove.members().is_empty());
    let mut again = session.start_clove(&[]);
    session.until_list_shown(2);
    assert!(session.clove(&["add", "After the kill"]).status.success());
    session.until_listed(&["After the kill"]);
    assert!(!again.has_ended());
}
