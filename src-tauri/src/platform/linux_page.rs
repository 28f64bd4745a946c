//! Linux: what GTK knows of a window whose page is not there yet, or no more.

use std::{cell::RefCell, env, rc::Rc};

use gdkx11::{X11Window, functions::x11_get_server_time};
use gtk::{
    gdk::{Event, EventKey, EventType, ffi::GDK_CURRENT_TIME},
    glib::{Cast, IsA, MainContext, ObjectExt, Propagation},
    prelude::{GtkSettingsExt, GtkWindowExt, WidgetExt},
};
use tauri::{Runtime, WebviewWindow};
use tokio::sync::watch;

/// Has a window ask for the focus whenever it is shown. To show it takes a turn of GTK's loop, and tao does
/// not ask for one that is not shown yet; a window manager may leave the focus where it is.
pub(crate) fn focus_when_shown<R: Runtime>(window: &WebviewWindow<R>) {
    let Ok(window) = window.gtk_window() else { return };
    window.connect_map(|window| window.present_with_time(now(window)));
}

/// Whether pages are dark, by what WebKitGTK goes by: the preference that GTK has, from the desktop's portal
/// or a file, or the name of its theme.
pub(crate) fn pages_are_dark<R: Runtime>(_window: &WebviewWindow<R>) -> bool {
    let Some(settings) = gtk::Settings::default() else { return false };
    let theme = env::var("GTK_THEME").ok();
    let theme = theme.or_else(|| settings.gtk_theme_name().map(Into::into)).unwrap_or_default();
    let dark = ["-dark", "-Dark", ":dark"];
    settings.is_gtk_application_prefer_dark_theme() || dark.iter().any(|end| theme.ends_with(end))
}

/// Holds the keys that are pressed in a window until they are `taken`: until its page is there and has the
/// focus. Then the page gets them, in their order. WebKit drops those that come before.
pub(crate) fn hold_keys<R: Runtime>(window: &WebviewWindow<R>, mut taken: watch::Receiver<bool>) {
    let Ok(window) = window.gtk_window() else { return };
    let held = Rc::new(RefCell::new(Vec::<Event>::new()));
    let (holding, are_taken) = (held.clone(), taken.clone());
    let hold = move |key: &EventKey| {
        let mut held = holding.borrow_mut();
        // None overtakes those that are held still.
        if *are_taken.borrow() && held.is_empty() {
            return Propagation::Proceed;
        }
        held.push((**key).clone());
        Propagation::Stop
    };
    let release = hold.clone();
    window.connect_key_press_event(move |_, key| hold(key));
    window.connect_key_release_event(move |_, key| release(key));
    let window = window.downgrade();
    MainContext::default().spawn_local(async move {
        while taken.wait_for(|taken| *taken).await.is_ok() {
            let Some(window) = window.upgrade() else { return };
            for key in held.take() {
                give(&window, &key);
            }
            if taken.changed().await.is_err() {
                return;
            }
        }
    });
}

/// Gives a key to what has the focus in a window.
fn give(window: &gtk::ApplicationWindow, key: &Event) {
    let Some(focused) = window.focused_widget() else { return };
    let signal = match key.event_type() {
        EventType::KeyRelease => "key-release-event",
        _ => "key-press-event",
    };
    focused.emit_by_name::<bool>(signal, &[key]);
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

/// The time of the display, in milliseconds. Clove's hotkey is pressed in other windows, so GTK knows only when
/// Clove was used last, and a window manager gives no focus for what was asked for before the last key
/// (`_NET_WM_USER_TIME` of the Extended Window Manager Hints).
fn now(window: &impl IsA<gtk::Widget>) -> u32 {
    let window = window.window().and_then(|window| window.downcast::<X11Window>().ok());
    window.map_or(GDK_CURRENT_TIME as u32, |window| x11_get_server_time(&window))
}
