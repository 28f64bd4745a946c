//! Where a picture is taken: desktops, somebody's todos, and the camera.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::Picture;
use crate::{
    harness::{Cloud, Session, Window, until},
    sync::Device,
};

/// The titles of the two windows.
const MAIN: &str = "Clove";
const QUICK_ADD: &str = "Add a todo";

/// What a released Clove is connected to, as far as a picture shows. Nobody asks these addresses.
const BUILT_IN: [(&str, &str); 2] = [
    ("CLERK_PUBLISHABLE_KEY", "pk_live_Y2xlcmsuZXhhbXBsZS5jb20k"),
    ("CONVEX_URL", "https://example.convex.cloud"),
];

/// A name, and what GTK calls it.
pub(super) struct Theme(&'static str, &'static str);

pub(super) const THEMES: [Theme; 2] = [Theme("light", "Adwaita"), Theme("dark", "Adwaita:dark")];

/// Somebody's todos, the oldest first: title, description, and whether it is completed.
pub(super) const TODOS: [(&str, Option<&str>, bool); 13] = [
    ("Renew the passport", None, true),
    ("Pay the chimney sweep", None, true),
    ("Plant the garlic before the first frost", Some("Two rows, behind the leeks."), false),
    ("Write to Emil in Lisbon", None, false),
    ("Pick up the bicycle", None, true),
    ("Fix the squeaky garden gate", None, false),
    ("Book the night train to Vienna", Some("Two berths, Thursday the 12th."), false),
    ("Try the pumpkin soup", None, true),
    ("Bake bread for the street party", Some("Rye, two loaves. Start the evening before."), false),
    ("Find a birthday present for Noor", None, false),
    ("Return the library books", Some("Two novels and the atlas, by Friday."), false),
    ("Call Grandma about Sunday", None, false),
    ("Water the ferns", None, false),
];

/// Puts neutral words in place of this machine's, and of the local cloud's: the data folder's path, an
/// address, a reason.
const NEUTRAL: &str =
    "const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const { data } = texts.currentNode;
        const neutral = data.replaceAll(arguments[0], '/home/ada/.local/share')
            .replace(/127\\.0\\.0\\.1:\\d+/g, 'example.com')
            .replace(/A fault control answers \\d+/, 'The account has no room for it');
        if (neutral !== data) texts.currentNode.data = neutral;
    }";

/// Waits until what moves has come to its place, and what moves for ever stands where it began.
const AT_REST: &str = "const moving = document.getAnimations().map((animation) => {
        if (animation.effect.getComputedTiming().endTime !== Infinity) return animation.finished;
        animation.pause();
        animation.currentTime = 0;
    });
    Promise.allSettled(moving).then(() =>
        requestAnimationFrame(() => requestAnimationFrame(() => arguments[0]())));";

/// The place of one picture.
pub(super) struct Set<'a> {
    picture: &'a Picture,
    theme: &'a Theme,
    file: PathBuf,
}

impl<'a> Set<'a> {
    pub(super) fn new(picture: &'a Picture, theme: &'a Theme, folder: &Path) -> Self {
        let file = folder.join(format!("{}-{}.png", picture.name, theme.0));
        Self { picture, theme, file }
    }

    /// Takes the picture.
    pub(super) fn pose(&self) {
        (self.picture.pose)(self);
        assert!(self.file.exists(), "“{}” was not taken", self.picture.name);
    }

    /// A desktop with the picture's look, on which one could sign in.
    pub(super) fn desktop(&self) -> Session {
        let desktop = Session::start_on("1600x1800x24");
        desktop.set("GTK_THEME", self.theme.1);
        desktop.set("GDK_SCALE", &self.picture.scale.to_string());
        desktop.connect(BUILT_IN);
        desktop
    }

    /// Takes the picture of the list with somebody's todos in it, after `pose`.
    pub(super) fn take_list(&self, pose: impl FnOnce(&Session, &Window)) {
        let desktop = self.desktop();
        let window = self.list(&desktop);
        pose(&desktop, &window);
        self.take(&desktop, &window);
    }

    /// Takes the picture of quick add, after `pose`.
    pub(super) fn take_quick_add(&self, pose: impl FnOnce(&Window)) {
        let desktop = self.desktop();
        let window = Window::open_list(&desktop);
        desktop.until_focused(MAIN);
        desktop.key("ctrl+shift+space");
        window.until_quick_add();
        desktop.until_focused(QUICK_ADD);
        pose(&window);
        self.take_of(QUICK_ADD, &desktop, &window);
    }

    /// The list with somebody's todos in it.
    pub(super) fn list(&self, desktop: &Session) -> Window {
        let window = Window::open_list(desktop);
        self.fit(desktop, &window);
        add_todos(&window);
        window
    }

    /// The same, signed in; all of it is synced.
    pub(super) fn synced(&self, cloud: &Cloud) -> Device {
        let device = self.signed_in(cloud);
        add_todos(&device.window);
        device.until_synced();
        device
    }

    /// The same with two edits that cannot be synced.
    pub(super) fn offline(&self, cloud: &Cloud) -> Device {
        let device = self.synced(cloud);
        cloud.control("POST", "/faults/convex", r#"{"kind":"cut"}"#);
        device.window.add("Ask Noor about the tent");
        device.window.add("Sharpen the skates");
        device.window.until_text("#sync-button", "2 waiting");
        device
    }

    /// Somebody signed in on a desktop, without todos.
    pub(super) fn signed_in(&self, cloud: &Cloud) -> Device {
        let device = Device::signed_in_at(self.desktop(), cloud);
        device.window.click("#toast button");
        device.window.until("nothing is said", || !device.window.has("#toast"));
        device
    }

    /// Takes the picture of the main window.
    pub(super) fn take(&self, desktop: &Session, window: &Window) {
        self.fit(desktop, window);
        self.take_of(MAIN, desktop, window);
    }

    /// Gives the main window the picture's size.
    fn fit(&self, desktop: &Session, window: &Window) {
        let (width, height) = self.picture.size;
        let scale = self.picture.scale;
        desktop.resize(MAIN, width * scale, height * scale);
        let (size, script) = (json!([width, height]), "return [outerWidth, outerHeight]");
        window.until("it has its size", || window.run(script, &[]) == size);
    }

    /// Takes the picture of the window with this title.
    fn take_of(&self, title: &str, desktop: &Session, window: &Window) {
        desktop.move_pointer_away(title);
        window.run(NEUTRAL, &[json!(desktop.path("data"))]);
        window.run_async(AT_REST, &[]);
        let mut last = Vec::new();
        until("two pictures are the same", || {
            let before = std::mem::replace(&mut last, desktop.photograph(title));
            before == last
        });
        std::fs::write(&self.file, last).unwrap();
    }
}

/// Adds them past the page's own ways, which would say so.
pub(super) fn add_todos(window: &Window) {
    for (title, description, completed) in TODOS {
        let added = json!({ "title": title, "description": description });
        let id = window.invoke("add_todo", added).unwrap()["todos"][0]["id"].clone();
        if completed {
            edit(window, "set_completed", json!({ "ids": [id], "completed": true }));
        }
    }
    window.until_text("#filter-all .count", "13");
    window.until_text("#completed-section", "4");
}

/// Calls a command, as the page does.
pub(super) fn edit(window: &Window, command: &str, arguments: Value) {
    window.invoke(command, arguments).unwrap();
}
