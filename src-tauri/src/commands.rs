//! What a window can ask for. One call of the core each; no decisions.

use clove_core::{
    TodoId,
    view::{Applied, Filter, HistoryEntry, ListWindow, SearchResults, Sort, TodoPlace, Undone},
    words::{Language, say},
};
use tauri::{AppHandle, Runtime, State, command};
use tauri_plugin_autostart::ManagerExt;

use crate::{
    closing,
    error::{CommandError, ErrorCode},
    hotkey, language,
    settings::{CloseWithoutTray, LogLevel},
    state::{AppInfo, AppState},
    sync::AppNotice,
};

pub(crate) mod account;
pub(crate) mod keep;
pub(crate) mod quick_add;
pub(crate) mod sync;

type Answer<T> = Result<T, CommandError>;

#[command]
pub(crate) async fn app_info(state: State<'_, AppState>) -> Answer<AppInfo> {
    Ok(state.info())
}

#[command]
pub(crate) async fn retry_open<R: Runtime>(
    app: AppHandle<R>,
    state: State<'_, AppState>,
) -> Answer<AppInfo> {
    crate::app::open_core(&app);
    Ok(state.info())
}

#[command]
pub(crate) async fn list_todos(
    state: State<'_, AppState>,
    filter: Filter,
    sort: Sort,
    offset: usize,
    limit: usize,
) -> Answer<ListWindow> {
    Ok(state.todos()?.list(filter, sort, offset, limit).await?)
}

#[command]
pub(crate) async fn todo_ids(
    state: State<'_, AppState>,
    filter: Filter,
    sort: Sort,
    limit: usize,
) -> Answer<Vec<TodoId>> {
    Ok(state.todos()?.ids(filter, sort, limit).await?)
}

#[command]
pub(crate) async fn search_todos(
    state: State<'_, AppState>,
    query: String,
    filter: Filter,
    offset: usize,
    limit: usize,
) -> Answer<SearchResults> {
    Ok(state.todos()?.search(&query, filter, offset, limit).await?)
}

#[command]
pub(crate) async fn locate_todo(
    state: State<'_, AppState>,
    id: TodoId,
    filter: Filter,
    sort: Sort,
) -> Answer<TodoPlace> {
    Ok(state.todos()?.locate(id, filter, sort).await?)
}

#[command]
pub(crate) async fn add_todo(
    state: State<'_, AppState>,
    title: String,
    description: Option<String>,
) -> Answer<Applied> {
    Ok(state.todos()?.add(&title, description.as_deref()).await?)
}

#[command]
pub(crate) async fn add_todos(state: State<'_, AppState>, titles: Vec<String>) -> Answer<Applied> {
    Ok(state.todos()?.add_all(&titles).await?)
}

#[command]
pub(crate) async fn add_draft(state: State<'_, AppState>) -> Answer<String> {
    Ok(state.drafts().list)
}

#[command]
pub(crate) async fn keep_add_draft(state: State<'_, AppState>, draft: String) -> Answer<()> {
    state.keep_drafts(|drafts| drafts.list = draft);
    Ok(())
}

#[command]
pub(crate) async fn rename_todo(
    state: State<'_, AppState>,
    id: TodoId,
    title: String,
) -> Answer<Applied> {
    Ok(state.todos()?.rename(id, &title).await?)
}

#[command]
pub(crate) async fn describe_todo(
    state: State<'_, AppState>,
    id: TodoId,
    description: Option<String>,
) -> Answer<Applied> {
    Ok(state.todos()?.describe(id, description.as_deref()).await?)
}

#[command]
pub(crate) async fn set_completed(
    state: State<'_, AppState>,
    ids: Vec<TodoId>,
    completed: bool,
) -> Answer<Applied> {
    Ok(state.todos()?.set_completed(ids, completed).await?)
}

#[command]
pub(crate) async fn delete_todos(state: State<'_, AppState>, ids: Vec<TodoId>) -> Answer<Applied> {
    Ok(state.todos()?.delete(ids).await?)
}

#[command]
pub(crate) async fn restore_todos(state: State<'_, AppState>, ids: Vec<TodoId>) -> Answer<Applied> {
    Ok(state.todos()?.restore(ids).await?)
}

#[command]
pub(crate) async fn undo(
    state: State<'_, AppState>,
    action: Option<i64>,
) -> Answer<Option<Undone>> {
    Ok(state.todos()?.undo(action).await?)
}

#[command]
pub(crate) async fn redo(state: State<'_, AppState>) -> Answer<Option<Undone>> {
    Ok(state.todos()?.redo().await?)
}

#[command]
pub(crate) async fn history(state: State<'_, AppState>, id: TodoId) -> Answer<Vec<HistoryEntry>> {
    Ok(state.todos()?.history(id).await?)
}

#[command]
pub(crate) async fn restore_history(state: State<'_, AppState>, seq: i64) -> Answer<Applied> {
    Ok(state.todos()?.restore_entry(seq).await?)
}

#[command]
pub(crate) async fn first_row_shown(state: State<'_, AppState>) -> Answer<()> {
    tracing::info!(since_start_ms = %state.since_start_ms(), "first row shown");
    Ok(())
}

#[command]
pub(crate) async fn take_notices(state: State<'_, AppState>) -> Answer<Vec<AppNotice>> {
    Ok(state.take_notices())
}

#[command]
pub(crate) async fn set_hotkey<R: Runtime>(
    app: AppHandle<R>,
    state: State<'_, AppState>,
    hotkey: Option<String>,
) -> Answer<AppInfo> {
    hotkey::change(&app, hotkey)?;
    Ok(state.info())
}

#[command]
pub(crate) async fn set_language<R: Runtime>(
    app: AppHandle<R>,
    state: State<'_, AppState>,
    language: Option<Language>,
) -> Answer<AppInfo> {
    language::change(&app, language)?;
    Ok(state.info())
}

#[command]
pub(crate) async fn set_log_level(state: State<'_, AppState>, level: LogLevel) -> Answer<AppInfo> {
    state.change_settings(|settings| settings.log_level = level)?;
    Ok(state.info())
}

#[command]
pub(crate) async fn set_autostart<R: Runtime>(
    app: AppHandle<R>,
    state: State<'_, AppState>,
    enabled: bool,
) -> Answer<AppInfo> {
    let autostart = app.autolaunch();
    let changed = if enabled { autostart.enable() } else { autostart.disable() };
    changed.map_err(|error| {
        let reason = ("reason", error.to_string().into());
        let message = say("shell-setting-refused", &[reason]);
        CommandError::new(ErrorCode::Internal, message)
    })?;
    state.change_settings(|settings| settings.autostart = enabled)?;
    Ok(state.info())
}

#[command]
pub(crate) async fn close_main<R: Runtime>(
    app: AppHandle<R>,
    state: State<'_, AppState>,
    remember: bool,
) -> Answer<()> {
    if remember {
        state.change_settings(|settings| settings.close_without_tray = CloseWithoutTray::Quit)?;
    }
    app.exit(0);
    Ok(())
}

#[command]
pub(crate) async fn main_saved<R: Runtime>(app: AppHandle<R>, saved: bool) -> Answer<bool> {
    Ok(closing::page_answered(&app, saved))
}
