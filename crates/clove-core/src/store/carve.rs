//! Rows out of a damaged database, without SQLite, which gives up where one byte is wrong.
//!
//! Every page is looked at by itself, whatever the trees say that led to it, and every place in it: what
//! is whole is found. So are rows that were replaced or removed and not yet written over. The form of the file is that of
//! <https://sqlite.org/fileformat2.html>, to which the sections named here belong.

use std::{collections::HashMap, ops::RangeInclusive};

use rusqlite::types::Value;

/// The size of a page, in bytes, unless a database was made with another; none of Clove's is.
const PAGE: usize = 4096;
/// What precedes the log, and each page in it (4.1).
const LOG_HEADER: usize = 32;
const FRAME_HEADER: usize = 24;
/// The longest row that is believed, in bytes: several times what a todo's history has at most.
const ROW_MAX: usize = 1 << 20;

/// A row of some table.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Row {
    pub(super) rowid: i64,
    pub(super) values: Vec<Value>,
}

/// Every row with so many columns that can be made out, of whatever table, in no order. One may come
/// several times, and in several versions.
pub(super) fn carve(database: &[u8], log: &[u8], widths: &RangeInclusive<usize>) -> Vec<Row> {
    let frames = frames(log);
    let newest = Image { database, log: frames.iter().copied().collect() };
    let mut rows = Vec::new();
    let count = u32::try_from(database.len().div_ceil(PAGE)).unwrap_or(u32::MAX);
    let in_log = newest.log.keys().copied().filter(|number| *number > count);
    for number in (1..=count).chain(in_log) {
        newest.carve_page(number, widths, &mut rows);
    }
    // The log may be what is damaged: then the page below is better than none.
    let older = Image { database, log: HashMap::new() };
    for number in newest.log.keys().filter(|number| **number <= count) {
        older.carve_page(*number, widths, &mut rows);
    }
    rows
}

/// The pages of the log, in the order of writing, up to the last that ends a transaction.
///
/// Frames of an earlier life of the log have other salts. Checksums are not looked at: a frame with a
/// wrong byte holds others.
fn frames(log: &[u8]) -> Vec<(u32, &[u8])> {
    let frames = log.get(LOG_HEADER..).unwrap_or_default().chunks_exact(FRAME_HEADER + PAGE);
    let frames: Vec<_> = frames.map(|frame| frame.split_at(FRAME_HEADER)).collect();
    let salts = |header: &[u8]| header.get(8..16).map(<[u8]>::to_vec);
    // Whichever of the two that say it is whole.
    let candidates = [log.get(16..24).map(<[u8]>::to_vec), frames.first().and_then(|f| salts(f.0))];
    let of = |salt: &Vec<u8>| frames.iter().filter(|f| salts(f.0).as_ref() == Some(salt)).count();
    let Some(salt) = candidates.into_iter().flatten().max_by_key(of) else { return Vec::new() };
    let mut found = Vec::new();
    let mut committed = 0;
    for (header, page) in frames.iter().filter(|f| salts(f.0).as_ref() == Some(&salt)) {
        if let Some(number) = u32_at(header, 0) {
            found.push((number, *page));
        }
        if u32_at(header, 4) != Some(0) {
            committed = found.len();
        }
    }
    found.truncate(committed);
    found
}

/// A database as its file and its log have it.
struct Image<'a> {
    database: &'a [u8],
    log: HashMap<u32, &'a [u8]>,
}

impl Image<'_> {
    fn page(&self, number: u32) -> Option<&[u8]> {
        if let Some(page) = self.log.get(&number) {
            return Some(page);
        }
        let start = usize::try_from(number.checked_sub(1)?).ok()?.checked_mul(PAGE)?;
        let rest = self.database.get(start..)?;
        Some(&rest[..rest.len().min(PAGE)])
    }

    /// A page may be damaged where it says what it holds, so a row may begin anywhere.
    fn carve_page(&self, number: u32, widths: &RangeInclusive<usize>, rows: &mut Vec<Row>) {
        let Some(page) = self.page(number) else { return };
        let found = (0..page.len()).filter_map(|at| self.cell(page, at));
        rows.extend(found.filter(|row| widths.contains(&row.values.len())));
    }

    /// Reads the row that begins there, if one does.
    fn cell(&self, page: &[u8], at: usize) -> Option<Row> {
        let mut rest = page.get(at..)?;
        let length = usize::try_from(varint(&mut rest)?).ok()?;
        let rowid = varint(&mut rest)?;
        if length == 0 || length > ROW_MAX {
            return None;
        }
        let local = local_length(length);
        if local == length {
            return row(rowid, rest.get(..length)?);
        }
        let mut payload = rest.get(..local)?.to_vec();
        let mut next = u32_at(rest, local)?;
        // A damaged chain may be a ring, but no row is longer than it says.
        while payload.len() < length {
            let overflow = self.page(next)?;
            next = u32_at(overflow, 0)?;
            let part = overflow.get(4..PAGE)?;
            payload.extend_from_slice(&part[..part.len().min(length - payload.len())]);
        }
        row(rowid, &payload)
    }
}

/// How much of a row is in its page; the rest is in others (1.6).
fn local_length(length: usize) -> usize {
    let (most, least) = (PAGE - 35, (PAGE - 12) * 32 / 255 - 23);
    if length <= most {
        return length;
    }
    let fitting = least + (length - least) % (PAGE - 4);
    if fitting <= most { fitting } else { least }
}

/// Reads a row (2.1). It must be as long as its columns, to the byte.
fn row(rowid: i64, payload: &[u8]) -> Option<Row> {
    let mut rest = payload;
    let header = usize::try_from(varint(&mut rest)?).ok()?;
    let mut types = payload.get(payload.len() - rest.len()..header)?;
    let mut body = payload.get(header..)?;
    let mut values = Vec::new();
    while !types.is_empty() {
        values.push(value(varint(&mut types)?, &mut body)?);
    }
    body.is_empty().then_some(Row { rowid, values })
}

fn value(serial_type: i64, body: &mut &[u8]) -> Option<Value> {
    let mut take = |length: usize| {
        let (taken, rest) = body.split_at_checked(length)?;
        *body = rest;
        Some(taken)
    };
    Some(match serial_type {
        0 => Value::Null,
        1..=6 => {
            let length = [1, 2, 3, 4, 6, 8][usize::try_from(serial_type - 1).ok()?];
            Value::Integer(integer(take(length)?))
        }
        7 => Value::Real(f64::from_be_bytes(take(8)?.try_into().ok()?)),
        8 | 9 => Value::Integer(serial_type - 8),
        12.. => {
            let bytes = take(usize::try_from((serial_type - 12) / 2).ok()?)?;
            if serial_type % 2 == 0 {
                Value::Blob(bytes.to_vec())
            } else {
                Value::Text(text(bytes))
            }
        }
        _ => return None,
    })
}

/// An integer of one to eight bytes, the greatest first, with a sign.
fn integer(bytes: &[u8]) -> i64 {
    let first = bytes.first().map_or(0, |first| if first & 0x80 == 0 { 0 } else { -1 });
    bytes.iter().fold(first, |number, byte| (number << 8) | i64::from(*byte))
}

/// A text in which what cannot be a character of a todo's is shown as one that was lost.
fn text(bytes: &[u8]) -> String {
    let is_lost = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
    String::from_utf8_lossy(bytes).replace(is_lost, "\u{FFFD}")
}

/// Reads an integer of one to nine bytes (1.6) off the front.
fn varint(bytes: &mut &[u8]) -> Option<i64> {
    let mut number = 0_u64;
    for index in 0..9 {
        let byte = *bytes.get(index)?;
        if index == 8 {
            number = (number << 8) | u64::from(byte);
        } else {
            number = (number << 7) | u64::from(byte & 0x7f);
        }
        if byte & 0x80 == 0 || index == 8 {
            *bytes = &bytes[index + 1..];
            return Some(number.cast_signed());
        }
    }
    None
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

#[cfg(test)]
#[path = "carve_tests.rs"]
mod tests;
