//! What a window can ask for about the account.

use clove_core::account::{
    connection,
    view::{AccountView, ConnectionCheck, Finding, SignInMode, SignOutChoice, SignedOut},
};
use tauri::{AppHandle, Manager, Runtime, State, command};

use super::Answer;
use crate::{connection::ConnectionText, doctor, sign_in, state::AppState};

#[command]
pub(crate) async fn account(state: State<'_, AppState>) -> Answer<AccountView> {
    state.account_view()
}

#[command]
pub(crate) async fn sign_in<R: Runtime>(
    app: AppHandle<R>,
    state: State<'_, AppState>,
    mode: SignInMode,
) -> Answer<AccountView> {
    sign_in::begin(&app, mode).await?;
    state.account_view()
}

#[command]
pub(crate) async fn sign_in_again(state: State<'_, AppState>) -> Answer<()> {
    state.core()?.account().page().map_or(Ok(()), |page| sign_in::open_in_browser(&page))
}

#[command]
pub(crate) async fn sign_in_link(state: State<'_, AppState>) -> Answer<Option<String>> {
    Ok(state.core()?.account().page().map(String::from))
}

#[command]
pub(crate) async fn cancel_sign_in(state: State<'_, AppState>) -> Answer<AccountView> {
    state.core()?.account().cancel();
    state.account_view()
}

#[command]
pub(crate) async fn retry_keyring(state: State<'_, AppState>) -> Answer<AccountView> {
    state.core()?.account().ask_keyring_again().await;
    state.account_view()
}

#[command]
pub(crate) async fn rename_profile(
    state: State<'_, AppState>,
    name: String,
) -> Answer<AccountView> {
    state.core()?.rename_profile(&name).await?;
    state.account_view()
}

#[command]
pub(crate) async fn profile_picture(state: State<'_, AppState>) -> Answer<Option<String>> {
    Ok(state.core()?.account().picture().await)
}

#[command]
pub(crate) async fn manage_account(state: State<'_, AppState>) -> Answer<()> {
    sign_in::open_in_browser(&state.core()?.account().portal().await?)
}

#[command]
pub(crate) async fn move_todos(state: State<'_, AppState>, wanted: bool) -> Answer<AccountView> {
    state.core()?.move_todos(wanted).await?;
    state.account_view()
}

#[command]
pub(crate) async fn unsynced_count(state: State<'_, AppState>) -> Answer<usize> {
    Ok(state.core()?.flush().await?)
}

#[command]
pub(crate) async fn sign_out<R: Runtime>(
    app: AppHandle<R>,
    state: State<'_, AppState>,
    choice: SignOutChoice,
) -> Answer<SignedOut> {
    let exports = app.path().download_dir().unwrap_or_else(|_| state.folder().to_owned());
    Ok(state.core()?.sign_out(choice, &exports).await?)
}

#[command]
pub(crate) async fn check_connection(
    publishable_key: String,
    convex_url: String,
) -> Answer<ConnectionCheck> {
    Ok(connection::check(&publishable_key, &convex_url).view())
}

#[command]
pub(crate) async fn set_connection(
    state: State<'_, AppState>,
    publishable_key: String,
    convex_url: String,
) -> Answer<AccountView> {
    state.set_connection(ConnectionText { publishable_key, convex_url })?;
    state.account_view()
}

#[command]
pub(crate) async fn doctor<R: Runtime>(
    app: AppHandle<R>,
    state: State<'_, AppState>,
) -> Answer<Vec<Finding>> {
    Ok(doctor::examine(&*state.core()?, Some(&app)).await)
}

#[command]
pub(crate) async fn diagnostics<R: Runtime>(app: AppHandle<R>) -> Answer<String> {
    doctor::diagnostics(&app).await
}
