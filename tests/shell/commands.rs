use serde_json::{Value, json};

use crate::window::Window;

fn titles(window: &Window, filter: &str) -> Vec<String> {
    let asked = json!({ "filter": filter, "sort": "newest", "offset": 0, "limit": 50 });
    let list = window.ask("list_todos", asked);
    let rows = list["rows"].as_array().unwrap();
    rows.iter().map(|row| row["title"].as_str().unwrap().to_owned()).collect()
}

fn add(window: &Window, title: &str) -> Value {
    let applied = window.ask("add_todo", json!({ "title": title, "description": null }));
    applied["todos"][0]["id"].clone()
}

#[test]
fn every_verb_reaches_the_store_and_is_there_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    {
        let window = Window::over(folder.path());
        let milk = add(&window, "milk");
        let bread = add(&window, "bread");
        window.ask("add_todos", json!({ "titles": ["rope", "nails"] }));
        window.ask("rename_todo", json!({ "id": milk, "title": "oat milk" }));
        window.ask("describe_todo", json!({ "id": milk, "description": "two" }));
        window.ask("set_completed", json!({ "ids": [milk], "completed": true }));
        window.ask("delete_todos", json!({ "ids": [bread] }));
        let history = window.ask("history", json!({ "id": milk }));
        assert_eq!(history.as_array().unwrap().len(), 4, "made, renamed, described, done");
    }
    let window = Window::over(folder.path());
    assert_eq!(
        titles(&window, "all"),
        ["rope", "nails", "oat milk"],
        "the completed one comes last"
    );
    assert_eq!(titles(&window, "deleted"), ["bread"]);
    let asked = json!({ "filter": "all", "sort": "newest", "limit": 2 });
    assert_eq!(window.ask("todo_ids", asked).as_array().unwrap().len(), 2);
    let found = json!({ "query": "oat", "filter": "all", "offset": 0, "limit": 5 });
    let found = window.ask("search_todos", found);
    assert_eq!(found["rows"][0]["description"], "two");
}

#[test]
fn a_todo_is_found_in_the_list_that_has_it() {
    let folder = tempfile::tempdir().unwrap();
    let window = Window::over(folder.path());
    let [milk, bread, rope] = ["milk", "bread", "rope"].map(|title| add(&window, title));
    window.ask("set_completed", json!({ "ids": [milk], "completed": true }));
    window.ask("delete_todos", json!({ "ids": [rope] }));
    let place = |id: &Value, filter: &str| {
        window.ask("locate_todo", json!({ "id": id, "filter": filter, "sort": "newest" }))
    };
    assert_eq!(place(&milk, "all"), json!({ "filter": "all", "position": 1 }), "after the open");
    assert_eq!(place(&milk, "completed"), json!({ "filter": "completed", "position": 0 }));
    assert_eq!(place(&bread, "completed"), json!({ "filter": "all", "position": 0 }));
    assert_eq!(place(&rope, "all"), json!({ "filter": "deleted", "position": 0 }));
}

#[test]
fn undo_and_redo_walk_along_the_edits() {
    let folder = tempfile::tempdir().unwrap();
    let window = Window::over(folder.path());
    let id = add(&window, "milk");
    let deletion = window.ask("delete_todos", json!({ "ids": [id] }));
    add(&window, "bread");

    let by_number = window.ask("undo", json!({ "action": deletion["action"] }));
    assert_eq!(by_number["kind"], "delete", "a toast undoes its own edit, not the newest");
    assert_eq!(titles(&window, "all"), ["bread", "milk"]);
    window.ask("undo", json!({ "action": null }));
    assert_eq!(titles(&window, "all"), ["milk"]);
    window.ask("redo", json!({}));
    assert_eq!(titles(&window, "all"), ["bread", "milk"]);
    assert_eq!(window.ask("redo", json!({}))["kind"], "delete", "the last of the undone edits");
    assert_eq!(window.ask("redo", json!({})), Value::Null, "there is nothing left to redo");
}

#[test]
fn a_refusal_is_a_code_and_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let window = Window::over(folder.path());
    for (title, word) in [("  ", "title"), ("\u{7}bell", "control"), (&"x".repeat(501), "501")] {
        let error = window.invoke("add_todo", json!({ "title": title, "description": null }));
        let error = error.unwrap_err();
        assert_eq!(error["code"], "invalid", "{error}");
        assert!(error["message"].as_str().unwrap().contains(word), "{error}");
    }
    let nobody = "01890000-0000-7000-8000-000000000000";
    let error = window.invoke("rename_todo", json!({ "id": nobody, "title": "x" })).unwrap_err();
    assert_eq!(error["code"], "notFound");
    assert_eq!(titles(&window, "all"), [""; 0], "nothing was added");
}

#[test]
fn arguments_of_another_shape_are_refused_without_a_crash() {
    let folder = tempfile::tempdir().unwrap();
    let window = Window::over(folder.path());
    for (command, arguments) in [
        ("add_todo", json!({})),
        ("add_todo", json!({ "title": 5, "description": null })),
        ("add_todos", json!({ "titles": "milk" })),
        ("rename_todo", json!({ "id": "../etc/passwd", "title": "x" })),
        ("list_todos", json!({ "filter": "all", "sort": "newest", "offset": -1, "limit": 5 })),
        ("list_todos", json!({ "filter": "; DROP", "sort": "newest", "offset": 0, "limit": 5 })),
        ("todo_ids", json!({ "filter": "all", "sort": "newest" })),
        ("undo", json!({ "action": 1.5 })),
        ("no_such_command", json!({})),
    ] {
        assert!(window.invoke(command, arguments.clone()).is_err(), "{command} {arguments}");
    }
}

#[test]
fn a_window_beyond_the_list_is_empty_and_a_huge_one_is_no_harm() {
    let folder = tempfile::tempdir().unwrap();
    let window = Window::over(folder.path());
    add(&window, "only");
    for (offset, limit, rows) in [(1, 10, 0), (u32::MAX as u64, 10, 0), (0, u32::MAX as u64, 1)] {
        let asked = json!({ "filter": "all", "sort": "oldest", "offset": offset, "limit": limit });
        let list = window.ask("list_todos", asked);
        assert_eq!(list["rows"].as_array().unwrap().len(), rows);
        assert_eq!(list["total"], 1);
    }
}

#[test]
fn a_store_that_cannot_be_opened_is_told_of_and_can_be_tried_again() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("this-device.db");
    std::fs::write(&database, "shopping list").unwrap();
    let window = Window::over(folder.path());

    let info = window.ask("app_info", json!({}));
    assert_eq!(info["store"]["state"], "failed");
    let message = info["store"]["message"].as_str().unwrap();
    assert!(message.contains("this-device.db"), "the file is named: {message}");
    let error =
        window.invoke("add_todo", json!({ "title": "x", "description": null })).unwrap_err();
    assert_eq!(error["code"], "unavailable");
    assert_eq!(
        std::fs::read_to_string(&database).unwrap(),
        "shopping list",
        "it is left as it was"
    );

    std::fs::rename(&database, folder.path().join("elsewhere")).unwrap();
    let info = window.ask("retry_open", json!({}));
    assert_eq!(info["store"]["state"], "ready");
    add(&window, "x");
    assert_eq!(titles(&window, "all"), ["x"]);
}

#[test]
fn settings_are_kept() {
    let folder = tempfile::tempdir().unwrap();
    let window = Window::over(folder.path());
    let info = window.ask("set_log_level", json!({ "level": "trace" }));
    assert_eq!(info["settings"]["logLevel"], "trace");
    assert!(window.invoke("set_log_level", json!({ "level": "loud" })).is_err());
    let file = std::fs::read_to_string(folder.path().join("settings.json")).unwrap();
    assert!(file.contains("\"trace\""), "{file}");
}

#[test]
fn a_draft_is_kept_until_it_is_taken_away() {
    let folder = tempfile::tempdir().unwrap();
    let window = Window::over(folder.path());
    window.ask("quick_add_hide", json!({ "draft": "half a thou" }));
    assert_eq!(window.ask("quick_add_draft", json!({})), "half a thou");
    window.ask("quick_add_hide", json!({ "draft": "" }));
    assert_eq!(window.ask("quick_add_draft", json!({})), "");
}

#[test]
fn drafts_outlive_a_quit_each_for_its_own_field() {
    let folder = tempfile::tempdir().unwrap();
    let window = Window::over(folder.path());
    window.ask("keep_add_draft", json!({ "draft": "for the list" }));
    window.ask("quick_add_keep", json!({ "draft": "in passing" }));
    drop(window);

    let window = Window::over(folder.path());
    assert_eq!(window.ask("add_draft", json!({})), "for the list");
    assert_eq!(window.ask("quick_add_draft", json!({})), "in passing");
}
