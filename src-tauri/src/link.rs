//! Links with Clove's scheme: registered at start, parsed on arrival.

use clove_core::account::Link;
use tauri::{AppHandle, Manager, Runtime};
use tauri_plugin_deep_link::DeepLinkExt;

use crate::{app::tell, platform};

/// Listens for links, takes one that the app was started with, and registers the scheme.
pub(crate) fn start<R: Runtime>(app: &AppHandle<R>) {
    let handle = app.clone();
    app.deep_link().on_open_url(move |event| {
        event.urls().iter().for_each(|url| received(&handle, url.as_str()));
    });
    // A link that starts the app does not come as an event (plugins-workspace, deep-link).
    if let Ok(Some(urls)) = app.deep_link().get_current() {
        urls.iter().for_each(|url| received(app, url.as_str()));
    }
    let handle = app.clone();
    // Registering starts programs of the desktop; the window does not wait for them.
    let work = move || register(&handle);
    if let Err(error) = std::thread::Builder::new().name("clove-register".into()).spawn(work) {
        tracing::warn!(%error, "the link scheme was not registered");
    }
}

/// Takes a link in. No sign-in waits for one in this version, so none changes anything.
///
/// Parameters are secrets, and the text may be hostile: neither is logged.
fn received<R: Runtime>(app: &AppHandle<R>, text: &str) {
    let message = match Link::parse(text) {
        Ok(_) => {
            tracing::info!("a sign-in link came that nobody asked for");
            "A sign-in link arrived, but no sign-in was started here. It was ignored."
        }
        Err(error) => {
            tracing::warn!(%error, "a link was refused");
            "A link arrived that Clove does not understand. It was ignored."
        }
    };
    tell(app, message);
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
