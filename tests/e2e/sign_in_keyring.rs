//! Signing in where the keyring does not do its part.

use crate::harness::{Addresses, Cloud, Keyring, Session, Window};

#[test]
fn without_a_keyring_the_sign_in_lasts_until_clove_quits() {
    let session = Session::start();
    let cloud = Cloud::connected(&session);
    let pages = Addresses::collect(&session);
    let window = Window::open_list(&session);
    session.until_registered();
    window.sign_in(&session, (&cloud, &pages, 1), "ada@example.com");
    window.add("of ada");
    window.open_account(&session);
    window.until_text("#account-notice", "Clove found no keyring on this system");
    window.until_text("#account-notice", "only until Clove quits");
    window.kill();

    let window = Window::open_list(&session);
    window.until_titles(&["of ada"]);
    window.until("the session is gone", || window.has("#account-button.sessionLost"));
    window.open_account(&session);
    window.until_text("#account-notice", "sign in again");
    session.key("Escape");
    window.until("the panel is closed", || !window.has("#account"));
    window.add("all the same");
    window.until_titles(&["all the same", "of ada"]);
}

#[test]
fn while_the_keyring_is_locked_clove_can_be_used_and_says_so() {
    let session = Session::start();
    let keyring = Keyring::start(&session);
    let cloud = Cloud::connected(&session);
    let pages = Addresses::collect(&session);
    let window = Window::open_list(&session);
    session.until_registered();
    window.sign_in(&session, (&cloud, &pages, 1), "ada@example.com");
    window.add("of ada");
    keyring.until_session_kept();
    window.kill();
    drop(keyring);

    let keyring = Keyring::start_locked(&session);
    let window = Window::open_list(&session);
    window.until_titles(&["of ada"]);
    window.add("meanwhile");
    window.until_titles(&["meanwhile", "of ada"]);
    assert!(keyring.is_locked());
    assert_eq!(window.account()["status"]["state"], "restoring");
    window.until("somebody is wanted", || window.has("#account-button.restoring .mark"));
    window.click("#account-button");
    window.until_text("#account-notice", "Unlock your keyring to go on.");
    keyring.unlock(&session);
    window.until_signed_in("ada");
    window.until("nobody is wanted", || !window.has("#account-button .mark"));
    window.until("the notice is gone", || !window.has("#account-notice"));
}

#[test]
fn a_keyring_that_is_unlocked_after_the_sign_in_takes_the_session() {
    let session = Session::start();
    // The first start makes it.
    drop(Keyring::start(&session));
    let keyring = Keyring::start_locked(&session);
    let cloud = Cloud::connected(&session);
    let pages = Addresses::collect(&session);
    let window = Window::open_list(&session);
    session.until_registered();
    // Its dialog comes up at once, and stays open while the person signs in.
    window.sign_in(&session, (&cloud, &pages, 1), "ada@example.com");
    window.click("#account-button");
    window.until_text("#account-notice", "Unlock your keyring");
    keyring.unlock(&session);
    keyring.until_session_kept();
    window.until("the notice is gone", || !window.has("#account-notice"));
}
