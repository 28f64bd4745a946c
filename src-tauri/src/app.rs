//! The app: its plugins, its start, and what keeps it alive.

use std::{path::PathBuf, process::ExitCode, time::Instant};

use clap::Parser;
use tauri::{
    AppHandle, Builder, Emitter, Manager, RunEvent, Runtime, WindowEvent, Wry, async_runtime,
};
use tauri_plugin_window_state::StateFlags;

use crate::{
    cli::Arguments,
    closing, commands, handover, hotkey, keep, language, link, logging, menu, platform, quick_add,
    settings::Settings,
    state::AppState,
    sync::{self, AppNotice},
    tray, windows, world,
};

/// What a start shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Launch {
    /// The list.
    Main,
    /// The small window that adds a todo.
    QuickAdd,
    /// Nothing but the tray.
    Background,
}

/// Runs the app until it quits.
pub(crate) fn run(started: Instant, folder: PathBuf, launch: Launch) -> ExitCode {
    let builder = menu::attach(with_commands(Builder::<Wry>::default()))
        // First of all plugins: a second instance ends here, before it touches anything.
        .plugin(tauri_plugin_single_instance::init(|app, argv, _folder| handed_over(app, &argv)))
        .plugin(tauri_plugin_deep_link::init())
        .plugin(tauri_plugin_dialog::init())
        .plugin(hotkey::plugin())
        .plugin(tauri_plugin_autostart::Builder::new().arg("--background").build())
        .plugin(
            tauri_plugin_window_state::Builder::new()
                .with_state_flags(StateFlags::POSITION | StateFlags::SIZE | StateFlags::MAXIMIZED)
                .with_filter(|label| label == windows::MAIN)
                // An absolute name, so that the file is with the others and not where it would be.
                .with_filename(folder.join("window-state.json").to_string_lossy())
                .build(),
        )
        .setup(move |app| {
            set_up(app.handle(), started, folder, launch);
            Ok(())
        })
        .on_window_event(|window, event| match event {
            WindowEvent::CloseRequested { api, .. }
                if window.label() == windows::MAIN
                    && !closing::may_close_main(window.app_handle()) =>
            {
                api.prevent_close();
            }
            WindowEvent::Focused(true) => sync::sync_now(window.app_handle()),
            WindowEvent::Destroyed if window.label() == windows::MAIN => {
                windows::main_closed(window.app_handle());
            }
            _ => {}
        });
    #[cfg(target_os = "macos")]
    let builder = builder.on_web_content_process_terminate(|webview| {
        if webview.label() == quick_add::QUICK_ADD {
            quick_add::page_ended(webview.app_handle());
        }
    });
    match builder.build(tauri::generate_context!()) {
        Ok(app) => platform::run(app, on_run_event),
        Err(error) => {
            use std::io::Write;
            let _ = writeln!(std::io::stderr(), "clove: the window system failed: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Adds the commands that windows call, for the app and for tests with a mock runtime.
pub fn with_commands<R: Runtime>(builder: Builder<R>) -> Builder<R> {
    builder.invoke_handler(tauri::generate_handler![
        commands::app_info,
        commands::retry_open,
        commands::list_todos,
        commands::todo_ids,
        commands::search_todos,
        commands::locate_todo,
        commands::add_todo,
        commands::add_todos,
        commands::add_draft,
        commands::keep_add_draft,
        commands::rename_todo,
        commands::describe_todo,
        commands::set_completed,
        commands::delete_todos,
        commands::restore_todos,
        commands::undo,
        commands::redo,
        commands::history,
        commands::restore_history,
        commands::first_row_shown,
        commands::take_notices,
        commands::set_hotkey,
        commands::set_language,
        commands::set_log_level,
        commands::set_autostart,
        commands::close_main,
        commands::main_saved,
        commands::quick_add::quick_add_draft,
        commands::quick_add::quick_add_opened,
        commands::quick_add::quick_add_keep,
        commands::quick_add::quick_add_fit,
        commands::quick_add::quick_add_hide,
        commands::quick_add::set_quick_add_ready,
        commands::keep::safety,
        commands::keep::backups,
        commands::keep::preview_backup,
        commands::keep::restore_backup,
        commands::keep::import_todos,
        commands::keep::confirm_import,
        commands::keep::export_todos,
        commands::sync::sync_status,
        commands::sync::sync_now,
        commands::sync::standing,
        commands::sync::waiting_todos,
        commands::sync::conflicts,
        commands::sync::set_aside,
        commands::sync::try_again,
        commands::account::account,
        commands::account::sign_in,
        commands::account::sign_in_again,
        commands::account::sign_in_link,
        commands::account::cancel_sign_in,
        commands::account::retry_keyring,
        commands::account::rename_profile,
        commands::account::profile_picture,
        commands::account::manage_account,
        commands::account::move_todos,
        commands::account::unsynced_count,
        commands::account::sign_out,
        commands::account::check_connection,
        commands::account::set_connection,
        commands::account::doctor,
        commands::account::diagnostics,
    ])
}

/// Opens the todos where they are not open, and lets windows and the tray follow their changes.
pub(crate) fn open_core<R: Runtime>(app: &AppHandle<R>) {
    let state = app.state::<AppState>();
    if state.open_core() {
        follow_core(app);
    }
}

fn set_up<R: Runtime>(app: &AppHandle<R>, started: Instant, folder: PathBuf, launch: Launch) {
    let (settings, notice) = Settings::load(&folder);
    language::follow(&settings);
    // The menu bar came before the settings were known.
    menu::show_words(app);
    let logging = logging::start(&folder, settings.log_level);
    tracing::info!(version = env!("CARGO_PKG_VERSION"), os = std::env::consts::OS, "Clove starts");
    app.manage(AppState::start(started, folder, settings, logging, launch));
    follow_core(app);
    show(app, launch);
    tray::start(app);
    hotkey::start(app);
    quick_add::start(app);
    link::start(app);
    if let Some(message) = notice {
        tracing::warn!(message);
        tell(app, message);
    }
}

/// Tells the person something: in the open window, or in the next one.
pub(crate) fn tell<R: Runtime>(app: &AppHandle<R>, notice: impl Into<AppNotice>) {
    app.state::<AppState>().add_notice(notice.into());
    let _ = app.emit("notice", ());
}

fn follow_core<R: Runtime>(app: &AppHandle<R>) {
    let state = app.state::<AppState>();
    let Ok(core) = state.core() else { return };
    let mut changes = core.changes();
    let changed = app.clone();
    async_runtime::spawn(async move {
        while changes.changed().await.is_ok() {
            let _ = changed.emit("todos-changed", ());
            tray::show_open_count(&changed);
        }
    });
    let followed = app.clone();
    let account = core.clone();
    async_runtime::spawn(async move {
        let mut changes = account.account().changes();
        while changes.changed().await.is_ok() {
            let _ = followed.emit("account-changed", ());
            let _ = followed.emit("app-info-changed", followed.state::<AppState>().info());
            tray::show_account(&followed);
        }
    });
    let restored = core.clone();
    // The keyring may wait for a person.
    async_runtime::spawn(async move {
        restored.restore().await;
        restored.begin_syncing().await;
        restored.refresh_profile().await;
    });
    sync::follow(app, &core);
    keep::follow(app, &core);
    world::follow(app);
    serve_terminals(app);
}

/// A second Clove was started, and ended after handing its arguments over.
fn handed_over<R: Runtime>(app: &AppHandle<R>, argv: &[String]) {
    match Arguments::try_parse_from(argv) {
        Ok(arguments) => show(app, arguments.launch()),
        Err(error) => tracing::warn!(kind = %error.kind(), "a second start had odd arguments"),
    }
}

fn show<R: Runtime>(app: &AppHandle<R>, launch: Launch) {
    match launch {
        Launch::Main => windows::open_main(app),
        Launch::QuickAdd => quick_add::open(app),
        Launch::Background => {}
    }
}

fn serve_terminals<R: Runtime>(app: &AppHandle<R>) {
    let handle = app.clone();
    let state = app.state::<AppState>();
    let answer = move |request| match handle.state::<AppState>().core() {
        Ok(core) => async_runtime::block_on(handover::answer(&core, Some(&handle), request)),
        Err(error) => handover::Reply::Failed(error),
    };
    if let Err(error) = handover::serve(state.folder(), answer) {
        tracing::warn!(%error, "`clove add` can't reach this Clove");
    }
}

fn on_run_event<R: Runtime>(app: &AppHandle<R>, event: RunEvent) {
    match event {
        // Without a code: the last window is gone. Whether Clove then ends, `windows` decides.
        RunEvent::ExitRequested { code: None, api, .. } => api.prevent_exit(),
        RunEvent::Exit => app.state::<AppState>().close(),
        #[cfg(target_os = "macos")]
        RunEvent::Reopen { .. } => windows::open_main(app),
        _ => {}
    }
}
