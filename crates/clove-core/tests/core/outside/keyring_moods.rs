//! A keyring that is missing, locked, or holds somebody else's session: Clove goes on.

use clove_core::account::{
    vault::VaultError,
    view::{AccountStatus, Persistence},
};

use super::scene::{Scene, add, is_signed_in, link_of, lost, quit, sign_in, titles, try_sign_in};

const ADA: &str = "ada@example.com";

fn persistence(status: AccountStatus) -> Persistence {
    match status {
        AccountStatus::SignedIn { persistence, .. } => persistence,
        other => panic!("signed in: {other:?}"),
    }
}

#[tokio::test]
async fn without_a_keyring_the_session_lasts_until_clove_quits() {
    let scene = Scene::new();
    scene.vault.set_mood(Some(VaultError::Missing));
    let clove = scene.start().await;
    let mut changes = clove.account().changes();
    try_sign_in(&clove, ADA).await.expect("signed in");
    add(&clove, "hers").await;
    let is_memory = |status| matches!(persistence(status), Persistence::Memory { .. });
    while !is_memory(clove.account_view().status) {
        changes.changed().await.expect("open");
    }
    let Persistence::Memory { message } = persistence(clove.account_view().status) else {
        panic!("in memory");
    };
    assert!(message.contains("found no keyring"), "{message}");
    assert!(message.ends_with("Until then you are signed in only until Clove quits."), "{message}");
    assert_eq!(scene.vault.text(), "");
    quit(clove).await;

    let clove = scene.start().await;
    let told = lost(&clove.account_view()).to_owned();
    assert!(
        told.contains("found no keyring") && told.contains("Your todos are all here"),
        "{told}"
    );
    assert_eq!(titles(&clove.todos()).await, ["hers"], "the account's todos are shown");
    add(&clove, "another").await;
    try_sign_in(&clove, ADA).await.expect("signed in again");
    assert_eq!(titles(&clove.todos()).await, ["hers", "another"]);
}

#[tokio::test]
async fn a_keyring_that_comes_later_takes_the_session_in() {
    let scene = Scene::new();
    scene.vault.set_mood(Some(VaultError::Missing));
    let clove = scene.start().await;
    try_sign_in(&clove, ADA).await.expect("signed in");
    scene.vault.set_mood(None);
    let mut changes = clove.account().changes();
    clove.account().ask_keyring_again().await;
    scene.vault.comes_to_hold("\"session\":{").await;
    while persistence(clove.account_view().status) != Persistence::Keyring {
        changes.changed().await.expect("the window hears of it");
    }
    quit(clove).await;
    assert!(is_signed_in(&scene.start().await.account_view()));
}

#[tokio::test]
async fn a_locked_keyring_is_waited_for() {
    let scene = Scene::new();
    let clove = scene.start().await;
    sign_in(&scene, &clove, ADA).await;
    add(&clove, "hers").await;
    quit(clove).await;

    scene.vault.set_mood(Some(VaultError::Locked));
    let clove = scene.start().await;
    let view = clove.account_view();
    let is_locked = matches!(view.status, AccountStatus::Restoring { locked: true, .. });
    assert!(is_locked, "{view:?}");
    assert_eq!(titles(&clove.todos()).await, ["hers"], "the todos are there meanwhile");
    add(&clove, "another").await;
    clove.account().ask_keyring_again().await;
    assert!(!is_signed_in(&clove.account_view()), "it is locked still");
    scene.vault.set_mood(None);
    clove.account().ask_keyring_again().await;
    assert!(is_signed_in(&clove.account_view()), "{:?}", clove.account_view());
    assert_eq!(titles(&clove.todos()).await, ["hers", "another"]);
    let freshness = clove_core::account::tokens::Freshness::Cached;
    clove.account().token(freshness).await.expect("the session is as good as before");
}

#[tokio::test]
async fn a_sign_in_is_not_disturbed_by_a_keyring_that_is_unlocked_late() {
    let scene = Scene::new();
    let clove = scene.start().await;
    sign_in(&scene, &clove, ADA).await;
    add(&clove, "hers").await;
    quit(clove).await;

    scene.vault.set_mood(Some(VaultError::Locked));
    let clove = scene.start().await;
    let link = link_of(&clove, ADA).await;
    scene.vault.set_mood(None);
    clove.account().ask_keyring_again().await;
    let is_signing_in = matches!(clove.account_view().status, AccountStatus::SigningIn { .. });
    assert!(is_signing_in, "{:?}", clove.account_view());
    clove.callback(&link).await.expect("the sign-in that was begun counts");
    let freshness = clove_core::account::tokens::Freshness::Forced;
    clove.account().token(freshness).await.expect("with the client token that belongs to it");
    scene.vault.comes_to_hold("\"session\":{").await;
    quit(clove).await;
    let clove = scene.start().await;
    assert!(is_signed_in(&clove.account_view()));
    clove.account().token(freshness).await.expect("also after a restart");
    assert_eq!(titles(&clove.todos()).await, ["hers"]);
}

#[tokio::test]
async fn a_keyring_that_answers_in_the_middle_of_a_sign_in_does_not_come_between() {
    let scene = Scene::new();
    let clove = scene.start().await;
    sign_in(&scene, &clove, ADA).await;
    quit(clove).await;

    let clove = scene.open();
    let dialog = scene.vault.show_dialog();
    // The restoring has asked, and waits for the dialog, while the person signs in anew.
    let begin = async {
        let link = link_of(&clove, ADA).await;
        drop(dialog);
        link
    };
    let ((), link) = tokio::join!(clove.restore(), begin);
    clove.callback(&link).await.expect("the sign-in that was begun counts");
    let freshness = clove_core::account::tokens::Freshness::Forced;
    clove.account().token(freshness).await.expect("with the client token that belongs to it");
    quit(clove).await;
    let clove = scene.start().await;
    assert!(is_signed_in(&clove.account_view()));
    clove.account().token(freshness).await.expect("also after a restart");
}

#[tokio::test]
async fn a_session_of_somebody_else_in_the_keyring_is_not_used() {
    let scene = Scene::new();
    let clove = scene.start().await;
    sign_in(&scene, &clove, ADA).await;
    add(&clove, "hers").await;
    quit(clove).await;
    let record = scene.record().expect("a record");
    let (_, rest) = record.split_once("\"userId\": \"").expect("a user");
    let user = rest.split('"').next().expect("an id");
    for (from, to) in [(user, "user_somebodyelse"), ("\"clientToken\"", "\"other\"")] {
        scene.vault.replace(from, to);
        let clove = scene.start().await;
        assert!(lost(&clove.account_view()).contains("not in the keyring any more"), "{to}");
        assert_eq!(titles(&clove.todos()).await, ["hers"], "{to}: the todos are the record's");
        quit(clove).await;
    }
    let clove = scene.start().await;
    sign_in(&scene, &clove, ADA).await;
}
