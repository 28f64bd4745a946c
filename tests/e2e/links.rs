//! Links with Clove's scheme, opened as a browser opens them.

use crate::harness::{Session, TrayHost, Window, until};

const LINK: &str =
    "dev.clove.todo://callback?state=S&rotating_token_nonce=SECRETNONCE&created_session_id=C";

#[test]
fn a_link_reaches_the_running_clove_and_leaves_no_secret() {
    let session = Session::start();
    log_everything(&session);
    let window = Window::open_list(&session);
    session.until_registered();
    let mut opener = session.open(LINK);
    assert!(opener.until_ended().success());
    session.until_logged("a sign-in link came that nobody asked for");
    window.until_text("#notice", "no sign-in was started here");
    for hostile in [
        "dev.clove.todo://elsewhere?state=SECRETNONCE",
        "dev.clove.todo://callback/../../etc?state=SECRETNONCE",
        "dev.clove.todo://callback?state=SECRETNONCE&state=SECRETNONCE",
        "dev.clove.todo:SECRETNONCE",
        &format!("dev.clove.todo://callback?state={}", "SECRETNONCE".repeat(1_000)),
    ] {
        let refusals = session.log().matches("a link was refused").count();
        assert!(session.clove(&[hostile]).status.success());
        until("the link is refused", || {
            session.log().matches("a link was refused").count() == refusals + 1
        });
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
    log_everything(&session);
    // The first start registers the scheme.
    let mut first = session.start_clove(&[]);
    session.until_registered();
    first.kill();
    assert!(!session.log().contains("sign-in link"));

    let _opened = session.open(LINK);
    session.until_focused("Clove");
    session.until_logged("a sign-in link came that nobody asked for");
    assert!(!session.log().contains("SECRETNONCE"));
}

#[test]
fn a_link_brings_clove_out_of_the_tray() {
    let session = Session::start();
    let tray = TrayHost::start(&session);
    let mut clove = session.start_clove(&["--background"]);
    until("the icon is there", || tray.labels().len() == 4);
    session.until_registered();
    assert!(session.windows("Clove").is_empty());
    assert!(session.open(LINK).until_ended().success());
    session.until_focused("Clove");
    session.until_logged("a sign-in link came that nobody asked for");
    assert!(!clove.has_ended());
}

fn log_everything(session: &Session) {
    std::fs::create_dir_all(session.data()).unwrap();
    std::fs::write(session.data().join("settings.json"), r#"{"logLevel":"trace"}"#).unwrap();
}
