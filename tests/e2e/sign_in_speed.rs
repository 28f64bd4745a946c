//! How long it takes from the browser's redirect to the signed-in window. A measurement, not a bound:
//! `cargo xtask bench sign-in` runs it.

use serde_json::Value;

use crate::harness::{Browser, Cloud, Keyring, Session, Window, until};

const RUNS: usize = 20;

/// Has the page note when its form is sent, in milliseconds since the epoch. The answer is the redirect.
const NOTE_SENDING: &str = "addEventListener('submit', () => (window.sent = Date.now()))";

/// Has the window note when somebody is signed in on its screen, and when it comes to the front.
const NOTE_ARRIVAL: &str = "window.shown = window.front = null;
    const look = () => {
        if (!document.querySelector('#account-button.signedIn')) return;
        looking.disconnect();
        requestAnimationFrame(() => setTimeout(() => (window.shown = Date.now())));
    };
    const looking = new MutationObserver(look);
    looking.observe(document.body, { subtree: true, childList: true, attributes: true });
    addEventListener('focus', () => (window.front = Date.now()), { once: true });";

#[test]
#[ignore = "it measures: `cargo xtask bench sign-in`"]
fn from_the_redirect_to_the_signed_in_window() {
    let session = Session::start();
    let keyring = Keyring::start(&session);
    let cloud = Cloud::connected(&session);
    let browser = Browser::open(&session);
    let window = Window::open_list(&session);
    session.until_registered();
    let mut times = Vec::new();
    for _ in 0..RUNS {
        window.ask_to_sign_in(&session);
        window.until("the link can be copied", || window.has("#copy-link"));
        let page = window.invoke("sign_in_link", Value::Object(Default::default())).unwrap();
        assert!(page.as_str().unwrap().starts_with(cloud.clerk()));
        browser.until_page(page.as_str().unwrap());
        session.until_focused("Sign in to Clove - Chromium");
        window.run(NOTE_ARRIVAL, &[]);
        browser.run(NOTE_SENDING);
        session.type_text("ada@example.com");
        session.key("Return");
        let both = "return window.shown && window.front && Math.max(window.shown, window.front)";
        window.until("somebody is signed in, in front", || !window.run(both, &[]).is_null());
        let arrived = window.run(both, &[]).as_u64().unwrap();
        times.push(arrived - browser.run("return window.sent").as_u64().unwrap());

        keyring.until_session_kept();
        session.until_focused("Clove");
        window.click("#account-button");
        window.click("#sign-out");
        window.click("#sign-out-confirm");
        window.until_signed_out();
        until("the keyring is empty", || keyring.items().is_empty());
    }
    times.sort_unstable();
    eprintln!(
        "from the redirect to the signed-in window, {RUNS} times: {} ms at least, {} ms in the \
         median, {} ms at most\n{times:?}",
        times[0],
        times[RUNS / 2],
        times[RUNS - 1]
    );
}
