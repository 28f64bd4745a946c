//! What people choose, in a small JSON file beside the todos.

use std::{
    fs, io,
    io::Write,
    path::{Path, PathBuf},
};

use clove_core::words::{Language, say};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::connection::ConnectionText;

/// What was chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
#[ts(export)]
pub(crate) struct Settings {
    /// The key for quick add from anywhere, as Tauri writes accelerators; `null` for none.
    pub hotkey: Option<String>,
    /// The language of everything that is shown; `null` for the system's.
    pub language: Option<Language>,
    /// Whether quick add waits out of sight, which costs memory, or is made when it is called for.
    pub quick_add_ready: bool,
    /// How much goes to the log.
    pub log_level: LogLevel,
    /// Whether Clove starts with the session.
    pub autostart: bool,
    /// What closing the window does where there is no tray.
    pub close_without_tray: CloseWithoutTray,
    /// One's own Clerk and Convex; `null` for those that Clove came with.
    pub connection: Option<ConnectionText>,
}

/// How much goes to the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub(crate) enum LogLevel {
    /// What failed.
    Error,
    /// And what looks wrong.
    Warn,
    /// And what happened.
    Info,
    /// And how, with the texts of todos where they matter.
    Debug,
    /// And every step.
    Trace,
}

/// What closing the window does where there is no tray.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub(crate) enum CloseWithoutTray {
    /// Says that Clove quits, and asks.
    Ask,
    /// Quits.
    Quit,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            hotkey: Some("CommandOrControl+Shift+Space".to_owned()),
            language: None,
            quick_add_ready: false,
            log_level: LogLevel::Info,
            autostart: false,
            close_without_tray: CloseWithoutTray::Ask,
            connection: None,
        }
    }
}

impl Settings {
    /// Reads the settings in `folder`. A file that makes no sense is set aside, and the defaults
    /// count: the text says so.
    pub(crate) fn load(folder: &Path) -> (Self, Option<String>) {
        let path = file_in(folder);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Default::default(),
            Err(error) => return (Self::default(), Some(unreadable(&path, &error))),
        };
        match serde_json::from_str(&text) {
            Ok(settings) => (settings, None),
            Err(error) => {
                let aside = path.with_extension("json.unreadable");
                let kept = fs::rename(&path, &aside);
                let place = kept.map_or(path.clone(), |()| aside);
                (Self::default(), Some(unreadable(&place, &error)))
            }
        }
    }

    /// Writes the settings so that a crash leaves either the old file or the new one.
    pub(crate) fn save(&self, folder: &Path) -> io::Result<()> {
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        serde_json::to_writer_pretty(&mut file, self)?;
        file.flush()?;
        file.as_file().sync_all()?;
        file.persist(file_in(folder))?;
        Ok(())
    }
}

fn file_in(folder: &Path) -> PathBuf {
    folder.join("settings.json")
}

fn unreadable(path: &Path, error: &dyn std::error::Error) -> String {
    let path = ("path", path.display().to_string().into());
    say("shell-settings-unreadable", &[path, ("reason", error.to_string().into())])
}

#[cfg(test)]
#[path = "settings_tests.rs"]
mod tests;
