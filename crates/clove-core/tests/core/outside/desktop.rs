//! A Linux desktop without a screen: a session bus and gnome-keyring, in a home of their own.

use std::{
    fs,
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Child, ChildStdout, Command, Stdio},
    time::{Duration, Instant},
};

use tempfile::TempDir;

use crate::process::said;

const LONG: Duration = Duration::from_secs(30);

/// What starts the daemon, with a keyring that is made and unlocked by an empty password, or with none
/// but what is there, locked.
pub(crate) const UNLOCKED: &str = "gnome-keyring-daemon --foreground --unlock --components=secrets";
pub(crate) const LOCKED: &str = "gnome-keyring-daemon --foreground --components=secrets";

/// A session bus with a home of its own. Only what is installed runs on it, once somebody calls it.
pub(crate) struct Desktop {
    _bus: Running,
    folder: TempDir,
}

impl Desktop {
    pub(crate) fn new() -> Self {
        let folder = TempDir::new().expect("a folder");
        let at = folder.path();
        for name in ["services", "home", "run"] {
            fs::create_dir(at.join(name)).expect("a folder");
        }
        fs::write(at.join("password"), "\n").expect("the password");
        fs::write(at.join("bus.conf"), configuration(at)).expect("the bus's configuration");
        let made = Command::new("mkfifo").arg(at.join("dialog")).status().expect("mkfifo runs");
        assert!(made.success(), "the dialog can be closed");
        let mut bus = Command::new("dbus-daemon");
        bus.arg("--config-file").arg(at.join("bus.conf")).args(["--nofork", "--print-address"]);
        at_home(&mut bus, at);
        bus.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut bus = Running::start(&mut bus);
        assert!(bus.line().starts_with("unix:path="), "the bus runs");
        let desktop = Self { _bus: bus, folder };
        // No window opens in a test: the dialog is open until something is written into its pipe.
        let dialog =
            format!("echo open >> {0}/dialogs\nread closed < {0}/dialog\nexit 1", desktop.path());
        desktop.install_as("org.gnome.keyring.SystemPrompter", &dialog);
        desktop
    }

    /// Has the bus start the daemon so, when it is called.
    pub(crate) fn install(&self, daemon: &str) {
        let folder = self.path();
        let script = format!("echo $$ > {folder}/pid\nexec {daemon} < {folder}/password");
        self.install_as("org.freedesktop.secrets", &script);
    }

    fn install_as(&self, name: &str, script: &str) {
        let folder = self.path();
        fs::write(format!("{folder}/{name}.sh"), script).expect("a script");
        let service = format!("[D-BUS Service]\nName={name}\nExec=/bin/sh {folder}/{name}.sh\n");
        fs::write(format!("{folder}/services/{name}.service"), service).expect("a service");
    }

    pub(crate) fn end_keyring(&self) {
        let pid = fs::read_to_string(format!("{}/pid", self.path())).expect("the daemon runs");
        let killed = Command::new("kill").arg(pid.trim()).status().expect("kill runs");
        assert!(killed.success(), "the daemon ran");
        until("the daemon is gone", || {
            let mut ask = Command::new("dbus-send");
            at_home(&mut ask, self.folder.path());
            ask.args(["--session", "--print-reply", "--dest=org.freedesktop.DBus", "/"]);
            ask.args(["org.freedesktop.DBus.NameHasOwner", "string:org.freedesktop.secrets"]);
            let answer = ask.output().expect("dbus-send runs").stdout;
            String::from_utf8_lossy(&answer).contains("boolean false")
        });
    }

    pub(crate) fn dialogs(&self) -> usize {
        fs::read_to_string(self.folder.path().join("dialogs")).unwrap_or_default().lines().count()
    }

    /// Closes the dialog, once it is open.
    pub(crate) fn close_dialog(&self) {
        until("a dialog is open", || self.dialogs() > 0);
        fs::write(self.folder.path().join("dialog"), "\n").expect("the dialog is closed");
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    fn path(&self) -> std::path::Display<'_> {
        self.folder.path().display()
    }
}

fn configuration(folder: &Path) -> String {
    let folder = folder.display();
    format!(
        r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={folder}/bus</listen>
  <servicedir>{folder}/services</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>
  </policy>
  <limit name="service_start_timeout">120000</limit>
</busconfig>"#
    )
}

/// Has a command find this bus and this home, and nothing of the person who runs the test.
pub(crate) fn at_home(command: &mut Command, folder: &Path) {
    for name in ["DISPLAY", "WAYLAND_DISPLAY", "GNOME_KEYRING_CONTROL"] {
        command.env_remove(name);
    }
    let home = folder.join("home");
    command.env("HOME", &home).env("XDG_RUNTIME_DIR", folder.join("run"));
    for name in ["XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"] {
        command.env(name, home.join(name));
    }
    command.env("DBUS_SESSION_BUS_ADDRESS", format!("unix:path={}/bus", folder.display()));
}

fn until(what: &str, holds: impl Fn() -> bool) {
    let begun = Instant::now();
    while !holds() {
        assert!(begun.elapsed() < LONG, "{what}, in time");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// A process that ends with the test.
pub(crate) struct Running {
    process: Child,
    out: BufReader<ChildStdout>,
}

impl Running {
    pub(crate) fn start(command: &mut Command) -> Self {
        let mut process = command.spawn().expect("a process");
        let out = BufReader::new(process.stdout.take().expect("a pipe"));
        Self { process, out }
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        let length = self.out.read_line(&mut line).expect("it speaks");
        assert!(length > 0, "it ended without a word");
        line.trim_end().to_owned()
    }

    /// What a process that obeys its input answers to one line.
    pub(crate) fn asked(&mut self, what: &str) -> String {
        let asked = self.process.stdin.as_mut().expect("a pipe");
        asked.write_all(format!("{what}\n").as_bytes()).expect("it listens");
        loop {
            if let Some(answer) = said(&self.line()) {
                return answer.to_owned();
            }
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
