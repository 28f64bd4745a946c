//! What a person does and sees outside the page: keys, windows, focus.

use std::{path::PathBuf, process::Stdio, time::Duration};

use super::{
    processes::Group,
    session::Session,
    wait::{until, until_some},
};

/// The title of the small window.
const QUICK_ADD: &str = "Add a todo";

impl Session {
    /// Presses a combination of keys, as xdotool writes it, in whatever window has the focus.
    pub(crate) fn key(&self, combination: &str) {
        self.xdotool(&["key", "--clearmodifiers", combination]).expect("the key is pressed");
    }

    /// Types ASCII text in whatever window has the focus.
    pub(crate) fn type_text(&self, text: &str) {
        self.xdotool(&["type", "--delay", "4", "--", text]).expect("the text is typed");
    }

    /// Presses the pointer twice at a place in the only window with this title.
    pub(crate) fn double_click(&self, title: &str, x: i32, y: i32) {
        let (window, x, y) = (self.until_window(title), x.to_string(), y.to_string());
        let click = ["click", "--repeat", "2", "--delay", "80", "1"];
        let place = ["mousemove", "--window", &window, &x, &y];
        self.xdotool(&[&place[..], &click[..]].concat()).expect("the pointer is there");
    }

    /// The visible windows with this title.
    pub(crate) fn windows(&self, title: &str) -> Vec<String> {
        let name = format!("^{title}$");
        let found = self.xdotool(&["search", "--onlyvisible", "--name", &name]);
        found.unwrap_or_default().lines().map(str::to_owned).collect()
    }

    /// The title of the window that has the focus; nothing while none has it.
    pub(crate) fn focused(&self) -> String {
        let name = self.xdotool(&["getwindowfocus", "getwindowname"]);
        name.unwrap_or_default().trim().to_owned()
    }

    /// Asks the window with this title to close, as its cross does.
    pub(crate) fn close(&self, title: &str) {
        let window = self.until_window(title);
        self.xdotool(&["windowactivate", "--sync", &window, "key", "alt+F4"]).expect("it is asked");
    }

    /// Goes to the window with this title, as a click on its title bar does.
    #[track_caller]
    pub(crate) fn activate(&self, title: &str) {
        let window = self.until_window(title);
        self.xdotool(&["windowactivate", &window]).expect("it is there");
        self.until_focused(title);
    }

    /// Gives the window with this title a size, in pixels of the screen.
    pub(crate) fn resize(&self, title: &str, width: u32, height: u32) {
        let (window, width, height) =
            (self.until_window(title), width.to_string(), height.to_string());
        self.xdotool(&["windowsize", &window, &width, &height]).expect("it is there");
    }

    /// Turns the wheel down in the middle of the window with this title, so many times.
    pub(crate) fn turn_wheel(&self, title: &str, times: usize, between: Duration) {
        let window = self.until_window(title);
        let (times, between) = (times.to_string(), between.as_millis().to_string());
        let over = ["mousemove", "--window", &window, "300", "400"];
        let turn = ["click", "--repeat", &times, "--delay", &between, "5"];
        self.xdotool(&[&over[..], &turn].concat()).expect("the pointer is there");
    }

    /// Moves the pointer over the window with this title, and from there into a corner of the screen:
    /// whatever was under it learns that it went.
    pub(crate) fn move_pointer_away(&self, title: &str) {
        let window = self.until_window(title);
        let over = ["mousemove", "--window", &window, "1", "1"];
        self.xdotool(&[&over[..], &["mousemove", "0", "0"]].concat()).expect("the pointer moves");
    }

    /// What the window with this title shows, without its frame: a small PNG.
    pub(crate) fn photograph(&self, title: &str) -> Vec<u8> {
        let mut import = self.command("import");
        import.args(["-window", &self.until_window(title), "-strip", "-depth", "8"]);
        // What suits plain areas best; a palette would shift their colours.
        for how in ["level=9", "filter=1", "strategy=0"] {
            import.args(["-define", &format!("png:compression-{how}")]);
        }
        import.arg("png:-");
        let answer = import.output().unwrap();
        assert!(answer.status.success(), "{}", String::from_utf8_lossy(&answer.stderr));
        answer.stdout
    }

    pub(crate) fn minimize(&self, title: &str) {
        let window = self.until_window(title);
        self.xdotool(&["windowminimize", "--sync", &window]).expect("it is minimised");
    }

    /// Waits for quick add, types a title, and waits until the window goes.
    #[track_caller]
    pub(crate) fn quick_add(&self, title: &str) {
        self.until_focused(QUICK_ADD);
        self.type_text(title);
        self.key("Return");
        self.until_no_window(QUICK_ADD);
    }

    #[track_caller]
    pub(crate) fn until_focused(&self, title: &str) {
        until(&format!("“{title}” has the focus"), || self.focused() == title);
    }

    #[track_caller]
    pub(crate) fn until_no_window(&self, title: &str) {
        until(&format!("“{title}” is gone"), || self.windows(title).is_empty());
    }

    /// Opens an address with the program that the desktop has for it, as a click on a link does.
    pub(crate) fn open(&self, address: &str) -> Group {
        let mut opener = self.command("xdg-open");
        opener.arg(address).stdout(Stdio::null());
        Group::spawn(opener)
    }

    /// Waits until Clove has told the desktop that it opens its links.
    #[track_caller]
    pub(crate) fn until_registered(&self) {
        until("the scheme is registered", || {
            let mut query = self.command("xdg-mime");
            let answer = query.args(["query", "default", "x-scheme-handler/dev.clove.todo"]);
            let handler = String::from_utf8(answer.output().unwrap().stdout).unwrap();
            let file = self.path("data/applications").join(handler.trim());
            // The opener of xdg-utils understands the program's path without quotes alone.
            std::fs::read_to_string(file).is_ok_and(|entry| entry.contains("Exec=/"))
        });
    }

    /// Opens the window of another program, which writes down each key that reaches it.
    pub(crate) fn open_other_program(&self, title: &str) {
        let keys = std::fs::File::create(self.path(title)).unwrap();
        let mut command = self.command("xev");
        command.args(["-name", title, "-event", "keyboard"]).stdout(Stdio::from(keys));
        self.keep(Group::spawn(command));
        self.until_focused(title);
    }

    /// Whether the other program was given a key with this X11 name.
    pub(crate) fn other_program_got(&self, title: &str, key: &str) -> bool {
        let keys = std::fs::read_to_string(self.path(title)).unwrap_or_default();
        keys.contains(&format!(", {key})"))
    }

    pub(crate) fn has_window_manager(&self) -> bool {
        let mut ask = self.command("xprop");
        ask.args(["-root", "-notype", "_NET_SUPPORTING_WM_CHECK"]);
        ask.output().is_ok_and(|answer| String::from_utf8_lossy(&answer.stdout).contains("0x"))
    }

    /// The id of the only visible window with this title.
    #[track_caller]
    pub(crate) fn until_window(&self, title: &str) -> String {
        until_some(&format!("“{title}” is shown"), || self.windows(title).pop())
    }

    /// The program whose window has this title.
    pub(crate) fn program_of(&self, title: &str) -> PathBuf {
        let window = self.until_window(title);
        let process =
            self.xdotool(&["getwindowpid", &window]).expect("the window names its process");
        std::fs::read_link(format!("/proc/{}/exe", process.trim())).unwrap()
    }

    fn xdotool(&self, arguments: &[&str]) -> Option<String> {
        let answer = self.command("xdotool").args(arguments).output().ok()?;
        answer.status.success().then(|| String::from_utf8_lossy(&answer.stdout).into_owned())
    }
}
