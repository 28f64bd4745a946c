//! The doctor beside a local cloud in which something is wrong.

use clove_core::{
    Clove,
    account::{
        vault::VaultError,
        view::{Finding, Outcome},
    },
};
use serde_json::json;

use super::{
    cloud::Cloud,
    scene::{Scene, is_signed_in, sign_in},
};

const ADA: &str = "ada@example.com";
const TOKEN: &str = "Token for Convex";
const TOGETHER: &str = "Clerk and Convex together";

async fn look(clove: &Clove, subject: &str) -> Finding {
    let findings = clove.account().examine().await;
    let found = findings.into_iter().find(|finding| finding.subject == subject);
    found.expect("each subject is looked at")
}

/// What is found about `subject` stands like this, and its finding and cure hold these texts.
async fn finds(clove: &Clove, subject: &str, outcome: Outcome, text: &str, cure: &str) {
    let found = look(clove, subject).await;
    let told = format!("{found:?}");
    assert_eq!(found.outcome, outcome, "{told}");
    assert!(found.finding.contains(text), "{text} is missing in {told}");
    assert!(found.cure.unwrap_or_default().contains(cure), "{cure} is missing in {told}");
}

async fn not_good(clove: &Clove) -> Vec<String> {
    let findings = clove.account().examine().await.into_iter();
    findings.filter(|it| it.outcome != Outcome::Good).map(|it| it.subject).collect()
}

#[tokio::test]
async fn all_is_well_where_somebody_is_signed_in() {
    let scene = Scene::new();
    let clove = scene.start().await;
    assert_eq!(not_good(&clove).await, [TOKEN, TOGETHER], "signed out: nothing else is amiss");
    finds(&clove, TOKEN, Outcome::Skipped, "Nobody is signed in.", "").await;
    sign_in(&scene, &clove, ADA).await;
    assert_eq!(not_good(&clove).await, [""; 0], "{:?}", clove.account().examine().await);
}

#[tokio::test]
async fn the_templates_troubles_are_told_apart() {
    let scene = Scene::new();
    let clove = scene.start().await;
    sign_in(&scene, &clove, ADA).await;
    let cloud = scene.cloud();
    cloud.control("/tokens", json!({"template": false})).await;
    finds(&clove, TOKEN, Outcome::Bad, "no JWT template named \"convex\"", "add a JWT").await;
    assert_eq!(not_good(&clove).await, [TOKEN, TOGETHER]);
    cloud.control("/tokens", json!({"sessionAudience": "convex"})).await;
    assert_eq!(not_good(&clove).await, [""; 0], "the session's own token does as well");
    let other = json!({"template": true, "templateAudience": "other", "sessionAudience": null});
    cloud.control("/tokens", other).await;
    finds(&clove, TOKEN, Outcome::Bad, "another audience", "aud = \"convex\"").await;
    assert!(is_signed_in(&clove.account_view()), "none of this ends the session");
}

#[tokio::test]
async fn servers_that_cannot_be_reached_are_told_apart() {
    let scene = Scene::new();
    let clove = scene.start().await;
    sign_in(&scene, &clove, ADA).await;
    let cloud = scene.cloud();
    cloud.control("/faults/convex", json!({"kind": "cut"})).await;
    finds(&clove, "Convex", Outcome::Bad, "can't be reached", "the address").await;
    finds(&clove, TOGETHER, Outcome::Skipped, "Convex can't be reached", "").await;
    assert_eq!(not_good(&clove).await, ["Convex", TOGETHER], "Clerk is well");
    cloud.control("/faults/clerk", json!({"kind": "cut"})).await;
    finds(&clove, "Clerk", Outcome::Bad, "can't be reached", "Check the network").await;
    finds(&clove, "Signing keys", Outcome::Skipped, "Clerk can't be reached", "").await;
    finds(&clove, TOKEN, Outcome::Skipped, "Clerk can't be reached", "").await;
    assert!(is_signed_in(&clove.account_view()), "no network is no sign-out");
}

#[tokio::test]
async fn a_convex_that_takes_no_token_of_this_clerk_is_told_the_issuer() {
    let scene = Scene::new();
    let clove = scene.start().await;
    sign_in(&scene, &clove, ADA).await;
    scene.cloud().control("/faults/convex", json!({"kind": "refuse_tokens"})).await;
    let issuer = scene.connection.issuer();
    let cure = format!("npx convex env set CLERK_JWT_ISSUER_DOMAIN {issuer}");
    finds(&clove, TOGETHER, Outcome::Bad, "does not accept Clerk's token", &cure).await;
    assert_eq!(not_good(&clove).await, [TOGETHER]);
}

#[tokio::test]
async fn a_deployment_without_cloves_functions_is_told() {
    let cloud = Cloud::start_with(&["--functions", "local-cloud/tests/fixture"]);
    let scene = Scene::beside(cloud);
    let clove = scene.start().await;
    sign_in(&scene, &clove, ADA).await;
    let cure = "npx convex deploy";
    finds(&clove, TOGETHER, Outcome::Bad, "does not have Clove's functions", cure).await;
    assert_eq!(not_good(&clove).await, [TOGETHER]);
}

#[tokio::test]
async fn a_clock_that_is_wrong_is_told_and_does_no_harm() {
    for (minutes, told) in [(60, "60 min ahead"), (-60, "60 min behind")] {
        let scene = Scene::new();
        scene.minutes_pass(minutes);
        let clove = scene.start().await;
        sign_in(&scene, &clove, ADA).await;
        // A minute and its neighbours: the measure is rounded.
        let found = look(&clove, "Clock").await;
        assert_eq!(found.outcome, Outcome::Notice, "{found:?}");
        let near = told.replace("60", "59");
        assert!(found.finding.contains(told) || found.finding.contains(&near), "{found:?}");
        assert_eq!(not_good(&clove).await, ["Clock"]);
    }
}

#[tokio::test]
async fn the_keyring_and_the_connection_are_looked_at_too() {
    let mut scene = Scene::new();
    let clove = scene.start().await;
    scene.vault.set_mood(Some(VaultError::Locked));
    clove.account().begin(clove_core::account::view::SignInMode::SignIn).await.expect("a page");
    finds(&clove, "Keyring", Outcome::Bad, "It is locked.", "Unlock it").await;
    scene.vault.set_mood(Some(VaultError::Missing));
    clove.account().begin(clove_core::account::view::SignInMode::SignIn).await.expect("a page");
    finds(&clove, "Keyring", Outcome::Notice, "ends when Clove quits", "no keyring").await;
    scene.cloud = None;
    clove.account().connect(None);
    let findings = clove.account().examine().await;
    assert_eq!(findings.len(), 1, "without a connection there is nothing else to look at");
    assert!(findings[0].finding.contains("no publishable key"), "{findings:?}");
}

#[tokio::test]
async fn looking_while_the_keyring_is_waited_for_costs_no_session() {
    let scene = Scene::new();
    let clove = scene.start().await;
    sign_in(&scene, &clove, ADA).await;
    super::scene::quit(clove).await;
    scene.vault.set_mood(Some(VaultError::Locked));
    let clove = scene.start().await;
    finds(&clove, "Clerk", Outcome::Good, "answers", "").await;
    scene.vault.set_mood(None);
    clove.account().ask_keyring_again().await;
    assert!(is_signed_in(&clove.account_view()), "{:?}", clove.account_view());
    assert_eq!(not_good(&clove).await, [""; 0]);
}
