//! Clove is killed while it syncs, again and again: what it took is on every device in the end, once.
//!
//! `CLOVE_SYNC_KILLS` is how often; 20 where it is not set.

use std::fs;

use crate::{
    harness::{Cloud, Session, until},
    sync::Device,
};

#[test]
fn nothing_is_lost_when_clove_is_killed_while_it_syncs() {
    let kills = std::env::var("CLOVE_SYNC_KILLS").map_or(20, |text| text.parse().unwrap());
    let home = Session::start();
    let cloud = Cloud::start(&home);
    let is_on_server = |title: &str| {
        let kept = fs::read_to_string(home.path("cloud").join("convex.jsonl")).unwrap();
        kept.contains(&format!("\"{title}\""))
    };
    let desk = Device::signed_in(&cloud);
    desk.window.add("before");
    until("it is on the server", || is_on_server("before"));
    desk.window.kill();

    let (mut titles, mut unsent) = (vec!["before".to_owned()], 0);
    for round in 0..kills {
        // Each kill meets another moment of a call: the more of them, the later the answer.
        let fault = format!(r#"{{"kind":"delay","match":"sync:","ms":{}}}"#, round * 37 % 150);
        cloud.control("POST", "/faults/convex", &fault);
        if round % 3 == 0 {
            let fault = r#"{"kind":"drop_reply","match":"sync:push","times":1}"#;
            cloud.control("POST", "/faults/convex", fault);
        }
        let mut clove = desk.session.start_clove(&["--background"]);
        let starts = || desk.session.log().matches("the database is sound").count();
        until("it runs", || starts() > round + 1);
        for number in 0..=round % 4 {
            let title = format!("{round}.{number}");
            assert!(desk.session.clove(&["add", &title]).status.success(), "it was taken");
            titles.push(title);
        }
        clove.kill();
        unsent += usize::from(titles.last().is_some_and(|title| !is_on_server(title)));
        cloud.control("DELETE", "/faults/convex", "");
    }
    assert!(unsent > 0, "kills came before all was sent");

    titles.sort_unstable();
    let _clove = desk.session.start_clove(&["--background"]);
    let sofa = Device::signed_in(&cloud);
    for session in [&desk.session, &sofa.session] {
        until("all of it is there, once", || listed(session) == titles);
    }
    assert!(titles.iter().all(|title| is_on_server(title)));
}

fn listed(session: &Session) -> Vec<String> {
    let list = String::from_utf8(session.clove(&["list"]).stdout).unwrap();
    let mut titles: Vec<String> =
        list.lines().filter_map(|line| line.strip_prefix("[ ] ")).map(str::to_owned).collect();
    titles.sort_unstable();
    titles
}
