//! Rows on the wire: as pushed, and as answered, which are hostile until parsed. Pure; the contract is
//! at the top of `convex/sync.ts`.

use std::sync::Arc;

use serde_json::{Value, json};

use crate::{
    clock::Millis,
    register::Register,
    text::{Description, Title},
    todo::{Field, FieldValue, Todo, TodoId},
};

/// The version of the rows that this Clove reads.
pub(crate) const SCHEMA_VERSION: i64 = 1;
/// The most rows of a push.
pub(crate) const PUSH_ROWS: usize = 200;
/// The most bytes of a push: UTF-8 of the JSON of its rows.
pub(crate) const PUSH_BYTES: usize = 256 * 1024;
/// The most rows of a pull's page.
pub(crate) const PULL_ROWS: usize = 500;
/// The most characters that are kept of a word of the server's.
const WORDS_MAX: usize = 500;

/// What the server says of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Hello {
    pub(crate) server_now: Millis,
    pub(crate) epoch: i64,
    pub(crate) rev: i64,
    pub(crate) schema_version: i64,
}

/// A todo as the server holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ServerRow {
    pub(crate) id: TodoId,
    pub(crate) rev: i64,
    pub(crate) created_at: Millis,
    /// One for each field, in the order of [`Field::ALL`]. There is no value where the text of an old
    /// tombstone was taken away.
    registers: Vec<Register<Option<FieldValue>>>,
}

/// A part of what a device has not seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Page {
    pub(crate) rows: Vec<Result<ServerRow, Unread>>,
    /// Where the next page begins.
    pub(crate) cursor: i64,
    pub(crate) more: bool,
}

/// The newest rows, as the server tells them unasked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tail {
    pub(crate) epoch: i64,
    /// All rows with a rev above this are in the page.
    pub(crate) since: i64,
    /// Its cursor is the greatest rev that there is.
    pub(crate) page: Arc<Page>,
}

/// A row that this Clove cannot read; a later one might.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unread {
    pub(crate) id: Option<TodoId>,
    pub(crate) rev: i64,
    pub(crate) reason: String,
}

/// The answer to a push: one for each row, in its order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pushed {
    pub(crate) answers: Vec<Answer>,
    pub(crate) server_now: Millis,
}

/// What became of a pushed row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Answer {
    /// It was merged; this is what the server holds now.
    Merged(ServerRow),
    /// It was not taken, and would not be if it came again.
    Rejected {
        /// A word for programs.
        code: String,
        /// A sentence for people.
        message: String,
    },
    /// The server had enough to do with the rows before it.
    Deferred,
}

/// An answer that is none: it says nothing, and nothing of it is taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the server's answer makes no sense ({0})")]
pub(crate) struct Malformed(pub(crate) &'static str);

impl Pushed {
    /// The greatest rev that it tells of.
    pub(crate) fn rev(&self) -> i64 {
        let rev = |answer: &Answer| match answer {
            Answer::Merged(row) => row.rev,
            Answer::Rejected { .. } | Answer::Deferred => 0,
        };
        self.answers.iter().map(rev).max().unwrap_or(0)
    }
}

impl ServerRow {
    /// What the server holds of a field.
    pub(crate) fn register(&self, field: Field) -> &Register<Option<FieldValue>> {
        &self.registers[field as usize]
    }

    /// The todo; `None` where its texts were taken away.
    pub(crate) fn todo(&self) -> Option<Todo> {
        let Some(FieldValue::Title(title)) = self.register(Field::Title).value.clone() else {
            return None;
        };
        let mut todo = Todo::new(self.id, title, None, self.created_at);
        for register in &self.registers {
            todo.set(register.value.clone()?, register.at);
        }
        Some(todo)
    }
}

/// A todo as it is pushed.
pub(crate) fn push_row(todo: &Todo) -> Value {
    let mut row = json!({
        "clientId": todo.id,
        "createdAt": todo.created_at,
        "stamps": {},
    });
    for field in Field::ALL {
        row[field.name()] = todo.value(*field).to_json();
        row["stamps"][field.name()] = json!(todo.at(*field));
    }
    row
}

/// Reads the answer to a hello.
pub(crate) fn parse_hello(answer: &Value) -> Result<Hello, Malformed> {
    let number = |name| whole(&answer[name]).ok_or(Malformed("hello lacks a number"));
    Ok(Hello {
        server_now: Millis::clamped(number("serverNow")?),
        epoch: number("epoch")?,
        rev: number("rev")?,
        schema_version: number("schemaVersion")?,
    })
}

/// Reads a page that was asked for from `since` on.
///
/// A row that cannot be read does not stop the others: it is noted. A page whose rows cannot
/// even be told apart says nothing.
pub(crate) fn parse_page(answer: &Value, since: i64) -> Result<Page, Malformed> {
    let cursor = whole(&answer["cursor"]).ok_or(Malformed("a page has no cursor"))?;
    let more =
        answer["more"].as_bool().ok_or(Malformed("a page does not say if it is the last"))?;
    read_page(answer, since, cursor, more)
}

/// Reads the newest rows: they are a page, the last one, that was asked for from its own `since` on.
pub(crate) fn parse_tail(answer: &Value) -> Result<Tail, Malformed> {
    let number = |name| whole(&answer[name]).ok_or(Malformed("a tail lacks a number"));
    let (epoch, since) = (number("epoch")?, number("since")?);
    let page = read_page(answer, since, number("rev")?, false)?;
    Ok(Tail { epoch, since, page: Arc::new(page) })
}

fn read_page(answer: &Value, since: i64, cursor: i64, more: bool) -> Result<Page, Malformed> {
    let rows = answer["rows"].as_array().ok_or(Malformed("a page has no rows"))?;
    if rows.len() > PULL_ROWS {
        return Err(Malformed("a page has too many rows"));
    }
    let mut last = since;
    let mut read = Vec::with_capacity(rows.len());
    for row in rows {
        let rev = whole(&row["rev"]).filter(|rev| *rev > last);
        last = rev.ok_or(Malformed("a page is not in the order of its revs"))?;
        read.push(parse_row(row, last).map_err(|reason| Unread {
            id: parse_id(&row["clientId"]),
            rev: last,
            reason: reason.to_owned(),
        }));
    }
    if cursor != last || (more && rows.is_empty()) {
        return Err(Malformed("a page's cursor is not that of its last row"));
    }
    Ok(Page { rows: read, cursor, more })
}

/// Reads the answer to a push of these todos.
///
/// A row of the answer that cannot be read counts as rejected: to push it again would bring the same.
pub(crate) fn parse_pushed(answer: &Value, pushed: &[Todo]) -> Result<Pushed, Malformed> {
    let rows = answer["rows"].as_array().ok_or(Malformed("a push's answer has no rows"))?;
    let now = whole(&answer["serverNow"]).ok_or(Malformed("a push's answer has no time"))?;
    if rows.len() != pushed.len() {
        return Err(Malformed("a push's answer has another number of rows"));
    }
    let answers = rows.iter().zip(pushed).map(|(row, todo)| parse_answer(row, todo));
    let answers = answers.collect::<Result<Vec<_>, _>>()?;
    if !answers.is_empty() && answers.iter().all(|answer| *answer == Answer::Deferred) {
        return Err(Malformed("a push's answer puts every row off"));
    }
    Ok(Pushed { answers, server_now: Millis::clamped(now) })
}

fn parse_answer(row: &Value, pushed: &Todo) -> Result<Answer, Malformed> {
    let id = parse_id(&row["clientId"]);
    let rejected = &row["rejected"];
    if id != Some(pushed.id) && !(row["clientId"].is_null() && rejected.is_object()) {
        return Err(Malformed("a push's answer is about another todo"));
    }
    if rejected.is_object() {
        let words = |value: &Value| -> String {
            value.as_str().unwrap_or_default().chars().take(WORDS_MAX).collect()
        };
        let (code, message) = (words(&rejected["code"]), words(&rejected["message"]));
        return Ok(Answer::Rejected { code, message });
    }
    if row["deferred"] == Value::Bool(true) {
        return Ok(Answer::Deferred);
    }
    let rev = whole(&row["rev"]).unwrap_or_default();
    Ok(parse_row(row, rev).map_or_else(
        |reason| Answer::Rejected {
            code: "unreadableAnswer".to_owned(),
            message: format!("The server's version of this todo can't be read here ({reason})."),
        },
        Answer::Merged,
    ))
}

/// Reads the text of a row.
#[cfg(test)]
pub(crate) fn parse_kept(row: &str, rev: i64) -> Result<ServerRow, &'static str> {
    let row: Value = serde_json::from_str(row).map_err(|_| "it is no JSON")?;
    parse_row(&row, rev)
}

/// Reads one row. Fields that this Clove does not know are none of its business.
fn parse_row(row: &Value, rev: i64) -> Result<ServerRow, &'static str> {
    let id = parse_id(&row["clientId"]).ok_or("clientId is no UUID")?;
    let created_at = moment(&row["createdAt"]).ok_or("createdAt is no time")?;
    let mut registers = Vec::with_capacity(Field::ALL.len());
    for field in Field::ALL {
        let at = moment(&row["stamps"][field.name()]).ok_or("a stamp is no time")?;
        registers.push(Register::new(parse_value(*field, &row[field.name()])?, at));
    }
    let mut row = ServerRow { id, rev, created_at, registers };
    if row.register(Field::Title).value.is_none() {
        strip(&mut row)?;
    }
    Ok(row)
}

/// A value, or `None` for the title of a tombstone whose texts were taken away.
fn parse_value(field: Field, value: &Value) -> Result<Option<FieldValue>, &'static str> {
    let parsed = match (field, value) {
        (Field::Title, Value::String(text)) if text.is_empty() => return Ok(None),
        (Field::Title, Value::String(text)) => Title::parse(text).ok().map(FieldValue::Title),
        (Field::Description, Value::Null) => Some(FieldValue::Description(None)),
        (Field::Description, Value::String(text)) => {
            Description::parse(text).ok().map(FieldValue::Description)
        }
        (Field::Completed, Value::Bool(done)) => Some(FieldValue::Completed(*done)),
        (Field::DeletedAt, Value::Null) => Some(FieldValue::DeletedAt(None)),
        (Field::DeletedAt, value) => moment(value).map(|at| FieldValue::DeletedAt(Some(at))),
        _ => None,
    };
    parsed.map(Some).ok_or("a value is out of bounds")
}

/// A tombstone without a title has no description either, whatever its row says.
fn strip(row: &mut ServerRow) -> Result<(), &'static str> {
    let newest = row.registers.iter().map(|register| register.at).max();
    let deleted = row.register(Field::DeletedAt);
    if deleted.value == Some(FieldValue::DeletedAt(None)) || Some(deleted.at) != newest {
        return Err("a todo that is not deleted has no title");
    }
    row.registers[Field::Description as usize].value = None;
    Ok(())
}

fn parse_id(value: &Value) -> Option<TodoId> {
    let text = value.as_str()?;
    text.parse().ok().filter(|id: &TodoId| id.to_string() == text)
}

fn moment(value: &Value) -> Option<Millis> {
    whole(value).and_then(|number| Millis::try_from(number).ok())
}

/// A whole number, 0..=2^53-1, however it is written: Convex's numbers are floating.
fn whole(value: &Value) -> Option<i64> {
    #[allow(clippy::cast_possible_truncation, reason = "2^53-1 is the most")]
    let floating = |number: f64| {
        (number.fract() == 0.0 && (0.0..=9_007_199_254_740_991.0).contains(&number))
            .then_some(number as i64)
    };
    let number = value.as_i64().or_else(|| value.as_f64().and_then(floating))?;
    (0..=Millis::MAX.get()).contains(&number).then_some(number)
}

#[cfg(test)]
#[path = "wire_tests.rs"]
mod tests;
