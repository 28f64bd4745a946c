//! Clove's page, driven by WebKitWebDriver.

use std::{net::TcpStream, path::Path, process::Stdio};

use fantoccini::{Client, ClientBuilder, Locator, elements::Element};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tokio::{
    runtime::{Builder, Runtime},
    time::timeout,
};

use super::{
    processes::Group,
    session::{CLOVE, Session, free_port},
    wait::{LIMIT, until, until_some},
};

/// Clove with its main window open.
pub(crate) struct Window {
    runtime: Runtime,
    client: Client,
    /// The driver, and Clove, which it starts.
    group: Group,
}

impl Window {
    /// Starts Clove, and waits for its page.
    pub(crate) fn open(session: &Session) -> Self {
        Self::open_with(session, &[])
    }

    /// The same with further environment variables.
    pub(crate) fn open_with(session: &Session, variables: &[(&str, &str)]) -> Self {
        Self::open_program(session, Path::new(CLOVE), variables)
    }

    /// The same with another program than the one that was built.
    pub(crate) fn open_program(
        session: &Session,
        program: &Path,
        variables: &[(&str, &str)],
    ) -> Self {
        // The driver does not choose a port itself.
        let port = free_port();
        let mut driver = session.command("WebKitWebDriver");
        driver.arg(format!("--port={port}")).env("TAURI_WEBVIEW_AUTOMATION", "true");
        driver.envs(variables.iter().copied()).stdout(Stdio::null());
        let group = Group::spawn(driver);
        until("WebKitWebDriver listens", || TcpStream::connect(("127.0.0.1", port)).is_ok());
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        let connected = runtime.block_on(async {
            let mut builder = ClientBuilder::new(HttpConnector::new());
            let options = json!({
                "browserName": "wry",
                "webkitgtk:browserOptions": { "binary": program, "args": [] },
            });
            builder.capabilities(options.as_object().unwrap().clone());
            // The driver waits for ever for a program that ends early.
            timeout(LIMIT, builder.connect(&format!("http://127.0.0.1:{port}"))).await
        });
        let client = match connected {
            Ok(answer) => answer.unwrap(),
            Err(_) => panic!("Clove did not start in time; there are {:?}", group.members()),
        };
        let window = Self { runtime, client, group };
        window.until("the page is there", || window.has("main"));
        window
    }

    /// The same, and waits for the list.
    pub(crate) fn open_list(session: &Session) -> Self {
        let window = Self::open(session);
        window.until("the list is there", || window.has("#list[aria-busy='false']"));
        window
    }

    /// Kills Clove and all its processes, as a power cut would.
    pub(crate) fn kill(mut self) {
        self.group.kill();
    }

    /// Whether a Clove runs in this window's group.
    pub(crate) fn is_running(&self) -> bool {
        self.group.members().iter().any(|name| name == "clove")
    }

    /// Adds a todo by typing it and pressing Enter.
    pub(crate) fn add(&self, title: &str) {
        self.type_into("#add-input", &format!("{title}\u{e007}"));
        self.until("the field is empty again", || self.value("#add-input").is_empty());
    }

    /// Types into a field, which gets the focus; WebDriver's codes stand for other keys.
    pub(crate) fn type_into(&self, css: &str, text: &str) {
        let element = self.find(css);
        self.runtime.block_on(element.send_keys(text)).unwrap();
    }

    pub(crate) fn click(&self, css: &str) {
        let element = self.find(css);
        self.runtime.block_on(element.click()).unwrap();
    }

    /// Clicks what ends Clove; the driver may lose it before it can answer.
    pub(crate) fn click_and_go(&self, css: &str) {
        let element = self.find(css);
        let _ = self.runtime.block_on(async { timeout(LIMIT, element.click()).await });
    }

    /// Goes on in the page of quick add instead of the main window's.
    #[track_caller]
    pub(crate) fn until_quick_add(&self) {
        until("the page of quick add is there", || {
            let pages = self.runtime.block_on(self.client.windows()).unwrap();
            pages.into_iter().any(|page| {
                self.runtime.block_on(self.client.switch_to_window(page)).unwrap();
                self.has("#quick-input")
            })
        });
    }

    /// Clicks what is at `css` in the row with this title.
    #[track_caller]
    pub(crate) fn click_in_row(&self, title: &str, css: &str) {
        let row = self.row(title);
        self.click(&format!("{row} {css}"));
    }

    /// Presses the pointer twice on the title of a row, in the real window.
    #[track_caller]
    pub(crate) fn double_click_row(&self, session: &Session, title: &str) {
        let middle = "const box = document.querySelector(arguments[0]).getBoundingClientRect();
            return [box.x + box.width / 2, box.y + box.height / 2]
                .map((edge) => Math.round(edge * devicePixelRatio))";
        let place = self.run(middle, &[json!(format!("{} .row-title", self.row(title)))]);
        let (x, y): (i32, i32) = serde_json::from_value(place).unwrap();
        session.double_click("Clove", x, y);
    }

    /// Where the row with this title is, once it is there.
    #[track_caller]
    fn row(&self, title: &str) -> String {
        let script = "return [...document.querySelectorAll('[data-todo-id]')]
            .find((row) => row.querySelector('.row-title').textContent === arguments[0])
            ?.dataset.todoId ?? null";
        let id = until_some(&format!("there is a row “{title}”"), || {
            self.run(script, &[json!(title)]).as_str().map(str::to_owned)
        });
        format!("[data-todo-id='{id}']")
    }

    /// Shows the completed todos, once there are any: at first they are folded away.
    #[track_caller]
    pub(crate) fn unfold(&self) {
        self.click("#completed-section[aria-expanded='false']");
    }

    /// The titles of the rows, from top to bottom.
    pub(crate) fn titles(&self) -> Vec<String> {
        let rows = self.run(
            "return [...document.querySelectorAll('[data-todo-id]')]
                .sort((a, b) => a.offsetTop - b.offsetTop)
                .map((row) => row.querySelector('.row-title').textContent)",
            &[],
        );
        serde_json::from_value(rows).unwrap()
    }

    #[track_caller]
    pub(crate) fn until_titles(&self, expected: &[&str]) {
        until_or(
            || self.titles() == expected,
            || format!("the list shows {expected:?}, last seen {:?}", self.titles()),
        );
    }

    /// The titles of the rows whose box is ticked.
    pub(crate) fn ticked(&self) -> Vec<String> {
        let rows = self.run(
            "return [...document.querySelectorAll('[data-todo-id]')]
                .filter((row) => row.querySelector('input[type=checkbox]')?.checked)
                .sort((a, b) => a.offsetTop - b.offsetTop)
                .map((row) => row.querySelector('.row-title').textContent)",
            &[],
        );
        serde_json::from_value(rows).unwrap()
    }

    #[track_caller]
    pub(crate) fn until_ticked(&self, expected: &[&str]) {
        self.until(&format!("{expected:?} are ticked"), || self.ticked() == expected);
    }

    pub(crate) fn has(&self, css: &str) -> bool {
        self.run("return document.querySelector(arguments[0]) !== null", &[json!(css)]) == true
    }

    /// The text of an element; nothing where there is none.
    pub(crate) fn text(&self, css: &str) -> String {
        let script = "return document.querySelector(arguments[0])?.textContent ?? ''";
        self.run(script, &[json!(css)]).as_str().unwrap().trim().to_owned()
    }

    #[track_caller]
    pub(crate) fn until_text(&self, css: &str, part: &str) {
        until_or(
            || self.text(css).contains(part),
            || format!("{css} says “{part}”, last seen “{}”", self.text(css)),
        );
    }

    /// What is written in a field.
    pub(crate) fn value(&self, css: &str) -> String {
        let script = "return document.querySelector(arguments[0]).value";
        self.run(script, &[json!(css)]).as_str().unwrap().to_owned()
    }

    /// Runs a script in the page.
    pub(crate) fn run(&self, script: &str, arguments: &[Value]) -> Value {
        let answer = self.client.execute(script, arguments.to_vec());
        self.runtime.block_on(async { timeout(LIMIT, answer).await }).expect("an answer").unwrap()
    }

    /// Runs a script that ends by calling its last argument.
    pub(crate) fn run_async(&self, script: &str, arguments: &[Value]) -> Value {
        let answer = self.client.execute_async(script, arguments.to_vec());
        self.runtime.block_on(async { timeout(LIMIT, answer).await }).expect("an answer").unwrap()
    }

    /// Calls a command as the page's own code does, past its checks: its answer, or its refusal.
    pub(crate) fn invoke(&self, command: &str, arguments: Value) -> Result<Value, Value> {
        let script = "const [command, args, done] = arguments;
            window.__TAURI_INTERNALS__.invoke(command, args).then(
                (answer) => done({ Ok: answer ?? null }), (refusal) => done({ Err: refusal }));";
        serde_json::from_value(self.run_async(script, &[json!(command), arguments])).unwrap()
    }

    /// The id of the todo with this title, among the newest hundred that are not deleted.
    #[track_caller]
    pub(crate) fn id_of(&self, title: &str) -> Value {
        let asked = json!({ "filter": "all", "sort": "newest", "offset": 0, "limit": 100 });
        let rows = self.invoke("list_todos", asked).unwrap()["rows"].clone();
        let row = rows.as_array().unwrap().iter().find(|row| row["title"] == title);
        row.expect("it is in the list")["id"].clone()
    }

    #[track_caller]
    pub(crate) fn until(&self, what: &str, condition: impl FnMut() -> bool) {
        until(what, condition);
    }

    fn find(&self, css: &str) -> Element {
        let find = || self.runtime.block_on(self.client.find(Locator::Css(css))).ok();
        until_some(&format!("there is {css}"), find)
    }
}

/// As [`until`], with words that say what was seen last.
#[track_caller]
fn until_or(mut condition: impl FnMut() -> bool, words: impl Fn() -> String) {
    let begun = std::time::Instant::now();
    while !condition() {
        assert!(begun.elapsed() < LIMIT, "waited in vain until {}", words());
        std::thread::sleep(std::time::Duration::from_millis(25));
    }
}
