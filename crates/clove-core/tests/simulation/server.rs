//! The server, as a model: what `convex/sync.ts` and the files below it say, in as few words. It
//! shares no code with the app, so that it shares no mistake either.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::dice::Dice;

const AHEAD: i64 = 5_000;
const FAR_FUTURE: i64 = 366 * 24 * 60 * 60 * 1000;
const SAFE: i64 = (1 << 53) - 1;
const REMEMBERED_SHIFTS: usize = 8;
const FIELDS: [&str; 4] = ["title", "description", "completed", "deletedAt"];

/// A refusal of a whole call: its code.
pub(super) type Refusal = &'static str;

/// What the server holds of a todo. Values are in the order of [`FIELDS`].
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Doc {
    pub(super) created_at: i64,
    pub(super) values: [Value; 4],
    pub(super) at: [i64; 4],
    /// Of each field the last stamps that were put back, and where to; newest first.
    shifts: [Vec<(i64, i64)>; 4],
    pub(super) rev: i64,
}

/// The data of one user.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Account {
    /// 0 before the first hello.
    pub(super) epoch: i64,
    pub(super) rev: i64,
    pub(super) docs: BTreeMap<String, Doc>,
}

impl Doc {
    /// A version of a todo, as a device holds it.
    pub(super) fn new(
        created_at: i64,
        values: impl Iterator<Item = Value>,
        at: impl Iterator<Item = i64>,
    ) -> Self {
        let (mut doc, values, at) = (Self::default(), values.enumerate(), at.enumerate());
        doc.created_at = created_at;
        values.for_each(|(field, value)| doc.values[field] = value);
        at.for_each(|(field, at)| doc.at[field] = at);
        doc
    }

    pub(super) fn updated_at(&self) -> i64 {
        self.at.into_iter().max().unwrap_or(0)
    }

    pub(super) fn is_deleted(&self) -> bool {
        !self.values[3].is_null() && self.at[3] == self.updated_at()
    }

    pub(super) fn is_stripped(&self) -> bool {
        self.values[0] == "" && self.is_deleted()
    }

    pub(super) fn merge(&self, other: &Self) -> Self {
        let mut merged = self.clone();
        merged.created_at = self.created_at.min(other.created_at);
        for field in 0..4 {
            let (a, b) = (self.at[field], other.at[field]);
            if b > a || (b == a && greater(&other.values[field], &self.values[field])) {
                merged.at[field] = b;
                merged.values[field] = other.values[field].clone();
            }
        }
        if !self.is_stripped() {
            return merged;
        }
        if merged.is_deleted() {
            merged.strip();
        } else if merged.values[0] == "" {
            merged.values[0] = other.values[0].clone();
        }
        merged
    }

    fn strip(&mut self) {
        self.values[0] = json!("");
        self.values[1] = Value::Null;
    }

    pub(super) fn is_same(&self, other: &Self) -> bool {
        (self.created_at, &self.values, self.at) == (other.created_at, &other.values, other.at)
    }

    fn row(&self, id: &str) -> Value {
        let mut row = json!({ "clientId": id, "createdAt": self.created_at, "rev": self.rev });
        for (index, field) in FIELDS.iter().enumerate() {
            row[*field] = self.values[index].clone();
            row["stamps"][*field] = json!(self.at[index]);
        }
        row
    }
}

/// Absent < present; false < true; numbers by size; text by code point.
fn greater(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (_, Value::Null) => !a.is_null(),
        (Value::String(a), Value::String(b)) => a > b,
        (Value::Bool(a), Value::Bool(b)) => a > b,
        _ => a.as_i64() > b.as_i64(),
    }
}

impl Account {
    pub(super) fn hello(&mut self, now: i64, dice: &mut Dice) -> Value {
        if self.epoch == 0 {
            self.epoch = dice.between(1, SAFE);
        }
        json!({ "serverNow": now, "epoch": self.epoch, "rev": self.rev, "schemaVersion": 1 })
    }

    /// `reached` rows are looked at, the others are deferred; `rejects` says which titles are refused.
    pub(super) fn push(
        &mut self,
        rows: &[Value],
        now: i64,
        reached: usize,
        rejects: impl Fn(&str) -> bool,
    ) -> Result<Value, Refusal> {
        if rows.len() > 200 {
            return Err("tooManyRows");
        }
        if json!(rows).to_string().len() > 256 * 1024 {
            return Err("tooLarge");
        }
        let read: Vec<Result<(String, Doc), Value>> = rows
            .iter()
            .map(|row| match parse(row, now) {
                Ok((_, doc)) if rejects(doc.values[0].as_str().unwrap_or_default()) => {
                    Err(rejection(row, "titleTooLong"))
                }
                Ok(read) => Ok(read),
                Err(code) => Err(rejection(row, code)),
            })
            .collect();
        let sound = || read.iter().filter_map(|read| read.as_ref().ok());
        let newest = sound().map(|(_, doc)| doc.updated_at()).max().unwrap_or(0);
        let excess = (newest - (now + AHEAD)).max(0);
        let mut changed: Vec<String> = Vec::new();
        for (id, row) in sound().take(reached) {
            let held = self.docs.get(id);
            let shifted = shift_back(row, held, excess, now);
            let mut merged = held.map_or_else(|| shifted.clone(), |held| held.merge(&shifted));
            merged.shifts = shifted.shifts;
            let is_same = held.is_some_and(|held| held.is_same(&merged));
            if !is_same && !changed.contains(id) {
                changed.push(id.clone());
            }
            self.docs.insert(id.clone(), merged);
        }
        for id in &changed {
            self.rev += 1;
            self.docs.get_mut(id).expect("it was changed").rev = self.rev;
        }
        let mut looked_at = 0;
        let answers = read.iter().map(|read| match read {
            Err(rejection) => rejection.clone(),
            Ok((id, _)) => {
                looked_at += 1;
                if looked_at > reached {
                    return json!({ "clientId": id, "deferred": true });
                }
                self.docs[id].row(id)
            }
        });
        let answers: Vec<Value> = answers.collect();
        Ok(json!({ "rows": answers, "serverNow": now }))
    }

    pub(super) fn pull(&self, epoch: i64, since: i64, limit: usize) -> Result<Value, Refusal> {
        if self.epoch == 0 {
            return Err("unknownUser");
        }
        if epoch != self.epoch {
            return Err("staleEpoch");
        }
        let mut rows: Vec<(&String, &Doc)> =
            self.docs.iter().filter(|(_, doc)| doc.rev > since).collect();
        rows.sort_by_key(|(_, doc)| doc.rev);
        if rows.is_empty() && since > self.docs.values().map(|doc| doc.rev).max().unwrap_or(0) {
            return Err("badCursor");
        }
        let more = rows.len() > limit;
        rows.truncate(limit);
        let cursor = rows.last().map_or(since, |(_, doc)| doc.rev);
        let rows: Vec<Value> = rows.into_iter().map(|(id, doc)| doc.row(id)).collect();
        Ok(json!({ "rows": rows, "cursor": cursor, "more": more }))
    }

    /// `todos.createTodo`.
    pub(super) fn create(&mut self, id: String, title: &str, now: i64) {
        self.rev += 1;
        let values = [json!(title), Value::Null, json!(false), Value::Null];
        let doc = Doc {
            created_at: now,
            values,
            at: [now; 4],
            shifts: Default::default(),
            rev: self.rev,
        };
        self.docs.insert(id, doc);
    }

    /// `todos.updateTodo` and `todos.deleteTodo`: values by the index of their field.
    pub(super) fn edit(&mut self, id: &str, values: &[(usize, Value)], now: i64) {
        let Some(doc) = self.docs.get_mut(id).filter(|doc| !doc.is_deleted()) else { return };
        let at = now.max(doc.updated_at() + 1);
        let mut changed = false;
        // All of one call have one stamp.
        for (field, value) in values {
            if doc.values[*field] != *value {
                doc.values[*field] = value.clone();
                doc.at[*field] = at;
                changed = true;
            }
        }
        if changed {
            self.rev += 1;
            doc.rev = self.rev;
        }
    }

    /// The scheduled function that takes the texts of old tombstones away. It raises no rev.
    pub(super) fn strip(&mut self, before: i64) -> usize {
        let old =
            |doc: &&mut Doc| doc.is_deleted() && !doc.is_stripped() && doc.updated_at() < before;
        self.docs.values_mut().filter(old).map(Doc::strip).count()
    }
}

fn shift_back(row: &Doc, held: Option<&Doc>, excess: i64, now: i64) -> Doc {
    let mut shifted = row.clone();
    shifted.created_at = row.created_at.min(now);
    shifted.shifts = held.map(|held| held.shifts.clone()).unwrap_or_default();
    for (field, known) in shifted.shifts.iter_mut().enumerate() {
        let from = row.at[field];
        let seen = known.iter().find(|(seen, _)| *seen == from);
        let to = seen.map_or((from - excess).max(0), |(_, to)| *to);
        if to == from {
            continue;
        }
        if seen.is_none() {
            known.insert(0, (from, to));
            known.truncate(REMEMBERED_SHIFTS);
        }
        shifted.at[field] = to;
        if let (3, Some(deleted)) = (field, row.values[3].as_i64()) {
            shifted.values[3] = json!((deleted - (from - to)).max(0));
        }
    }
    shifted
}

fn rejection(row: &Value, code: &str) -> Value {
    json!({ "clientId": row["clientId"], "rejected": { "code": code, "message": "Refused." } })
}

fn parse(row: &Value, now: i64) -> Result<(String, Doc), &'static str> {
    let object = row.as_object().ok_or("badRow")?;
    let stamps = row["stamps"].as_object().ok_or("badRow")?;
    let known = |name: &String| ["clientId", "createdAt", "stamps"].contains(&name.as_str());
    let is_field = |name: &String| FIELDS.contains(&name.as_str());
    if !object.keys().all(|name| known(name) || is_field(name)) || !stamps.keys().all(is_field) {
        return Err("unknownField");
    }
    let id = row["clientId"].as_str().filter(|id| id.len() == 36).ok_or("badClientId")?;
    let title = row["title"].as_str().ok_or("badRow")?;
    if !(row["description"].is_string() || row["description"].is_null()) {
        return Err("badRow");
    }
    if !row["completed"].is_boolean() {
        return Err("badRow");
    }
    let mut times = vec![&row["createdAt"]];
    times.extend(FIELDS.iter().map(|field| &row["stamps"][*field]));
    times.extend(Some(&row["deletedAt"]).filter(|at| !at.is_null()));
    let moments: Vec<Option<i64>> =
        times.into_iter().map(|time| time.as_i64().filter(|at| (0..=SAFE).contains(at))).collect();
    let moments: Vec<i64> = moments.into_iter().collect::<Option<_>>().ok_or("badStamp")?;
    if moments.iter().any(|at| *at > now + FAR_FUTURE) {
        return Err("farFuture");
    }
    if title.trim().is_empty() {
        return Err("titleEmpty");
    }
    if title.chars().count() > 500 {
        return Err("titleTooLong");
    }
    let values = FIELDS.map(|field| row[field].clone());
    let at = [moments[1], moments[2], moments[3], moments[4]];
    let doc = Doc { created_at: moments[0], values, at, shifts: Default::default(), rev: 0 };
    Ok((id.to_owned(), doc))
}
