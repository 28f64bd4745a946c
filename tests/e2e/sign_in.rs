//! Signing in: from Clove to the browser and back, as a person does it.

use crate::harness::{Addresses, Browser, Cloud, Keyring, Session, Window, until};

#[test]
fn a_person_signs_up_in_the_browser_and_stays_signed_in_without_a_network() {
    let session = Session::start();
    let keyring = Keyring::start(&session);
    let cloud = Cloud::connected(&session);
    let browser = Browser::open(&session);
    let window = Window::open_list(&session);
    session.until_registered();

    window.ask_to_sign_in(&session);
    browser.until_page(&format!("{}/hosted/sign-in", cloud.clerk()));
    session.until_focused("Sign in to Clove - Chromium");
    browser.click("a[href*='sign-up']");
    session.until_focused("Create your account - Chromium");
    // The field of the address has the focus; the names follow.
    session.type_text("ada@example.com");
    for name in ["Ada", "Lovelace"] {
        session.key("Tab");
        session.type_text(name);
    }
    session.key("Return");

    session.until_focused("Clove");
    window.until_text("#toast", "Signed in as Ada Lovelace");
    window.until_signed_in("Ada Lovelace");
    until("the backend has said who it is", || {
        window.account()["status"]["profile"]["role"] == "user"
    });
    window.open_account(&session);
    assert_eq!(window.text("#profile-name"), "Ada Lovelace");
    window.until_text("#account", "ada@example.com");
    window.until_text("#account", "Joined");
    assert!(!window.has("#account-notice"), "{}", window.text("#account-notice"));
    keyring.until_session_kept();
    until("the attempt is forgotten", || keyring.kept("attempt ").is_empty());

    drop(cloud);
    window.kill();
    let window = Window::open_list(&session);
    window.until_signed_in("Ada Lovelace");
    window.add("without a network");
    window.until_titles(&["without a network"]);
}

#[test]
fn a_link_starts_clove_signed_in_and_the_todos_of_before_are_moved() {
    let session = Session::start();
    let keyring = Keyring::start(&session);
    let cloud = Cloud::connected(&session);
    let browser = Browser::open(&session);
    let window = Window::open_list(&session);
    session.until_registered();
    window.add("of before");
    window.ask_to_sign_in(&session);
    browser.until_page(&format!("{}/hosted/sign-in", cloud.clerk()));
    window.kill();

    session.until_focused("Sign in to Clove - Chromium");
    session.type_text("grace@example.com");
    session.key("Return");
    session.until_focused("Clove");
    session.until_logged("signed in");
    keyring.until_session_kept();
    // It was started by the browser, and goes with it.
    drop(browser);

    let window = Window::open_list(&session);
    window.until_signed_in("grace");
    window.until_text("#move-todos", "Move 1 todo into your account?");
    session.until_focused("Clove");
    window.until("moving is suggested", || window.has("#move-move:focus"));
    session.key("Return");
    window.until_titles(&["of before"]);
    window.until_text("#toast", "1 todo is in your account now");
    window.until("the question is gone", || !window.has("#move-todos"));
}

#[test]
fn the_page_is_opened_again_or_by_its_link_and_after_cancelling_by_none() {
    let session = Session::start();
    let _keyring = Keyring::start(&session);
    let cloud = Cloud::connected(&session);
    let pages = Addresses::collect(&session);
    let window = Window::open_list(&session);
    session.until_registered();

    window.ask_to_sign_in(&session);
    let page = pages.until_opened(1);
    assert!(page.starts_with(cloud.clerk()), "{page}");
    window.click("#open-again");
    assert_eq!(pages.until_opened(2), page, "it is the same page");
    window.click("#copy-link");
    window.until_text("#account", "Link copied");
    session.key("Escape");
    session.key("ctrl+n");
    session.key("ctrl+v");
    window.until("the link is pasted", || window.value("#add-input") == page);

    window.open_account(&session);
    window.click("#cancel-sign-in");
    window.until_signed_out();
    let late = cloud.sign_in_at(&page, "ada@example.com");
    assert!(session.open(&late).until_ended().success());
    session.until_logged("a link was refused");
    window.until_text("#notice", "Clove did not ask for this sign-in");
    assert_eq!(window.account()["status"]["state"], "signedOut");

    // A second attempt makes the first one void.
    window.click("#sign-in");
    let first = pages.until_opened(3);
    // Cancel moves aside for the other buttons.
    window.until("all buttons are there", || window.has("#copy-link"));
    window.click("#cancel-sign-in");
    window.until("it can be chosen again", || window.has("#sign-in"));
    window.click("#sign-in");
    let second = pages.until_opened(4);
    let void = cloud.sign_in_at(&first, "mallory@example.com");
    assert!(session.open(&void).until_ended().success());
    window.until_text("#notice", "This link belongs to another sign-in");
    let link = cloud.sign_in_at(&second, "ada@example.com");
    assert!(session.open(&link).until_ended().success());
    window.until_signed_in("ada");
}
