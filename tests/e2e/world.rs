//! The machine's network comes and goes, and it sleeps.

use std::fs;

use crate::harness::{
    Addresses, CONNECTED, Cloud, DISCONNECTED, Keyring, Session, System, Window, until,
};

#[test]
fn without_a_network_nothing_is_sent_and_with_one_all_of_it_at_once() {
    let session = Session::start();
    let system = System::start(session.bus(), CONNECTED);
    let _keyring = Keyring::start(&session);
    let cloud = Cloud::connected(&session);
    let pages = Addresses::collect(&session);
    session.log_everything();
    let window = Window::open_list(&session);
    session.until_registered();
    window.sign_in(&session, (&cloud, &pages, 1), "ada@example.com");
    let is_on_server = |title: &str| {
        let kept = fs::read_to_string(session.path("cloud").join("convex.jsonl")).unwrap();
        kept.contains(&format!("\"{title}\""))
    };
    window.add("before");
    until("it is on the server", || is_on_server("before"));

    system.set_state(DISCONNECTED);
    session.until_logged("change=Network(false)");
    // The first that sync asks for from here on strikes this, and is refused.
    cloud.control("POST", "/faults/convex", r#"{"kind":"error","match":"sync:","times":1}"#);
    window.add("meanwhile");
    session.until_listed(&["meanwhile", "before"]);
    system.prepare_for_sleep(true);
    system.prepare_for_sleep(false);
    session.until_logged("change=Woke");
    window.add("after the sleep");
    session.until_listed(&["after the sleep", "meanwhile", "before"]);
    let faults = cloud.control("GET", "/faults/convex", "");
    assert_eq!(faults.as_array().unwrap().len(), 1, "nothing was asked for");
    cloud.control("DELETE", "/faults/convex", "");
    assert!(!is_on_server("meanwhile"));

    system.set_state(CONNECTED);
    // A poll would come after a minute, and this waits for half of one.
    until("all of it is on the server", || {
        is_on_server("meanwhile") && is_on_server("after the sleep")
    });
}
