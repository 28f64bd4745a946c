//! What is measured of programs from outside: their windows, the keys that they get, their memory.

mod memory;
mod screen;

pub(crate) mod quick_add;
pub(crate) mod resident;

use crate::children::{Guarded, command};
use crate::cmd::{Cmd, Doing, Failure, Result, fail};
use crate::packages::For;
use crate::virtual_display::VirtualDisplay;
use crate::workspace::Workspace;
use crate::{node, set_up};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// How long anything may take before the benchmark gives up.
const PATIENCE: Duration = Duration::from_secs(60);

/// Builds Clove as it is released, after what that needs.
fn release() -> Result<PathBuf> {
    set_up::system(&[For::Build, For::Run, For::VirtualDisplay])?;
    node::packages()?;
    node::ui()?;
    let release = ["build", "--release", "--package", "clove", "--features", "custom-protocol"];
    Cmd::cargo(&release).run()?;
    Ok(Workspace::read()?.target()?.join("release/clove"))
}

/// A home folder for programs that are measured, which goes with this value.
struct Home(tempfile::TempDir);

impl Home {
    fn new() -> Result<Home> {
        let made = tempfile::Builder::new().prefix("clove").tempdir_in("/tmp");
        Ok(Home(made.doing("make a folder in /tmp")?))
    }

    /// Where Clove keeps its files.
    fn clove(&self) -> PathBuf {
        self.0.path().join("clove")
    }

    /// A program that writes here, in a display.
    fn command(&self, program: &str, arguments: &[&str], display: &VirtualDisplay) -> Command {
        let mut command = command(program, arguments);
        let folder = |name: &str| self.0.path().join(name);
        command.env("HOME", self.0.path()).env("CLOVE_DATA_DIR", self.clove());
        command.env("XDG_DATA_HOME", folder("data")).env("XDG_CONFIG_HOME", folder("config"));
        command.env("XDG_CACHE_HOME", folder("cache")).env("XDG_RUNTIME_DIR", folder("run"));
        command.stdout(Stdio::null()).stderr(Stdio::null());
        display.host(&mut command);
        command
    }

    fn make_folders(&self) -> Result<()> {
        use std::os::unix::fs::DirBuilderExt;
        for name in ["data", "config", "cache", "run", "clove"] {
            let folder = self.0.path().join(name);
            let made = fs::DirBuilder::new().mode(0o700).recursive(true).create(&folder);
            made.doing(format_args!("make {}", folder.display()))?;
        }
        Ok(())
    }
}

/// Starts Clove without a window, and waits until its hotkey is taken.
fn start_clove(
    home: &Home,
    display: &VirtualDisplay,
    program: &Path,
    ready: bool,
) -> Result<Guarded> {
    let settings = home.clove().join("settings.json");
    fs::write(&settings, format!("{{\"quickAddReady\":{ready}}}"))
        .doing(format_args!("write {}", settings.display()))?;
    let clove = home.command(&program.to_string_lossy(), &["--background"], display);
    let clove = Guarded::spawn(clove)?;
    until("Clove listens", || home.clove().join("clove.sock").exists().then_some(()))?;
    Ok(clove)
}

/// Waits until `find` finds something.
fn until<T>(what: &str, mut find: impl FnMut() -> Option<T>) -> Result<T> {
    let begun = Instant::now();
    loop {
        if let Some(found) = find() {
            return Ok(found);
        }
        if begun.elapsed() > PATIENCE {
            return fail(format!("Waited {} s in vain until {what}.", PATIENCE.as_secs()));
        }
        sleep(Duration::from_millis(1));
    }
}

/// What went wrong with the X server.
fn of_x(error: impl std::fmt::Display) -> Failure {
    Failure(format!("The virtual display did not answer as it should: {error}."))
}
