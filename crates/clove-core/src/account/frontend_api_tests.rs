use std::sync::Mutex as StdMutex;

use super::{
    super::{
        scripted::{Scripted, SetClock, answer, wait},
        view::SignInMode,
    },
    *,
};
use crate::{clock::Millis, http::Response};

const QUERY: &str = "?_is_native=1&__clerk_api_version=2026-05-12";
const PAGE: &str =
    r#"{"response":{"object":"hosted_auth","url":"https://accounts.example.com/x"}}"#;
const CLIENT: &str = r#"{"response":{"object":"client","sessions":[
    {"id":"sess_0","user":{"id":"user_0"}},{"id":"sess_1","user":{"id":"user_1"}}]}}"#;
const NOBODY: &str = r#"{"response":{"object":"client","sessions":[]}}"#;

struct Scene {
    http: Arc<Scripted>,
    clock: Arc<ServerClock>,
    rotations: Arc<StdMutex<Vec<String>>>,
    api: FrontendApi,
}

fn scene(token: Option<&str>, answers: Vec<Result<Response, HttpError>>) -> Scene {
    let http = Scripted::new(answers);
    let clock = Arc::new(ServerClock::new(SetClock::new(1_700_000_000_000)));
    let rotations = Arc::new(StdMutex::new(Vec::new()));
    let told = Arc::clone(&rotations);
    let rotated = move |token: &Secret| {
        told.lock().expect("not poisoned").push(token.reveal().to_owned());
    };
    let base = "https://clerk.example.com/v1".parse().expect("a URL");
    let token = token.map(Secret::new);
    let api = FrontendApi::new(http.clone(), clock.clone(), base, token, Box::new(rotated));
    Scene { http, clock, rotations, api }
}

fn attempt() -> Attempt {
    Attempt {
        state: Secret::new("st"),
        verifier: Secret::new("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
        mode: SignInMode::SignUp,
        begun_at: Millis::ZERO,
    }
}

fn link(session: &str) -> Link {
    Link {
        state: "st".to_owned(),
        rotating_token_nonce: "no".to_owned(),
        created_session_id: session.to_owned(),
    }
}

fn errors(code: &str) -> String {
    format!(r#"{{"errors":[{{"code":"{code}","message":"m"}}]}}"#)
}

fn refusal(status: u16, code: &str) -> Result<Response, HttpError> {
    answer(status, &[], errors(code))
}

fn session() -> SessionId {
    "sess_1".to_owned().try_into().expect("an id")
}

#[test]
fn a_sign_in_begins_with_a_page_to_open() {
    let scene = scene(Some("kept"), vec![answer(200, &[("authorization", "next")], PAGE)]);
    let page = wait(scene.api.begin(&attempt())).expect("a page");
    assert_eq!(page.as_str(), "https://accounts.example.com/x");
    let form = "redirect_url=dev.clove.todo://callback\
                &code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&mode=sign-up&state=st";
    let asked = (format!("/v1/client/hosted_auth{QUERY}"), Some("kept".into()), form.into());
    assert_eq!(scene.http.asked(), [asked], "the verifier stays here");
}

#[test]
fn a_device_that_clerk_does_not_know_asks_once_more_with_its_new_token() {
    let unknown = || answer(401, &[("authorization", "Bearer new")], errors("signed_out"));
    let known = scene(None, vec![unknown(), answer(200, &[], PAGE)]);
    wait(known.api.begin(&attempt())).expect("a page");
    let tokens: Vec<_> = known.http.asked().into_iter().map(|(_, token, _)| token).collect();
    assert_eq!(tokens, [None, Some("new".to_owned())]);

    let never = scene(None, vec![unknown(), unknown()]);
    assert_eq!(wait(never.api.begin(&attempt())), Err(FrontendError::SignedOut), "once, not more");
    assert_eq!(never.http.asked().len(), 2);
}

#[test]
fn every_answer_replaces_the_token_at_once() {
    let statuses = [200, 302, 401, 404, 429, 500];
    let answers = statuses.iter().map(|status| {
        let token = format!("token-{status}");
        answer(*status, &[("authorization", &token)], "<html>")
    });
    let scene = scene(Some("token-0"), answers.collect());
    scene.http.add(Err(HttpError::Timeout));
    scene.http.add(answer(200, &[("authorization", "")], "<html>"));
    scene.http.add(answer(200, &[], "<html>"));
    let used = wait(async {
        for _ in 0..9 {
            scene.api.client().await.expect_err("not JSON");
        }
        scene.http.asked().into_iter().filter_map(|(_, token, _)| token).collect::<Vec<_>>()
    });
    let next = statuses.map(|status| format!("token-{status}"));
    assert_eq!(used[1..7], next, "the next request has the token of the answer before");
    assert_eq!(used[7..], ["token-500", "token-500"], "without one, the last stays");
    assert_eq!(*scene.rotations.lock().expect("not poisoned"), next, "and each was told");
}

#[test]
fn requests_that_are_made_at_once_go_out_one_after_the_other() {
    let answers = (1..=4).map(|n| answer(200, &[("authorization", &format!("t{n}"))], CLIENT));
    let scene = scene(Some("t0"), answers.collect());
    wait(async {
        let (a, b, c, d) = tokio::join!(
            scene.api.client(),
            scene.api.client(),
            scene.api.client(),
            scene.api.client()
        );
        assert!([a, b, c, d].iter().all(Result::is_ok));
    });
    let used: Vec<_> = scene.http.asked().into_iter().filter_map(|(_, token, _)| token).collect();
    assert_eq!(used, ["t0", "t1", "t2", "t3"], "no token is used twice");
}

#[test]
fn an_answer_counts_although_nobody_waits_for_it() {
    let scene = scene(Some("t0"), vec![answer(200, &[("authorization", "t1")], CLIENT)]);
    wait(async {
        tokio::select! {
            biased;
            _ = scene.api.client() => panic!("it was not even sent"),
            () = std::future::ready(()) => {} // The caller leaves.
        }
        while scene.api.client_token().await != Some(Secret::new("t1")) {
            tokio::task::yield_now().await;
        }
    });
}

#[test]
fn a_link_is_exchanged_for_its_session() {
    let scene = scene(Some("kept"), vec![answer(200, &[], CLIENT)]);
    let session = wait(scene.api.redeem(&link("sess_1"), &attempt())).expect("a session");
    assert_eq!((session.id.as_str(), session.user.id.as_str()), ("sess_1", "user_1"));
    let form = "_method=GET&rotating_token_nonce=no\
                &code_verifier=dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    let asked = (format!("/v1/client{QUERY}"), Some("kept".into()), form.into());
    assert_eq!(scene.http.asked(), [asked]);
}

#[test]
fn a_session_that_is_not_in_the_answer_is_refused() {
    for body in [CLIENT, NOBODY, r#"{"response":null}"#] {
        let scene = scene(None, vec![answer(200, &[], body)]);
        let redeemed = wait(scene.api.redeem(&link("sess_9"), &attempt()));
        assert!(matches!(redeemed, Err(FrontendError::BadAnswer(_))), "{redeemed:?}");
    }
}

#[test]
fn a_session_whose_answer_was_lost_is_found_on_the_device() {
    let invalid = || refusal(400, "rotating_token_nonce_invalid");
    let firsts =
        [Err(HttpError::Offline), Err(HttpError::Timeout), answer(502, &[], ""), invalid()];
    for first in firsts {
        let scene = scene(None, vec![first, answer(200, &[], CLIENT)]);
        let session = wait(scene.api.redeem(&link("sess_1"), &attempt())).expect("a session");
        assert_eq!(session.id.as_str(), "sess_1");
        assert_eq!(scene.http.asked()[1].2, "_method=GET", "nothing secret is sent again");
    }
    let scene = scene(None, vec![invalid(), answer(200, &[], NOBODY)]);
    let redeemed = wait(scene.api.redeem(&link("sess_1"), &attempt()));
    let is_first = matches!(&redeemed, Err(FrontendError::Refused { code, .. })
        if code == "rotating_token_nonce_invalid");
    assert!(is_first, "else the first error stands: {redeemed:?}");
}

#[test]
fn tokens_are_made_for_a_session_or_by_a_template() {
    let jwt = || answer(200, &[("date", "Sun, 06 Nov 1994 08:49:37 GMT")], r#"{"jwt":"a.b.c"}"#);
    let scene = scene(None, vec![jwt(), jwt()]);
    let (own, made) = wait(async {
        let own = scene.api.mint(&session(), None).await;
        (own, scene.api.mint(&session(), Some("convex")).await)
    });
    assert_eq!(own.expect("a token").jwt, Secret::new("a.b.c"));
    assert_eq!(made.expect("a token").jwt, Secret::new("a.b.c"));
    let paths: Vec<_> = scene.http.asked().into_iter().map(|(path, _, _)| path).collect();
    let path = "/v1/client/sessions/sess_1/tokens";
    assert_eq!(paths, [format!("{path}{QUERY}"), format!("{path}/convex{QUERY}")]);
    let now = scene.clock.now().get();
    assert_eq!(now, 784_111_777_500, "the server's clock was read on the way");
}

#[test]
fn a_session_that_is_gone_is_told_from_a_template_that_is_not_there() {
    let gone = |code: &str| FrontendError::SessionGone { code: code.to_owned() };
    let cases = [
        (401, "authentication_invalid", None, gone("authentication_invalid")),
        (404, "resource_not_found", None, gone("resource_not_found")),
        (401, "authentication_invalid", Some("convex"), gone("authentication_invalid")),
        (401, "signed_out", Some("convex"), FrontendError::SignedOut),
    ];
    for (status, code, template, error) in cases {
        let scene = scene(None, vec![refusal(status, code)]);
        assert_eq!(wait(scene.api.mint(&session(), template)), Err(error));
    }
    let scene = scene(None, vec![refusal(404, "resource_not_found")]);
    let minted = wait(scene.api.mint(&session(), Some("convex")));
    assert!(matches!(minted, Err(FrontendError::Refused { status: 404, .. })), "{minted:?}");
}

#[test]
fn a_session_is_ended() {
    let answers = vec![answer(200, &[], "{}"), refusal(404, "resource_not_found")];
    let scene = scene(Some("t"), answers);
    let ended = wait(async { (scene.api.end(&session()).await, scene.api.end(&session()).await) });
    let gone = FrontendError::SessionGone { code: "resource_not_found".to_owned() };
    assert_eq!(ended, (Ok(()), Err(gone)));
    let path = format!("/v1/client/sessions/sess_1/remove{QUERY}");
    assert_eq!(scene.http.asked()[0], (path, Some("t".to_owned()), String::new()));
}

#[test]
fn the_account_portal_is_where_the_instance_says() {
    let body = r#"{"display_config":{"user_profile_url":"https://accounts.example.com/user"}}"#;
    let scene = scene(None, vec![answer(200, &[], body)]);
    let portal = wait(scene.api.account_portal()).expect("an environment").expect("a page");
    assert_eq!(portal.as_str(), "https://accounts.example.com/user");
    assert_eq!(scene.http.asked(), [(format!("/v1/environment{QUERY}"), None, "GET".to_owned())]);
}

#[test]
fn what_the_instance_offers_is_asked_for_by_nobody() {
    let body = r#"{"display_config":{}}"#;
    let scene = scene(Some("t"), vec![answer(200, &[("authorization", "new device")], body)]);
    assert_eq!(wait(scene.api.account_portal()), Ok(None));
    assert_eq!(scene.http.asked()[0].1, None, "no token is sent");
    assert_eq!(wait(scene.api.client_token()), Some(Secret::new("t")), "and none is taken");
    assert!(scene.rotations.lock().expect("not poisoned").is_empty());
}
