//! An edit that gave way, as it is shown.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::HistoryEntry;
use crate::todo::TodoId;

/// An edit of this device that gave way to a later one from elsewhere. Which device made that one, the
/// server does not tell.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Conflict {
    /// The todo's id.
    #[ts(type = "string")]
    pub todo: TodoId,
    /// Its title, as it is now.
    pub title: String,
    /// The value that this device had, and the one that won.
    pub entry: HistoryEntry,
    /// Whether the todo has this device's value again.
    pub is_back: bool,
}
