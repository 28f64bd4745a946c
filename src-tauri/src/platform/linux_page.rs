//! Linux: what GTK knows of a window whose page is not there yet, or no more.

use std::{cell::RefCell, rc::Rc};

use gtk::{
    gdk::{Event, EventKey},
    glib::{MainContext, ObjectExt, Propagation},
    prelude::WidgetExt,
};
use tauri::{Runtime, WebviewWindow};
use tokio::sync::watch;

/// Holds the keys that are pressed in a window until its page is `there`, and gives them to it then, in
/// their order. WebKit drops those that come before.
pub(crate) fn hold_keys<R: Runtime>(window: &WebviewWindow<R>, mut there: watch::Receiver<bool>) {
    let Ok(window) = window.gtk_window() else { return };
    let held = Rc::new(RefCell::new(Some(Vec::<Event>::new())));
    let holding = held.clone();
    let hold = move |key: &EventKey| match holding.borrow_mut().as_mut() {
        Some(keys) => {
            keys.push((**key).clone());
            Propagation::Stop
        }
        None => Propagation::Proceed,
    };
    let release = hold.clone();
    window.connect_key_press_event(move |_, key| hold(key));
    window.connect_key_release_event(move |_, key| release(key));
    MainContext::default().spawn_local(async move {
        // An error means that another page has taken this one's place: its keys are nobody's.
        if there.wait_for(|there| *there).await.is_ok() {
            let keys = held.take().unwrap_or_default();
            keys.into_iter().for_each(|mut key| gtk::main_do_event(&mut key));
        }
    });
}

/// Tells when the process that draws a window's page ended by itself.
pub(crate) fn when_page_ends<R: Runtime>(
    window: &WebviewWindow<R>,
    ended: impl Fn() + Send + 'static,
) {
    let _ = window.with_webview(move |webview| {
        webview.inner().connect_local("web-process-terminated", false, move |_| {
            ended();
            None
        });
    });
}
