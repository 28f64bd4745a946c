//! Every key of the table in ui/src/keys.ts, pressed in the real window.

use crate::harness::{NOBODY_ANSWERS, Session, Window, seed};

/// A desktop with thirty todos, the newest of which is "Todo 29".
struct Desk {
    session: Session,
    window: Window,
}

/// A key as the table has it, and what it leads to from where the one before left off.
type Lesson = (&'static str, fn(&Desk));

const LESSONS: &[Lesson] = &[
    ("Mod+N", |desk| desk.until("#add-input:focus")),
    ("Mod+F", |desk| desk.until("#search-input:focus")),
    ("Escape", |desk| desk.until("#list:focus")),
    ("Home", |desk| desk.until_cursor("Todo 29")),
    ("ArrowDown", |desk| desk.until_cursor("Todo 28")),
    ("ArrowUp", |desk| desk.until_cursor("Todo 29")),
    ("End", |desk| desk.until_cursor("Todo 0")),
    ("PageUp", |desk| desk.until("[data-cursor]:not([aria-rowindex='30'])")),
    ("PageDown", |desk| desk.until_cursor("Todo 0")),
    ("Home", |desk| desk.until_cursor("Todo 29")),
    ("Shift+ArrowDown", |desk| desk.until_selected(2)),
    ("Escape", |desk| desk.until_selected(0)),
    ("End", |desk| desk.until_cursor("Todo 0")),
    ("Shift+ArrowUp", |desk| desk.until_selected(2)),
    ("Escape", |desk| desk.until_selected(0)),
    ("Mod+A", |desk| desk.until("#selection")),
    ("Escape", |desk| desk.until_selected(0)),
    ("Home", |desk| desk.until_cursor("Todo 29")),
    ("Mod+Shift+H", |desk| desk.until("#history")),
    ("Escape", |desk| desk.until("#list:focus")),
    ("Home", |desk| desk.until_cursor("Todo 29")),
    ("Space", |desk| desk.until_count("completed", "1")),
    ("Mod+Z", |desk| desk.until_count("completed", "0")),
    ("Mod+Shift+Z", |desk| desk.until_count("completed", "1")),
    ("Mod+Z", |desk| desk.until_count("completed", "0")),
    ("Mod+Y", |desk| desk.until_count("completed", "1")),
    ("Mod+Z", |desk| desk.until_count("completed", "0")),
    ("Home", |desk| desk.until_cursor("Todo 29")),
    ("Enter", |desk| desk.until("#edit-title:focus")),
    ("Escape", |desk| desk.until("#list:focus")),
    ("F2", |desk| desk.until("#edit-title:focus")),
    ("Escape", |desk| desk.until("#list:focus")),
    ("Delete", |desk| desk.until_count("deleted", "1")),
    ("Backspace", |desk| desk.until_count("deleted", "2")),
    ("Mod+2", |desk| desk.until("#filter-active[aria-pressed='true']")),
    ("Mod+3", |desk| desk.until("#filter-completed[aria-pressed='true']")),
    ("Mod+4", |desk| desk.until("#filter-deleted[aria-pressed='true']")),
    ("Mod+1", |desk| desk.until("#filter-all[aria-pressed='true']")),
    ("Mod+Shift+A", |desk| desk.until_and_back("#account[open]")),
    ("Mod+Shift+S", |desk| desk.until_and_back("#sync[open]")),
    ("Mod+K", |desk| desk.until_and_back("#palette-list [role=option]")),
    ("Mod+,", |desk| desk.until_and_back("#settings[open]")),
    ("?", |desk| desk.until_and_back("#keyboard-sheet[open]")),
    ("Mod+Q", |desk| desk.window.until("Clove has quit", || !desk.window.is_running())),
];

#[test]
fn every_key_of_the_table_does_what_it_says() {
    let desk = Desk::open();
    for (key, outcome) in LESSONS {
        desk.session.key(&pressed(key));
        outcome(&desk);
    }
    let table = include_str!("../../ui/src/keys.ts");
    let (_, table) = table.split_once("const table").unwrap();
    let (table, _) = table.split_once("] as const").unwrap();
    let lists = table.split("keys: [").skip(1).map(|rest| rest.split(']').next().unwrap());
    for key in lists.flat_map(|list| list.split('"').skip(1).step_by(2)) {
        assert!(LESSONS.iter().any(|(lesson, _)| *lesson == key), "{key} has a lesson here");
    }
}

#[test]
fn tab_leads_through_the_editor_and_to_what_a_toast_offers() {
    let desk = Desk::open();
    for key in ["Escape", "Home", "F2"] {
        desk.session.key(key);
    }
    for stop in ["#edit-title", "#edit-description", "#edit-history", "#edit-save"] {
        desk.until(&format!("{stop}:focus"));
        desk.session.key("Tab");
    }
    // Out of it, it is closed.
    desk.window.until("it is closed", || !desk.window.has(".editor"));
    for key in ["ctrl+n", "Escape", "Home", "Delete"] {
        desk.session.key(key);
    }
    desk.until("#toast");
    desk.session.key("Tab");
    desk.until("#toast-undo:focus");
    desk.session.key("Return");
    desk.window.until_text("#filter-all .count", "30");
    desk.until("#list:focus");
}

impl Desk {
    fn open() -> Self {
        let session = Session::start();
        session.connect(NOBODY_ANSWERS);
        seed(&session.data(), 30);
        let window = Window::open_list(&session);
        session.until_focused("Clove");
        Self { session, window }
    }

    #[track_caller]
    fn until(&self, css: &str) {
        self.window.until(&format!("there is {css}"), || self.window.has(css));
    }

    #[track_caller]
    fn until_and_back(&self, dialog: &str) {
        self.until(dialog);
        self.session.key("Escape");
        self.window.until(&format!("{dialog} is left"), || !self.window.has("dialog"));
    }

    #[track_caller]
    fn until_cursor(&self, title: &str) {
        self.window.until_text("[data-cursor] .row-title", title);
    }

    #[track_caller]
    fn until_selected(&self, count: usize) {
        let script = "return document.querySelectorAll('[data-selected]').length";
        let what = format!("{count} are selected");
        self.window.until(&what, || self.window.run(script, &[]) == count);
    }

    #[track_caller]
    fn until_count(&self, filter: &str, count: &str) {
        self.window.until_text(&format!("#filter-{filter} .count"), count);
    }
}

/// A combination of the table, as xdotool has it.
fn pressed(key: &str) -> String {
    let name = |part: &str| match part {
        "Mod" => "ctrl".to_owned(),
        "Shift" | "Space" => part.to_lowercase(),
        "Enter" => "Return".to_owned(),
        "Backspace" => "BackSpace".to_owned(),
        "PageUp" => "Prior".to_owned(),
        "PageDown" => "Next".to_owned(),
        "," => "comma".to_owned(),
        "?" => "question".to_owned(),
        // xdotool would add Shift to a letter in upper case.
        letter if letter.len() == 1 => letter.to_lowercase(),
        other => other.trim_start_matches("Arrow").to_owned(),
    };
    key.split('+').map(name).collect::<Vec<_>>().join("+")
}
