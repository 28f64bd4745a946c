//! Rows out of a damaged database, without SQLite, which gives up where one byte is wrong.
//!
//! Every page is looked at by itself, whatever the trees say that led to it, and every place in it: what
//! is whole is found. So are rows that were replaced or removed and not yet written over. The form of the file is that of
//! <https://sqlite.org/fileformat2.html>, to which the sections named here belong.

use std::{cell::Cell, collections::HashMap, ops::RangeInclusive};

use rusqlite::types::Value;

/// The size of a page, in bytes, unless a database was made with another; none of Clove's is.
const PAGE: usize = 4096;
/// What precedes the log, and each page in it (4.1).
const LOG_HEADER: usize = 32;
const FRAME_HEADER: usize = 24;
/// The longest row that is believed, in bytes: several times what a todo's history has at most.
const ROW_MAX: usize = 1 << 20;
/// What is read is at most this many times as long as the files. Rows of a sound one do not overlap, so
/// it is at most once as long, and once more for what the log has replaced; a crafted file may have a
/// row begin at each of its bytes.
const READ_MAX: usize = 8;

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
    let left = &Cell::new((database.len() + log.len()).saturating_mul(READ_MAX));
    let newest = Image { database, log: frames.iter().copied().collect(), left };
    let mut rows = Vec::new();
    let count = u32::try_from(database.len().div_ceil(PAGE)).unwrap_or(u32::MAX);
    let in_log = newest.log.keys().copied().filter(|number| *number > count);
    for number in (1..=count).chain(in_log) {
        newest.carve_page(number, widths, &mut rows);
    }
    // The log may be what is damaged: then the page below is better than none.
    let older = Image { database, log: HashMap::new(), left };
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
    /// How many bytes of rows may still be read.
    left: &'a Cell<usize>,
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
        rows.extend((0..page.len()).filter_map(|at| self.cell(page, at, widths)));
    }

    /// Reads the row that begins there, if one does.
    fn cell(&self, page: &[u8], at: usize, widths: &RangeInclusive<usize>) -> Option<Row> {
        let mut rest = page.get(at..)?;
        let length = usize::try_from(varint(&mut rest)?).ok()?;
        let rowid = varint(&mut rest)?;
        if length == 0 || length > ROW_MAX {
            return None;
        }
        let local = local_length(length);
        // What it says of its columns is looked at before anything is copied.
        let types = types(rest.get(..local)?, length, widths)?;
        self.left.set(self.left.get().checked_sub(length)?);
        if local == length {
            return row(rowid, &types, rest.get(..length)?);
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
        row(rowid, &types, &payload)
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

/// Reads what the columns of a row are (2.1), if there are so many, and if they make the row as long as
/// it is, to the byte.
fn types(payload: &[u8], length: usize, widths: &RangeInclusive<usize>) -> Option<Vec<i64>> {
    let mut rest = payload;
    let header = usize::try_from(varint(&mut rest)?).ok()?;
    let mut rest = payload.get(payload.len() - rest.len()..header)?;
    let mut types = Vec::new();
    let mut end = header;
    while !rest.is_empty() {
        let serial_type = varint(&mut rest)?;
        end = end.checked_add(size(serial_type)?)?;
        types.push(serial_type);
        if types.len() > *widths.end() {
            return None;
        }
    }
    (end == length && widths.contains(&types.len())).then_some(types)
}

/// Reads a row whose columns are these: they are at its end.
fn row(rowid: i64, types: &[i64], payload: &[u8]) -> Option<Row> {
    let sizes = types.iter().try_fold(0_usize, |sum, of| sum.checked_add(size(*of)?))?;
    let mut body = payload.get(payload.len().checked_sub(sizes)?..)?;
    let values = types.iter().map(|of| value(*of, &mut body)).collect::<Option<_>>()?;
    Some(Row { rowid, values })
}

/// How long a value of a type is, in bytes.
fn size(serial_type: i64) -> Option<usize> {
    match serial_type {
        0 | 8 | 9 => Some(0),
        1..=6 => [1, 2, 3, 4, 6, 8].get(usize::try_from(serial_type - 1).ok()?).copied(),
        7 => Some(8),
        12.. => usize::try_from((serial_type - 12) / 2).ok(),
        _ => None,
    }
}

fn value(serial_type: i64, body: &mut &[u8]) -> Option<Value> {
    let (bytes, rest) = body.split_at_checked(size(serial_type)?)?;
    *body = rest;
    Some(match serial_type {
        0 => Value::Null,
        1..=6 => Value::Integer(integer(bytes)),
        7 => Value::Real(f64::from_be_bytes(bytes.try_into().ok()?)),
        8 | 9 => Value::Integer(serial_type - 8),
        _ if serial_type % 2 == 0 => Value::Blob(bytes.to_vec()),
        _ => Value::Text(text(bytes)),
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
