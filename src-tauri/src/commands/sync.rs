//! What a window can ask for about sync.

use clove_core::{
    TodoId,
    sync::status::{SyncStatus, TodoStanding},
    view::{Conflict, TodoRow},
};
use tauri::{State, command};

use super::Answer;
use crate::state::AppState;

#[command]
pub(crate) async fn sync_status(state: State<'_, AppState>) -> Answer<Option<SyncStatus>> {
    Ok(state.core()?.sync_status().borrow().clone())
}

#[command]
pub(crate) async fn sync_now(state: State<'_, AppState>) -> Answer<()> {
    state.core()?.sync_now().await;
    Ok(())
}

#[command]
pub(crate) async fn standing(state: State<'_, AppState>, id: TodoId) -> Answer<TodoStanding> {
    Ok(state.core()?.standing(id).await?)
}

#[command]
pub(crate) async fn waiting_todos(state: State<'_, AppState>) -> Answer<Vec<TodoRow>> {
    Ok(state.todos()?.waiting().await?)
}

#[command]
pub(crate) async fn conflicts(state: State<'_, AppState>, limit: u32) -> Answer<Vec<Conflict>> {
    Ok(state.todos()?.conflicts(limit).await?)
}

#[command]
pub(crate) async fn set_aside(state: State<'_, AppState>) -> Answer<Vec<TodoRow>> {
    Ok(state.todos()?.set_aside().await?)
}

#[command]
pub(crate) async fn try_again(state: State<'_, AppState>, ids: Option<Vec<TodoId>>) -> Answer<()> {
    Ok(state.core()?.try_again(ids).await?)
}
