//! Two devices of one person, with the local cloud between them.

use serde_json::json;

use crate::harness::{Addresses, Cloud, Keyring, Session, Window, until};

/// A desktop where somebody is signed in.
pub(crate) struct Device {
    pub(crate) session: Session,
    pub(crate) window: Window,
    pages: Addresses,
    _keyring: Keyring,
}

impl Device {
    pub(crate) fn signed_in(cloud: &Cloud) -> Self {
        Self::signed_in_at(Session::start(), cloud)
    }

    pub(crate) fn signed_in_at(session: Session, cloud: &Cloud) -> Self {
        let device = Self::open(session, cloud);
        device.sign_in(cloud);
        device
    }

    /// Two desktops of one person, which both show these todos, the last one first.
    pub(crate) fn pair(cloud: &Cloud, titles: &[&str]) -> (Self, Self) {
        let desk = Self::signed_in(cloud);
        titles.iter().for_each(|title| desk.window.add(title));
        let sofa = Self::signed_in(cloud);
        let shown: Vec<&str> = titles.iter().copied().rev().collect();
        sofa.window.until_titles(&shown);
        (desk, sofa)
    }

    /// A desktop where nobody is signed in yet.
    pub(crate) fn open(session: Session, cloud: &Cloud) -> Self {
        let keyring = Keyring::start(&session);
        session.connect(cloud.variables());
        let pages = Addresses::collect(&session);
        let window = Window::open_list(&session);
        session.until_registered();
        Self { session, window, pages, _keyring: keyring }
    }

    /// Quits Clove by its key, and starts it anew.
    #[track_caller]
    fn start_again(self) -> Self {
        self._keyring.until_session_kept();
        self.session.activate("Clove");
        self.session.key("ctrl+q");
        until("it ends", || !self.window.is_running());
        drop(self.window);
        let window = Window::open_list(&self.session);
        Self { window, ..self }
    }

    pub(crate) fn sign_in(&self, cloud: &Cloud) {
        self.window.sign_in(&self.session, (cloud, &self.pages, 1), "Ada@example.com");
    }
}

#[test]
fn what_one_device_does_the_other_shows_at_once() {
    let home = Session::start();
    let cloud = Cloud::start(&home);
    let (desk, sofa) = Device::pair(&cloud, &["milk"]);
    sofa.window.add("bread");
    desk.window.until_titles(&["bread", "milk"]);
    desk.window.click_in_row("milk", "input[type=checkbox]");
    sofa.window.unfold();
    sofa.window.until_ticked(&["milk"]);
}

#[test]
fn edits_made_apart_come_together_when_the_network_returns() {
    let home = Session::start();
    let cloud = Cloud::start(&home);
    let (desk, sofa) = Device::pair(&cloud, &["milk"]);

    cloud.control("POST", "/faults/convex", r#"{"kind":"cut"}"#);
    desk.window.add("from the desk");
    sofa.window.add("from the sofa");
    sofa.window.click_in_row("milk", "input[type=checkbox]");
    sofa.window.unfold();
    sofa.window.until_ticked(&["milk"]);
    let on_disk = |device: &Device, line: &str| {
        let list = device.session.clove(&["list", "all"]).stdout;
        String::from_utf8(list).unwrap().contains(line)
    };
    until("both are on the disk", || on_disk(&desk, "from the desk") && on_disk(&sofa, "[x] milk"));
    cloud.control("DELETE", "/faults/convex", "");

    desk.window.unfold();
    for device in [&desk, &sofa] {
        device.window.until("all of it is there", || {
            let mut titles = device.window.titles();
            titles.sort();
            titles == ["from the desk", "from the sofa", "milk"]
        });
        device.window.until_ticked(&["milk"]);
    }
}

#[test]
fn after_a_start_without_a_network_the_panel_says_when_it_last_synced() {
    let home = Session::start();
    let cloud = Cloud::start(&home);
    let desk = Device::signed_in(&cloud);
    desk.window.add("milk");
    desk.until_sent(0);
    desk.until_synced();
    drop(cloud);
    desk.window.add("bread");
    desk.window.until_text("#sync-button", "Offline · 1 waiting");
    let synced_at =
        |desk: &Device| desk.window.invoke("sync_status", json!({})).unwrap()["syncedAt"].clone();
    let before = synced_at(&desk);
    assert!(before.is_i64(), "it synced: {before}");

    let desk = desk.start_again();
    desk.window.until_titles(&["bread", "milk"]);
    desk.window.until_text("#sync-button", "Offline · 1 waiting");
    assert_eq!(synced_at(&desk), before, "a start is no sync");
    desk.open_sync();
    desk.window.until_text("#sync-since", "Last synced");
}
