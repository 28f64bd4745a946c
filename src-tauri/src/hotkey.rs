//! The key that opens quick add from anywhere.

use clove_core::words::{say, told};
use tauri::{AppHandle, Emitter, Manager, Runtime, plugin::TauriPlugin};
use tauri_plugin_global_shortcut::{Builder, GlobalShortcutExt, Shortcut, ShortcutState};

use crate::{
    error::{CommandError, ErrorCode},
    platform, quick_add,
    state::{AppState, HotkeyStatus},
};

/// The plugin; any key that it reports opens quick add, because there is one key.
pub(crate) fn plugin<R: Runtime>() -> TauriPlugin<R> {
    Builder::new()
        .with_handler(|app, _shortcut, event| {
            if event.state() == ShortcutState::Pressed {
                quick_add::open(app);
            }
        })
        .build()
}

/// Takes the key that the settings name.
pub(crate) fn start<R: Runtime>(app: &AppHandle<R>) {
    let state = app.state::<AppState>();
    let status = match state.settings().hotkey {
        None => HotkeyStatus::Off,
        Some(key) => register(app, &key).map_or_else(
            |message| {
                tracing::warn!(message, "no hotkey");
                HotkeyStatus::Failed { message }
            },
            |()| HotkeyStatus::Registered,
        ),
    };
    state.set_hotkey_status(status);
}

/// Takes another key, or none. Where that fails the old one stays.
pub(crate) fn change<R: Runtime>(
    app: &AppHandle<R>,
    key: Option<String>,
) -> Result<(), CommandError> {
    let state = app.state::<AppState>();
    let old = state.settings().hotkey;
    let _ = app.global_shortcut().unregister_all();
    if let Some(key) = &key
        && let Err(message) = register(app, key)
    {
        if let Some(old) = &old {
            let _ = register(app, old);
        }
        return Err(CommandError::new(ErrorCode::Invalid, message));
    }
    state.change_settings(|settings| settings.hotkey.clone_from(&key))?;
    state.set_hotkey_status(key.map_or(HotkeyStatus::Off, |_| HotkeyStatus::Registered));
    let _ = app.emit("app-info-changed", state.info());
    Ok(())
}

fn register<R: Runtime>(app: &AppHandle<R>, key: &str) -> Result<(), String> {
    if platform::desktop_owns_hotkeys() {
        return Err(told("hotkey-of-desktop"));
    }
    let shortcut: Shortcut =
        key.parse().map_err(|_| say("hotkey-unusable", &[("key", key.into())]))?;
    app.global_shortcut().register(shortcut).map_err(|error| {
        tracing::debug!(%error, "the hotkey was refused");
        say("hotkey-taken", &[("key", key.into())])
    })
}
