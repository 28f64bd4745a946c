//! Which language Clove speaks: the one of the settings, else the system's.

use clove_core::words::{self, Language, Locale};
use tauri::{AppHandle, Emitter, Manager, Runtime};

use crate::{error::CommandError, menu, quick_add, settings::Settings, state::AppState, tray};

/// Speaks the language that the settings name. Before them it is the system's.
pub(crate) fn follow(settings: &Settings) {
    words::speak(locale(settings).language);
}

/// The language and the region of everything that is shown.
pub(crate) fn locale(settings: &Settings) -> Locale {
    words::locale(settings.language, sys_locale::get_locales())
}

/// Speaks another language, in every window and in the tray; `None` for the system's.
pub(crate) fn change<R: Runtime>(
    app: &AppHandle<R>,
    language: Option<Language>,
) -> Result<(), CommandError> {
    let state = app.state::<AppState>();
    state.change_settings(|settings| settings.language = language)?;
    follow(&state.settings());
    quick_add::show_title(app);
    tray::show_words(app);
    menu::show_words(app);
    let _ = app.emit("app-info-changed", state.info());
    let _ = app.emit("safety-changed", ());
    Ok(())
}
