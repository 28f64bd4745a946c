//! Links with Clove's scheme, opened as a browser opens them.

use crate::harness::{NOBODY_ANSWERS, Session, TrayHost, Window, until};

const LINK: &str =
    "dev.clove.todo://callback?state=S&rotating_token_nonce=SECRETNONCE&created_session_id=C";

const REFUSED: &str = "a link was refused";

#[test]
fn a_link_reaches_the_running_clove_and_leaves_no_secret() {
    let session = Session::start();
    session.connect(NOBODY_ANSWERS);
    session.log_everything();
    let window = Window::open_list(&session);
    session.until_registered();
    let mut opener = session.open(LINK);
    assert!(opener.until_ended().success());
    session.until_logged(REFUSED);
    window.until_text("#notice", "Clove did not ask for this sign-in");
    for hostile in [
        "dev.clove.todo://elsewhere?state=SECRETNONCE",
        "dev.clove.todo://callback/../../etc?state=SECRETNONCE",
        "dev.clove.todo://callback?state=SECRETNONCE&state=SECRETNONCE",
        "dev.clove.todo:SECRETNONCE",
        &format!("dev.clove.todo://callback?state={}", "SECRETNONCE".repeat(1_000)),
    ] {
        let refusals = session.log().matches(REFUSED).count();
        assert!(session.clove(&[hostile]).status.success());
        until("the link is refused", || session.log().matches(REFUSED).count() == refusals + 1);
    }
    window.until_text("#notice", "does not understand");
    // A link beside an option is none: a page cannot make a browser pass options on.
    let refused = session.clove(&["--x", LINK]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(!session.log().contains("SECRETNONCE"));
    window.add("it goes on");
    window.until_titles(&["it goes on"]);
}

#[test]
fn a_link_starts_clove() {
    let session = Session::start();
    session.connect(NOBODY_ANSWERS);
    session.log_everything();
    // The first start registers the scheme.
    let mut first = session.start_clove(&[]);
    session.until_registered();
    first.kill();
    assert!(!session.log().contains(REFUSED));

    let _opened = session.open(LINK);
    session.until_focused("Clove");
    session.until_logged(REFUSED);
    assert!(!session.log().contains("SECRETNONCE"));
}

#[test]
fn a_link_brings_clove_out_of_the_tray() {
    let session = Session::start();
    session.connect(NOBODY_ANSWERS);
    let tray = TrayHost::start(&session);
    let mut clove = session.start_clove(&["--background"]);
    until("the icon is there", || tray.labels().len() == 6);
    session.until_registered();
    assert!(session.windows("Clove").is_empty());
    assert!(session.open(LINK).until_ended().success());
    session.until_focused("Clove");
    session.until_logged(REFUSED);
    assert!(!clove.has_ended());
}

#[test]
fn where_there_is_no_account_server_a_link_is_told_of() {
    let session = Session::start();
    let window = Window::open_list(&session);
    assert!(session.clove(&[LINK]).status.success());
    window.until_text("#notice", "Clove has no account server to sign in with");
}
