//! How safe the todos are, as a window shows it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How safe the todos are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct SafetyView {
    /// When the newest backup was made, in milliseconds since the epoch.
    #[ts(type = "number | null")]
    pub last_backup: Option<i64>,
    /// Why the one of today could not be made, where it could not.
    pub problem: Option<String>,
    /// What was rescued when these todos were last found damaged.
    pub repair: Option<Repair>,
}

/// What was rescued when a database was found damaged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Repair {
    /// How many todos could be read of the damaged file.
    pub rescued: usize,
    /// How many came from the newest backup alone.
    pub from_backup: usize,
    /// Where the damaged file is kept.
    pub damaged_file: String,
    /// When it was repaired, in milliseconds since the epoch.
    #[ts(type = "number")]
    pub at: i64,
}

/// What an import does, or would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Imported {
    /// The number of the edit, by which it can be undone; 0 where nothing is changed, or not yet.
    #[ts(type = "number")]
    pub action: i64,
    /// The file's name.
    pub name: String,
    /// How many todos are new here.
    pub added: usize,
    /// How many todos that are here have later values in the file.
    pub changed: usize,
    /// What is left out, and why.
    pub skipped: Vec<Skipped>,
}

/// Parts of a file that are left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Skipped {
    /// Why.
    pub reason: SkipReason,
    /// How many.
    pub count: usize,
}

/// Why a part of a file is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum SkipReason {
    /// The todo is here as it is in the file, or later.
    Known,
    /// It holds no text.
    Empty,
    /// It is a heading or a line across the page.
    Heading,
    /// It was deleted before it was exported.
    Deleted,
    /// It makes no sense.
    Unreadable,
}

/// What bringing a backup back does, or would do.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Restored {
    /// The number of the edit, by which it can be undone; 0 where nothing is changed, or not yet.
    #[ts(type = "number")]
    pub action: i64,
    /// How many todos come back that are not here, or are deleted.
    pub come_back: usize,
    /// How many todos go back to how they were.
    pub go_back: usize,
}

/// A backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct BackupView {
    /// The name of its file, which tells it from others.
    pub name: String,
    /// What it was made for.
    pub occasion: BackupOccasion,
    /// When it was made, in milliseconds since the epoch.
    #[ts(type = "number")]
    pub made_at: i64,
    /// Its size, in bytes.
    #[ts(type = "number")]
    pub bytes: u64,
    /// How many todos it holds that are not deleted; `null` where it cannot be read.
    pub todos: Option<usize>,
}

/// What a backup was made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum BackupOccasion {
    /// It was its day.
    Day,
    /// A newer Clove was about to change the database.
    Migration,
    /// Another device deleted a large part of the list.
    Deletions,
}
