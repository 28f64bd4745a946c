use proptest::prelude::*;

use super::*;

const CLIENT: &str = r#"{"response":{"object":"client","id":"client_1","sessions":[
    {"object":"session","id":"sess_1","status":"active","user":{"id":"user_1",
    "first_name":"Ada","last_name":"Lovelace","username":"ada","image_url":"https://img.clerk.com/a",
    "primary_email_address_id":"idn_2","created_at":1700000000000,"email_addresses":[
    {"id":"idn_1","email_address":"old@example.com"},{"id":"idn_2","email_address":"ada@example.com"}
    ]}},
    {"id":"sess_2","status":"ended","user":null}]},"client":null}"#;

#[test]
fn a_client_tells_who_is_signed_in() {
    let client = client(CLIENT.as_bytes()).expect("a client").expect("one that Clerk knows");
    let id = |text: &str| text.to_owned().try_into().expect("an id");
    let user = User {
        id: UserId::try_from("user_1".to_owned()).expect("an id"),
        name: "Ada Lovelace".to_owned(),
        email: Some("ada@example.com".to_owned()),
        picture: Some("https://img.clerk.com/a".parse().expect("a URL")),
        joined_at: Some(Millis::clamped(1_700_000_000_000)),
    };
    let sessions = vec![Session { id: id("sess_1"), user }];
    assert_eq!(client.sessions, sessions, "and the one without a user signs nobody in");
    assert_eq!(super::client(br#"{"response":null}"#), Ok(None), "a device that is not known");
}

#[test]
fn a_person_may_have_told_little_about_themselves() {
    let cases = [
        (r#""first_name":"Ada","last_name":"Lovelace""#, r#""first_name":null"#, "ada"),
        (r#""last_name":"Lovelace""#, r#""last_name":" ""#, "Ada"),
        (r#""first_name":"Ada""#, r#""first_name":"A\u0000d\na\u202f""#, "A d a Lovelace"),
    ];
    for (from, to, name) in cases {
        let body = CLIENT.replace(from, to);
        let client = client(body.as_bytes()).expect("a client").expect("one that is known");
        assert_eq!(client.sessions[0].user.name, name);
    }
    let spoil = |from: &str, to: &str| {
        let client = client(CLIENT.replace(from, to).as_bytes()).expect("a client");
        client.expect("one that is known").sessions.remove(0).user
    };
    assert_eq!(spoil("idn_2\",\"created", "idn_9\",\"created").email, None, "none is primary");
    assert_eq!(spoil("https://img", "http://img").picture, None, "a picture in the clear");
    assert_eq!(spoil("1700000000000", "-1").joined_at, None, "a time that is none");
    let long = spoil("Ada", &"a".repeat(9999)).name;
    assert!(long.starts_with("aaa") && long.chars().count() < 250, "a name that fits a window");
}

#[test]
fn every_other_answer_is_an_error() {
    let cases = [
        ("", "nothing"),
        ("<html><body>Log in to the hotel's network</body></html>", "HTML"),
        ("null", "JSON of nothing"),
        ("[]", "a list"),
        ("{}", "an empty object"),
        (r#"{"response":[]}"#, "a list inside"),
        (r#"{"response":{}}"#, "an empty resource"),
        (r#"{"response":"x"}"#, "a text"),
        (r#"{"response":{"object":"client"}}"#, "a client without sessions"),
        (r#"{"response":{"object":"sign_in","sessions":[],"url":"https://x/"}}"#, "another kind"),
        (r#"{"response":{"object":"client","sessions":{}}}"#, "sessions of another type"),
        (r#"{"response":{"object":"client","sessions":[{"user":null}]}}"#, "a session without id"),
        (r#"{"response":{"object":"client","sessions":[{"id":7,"user":null}]}}"#, "a number"),
        (r#"{"response":{"object":"client","sessions":[{"id":"","user":null}]}}"#, "an empty id"),
        (r#"{"response":{"object":"client","sessions":[{"id":"../x","user":null}]}}"#, "a path"),
        (r#"{"response":{"object":"client","sessions":[{"id":"a b","user":null}]}}"#, "a space"),
        (
            r#"{"response":{"object":"client","sessions":[{"id":"a","user":{}}]}}"#,
            "a user without id",
        ),
        (
            r#"{"response":{"object":"client","sessions":[{"id":"\ud800","user":null}]}}"#,
            "half a pair",
        ),
        (r#"{"response":{"object":"hosted_auth"}}"#, "no page"),
        (r#"{"response":{"object":"hosted_auth","url":null}}"#, "a page that is null"),
        (
            r#"{"response":{"object":"hosted_auth","url":"http://accounts.example.com"}}"#,
            "in the clear",
        ),
        (r#"{"response":{"object":"hosted_auth","url":"javascript:alert(1)"}}"#, "a script"),
        (r#"{"response":{"object":"hosted_auth","url":"file:///etc/passwd"}}"#, "a file"),
        (r#"{"response":{"object":"hosted_auth","url":"https://a:b@example.com"}}"#, "a password"),
        (r#"{"response":{"object":"hosted_auth","url":"--new-window"}}"#, "an option"),
        (r#"{"jwt":null}"#, "no token"),
        (r#"{"jwt":""}"#, "an empty token"),
        (r#"{"jwt":"a\r\nb"}"#, "a token with a line end"),
        (r#"{"jwt":["a"]}"#, "tokens"),
        (r#"{"display_config":null}"#, "no settings"),
        (r#"{"display_config":{"user_profile_url":7}}"#, "a page that is a number"),
        (r#"{"jwt":"a"} x"#, "more after the end"),
    ];
    for (body, why) in cases {
        let body = body.as_bytes();
        assert!(client(body).is_err(), "a client: {why}");
        assert!(hosted_auth(body).is_err(), "a page: {why}");
        assert!(token(body).is_err(), "a token: {why}");
        assert!(account_portal(body).is_err(), "a portal: {why}");
        assert_eq!(clerk_error(body), None, "an error: {why}");
    }
    let deep = "[".repeat(100_000);
    assert!(client(deep.as_bytes()).is_err(), "deep enough to overflow a stack");
    assert!(client(b"{\"response\":\"\xFF\"}").is_err(), "bytes that are no text");
    let long = format!(r#"{{"jwt":"{}"}}"#, "x".repeat(TOKEN_MAX + 1));
    assert!(token(long.as_bytes()).is_err(), "a token longer than any");
}

#[test]
fn pages_to_open_are_safe_ones() {
    for url in ["https://happy-cat-1.accounts.dev/sign-in?x=1", "http://127.0.0.1:3212/hosted"] {
        let body = format!(r#"{{"response":{{"object":"hosted_auth","url":"{url}"}}}}"#);
        assert_eq!(hosted_auth(body.as_bytes()).expect("a page").as_str(), url);
        let body = format!(r#"{{"display_config":{{"user_profile_url":"{url}"}}}}"#);
        assert_eq!(account_portal(body.as_bytes()).expect("settings"), url.parse().ok());
    }
    let none = [r#"{"display_config":{}}"#, r#"{"display_config":{"user_profile_url":"x"}}"#];
    for body in none {
        assert_eq!(account_portal(body.as_bytes()), Ok(None), "{body}");
    }
}

#[test]
fn the_first_error_counts() {
    let body =
        br#"{"errors":[{"code":"signed_out","message":"short","long_message":"a\n<b>long</b>"},
        {"code":"other"}]}"#;
    let error = clerk_error(body).expect("an error");
    assert_eq!((&*error.code, &*error.message), ("signed_out", "a <b>long</b>"), "in one line");
    let error = clerk_error(br#"{"errors":[{"code":"x"}]}"#).expect("an error");
    assert_eq!((&*error.code, &*error.message), ("x", ""), "without words");
    assert_eq!(clerk_error(br#"{"errors":[]}"#), None);
}

#[test]
fn a_client_token_comes_with_and_without_its_scheme() {
    for value in ["abc.def", "Bearer abc.def", "bearer  abc.def ", " abc.def"] {
        assert_eq!(header_token(value), Some(Secret::new("abc.def")), "{value:?}");
    }
    for value in ["", " ", "Bearer ", "Bearer", "a b", "é", "Bearer é", "1234567é"] {
        let is_word = value == "Bearer";
        assert_eq!(header_token(value).is_some(), is_word, "{value:?}");
    }
}

proptest! {
    /// Whatever comes, it is an answer or an error.
    #[test]
    fn no_answer_panics(bytes: Vec<u8>, at in 0..CLIENT.len(), byte: u8) {
        let mut mutated = CLIENT.as_bytes().to_vec();
        mutated[at] = byte;
        for body in [&bytes, &mutated] {
            let _ = (client(body), hosted_auth(body), token(body), account_portal(body));
            let _ = clerk_error(body);
        }
        let _ = header_token(&String::from_utf8_lossy(&bytes));
    }
}
