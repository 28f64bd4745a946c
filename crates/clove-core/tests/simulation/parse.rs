//! What the model of the server reads, and refuses: `convex/wire.ts` and `text.ts`, in as few words.

use serde_json::{Value, json};

use super::{Doc, FAR_FUTURE, FIELDS, Refusal, SAFE};

/// Reads a pushed row: the id of its todo, and a version of it.
pub(super) fn row(row: &Value, now: i64) -> Result<(String, Doc), Refusal> {
    let object = row.as_object().ok_or("badRow")?;
    let stamps = row["stamps"].as_object().ok_or("badRow")?;
    let known = |name: &String| ["clientId", "createdAt", "stamps"].contains(&name.as_str());
    let is_field = |name: &String| FIELDS.contains(&name.as_str());
    if !object.keys().all(|name| known(name) || is_field(name)) || !stamps.keys().all(is_field) {
        return Err("unknownField");
    }
    let id = id(row).ok_or("badClientId")?;
    let typed = object.get("title").and_then(Value::as_str).ok_or("badRow")?;
    let described = match object.get("description").ok_or("badRow")? {
        Value::Null => "",
        text => text.as_str().ok_or("badRow")?,
    };
    let completed = object.get("completed").and_then(Value::as_bool).ok_or("badRow")?;
    let deleted = object.get("deletedAt").ok_or("badStamp")?;
    let created_at = object.get("createdAt").and_then(moment).ok_or("badStamp")?;
    let mut at = [0; 4];
    for (at, field) in at.iter_mut().zip(FIELDS) {
        *at = stamps.get(field).and_then(moment).ok_or("badStamp")?;
    }
    let deleted_at =
        if deleted.is_null() { None } else { Some(moment(deleted).ok_or("badStamp")?) };
    let latest = at.into_iter().chain(deleted_at).fold(created_at, i64::max);
    if latest > now + FAR_FUTURE {
        return Err("farFuture");
    }
    let values = [title(typed)?, description(described)?, json!(completed), json!(deleted_at)];
    Ok((id.to_owned(), Doc { created_at, values, at, ..Doc::default() }))
}

pub(super) fn title(typed: &str) -> Result<Value, Refusal> {
    let text = clean(typed)?;
    match text.chars().count() {
        0 => Err("titleEmpty"),
        1..=500 => Ok(json!(text)),
        _ => Err("titleTooLong"),
    }
}

pub(super) fn description(typed: &str) -> Result<Value, Refusal> {
    let text = clean(typed)?;
    match text.chars().count() {
        0 => Ok(Value::Null),
        1..=10_000 => Ok(json!(text)),
        _ => Err("descriptionTooLong"),
    }
}

fn clean(typed: &str) -> Result<String, Refusal> {
    let text = typed.replace("\r\n", "\n").replace('\r', "\n");
    if text.contains(|c: char| c.is_control() && c != '\n' && c != '\t') {
        return Err("controlCharacter");
    }
    Ok(text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}').to_owned())
}

/// The id that a row names, if it is one.
pub(super) fn id(row: &Value) -> Option<&str> {
    row["clientId"].as_str().filter(|id| {
        let is_hyphen = |at| [8, 13, 18, 23].contains(&at);
        let is_right = |(at, byte): (usize, u8)| match byte {
            b'-' => is_hyphen(at),
            b'0'..=b'9' | b'a'..=b'f' => !is_hyphen(at),
            _ => false,
        };
        id.len() == 36 && id.bytes().enumerate().all(is_right)
    })
}

/// A whole number of milliseconds, as JavaScript sees it: 1.0 is one.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "it is within bounds"
)]
fn moment(value: &Value) -> Option<i64> {
    let number = value.as_f64().filter(|number| number.fract() == 0.0)?;
    (0.0..=SAFE as f64).contains(&number).then_some(number as i64)
}
