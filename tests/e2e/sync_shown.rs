//! How sync stands, as the real window shows it, with the local cloud and its faults.

use serde_json::{Value, json};

use crate::{
    harness::{Cloud, Session, Window, seed, until},
    sync::Device,
};

#[test]
fn without_the_cloud_the_window_says_so_and_how_much_waits() {
    let home = Session::start();
    let cloud = Cloud::start(&home);
    let desk = Device::signed_in(&cloud);
    desk.until_synced();

    let before = place(&desk.window);
    cloud.control("POST", "/faults/convex", r#"{"kind":"cut"}"#);
    desk.window.add("milk");
    desk.window.until_text("#sync-button", "Offline · 1 waiting");
    assert_eq!(place(&desk.window), before, "the search field stands still");
    desk.window.until_text("#live", "Offline. Edits stay on this device.");
    desk.window.add("bread");
    desk.window.until_text("#sync-button", "Offline · 2 waiting");
    desk.window.until("each row has its mark", || desk.marks("onThisDevice") == 2);
    cloud.control("DELETE", "/faults/convex", "");

    desk.open_sync();
    desk.window.until("the choice has the focus", || desk.window.has("#sync-now:focus"));
    desk.session.key("Return");
    desk.window.until_text("#sync-headline", "Up to date");
    desk.window.until_text("#sync-since", "Last synced just now.");
    desk.session.key("Escape");
    desk.until_synced();
    desk.window.until("no row has a mark", || desk.marks("onThisDevice") == 0);
}

/// Where the search field is.
fn place(window: &Window) -> Value {
    let script = "const { x, y, width } = document.querySelector('#search-input')
        .getBoundingClientRect(); return [x, y, width]";
    window.run(script, &[])
}

#[test]
fn a_todo_that_the_server_refuses_is_set_aside_and_tried_again() {
    let home = Session::start();
    let cloud = Cloud::start(&home);
    let desk = Device::signed_in(&cloud);
    cloud.control("POST", "/faults/convex", r#"{"kind":"error","status":560,"match":"rope"}"#);
    desk.window.add("rope");
    desk.window.add("milk");
    desk.window.until_text("#sync-button", "1 not synced");
    desk.window.until("its row has a mark", || desk.marks("setAside") == 1);
    desk.open_sync();
    desk.window.until_text("[data-aside]", "rope");
    desk.window.until_text("[data-aside] .reason", "A fault control answers 560.");

    cloud.control("DELETE", "/faults/convex", "");
    desk.window.click(".aside-retry");
    desk.window.until("there is nothing set aside", || !desk.window.has("#set-aside"));
    desk.window.until_text("#sync-headline", "Up to date");
    let sofa = Device::signed_in(&cloud);
    sofa.window.until_titles(&["milk", "rope"]);
}

#[test]
fn the_first_sync_of_ten_thousand_todos_shows_how_far_it_is() {
    const COUNT: usize = 10_000;
    let home = Session::start();
    let cloud = Cloud::start(&home);
    let session = Session::start();
    seed(&session.data(), COUNT);
    let desk = Device::signed_in_at(session, &cloud);
    desk.window.click("#move-move");
    desk.window.until("they are in the account", || !desk.window.has("#move-todos"));
    for most in (0..10).rev().map(|part| COUNT / 10 * part) {
        desk.until_sent(most);
    }
    drop(desk);

    // A page at a time, as over a slow network, so that there is something to see.
    let slow = r#"{"kind":"delay","ms":150,"match":"sync:pull"}"#;
    cloud.control("POST", "/faults/convex", slow);
    let session = Session::start();
    let sofa = Device::open(session, &cloud);
    let watch = "window.seen = [];
        const look = () => {
            const bar = document.querySelector('#first-sync progress[value]');
            if (bar) window.seen.push([bar.value, bar.max, bar.closest('#first-sync').textContent]);
        };
        new MutationObserver(look).observe(document.body,
            { subtree: true, childList: true, attributes: true, characterData: true });";
    sofa.window.run(watch, &[]);
    sofa.sign_in(&cloud);
    sofa.window.until_text("#filter-all .count", "10,000");
    sofa.until_synced();
    sofa.window.until("it is over", || !sofa.window.has("#first-sync"));
    let seen: Vec<(f64, f64, String)> =
        serde_json::from_value(sofa.window.run("return window.seen", &[])).unwrap();
    assert!(seen.windows(2).all(|pair| pair[0].0 <= pair[1].0), "it never goes back: {seen:?}");
    let mut steps: Vec<f64> = seen.iter().map(|(value, ..)| *value).collect();
    steps.dedup();
    assert!(steps.len() >= 3, "it was seen to go on: {steps:?}");
    assert!(seen.iter().all(|(_, of, _)| *of == COUNT as f64), "of all that there are: {seen:?}");
    let told = "of about 10,000 todos";
    assert!(seen.iter().any(|(.., words)| words.contains(told)), "in words, too: {seen:?}");
}

#[test]
fn an_edit_that_lost_is_told_and_its_history_brings_it_back() {
    let home = Session::start();
    let cloud = Cloud::start(&home);
    let (desk, sofa) = Device::pair(&cloud, &["milk"]);
    sofa.until_synced();
    sofa.loses_to(&desk, &cloud);

    sofa.window.until_text("#toast", "“from the desk” was changed later on another device.");
    sofa.window.click("#toast-history");
    sofa.window.until_text("#past", "Title was “from the sofa”");
    sofa.window.click("#past .history-restore");
    for device in [&desk, &sofa] {
        device.window.until_titles(&["from the sofa"]);
    }
}

#[test]
fn the_panel_shows_an_edit_that_gave_way_and_brings_it_back() {
    let home = Session::start();
    let cloud = Cloud::start(&home);
    let (desk, sofa) = Device::pair(&cloud, &["milk"]);
    sofa.until_synced();
    sofa.loses_to(&desk, &cloud);

    sofa.open_sync();
    sofa.window.until_text("#conflicts .todo-link", "from the desk");
    sofa.window.until_text("#conflicts .mine", "from the sofa");
    sofa.window.until_text("#conflicts .theirs", "from the desk");
    sofa.window.run("document.querySelector('.conflict-restore').focus()", &[]);
    sofa.session.key("Return");
    for device in [&desk, &sofa] {
        device.window.until_titles(&["from the sofa"]);
    }
    sofa.window.until_text("[data-conflict]", "This device’s is back");
    desk.open_sync();
    desk.window.until_text("#trust-account", "ada@example.com");
    assert!(!desk.window.has("#conflicts"), "no edit of the desk gave way");
}

#[test]
fn of_a_deletion_and_an_edit_apart_the_later_one_wins_on_both() {
    let home = Session::start();
    let cloud = Cloud::start(&home);
    let (desk, sofa) = Device::pair(&cloud, &["milk", "bread"]);
    let (milk, bread) = (sofa.window.id_of("milk"), sofa.window.id_of("bread"));

    cloud.control("POST", "/faults/convex", r#"{"kind":"cut"}"#);
    desk.edit("delete_todos", json!({ "ids": [milk] }));
    sofa.edit("rename_todo", json!({ "id": milk, "title": "oat milk" }));
    sofa.edit("rename_todo", json!({ "id": bread, "title": "rye bread" }));
    desk.edit("delete_todos", json!({ "ids": [bread] }));
    desk.window.until_titles(&[]);
    sofa.window.until_titles(&["rye bread", "oat milk"]);
    cloud.control("DELETE", "/faults/convex", "");
    for device in [&desk, &sofa] {
        device.edit("sync_now", json!({}));
    }
    for device in [&desk, &sofa] {
        device.window.until_titles(&["oat milk"]);
        device.until_synced();
    }
    let past = desk.edit("history", json!({ "id": bread }));
    let holds = |entry: &Value| entry["new"] == "rye bread";
    assert!(past.as_array().unwrap().iter().any(holds), "what it was called is known: {past}");
}

#[test]
fn what_another_device_deletes_at_once_comes_back_with_one_press() {
    let home = Session::start();
    let cloud = Cloud::start(&home);
    let desk = Device::signed_in(&cloud);
    desk.window.add("here before");
    let before = desk.window.id_of("here before");
    desk.edit("delete_todos", json!({ "ids": [before] }));
    let ids: Vec<Value> = (0..25)
        .map(|n| {
            let added = json!({ "title": format!("todo {n}"), "description": null });
            desk.edit("add_todo", added)["todos"][0]["id"].clone()
        })
        .collect();
    let sofa = Device::signed_in(&cloud);
    sofa.window.until_text("#filter-all .count", "25");
    sofa.until_synced();
    desk.edit("delete_todos", json!({ "ids": ids }));
    sofa.window.until_text("#toast", "Another device deleted 25 todos at once.");
    sofa.window.until_text("#notice", "A copy of your todos from before the deletion is in");
    sofa.window.click("#toast-undo");
    for device in [&desk, &sofa] {
        device.window.until_text("#filter-all .count", "25");
        device.window.until_text("#filter-deleted .count", "1");
    }
}

impl Device {
    /// Renames milk, and so does another device, later; then both hear of it.
    #[track_caller]
    fn loses_to(&self, desk: &Self, cloud: &Cloud) {
        desk.outdoes(&self.window, cloud, ["milk", "from the sofa", "from the desk"]);
        for device in [desk, self] {
            device.window.until_titles(&["from the desk"]);
            device.until_synced();
        }
    }

    /// Renames a todo after another device of the account has, whose edit arrives later and gives way.
    #[track_caller]
    pub(crate) fn outdoes(&self, other: &Window, cloud: &Cloud, [title, theirs, ours]: [&str; 3]) {
        self.window.until("both have it", || self.window.titles().iter().any(|has| has == title));
        let id = other.id_of(title);
        // What the other sends does not arrive; this one has its network.
        let lost = json!({ "kind": "error", "status": 503, "match": theirs });
        cloud.control("POST", "/faults/convex", &lost.to_string());
        other.invoke("rename_todo", json!({ "id": id, "title": theirs })).unwrap();
        other.until_text("#sync-button", "1 waiting");
        self.edit("rename_todo", json!({ "id": id, "title": ours }));
        self.until_sent(0);
        cloud.control("DELETE", "/faults/convex", "");
        other.invoke("sync_now", json!({})).unwrap();
        other.until_text("#toast", "changed later");
    }

    #[track_caller]
    pub(crate) fn until_synced(&self) {
        self.window.until("it is in sync", || self.window.has("#sync-button.synced"));
    }

    /// Waits until the server has all but so many of its edits.
    #[track_caller]
    pub(crate) fn until_sent(&self, most: usize) {
        let left = || self.edit("unsynced_count", json!({})).as_u64().unwrap();
        until(&format!("at most {most} are left to be sent"), || left() <= most as u64);
    }

    /// Opens the panel of sync, by its key.
    #[track_caller]
    pub(crate) fn open_sync(&self) {
        self.session.activate("Clove");
        self.session.key("ctrl+shift+s");
        self.window.until("the panel is open", || self.window.has("#sync[open]"));
    }

    /// How many rows have a mark of this kind.
    fn marks(&self, standing: &str) -> usize {
        let script = "return document.querySelectorAll(arguments[0]).length";
        let marks = self.window.run(script, &[json!(format!(".row-sync.{standing}"))]);
        marks.as_u64().unwrap() as usize
    }

    /// Calls a command of the page's: when it is answered, an edit is on the disk.
    #[track_caller]
    fn edit(&self, command: &str, arguments: Value) -> Value {
        self.window.invoke(command, arguments).unwrap()
    }
}
