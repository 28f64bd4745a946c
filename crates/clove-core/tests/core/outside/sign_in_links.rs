//! Links that nobody asked for: each is refused, and nothing changes.

use clove_core::{
    Clove,
    account::{
        AccountError,
        view::{AccountStatus, AccountView},
    },
};

use super::scene::{Scene, add, is_signed_in, link_of, quit, sign_in, try_sign_in};

const ADA: &str = "ada@example.com";

/// Everything that a link could change: the view, the keyring, and the files.
type Everything = (AccountView, String, std::collections::BTreeMap<std::path::PathBuf, Vec<u8>>);

fn everything(scene: &Scene, clove: &Clove) -> Everything {
    (clove.account_view(), scene.vault.text(), scene.files())
}

async fn is_refused(scene: &Scene, clove: &Clove, link: &str, why: &str) -> String {
    let before = everything(scene, clove);
    let refused = clove.callback(link).await.expect_err(why);
    let is_typed = matches!(refused, AccountError::Link(_) | AccountError::Refused(_));
    assert!(is_typed, "{why}: {refused:?}");
    assert!(everything(scene, clove) == before, "{why}: nothing changes");
    let text = refused.to_string();
    assert!(text.len() < 200 && !text.contains(['<', '%', '\0']), "{why}: plain words: {text}");
    text
}

/// A link with the parameter `name` as `change` makes it.
fn changed(link: &str, name: &str, change: impl Fn(&str) -> String) -> String {
    let (address, query) = link.split_once('?').expect("a query");
    let fields = query.split('&').map(|field| {
        if field.starts_with(&format!("{name}=")) { change(field) } else { field.to_owned() }
    });
    let fields: Vec<_> = fields.filter(|field| !field.is_empty()).collect();
    format!("{address}?{}", fields.join("&"))
}

fn hostile(link: &str) -> Vec<(String, &'static str)> {
    let query = link.split_once('?').expect("a query").1;
    let with = |more: &str| format!("{link}&{more}");
    let mut links = vec![
        (changed(link, "state", |_| format!("state={}", "A".repeat(43))), "another state"),
        (changed(link, "state", |_| "state=".to_owned()), "an empty state"),
        (changed(link, "state", |_| String::new()), "no state"),
        (changed(link, "state", |field| format!("{field}A")), "a longer state"),
        (changed(link, "state", |field| field[..field.len() - 1].to_owned()), "a shorter state"),
        (changed(link, "state", |field| format!("{field}&{field}")), "the state twice"),
        (with("rotating_token_nonce=other"), "the nonce twice"),
        (with("created_session_id=sess_other"), "the session twice"),
        (changed(link, "rotating_token_nonce", |_| String::new()), "no nonce"),
        (changed(link, "created_session_id", |_| String::new()), "no session"),
        (format!("dev.clove.todo://elsewhere?{query}"), "another host"),
        (format!("dev.clove.todo://callback/there?{query}"), "another path"),
        (format!("dev.clove.todo://callback/../callback?{query}"), "a path with dots"),
        (format!("dev.clove.todo://ada@callback?{query}"), "a user"),
        (format!("dev.clove.todo://callback:80?{query}"), "a port"),
        (format!("https://callback?{query}"), "another scheme"),
        (with("#fragment"), "a fragment"),
        (with(&format!("more={}", "a".repeat(1 << 20))), "a megabyte"),
        (with("more=%zz"), "a bad percent-encoding"),
        (with("more=%"), "half a percent-encoding"),
        (with("more=\0"), "a NUL"),
        (with("more=%00"), "an encoded NUL"),
        (with("more=a b"), "a space"),
        (with("more=å"), "a letter that no URL has"),
        (with("error=%3Cscript%3Ealert(1)%3C%2Fscript%3E"), "an error with markup"),
        (with("error=access_denied"), "an error"),
    ];
    for other in ["", "--quit", "--x=dev.clove.todo://callback", "dev.clove.todo:", "/etc/passwd"] {
        links.push((other.to_owned(), "no link at all"));
    }
    links
}

#[tokio::test]
async fn a_hostile_link_changes_nothing_while_an_attempt_waits() {
    let scene = Scene::new();
    let clove = scene.start().await;
    add(&clove, "mine").await;
    let link = link_of(&clove, ADA).await;
    for (hostile, why) in hostile(&link) {
        is_refused(&scene, &clove, &hostile, why).await;
    }
    clove.callback(&link).await.expect("the real one still counts");
    assert!(is_signed_in(&clove.account_view()));
}

#[tokio::test]
async fn no_link_changes_anything_where_no_attempt_waits() {
    let scene = Scene::new();
    let clove = scene.start().await;
    let link = link_of(&clove, ADA).await;
    clove.account().cancel();
    quit(clove).await;
    let clove = scene.start().await;
    let told = is_refused(&scene, &clove, &link, "none waits").await;
    assert_eq!(told, "Clove did not ask for this sign-in. If you did, choose Sign in again.");
    for (hostile, why) in hostile(&link) {
        is_refused(&scene, &clove, &hostile, why).await;
    }
}

#[tokio::test]
async fn no_link_changes_anything_while_somebody_is_signed_in() {
    let scene = Scene::new();
    let clove = scene.start().await;
    let link = link_of(&clove, ADA).await;
    clove.callback(&link).await.expect("a session");
    scene.vault.comes_to_hold("\"session\":{").await;
    is_refused(&scene, &clove, &link, "it is replayed").await;
    quit(clove).await;
    let clove = scene.start().await;
    is_refused(&scene, &clove, &link, "it is replayed after a restart").await;
    let begun = clove.account().begin(clove_core::account::view::SignInMode::SignIn).await;
    assert!(matches!(begun, Err(AccountError::SignedInAlready)), "{begun:?}");
    for (hostile, why) in hostile(&link) {
        is_refused(&scene, &clove, &hostile, why).await;
    }
    assert!(is_signed_in(&clove.account_view()));
}

#[tokio::test]
async fn a_link_is_good_once_even_when_it_comes_twice_at_once() {
    let scene = Scene::new();
    let clove = scene.start().await;
    let link = link_of(&clove, ADA).await;
    let (first, second) = tokio::join!(clove.callback(&link), clove.callback(&link));
    first.expect("a session");
    assert!(matches!(second, Err(AccountError::Refused(_))), "{second:?}");
    assert!(is_signed_in(&clove.account_view()));
    assert_eq!(clove.account_view().problem, None);
}

#[tokio::test]
async fn a_link_that_comes_after_eleven_minutes_is_too_late() {
    let scene = Scene::new();
    let clove = scene.start().await;
    let link = link_of(&clove, ADA).await;
    scene.minutes_pass(11);
    let late = "This sign-in took longer than ten minutes and has ended. Choose Sign in again.";
    assert_eq!(is_refused(&scene, &clove, &link, "it is late").await, late);
    quit(clove).await;
    let clove = scene.start().await;
    assert_eq!(is_refused(&scene, &clove, &link, "it is late after a restart").await, late);
    scene.minutes_pass(-30);
    let told = is_refused(&scene, &clove, &link, "it seems to come too early").await;
    assert!(told.contains("clock was set back"), "{told}");
    try_sign_in(&clove, ADA).await.expect("the next one counts");
}

#[tokio::test]
async fn a_session_that_is_not_on_this_device_signs_nobody_in() {
    let scene = Scene::new();
    let clove = scene.start().await;
    let files = scene.files();
    let link = link_of(&clove, ADA).await;
    let other = changed(&link, "created_session_id", |_| "created_session_id=sess_x".to_owned());
    clove.callback(&other).await.expect_err("the answer has no such session");
    let view = clove.account_view();
    assert_eq!(view.status, AccountStatus::SignedOut);
    assert!(view.problem.is_some_and(|text| text.ends_with('.')), "the window says so");
    assert_eq!(scene.files(), files, "and nothing is written");
    clove.callback(&link).await.expect_err("the nonce was good once");
    sign_in(&scene, &clove, ADA).await;
}
