//! The icon in the tray, and its menu.

use tauri::{
    AppHandle, Emitter, Manager, Runtime,
    menu::{MenuBuilder, MenuItem, MenuItemBuilder},
    tray::{MouseButton, MouseButtonState, TrayIconBuilder, TrayIconEvent},
};

use crate::{platform, state::AppState, windows};

/// The line that says how many todos are open.
struct OpenCount<R: Runtime>(MenuItem<R>);

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

/// Writes the count of open todos into the menu.
pub(crate) fn show_open_count<R: Runtime>(app: &AppHandle<R>) {
    let Some(item) = app.try_state::<OpenCount<R>>() else { return };
    let Ok(core) = app.state::<AppState>().core() else { return };
    let _ = item.0.set_text(open_count_text(core.counts().active));
}

fn build_or_log<R: Runtime>(app: &AppHandle<R>) {
    if app.tray_by_id(ID).is_some() {
        return;
    }
    match build(app) {
        Ok(()) => show_open_count(app),
        Err(error) => tracing::info!(%error, "no tray icon"),
    }
}

fn build<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<()> {
    let count = MenuItemBuilder::new(open_count_text(0)).enabled(false).build(app)?;
    let menu = MenuBuilder::new(app)
        .text("quick-add", "Quick add…")
        .item(&count)
        .separator()
        .text("open", "Open Clove")
        .separator()
        .text("quit", "Quit Clove")
        .build()?;
    let mut tray = TrayIconBuilder::<R>::with_id(ID)
        .tooltip("Clove")
        .menu(&menu)
        .show_menu_on_left_click(cfg!(target_os = "macos"))
        .on_menu_event(|app, event| match event.id().as_ref() {
            "quick-add" => windows::open_quick_add(app),
            "open" => windows::open_main(app),
            "quit" => app.exit(0),
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
    if cfg!(target_os = "macos") {
        tray = tray.icon(tauri::include_image!("icons/tray-template.png")).icon_as_template(true);
    } else {
        tray = tray.icon(tauri::include_image!("icons/32x32.png"));
    }
    tray.build(app)?;
    app.manage(OpenCount(count));
    Ok(())
}

fn open_count_text(open: usize) -> String {
    match open {
        0 => "Nothing to do".to_owned(),
        1 => "1 todo to do".to_owned(),
        many => format!("{many} todos to do"),
    }
}
