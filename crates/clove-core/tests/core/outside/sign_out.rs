//! Signing out without losing work, and somebody else's turn.

use std::fs;

use clove_core::{
    Clove,
    account::view::{AccountStatus, SignOutChoice},
};
use serde_json::{Value, json};

use super::scene::{Scene, add, is_signed_in, quit, sign_in, titles};

const ADA: &str = "ada@example.com";

/// Somebody is signed in, with a todo that the server has not seen, and others on this device.
async fn scene() -> (Scene, Clove) {
    let scene = Scene::new();
    let clove = scene.start().await;
    add(&clove, "of this device").await;
    sign_in(&scene, &clove, ADA).await;
    clove.move_todos(false).await.expect("they stay");
    add(&clove, "hers").await;
    (scene, clove)
}

async fn is_signed_out(scene: &Scene, clove: &Clove) {
    assert_eq!(clove.account_view().status, AccountStatus::SignedOut);
    assert_eq!(clove.account_view().todos_to_move, None);
    assert_eq!(titles(&clove.todos()).await, ["of this device"], "nobody's todos are back");
    assert_eq!(scene.record(), None);
    scene.vault.empties().await;
}

async fn statuses(scene: &Scene) -> Vec<String> {
    let sessions = scene.cloud().control("/sessions", Value::Null).await;
    let sessions = sessions.as_array().expect("a list").iter();
    sessions.map(|session| session["status"].as_str().expect("a status").to_owned()).collect()
}

#[tokio::test]
async fn what_is_kept_is_there_at_the_next_sign_in() {
    let (scene, clove) = scene().await;
    let exports = tempfile::tempdir().expect("a folder");
    let done = clove.sign_out(SignOutChoice::Keep, exports.path()).await.expect("signed out");
    assert_eq!(done.exported_to, None);
    is_signed_out(&scene, &clove).await;
    assert_eq!(statuses(&scene).await, ["removed"], "at Clerk too");
    assert_eq!(scene.account_databases(), 1, "the account's todos stay, out of sight");
    quit(clove).await;

    let clove = scene.start().await;
    is_signed_out(&scene, &clove).await;
    sign_in(&scene, &clove, ADA).await;
    assert_eq!(titles(&clove.todos()).await, ["hers"], "they are back");
    assert_eq!(clove.todos().unsynced_count().await.expect("a count"), 1, "and still to be sent");
    assert_eq!(fs::read_dir(exports.path()).expect("a folder").count(), 0, "no file was written");
}

#[tokio::test]
async fn what_is_exported_is_in_a_file() {
    let (scene, clove) = scene().await;
    let exports = tempfile::tempdir().expect("a folder");
    fs::write(exports.path().join("Clove todos.json"), "mine").expect("a file");
    let done = clove.sign_out(SignOutChoice::Export, exports.path()).await.expect("signed out");
    is_signed_out(&scene, &clove).await;
    let path = done.exported_to.expect("a file");
    assert!(path.ends_with("Clove todos 2.json"), "no file is written over: {path}");
    let export: Value =
        serde_json::from_slice(&fs::read(&path).expect("the file")).expect("it is JSON");
    assert_eq!(export["format"], "clove-todos");
    let todos = export["todos"].as_array().expect("a list");
    assert_eq!((todos.len(), &todos[0]["title"]), (1, &json!("hers")));
    assert_eq!(scene.account_databases(), 0, "and nowhere else");
    sign_in(&scene, &clove, ADA).await;
    assert_eq!(titles(&clove.todos()).await, [""; 0]);
}

#[tokio::test]
async fn a_sign_out_whose_file_cannot_be_written_does_not_happen() {
    let (scene, clove) = scene().await;
    let nowhere = scene.folder.path().join("clove.lock").join("exports");
    let failed = clove.sign_out(SignOutChoice::Export, &nowhere).await.expect_err("no folder");
    assert!(failed.to_string().contains("nothing was changed"), "{failed}");
    assert!(is_signed_in(&clove.account_view()));
    assert_eq!(titles(&clove.todos()).await, ["hers"]);
}

#[tokio::test]
async fn what_is_discarded_is_gone() {
    let (scene, clove) = scene().await;
    let exports = tempfile::tempdir().expect("a folder");
    clove.sign_out(SignOutChoice::Discard, exports.path()).await.expect("signed out");
    is_signed_out(&scene, &clove).await;
    assert_eq!(scene.account_databases(), 0);
    assert_eq!(fs::read_dir(exports.path()).expect("a folder").count(), 0);
    sign_in(&scene, &clove, ADA).await;
    assert_eq!(titles(&clove.todos()).await, [""; 0]);
}

#[tokio::test]
async fn a_sign_out_needs_no_network_and_is_done_here_at_once() {
    let (mut scene, clove) = scene().await;
    scene.cloud().control("/faults/clerk", json!({"kind": "delay", "ms": 2000})).await;
    let exports = tempfile::tempdir().expect("a folder");
    let mut changes = clove.account().changes();
    let looking = async {
        while clove.account_view().status != AccountStatus::SignedOut {
            changes.changed().await.expect("open");
        }
        scene.vault.empties().await;
    };
    tokio::select! {
        biased;
        () = looking => {}
        _ = clove.sign_out(SignOutChoice::Keep, exports.path()) => panic!("Clerk was waited for"),
    }
    quit(clove).await;

    scene.cloud().control("/faults/clerk", json!({"kind": "cut", "match": "/remove"})).await;
    let clove = scene.start().await;
    is_signed_out(&scene, &clove).await;
    scene.cloud = None;
    clove.sign_out(SignOutChoice::Keep, exports.path()).await.expect("nobody is signed in");
    is_signed_out(&scene, &clove).await;
}

#[tokio::test]
async fn without_a_network_somebody_signs_out_all_the_same() {
    let (mut scene, clove) = scene().await;
    scene.cloud = None;
    let exports = tempfile::tempdir().expect("a folder");
    clove.sign_out(SignOutChoice::Keep, exports.path()).await.expect("signed out");
    is_signed_out(&scene, &clove).await;
    quit(clove).await;
    is_signed_out(&scene, &scene.start().await).await;
}

#[tokio::test]
async fn nobody_sees_the_todos_of_another_account() {
    let (scene, clove) = scene().await;
    let exports = tempfile::tempdir().expect("a folder");
    clove.sign_out(SignOutChoice::Keep, exports.path()).await.expect("signed out");
    sign_in(&scene, &clove, "eve@example.com").await;
    assert_eq!(titles(&clove.todos()).await, [""; 0], "Eve has none");
    assert_eq!(clove.account_view().todos_to_move, Some(1), "only those of the device are offered");
    add(&clove, "Eve's").await;
    assert_eq!(scene.account_databases(), 2);
    clove.sign_out(SignOutChoice::Discard, exports.path()).await.expect("signed out");
    sign_in(&scene, &clove, ADA).await;
    assert_eq!(titles(&clove.todos()).await, ["hers"], "Ada's are as she left them");
}

#[tokio::test]
async fn a_profile_that_comes_during_the_sign_out_brings_nobody_back() {
    let (scene, clove) = scene().await;
    clove.refresh_profile().await;
    // Clerk hears of the sign-out after the profile has come.
    let slow = |part: &str, ms| json!({"kind": "delay", "ms": ms, "match": part});
    scene.cloud().fault("convex", slow("getCurrentUser", 200)).await;
    scene.cloud().fault("clerk", slow("/remove", 1500)).await;
    let exports = tempfile::tempdir().expect("a folder");
    let (out, ()) =
        tokio::join!(clove.sign_out(SignOutChoice::Keep, exports.path()), clove.refresh_profile());
    out.expect("signed out");
    is_signed_out(&scene, &clove).await;
}
