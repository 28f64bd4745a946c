//! What the account's commands answer without a network and without anybody signed in.

use serde_json::{Value, json};

use crate::window::Window;

/// A connection to a port of this machine where nobody listens.
const KEY: &str = "pk_test_MTI3LjAuMC4xOjck";
const URL: &str = "http://127.0.0.1:7";

fn connect(window: &Window, key: &str, url: &str) -> Result<Value, Value> {
    window.invoke("set_connection", json!({ "publishableKey": key, "convexUrl": url }))
}

#[test]
fn a_connection_is_checked_kept_and_given_up() {
    let folder = tempfile::tempdir().unwrap();
    let window = Window::over(folder.path());
    let built_in = window.ask("account", json!({}));
    assert_eq!(built_in["status"], json!({ "state": "signedOut" }));
    assert_eq!(built_in["connection"]["own"], false);

    let check = |key: &str, url: &str| {
        window.ask("check_connection", json!({ "publishableKey": key, "convexUrl": url }))
    };
    assert_eq!(check(KEY, URL), json!({ "publishableKey": null, "convexUrl": null }));
    let wrong = check("sk_test_secret", "http://example.com");
    for field in ["publishableKey", "convexUrl"] {
        assert!(wrong[field].as_str().is_some_and(|words| !words.is_empty()), "{wrong}");
    }
    let refusal = connect(&window, "sk_test_secret", URL).unwrap_err();
    assert_eq!(refusal["code"], "invalid");
    assert_eq!(window.ask("account", json!({})), built_in, "nothing was changed");

    let own = connect(&window, KEY, URL).unwrap();
    let expected = json!({ "publishableKey": KEY, "convexUrl": URL, "own": true, "usable": true });
    assert_eq!(own["connection"], expected);
    assert_eq!(window.ask("account", json!({}))["connection"], expected);
    let settings = std::fs::read_to_string(folder.path().join("settings.json")).unwrap();
    assert!(settings.contains(KEY) && settings.contains(URL), "{settings}");

    assert_eq!(connect(&window, "", "").unwrap(), built_in);
}

#[test]
fn whoever_is_signed_in_keeps_the_connection() {
    let folder = tempfile::tempdir().unwrap();
    let record = json!({
        "frontendApi": "127.0.0.1:7", "convexUrl": URL, "userId": "user_ada",
        "profile": { "name": "Ada", "email": "ada@example.com", "role": null, "joined": null,
            "hasPicture": false },
    });
    std::fs::write(folder.path().join("account.json"), record.to_string()).unwrap();
    let window = Window::over(folder.path());
    let status = &window.ask("account", json!({}))["status"];
    assert_eq!(status["state"], "restoring", "the keyring has not been asked");
    assert_eq!(status["profile"]["name"], "Ada");
    let refusal = connect(&window, KEY, URL).unwrap_err();
    assert_eq!(refusal["code"], "invalid");
    assert!(refusal["message"].as_str().unwrap().starts_with("Sign out first"), "{refusal}");
    let refusal = window.invoke("rename_profile", json!({ "name": "Grace" })).unwrap_err();
    assert!(!refusal["message"].as_str().unwrap().is_empty(), "{refusal}");
}

#[test]
fn a_sign_in_that_reaches_nobody_says_so_and_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let window = Window::over(folder.path());
    connect(&window, KEY, URL).unwrap();
    let refusal = window.invoke("sign_in", json!({ "mode": "signIn" })).unwrap_err();
    assert_eq!(refusal["code"], "internal");
    let view = window.ask("account", json!({}));
    assert_eq!(view["status"], json!({ "state": "signedOut" }));
    assert_eq!(view["problem"], refusal["message"], "the panel says the same");
    assert_eq!(window.ask("cancel_sign_in", json!({}))["problem"], Value::Null);
    assert_eq!(window.ask("sign_in_link", json!({})), Value::Null);
    assert_eq!(window.ask("profile_picture", json!({})), Value::Null);
    for (command, arguments) in [
        ("sign_in", json!({ "mode": "in" })),
        ("sign_in", json!({})),
        ("move_todos", json!({ "wanted": "yes" })),
        ("sign_out", json!({ "choice": "delete everything" })),
        ("rename_profile", json!({ "name": 7 })),
        ("check_connection", json!({ "publishableKey": KEY })),
    ] {
        assert!(window.invoke(command, arguments.clone()).is_err(), "{command} {arguments}");
    }
}

#[test]
fn signing_out_without_an_account_takes_nothing_away() {
    let folder = tempfile::tempdir().unwrap();
    let window = Window::over(folder.path());
    connect(&window, KEY, URL).unwrap();
    window.ask("add_todo", json!({ "title": "milk", "description": null }));
    assert_eq!(window.ask("unsynced_count", json!({})), 1);
    for choice in ["keep", "discard"] {
        let signed_out = window.ask("sign_out", json!({ "choice": choice }));
        assert_eq!(signed_out, json!({ "exportedTo": null }));
        assert_eq!(window.ask("unsynced_count", json!({})), 1, "{choice}");
    }
    assert_eq!(window.ask("move_todos", json!({ "wanted": true }))["todosToMove"], Value::Null);
    assert_eq!(window.ask("unsynced_count", json!({})), 1);
}
