//! What the small window can ask for.

use clove_core::words::say;
use tauri::{AppHandle, Runtime, State, WebviewWindow, command};

use super::Answer;
use crate::{
    error::{CommandError, ErrorCode},
    quick_add,
    state::{AppInfo, AppState},
};

#[command]
pub(crate) async fn quick_add_draft(state: State<'_, AppState>) -> Answer<String> {
    Ok(state.drafts().quick_add)
}

#[command]
pub(crate) async fn quick_add_opened<R: Runtime>(
    window: WebviewWindow<R>,
    has_focus: bool,
) -> Answer<()> {
    quick_add::page_is_there(&window, has_focus);
    Ok(())
}

#[command]
pub(crate) async fn quick_add_keep(state: State<'_, AppState>, draft: String) -> Answer<()> {
    tracing::debug!(bytes = draft.len(), "the draft of quick add is kept");
    state.keep_drafts(|drafts| drafts.quick_add = draft);
    Ok(())
}

#[command]
pub(crate) async fn quick_add_fit<R: Runtime>(window: WebviewWindow<R>, height: f64) -> Answer<()> {
    quick_add::fit(&window, height).map_err(|error| {
        let reason = ("reason", error.to_string().into());
        let message = say("shell-window-height", &[reason]);
        CommandError::new(ErrorCode::Internal, message)
    })
}

#[command]
pub(crate) async fn quick_add_hide<R: Runtime>(
    app: AppHandle<R>,
    state: State<'_, AppState>,
    draft: String,
) -> Answer<()> {
    state.keep_drafts(|drafts| drafts.quick_add = draft);
    quick_add::hide(&app);
    Ok(())
}

#[command]
pub(crate) async fn set_quick_add_ready<R: Runtime>(
    app: AppHandle<R>,
    state: State<'_, AppState>,
    ready: bool,
) -> Answer<AppInfo> {
    state.change_settings(|settings| settings.quick_add_ready = ready)?;
    quick_add::get_ready(&app);
    Ok(state.info())
}
