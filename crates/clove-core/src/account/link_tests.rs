use proptest::prelude::*;

use super::*;

const GOOD: &str =
    "dev.clove.todo://callback?state=st&rotating_token_nonce=no&created_session_id=se";

#[test]
fn a_link_of_the_right_shape_is_taken_apart() {
    let link = Link {
        state: "st".to_owned(),
        rotating_token_nonce: "no".to_owned(),
        created_session_id: "se".to_owned(),
    };
    let cases = [
        (GOOD.to_owned(), "as the browser sends it"),
        (GOOD.replace("callback", "callback/"), "a browser may write the empty path as a slash"),
        (GOOD.replace("dev.clove", "DEV.Clove"), "schemes have no case (RFC 3986, section 3.1)"),
        (format!("{GOOD}&later=1&later=2"), "parameters that a later server adds are let pass"),
        (GOOD.replace("state=st", "state=%73t"), "percent encoding is decoded"),
    ];
    for (text, why) in cases {
        assert_eq!(Link::parse(&text), Ok(link.clone()), "{why}");
    }
}

#[test]
fn every_other_link_is_refused() {
    use LinkError::{Missing, NotCallback, NotUrl, Refused, Repeated, TooLong};
    let with = |from: &str, to: &str| GOOD.replace(from, to);
    let cases = [
        (String::new(), NotUrl, "nothing"),
        ("--quick-add".to_owned(), NotUrl, "an option of the command line"),
        ("/etc/passwd".to_owned(), NotUrl, "a path"),
        ("callback?state=st".to_owned(), NotUrl, "no scheme"),
        (with("dev.clove.todo", "https"), NotCallback, "another scheme"),
        (with("dev.clove.todo", "dev.clove.todo.evil"), NotCallback, "a longer scheme"),
        (with("dev.clove.todo", "javascript"), NotCallback, "a scheme that runs"),
        (with("://", ":"), NotCallback, "no host"),
        (with("://callback", ":///callback"), NotCallback, "a path where the host belongs"),
        (with("callback", "settings"), NotCallback, "another host"),
        (with("callback", "callback.evil.example"), NotCallback, "a longer host"),
        (with("callback", "callback/more"), NotCallback, "a path"),
        (with("callback", "callback//"), NotCallback, "a path of slashes"),
        (with("callback", "callback/%2e%2e/"), NotCallback, "a path upwards"),
        (with("callback", "user:pass@callback"), NotCallback, "a user and a password"),
        (with("callback", "user@callback"), NotCallback, "a user"),
        (with("callback", "callback:80"), NotCallback, "a port"),
        (with("callback", "@callback"), NotCallback, "an empty user"),
        (with("callback", "callback:"), NotCallback, "an empty port"),
        (format!("{GOOD}#fragment"), NotCallback, "a fragment"),
        (format!("{GOOD}#"), NotCallback, "an empty fragment"),
        (format!("{GOOD}&state=other"), Repeated, "a state that came twice"),
        (format!("{GOOD}&%73tate=st"), Repeated, "the same twice, written otherwise"),
        (
            with("&created_session_id=se", "&created_session_id=se&created_session_id="),
            Repeated,
            "a session that came twice, once empty",
        ),
        (with("state=st&", ""), Missing, "no state"),
        (with("state=st", "state="), Missing, "an empty state"),
        (with("&rotating_token_nonce=no", ""), Missing, "no nonce"),
        (with("&created_session_id=se", ""), Missing, "no session"),
        (with("state=", "STATE="), Missing, "parameters have a case"),
        ("dev.clove.todo://callback".to_owned(), Missing, "no parameters"),
        (format!("{GOOD}&error=access_denied"), Refused, "the browser reports an error"),
        (format!("{GOOD}&error="), Refused, "an error without a name"),
        (format!("{GOOD}&padding={}", "x".repeat(1 << 20)), TooLong, "a megabyte"),
        (format!("{GOOD}&p={}", "x".repeat(4096)), TooLong, "a little over the bound"),
        (with("state=st", "state=s\0t"), NotUrl, "NUL"),
        (with("state=st", "state=s%00t"), NotUrl, "an encoded NUL"),
        (with("state=st", "state=s%0At"), NotUrl, "an encoded line end, for a log"),
        (with("state=st", "state=s%7Ft"), NotUrl, "an encoded DEL"),
        (with("state=st", "state=%zz"), NotUrl, "an encoding without digits"),
        (with("state=st", "state=%+1"), NotUrl, "an encoding that a lax parser reads"),
        (format!("{GOOD}%4"), NotUrl, "an encoding cut short"),
        (with("state=st", "state=%FF"), NotUrl, "bytes that are no text"),
        (format!("{GOOD}\n"), NotUrl, "a line end, which the parser would drop"),
        (with("callback", "call\tback"), NotUrl, "a tab, which the parser would drop"),
        (format!(" {GOOD}"), NotUrl, "a space, which the parser would drop"),
        (with("state=st", "state=\u{FF53}t"), NotUrl, "letters that look alike"),
    ];
    for (text, error, why) in cases {
        assert_eq!(Link::parse(&text), Err(error), "{why}");
    }
}

#[test]
fn nothing_shows_the_parameters() {
    let secret = GOOD.replace("=st", "=hush").replace("=no", "=hush").replace("=se", "=hush");
    let link = Link::parse(&secret).expect("the right shape");
    assert!(!format!("{link:?}").contains("hush"), "Debug ends in logs");
    let bad = secret.replace("callback", "elsewhere");
    let error = Link::parse(&bad).expect_err("another host");
    assert!(!format!("{error:?} {error}").contains("hush"), "so do errors");
}

/// The link that has these parameters, as a browser would be sent to it.
fn written(link: &Link) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.append_pair("state", &link.state);
    query.append_pair("rotating_token_nonce", &link.rotating_token_nonce);
    query.append_pair("created_session_id", &link.created_session_id);
    format!("{SCHEME}://callback?{}", query.finish())
}

/// Whatever is taken can be written down, and is the same when it is read again.
fn holds(text: &str) {
    let Ok(link) = Link::parse(text) else { return };
    let again = written(&link);
    // Encoding makes some characters three.
    let expected = if again.len() > LENGTH_MAX { Err(LinkError::TooLong) } else { Ok(link) };
    assert_eq!(Link::parse(&again), expected, "{text:?}");
}

proptest! {
    #[test]
    fn no_text_panics(text: String, bytes: Vec<u8>, printed in "[ -~]{0,200}") {
        for text in [&*text, &*String::from_utf8_lossy(&bytes), &*printed] {
            holds(text);
            holds(&format!("{SCHEME}://callback?{text}"));
            holds(&format!("{GOOD}&{text}"));
            holds(&GOOD.replacen("st&", &format!("{text}&"), 1));
        }
    }

    #[test]
    fn whatever_a_good_link_carries_arrives(
        state in "[ -~]{1,60}", nonce in "[ -~]{1,60}", session in "[ -~]{1,60}",
    ) {
        let link = Link { state, rotating_token_nonce: nonce, created_session_id: session };
        prop_assert_eq!(Link::parse(&written(&link)), Ok(link));
    }

    #[test]
    fn a_good_link_that_was_tampered_with_panics_nowhere(
        changes in prop::collection::vec((0..GOOD.len(), any::<u8>(), 0..3_usize), 1..6),
    ) {
        let mut bytes = GOOD.as_bytes().to_vec();
        for (at, byte, kind) in changes {
            let at = at % bytes.len();
            match kind {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                _ => {
                    bytes.remove(at);
                }
            }
        }
        holds(&String::from_utf8_lossy(&bytes));
    }
}
