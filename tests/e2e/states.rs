//! Every state of the window, and how a person comes to it: what holds in all of them is tested over this table.

use std::fs;

use serde_json::{Value, json};

use crate::{
    harness::{Addresses, Cloud, Keyring, Session, Window, seed},
    sync::Device,
};

/// A desktop with an account server, where nobody is signed in yet.
pub(crate) struct Stage {
    pub(crate) session: Session,
    pub(crate) window: Window,
    cloud: Cloud,
    pages: Addresses,
    _keyring: Keyring,
}

/// What a person does.
type Deed = fn(&Stage);

/// What is seen, how one comes to it from the state before, and how one leaves it.
type State = (&'static str, Deed, Deed);

/// In the order in which they are met. A new state stands where the one before leads to it.
const STATES: &[State] = &[
    ("the empty list", stay, stay),
    ("a refused title", |stage| stage.press("ctrl+n Return", "#add-error"), escape),
    ("several pasted lines", paste, |stage| {
        stage.choose("#pasted-leave", "main:not(:has(#pasted))")
    }),
    ("the list", fill, stay),
    ("a selection", |stage| stage.press("shift+Down", "#selection"), escape),
    ("the editor", |stage| stage.press("Home Return", "#edit-title:focus"), stay),
    ("the history", |stage| stage.choose("#edit-history", ".history-restore"), escape),
    ("a search with hits", |stage| stage.search("milk", "mark"), escape),
    ("a search without", |stage| stage.search("nowhere", "#empty"), escape),
    ("a toast", |stage| stage.press("Down Delete", "#toast"), stay),
    (
        "the deleted todos",
        |stage| stage.press("ctrl+4", ".row-restore"),
        |stage| {
            stage.press("ctrl+1", "#filter-all[aria-pressed='true']");
        },
    ),
    (
        "the palette",
        |stage| stage.press("ctrl+k", "#palette-list [role=option]"),
        |stage| {
            stage.leave("dialog");
        },
    ),
    ("the settings", |stage| stage.press("ctrl+comma", "#settings[open]"), stay),
    (
        "the question about a backup",
        |stage| {
            stage.choose(".restore-backup", "#restore-confirm");
        },
        |stage| {
            stage.leave("#restore-dialog");
        },
    ),
    ("the settings in German", |stage| stage.speak("de"), |stage| stage.speak("en")),
    (
        "the doctor",
        |stage| stage.choose("#settings-doctor", "#doctor [data-outcome]"),
        |stage| {
            stage.leave("#doctor");
            stage.leave("#settings");
        },
    ),
    (
        "the keyboard sheet",
        |stage| stage.press("question", "#keyboard-sheet[open]"),
        |stage| {
            stage.leave("#keyboard-sheet");
        },
    ),
    (
        "the closing question",
        |stage| stage.session.close("Clove"),
        |stage| {
            stage.leave("#close-dialog");
        },
    ),
    ("a file to import", choose_file, |stage| stage.leave("#import-dialog")),
    ("the account, signed out", |stage| stage.press("ctrl+shift+a", "#sign-in"), stay),
    ("the account, while signing in", |stage| stage.choose("#sign-in", "#copy-link"), stay),
    ("the question about todos of before", sign_in, |stage| {
        stage.window.click("#move-move");
        stage.window.until("it is answered", || !stage.window.has("dialog"));
    }),
    ("the account, signed in", |stage| stage.press("ctrl+shift+a", "#profile-name"), stay),
    (
        "a name that is edited",
        |stage| stage.choose("#edit-name", "#name-input:focus"),
        |stage| {
            stage.press("Escape", "#edit-name:focus");
        },
    ),
    (
        "signing out",
        |stage| stage.choose("#sign-out", "#sign-out-confirm"),
        |stage| {
            stage.leave("#sign-out-dialog");
            stage.leave("#account");
        },
    ),
    (
        "the panel of sync",
        |stage| stage.press("ctrl+shift+s", "#sync-now"),
        |stage| {
            stage.leave("#sync");
        },
    ),
    ("an edit that gave way", give_way, |stage| stage.leave("#sync")),
    ("a todo that is set aside", set_aside, |stage| stage.leave("#sync")),
];

impl Stage {
    /// Opens it with this theme of GTK's, walks through all states, and looks at each: nobody complains.
    #[track_caller]
    pub(crate) fn walk(theme: &str, look: impl Fn(&Self, &str) -> Vec<String>) {
        let stage = Self::open(theme);
        let mut complaints = Vec::new();
        for (name, enter, leave) in STATES {
            enter(&stage);
            stage.settle();
            let found = look(&stage, name);
            complaints.extend(found.into_iter().map(|complaint| format!("{name}: {complaint}")));
            leave(&stage);
        }
        assert!(complaints.is_empty(), "what is wrong in which state:\n{}", complaints.join("\n"));
    }

    pub(crate) fn open(theme: &str) -> Self {
        let session = Session::start();
        session.set("GTK_THEME", theme);
        let keyring = Keyring::start(&session);
        let cloud = Cloud::connected(&session);
        let pages = Addresses::collect(&session);
        let window = Window::open_list(&session);
        session.until_focused("Clove");
        session.until_registered();
        Self { session, window, cloud, pages, _keyring: keyring }
    }

    /// Has all of Clove speak a language, as the field in the settings does.
    #[track_caller]
    fn speak(&self, language: &str) {
        self.invoke("set_language", json!({ "language": language }));
        self.window.until(&format!("it speaks {language}"), || {
            self.window.has(&format!("html[lang^={language}]"))
        });
    }

    /// Presses keys, one after the other, and waits for what comes of them.
    #[track_caller]
    pub(crate) fn press(&self, keys: &str, css: &str) {
        keys.split(' ').for_each(|key| self.session.key(key));
        self.window.until(&format!("{keys} leads to {css}"), || self.window.has(css));
    }

    /// Waits until nothing moves any more, apart from what moves for ever.
    pub(crate) fn settle(&self) {
        self.window.run_async(
            "const done = arguments[0];
            const ends = (one) => one.effect.getComputedTiming().endTime !== Infinity;
            requestAnimationFrame(() => Promise.allSettled(
                document.getAnimations().filter(ends).map((one) => one.finished)).then(() => done()));",
            &[],
        );
    }

    #[track_caller]
    fn choose(&self, button: &str, css: &str) {
        self.window.click(button);
        self.window.until(&format!("{button} leads to {css}"), || self.window.has(css));
    }

    #[track_caller]
    fn search(&self, words: &str, css: &str) {
        self.press("ctrl+f", "#search-input:focus");
        self.session.type_text(words);
        self.window.until(&format!("“{words}” leads to {css}"), || self.window.has(css));
    }

    /// Leaves a dialog by its key.
    #[track_caller]
    fn leave(&self, dialog: &str) {
        self.session.key("Escape");
        self.window.until(&format!("{dialog} is gone"), || !self.window.has(dialog));
    }

    #[track_caller]
    fn invoke(&self, command: &str, arguments: Value) -> Value {
        self.window.invoke(command, arguments).unwrap()
    }
}

fn stay(_: &Stage) {}

fn escape(stage: &Stage) {
    stage.press("Escape", "#list:focus");
}

fn paste(stage: &Stage) {
    stage.window.copy(&stage.session, "Buy milk\nCall Ada\nWater the plants");
    stage.press("ctrl+n ctrl+v", "#pasted");
}

/// Two open todos and a completed one; the newest has a description and a past.
fn fill(stage: &Stage) {
    let add = |title, description| {
        let added = json!({ "title": title, "description": description });
        stage.invoke("add_todo", added)["todos"][0]["id"].clone()
    };
    let plants = add("Water the plants", Value::Null);
    add("Call Ada", Value::Null);
    let milk = add("Buy oats", json!("Two litres of milk, too."));
    stage.invoke("rename_todo", json!({ "id": milk, "title": "Buy milk" }));
    stage.invoke("set_completed", json!({ "ids": [plants], "completed": true }));
    stage.window.click("#completed-section");
    stage.window.until_titles(&["Buy milk", "Call Ada", "Water the plants"]);
    stage.press("Escape Home", "#list:focus");
    back_up(&stage.session, "2026-01-02", 2);
}

/// A backup of an earlier day: a closed store, with so many todos that are not in the list.
pub(crate) fn back_up(session: &Session, day: &str, count: usize) {
    let earlier = session.path(day);
    seed(&earlier, count);
    let backups = session.data().join("backups");
    fs::create_dir_all(&backups).unwrap();
    fs::copy(earlier.join("this-device.db"), backups.join(format!("this-device-{day}.db")))
        .unwrap();
}

/// One line of it is no todo.
fn choose_file(stage: &Stage) {
    let file = stage.session.path("Shopping.md");
    fs::write(&file, "# Shopping\n- [ ] Rye flour\n- [ ] Buy milk\n").unwrap();
    stage.window.choose_import(&stage.session, &file);
}

fn sign_in(stage: &Stage) {
    let link = stage.cloud.sign_in_at(&stage.pages.until_opened(1), "Ada@example.com");
    assert!(stage.session.open(&link).until_ended().success(), "the link is opened");
    stage.window.until("it is asked", || stage.window.has("#move-todos[open]"));
}

fn give_way(stage: &Stage) {
    let desk = Device::signed_in(&stage.cloud);
    let edits = ["Buy milk", "Buy oat milk", "Buy rice milk"];
    desk.outdoes(&stage.window, &stage.cloud, edits);
    stage.press("ctrl+shift+s", "[data-conflict]");
}

fn set_aside(stage: &Stage) {
    let refusal = r#"{"kind":"error","status":560,"match":"rope"}"#;
    stage.cloud.control("POST", "/faults/convex", refusal);
    stage.window.add("rope");
    stage.window.until("it is refused", || stage.window.has(".row-sync.setAside"));
    stage.press("ctrl+shift+s", "[data-aside]");
}
