use super::{
    super::scripted::answer,
    FrontendError::{BadAnswer, RateLimited, Refused, SessionGone, SignedOut, Unavailable},
    *,
};

const SIGNED_OUT: &str = r#"{"errors":[{"code":"signed_out","message":"m"}]}"#;
const OTHER: &str = r#"{"errors":[{"code":"other","message":"m"}]}"#;
const HTML: &str = "<html>";

fn refused(status: u16, code: &str) -> FrontendError {
    Refused { status, code: code.to_owned(), message: "m".to_owned() }
}

fn accepted(status: u16, headers: &[(&str, &str)], body: &str) -> Result<Vec<u8>, FrontendError> {
    accept(answer(status, headers, body).expect("an answer"))
}

#[test]
fn a_status_means_one_thing() {
    let unreadable = BadAnswer(super::BadAnswer("a reason for its refusal"));
    let cases = [
        (401, SIGNED_OUT, SignedOut, "the client token is not known"),
        (401, OTHER, refused(401, "other"), "unauthenticated otherwise"),
        (401, HTML, unreadable.clone(), "a proxy that wants a password signs nobody out"),
        (403, SIGNED_OUT, refused(403, "signed_out"), "the code alone does not make it so"),
        (422, OTHER, refused(422, "other"), "refused"),
        (404, OTHER, refused(404, "other"), "not there"),
        (404, HTML, unreadable.clone(), "another server's not there"),
        (301, OTHER, unreadable.clone(), "elsewhere"),
        (302, HTML, unreadable.clone(), "a portal"),
        (101, "", unreadable, "no answer at all"),
        (500, SIGNED_OUT, Unavailable, "trouble"),
        (503, HTML, Unavailable, "trouble of the proxy"),
        (599, "", Unavailable, "trouble without words"),
        (429, HTML, RateLimited { retry_after_seconds: 30 }, "too many, without a time"),
    ];
    for (status, body, error, why) in cases {
        assert_eq!(accepted(status, &[], body), Err(error), "{why}");
    }
    assert_eq!(accepted(204, &[], ""), Ok(Vec::new()), "done");
}

#[test]
fn a_server_says_how_long_to_wait() {
    let date = ("date", "Sun, 06 Nov 1994 08:49:37 GMT");
    let cases = [
        ("7", 7, "seconds"),
        (" 7 ", 7, "seconds with spaces"),
        ("0", 1, "at once: not sooner than in a second"),
        ("99999999", 3600, "longer than anybody waits"),
        ("99999999999999999999999", 30, "longer than a number holds"),
        ("-7", 30, "no time"),
        ("soon", 30, "a word"),
        ("Sun, 06 Nov 1994 08:50:37 GMT", 60, "until a date"),
        ("Sun, 06 Nov 1994 08:48:37 GMT", 30, "until a date that is over"),
    ];
    for (text, retry_after_seconds, why) in cases {
        let refusal = accepted(429, &[("retry-after", text), date], OTHER);
        assert_eq!(refusal, Err(RateLimited { retry_after_seconds }), "{why}");
    }
}

#[test]
fn about_a_session_401_and_404_mean_that_it_is_gone() {
    let gone = SessionGone { code: "other".to_owned() };
    for status in [401, 404] {
        assert_eq!(refused(status, "other").of_session(), gone);
    }
    for error in [refused(403, "other"), SignedOut, Unavailable, HttpError::Offline.into()] {
        assert_eq!(error.clone().of_session(), error, "the rest stays as it is");
    }
}
