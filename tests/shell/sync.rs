//! What sync's commands answer where no account's todos are open.

use serde_json::{Value, json};

use crate::window::Window;

#[test]
fn without_an_account_nothing_syncs_and_nothing_is_set_aside() {
    let folder = tempfile::tempdir().unwrap();
    let window = Window::over(folder.path());
    assert_eq!(window.ask("sync_status", json!({})), Value::Null);
    assert_eq!(window.ask("set_aside", json!({})), json!([]));
    assert_eq!(window.ask("conflicts", json!({ "limit": 50 })), json!([]));
    window.ask("sync_now", json!({}));
    window.ask("try_again", json!({ "ids": null }));
    assert_eq!(window.ask("take_notices", json!({})), json!([]));
}

#[test]
fn a_todo_says_how_it_stands_in_the_list_and_by_itself() {
    let folder = tempfile::tempdir().unwrap();
    let window = Window::over(folder.path());
    let applied = window.ask("add_todo", json!({ "title": "milk", "description": null }));
    let id = &applied["todos"][0]["id"];
    let waits = json!({ "state": "onThisDevice" });
    assert_eq!(window.ask("standing", json!({ "id": id })), waits);
    let asked = json!({ "filter": "all", "sort": "newest", "offset": 0, "limit": 5 });
    assert_eq!(window.ask("list_todos", asked)["rows"][0]["standing"], waits);
    let found = json!({ "query": "milk", "filter": "all", "offset": 0, "limit": 5 });
    assert_eq!(window.ask("search_todos", found)["rows"][0]["standing"], waits);
    assert_eq!(
        window.ask("waiting_todos", json!({}))[0]["id"],
        *id,
        "nobody has it but this device"
    );
    window.ask("try_again", json!({ "ids": [id] }));

    let nobody = "01890000-0000-7000-8000-000000000000";
    let refusal = window.invoke("standing", json!({ "id": nobody })).unwrap_err();
    assert_eq!(refusal["code"], "notFound");
    for (command, arguments) in [
        ("standing", json!({ "id": "../etc/passwd" })),
        ("standing", json!({})),
        ("try_again", json!({ "ids": "all" })),
        ("try_again", json!({ "ids": [7] })),
        ("conflicts", json!({ "limit": -1 })),
    ] {
        assert!(window.invoke(command, arguments.clone()).is_err(), "{command} {arguments}");
    }
}
