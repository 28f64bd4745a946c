//! What is done on both servers, as data.

use serde_json::{Value, json};

/// How many users there are in a scenario, and when it begins.
pub(super) const USERS: usize = 2;
pub(super) const START: i64 = 1_700_000_000_000;
pub(super) const DAY: i64 = 24 * 3_600_000;
/// How long a tombstone keeps its texts.
pub(super) const KEPT: i64 = 90 * DAY;

/// A `clientId` that stands for the todo of this number that `todos.createTodo` made.
pub(super) const MADE: &str = "made ";

#[derive(Debug, Clone)]
pub(super) enum Step {
    /// The clock goes on, by milliseconds.
    Wait(i64),
    Hello(usize),
    Head(usize),
    Tail(usize),
    Push(usize, Vec<Value>),
    /// `stale` asks for another epoch than there is.
    Pull {
        user: usize,
        stale: bool,
        since: i64,
        limit: usize,
    },
    Create {
        user: usize,
        title: String,
        description: String,
    },
    /// One user edits, through `todos.updateTodo`, the todo of this number that `owner` made.
    Edit {
        user: usize,
        owner: usize,
        made: usize,
        values: Values,
    },
    Delete {
        user: usize,
        owner: usize,
        made: usize,
    },
    /// `todos.getTodos`, `getActiveTodos` and `getCompletedTodos`.
    Lists(usize),
    /// The texts of tombstones older than 90 days are taken away.
    Strip,
    /// A backup was restored: every user gets another epoch.
    ReplaceEpochs,
}

impl Step {
    /// What is done, with rows as the JSON that they are.
    pub(super) fn shown(&self) -> String {
        match self {
            Self::Push(user, rows) => format!("Push({user}, {})", json!(rows)),
            other => format!("{other:?}"),
        }
    }
}

/// The title, description and completion that an edit gives, or leaves.
#[derive(Debug, Clone, Default)]
pub(super) struct Values(
    pub(super) Option<String>,
    pub(super) Option<String>,
    pub(super) Option<bool>,
);

impl Values {
    /// Those that are given, with the index of their field.
    pub(super) fn given(&self) -> Vec<(usize, Value)> {
        let all = [json!(self.0), json!(self.1), json!(self.2)];
        all.into_iter().enumerate().filter(|(_, value)| !value.is_null()).collect()
    }
}

/// The id of a todo of this number.
pub(super) fn id(number: usize) -> String {
    format!("018bcfe5-6800-7abc-8def-{number:012x}")
}

/// A row as a device pushes it: made and edited at one moment.
pub(super) fn row(id: &str, title: &str, at: i64) -> Value {
    let stamps = json!({ "title": at, "description": at, "completed": at, "deletedAt": at });
    json!({
        "clientId": id, "createdAt": at, "title": title, "description": null,
        "completed": false, "deletedAt": null, "stamps": stamps,
    })
}

/// The same row with one field edited at a later moment.
pub(super) fn edited(mut row: Value, field: &str, value: impl Into<Value>, at: i64) -> Value {
    row[field] = value.into();
    row["stamps"][field] = json!(at);
    row
}
