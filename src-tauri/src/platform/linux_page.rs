//! Linux: what GTK knows of a window whose page is not there yet, or no more.

use std::{cell::RefCell, env, rc::Rc};

use gdkx11::{X11Window, functions::x11_get_server_time};
use gtk::{
    gdk::{Event, EventKey, EventType, ffi::GDK_CURRENT_TIME, keys::constants::Escape},
    glib::{Cast, IsA, MainContext, ObjectExt, Propagation},
    prelude::{GtkSettingsExt, GtkWindowExt, WidgetExt},
};
use tauri::{Runtime, WebviewWindow};
use tokio::sync::watch;

/// Has a window ask for the focus as it is shown, where it `may`. To show it takes a turn of GTK's loop, and tao
/// does not ask for one that is not shown yet; a window manager may leave the focus where it is.
pub(crate) fn focus_when_shown<R: Runtime>(
    window: &WebviewWindow<R>,
    may: impl Fn() -> bool + 'static,
) {
    let Ok(window) = window.gtk_window() else { return };
    window.connect_map(move |window| {
        if may() {
            window.present_with_time(now(window));
        }
    });
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

/// Holds the keys that are pressed in a window until its page is `there`, and gives them to it then, in
/// their order. WebKit drops those that come before. Escape is held, too, so that the page keeps what was
/// typed before it; that the person has `left` is told at once, and taken back where the window comes again
/// before the page has its keys.
pub(crate) fn hold_keys<R: Runtime>(
    window: &WebviewWindow<R>,
    mut there: watch::Receiver<bool>,
    left: impl Fn(bool) + 'static,
) {
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
    let left = Rc::new(left);
    let leave = left.clone();
    window.connect_key_press_event(move |_, key| {
        let holds = hold(key);
        if holds == Propagation::Stop && key.keyval() == Escape {
            leave(true);
        }
        holds
    });
    window.connect_key_release_event(move |_, key| release(key));
    let back = held.clone();
    window.connect_map(move |_| {
        if let Some(keys) = back.borrow_mut().as_mut() {
            keys.retain(|key| {
                key.downcast_ref::<EventKey>().is_none_or(|key| key.keyval() != Escape)
            });
            left(false);
        }
    });
    MainContext::default().spawn_local(async move {
        // An error means that another page has taken this one's place: its keys are nobody's.
        if there.wait_for(|there| *there).await.is_ok() {
            let keys = held.take().unwrap_or_default();
            keys.iter().for_each(|key| give(&window, key));
        }
    });
}

/// Gives a key to what has the focus in a window. GTK itself gives none to one that is hidden.
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
