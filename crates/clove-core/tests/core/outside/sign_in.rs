//! Signing in, from the page in the browser to the account's todos; and starting again afterwards.

use clove_core::account::view::{AccountStatus, Persistence, SignInMode, SignInStage};

use super::{
    cloud::browse,
    scene::{Scene, add, is_signed_in, link_of, quit, sign_in, titles, try_sign_in},
};

const ADA: &str = "ada@example.com";

#[tokio::test]
async fn a_person_signs_up_and_finds_the_todos_of_the_account() {
    let scene = Scene::new();
    let clove = scene.start().await;
    assert_eq!(clove.account_view().status, AccountStatus::SignedOut);
    add(&clove, "made before").await;
    let mut changes = clove.changes();
    let page = clove.account().begin(SignInMode::SignUp).await.expect("a page");
    let waiting =
        AccountStatus::SigningIn { mode: SignInMode::SignUp, stage: SignInStage::InBrowser };
    assert_eq!(clove.account_view().status, waiting);
    assert_eq!(clove.account().page().as_ref(), Some(&page), "it can be opened again");
    assert_eq!(titles(&clove.todos()).await, ["made before"], "the todos of before stay");

    let fields = [("email", ADA), ("first_name", "Ada"), ("last_name", "Lovelace")];
    let link = browse(page, &fields).await;
    changes.mark_unchanged();
    clove.callback(&link).await.expect("a session");
    assert!(changes.has_changed().expect("open"), "the list is read anew");
    let view = clove.account_view();
    let AccountStatus::SignedIn { profile, persistence } = view.status else {
        panic!("signed in: {view:?}");
    };
    assert_eq!((&*profile.name, &*profile.email), ("Ada Lovelace", ADA));
    assert_eq!((persistence, view.problem), (Persistence::Keyring, None));
    assert_eq!(
        titles(&clove.todos()).await,
        [""; 0],
        "the account's own todos, of which it has none"
    );
    assert_eq!(view.todos_to_move, Some(1), "and those of before are offered");
    assert_eq!(scene.account_databases(), 1);

    scene.vault.comes_to_hold("\"session\":{").await;
    let record = scene.record().expect("account.json");
    assert!(record.contains("Ada Lovelace"), "it knows whose todos are open: {record}");
    let secrets = scene.vault.text();
    let (_, rest) = secrets.split_once("\"clientToken\":\"").expect("the token is in the keyring");
    let token = rest.split('"').next().expect("a token");
    assert!(token.len() > 20 && !record.contains(token), "and nowhere else");
    assert!(!secrets.contains("attempt "), "the attempt is over");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let file = std::fs::metadata(scene.folder.path().join("account.json")).expect("a file");
        assert_eq!(file.permissions().mode() & 0o777, 0o600, "for nobody else");
    }
}

#[tokio::test]
async fn the_todos_of_before_move_in_when_they_are_wanted() {
    let scene = Scene::new();
    let clove = scene.start().await;
    add(&clove, "made before").await;
    sign_in(&scene, &clove, ADA).await;
    scene.minutes_pass(1);
    add(&clove, "hers").await;
    quit(clove).await;

    let clove = scene.start().await;
    assert_eq!(clove.account_view().todos_to_move, Some(1), "asked again after a restart");
    clove.move_todos(true).await.expect("they move");
    assert_eq!(titles(&clove.todos()).await, ["made before", "hers"]);
    assert_eq!(clove.todos().unsynced_count().await.expect("a count"), 2, "the server gets both");
    assert_eq!(clove.account_view().todos_to_move, None);
    quit(clove).await;

    let clove = scene.start().await;
    assert_eq!(clove.account_view().todos_to_move, None, "and not asked again");
    assert_eq!(titles(&clove.todos()).await.len(), 2);
}

#[tokio::test]
async fn the_todos_of_before_stay_where_they_are_when_they_are_not_wanted() {
    let scene = Scene::new();
    let clove = scene.start().await;
    add(&clove, "made before").await;
    sign_in(&scene, &clove, ADA).await;
    clove.move_todos(false).await.expect("they stay");
    quit(clove).await;

    let clove = scene.start().await;
    assert_eq!(clove.account_view().todos_to_move, None, "not asked again");
    assert_eq!(titles(&clove.todos()).await, [""; 0]);
    let sessions = scene.cloud().control("/sessions", serde_json::Value::Null).await;
    let id = sessions[0]["id"].as_str().expect("a session").to_owned();
    scene.cloud().control(&format!("/sessions/{id}/revoke"), serde_json::json!({})).await;
    let token = clove.account().token(clove_core::account::tokens::Freshness::Forced).await;
    token.expect_err("the session is over");
    sign_in(&scene, &clove, ADA).await;
    assert_eq!(
        clove.account_view().todos_to_move,
        None,
        "nor at a sign-in that resumes the account"
    );
}

#[tokio::test]
async fn after_a_restart_without_a_network_somebody_is_still_signed_in() {
    let mut scene = Scene::new();
    let clove = scene.start().await;
    sign_in(&scene, &clove, ADA).await;
    add(&clove, "hers").await;
    quit(clove).await;
    scene.cloud = None;

    let clove = scene.open();
    let view = clove.account_view();
    let is_restoring = matches!(view.status, AccountStatus::Restoring { locked: false, .. });
    assert!(is_restoring, "before the keyring has answered: {view:?}");
    assert_eq!(titles(&clove.todos()).await, ["hers"], "the todos are there already");
    clove.restore().await;
    assert!(is_signed_in(&clove.account_view()), "{:?}", clove.account_view());
    add(&clove, "another").await;
    clove.refresh_profile().await;
    assert!(is_signed_in(&clove.account_view()), "no network is no sign-out");
    assert_eq!(titles(&clove.todos()).await, ["hers", "another"]);
}

#[tokio::test]
async fn the_link_may_start_clove_anew() {
    let scene = Scene::new();
    let clove = scene.start().await;
    let link = link_of(&clove, ADA).await;
    quit(clove).await;

    let clove = scene.start().await;
    assert_eq!(clove.account_view().status, AccountStatus::SignedOut);
    clove.callback(&link).await.expect("the attempt waited in the keyring");
    assert!(is_signed_in(&clove.account_view()));
    scene.vault.comes_to_hold("\"session\":{").await;
    quit(clove).await;
    assert!(is_signed_in(&scene.start().await.account_view()), "as after any sign-in");
}

#[tokio::test]
async fn the_link_may_come_before_the_keyring_has_told_of_the_session_of_before() {
    let scene = Scene::new();
    let clove = scene.start().await;
    sign_in(&scene, &clove, ADA).await;
    add(&clove, "hers").await;
    scene.vault.replace("\"session\":{", "\"other\":{");
    quit(clove).await;
    let clove = scene.start().await;
    let link = link_of(&clove, ADA).await;
    quit(clove).await;

    let clove = scene.open();
    let (called, ()) = tokio::join!(clove.callback(&link), clove.restore());
    called.expect("a session");
    assert!(is_signed_in(&clove.account_view()), "what was lost before is not lost again");
    assert_eq!(titles(&clove.todos()).await, ["hers"]);
}

#[tokio::test]
async fn a_second_attempt_makes_the_first_one_void() {
    let scene = Scene::new();
    let clove = scene.start().await;
    let first = link_of(&clove, ADA).await;
    let second = link_of(&clove, "eve@example.com").await;
    let refused = clove.callback(&first).await.expect_err("it is void");
    assert!(refused.to_string().contains("belongs to another sign-in"), "{refused}");
    clove.callback(&second).await.expect("this one counts");
    assert!(scene.record().expect("a record").contains("eve@example.com"));
}

#[tokio::test]
async fn a_second_attempt_that_fails_makes_the_first_one_void_too() {
    let scene = Scene::new();
    let clove = scene.start().await;
    let first = link_of(&clove, ADA).await;
    scene.cloud().fault("clerk", serde_json::json!({"kind": "cut"})).await;
    clove.account().begin(SignInMode::SignIn).await.expect_err("no network");
    let refused = clove.callback(&first).await.expect_err("it is void");
    assert!(refused.to_string().contains("did not ask for this"), "{refused}");
    assert_eq!(clove.account_view().status, AccountStatus::SignedOut);
}

#[tokio::test]
async fn an_attempt_that_is_cancelled_is_over() {
    let scene = Scene::new();
    let clove = scene.start().await;
    let link = link_of(&clove, ADA).await;
    clove.account().cancel();
    assert_eq!(clove.account_view().status, AccountStatus::SignedOut);
    assert_eq!(clove.account().page(), None);
    clove.callback(&link).await.expect_err("nobody waits for it");
    quit(clove).await;
    let clove = scene.start().await;
    clove.callback(&link).await.expect_err("nor after a restart");
    assert_eq!((clove.account_view().status, scene.record()), (AccountStatus::SignedOut, None));
    try_sign_in(&clove, ADA).await.expect("the next one is as good as any");
}

#[tokio::test]
async fn an_attempt_that_is_cancelled_while_it_finishes_leaves_no_session() {
    let scene = Scene::new();
    let clove = scene.start().await;
    let link = link_of(&clove, ADA).await;
    let slow = serde_json::json!({"kind": "delay", "ms": 300, "match": "rotating_token_nonce"});
    scene.cloud().fault("clerk", slow).await;
    let mut changes = clove.account().changes();
    let cancel = async {
        let finishing = |status| {
            matches!(status, AccountStatus::SigningIn { stage: SignInStage::Finishing, .. })
        };
        while !finishing(clove.account_view().status) {
            changes.changed().await.expect("open");
        }
        clove.account().cancel();
    };
    let (called, ()) = tokio::join!(clove.callback(&link), cancel);
    called.expect_err("it was ended");
    assert_eq!((clove.account_view().status, scene.record()), (AccountStatus::SignedOut, None));
    let sessions = scene.cloud().control("/sessions", serde_json::Value::Null).await;
    assert_eq!(sessions[0]["status"], "removed", "nor one at Clerk");
}
