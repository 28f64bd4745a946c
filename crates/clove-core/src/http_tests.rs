use std::{
    io::{Read, Write},
    net::{Shutdown, TcpListener, TcpStream},
    thread,
};

use super::*;

/// A server that reads one request, lets `answer` say something, and gives the request back.
fn serve(
    answer: impl FnOnce(&mut TcpStream) + Send + 'static,
) -> (Url, thread::JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("the port");
    let asked = thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("a client comes");
        let mut bytes = vec![0; 65536];
        let length = stream.read(&mut bytes).unwrap_or(0);
        answer(&mut stream);
        String::from_utf8_lossy(&bytes[..length]).into_owned()
    });
    let url = format!("http://{address}/v1/path?nonce=hush").parse().expect("a URL");
    (url, asked)
}

fn says(bytes: &'static [u8]) -> impl FnOnce(&mut TcpStream) + Send + 'static {
    move |stream| stream.write_all(bytes).expect("the client listens")
}

fn wait<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime").block_on(future)
}

fn send(url: Url, body: Body, limits: Limits) -> Result<Response, HttpError> {
    let authorization = Some(Secret::new("hush"));
    wait(SystemHttp::new(limits).send(Request { url, authorization, body }))
}

fn get(url: Url) -> Result<Response, HttpError> {
    send(url, Body::Get, Limits { body: 8, ..Limits::default() })
}

#[test]
fn a_form_is_posted_and_its_answer_read() {
    let (url, asked) =
        serve(says(b"HTTP/1.1 418 x\r\nAuthorization: next\r\nContent-Length: 3\r\n\r\nabc"));
    let fields = vec![("state", Secret::new("a b&c=é")), ("mode", Secret::new("x"))];
    let response = send(url, Body::Form(fields), Limits::default()).expect("an answer");
    let (status, body) = (response.status, &*response.body);
    assert_eq!((status, response.header("authorization"), body), (418, Some("next"), &b"abc"[..]));

    let asked = asked.join().expect("the server ends");
    assert!(asked.starts_with("POST /v1/path?nonce=hush HTTP/1.1\r\n"), "{asked}");
    assert!(asked.contains("\r\nauthorization: hush\r\n"), "{asked}");
    assert!(asked.contains("\r\ncontent-type: application/x-www-form-urlencoded\r\n"), "{asked}");
    assert!(asked.ends_with("\r\n\r\nstate=a+b%26c%3D%C3%A9&mode=x"), "{asked}");
    for absent in ["origin:", "cookie:", "referer:", "accept-encoding:"] {
        assert!(!asked.to_lowercase().contains(absent), "{absent} is not sent: {asked}");
    }
}

#[test]
fn a_body_is_read_up_to_the_bound() {
    let (url, _) = serve(says(b"HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n12345678"));
    assert_eq!(get(url).expect("as long as allowed").body.len(), 8);
    let (url, _) = serve(says(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n123456789"));
    assert_eq!(get(url).expect_err("a byte more"), HttpError::TooLarge);
}

#[test]
fn a_body_without_end_is_left() {
    let (url, asked) = serve(|stream| {
        stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").expect("the client listens");
        while stream.write_all(&[b'x'; 4096]).is_ok() {}
    });
    assert_eq!(get(url).expect_err("too much"), HttpError::TooLarge);
    asked.join().expect("the server sees that nobody reads on");
}

#[test]
fn redirects_are_answers() {
    let (url, _) = serve(says(
        b"HTTP/1.1 302 x\r\nLocation: https://elsewhere.invalid/\r\nContent-Length: 0\r\n\r\n",
    ));
    let response = get(url).expect("an answer");
    assert_eq!(response.status, 302, "the token would go along to wherever that is");
}

#[test]
fn nothing_is_sent_in_the_clear() {
    let insecure = [
        ("http://example.com/", "plain HTTP"),
        ("http://localhost/", "a name, which somebody else may answer for"),
        ("http://127.0.0.1.example.com/", "a name that looks like this machine"),
        ("http://10.0.0.1/", "another machine"),
        ("http://0.0.0.0/", "every interface"),
        ("https://user@example.com/", "a user"),
        ("https://:hush@example.com/", "a password"),
        ("ftp://127.0.0.1/", "another scheme"),
    ];
    for (text, why) in insecure {
        let url: Url = text.parse().expect("a URL");
        assert!(!is_secure(&url), "{why}");
        assert_eq!(get(url).expect_err(why), HttpError::Insecure, "{why}");
    }
    for text in
        ["https://example.com/", "https://10.0.0.1/", "http://127.0.0.2:1/", "http://[::1]/"]
    {
        assert!(is_secure(&text.parse().expect("a URL")), "{text} is fine");
    }
}

#[test]
fn what_goes_wrong_has_a_name_and_shows_no_secret() {
    let nobody = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let closed = format!("http://{}/?nonce=hush", nobody.local_addr().expect("the port"));
    drop(nobody);
    let (cut, _) = serve(|stream| stream.shutdown(Shutdown::Both).expect("open until now"));
    let (half, _) = serve(says(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n1234"));
    let (other, _) = serve(says(b"SSH-2.0-OpenSSH\r\n"));
    let offline = [
        (closed.parse().expect("a URL"), "nobody listens"),
        (cut, "cut before the answer"),
        (half, "cut within the answer"),
        (other, "another protocol"),
    ];
    for (url, why) in offline {
        assert_eq!(get(url).expect_err(why), HttpError::Offline, "{why}");
    }
    let (mut plain, _) = serve(says(b"HTTP/1.1 400 no TLS here\r\n\r\n"));
    plain.set_scheme("https").expect("a scheme");
    let error = get(plain).expect_err("no TLS");
    assert!(matches!(error, HttpError::Other(_)), "{error:?}");
    assert!(!format!("{error:?} {error}").contains("hush"), "{error:?}");
}

#[test]
fn a_server_that_hangs_is_left_in_time() {
    let (heard, hears) = std::sync::mpsc::channel::<()>();
    let (url, _) = serve(move |_| hears.recv().unwrap_or_default());
    let limits = Limits { total: Duration::from_millis(50), ..Limits::default() };
    assert_eq!(send(url, Body::Get, limits).expect_err("no answer"), HttpError::Timeout);
    drop(heard);
}

#[test]
fn nothing_of_a_request_or_an_answer_is_shown() {
    let url = "https://example.com/v1/client?nonce=hush".parse().expect("a URL");
    let body = Body::Form(vec![("code_verifier", Secret::new("hush"))]);
    let request = Request { url, authorization: Some(Secret::new("hush")), body };
    assert_eq!(format!("{request:?}"), "Request(https://example.com/v1/client)");
    let headers = [("authorization".to_owned(), "hush".to_owned())].into();
    let response = Response { status: 200, headers, body: b"hush".to_vec() };
    assert_eq!(format!("{response:?}"), "Response(200)");
}

#[test]
fn a_token_with_line_ends_is_not_sent() {
    let url = "http://127.0.0.1:1/".parse().expect("a URL");
    let authorization = Some(Secret::new("a\r\nOrigin: x"));
    let sent = wait(SystemHttp::default().send(Request { url, authorization, body: Body::Get }));
    assert!(matches!(sent, Err(HttpError::Other(_))), "{sent:?}");
}
