//! Signing out, and what becomes of todos that the account has not got yet.

use std::fs;

use crate::harness::{Addresses, Cloud, Keyring, Session, Window, until};

#[test]
fn what_is_kept_comes_back_to_its_own_account_alone() {
    let session = Session::start();
    let keyring = Keyring::start(&session);
    let cloud = Cloud::connected(&session);
    let pages = Addresses::collect(&session);
    let window = Window::open_list(&session);
    session.until_registered();
    window.add("nobody's");
    window.sign_in(&session, (&cloud, &pages, 1), "ada@example.com");
    window.click("#move-keep");
    window.until("the question is gone", || !window.has("#move-todos"));
    window.until_titles(&[]);
    without_convex(&cloud, || {
        window.add("ada's");
        sign_out(&window, "keep");
        window.until_signed_out();
    });
    window.until_titles(&["nobody's"]);
    until("the keyring holds nothing", || keyring.items().is_empty());
    until("Clerk knows that it is over", || {
        cloud.control("GET", "/sessions", "")[0]["status"] == "removed"
    });

    window.sign_in(&session, (&cloud, &pages, 2), "grace@example.com");
    window.click("#move-keep");
    window.until("the question is gone", || !window.has("#move-todos"));
    window.until_titles(&[]);
    window.open_account(&session);
    window.click("#sign-out");
    window.until_text("#sign-out-dialog", "Your todos stay in your account");
    window.click("#sign-out-confirm");
    window.until_signed_out();
    window.until_titles(&["nobody's"]);

    window.sign_in(&session, (&cloud, &pages, 3), "ada@example.com");
    window.until_titles(&["ada's"]);
}

#[test]
fn what_is_exported_or_discarded_is_gone_from_here() {
    let session = Session::start();
    let _keyring = Keyring::start(&session);
    let cloud = Cloud::connected(&session);
    let pages = Addresses::collect(&session);
    let window = Window::open_list(&session);
    session.until_registered();
    window.sign_in(&session, (&cloud, &pages, 1), "ada@example.com");
    without_convex(&cloud, || {
        window.add("to a file");
        sign_out(&window, "export");
        window.until("the file is named", || window.has("#exported-to"));
        let file = window.text("#exported-to");
        assert!(fs::read_to_string(&file).unwrap().contains("to a file"), "{file}");
        window.click("#exported-close");
        window.until_signed_out();
    });

    window.sign_in(&session, (&cloud, &pages, 2), "ada@example.com");
    window.until_titles(&[]);
    without_convex(&cloud, || {
        window.add("to nowhere");
        sign_out(&window, "discard");
        window.until_text("#sign-out-dialog", "cannot be brought back");
        window.click("#discard-confirm");
        window.until_signed_out();
    });

    window.sign_in(&session, (&cloud, &pages, 3), "ada@example.com");
    window.until_titles(&[]);
}

/// Does something while no edit reaches the account.
#[track_caller]
fn without_convex(cloud: &Cloud, act: impl FnOnce()) {
    cloud.control("POST", "/faults/convex", r#"{"kind":"cut"}"#);
    act();
    cloud.control("DELETE", "/faults/convex", "");
}

/// Chooses to sign out, and what becomes of the edits.
#[track_caller]
fn sign_out(window: &Window, choice: &str) {
    window.click("#account-button");
    window.click("#sign-out");
    window.until_text("#sign-out-dialog", "has not reached your account yet");
    window.click(&format!("#sign-out-{choice}"));
    window.click("#sign-out-confirm");
}
