//! How sync stands, as a window shows it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::todo::TodoId;

/// How sync stands, overall.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct SyncStatus {
    /// What it is doing.
    pub phase: Phase,
    /// How many todos hold an edit that the server has not seen.
    pub unsynced: usize,
    /// How many of those the server did not take; each says why.
    pub set_aside: usize,
    /// How many todos of the server's this version of Clove can't read.
    pub unread: usize,
    /// When the server and this device last agreed, in milliseconds since the epoch by this device's
    /// clock.
    #[ts(type = "number | null")]
    pub synced_at: Option<i64>,
    /// How far the first sync is; `null` unless it is under way.
    pub first_sync: Option<FirstSync>,
    /// What went wrong last, in words; gone once it goes well.
    pub problem: Option<String>,
}

/// What sync is doing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, rename = "SyncPhase")]
pub enum Phase {
    /// There is no network, so nothing is attempted.
    Offline,
    /// The person has to sign in again. Edits stay on this device until then.
    SignInNeeded,
    /// It is talking to the server, or about to.
    #[default]
    Syncing,
    /// It waits before it tries again.
    Waiting,
    /// There is nothing to do.
    Idle,
}

/// How far the first sync is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct FirstSync {
    /// How many todos have come.
    pub rows: usize,
    /// The server's number of the last change that is here.
    #[ts(type = "number")]
    pub rev: i64,
    /// Its number of the last change that there is: `rev / of` is how far it is.
    #[ts(type = "number")]
    pub of: i64,
}

/// How one todo stands with the server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "state")]
#[ts(export)]
pub enum TodoStanding {
    /// The server has not seen its last edit.
    OnThisDevice,
    /// It is on its way.
    Sending,
    /// The server has it.
    Synced,
    /// The server did not take it. It waits until it is edited or tried again.
    SetAside {
        /// A word for programs.
        code: String,
        /// Why, in words.
        message: String,
    },
}

/// What a person should be told once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "kind")]
#[ts(export, rename = "SyncNotice")]
pub enum Notice {
    /// Edits of this device lost against later ones. The old values are in the history.
    EditsLost {
        /// The todos, each of which has such a history.
        todos: Vec<LostEdit>,
    },
    /// Another device deleted a large part of the list at once.
    ManyDeleted {
        /// Those that it deleted: restoring them takes it back.
        #[ts(type = "string[]")]
        ids: Vec<TodoId>,
        /// The copy that was made before.
        copy: String,
    },
}

/// A todo in which an edit of this device lost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct LostEdit {
    /// The todo's id.
    #[ts(type = "string")]
    pub id: TodoId,
    /// Its title, as it is now.
    pub title: String,
}
