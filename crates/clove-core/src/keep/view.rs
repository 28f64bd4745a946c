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
