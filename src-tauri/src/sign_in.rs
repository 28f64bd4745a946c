//! What the desktop has to do with a sign-in: the browser it begins in, the link it ends with.

use clove_core::{
    account::{AccountError, view::SignInMode},
    words::{Spoken, told},
};
use tauri::{AppHandle, Manager, Runtime, async_runtime};
use url::Url;

use crate::{
    app::tell,
    error::{CommandError, ErrorCode},
    state::AppState,
    windows,
};

/// Begins a sign-in, and opens its page in the browser.
pub(crate) async fn begin<R: Runtime>(
    app: &AppHandle<R>,
    mode: SignInMode,
) -> Result<(), CommandError> {
    let core = app.state::<AppState>().core()?;
    let page = core.account().begin(mode).await?;
    if let Err(error) = open_in_browser(&page) {
        tell(app, error.message);
    }
    // Nobody may come back: then the window says so.
    async_runtime::spawn(async move { core.account().give_up_in_time().await });
    Ok(())
}

/// Opens a page in the system's browser. Where there is none, the page's link can still be copied.
pub(crate) fn open_in_browser(page: &Url) -> Result<(), CommandError> {
    open::that_detached(page.as_str()).map_err(|error| {
        tracing::warn!(kind = %error.kind(), "no browser could be opened");
        CommandError::new(ErrorCode::Internal, told("shell-no-browser"))
    })
}

/// Takes a link in: the end of a sign-in, or something that somebody made up. It is never logged.
pub(crate) fn callback<R: Runtime>(app: &AppHandle<R>, link: &str) {
    let (app, link) = (app.clone(), link.to_owned());
    async_runtime::spawn(async move {
        let core = match app.state::<AppState>().core() {
            Ok(core) => core,
            Err(error) => return tell(&app, error.message),
        };
        match core.callback(&link).await {
            Ok(()) => {
                tracing::info!("signed in");
                windows::open_main(&app);
                core.refresh_profile().await;
            }
            Err(
                error @ (AccountError::Link(_)
                | AccountError::Refused(_)
                | AccountError::NotConnected),
            ) => {
                tracing::warn!(%error, "a link was refused");
                tell(&app, error.say());
            }
            // The account's view says what became of it.
            Err(error) => tracing::warn!(%error, "the sign-in failed"),
        }
    });
}
