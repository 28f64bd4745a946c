//! Sign-in and tokens against a real local cloud, with what goes wrong on the way.

use std::{collections::HashSet, sync::atomic::Ordering, time::Duration};

use clove_core::{
    account::{
        claims::TokenError,
        convex_api::ConvexApiError,
        frontend_error::FrontendError,
        tokens::{Freshness, MintError},
        view::SignInMode,
    },
    clock::Clock,
    http::HttpError,
    secret::Secret,
};
use serde_json::{Value, json};

use super::cloud::{Cloud, Device};

const HOUR: i64 = 3_600_000;

fn gone() -> FrontendError {
    FrontendError::SessionGone { code: "authentication_invalid".to_owned() }
}

#[tokio::test]
async fn a_person_signs_up_is_known_to_convex_and_signs_out() {
    let cloud = Cloud::start();
    let device = Device::new(&cloud, 0);
    let attempt = device.attempt(SignInMode::SignUp);
    let fields = [("email", "Ada@Example.com"), ("first_name", "Ada"), ("last_name", "Lovelace")];
    let link = device.visit(&attempt, &fields).await;
    let session = device.frontend.redeem(&link, &attempt).await.expect("a session");
    let user = &session.user;
    assert_eq!((&*user.name, user.email.as_deref()), ("Ada Lovelace", Some("ada@example.com")));

    let token = device.tokens(&session).token(Freshness::Cached).await.expect("a token");
    assert_eq!(token.user, user.id);
    let convex = device.convex();
    assert_eq!(convex.current_user(&token.jwt).await, Ok(None), "nobody before the first call");
    convex.create_user(&token.jwt).await.expect("a user");
    convex.update_user("Countess", &token.jwt).await.expect("another name");
    let known = convex.current_user(&token.jwt).await.expect("an answer").expect("a user");
    assert_eq!((&*known.name, &*known.email), ("Countess", "ada@example.com"));
    let refused = convex.update_user(" ", &token.jwt).await;
    let is_coded =
        matches!(&refused, Err(ConvexApiError::Refused { code, .. }) if code == "nameEmpty");
    assert!(is_coded, "{refused:?}");

    let portal = device.frontend.account_portal().await.expect("an environment");
    assert!(portal.is_some_and(|page| page.path() == "/hosted/user"), "it has such a page");
    device.frontend.end(&session.id).await.expect("signed out");
    assert_eq!(device.frontend.end(&session.id).await, Err(gone()), "and not twice");
    let minted = device.tokens(&session).token(Freshness::Cached).await;
    assert_eq!(minted, Err(gone().into()));

    let again = Device::new(&cloud, 0).sign_in("ada@example.com").await;
    assert_eq!(again.user, session.user, "the same person on the next device");
    assert_ne!(again.id, session.id);
}

#[tokio::test]
async fn only_who_began_an_attempt_redeems_its_link() {
    let cloud = Cloud::start();
    let device = Device::new(&cloud, 0);
    let attempt = device.attempt(SignInMode::SignIn);
    let link = device.visit(&attempt, &[("email", "ada@example.com")]).await;

    let thief = Device::new(&cloud, 0);
    let theirs = thief.attempt(SignInMode::SignIn);
    thief.frontend.begin(&theirs).await.expect("a page");
    let is_refused = |redeemed: &Result<_, FrontendError>| {
        matches!(redeemed, Err(FrontendError::Refused { status: 400, code, .. })
            if code == "rotating_token_nonce_invalid")
    };
    let stolen = thief.frontend.redeem(&link, &theirs).await;
    assert!(is_refused(&stolen), "the verifier is another: {stolen:?}");
    let used_up = device.frontend.redeem(&link, &attempt).await;
    assert!(is_refused(&used_up), "the nonce was good once: {used_up:?}");

    let attempt = device.attempt(SignInMode::SignIn);
    let link = device.visit(&attempt, &[("email", "ada@example.com")]).await;
    let first = device.frontend.redeem(&link, &attempt).await.expect("a session");
    let again = device.frontend.redeem(&link, &attempt).await;
    assert_eq!(again, Ok(first), "a second click finds the session that is there already");
}

#[tokio::test]
async fn tokens_come_from_the_template_or_the_session_as_the_account_offers() {
    let cloud = Cloud::start();
    let device = Device::new(&cloud, 0);
    let session = device.sign_in("ada@example.com").await;
    let tokens = device.tokens(&session);
    let lives = |token: &clove_core::account::tokens::ConvexToken| {
        let from = token.asked_at.get();
        (token.refresh_at.get() - from, token.expires_at.get() - from)
    };

    let token = tokens.token(Freshness::Cached).await.expect("by the template");
    assert_eq!(lives(&token), (540_000, 600_000));
    device.convex().create_user(&token.jwt).await.expect("Convex takes it");
    assert_eq!(tokens.token(Freshness::Cached).await, Ok(token.clone()), "kept while it is fresh");
    device.http.count("");
    let forced = tokens.token(Freshness::Forced).await.expect("another");
    assert_ne!(forced.jwt, token.jwt);
    assert_eq!(device.http.count("/tokens"), 0, "the choice is remembered");
    device.clock.set(token.refresh_at.get());
    let refreshed = tokens.token(Freshness::Cached).await.expect("a minute ahead of its end");
    assert_ne!(refreshed.jwt, forced.jwt);

    device.http.hides_template.store(true, Ordering::Relaxed);
    assert_eq!(tokens.token(Freshness::Forced).await, Err(MintError::NoTemplate));
    cloud.control("/tokens", json!({"sessionAudience": "convex"})).await;
    let own = tokens.token(Freshness::Cached).await.expect("by the session");
    assert_eq!(lives(&own), (40_000, 60_000), "a short one is replaced at two thirds of its life");
    device.convex().create_user(&own.jwt).await.expect("Convex takes it too");

    cloud.control("/tokens", json!({"sessionAudience": "other"})).await;
    assert_eq!(tokens.token(Freshness::Forced).await, Err(MintError::NoTemplate), "not Convex's");
}

#[tokio::test]
async fn one_token_is_made_at_a_time_and_shared() {
    let cloud = Cloud::start();
    let device = Device::new(&cloud, 0);
    let tokens = device.tokens(&device.sign_in("ada@example.com").await);
    for freshness in [Freshness::Cached, Freshness::Forced] {
        device.http.count("");
        let ask = || tokens.token(freshness);
        let (a, b, c, d) = tokio::join!(ask(), ask(), ask(), ask());
        let a = a.expect("a token");
        assert!([b, c, d].iter().all(|token| token.as_ref() == Ok(&a)), "{freshness:?}: the same");
        assert_eq!(device.http.count("/tokens/convex"), 1, "{freshness:?}: one request");
    }
    cloud.fault("clerk", json!({"kind": "error", "status": 500})).await;
    let ask = || tokens.token(Freshness::Forced);
    let (a, b) = tokio::join!(ask(), ask());
    let failed = Err(FrontendError::Unavailable.into());
    assert_eq!((a, b), (failed.clone(), failed), "an error is shared as well");
    device.clock.set(device.clock.now().shifted(1).get());
    tokens.token(Freshness::Cached).await.expect("and the next who asks tries again");
}

#[tokio::test]
async fn every_answer_carries_the_next_client_token() {
    let cloud = Cloud::start();
    let device = Device::new(&cloud, 0);
    let session = device.sign_in("ada@example.com").await;
    let told = || device.rotations.lock().expect("not poisoned").len();
    assert_eq!(told(), 3, "at 401, at the page, at the session");
    let other = "sess_other".to_owned().try_into().expect("an id");
    device.frontend.mint(&other, None).await.expect_err("no session of this device");
    device.frontend.mint(&session.id, Some("other")).await.expect_err("no template");
    device.tokens(&session).token(Freshness::Cached).await.expect("a token");
    device.frontend.account_portal().await.expect("an environment");
    let rotations = device.rotations.lock().expect("not poisoned").clone();
    assert_eq!(rotations.len(), 7, "at 404 twice, at two tokens, and not at the environment");
    let texts: HashSet<_> = rotations.iter().map(Secret::reveal).collect();
    assert_eq!(texts.len(), 7, "each is another");
    let newest = rotations.last().cloned();
    assert_eq!(device.frontend.client_token().await, newest);

    let restarted = Device::with_token(&cloud, 0, newest);
    let client = restarted.frontend.client().await.expect("an answer").expect("a known device");
    assert_eq!(client.sessions, [session], "what was kept is enough after a restart");
    let stranger = Device::with_token(&cloud, 0, Some(Secret::new("stolen")));
    let minted = stranger.frontend.mint(&client.sessions[0].id, None).await;
    assert_eq!(minted, Err(FrontendError::SignedOut));
}

#[tokio::test]
async fn an_answer_that_is_lost_loses_no_sign_in() {
    let cloud = Cloud::start();
    let device = Device::new(&cloud, 0);
    let attempt = device.attempt(SignInMode::SignIn);
    let lost = |part: &str| json!({"kind": "drop_reply", "match": part});
    cloud.fault("clerk", lost("hosted_auth")).await;
    let offline = FrontendError::Http(HttpError::Offline);
    assert_eq!(device.frontend.begin(&attempt).await, Err(offline.clone()));
    let link = device.visit(&attempt, &[("email", "ada@example.com")]).await;
    cloud.fault("clerk", lost("rotating_token_nonce")).await;
    let session = device.frontend.redeem(&link, &attempt).await.expect("found on the device");
    assert_eq!(session.id.as_str(), link.created_session_id);

    let tokens = device.tokens(&session);
    cloud.fault("clerk", lost("/tokens")).await;
    assert_eq!(tokens.token(Freshness::Cached).await, Err(offline.into()));
    tokens.token(Freshness::Cached).await.expect("the token before the lost one is taken still");
}

#[tokio::test]
async fn trouble_is_told_apart_and_passes() {
    let cloud = Cloud::start();
    let device = Device::new(&cloud, 0);
    let session = device.sign_in("ada@example.com").await;
    let tokens = device.tokens(&session);
    let cases = [
        (json!({"kind": "error", "status": 500}), FrontendError::Unavailable),
        (json!({"kind": "error", "status": 503, "retryAfter": 9}), FrontendError::Unavailable),
        (json!({"kind": "cut"}), HttpError::Offline.into()),
    ];
    for (fault, error) in cases {
        cloud.fault("clerk", fault).await;
        assert_eq!(tokens.token(Freshness::Forced).await, Err(error.into()));
    }
    let limited = |seconds| Err(FrontendError::RateLimited { retry_after_seconds: seconds }.into());
    cloud.fault("clerk", json!({"kind": "error", "status": 429, "retryAfter": 7})).await;
    assert_eq!(tokens.token(Freshness::Forced).await, limited(7));
    device.http.count("");
    device.clock.set(device.clock.now().shifted(2500).get());
    assert_eq!(tokens.token(Freshness::Forced).await, limited(5), "still to wait");
    assert_eq!(device.http.count(""), 0, "and nothing is sent");
    device.clock.set(device.clock.now().shifted(4500).get());
    let token = tokens.token(Freshness::Forced).await.expect("after the wait");

    let convex = device.convex();
    let cases = [
        (json!({"kind": "refuse_tokens"}), ConvexApiError::Unauthorized),
        (json!({"kind": "error", "status": 503}), ConvexApiError::Unavailable),
        (
            json!({"kind": "error", "status": 429, "retryAfter": 7}),
            ConvexApiError::RateLimited { retry_after_seconds: 7 },
        ),
        (json!({"kind": "cut"}), HttpError::Offline.into()),
    ];
    for (fault, error) in cases {
        cloud.fault("convex", fault).await;
        assert_eq!(convex.create_user(&token.jwt).await, Err(error));
    }
    let bad = convex.create_user(&Secret::new("a.b.c")).await;
    assert_eq!(bad, Err(ConvexApiError::Unauthorized));
    let none = convex.query::<Value>("no:function", json!({}), &token.jwt).await;
    assert!(matches!(none, Err(ConvexApiError::Failed(_))), "{none:?}");
    convex.create_user(&token.jwt).await.expect("it passed");
}

#[tokio::test]
async fn a_session_that_ends_elsewhere_is_gone() {
    let cloud = Cloud::start();
    for verb in ["revoke", "expire"] {
        let device = Device::new(&cloud, 0);
        let session = device.sign_in("ada@example.com").await;
        let tokens = device.tokens(&session);
        tokens.token(Freshness::Cached).await.expect("as long as it lasts");
        cloud.control(&format!("/sessions/{}/{verb}", session.id.as_str()), json!({})).await;
        assert_eq!(tokens.token(Freshness::Forced).await, Err(gone().into()), "{verb}");
        let client = device.frontend.client().await.expect("an answer").expect("a known device");
        assert_eq!(client.sessions, [], "{verb}: the device itself stays known");
        device.sign_in("ada@example.com").await;
    }
}

#[tokio::test]
async fn a_key_that_is_not_known_is_looked_for_once_a_minute() {
    let cloud = Cloud::start();
    let device = Device::new(&cloud, 0);
    let tokens = device.tokens(&device.sign_in("ada@example.com").await);
    tokens.token(Freshness::Cached).await.expect("by a known key");
    cloud.control("/keys", json!({})).await;
    device.http.count("");
    let unknown = Err(TokenError::UnknownKey.into());
    assert_eq!(tokens.token(Freshness::Forced).await, unknown);
    assert_eq!(device.http.count("/jwks.json"), 0, "the keys were fetched within this minute");
    device.clock.set(device.clock.now().shifted(60_000).get());
    let token = tokens.token(Freshness::Forced).await.expect("by the new key");
    assert_eq!(device.http.count("/jwks.json"), 1);
    device.convex().create_user(&token.jwt).await.expect("Convex knows the key too");
}

#[tokio::test]
async fn a_clock_that_is_hours_off_does_no_harm() {
    let cloud = Cloud::start();
    for skew in [HOUR, -HOUR, 30 * 24 * HOUR] {
        let device = Device::new(&cloud, skew);
        let session = device.sign_in("ada@example.com").await;
        let token = device.tokens(&session).token(Freshness::Cached).await.expect("a token");
        device.convex().create_user(&token.jwt).await.expect("Convex takes it");
        assert!(token.is_fresh(device.clock.now()), "its age is measured, not its date");
        let offset = device.server_clock.offset().expect("measured").middle();
        assert!((offset + skew).abs() < 60_000, "{offset} makes up for {skew}");
    }
    for skew in [HOUR, -HOUR] {
        cloud.control("/clock", json!({ "skew": skew })).await;
        let device = Device::new(&cloud, 0);
        let session = device.sign_in("ada@example.com").await;
        let tokens = device.tokens(&session);
        let token = tokens.token(Freshness::Cached).await.expect("the issuer's clock counts");
        device.convex().create_user(&token.jwt).await.expect("Convex takes it");
    }
}

#[tokio::test]
async fn a_sign_in_is_heard_to_its_end_although_the_caller_left() {
    let cloud = Cloud::start();
    let device = Device::new(&cloud, 0);
    let session = device.sign_in("ada@example.com").await;
    let before = device.frontend.client_token().await;
    cloud.fault("clerk", json!({"kind": "delay", "ms": 200, "match": "/remove"})).await;
    let left = tokio::time::timeout(Duration::from_millis(20), device.frontend.end(&session.id));
    assert!(left.await.is_err(), "nobody waits any more");
    assert_ne!(device.frontend.client_token().await, before, "its answer was waited for");
    let gone = device.tokens(&session).token(Freshness::Cached).await;
    assert!(matches!(gone, Err(MintError::Frontend(_))), "and it was done: {gone:?}");
}
