//! Links with Clove's scheme, followed in a real browser: from a page to Clove's window.

use std::{
    io::{BufRead, BufReader, Write},
    net::{TcpListener, TcpStream},
    thread,
};

use crate::harness::{Browser, NOBODY_ANSWERS, Session, Window};

const LINK: &str = "dev.clove.todo://callback?state=S&rotating_token_nonce=N&created_session_id=C";
const ARRIVED: &str = "a link was refused";

#[test]
fn the_browser_hands_the_link_of_a_form_to_the_running_clove() {
    let session = Session::start();
    session.connect(NOBODY_ANSWERS);
    let window = Window::open_list(&session);
    session.until_registered();
    let browser = Browser::open(&session);
    let address = serve();

    assert!(session.open(&address).until_ended().success());
    browser.until_page(&address);
    session.until_focused("Sign in - Chromium");
    browser.type_into("input", "ada@example.com");
    browser.click("button");
    session.until_focused("Clove");
    session.until_logged(ARRIVED);
    window.until_text("#notice", "Clove did not ask for this sign-in");
}

#[test]
fn the_browser_starts_clove_with_the_link() {
    let session = Session::start();
    session.connect(NOBODY_ANSWERS);
    // The first start registers the scheme.
    let mut first = session.start_clove(&[]);
    session.until_registered();
    first.kill();
    let _browser = Browser::open(&session);
    assert!(!session.log().contains(ARRIVED));

    // Nobody clicks: the address itself leads on.
    assert!(session.open(&format!("{}go", serve())).until_ended().success());
    session.until_focused("Clove");
    session.until_logged(ARRIVED);
}

/// Serves a page with a form, which leads to Clove as the hosted page does. Its address.
fn serve() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/", listener.local_addr().unwrap());
    // A browser opens connections ahead of need: each has a thread.
    thread::spawn(move || {
        for connection in listener.incoming().flatten() {
            thread::spawn(move || answer(connection));
        }
    });
    address
}

const PAGE: &str = "<!doctype html><title>Sign in</title>
    <form method=post action=/go><label>Email <input></label><button>Continue</button></form>";

/// Answers one request.
fn answer(mut connection: TcpStream) {
    let mut head = BufReader::new(connection.try_clone().unwrap()).lines();
    let request = head.next().and_then(Result::ok).unwrap_or_default();
    head.take_while(|line| line.as_ref().is_ok_and(|line| !line.is_empty())).for_each(drop);
    let answer = if request.contains(" /go ") {
        format!("HTTP/1.1 303 See Other\r\nLocation: {LINK}\r\nContent-Length: 0\r\n\r\n")
    } else {
        format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n{PAGE}")
    };
    let _ = connection.write_all(answer.as_bytes());
}
