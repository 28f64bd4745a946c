//! The two windows: when they are made, shown, and let go.

use std::{
    io::{self, Write},
    path::PathBuf,
};

use clove_core::words;
use tauri::{
    AppHandle, Emitter, LogicalSize, Manager, PhysicalPosition, Runtime, WebviewUrl, WebviewWindow,
    WebviewWindowBuilder,
};

use crate::{language, platform, settings::CloseWithoutTray, state::AppState};

/// The label of the window with the list.
pub(crate) const MAIN: &str = "main";
/// The label of the small window that adds a todo.
pub(crate) const QUICK_ADD: &str = "quick-add";

/// The size of quick add, in logical pixels.
const QUICK_ADD_SIZE: LogicalSize<f64> = LogicalSize::new(620.0, 68.0);

/// Brings the main window to the front, making it where there is none.
pub(crate) fn open_main<R: Runtime>(app: &AppHandle<R>) {
    match app.get_webview_window(MAIN) {
        Some(window) => {
            let _ = window.unminimize();
            focus(&window);
        }
        None => make_main(app, String::new()),
    }
}

/// Brings the main window to the front, and has its page run a command of its keyboard map.
pub(crate) fn run_in_main<R: Runtime>(app: &AppHandle<R>, command: &str) {
    if app.get_webview_window(MAIN).is_none() {
        return make_main(app, format!("#{command}"));
    }
    open_main(app);
    let _ = app.emit_to(MAIN, "command", command);
}

/// Whether what is typed goes to quick add.
pub(crate) fn is_in_quick_add<R: Runtime>(app: &AppHandle<R>) -> bool {
    app.get_webview_window(QUICK_ADD).is_some_and(|window| window.is_focused().unwrap_or(false))
}

/// Has the page of quick add run a command.
pub(crate) fn run_in_quick_add<R: Runtime>(app: &AppHandle<R>, command: &str) {
    let _ = app.emit_to(QUICK_ADD, "command", command);
}

fn make_main<R: Runtime>(app: &AppHandle<R>, at: String) {
    on_main_thread(app, move |app| {
        WebviewWindowBuilder::new(app, MAIN, page(app, "index.html", &at))
            .title("Clove")
            .inner_size(760.0, 760.0)
            .min_inner_size(320.0, 400.0)
            .data_directory(web_data(app))
            .build()
    });
}

/// Shows quick add on the screen with the pointer. It gets the focus when its page says it is there.
pub(crate) fn open_quick_add<R: Runtime>(app: &AppHandle<R>) {
    match app.get_webview_window(QUICK_ADD) {
        Some(window) => {
            place_quick_add(app, &window);
            let _ = window.show();
            let _ = window.emit_to(QUICK_ADD, "quick-add-shown", ());
        }
        None => on_main_thread(app, |app| {
            let window = WebviewWindowBuilder::new(app, QUICK_ADD, page(app, "quick-add.html", ""))
                .title(words::say("window-quick-add", &[]))
                .inner_size(QUICK_ADD_SIZE.width, QUICK_ADD_SIZE.height)
                // Not `resizable(false)`: GTK then makes the window 200 pixels high at least.
                .min_inner_size(QUICK_ADD_SIZE.width, QUICK_ADD_SIZE.height)
                .max_inner_size(QUICK_ADD_SIZE.width, QUICK_ADD_SIZE.height)
                .decorations(false)
                .data_directory(web_data(app))
                .always_on_top(true)
                .skip_taskbar(true)
                .visible_on_all_workspaces(true)
                .visible(false)
                .build()?;
            place_quick_add(app, &window);
            window.show()?;
            Ok(window)
        }),
    }
}

/// Writes the windows' titles in the language that is spoken.
pub(crate) fn show_titles<R: Runtime>(app: &AppHandle<R>) {
    if let Some(window) = app.get_webview_window(QUICK_ADD) {
        let _ = window.set_title(&words::say("window-quick-add", &[]));
    }
}

/// Hides quick add; the focus goes back to where it was. While the main window is away, the small
/// one goes too, so that no web process stays behind; and where nothing else keeps Clove, Clove.
pub(crate) fn hide_quick_add<R: Runtime>(app: &AppHandle<R>) {
    let Some(window) = app.get_webview_window(QUICK_ADD) else { return };
    if app.get_webview_window(MAIN).is_some() {
        let _ = window.hide();
    } else if app.state::<AppState>().stays_without_window() {
        let _ = window.destroy();
    } else {
        app.exit(0);
    }
    platform::give_focus_back(app);
}

/// Gives a window the focus, once it is shown: before that, the call does nothing.
pub(crate) fn focus<R: Runtime>(window: &WebviewWindow<R>) {
    let _ = window.show();
    let _ = window.set_focus();
}

/// Whether the main window may close now. Where it may not, its page asks the person.
pub(crate) fn may_close_main<R: Runtime>(app: &AppHandle<R>) -> bool {
    let state = app.state::<AppState>();
    let asks = state.settings().close_without_tray == CloseWithoutTray::Ask;
    // A page that shows why the store failed has nothing to lose, and no dialog.
    if !asks || state.core().is_err() || state.stays_without_window() {
        return true;
    }
    app.emit_to(MAIN, "close-requested", ()).is_err()
}

/// The main window is gone. In a tray the app stays, without any webview; otherwise it ends.
pub(crate) fn main_closed<R: Runtime>(app: &AppHandle<R>) {
    if !app.state::<AppState>().stays_without_window() {
        return app.exit(0);
    }
    if let Some(window) = app.get_webview_window(QUICK_ADD)
        && !window.is_visible().unwrap_or(false)
    {
        let _ = window.destroy();
    }
}

/// In the middle of the pointer's screen, at a third of its height.
fn place_quick_add<R: Runtime>(app: &AppHandle<R>, window: &WebviewWindow<R>) {
    let pointer = app.cursor_position().ok();
    let under_pointer = pointer.and_then(|p| app.monitor_from_point(p.x, p.y).ok().flatten());
    let Some(monitor) = under_pointer.or_else(|| app.primary_monitor().ok().flatten()) else {
        return;
    };
    let size = QUICK_ADD_SIZE.to_physical::<i32>(monitor.scale_factor());
    let (origin, area) = (monitor.position(), monitor.size().cast::<i32>());
    let x = origin.x + (area.width - size.width) / 2;
    let y = origin.y + (area.height - size.height) / 3;
    let _ = window.set_position(PhysicalPosition::new(x, y));
}

/// A page, told which language to speak before it paints anything.
fn page<R: Runtime>(app: &AppHandle<R>, file: &str, at: &str) -> WebviewUrl {
    let locale = language::locale(&app.state::<AppState>().settings());
    WebviewUrl::App(format!("{file}?locale={}{at}", locale.tag).into())
}

/// What the web view keeps for itself, away from the todos. Without a folder for it no window opens,
/// not even to say that the data folder can't be used: then it gets a private one for once.
fn web_data<R: Runtime>(app: &AppHandle<R>) -> PathBuf {
    let state = app.state::<AppState>();
    let own = state.folder().join("webview");
    if !state.folder().is_symlink() && std::fs::create_dir_all(&own).is_ok() {
        return own;
    }
    tempfile::Builder::new().prefix("clove-").tempdir().map_or(own, tempfile::TempDir::keep)
}

/// Makes a window. A Clove that can show none, and was not told to stay without one, ends.
fn on_main_thread<R: Runtime>(
    app: &AppHandle<R>,
    make: impl FnOnce(&AppHandle<R>) -> tauri::Result<WebviewWindow<R>> + Send + 'static,
) {
    let handle = app.clone();
    let sent = app.run_on_main_thread(move || {
        let Err(error) = make(&handle) else { return };
        tracing::error!(%error, "a window could not be opened");
        let _ = writeln!(io::stderr(), "clove: a window could not be opened: {error}");
        if handle.webview_windows().is_empty() && !handle.state::<AppState>().stays_without_window()
        {
            handle.exit(1);
        }
    });
    if let Err(error) = sent {
        tracing::error!(%error, "a window could not be asked for");
    }
}
