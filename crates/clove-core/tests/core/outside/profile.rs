//! The profile: asked for, kept for starts without a network, and changed.

use clove_core::account::view::{AccountStatus, AccountView, Profile};
use serde_json::json;

use super::scene::{Scene, quit, sign_in};

const ADA: &str = "ada@example.com";

fn profile(view: AccountView) -> Profile {
    match view.status {
        AccountStatus::SignedIn { profile, .. } => profile,
        other => panic!("signed in: {other:?}"),
    }
}

#[tokio::test]
async fn the_profile_is_the_backends_and_is_kept() {
    let mut scene = Scene::new();
    let clove = scene.start().await;
    sign_in(&scene, &clove, ADA).await;
    let before = profile(clove.account_view());
    assert_eq!((&*before.email, before.role), (ADA, None), "what Clerk has told");
    clove.refresh_profile().await;
    let known = profile(clove.account_view());
    assert_eq!((&*known.email, known.role.as_deref()), (ADA, Some("user")));
    assert!(known.joined.is_some_and(|at| at > 1_700_000_000_000), "{known:?}");

    let mut changes = clove.account().changes();
    clove.rename_profile("Countess of Lovelace").await.expect("another name");
    assert!(changes.has_changed().expect("open"), "the window looks again");
    assert_eq!(profile(clove.account_view()).name, "Countess of Lovelace");
    changes.mark_unchanged();
    let refused = clove.rename_profile("  ").await.expect_err("no name");
    assert!(refused.to_string().ends_with('.'), "{refused}");
    assert_eq!(profile(clove.account_view()).name, "Countess of Lovelace");

    scene.cloud().fault("convex", json!({"kind": "refuse_tokens"})).await;
    clove.rename_profile("Ada").await.expect("with another token, once Convex refused the first");
    assert_eq!(profile(clove.account_view()).name, "Ada");
    quit(clove).await;

    scene.cloud = None;
    let clove = scene.start().await;
    assert_eq!(profile(clove.account_view()).name, "Ada", "known without a network");
    clove.rename_profile("Eve").await.expect_err("no network");
    clove.refresh_profile().await;
    let known = profile(clove.account_view());
    assert_eq!((&*known.name, known.role.as_deref()), ("Ada", Some("user")));
}

#[tokio::test]
async fn the_picture_is_fetched_and_the_page_of_the_account_is_known() {
    let mut scene = Scene::new();
    let clove = scene.start().await;
    assert_eq!(clove.account().picture().await, None, "nobody has none");
    sign_in(&scene, &clove, ADA).await;
    assert!(profile(clove.account_view()).has_picture);
    let picture = clove.account().picture().await.expect("a picture");
    assert!(picture.starts_with("data:image/svg+xml;base64,"), "{picture}");
    let page = clove.account().portal().await.expect("a page");
    assert_eq!(page.path(), "/hosted/user");
    scene.cloud = None;
    assert_eq!(clove.account().picture().await, None, "it takes a network");
    clove.account().portal().await.expect_err("so does the page");
}

#[tokio::test]
async fn the_word_about_moving_is_not_lost_to_a_profile_that_comes_then() {
    let scene = Scene::new();
    let clove = scene.start().await;
    super::scene::add(&clove, "made before").await;
    sign_in(&scene, &clove, ADA).await;
    clove.refresh_profile().await;
    let slow = json!({"kind": "delay", "ms": 200, "match": "getCurrentUser"});
    scene.cloud().fault("convex", slow).await;
    let ((), moved) = tokio::join!(clove.refresh_profile(), clove.move_todos(false));
    moved.expect("they stay");
    assert!(scene.record().expect("a record").contains("\"askedToMove\": true"));
    quit(clove).await;
    assert_eq!(scene.start().await.account_view().todos_to_move, None);
}
