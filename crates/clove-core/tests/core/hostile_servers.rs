//! Servers that answer as none should: each answer is an error with a type.

use std::{
    io::{ErrorKind, Read, Write},
    net::TcpListener,
    sync::Arc,
    thread,
};

use clove_core::{
    account::{
        Link,
        attempt::Attempt,
        clock::ServerClock,
        connection::ConvexUrl,
        convex_api::{ConvexApi, ConvexApiError},
        frontend_api::FrontendApi,
        frontend_error::FrontendError,
        view::SignInMode,
    },
    clock::{Millis, SystemClock},
    http::{HttpError, SystemHttp},
    random::SystemRandom,
    secret::Secret,
};

/// A server that gives every request the same answer, until the test's process ends.
pub(crate) fn serve(status: &str, headers: &str, body: Vec<u8>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("the port");
    let length = body.len();
    let head = format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {length}\r\n\r\n");
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.expect("a client comes");
            let _ = stream.read(&mut [0; 65536]);
            // A client that has read enough leaves.
            let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&body));
        }
    });
    format!("http://{address}")
}

fn frontend(origin: &str) -> FrontendApi {
    let clock = Arc::new(ServerClock::new(Arc::new(SystemClock)));
    let base = format!("{origin}/v1").parse().expect("a URL");
    FrontendApi::new(Arc::new(SystemHttp::default()), clock, base, None, Box::new(|_| ()))
}

/// What each call makes of the server at `origin`.
async fn errors(origin: &str) -> Vec<FrontendError> {
    let api = frontend(origin);
    let attempt = Attempt::begin(SignInMode::SignIn, &SystemRandom, Millis::ZERO);
    let attempt = attempt.expect("randomness");
    let [state, rotating_token_nonce, created_session_id] = ["s", "n", "sess_1"].map(str::to_owned);
    let link = Link { state, rotating_token_nonce, created_session_id };
    let session = "sess_1".to_owned().try_into().expect("an id");
    vec![
        api.begin(&attempt).await.expect_err("no page"),
        api.redeem(&link, &attempt).await.expect_err("no session"),
        api.client().await.expect_err("no client"),
        api.mint(&session, None).await.expect_err("no token"),
        api.account_portal().await.expect_err("no environment"),
    ]
}

async fn convex_error(origin: &str) -> ConvexApiError {
    let url = ConvexUrl::parse(origin).expect("a deployment");
    let api = ConvexApi::new(Arc::new(SystemHttp::default()), url);
    api.current_user(&Secret::new("a.b.c")).await.expect_err("no profile")
}

#[tokio::test]
async fn answers_that_make_no_sense_are_errors_with_a_type() {
    let cases = [
        ("200 OK", "<html><body>Log in to the hotel's network</body></html>", "HTML"),
        ("200 OK", "", "nothing"),
        ("200 OK", "\u{1}\u{2}{", "not JSON"),
        ("200 OK", "{}", "no fields"),
        ("200 OK", r#"{"response":{"object":"client"},"status":"success"}"#, "missing fields"),
        ("200 OK", r#"{"response":"\ud800","jwt":"\udfff","value":"\ud800"}"#, "half a pair"),
        ("200 OK", r#"{"response":[1],"jwt":{},"display_config":[],"status":7}"#, "other types"),
        ("404 Not Found", "<html>", "another server"),
        ("407 Proxy Authentication Required", "{}", "a proxy"),
        ("401 Unauthorized", "<html>", "a proxy that looks like Clerk"),
    ];
    for (status, body, why) in cases {
        let origin = serve(status, "Connection: close\r\n", body.as_bytes().to_vec());
        for error in errors(&origin).await {
            assert!(matches!(error, FrontendError::BadAnswer(_)), "{why}: {error:?}");
            assert!(!error.to_string().contains("hotel"), "{why}: an error shows none of it");
        }
        let error = convex_error(&origin).await;
        let is_typed = match status {
            "401 Unauthorized" => error == ConvexApiError::Unauthorized,
            _ => error == ConvexApiError::BadAnswer,
        };
        assert!(is_typed, "{why}: {error:?}");
    }
}

#[tokio::test]
async fn an_answer_of_ten_megabytes_is_not_read() {
    let origin = serve("200 OK", "Connection: close\r\n", vec![b'['; 10 << 20]);
    for error in errors(&origin).await {
        assert_eq!(error, HttpError::TooLarge.into());
    }
    assert_eq!(convex_error(&origin).await, HttpError::TooLarge.into());
    let deep = serve("200 OK", "Connection: close\r\n", vec![b'['; 1 << 20]);
    for error in errors(&deep).await {
        assert!(matches!(error, FrontendError::BadAnswer(_)), "as deep as it is long: {error:?}");
    }
}

#[tokio::test]
async fn nobody_is_led_elsewhere() {
    let elsewhere = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let target = elsewhere.local_addr().expect("the port");
    for status in ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"] {
        let headers = format!("Location: http://{target}/v1\r\nConnection: close\r\n");
        let origin = serve(status, &headers, b"{}".to_vec());
        for error in errors(&origin).await {
            assert!(matches!(error, FrontendError::BadAnswer(_)), "{status}: {error:?}");
        }
        assert_eq!(convex_error(&origin).await, ConvexApiError::BadAnswer, "{status}");
    }
    elsewhere.set_nonblocking(true).expect("a socket");
    let came = elsewhere.accept().map(|_| ()).map_err(|error| error.kind());
    assert_eq!(came, Err(ErrorKind::WouldBlock), "no token was carried there");
}
