//! The icon in the tray, and its menu.

use clove_core::{
    account::view::AccountStatus,
    sync::status::{Phase, SyncStatus},
    words::{say, told},
};
use tauri::{
    AppHandle, Emitter, Manager, Runtime,
    menu::{MenuBuilder, MenuItem, MenuItemBuilder},
    tray::{MouseButton, MouseButtonState, TrayIconBuilder, TrayIconEvent},
};

use crate::{closing, platform, quick_add, state::AppState, windows};

/// The lines: how many todos are open, how sync stands, and who is signed in, among those that lead
/// somewhere.
struct Lines<R: Runtime> {
    quick_add: MenuItem<R>,
    open_count: MenuItem<R>,
    open: MenuItem<R>,
    sync: MenuItem<R>,
    account: MenuItem<R>,
    quit: MenuItem<R>,
}

const ID: &str = "clove";

/// Puts the icon into the tray as soon as the desktop shows trays, and keeps track of whether it does.
pub(crate) fn start<R: Runtime>(app: &AppHandle<R>) {
    let handle = app.clone();
    let watch = move || {
        platform::watch_tray_host(|present| {
            let state = handle.state::<AppState>();
            state.set_tray_host(present);
            let _ = handle.emit("app-info-changed", state.info());
            let app = handle.clone();
            if present {
                let _ = handle.run_on_main_thread(move || build_or_log(&app));
            }
        });
    };
    if let Err(error) = std::thread::Builder::new().name("clove-tray-watch".into()).spawn(watch) {
        tracing::warn!(%error, "the desktop's tray can't be watched");
    }
}

/// Writes the whole menu in the language that is spoken.
pub(crate) fn show_words<R: Runtime>(app: &AppHandle<R>) {
    let Some(lines) = app.try_state::<Lines<R>>() else { return };
    let _ = lines.quick_add.set_text(told("tray-quick-add"));
    let _ = lines.open.set_text(told("tray-open"));
    let _ = lines.quit.set_text(told("tray-quit"));
    show_open_count(app);
    show_sync(app);
    show_account(app);
}

/// Writes the count of open todos into the menu.
pub(crate) fn show_open_count<R: Runtime>(app: &AppHandle<R>) {
    let Some(lines) = app.try_state::<Lines<R>>() else { return };
    let Ok(todos) = app.state::<AppState>().todos() else { return };
    let _ =
        lines.open_count.set_text(say("tray-open-count", &[("n", todos.counts().active.into())]));
}

/// Writes into the menu how sync stands.
pub(crate) fn show_sync<R: Runtime>(app: &AppHandle<R>) {
    let Some(lines) = app.try_state::<Lines<R>>() else { return };
    let Ok(core) = app.state::<AppState>().core() else { return };
    let _ = lines.sync.set_text(sync_text(core.sync_status().borrow().as_ref()));
}

/// Writes into the menu who is signed in.
pub(crate) fn show_account<R: Runtime>(app: &AppHandle<R>) {
    let Some(lines) = app.try_state::<Lines<R>>() else { return };
    let Ok(view) = app.state::<AppState>().account_view() else { return };
    let _ = lines.account.set_text(account_text(&view.status));
    let _ = lines.account.set_enabled(view.connection.usable);
}

fn build_or_log<R: Runtime>(app: &AppHandle<R>) {
    if app.tray_by_id(ID).is_some() {
        return;
    }
    match build(app) {
        Ok(()) => show_words(app),
        Err(error) => tracing::info!(%error, "no tray icon"),
    }
}

fn build<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<()> {
    // Their words come once they are there.
    let line = |id: &str| MenuItemBuilder::with_id(id, "").build(app);
    let silent = || MenuItemBuilder::new("").enabled(false).build(app);
    let lines = Lines {
        quick_add: line("quick-add")?,
        open_count: silent()?,
        open: line("open")?,
        sync: silent()?,
        account: line("account")?,
        quit: line("quit")?,
    };
    let menu = MenuBuilder::new(app)
        .items(&[&lines.quick_add, &lines.open_count])
        .separator()
        .items(&[&lines.open, &lines.sync, &lines.account])
        .separator()
        .item(&lines.quit)
        .build()?;
    let mut tray = TrayIconBuilder::<R>::with_id(ID)
        .tooltip("Clove")
        .menu(&menu)
        .show_menu_on_left_click(cfg!(target_os = "macos"))
        .on_menu_event(|app, event| match event.id().as_ref() {
            "quick-add" => quick_add::open(app),
            "open" => windows::open_main(app),
            "account" => windows::run_in_main(app, "account"),
            "quit" => closing::quit(app),
            _ => {}
        })
        .on_tray_icon_event(|tray, event| {
            if let TrayIconEvent::Click {
                button: MouseButton::Left,
                button_state: MouseButtonState::Up,
                ..
            } = event
                && !cfg!(target_os = "macos")
            {
                windows::open_main(tray.app_handle());
            }
        });
    // Of panels, macOS's alone tells its colour, by giving it to a template. Others need not be as light
    // or dark as the windows are, which is all that a program hears of: their icon has its own ground.
    if cfg!(target_os = "macos") {
        tray = tray.icon(tauri::include_image!("icons/tray-template.png")).icon_as_template(true);
    } else {
        tray = tray.icon(tauri::include_image!("icons/tray.png"));
    }
    tray.build(app)?;
    app.manage(lines);
    Ok(())
}

fn account_text(status: &AccountStatus) -> String {
    match status {
        AccountStatus::SignedOut => told("tray-sign-in"),
        AccountStatus::SigningIn { .. } => told("tray-signing-in"),
        AccountStatus::Restoring { profile, .. } | AccountStatus::SignedIn { profile, .. } => {
            // An ampersand would mark the letter behind it as a key.
            say("tray-signed-in", &[("name", profile.name.replace('&', "&&").into())])
        }
        AccountStatus::SessionLost { .. } => told("tray-sign-in-again"),
    }
}

fn sync_text(status: Option<&SyncStatus>) -> String {
    let Some(status) = status else { return told("tray-sync-none") };
    let waits = [("n", status.unsynced.into())];
    match (status.phase, status.unsynced) {
        (Phase::Offline | Phase::Waiting, 0) => told("tray-sync-offline"),
        (Phase::Offline | Phase::Waiting, _) => say("tray-sync-offline-waits", &waits),
        (Phase::SignInNeeded, 0) => told("tray-sync-sign-in"),
        (Phase::SignInNeeded, _) => say("tray-sync-sign-in-waits", &waits),
        (Phase::Syncing, _) => told("tray-sync-running"),
        (Phase::Idle, _) if status.set_aside == 0 => told("tray-sync-done"),
        (Phase::Idle, _) => say("tray-sync-aside", &[("n", status.set_aside.into())]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_menu_says_where_the_todos_are() {
        let said = |phase, unsynced| {
            sync_text(Some(&SyncStatus { phase, unsynced, ..SyncStatus::default() }))
        };
        assert_eq!(sync_text(None), "On this device alone");
        assert_eq!(said(Phase::Idle, 0), "Up to date");
        let aside = SyncStatus { phase: Phase::Idle, set_aside: 2, ..SyncStatus::default() };
        assert_eq!(sync_text(Some(&aside)), "2 todos are not synced");
        assert_eq!(said(Phase::Syncing, 3), "Syncing…");
        assert_eq!(said(Phase::Offline, 2), "Offline, 2 todos wait");
        assert_eq!(said(Phase::Waiting, 1), "Offline, 1 todo waits");
        assert_eq!(said(Phase::SignInNeeded, 0), "Sign in again to sync");
    }

    /// WCAG 2.2, 1.4.11: what has to be seen stands out from what is beside it at 3:1.
    #[test]
    fn the_icon_reads_on_a_light_and_on_a_dark_panel() {
        let icon = tauri::include_image!("icons/tray.png");
        let (mut mark, mut ground) = (Vec::new(), Vec::new());
        for pixel in icon.rgba().chunks_exact(4).filter(|pixel| pixel[3] == u8::MAX) {
            let brightness = luminance(pixel);
            if brightness > 0.5 { mark.push(brightness) } else { ground.push(brightness) }
        }
        let pixels = icon.rgba().len() / 4;
        assert!(mark.len() > pixels / 10, "the mark is seen: {} pixels", mark.len());
        assert!(ground.len() > mark.len() * 2, "it lies on the ground: {} pixels", ground.len());
        let ratio = (middle(mark) + 0.05) / (middle(ground) + 0.05);
        assert!(ratio >= 3.0, "it stands out from the ground: {ratio}:1");
    }

    /// WCAG 2.2, "relative luminance".
    fn luminance(pixel: &[u8]) -> f64 {
        let linear = |channel: u8| match f64::from(channel) / 255.0 {
            low if low <= 0.04045 => low / 12.92,
            high => ((high + 0.055) / 1.055).powf(2.4),
        };
        0.2126 * linear(pixel[0]) + 0.7152 * linear(pixel[1]) + 0.0722 * linear(pixel[2])
    }

    fn middle(mut values: Vec<f64>) -> f64 {
        values.sort_by(f64::total_cmp);
        values[values.len() / 2]
    }
}
