//! Closing the main window, and quitting: its page first saves what is being edited in it.

use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tauri::{AppHandle, Emitter, Manager, Runtime, async_runtime};
use tokio::{sync::oneshot, time::timeout};

use crate::{
    settings::CloseWithoutTray,
    state::AppState,
    windows::{self, MAIN},
};

/// How long the page has to save and to say so. A save takes some hundred milliseconds on a busy machine;
/// a window that is still there after two seconds looks as if it could not be closed.
const SAVING: Duration = Duration::from_secs(2);

/// What somebody wants to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Goes {
    /// The main window; without a tray, Clove with it.
    Window,
    /// Clove.
    Clove,
}

/// What is to go once the page has saved, and how the wait for that is ended.
#[derive(Default)]
pub(crate) struct Closing(Mutex<Option<(Goes, oneshot::Sender<()>)>>);

impl Closing {
    /// Notes what is to go. What is returned ends when the page has answered; the page is asked once, also
    /// where somebody cannot wait and closes again.
    fn begin(&self, goes: Goes) -> Option<oneshot::Receiver<()>> {
        let mut waiting = self.lock();
        if let Some((already, _)) = &mut *waiting {
            *already = goes.max(*already);
            return None;
        }
        let (answered, answer) = oneshot::channel();
        *waiting = Some((goes, answered));
        Some(answer)
    }

    /// What was to go, and waits no more.
    fn end(&self) -> Option<Goes> {
        self.lock().take().map(|(goes, _answered)| goes)
    }

    fn lock(&self) -> MutexGuard<'_, Option<(Goes, oneshot::Sender<()>)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether the main window may close now. Otherwise its page saves first, and says when it has.
pub(crate) fn may_close_main<R: Runtime>(app: &AppHandle<R>) -> bool {
    !saves_first(app, Goes::Window)
}

/// Ends Clove, once the page of its main window has saved.
pub(crate) fn quit<R: Runtime>(app: &AppHandle<R>) {
    if !saves_first(app, Goes::Clove) {
        app.exit(0);
    }
}

/// The page has saved, or shows what it could not save: then the window stays. Whether the page has to ask
/// the person, because Clove would go with its window.
pub(crate) fn page_answered<R: Runtime>(app: &AppHandle<R>, saved: bool) -> bool {
    let state = app.state::<AppState>();
    let Some(goes) = state.closing.end() else { return false };
    if !saved {
        windows::open_main(app);
        return false;
    }
    let asks = state.settings().close_without_tray == CloseWithoutTray::Ask;
    if goes == Goes::Window && asks && !state.stays_without_window() {
        return true;
    }
    go(app, goes);
    false
}

/// Has the page save, if there is one. A page that does not answer, because it hangs or has crashed, keeps
/// nothing from going.
fn saves_first<R: Runtime>(app: &AppHandle<R>, goes: Goes) -> bool {
    let state = app.state::<AppState>();
    // A page that shows why the store failed has nothing to lose.
    if app.get_webview_window(MAIN).is_none() || state.core().is_err() {
        return false;
    }
    let Some(answer) = state.closing.begin(goes) else { return true };
    let _ = app.emit_to(MAIN, "close-requested", ());
    let app = app.clone();
    async_runtime::spawn(async move {
        if timeout(SAVING, answer).await.is_ok() {
            return;
        }
        if let Some(goes) = app.state::<AppState>().closing.end() {
            tracing::warn!("the page did not answer, and goes as it is");
            go(&app, goes);
        }
    });
    true
}

fn go<R: Runtime>(app: &AppHandle<R>, goes: Goes) {
    match (goes, app.get_webview_window(MAIN)) {
        (Goes::Window, Some(window)) => {
            let _ = window.destroy();
        }
        (Goes::Window, None) => {}
        (Goes::Clove, _) => app.exit(0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_asked_once_and_quitting_outweighs_closing() {
        let closing = Closing::default();
        let mut answer = closing.begin(Goes::Window).unwrap();
        assert!(closing.begin(Goes::Clove).is_none(), "the page is saving already");
        assert!(closing.begin(Goes::Window).is_none());
        assert!(answer.try_recv() == Err(oneshot::error::TryRecvError::Empty), "it waits");
        assert_eq!(closing.end(), Some(Goes::Clove));
        assert!(answer.try_recv() == Err(oneshot::error::TryRecvError::Closed), "the wait is over");
        assert_eq!(closing.end(), None, "what went goes once");
        assert!(closing.begin(Goes::Window).is_some(), "the next time it is asked again");
    }
}
