//! The server, as a model: what `convex/sync.ts` and the files below it say, in as few words. It
//! shares no code with the app, so that it shares no mistake either.

use std::collections::BTreeMap;

use serde_json::{Value, json};

#[path = "parse.rs"]
mod parse;

const AHEAD: i64 = 5_000;
const FAR_FUTURE: i64 = 366 * 24 * 60 * 60 * 1000;
pub(super) const SAFE: i64 = (1 << 53) - 1;
const REMEMBERED_SHIFTS: usize = 8;
const FIELDS: [&str; 4] = ["title", "description", "completed", "deletedAt"];

/// The epoch of a head that a push or another client made: it is random, and nobody was told of it yet.
pub(super) const UNTOLD: i64 = -1;

/// A refusal of a whole call, or of a row: its code.
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
    /// 0 while there is no head.
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
    /// `random` is asked for an epoch if there is none.
    pub(super) fn hello(&mut self, now: i64, random: impl FnOnce() -> i64) -> Value {
        if self.epoch == 0 {
            self.epoch = random();
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
            .map(|row| match parse::row(row, now) {
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
        // In the order in which they came first, changed by then or later.
        let mut met: Vec<(String, bool)> = Vec::new();
        for (id, row) in sound().take(reached) {
            let held = self.docs.get(id);
            let shifted = shift_back(row, held, excess, now);
            let mut merged = held.map_or_else(|| shifted.clone(), |held| held.merge(&shifted));
            merged.shifts = shifted.shifts;
            let is_changed = !held.is_some_and(|held| held.is_same(&merged));
            match met.iter_mut().find(|(known, _)| known == id) {
                Some((_, changed)) => *changed |= is_changed,
                None => met.push((id.clone(), is_changed)),
            }
            self.docs.insert(id.clone(), merged);
        }
        for (id, _) in met.iter().filter(|(_, changed)| *changed) {
            let rev = self.next_rev();
            self.docs.get_mut(id).expect("it was changed").rev = rev;
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
        if !(0..=SAFE).contains(&since) {
            return Err("badCursor");
        }
        if !(1..=500).contains(&limit) {
            return Err("badLimit");
        }
        let mut rows = self.above(since);
        if rows.is_empty() && since > self.docs.values().map(|doc| doc.rev).max().unwrap_or(0) {
            return Err("badCursor");
        }
        let more = rows.len() > limit;
        rows.truncate(limit);
        let cursor = rows.last().map_or(since, |(_, doc)| doc.rev);
        let rows: Vec<Value> = rows.into_iter().map(|(id, doc)| doc.row(id)).collect();
        Ok(json!({ "rows": rows, "cursor": cursor, "more": more }))
    }

    /// The newest `most` rows.
    pub(super) fn tail(&self, most: usize) -> Result<Value, Refusal> {
        if self.epoch == 0 {
            return Err("unknownUser");
        }
        let mut rows = self.above(0);
        let told = rows.split_off(rows.len().saturating_sub(most));
        let since = rows.last().map_or(0, |(_, doc)| doc.rev);
        let rows: Vec<Value> = told.into_iter().map(|(id, doc)| doc.row(id)).collect();
        Ok(json!({ "epoch": self.epoch, "rev": self.rev, "since": since, "rows": rows }))
    }

    fn above(&self, since: i64) -> Vec<(&String, &Doc)> {
        let mut rows: Vec<_> = self.docs.iter().filter(|(_, doc)| doc.rev > since).collect();
        rows.sort_by_key(|(_, doc)| doc.rev);
        rows
    }

    /// `todos.createTodo`.
    pub(super) fn create(
        &mut self,
        id: String,
        title: &str,
        description: &str,
        now: i64,
    ) -> Result<(), Refusal> {
        let (title, description) = (parse::title(title)?, parse::description(description)?);
        let values = [title, description, json!(false), Value::Null];
        let rev = self.next_rev();
        let doc = Doc { created_at: now, values, at: [now; 4], rev, ..Doc::default() };
        self.docs.insert(id, doc);
        Ok(())
    }

    /// `todos.updateTodo` and `todos.deleteTodo`: values by the index of their field.
    pub(super) fn edit(
        &mut self,
        id: &str,
        values: &[(usize, Value)],
        now: i64,
    ) -> Result<(), Refusal> {
        let held = self.docs.get(id).filter(|doc| !doc.is_deleted()).ok_or("notFound")?;
        let mut doc = held.clone();
        // All of one call have one stamp.
        let at = now.max(doc.updated_at() + 1);
        for (field, value) in values {
            let value = match (field, value.as_str()) {
                (0, Some(typed)) => parse::title(typed)?,
                (1, Some(typed)) => parse::description(typed)?,
                _ => value.clone(),
            };
            if doc.values[*field] != value {
                doc.values[*field] = value;
                doc.at[*field] = at;
            }
        }
        if !doc.is_same(held) {
            doc.rev = self.next_rev();
            self.docs.insert(id.to_owned(), doc);
        }
        Ok(())
    }

    fn next_rev(&mut self) -> i64 {
        if self.epoch == 0 {
            self.epoch = UNTOLD;
        }
        self.rev += 1;
        self.rev
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
    json!({ "clientId": parse::id(row), "rejected": { "code": code, "message": "Refused." } })
}
