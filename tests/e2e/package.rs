//! The package for Debian, installed as a person installs it: its link brings the installed Clove up.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use crate::harness::{Addresses, Cloud, Group, Keyring, Session, Window};

const LINK: &str = "dev.clove.todo://callback?state=S&rotating_token_nonce=N&created_session_id=C";

#[test]
fn the_link_of_an_installed_package_starts_the_installed_clove_and_signs_in() {
    let session = Session::start();
    let installed = Installed::from(&package(), &session);
    let entry = installed.path("usr/share/applications/Clove.desktop");
    let lines = fs::read_to_string(&entry).unwrap();
    for line in ["Exec=clove %u", "Icon=clove", "MimeType=x-scheme-handler/dev.clove.todo"] {
        assert!(lines.lines().any(|found| found == line), "{line} in\n{lines}");
    }
    let checked = session.command("desktop-file-validate").arg(&entry).output().unwrap();
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stdout));
    for size in ["32x32", "128x128", "256x256@2"] {
        let icon = format!("usr/share/icons/hicolor/{size}/apps/clove.png");
        assert!(installed.path(&icon).is_file(), "{icon}");
    }

    // No Clove ever ran in this session: all that its desktop knows comes from the package.
    let mut opener = session.command("xdg-open");
    installed.reach(opener.arg(LINK));
    let opened = Group::spawn(opener);
    session.until_focused("Clove");
    session.until_logged("a link was refused");
    session.until_list_shown(1);
    let program = installed.path("usr/bin/clove");
    assert_eq!(session.program_of("Clove"), program);
    drop(opened);

    // It begins a sign-in, ends meanwhile, and is started by the link that the sign-in ends with.
    let keyring = Keyring::start(&session);
    let cloud = Cloud::connected(&session);
    let pages = Addresses::collect(&session);
    let window = Window::open_program(&session, &program, &[]);
    window.ask_to_sign_in(&session);
    let page = pages.until_opened(1);
    window.kill();
    let mut opener = session.command("xdg-open");
    installed.reach(opener.arg(cloud.sign_in_at(&page, "ada@example.com")));
    let opened = Group::spawn(opener);
    session.until_focused("Clove");
    session.until_logged("signed in");
    assert_eq!(session.program_of("Clove"), program);
    keyring.until_session_kept();
    drop(opened);
    Window::open_program(&session, &program, &[]).until_signed_in("ada");
}

/// The package that `cargo xtask test` has built.
fn package() -> PathBuf {
    let path = std::env::var_os("CLOVE_DEB").map(PathBuf::from);
    path.filter(|path| path.is_file()).expect(
        "CLOVE_DEB names no package: run `cargo xtask test`, or build one with `npx tauri build \
         --debug --bundles deb` and set CLOVE_DEB to the full path of its .deb",
    )
}

/// An installed package. Dropped, it is removed again.
struct Installed {
    /// What its files are under.
    root: PathBuf,
    /// The command that begins with the rights of root, where it was installed into the machine.
    as_root: Option<&'static [&'static str]>,
}

impl Installed {
    /// Installs the package into the machine, if this process may and no Clove is installed there
    /// that a person uses. Otherwise it is unpacked into the session.
    fn from(package: &Path, session: &Session) -> Self {
        let machine = Self { root: PathBuf::from("/"), as_root: root() };
        if let (Some(as_root), false) = (machine.as_root, machine.path("usr/bin/clove").exists()) {
            // From here on whatever was installed is removed, even if it was not installed whole.
            dpkg(as_root, &["--install", package.to_str().unwrap()]);
            return machine;
        }
        let root = session.path("installed");
        run(Command::new("dpkg-deb").arg("--extract").arg(package).arg(&root));
        // What the machine's package of desktop-file-utils does after an installation.
        run(Command::new("update-desktop-database").arg(root.join("usr/share/applications")));
        Self { root, as_root: None }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }

    /// Has a command find what is installed.
    fn reach(&self, command: &mut Command) {
        let path = std::env::var("PATH").unwrap();
        command.env("PATH", format!("{}:{path}", self.path("usr/bin").display()));
        let shared = self.path("usr/share");
        command.env("XDG_DATA_DIRS", format!("{}:/usr/local/share:/usr/share", shared.display()));
    }
}

impl Drop for Installed {
    fn drop(&mut self) {
        if let Some(as_root) = self.as_root {
            dpkg(as_root, &["--purge", "clove"]);
        }
    }
}

/// How to become root here without being asked for a password, if there is a way.
fn root() -> Option<&'static [&'static str]> {
    [&[] as &[&str], &["sudo", "-n"]].into_iter().find(|as_root| {
        let id = command(as_root, &["id", "-u"]).stderr(Stdio::null()).output();
        id.is_ok_and(|id| id.stdout == b"0\n")
    })
}

fn dpkg(as_root: &[&str], arguments: &[&str]) {
    run(&mut command(as_root, &[&["dpkg"], arguments].concat()));
}

fn command(as_root: &[&str], program: &[&str]) -> Command {
    let words = [as_root, program].concat();
    let mut command = Command::new(words[0]);
    command.args(&words[1..]);
    command
}

fn run(command: &mut Command) {
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?} failed: {said}");
}
