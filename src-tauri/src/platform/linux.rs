//! Linux: displays, D-Bus and freedesktop.org's files.

use std::{
    env, fs,
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};

use tauri::{App, AppHandle, RunEvent};
use zbus::{
    blocking::{Connection, fdo::DBusProxy},
    names::BusName,
};

use super::LinkHandler;

/// The bus name of what shows tray icons
/// (<https://www.freedesktop.org/wiki/Specifications/StatusNotifierItem/>).
const TRAY_HOST: &str = "org.kde.StatusNotifierWatcher";

/// Checks for a display, and prepares the environment that GTK and WebKit read at their start.
///
/// WebKitGTK's DMABUF renderer leaves the window blank on some drivers. Its switch is an environment
/// variable, which a running program cannot set safely, so the program starts itself anew with it.
pub(crate) fn prepare_for_windows() -> Result<(), String> {
    let set = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty());
    if !set("DISPLAY") && !set("WAYLAND_DISPLAY") {
        return Err(clove_core::words::told("shell-no-display"));
    }
    let switch = "WEBKIT_DISABLE_DMABUF_RENDERER";
    if env::var_os(switch).is_none() {
        let program = env::current_exe().map_err(|error| error.to_string())?;
        let mut again = Command::new(program);
        again.arg0(env::args_os().next().unwrap_or_default());
        again.args(env::args_os().skip(1)).env(switch, "1");
        let error = again.exec();
        tracing::warn!(%error, "Clove could not start itself anew; the window may stay blank");
    }
    Ok(())
}

/// Runs the app until it quits, and ends the process as it then is.
///
/// tao reads the keyboard on a thread that waits in Xlib for ever. An orderly exit ends Xlib's parts
/// while it does, and a key that comes then crashes it. By now all is written, so there is nothing
/// that such an exit would do for Clove.
pub(crate) fn run(app: App, on_event: fn(&AppHandle, RunEvent)) -> ExitCode {
    let code = app.run_return(on_event);
    signal_hook::low_level::exit(code)
}

/// Tells whether something shows tray icons: at once, and whenever that changes. Returns when the bus
/// is gone.
pub(crate) fn watch_tray_host(changed: impl Fn(bool)) {
    let watch = || -> zbus::Result<()> {
        let connection = Connection::session()?;
        let bus = DBusProxy::new(&connection)?;
        let changes = bus.receive_name_owner_changed_with_args(&[(0, TRAY_HOST)])?;
        changed(bus.name_has_owner(BusName::try_from(TRAY_HOST)?)?);
        for change in changes {
            changed(change.args()?.new_owner().is_some());
        }
        Ok(())
    };
    if let Err(error) = watch() {
        tracing::info!(%error, "the desktop's tray can't be watched");
        changed(false);
    }
}

/// The window manager gives the focus back by itself when a window goes.
pub(crate) fn give_focus_back<R: tauri::Runtime>(_app: &tauri::AppHandle<R>) {}

/// Whether programs can't have a global hotkey on this desktop.
pub(crate) fn desktop_owns_hotkeys() -> bool {
    let wayland = env::var_os("WAYLAND_DISPLAY").is_some_and(|display| !display.is_empty());
    let forced_x11 = env::var("GDK_BACKEND").is_ok_and(|backend| backend.starts_with("x11"));
    wayland && !forced_x11
}

/// Makes the handler that the deep-link plugin registered readable for every opener.
///
/// The plugin quotes the program in `Exec=`; the generic opener of xdg-utils does not understand
/// quotes (plugins-workspace#3374). A path with a space has to keep them.
pub(crate) fn mend_link_handler(applications: &Path) -> std::io::Result<()> {
    let program = env::current_exe()?;
    let name = program.file_name().unwrap_or_default().to_string_lossy();
    let file = applications.join(format!("{name}-handler.desktop"));
    let text = fs::read_to_string(&file)?;
    let mended = unquote_exec(&text);
    if mended != text { fs::write(&file, mended) } else { Ok(()) }
}

/// Asks the desktop which program opens links of a scheme.
pub(crate) fn link_handler<R: tauri::Runtime>(
    _app: Option<&tauri::AppHandle<R>>,
    scheme: &str,
) -> LinkHandler {
    let mut query = Command::new("xdg-mime");
    query.args(["query", "default", &format!("x-scheme-handler/{scheme}")]);
    let answer = query.output().map(|output| output.stdout).unwrap_or_default();
    let name = String::from_utf8_lossy(&answer).trim().to_owned();
    if name.is_empty() || name.contains('/') {
        return LinkHandler::Nobody;
    }
    let folders = data_folders().into_iter().map(|folder| folder.join("applications"));
    let entry = folders.filter_map(|folder| fs::read_to_string(folder.join(&name)).ok()).next();
    match entry.as_deref().and_then(program_of) {
        None => LinkHandler::Nobody,
        Some(program) if is_this_program(&program) => LinkHandler::ThisProgram,
        Some(program) => LinkHandler::Other(program),
    }
}

/// The user's folder for data, then the system's (XDG Base Directory).
fn data_folders() -> Vec<PathBuf> {
    let system = env::var("XDG_DATA_DIRS").ok().filter(|list| !list.is_empty());
    let system = system.unwrap_or_else(|| "/usr/local/share:/usr/share".to_owned());
    dirs::data_dir().into_iter().chain(env::split_paths(&system)).collect()
}

/// The program that a desktop entry starts.
fn program_of(entry: &str) -> Option<String> {
    let command = entry.lines().find_map(|line| line.strip_prefix("Exec="))?;
    match command.strip_prefix('"') {
        Some(quoted) => quoted.split_once('"').map(|(program, _)| program.to_owned()),
        None => command.split_whitespace().next().map(str::to_owned),
    }
}

/// Whether a command means this program: by its path, or by a name that is looked up.
fn is_this_program(command: &str) -> bool {
    let paths = env::var_os("PATH").unwrap_or_default();
    let found =
        env::split_paths(&paths).map(|folder| folder.join(command)).find(|path| path.is_file());
    // An AppImage runs from a place of its own, and is started by its file.
    let own = env::var_os("APPIMAGE").map(PathBuf::from).or_else(|| env::current_exe().ok());
    let real = |path: PathBuf| path.canonicalize().ok();
    found.and_then(real).is_some_and(|found| own.and_then(real) == Some(found))
}

fn unquote_exec(text: &str) -> String {
    let unquote = |line: &str| match line.strip_prefix("Exec=\"").and_then(|l| l.split_once('"')) {
        Some((program, rest)) if !program.contains(' ') => format!("Exec={program}{rest}"),
        _ => line.to_owned(),
    };
    text.lines().map(|line| unquote(line) + "\n").collect()
}

#[cfg(test)]
mod tests {
    use super::{program_of, unquote_exec};

    #[test]
    fn exec_loses_its_quotes_unless_it_needs_them() {
        let entry = |exec: &str| format!("[Desktop Entry]\nExec={exec}\nType=Application\n");
        assert_eq!(unquote_exec(&entry("\"/usr/bin/clove\" %u")), entry("/usr/bin/clove %u"));
        assert_eq!(unquote_exec(&entry("/usr/bin/clove %u")), entry("/usr/bin/clove %u"));
        let spaced = entry("\"/opt/my apps/clove\" %u");
        assert_eq!(unquote_exec(&spaced), spaced, "a path with a space keeps its quotes");
    }

    #[test]
    fn the_program_of_an_entry_is_its_first_word() {
        let program = |exec: &str| program_of(&format!("[Desktop Entry]\n{exec}\n"));
        assert_eq!(program("Exec=clove %u").as_deref(), Some("clove"));
        assert_eq!(
            program("Exec=\"/opt/my apps/clove\" %u").as_deref(),
            Some("/opt/my apps/clove")
        );
        assert_eq!(program("Exec=\"/opt/clove"), None, "a quote that never ends");
        assert_eq!(program("TryExec=clove"), None);
    }
}
