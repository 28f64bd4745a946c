//! The account, and sync.

use super::{
    Picture,
    set::{TODOS, add_todos},
};
use crate::{
    harness::{Addresses, Cloud, Keyring, Session, seed_with},
    sync::Device,
};

pub(super) const PICTURES: &[Picture] = &[
    Picture::new("account-signed-out", "The account: nobody is signed in", |set| {
        set.take_list(|desktop, window| window.open_account(desktop));
    }),
    Picture::new("account-in-browser", "The account: the browser is open", |set| {
        let desktop = set.desktop();
        let _keyring = Keyring::start(&desktop);
        let _cloud = Cloud::connected(&desktop);
        let pages = Addresses::collect(&desktop);
        let window = set.list(&desktop);
        window.ask_to_sign_in(&desktop);
        pages.until_opened(1);
        window.until("the link can be copied", || window.has("#copy-link"));
        set.take(&desktop, &window);
    }),
    Picture::new("account-signed-in", "The account: signed in", |set| {
        let home = Session::start();
        let desk = set.synced(&Cloud::start(&home));
        desk.window.open_account(&desk.session);
        set.take(&desk.session, &desk.window);
    }),
    Picture::new("move-question", "Todos that were made before the sign-in", |set| {
        let home = Session::start();
        let cloud = Cloud::start(&home);
        let desk = Device::open(set.desktop(), &cloud);
        add_todos(&desk.window);
        desk.sign_in(&cloud);
        desk.window.until("it is asked", || desk.window.has("#move-todos"));
        set.take(&desk.session, &desk.window);
    }),
    Picture::new("sign-out", "Signing out, with edits that this device alone has", |set| {
        let home = Session::start();
        let cloud = Cloud::start(&home);
        let desk = set.offline(&cloud);
        desk.window.open_account(&desk.session);
        desk.window.click("#sign-out");
        desk.window.until("there are choices", || desk.window.has("#sign-out-keep"));
        set.take(&desk.session, &desk.window);
    }),
    Picture::new("sign-out-discard", "Discarding them, which is asked once more", |set| {
        let home = Session::start();
        let cloud = Cloud::start(&home);
        let desk = set.offline(&cloud);
        desk.window.open_account(&desk.session);
        desk.window.click("#sign-out");
        desk.window.click("#sign-out-discard");
        desk.window.click("#sign-out-confirm");
        desk.window.until("it is asked", || desk.window.has("#discard-confirm"));
        set.take(&desk.session, &desk.window);
    }),
    Picture::new("doctor", "The doctor, who finds nothing wrong", |set| {
        let home = Session::start();
        let cloud = Cloud::start(&home);
        let desk = set.synced(&cloud);
        desk.window.open_account(&desk.session);
        desk.window.click("#open-doctor");
        desk.window.until("it has looked", || desk.window.has("#doctor [data-outcome]"));
        set.take(&desk.session, &desk.window);
    })
    .sized(720, 960),
    Picture::new("synced", "Sync: up to date", |set| {
        let home = Session::start();
        let cloud = Cloud::start(&home);
        let desk = set.synced(&cloud);
        desk.open_sync();
        set.take(&desk.session, &desk.window);
    }),
    Picture::new("offline", "Sync: offline", |set| {
        let home = Session::start();
        let cloud = Cloud::start(&home);
        let desk = set.offline(&cloud);
        desk.open_sync();
        set.take(&desk.session, &desk.window);
    })
    .dense(),
    Picture::new("set-aside", "Sync: a todo that the account did not take", |set| {
        let home = Session::start();
        let cloud = Cloud::start(&home);
        let refused = r#"{"kind":"error","status":560,"match":"night train"}"#;
        cloud.control("POST", "/faults/convex", refused);
        let desk = set.signed_in(&cloud);
        add_todos(&desk.window);
        desk.window.until_text("#sync-button", "1 not synced");
        desk.open_sync();
        desk.window.until("it is named", || desk.window.has("[data-aside]"));
        set.take(&desk.session, &desk.window);
    }),
    Picture::new("edit-lost", "Sync: an edit gave way to a later one", |set| {
        let home = Session::start();
        let cloud = Cloud::start(&home);
        let desk = set.synced(&cloud);
        let phone = Device::signed_in(&cloud);
        phone.window.until_text("#filter-all .count", "13");
        let title = "Find a birthday present for Noor";
        let edits = [title, "Find a book for Noor", "Find a kite for Noor"];
        phone.outdoes(&desk.window, &cloud, edits);
        desk.until_synced();
        set.take(&desk.session, &desk.window);
    }),
    Picture::new("first-sync", "Sync: the first time", |set| {
        let home = Session::start();
        let cloud = Cloud::start(&home);
        let elsewhere = Session::start();
        seed_with(&elsewhere.data(), 2_000, |n| TODOS[n % TODOS.len()].0.to_owned());
        let phone = Device::signed_in_at(elsewhere, &cloud);
        phone.window.click("#move-move");
        phone.window.until("they are in the account", || !phone.window.has("#move-todos"));
        phone.until_sent(0);
        // The first page comes late enough to see it coming, the second one not before the picture.
        let pages = |ms: u32| format!(r#"{{"kind":"delay","ms":{ms},"match":"sync:pull"}}"#);
        cloud.control("POST", "/faults/convex", &pages(5_000));
        let desk = set.signed_in(&cloud);
        desk.window.until("it begins", || desk.window.has("#first-sync"));
        cloud.control("DELETE", "/faults/convex", "");
        cloud.control("POST", "/faults/convex", &pages(60_000));
        desk.window.until("it goes on", || desk.window.has("#first-sync progress[value]"));
        set.take(&desk.session, &desk.window);
    }),
];
