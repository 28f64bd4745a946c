//! A desktop session for one test: home, display, window manager, D-Bus.

use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
    ffi::OsString,
    fs,
    io::{BufRead, BufReader},
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use tempfile::TempDir;

use super::{
    evidence,
    processes::{Group, tied},
    wait::until,
};

/// The program under test.
pub(crate) const CLOVE: &str = env!("CARGO_BIN_EXE_clove");

/// A desktop of its own.
pub(crate) struct Session {
    display: String,
    bus: String,
    desktop: RefCell<Vec<Group>>,
    /// What [`Self::set`] has every command find in its environment.
    variables: RefCell<BTreeMap<String, String>>,
    /// Whether programs that start from now on show themselves on an accessibility bus.
    pub(super) accessible: Cell<bool>,
    home: TempDir,
}

impl Session {
    /// Starts a desktop without a tray.
    pub(crate) fn start() -> Self {
        Self::start_on("1280x900x24")
    }

    /// The same with a screen of this size, as Xvfb writes it: width, height and bits of a pixel.
    pub(crate) fn start_on(screen: &str) -> Self {
        // Short, because Clove's socket has to fit into the 107 bytes of a socket address.
        let home = tempfile::Builder::new().prefix("clove").tempdir_in("/tmp").unwrap();
        let mut session = Self {
            display: String::new(),
            bus: String::new(),
            desktop: RefCell::default(),
            variables: RefCell::default(),
            accessible: Cell::new(false),
            home,
        };
        for folder in ["data/applications", "config", "cache", "tmp"] {
            fs::create_dir_all(session.path(folder)).unwrap();
        }
        // Nothing is on its way to another place while a test aims at it.
        fs::create_dir_all(session.path("config/gtk-3.0")).unwrap();
        let still = "[Settings]\ngtk-enable-animations=0\n";
        fs::write(session.path("config/gtk-3.0/settings.ini"), still).unwrap();
        private_folder(&session.path("run"));
        private_folder(&session.path("run/services"));
        session.bus = session.start_bus("bus");
        session.display = session.start_display(screen);
        // The first key that is pressed switches the server to another keyboard. A window manager
        // takes its keys anew then, and misses those that are pressed meanwhile.
        session.key("Shift_L");
        let mut window_manager = session.command("openbox");
        window_manager.stdout(Stdio::null()).stderr(Stdio::null());
        session.keep(Group::spawn(window_manager));
        until("a window manager runs", || session.has_window_manager());
        let mut picture = session.command("import");
        picture.args(["-window", "root"]);
        evidence::gather(picture, session.data().join("logs"));
        session
    }

    /// Starts another message bus, as another login of the same person would have. Its address.
    pub(crate) fn start_bus(&self, name: &str) -> String {
        let socket = self.path("run").join(name);
        let configuration = self.path("run").join(format!("{name}.conf"));
        // No service folder but the session's own: nothing of the machine's desktop starts by itself.
        let text = format!(
            r#"<busconfig><type>session</type><listen>unix:path={}</listen><auth>EXTERNAL</auth>
            <servicedir>{}</servicedir><policy context="default"><allow send_destination="*" eavesdrop="true"/>
            <allow eavesdrop="true"/><allow own="*"/></policy></busconfig>"#,
            socket.display(),
            self.path("run/services").display()
        );
        fs::write(&configuration, text).unwrap();
        let mut daemon = self.command("dbus-daemon");
        daemon.args(["--nofork", "--nopidfile", "--print-address=1", "--config-file"]);
        daemon.arg(configuration);
        self.start_and_hear(daemon)
    }

    /// A command in this desktop, which ends with the test.
    pub(crate) fn command(&self, program: &str) -> Command {
        let mut command = tied(program);
        self.settle(&mut command);
        command
    }

    /// Starts Clove as its icon does.
    pub(crate) fn start_clove(&self, arguments: &[&str]) -> Group {
        Group::spawn(self.clove_command(arguments))
    }

    /// What [`Self::start_clove`] starts.
    pub(crate) fn clove_command(&self, arguments: &[&str]) -> Command {
        let mut command = self.command(CLOVE);
        command.args(arguments).stdout(Stdio::null());
        command
    }

    /// Runs Clove in a terminal, to its end.
    pub(crate) fn clove(&self, arguments: &[&str]) -> Output {
        self.command(CLOVE).args(arguments).output().unwrap()
    }

    /// Runs Clove where there is neither a display nor a message bus, such as over SSH.
    pub(crate) fn clove_without_display(&self, arguments: &[&str]) -> Output {
        let mut command = self.command(CLOVE);
        command.env_remove("DISPLAY").env_remove("DBUS_SESSION_BUS_ADDRESS");
        command.args(arguments).output().unwrap()
    }

    /// Connects every Clove that starts from now on, whoever starts it, with these two variables.
    pub(crate) fn connect(&self, variables: [(&str, &str); 2]) {
        variables.into_iter().for_each(|(name, value)| self.set(name, value));
    }

    /// Has every command from now on find this variable in its environment.
    pub(crate) fn set(&self, name: &str, value: &str) {
        self.variables.borrow_mut().insert(name.to_owned(), value.to_owned());
    }

    /// Has the next Clove log all that it can.
    pub(crate) fn log_everything(&self) {
        self.choose(r#"{"logLevel":"trace"}"#);
    }

    /// Has the next Clove find these settings, as JSON.
    pub(crate) fn choose(&self, settings: &str) {
        fs::create_dir_all(self.data()).unwrap();
        fs::write(self.data().join("settings.json"), settings).unwrap();
    }

    /// A path among what belongs to this session.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    /// Where Clove keeps its files.
    pub(crate) fn data(&self) -> PathBuf {
        self.path("data").join("dev.clove.todo")
    }

    /// The address of the session's message bus.
    pub(crate) fn bus(&self) -> &str {
        &self.bus
    }

    /// All that Clove has logged.
    pub(crate) fn log(&self) -> String {
        evidence::log_in(&self.data().join("logs"))
    }

    #[track_caller]
    pub(crate) fn until_logged(&self, words: &str) {
        until(&format!("the log says “{words}”"), || self.log().contains(words));
    }

    /// Waits until a terminal lists these open todos.
    #[track_caller]
    pub(crate) fn until_listed(&self, titles: &[&str]) {
        let lines: String = titles.iter().map(|title| format!("[ ] {title}\n")).collect();
        until(&format!("the list is {titles:?}"), || {
            self.clove(&["list"]).stdout == lines.as_bytes()
        });
    }

    /// Waits until the list is on the screen of the `starts`-th Clove that showed one.
    #[track_caller]
    pub(crate) fn until_list_shown(&self, starts: usize) {
        until("the list is shown", || self.log().matches("first row shown").count() >= starts);
    }

    /// Keeps a part of the desktop for as long as the session lasts.
    pub(crate) fn keep(&self, part: Group) {
        self.desktop.borrow_mut().push(part);
    }

    /// Starts an X server. Left to choose a number, two that start at once may take the same one.
    fn start_display(&self, screen: &str) -> String {
        let display = format!(":{}", free_port());
        let mut server = self.command("Xvfb");
        server.args([display.as_str(), "-displayfd", "1", "-nolisten", "tcp"]);
        // Otherwise it starts anew, and drops everybody, whenever its only client goes.
        server.args(["-noreset", "-screen", "0", screen]);
        self.start_and_hear(server);
        display
    }

    /// Starts a part of the desktop, and hears its first line, which says that it is ready.
    fn start_and_hear(&self, mut command: Command) -> String {
        command.stdout(Stdio::piped()).stderr(Stdio::null());
        let mut part = Group::spawn(command);
        let mut line = String::new();
        let stdout = part.child().stdout.take().unwrap();
        BufReader::new(stdout).read_line(&mut line).unwrap();
        assert!(!line.trim().is_empty(), "a part of the desktop did not start");
        self.keep(part);
        line.trim().to_owned()
    }

    fn settle(&self, command: &mut Command) {
        let path = std::env::var_os("PATH").unwrap_or_else(|| OsString::from("/usr/bin:/bin"));
        command.env_clear().current_dir(self.home.path()).env("PATH", path);
        command.env("HOME", self.home.path()).env("LANG", "C.UTF-8");
        for (name, folder) in [
            ("XDG_DATA_HOME", "data"),
            ("XDG_CONFIG_HOME", "config"),
            ("XDG_CACHE_HOME", "cache"),
            ("XDG_RUNTIME_DIR", "run"),
            ("TMPDIR", "tmp"),
        ] {
            command.env(name, self.path(folder));
        }
        command.envs(&*self.variables.borrow());
        command.env("DISPLAY", &self.display).env("DBUS_SESSION_BUS_ADDRESS", &self.bus);
        // The machine's own network may be gone, which is nothing to this desktop.
        command.env("DBUS_SYSTEM_BUS_ADDRESS", &self.bus);
        // WebKit asks whether the variable is there, not what it says.
        if !self.accessible.get() {
            command.env("NO_AT_BRIDGE", "1");
        }
        // Software drawing, X11, no settings of the machine's desktop.
        command.envs([
            ("GDK_BACKEND", "x11"),
            ("GSETTINGS_BACKEND", "memory"),
            ("LIBGL_ALWAYS_SOFTWARE", "1"),
            // Set, Clove has no reason to start itself anew.
            ("WEBKIT_DISABLE_DMABUF_RENDERER", "1"),
        ]);
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // The last that came goes first: the X server, which has files to remove, outlives its clients.
        for mut part in self.desktop.take().into_iter().rev() {
            part.end();
        }
    }
}

/// A number that nobody else on this machine uses now: an X server's display, or a driver's port.
pub(crate) fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

fn private_folder(path: &Path) {
    use std::os::unix::fs::DirBuilderExt;
    fs::DirBuilder::new().mode(0o700).create(path).unwrap();
}
