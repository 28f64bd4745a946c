//! What a window can ask for about backups and files.

use clove_core::keep::view::{BackupView, Imported, Restored, SafetyView};
use tauri::{AppHandle, Runtime, State, command};

use super::Answer;
use crate::{files, state::AppState};

#[command]
pub(crate) async fn safety(state: State<'_, AppState>) -> Answer<SafetyView> {
    Ok(state.core()?.safety().await?)
}

#[command]
pub(crate) async fn backups(state: State<'_, AppState>) -> Answer<Vec<BackupView>> {
    Ok(state.core()?.backups().await?)
}

#[command]
pub(crate) async fn preview_backup(state: State<'_, AppState>, name: String) -> Answer<Restored> {
    Ok(state.todos()?.preview_backup(name).await?)
}

#[command]
pub(crate) async fn restore_backup(state: State<'_, AppState>, name: String) -> Answer<Restored> {
    Ok(state.todos()?.restore_backup(name).await?)
}

#[command]
pub(crate) async fn import_todos<R: Runtime>(
    app: AppHandle<R>,
    state: State<'_, AppState>,
) -> Answer<Option<Imported>> {
    state.keep_import(None);
    let Some(path) = files::choose_to_read(&app).await else { return Ok(None) };
    let todos = state.todos()?;
    let import = files::read(&todos, &path).await?;
    let preview = todos.preview_import(&import).await?;
    state.keep_import(Some(import));
    Ok(Some(preview))
}

#[command]
pub(crate) async fn confirm_import(
    state: State<'_, AppState>,
    wanted: bool,
) -> Answer<Option<Imported>> {
    match state.take_import().filter(|_| wanted) {
        Some(import) => Ok(Some(state.todos()?.import(import).await?)),
        None => Ok(None),
    }
}

#[command]
pub(crate) async fn export_todos<R: Runtime>(
    app: AppHandle<R>,
    state: State<'_, AppState>,
) -> Answer<Option<String>> {
    let todos = state.todos()?;
    let Some(path) = files::choose_to_write(&app).await else { return Ok(None) };
    files::write(&path, todos.export().await?).await?;
    Ok(Some(path.display().to_string()))
}
