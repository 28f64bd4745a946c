//! Sessions that end elsewhere: the todos stay, and whoever signs in again goes on with them.

use clove_core::account::{AccountError, tokens::Freshness, view::AccountStatus};
use serde_json::{Value, json};

use super::scene::{Scene, add, is_signed_in, lost, quit, sign_in, titles, try_sign_in};

const ADA: &str = "ada@example.com";

async fn end_elsewhere(scene: &Scene, verb: &str) {
    let sessions = scene.cloud().control("/sessions", Value::Null).await;
    let sessions = sessions.as_array().expect("a list");
    let active = sessions.iter().find(|session| session["status"] == "active");
    let id = active.expect("one that is active")["id"].as_str().expect("an id");
    scene.cloud().control(&format!("/sessions/{id}/{verb}"), json!({})).await;
}

#[tokio::test]
async fn a_session_that_ends_elsewhere_takes_no_todos_with_it() {
    let scene = Scene::new();
    let clove = scene.start().await;
    sign_in(&scene, &clove, ADA).await;
    let mut expected = Vec::new();
    for verb in ["revoke", "expire"] {
        clove.account().token(Freshness::Forced).await.expect("a token");
        end_elsewhere(&scene, verb).await;
        clove.account().token(Freshness::Cached).await.expect("the last token is good still");
        let refused = clove.account().token(Freshness::Forced).await.expect_err("it is over");
        assert_eq!(refused.to_string(), "Your session has ended. Sign in again.", "{verb}");
        let told = "Your session has ended. Sign in again. Your todos are all here.";
        assert_eq!(lost(&clove.account_view()), told, "{verb}");
        let again =
            clove.account().token(Freshness::Cached).await.expect_err("there is no session");
        assert!(matches!(again, AccountError::SignedOut), "{verb}: {again:?}");

        add(&clove, verb).await;
        expected.push(verb);
        assert_eq!(titles(&clove.todos()).await, expected, "they can be edited");
        scene.vault.comes_to_hold("\"session\":null").await;
        sign_in(&scene, &clove, ADA).await;
        assert_eq!(titles(&clove.todos()).await, expected, "and are there after the next sign-in");
        assert_eq!(scene.account_databases(), 1, "in the same database");
    }
}

#[tokio::test]
async fn a_lost_session_is_lost_after_a_restart_too() {
    let scene = Scene::new();
    let clove = scene.start().await;
    sign_in(&scene, &clove, ADA).await;
    add(&clove, "hers").await;
    end_elsewhere(&scene, "revoke").await;
    clove.account().token(Freshness::Forced).await.expect_err("it is over");
    scene.vault.comes_to_hold("\"session\":null").await;
    quit(clove).await;

    let clove = scene.start().await;
    assert!(lost(&clove.account_view()).contains("Sign in again"), "{:?}", clove.account_view());
    assert_eq!(titles(&clove.todos()).await, ["hers"], "the account's todos are shown");
    try_sign_in(&clove, ADA).await.expect("signed in again");
    assert_eq!(titles(&clove.todos()).await, ["hers"]);
}

#[tokio::test]
async fn somebody_else_who_signs_in_after_a_lost_session_sees_their_own_todos() {
    let scene = Scene::new();
    let clove = scene.start().await;
    sign_in(&scene, &clove, ADA).await;
    add(&clove, "hers").await;
    end_elsewhere(&scene, "revoke").await;
    clove.account().token(Freshness::Forced).await.expect_err("it is over");
    try_sign_in(&clove, "eve@example.com").await.expect("signed in");
    assert_eq!(titles(&clove.todos()).await, [""; 0]);
    let token = clove.account().token(Freshness::Cached).await.expect("Eve's token");
    let record = scene.record().expect("a record");
    assert!(record.contains(token.user.as_str()) && record.contains("eve@"), "{record}");
}

#[tokio::test]
async fn a_session_that_fails_for_now_is_not_lost() {
    let scene = Scene::new();
    let clove = scene.start().await;
    sign_in(&scene, &clove, ADA).await;
    let faults = [
        (json!({"kind": "error", "status": 500}), "The sign-in server has trouble"),
        (json!({"kind": "error", "status": 503}), "The sign-in server has trouble"),
        (json!({"kind": "cut"}), "The server can't be reached."),
        (json!({"kind": "error", "status": 429, "retryAfter": 7}), "Try again in 7 seconds."),
    ];
    for (mut fault, told) in faults {
        fault["match"] = json!("/tokens");
        scene.cloud().fault("clerk", fault).await;
        let failed = clove.account().token(Freshness::Forced).await.expect_err("no token");
        assert!(failed.to_string().contains(told), "{failed}");
        assert!(is_signed_in(&clove.account_view()), "{told}");
    }
    scene.minutes_pass(1);
    clove.account().token(Freshness::Forced).await.expect("it passed");
}

#[tokio::test]
async fn whoever_gives_up_signing_in_again_has_their_todos_still() {
    let scene = Scene::new();
    let clove = scene.start().await;
    sign_in(&scene, &clove, ADA).await;
    add(&clove, "hers").await;
    end_elsewhere(&scene, "expire").await;
    clove.account().token(Freshness::Forced).await.expect_err("it is over");
    let mode = clove_core::account::view::SignInMode::SignIn;
    clove.account().begin(mode).await.expect("a page");
    assert!(matches!(clove.account_view().status, AccountStatus::SigningIn { .. }));
    assert_eq!(titles(&clove.todos()).await, ["hers"]);
    clove.account().cancel();
    lost(&clove.account_view());
    assert_eq!(titles(&clove.todos()).await, ["hers"]);
}
