//! The main window: when it is made, shown, and let go; and what both windows need.

use std::{
    io::{self, Write},
    path::PathBuf,
};

use tauri::{
    AppHandle, Emitter, Manager, Runtime, WebviewUrl, WebviewWindow, WebviewWindowBuilder,
};

use crate::{language, quick_add, state::AppState};

/// The label of the window with the list.
pub(crate) const MAIN: &str = "main";

/// Brings the main window to the front, making it where there is none.
pub(crate) fn open_main<R: Runtime>(app: &AppHandle<R>) {
    show_main(app, String::new());
}

/// Brings the main window to the front, and has its page run a command of its keyboard map.
pub(crate) fn run_in_main<R: Runtime>(app: &AppHandle<R>, command: &str) {
    show_main(app, format!("#{command}"));
    let _ = app.emit_to(MAIN, "command", command);
}

fn show_main<R: Runtime>(app: &AppHandle<R>, at: String) {
    on_main_thread(app, move |app| {
        // Asked for here, because two calls in a hurry come both before the first window is made.
        if let Some(window) = app.get_webview_window(MAIN) {
            let _ = window.unminimize();
            focus(&window);
            return Ok(());
        }
        WebviewWindowBuilder::new(app, MAIN, page(app, "index.html", &at))
            .title("Clove")
            .inner_size(760.0, 760.0)
            .min_inner_size(320.0, 400.0)
            .data_directory(web_data(app))
            .build()?;
        Ok(())
    });
}

/// Gives a window the focus, once it is shown: before that, the call does nothing.
pub(crate) fn focus<R: Runtime>(window: &WebviewWindow<R>) {
    let _ = window.show();
    let _ = window.set_focus();
}

/// The main window is gone. In a tray the app stays, without it; otherwise it ends.
pub(crate) fn main_closed<R: Runtime>(app: &AppHandle<R>) {
    if !app.state::<AppState>().stays_without_window() {
        return app.exit(0);
    }
    quick_add::main_closed(app);
}

/// A page, told which language to speak before it paints anything.
pub(crate) fn page<R: Runtime>(app: &AppHandle<R>, file: &str, at: &str) -> WebviewUrl {
    let locale = language::locale(&app.state::<AppState>().settings());
    WebviewUrl::App(format!("{file}?locale={}{at}", locale.tag).into())
}

/// What the web view keeps for itself, away from the todos. Without a folder for it no window opens,
/// not even to say that the data folder can't be used: then it gets a private one for once.
pub(crate) fn web_data<R: Runtime>(app: &AppHandle<R>) -> PathBuf {
    let state = app.state::<AppState>();
    let own = state.folder().join("webview");
    if !state.folder().is_symlink() && std::fs::create_dir_all(&own).is_ok() {
        return own;
    }
    tempfile::Builder::new().prefix("clove-").tempdir().map_or(own, tempfile::TempDir::keep)
}

/// Shows or makes a window. A Clove that can show none, and was not told to stay without one, ends.
pub(crate) fn on_main_thread<R: Runtime>(
    app: &AppHandle<R>,
    make: impl FnOnce(&AppHandle<R>) -> tauri::Result<()> + Send + 'static,
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
