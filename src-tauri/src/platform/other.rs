//! macOS and Windows: the tray is part of the desktop, and programs may have global hotkeys.

use std::{path::Path, process::ExitCode};

use tauri::{App, AppHandle, RunEvent, Runtime, WebviewWindow};
use tokio::sync::watch;

use super::LinkHandler;

/// There is always a display.
#[allow(clippy::unnecessary_wraps, reason = "other desktops can lack one")]
pub(crate) fn prepare_for_windows() -> Result<(), String> {
    Ok(())
}

/// Runs the app until it quits, which ends the process.
pub(crate) fn run(app: App, on_event: fn(&AppHandle, RunEvent)) -> ExitCode {
    app.run(on_event);
    ExitCode::SUCCESS
}

/// The menu bar or the notification area is always there.
pub(crate) fn watch_tray_host(changed: impl Fn(bool)) {
    changed(true);
}

/// Gives the focus back to the program that had it before quick add came.
///
/// On macOS a program keeps the focus when its window hides, unless the whole program hides; it must
/// not where the main window is open. Windows focuses the next window by itself.
pub(crate) fn give_focus_back<R: tauri::Runtime>(_app: &tauri::AppHandle<R>) {
    #[cfg(target_os = "macos")]
    if tauri::Manager::get_webview_window(_app, crate::windows::MAIN).is_none() {
        let _ = _app.hide();
    }
}

/// A window is shown when it is asked to be, and can be given the focus from then on.
pub(crate) fn focus_when_shown<R: Runtime>(_window: &WebviewWindow<R>) {}

/// Whether pages are dark: as windows are.
pub(crate) fn pages_are_dark<R: Runtime>(window: &WebviewWindow<R>) -> bool {
    window.theme().is_ok_and(|theme| theme == tauri::Theme::Dark)
}

/// The page gets its keys itself, from when it is there.
pub(crate) fn hold_keys<R: Runtime>(_window: &WebviewWindow<R>, _taken: watch::Receiver<bool>) {}

/// macOS tells the whole app (`app.rs`); WebView2 starts a process that ended anew by itself.
pub(crate) fn when_page_ends<R: Runtime>(_window: &WebviewWindow<R>, _ended: impl Fn()) {}

/// They are free here.
pub(crate) fn desktop_owns_hotkeys() -> bool {
    false
}

/// Windows tells what is registered. macOS does not, and takes the scheme from the bundle of a program.
pub(crate) fn link_handler<R: tauri::Runtime>(
    app: Option<&tauri::AppHandle<R>>,
    scheme: &str,
) -> LinkHandler {
    use tauri_plugin_deep_link::DeepLinkExt;
    let in_bundle = || {
        let program = std::env::current_exe().unwrap_or_default();
        program.ancestors().any(|path| path.extension().is_some_and(|ending| ending == "app"))
    };
    let Some(app) = app else { return LinkHandler::Unknown };
    let registered = app.deep_link().is_registered(scheme);
    if registered.unwrap_or_else(|_| cfg!(target_os = "macos") && in_bundle()) {
        LinkHandler::ThisProgram
    } else {
        LinkHandler::Nobody
    }
}

/// The system's own registration needs no mending.
#[allow(clippy::unnecessary_wraps, reason = "other desktops write a file")]
pub(crate) fn mend_link_handler(_applications: &Path) -> std::io::Result<()> {
    Ok(())
}
