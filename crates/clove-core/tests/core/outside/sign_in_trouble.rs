//! What goes wrong on the way into an account is told, and costs nothing.

use clove_core::account::view::{AccountStatus, SignInMode};
use serde_json::{Value, json};

use super::scene::{Scene, add, is_signed_in, link_of, sign_in, titles};

const ADA: &str = "ada@example.com";

/// What a server may do, and a part of the sentence that it leads to.
fn faults() -> [(Value, &'static str); 4] {
    [
        (json!({"kind": "error", "status": 500}), "The sign-in server has trouble at the moment."),
        (json!({"kind": "error", "status": 503, "retryAfter": 9}), "has trouble at the moment."),
        (json!({"kind": "error", "status": 429, "retryAfter": 7}), "Try again in 7 seconds."),
        (json!({"kind": "cut"}), "The server can't be reached."),
    ]
}

#[tokio::test]
async fn trouble_before_the_page_is_told_and_the_next_try_is_free() {
    let scene = Scene::new();
    let clove = scene.start().await;
    add(&clove, "mine").await;
    for (mut fault, told) in faults() {
        fault["match"] = json!("hosted_auth");
        scene.cloud().fault("clerk", fault).await;
        let failed = clove.account().begin(SignInMode::SignIn).await.expect_err("no page");
        assert!(failed.to_string().contains(told), "{failed}");
        let view = clove.account_view();
        assert_eq!(view.status, AccountStatus::SignedOut, "{told}");
        assert_eq!(view.problem, Some(failed.to_string()), "the window says it too");
        assert_eq!(titles(&clove.todos()).await, ["mine"], "{told}");
    }
    sign_in(&scene, &clove, ADA).await;
    assert_eq!(clove.account_view().problem, None, "it is said no longer");
}

#[tokio::test]
async fn trouble_after_the_browser_is_told_and_the_next_try_is_free() {
    let scene = Scene::new();
    let clove = scene.start().await;
    add(&clove, "mine").await;
    for (mut fault, told) in faults() {
        let link = link_of(&clove, ADA).await;
        // Clove asks what is on this device when the nonce's answer is lost: that fails as well.
        fault["match"] = json!("_method=GET");
        scene.cloud().fault("clerk", fault.clone()).await;
        scene.cloud().fault("clerk", fault).await;
        let failed = clove.callback(&link).await.expect_err("no session");
        assert!(failed.to_string().contains(told), "{failed}");
        let view = clove.account_view();
        assert_eq!(
            (view.status, view.problem),
            (AccountStatus::SignedOut, Some(failed.to_string()))
        );
        assert_eq!((titles(&clove.todos()).await, scene.record()), (vec!["mine".to_owned()], None));
    }
    sign_in(&scene, &clove, ADA).await;
}

#[tokio::test]
async fn trouble_with_tokens_right_after_the_sign_in_undoes_nothing() {
    let scene = Scene::new();
    let clove = scene.start().await;
    sign_in(&scene, &clove, ADA).await;
    for (service, part) in [("clerk", "/tokens"), ("clerk", "jwks"), ("convex", "createUser")] {
        scene.cloud().fault(service, json!({"kind": "cut", "match": part})).await;
        clove.refresh_profile().await;
        assert!(is_signed_in(&clove.account_view()), "{part}");
    }
    clove.refresh_profile().await;
    assert!(scene.record().expect("a record").contains("\"role\": \"user\""), "it is known now");
}

#[cfg(unix)]
#[tokio::test]
async fn a_disk_that_takes_no_record_signs_nobody_in() {
    use std::{fs, os::unix::fs::PermissionsExt};

    let scene = Scene::new();
    let clove = scene.start().await;
    add(&clove, "mine").await;
    // A folder in its place: it cannot be written, whoever runs the test.
    let record = scene.folder.path().join("account.json");
    fs::create_dir(&record).expect("a folder");
    fs::write(record.join("in the way"), "").expect("a file");
    let link = link_of(&clove, ADA).await;
    let failed = clove.callback(&link).await.expect_err("it cannot be kept");
    assert!(failed.to_string().contains("nothing was changed"), "{failed}");
    let view = clove.account_view();
    assert_eq!((view.status, view.problem), (AccountStatus::SignedOut, Some(failed.to_string())));
    assert_eq!(titles(&clove.todos()).await, ["mine"], "the todos are those of before");
    let sessions = scene.cloud().control("/sessions", Value::Null).await;
    assert_eq!(sessions[0]["status"], "removed", "no session is left behind");
    fs::remove_dir_all(&record).expect("a folder");
    sign_in(&scene, &clove, ADA).await;

    if rustix::process::geteuid().is_root() {
        return; // No folder is read-only for such a user.
    }
    let other = Scene::new();
    let clove = other.start().await;
    let link = link_of(&clove, ADA).await;
    let mode = |mode| fs::set_permissions(other.folder.path(), fs::Permissions::from_mode(mode));
    mode(0o500).expect("a mode");
    clove.callback(&link).await.expect_err("it cannot be kept");
    mode(0o700).expect("a mode");
    assert_eq!((clove.account_view().status, other.record()), (AccountStatus::SignedOut, None));
}
