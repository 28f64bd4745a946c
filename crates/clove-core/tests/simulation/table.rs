//! What a device's tables hold.

use std::collections::BTreeMap;

use rusqlite::Params;
use serde::Deserialize;
use serde_json::{Value, json};

use super::server::Doc;
use crate::{store::simulated::Memory, sync::work::Task, todo::TodoId};

/// A todo in a device's table.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Held {
    pub(super) created_at: i64,
    pub(super) values: [Value; 4],
    pub(super) at: [i64; 4],
    pub(super) rev: Option<i64>,
    pub(super) dirty: bool,
    pub(super) aside: bool,
}

impl Held {
    pub(super) fn doc(&self) -> Doc {
        Doc::new(self.created_at, self.values.iter().cloned(), self.at.into_iter())
    }
}

pub(super) fn table(memory: &Memory) -> BTreeMap<String, Held> {
    read(memory, "TRUE", [])
}

/// One todo of the table.
pub(super) fn held(memory: &Memory, id: TodoId) -> Option<Held> {
    read(memory, "id = ?1", [id]).into_values().next()
}

/// Those of the table that an answer of the server is about.
pub(super) fn named(memory: &Memory, task: &Task) -> BTreeMap<String, Held> {
    let ids: Vec<TodoId> = match task {
        Task::Apply { page, .. } => page.rows.iter().flatten().map(|row| row.id).collect(),
        Task::Acknowledge { sent, .. } => sent.iter().map(|todo| todo.id).collect(),
        _ => Vec::new(),
    };
    let ids = ids.iter().map(TodoId::to_string).collect::<Vec<_>>();
    read(memory, "id IN (SELECT value FROM json_each(?1))", [json!(ids).to_string()])
}

/// How many todos do not count as deleted.
pub(super) fn living(memory: &Memory) -> u32 {
    let sql = "SELECT count(*) FROM todos WHERE deleted_at IS NULL OR stamps ->> 'deletedAt'
               < max(stamps ->> 'title', stamps ->> 'description', stamps ->> 'completed')";
    memory.with(|connection| {
        let mut statement = connection.prepare_cached(sql).expect("the table is there");
        statement.query_row([], |row| row.get(0)).expect("a count")
    })
}

fn read(memory: &Memory, which: &str, parameters: impl Params) -> BTreeMap<String, Held> {
    memory.with(|connection| {
        let mut statement = connection
            .prepare_cached(&format!(
                "SELECT id, created_at, title, description, completed, deleted_at, stamps, rev,
                        dirty, aside_code IS NOT NULL FROM todos WHERE {which}"
            ))
            .expect("the table is there");
        let rows = statement.query_map(parameters, |row| {
            let stamps: Stamps =
                serde_json::from_str(row.get_ref(6)?.as_str()?).expect("each field has a stamp");
            let text = |value: Option<String>| value.map_or(Value::Null, Value::String);
            let values = [
                text(row.get(2)?),
                text(row.get(3)?),
                json!(row.get::<_, bool>(4)?),
                json!(row.get::<_, Option<i64>>(5)?),
            ];
            let at = [stamps.title, stamps.description, stamps.completed, stamps.deleted_at];
            let (rev, dirty, aside) = (row.get(7)?, row.get(8)?, row.get(9)?);
            Ok((row.get(0)?, Held { created_at: row.get(1)?, values, at, rev, dirty, aside }))
        });
        rows.expect("the table is read").map(|row| row.expect("a row")).collect()
    })
}

pub(super) fn meta(memory: &Memory, key: &str) -> Option<i64> {
    let sql = "SELECT CAST(value AS INTEGER) FROM meta WHERE key = ?1";
    memory.with(|connection| connection.query_row(sql, [key], |row| row.get(0)).ok())
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Stamps {
    title: i64,
    description: i64,
    completed: i64,
    deleted_at: i64,
}
