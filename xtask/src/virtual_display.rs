//! A display of our own where there is none: X server, window manager, D-Bus session, screenshots.

use crate::children::{Guarded, command};
use crate::cmd::{Cmd, Doing, Result};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// Which D-Bus session the programs in the display get.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bus {
    /// The one of the environment, or a private one where there is none.
    IfMissing,
    /// Always a private one: no other Clove can be met on it.
    Private,
}

/// Whether windows can be shown here without one.
pub(crate) fn is_needed() -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    cfg!(target_os = "linux") && !set("DISPLAY") && !set("WAYLAND_DISPLAY")
}

/// Lives as long as this value; everything in it ends when it is dropped.
pub(crate) struct VirtualDisplay {
    name: String,
    bus_address: Option<String>,
    // Fields are dropped in this order: the X server last.
    _window_manager: Guarded,
    _bus: Option<Guarded>,
    _server: Guarded,
}

impl VirtualDisplay {
    pub(crate) fn start(bus: Bus) -> Result<VirtualDisplay> {
        // With -displayfd the server picks a free number, and writes it once it accepts clients.
        let arguments =
            ["-displayfd", "1", "-screen", "0", "1280x900x24", "-nolisten", "tcp", "-noreset"];
        let mut server = command("Xvfb", &arguments);
        server.stderr(Stdio::null());
        let (server, number) = Guarded::spawn_and_hear(server)?;
        let name = format!(":{number}");

        let has_bus = std::env::var_os("DBUS_SESSION_BUS_ADDRESS").is_some();
        let (bus, bus_address) = if bus == Bus::Private || !has_bus {
            let arguments = ["--session", "--nofork", "--nopidfile", "--print-address=1"];
            let mut daemon = command("dbus-daemon", &arguments);
            // Services that the bus starts open their windows here too.
            surround(&mut daemon, &name, None);
            daemon.stderr(Stdio::null());
            let (bus, address) = Guarded::spawn_and_hear(daemon)?;
            (Some(bus), Some(address))
        } else {
            (None, None)
        };

        let mut window_manager = command("openbox", &["--sm-disable"]);
        surround(&mut window_manager, &name, bus_address.as_deref());
        window_manager.stdout(Stdio::null()).stderr(Stdio::null());
        let _window_manager = Guarded::spawn(window_manager)?;
        Ok(VirtualDisplay { name, bus_address, _window_manager, _bus: bus, _server: server })
    }

    /// As `DISPLAY` has it, such as ":1".
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// The address of the private D-Bus session, where there is one.
    pub(crate) fn bus(&self) -> Option<&str> {
        self.bus_address.as_deref()
    }

    /// Makes a command open its windows here, drawn in software.
    pub(crate) fn host(&self, command: &mut Command) {
        surround(command, &self.name, self.bus_address.as_deref());
    }

    /// Keeps a picture of the whole screen in `file` until the returned value is dropped.
    pub(crate) fn photograph(&self, file: PathBuf) -> Photographer {
        // A picture of an earlier run would be taken for one of this.
        let _ = fs::remove_file(&file);
        let (stop, stopped) = channel::<()>();
        let display = self.name.clone();
        let thread = thread::spawn(move || {
            let every = Duration::from_secs(2);
            let mut told = false;
            while stopped.recv_timeout(every) == Err(RecvTimeoutError::Timeout) {
                if let Err(failure) = picture(&display, &file)
                    && !told
                {
                    told = true;
                    eprintln!("No screenshot: {failure}");
                }
            }
        });
        Photographer { stop: Some(stop), thread: Some(thread) }
    }
}

/// Takes pictures until it is dropped.
pub(crate) struct Photographer {
    stop: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Drop for Photographer {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Written beside the file and renamed, so that nobody opens half a picture.
fn picture(display: &str, file: &Path) -> Result<()> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder).doing(format_args!("make {}", folder.display()))?;
    }
    let unfinished = file.with_extension("unfinished.png");
    let path = unfinished.to_string_lossy();
    // import ignores its own option -display.
    Cmd::new("import", &["-silent", "-window", "root", &path]).env("DISPLAY", display).read()?;
    fs::rename(&unfinished, file).doing(format_args!("write {}", file.display()))
}

fn surround(command: &mut Command, display: &str, bus_address: Option<&str>) {
    command.env("DISPLAY", display).env_remove("WAYLAND_DISPLAY");
    command.env("GDK_BACKEND", "x11").env("LIBGL_ALWAYS_SOFTWARE", "1").env("NO_AT_BRIDGE", "1");
    if let Some(address) = bus_address {
        command.env("DBUS_SESSION_BUS_ADDRESS", address);
    }
}
