//! The small window that adds a todo: when it is made, shown, kept ready and let go.

use std::{
    ops::RangeInclusive,
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use clove_core::words;
use tauri::{
    AppHandle, Emitter, LogicalSize, Manager, PhysicalPosition, Runtime, WebviewWindow,
    WebviewWindowBuilder, async_runtime, window::Color,
};
use tokio::sync::watch;

use crate::{
    platform,
    state::AppState,
    windows::{MAIN, focus, on_main_thread, page, web_data},
};

/// The label of the small window that adds a todo.
pub(crate) const QUICK_ADD: &str = "quick-add";

/// Its size while it shows nothing but the empty field, in logical pixels.
const SIZE: LogicalSize<f64> = LogicalSize::new(620.0, 104.0);
/// The heights that its page may ask for, in logical pixels.
const HEIGHTS: RangeInclusive<f64> = 64.0..=480.0;
/// The colours of its page (`--surface` of tokens.css), so that it does not flash before that is there.
const PAPER: [Color; 2] = [Color(0xff, 0xfd, 0xf9, 0xff), Color(0x26, 0x22, 0x1d, 0xff)];
/// How long after Clove's start quick add is made ready: when what was asked for is on the screen.
const AFTER_START: Duration = Duration::from_secs(3);

/// What the shell knows of quick add, whose window and page come and go.
#[derive(Default)]
pub(crate) struct QuickAdd {
    /// Whether it was called for, and has not been left since.
    wanted: AtomicBool,
    /// Whether its page has come so far as to say so.
    has_page: AtomicBool,
    /// Whether its page has the focus, and takes keys. Each call of quick add waits for it anew.
    takes_keys: watch::Sender<bool>,
}

impl QuickAdd {
    fn is_wanted(&self) -> bool {
        self.wanted.load(Ordering::Relaxed)
    }

    fn set_wanted(&self, wanted: bool) {
        self.wanted.store(wanted, Ordering::Relaxed);
    }

    /// A page is loaded, which will tell when it is there.
    fn expect_page(&self) {
        self.has_page.store(false, Ordering::Relaxed);
        self.takes_keys.send_replace(false);
    }

    fn page_is_there(&self) {
        self.has_page.store(true, Ordering::Relaxed);
    }

    fn has_page(&self) -> bool {
        self.has_page.load(Ordering::Relaxed)
    }
}

/// Shows quick add on the screen with the pointer, making it where there is none.
///
/// The window is shown before its page takes keys: what is typed into it meanwhile is held for that.
pub(crate) fn open<R: Runtime>(app: &AppHandle<R>) {
    on_main_thread(app, |app| {
        let quick_add = &app.state::<AppState>().quick_add;
        quick_add.set_wanted(true);
        quick_add.takes_keys.send_replace(false);
        // Asked for here, because two calls in a hurry come both before the first window is made.
        let window = match app.get_webview_window(QUICK_ADD) {
            Some(window) => window,
            None => make(app)?,
        };
        place(app, &window);
        focus(&window);
        let _ = window.emit_to(QUICK_ADD, "quick-add-shown", ());
        Ok(())
    });
}

/// Whether what is typed goes to quick add.
pub(crate) fn is_focused<R: Runtime>(app: &AppHandle<R>) -> bool {
    app.get_webview_window(QUICK_ADD).is_some_and(|window| window.is_focused().unwrap_or(false))
}

/// Has the page of quick add run a command.
pub(crate) fn run<R: Runtime>(app: &AppHandle<R>, command: &str) {
    let _ = app.emit_to(QUICK_ADD, "command", command);
}

/// Writes the window's title in the language that is spoken.
pub(crate) fn show_title<R: Runtime>(app: &AppHandle<R>) {
    if let Some(window) = app.get_webview_window(QUICK_ADD) {
        let _ = window.set_title(&words::told("window-quick-add"));
    }
}

/// The page has its field and its draft; and takes keys, if it `has_focus`.
pub(crate) fn page_is_there<R: Runtime>(window: &WebviewWindow<R>, has_focus: bool) {
    let quick_add = &window.state::<AppState>().quick_add;
    quick_add.page_is_there();
    if !quick_add.is_wanted() {
        return;
    }
    if !has_focus {
        focus(window);
    } else if !quick_add.takes_keys.send_replace(true) {
        tracing::info!("quick add takes keys");
    }
}

/// Makes the window as high as its page is, in logical pixels.
pub(crate) fn fit<R: Runtime>(window: &WebviewWindow<R>, height: f64) -> tauri::Result<()> {
    let height = if height.is_finite() { height } else { SIZE.height };
    resize(window, LogicalSize::new(SIZE.width, height.clamp(*HEIGHTS.start(), *HEIGHTS.end())))
}

/// Hides quick add; the focus goes back to where it was. While the main window is away, the small one
/// goes too unless it is kept ready; and where nothing else keeps Clove, Clove.
pub(crate) fn hide<R: Runtime>(app: &AppHandle<R>) {
    let Some(window) = app.get_webview_window(QUICK_ADD) else { return };
    let state = app.state::<AppState>();
    state.quick_add.set_wanted(false);
    let main_is_open = app.get_webview_window(MAIN).is_some();
    if !main_is_open && !state.stays_without_window() {
        return app.exit(0);
    }
    if main_is_open || state.settings().quick_add_ready {
        let _ = window.hide();
    } else {
        let _ = window.destroy();
    }
    platform::give_focus_back(app);
}

/// The main window is gone, and Clove stays: a quick add that nobody sees goes too, unless it is kept ready.
pub(crate) fn main_closed<R: Runtime>(app: &AppHandle<R>) {
    let state = app.state::<AppState>();
    if let Some(window) = app.get_webview_window(QUICK_ADD)
        && !state.quick_add.is_wanted()
        && !state.settings().quick_add_ready
    {
        let _ = window.destroy();
    }
}

/// Has quick add ready a little after the start, where that is wanted.
pub(crate) fn start<R: Runtime>(app: &AppHandle<R>) {
    let app = app.clone();
    async_runtime::spawn(async move {
        tokio::time::sleep(AFTER_START).await;
        get_ready(&app);
    });
}

/// Makes quick add, out of sight, where it is to be kept ready.
pub(crate) fn get_ready<R: Runtime>(app: &AppHandle<R>) {
    if !app.state::<AppState>().settings().quick_add_ready {
        return;
    }
    on_main_thread(app, |app| match app.get_webview_window(QUICK_ADD) {
        Some(_) => Ok(()),
        None => make(app).map(|_| ()),
    });
}

/// The process that drew the page has ended. The page is loaded again, with the draft, in the same window;
/// but not where it never came so far as to be there, or there would be no end of it.
pub(crate) fn page_ended<R: Runtime>(app: &AppHandle<R>) {
    tracing::warn!("the page of quick add ended by itself");
    let Some(window) = app.get_webview_window(QUICK_ADD) else { return };
    let quick_add = &app.state::<AppState>().quick_add;
    if quick_add.has_page() {
        quick_add.expect_page();
        let _ = window.reload();
        return;
    }
    quick_add.set_wanted(false);
    // Later: a window may not go while it tells of this.
    async_runtime::spawn(async move { window.destroy() });
}

fn make<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<WebviewWindow<R>> {
    let window = WebviewWindowBuilder::new(app, QUICK_ADD, page(app, "quick-add.html", ""))
        .title(words::told("window-quick-add"))
        .inner_size(SIZE.width, SIZE.height)
        // Not `resizable(false)`: GTK then makes the window 200 pixels high at least.
        .min_inner_size(SIZE.width, SIZE.height)
        .max_inner_size(SIZE.width, SIZE.height)
        .decorations(false)
        .data_directory(web_data(app))
        .always_on_top(true)
        .skip_taskbar(true)
        .visible_on_all_workspaces(true)
        .visible(false)
        .build()?;
    let [light, dark] = PAPER;
    let paper = if platform::pages_are_dark(&window) { dark } else { light };
    let _ = window.set_background_color(Some(paper));
    let quick_add = &app.state::<AppState>().quick_add;
    quick_add.expect_page();
    platform::focus_when_shown(&window);
    platform::hold_keys(&window, quick_add.takes_keys.subscribe());
    let ended = app.clone();
    platform::when_page_ends(&window, move || page_ended(&ended));
    Ok(window)
}

fn resize<R: Runtime>(window: &WebviewWindow<R>, size: LogicalSize<f64>) -> tauri::Result<()> {
    // Whichever bound is in the way has to go first; on the way, both are the same.
    window.set_min_size(None::<LogicalSize<f64>>)?;
    window.set_max_size(Some(size))?;
    window.set_min_size(Some(size))?;
    window.set_size(size)
}

/// In the middle of the pointer's screen, at a third of its height.
fn place<R: Runtime>(app: &AppHandle<R>, window: &WebviewWindow<R>) {
    let pointer = app.cursor_position().ok();
    let under_pointer = pointer.and_then(|p| app.monitor_from_point(p.x, p.y).ok().flatten());
    let Some(monitor) = under_pointer.or_else(|| app.primary_monitor().ok().flatten()) else {
        return;
    };
    let size = SIZE.to_physical::<i32>(monitor.scale_factor());
    let (origin, area) = (monitor.position(), monitor.size().cast::<i32>());
    let x = origin.x + (area.width - size.width) / 2;
    let y = origin.y + (area.height - size.height) / 3;
    let _ = window.set_position(PhysicalPosition::new(x, y));
}
