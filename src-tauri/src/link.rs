//! Links with Clove's scheme: registered at start, and handed on when they arrive.

use tauri::{AppHandle, Manager, Runtime};
use tauri_plugin_deep_link::DeepLinkExt;

use crate::{platform, sign_in};

/// Listens for links, takes one that the app was started with, and registers the scheme.
pub(crate) fn start<R: Runtime>(app: &AppHandle<R>) {
    let handle = app.clone();
    app.deep_link().on_open_url(move |event| {
        event.urls().iter().for_each(|url| sign_in::callback(&handle, url.as_str()));
    });
    // A link that starts the app does not come as an event (plugins-workspace, deep-link).
    if let Ok(Some(urls)) = app.deep_link().get_current() {
        urls.iter().for_each(|url| sign_in::callback(app, url.as_str()));
    }
    let handle = app.clone();
    // Registering starts programs of the desktop; the window does not wait for them.
    let work = move || register(&handle);
    if let Err(error) = std::thread::Builder::new().name("clove-register".into()).spawn(work) {
        tracing::warn!(%error, "the link scheme was not registered");
    }
}

fn register<R: Runtime>(app: &AppHandle<R>) {
    // macOS takes the scheme from the bundle, and has no way to register at run time.
    if cfg!(target_os = "macos") {
        return;
    }
    if let Err(error) = app.deep_link().register_all() {
        tracing::warn!(%error, "the link scheme was not registered");
        return;
    }
    let mended = app.path().data_dir().map(|folder| folder.join("applications"));
    if let Ok(applications) = mended
        && let Err(error) = platform::mend_link_handler(&applications)
    {
        tracing::warn!(%error, "the link handler could not be mended");
    }
}
