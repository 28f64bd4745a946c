//! What the core shows of its todos: plain data, ready to cross to a window or a terminal.

mod conflict;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub use self::conflict::Conflict;

use crate::{
    edit::Replaced,
    store::Recorded,
    sync::status::TodoStanding,
    todo::{Field, FieldValue, Todo, TodoId},
};

/// A todo as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct TodoRow {
    /// The todo's id.
    #[ts(type = "string")]
    pub id: TodoId,
    /// What is to be done.
    pub title: String,
    /// The longer text.
    pub description: Option<String>,
    /// Whether it is done.
    pub completed: bool,
    /// When it was deleted, in milliseconds since the epoch; `null` unless it counts as deleted.
    #[ts(type = "number | null")]
    pub deleted_at: Option<i64>,
    /// When it was made, in milliseconds since the epoch.
    #[ts(type = "number")]
    pub created_at: i64,
    /// When it was last edited, in milliseconds since the epoch.
    #[ts(type = "number")]
    pub updated_at: i64,
    /// How it stands with the server, in a list; absent where the server has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub standing: Option<TodoStanding>,
}

impl From<&Todo> for TodoRow {
    fn from(todo: &Todo) -> Self {
        let deleted_at = todo.deleted_at.value.filter(|_| todo.is_deleted());
        Self {
            id: todo.id,
            title: todo.title.value.as_str().to_owned(),
            description: todo.description.value.as_ref().map(|text| text.as_str().to_owned()),
            completed: todo.completed.value,
            deleted_at: deleted_at.map(crate::clock::Millis::get),
            created_at: todo.created_at.get(),
            updated_at: todo.updated_at().get(),
            standing: None,
        }
    }
}

/// Which todos a list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum Filter {
    /// Those to be done, then those done.
    All,
    /// Those to be done.
    Active,
    /// Those done.
    Completed,
    /// Those deleted.
    Deleted,
}

/// Where a todo is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct TodoPlace {
    /// The list that has it.
    pub filter: Filter,
    /// Its position there; 0 is the first.
    pub position: usize,
}

/// The order of each list: by when a todo came into it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum Sort {
    /// The last that came is first.
    Newest,
    /// The first that came is first.
    Oldest,
}

/// How many todos there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Counts {
    /// To be done.
    pub active: usize,
    /// Done.
    pub completed: usize,
    /// Deleted.
    pub deleted: usize,
}

impl Counts {
    /// How many rows a list has.
    #[must_use]
    pub fn of(&self, filter: Filter) -> usize {
        match filter {
            Filter::All => self.active + self.completed,
            Filter::Active => self.active,
            Filter::Completed => self.completed,
            Filter::Deleted => self.deleted,
        }
    }
}

/// A part of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ListWindow {
    /// The rows, from `offset` on.
    pub rows: Vec<TodoRow>,
    /// The position of the first row in the whole list.
    pub offset: usize,
    /// How many rows the whole list has.
    pub total: usize,
    /// How many todos there are by list.
    pub counts: Counts,
}

/// A part of what a search found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct SearchResults {
    /// The rows, from `offset` on, the best first.
    pub rows: Vec<TodoRow>,
    /// The position of the first row among all hits.
    pub offset: usize,
    /// How many hits were looked at: 200 at most where they are ranked, else 500.
    pub total: usize,
    /// Whether there are hits beyond those.
    pub more: bool,
}

/// What an edit made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Applied {
    /// The edit's number, by which it can be undone; 0 where it changed nothing.
    #[ts(type = "number")]
    pub action: i64,
    /// The todos after it.
    pub todos: Vec<TodoRow>,
}

/// What an undo or redo did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Undone {
    /// The number of the edit that takes this one back; 0 where it changed nothing.
    #[ts(type = "number")]
    pub action: i64,
    /// What was undone or redone.
    pub kind: ActionKind,
    /// How many todos it changed.
    pub count: usize,
    /// The title of the first of them.
    pub titles: Vec<String>,
    /// How many values stayed because they were edited since.
    pub skipped: usize,
}

/// The verbs that edit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum ActionKind {
    /// A todo was made.
    Add,
    /// A text was changed.
    Edit,
    /// Todos were done.
    Complete,
    /// Todos were to be done again.
    Reopen,
    /// Todos were deleted.
    Delete,
    /// Todos, or an earlier value of one, were brought back.
    Restore,
    /// Todos were taken from a file.
    Import,
}

/// A value that was replaced.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct HistoryEntry {
    /// The entry's number, by which its old value can be restored.
    #[ts(type = "number")]
    pub seq: i64,
    /// The field.
    #[ts(type = "\"title\" | \"description\" | \"completed\" | \"deletedAt\"")]
    pub field: Field,
    /// The value before; `null` for the title of a todo that was made then.
    #[ts(type = "string | boolean | number | null")]
    pub old: serde_json::Value,
    /// The value after.
    #[ts(type = "string | boolean | number | null")]
    pub new: serde_json::Value,
    /// When, in milliseconds since the epoch.
    #[ts(type = "number")]
    pub at: i64,
    /// Why.
    pub cause: Cause,
}

impl From<Recorded> for HistoryEntry {
    fn from(recorded: Recorded) -> Self {
        let Replaced { old, new, at, cause } = recorded.replaced;
        Self {
            seq: recorded.seq,
            field: new.field(),
            old: old.as_ref().map_or(serde_json::Value::Null, FieldValue::to_json),
            new: new.to_json(),
            at: at.get(),
            cause,
        }
    }
}

/// Why a value was replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Cause {
    /// By an edit on this device.
    Edit,
    /// By an edit from elsewhere.
    Remote,
    /// An edit on this device, by a later one from elsewhere.
    ConflictLost,
    /// By a deletion on this device.
    Deleted,
}

impl Cause {
    /// The name in the database.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Edit => "edit",
            Self::Remote => "remote",
            Self::ConflictLost => "conflict_lost",
            Self::Deleted => "deleted",
        }
    }

    /// The cause with this name. A name that this version does not know counts as remote.
    #[must_use]
    pub fn named(name: &str) -> Self {
        let all = [Self::Edit, Self::ConflictLost, Self::Deleted];
        all.into_iter().find(|cause| cause.name() == name).unwrap_or(Self::Remote)
    }
}
