//! The session's web browser: a real Chromium, in a profile of its own.

use std::{
    fs,
    net::TcpStream,
    os::unix::fs::{MetadataExt, PermissionsExt},
    path::{Path, PathBuf},
    process::Stdio,
};

use fantoccini::{Client, ClientBuilder, Locator, elements::Element};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tokio::{
    runtime::{Builder, Runtime},
    time::timeout,
};

use super::{
    processes::Group,
    session::{Session, free_port},
    wait::{LIMIT, until, until_some},
};

/// Lets every page open Clove's links without asking the person first
/// (<https://chromeenterprise.google/policies/#AutoLaunchProtocolsFromOrigins>).
const POLICY: &str = r#"{ "AutoLaunchProtocolsFromOrigins": [
    { "protocol": "dev.clove.todo", "allowed_origins": ["*"] }
] }"#;

/// What keeps it from asking, updating, calling its maker, and writing of what a test lacks.
const FLAGS: &str = "--no-first-run --no-default-browser-check --password-store=basic \
    --disable-background-networking --disable-component-update --disable-sync --disable-breakpad \
    --disable-quic --disable-gpu --log-level=3 --remote-debugging-port=0";

/// An open browser, which opens what is opened in the session.
pub(crate) struct Browser {
    runtime: Runtime,
    client: Client,
    /// Chromium, its driver, and whatever the pages start.
    _groups: [Group; 2],
}

impl Browser {
    /// Opens it with an empty page, and makes it the session's browser: `xdg-open` of a web address
    /// opens a tab in it.
    pub(crate) fn open(session: &Session) -> Self {
        let program = write_launcher(session);
        make_default(session, &program);
        let mut chromium = session.command(&program);
        chromium.arg("about:blank").stdout(Stdio::null());
        let chromium = Group::spawn(chromium);
        let devtools = until_some("Chromium runs", || devtools_port(session));

        let port = free_port();
        let mut driver = session.command("chromedriver");
        driver.arg(format!("--port={port}")).stdout(Stdio::null());
        let driver = Group::spawn(driver);
        until("chromedriver listens", || TcpStream::connect(("127.0.0.1", port)).is_ok());
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        let client = runtime.block_on(async {
            let mut builder = ClientBuilder::new(HttpConnector::new());
            let options = json!({
                "goog:chromeOptions": { "debuggerAddress": format!("127.0.0.1:{devtools}") },
            });
            builder.capabilities(options.as_object().unwrap().clone());
            timeout(LIMIT, builder.connect(&format!("http://127.0.0.1:{port}"))).await
        });
        let client = client.expect("chromedriver answers").unwrap();
        Self { runtime, client, _groups: [driver, chromium] }
    }

    /// Waits for a tab whose address begins like this, and goes on in it.
    #[track_caller]
    pub(crate) fn until_page(&self, address: &str) {
        until(&format!("the browser shows {address}"), || {
            let tabs = self.runtime.block_on(self.client.windows()).unwrap_or_default();
            tabs.into_iter().any(|tab| self.shows(tab, address))
        });
    }

    /// Runs a script in the page.
    pub(crate) fn run(&self, script: &str) -> Value {
        self.runtime.block_on(self.client.execute(script, Vec::new())).unwrap()
    }

    /// Types into a field; WebDriver's codes stand for other keys.
    #[track_caller]
    pub(crate) fn type_into(&self, css: &str, text: &str) {
        let element = self.find(css);
        self.runtime.block_on(element.send_keys(text)).unwrap();
    }

    /// Clicks an element, which counts as the person's own doing.
    #[track_caller]
    pub(crate) fn click(&self, css: &str) {
        let element = self.find(css);
        self.runtime.block_on(element.click()).unwrap();
    }

    #[track_caller]
    fn find(&self, css: &str) -> Element {
        let find = || self.runtime.block_on(self.client.find(Locator::Css(css))).ok();
        until_some(&format!("the page has {css}"), find)
    }

    /// Turns to a tab; one that went meanwhile shows nothing.
    fn shows(&self, tab: fantoccini::wd::WindowHandle, address: &str) -> bool {
        self.runtime.block_on(async {
            self.client.switch_to_window(tab).await.is_ok()
                && self
                    .client
                    .current_url()
                    .await
                    .is_ok_and(|url| url.as_str().starts_with(address))
        })
    }
}

/// A browser that shows nothing, and writes down which addresses it was to open.
pub(crate) struct Addresses(PathBuf);

impl Addresses {
    /// Makes it the session's browser.
    pub(crate) fn collect(session: &Session) -> Self {
        let file = session.path("addresses");
        let program = session.path("browser");
        write_program(&program, &format!("printf '%s\\n' \"$1\" >>{}\n", file.display()));
        make_default(session, program.to_str().unwrap());
        Self(file)
    }

    /// Waits for the address that was opened as the `number`-th, counted from 1.
    #[track_caller]
    pub(crate) fn until_opened(&self, number: usize) -> String {
        until_some(&format!("{number} pages were opened"), || {
            let opened = fs::read_to_string(&self.0).unwrap_or_default();
            let line = opened.split_inclusive('\n').nth(number - 1)?;
            line.strip_suffix('\n').map(str::to_owned)
        })
    }
}

/// Writes the program that starts Chromium. It reads policies from /etc/chromium alone, so it sees
/// the session's folder there; the machine's own stays as it is.
fn write_launcher(session: &Session) -> String {
    let policies = session.path("etc-chromium/policies/managed");
    fs::create_dir_all(&policies).unwrap();
    fs::write(policies.join("clove.json"), POLICY).unwrap();
    let (etc, profile, launcher) =
        (session.path("etc-chromium"), session.path("chromium"), session.path("browser"));
    // Chromium's own sandbox refuses root, who owns the session's folder then.
    let root = fs::metadata(&etc).unwrap().uid() == 0;
    let script = format!(
        "exec bwrap --die-with-parent --dev-bind / / --ro-bind {etc} /etc/chromium \
         chromium --user-data-dir={profile} {FLAGS} {sandbox} \"$@\"\n",
        etc = etc.display(),
        profile = profile.display(),
        sandbox = if root { "--no-sandbox" } else { "" },
    );
    write_program(&launcher, &script);
    launcher.to_str().unwrap().to_owned()
}

fn write_program(path: &Path, script: &str) {
    fs::write(path, format!("#!/bin/sh\n{script}")).unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
}

/// Registers the browser with the desktop, for web addresses.
fn make_default(session: &Session, program: &str) {
    let entry = format!(
        "[Desktop Entry]\nType=Application\nName=Browser\nExec={program} %u\n\
         MimeType=x-scheme-handler/http;x-scheme-handler/https;\n"
    );
    fs::write(session.path("data/applications/browser.desktop"), entry).unwrap();
    let mut register = session.command("xdg-mime");
    register.args(["default", "browser.desktop"]);
    register.args(["x-scheme-handler/http", "x-scheme-handler/https"]);
    assert!(register.status().unwrap().success(), "the browser is registered");
}

/// The port that a running Chromium has written into its profile.
fn devtools_port(session: &Session) -> Option<u16> {
    let file: &Path = &session.path("chromium/DevToolsActivePort");
    fs::read_to_string(file).ok()?.lines().next()?.parse().ok()
}
