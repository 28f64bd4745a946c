//! What the full-text indexes hold of a todo.

use std::collections::BTreeSet;

use rusqlite::Connection;

use super::fold::fold;
use crate::{store::order::Seq, todo::Todo};

/// Writes a todo's text into both indexes, in place of what they held of it.
pub(in crate::store) fn put(
    connection: &Connection,
    seq: Seq,
    todo: &Todo,
) -> rusqlite::Result<()> {
    let text = text_of(todo);
    let sql = "INSERT OR REPLACE INTO todos_fts (rowid, text) VALUES (?1, ?2)";
    connection.prepare_cached(sql)?.execute((seq, &text))?;
    let sql = "INSERT OR REPLACE INTO todos_fts_short (rowid, text) VALUES (?1, ?2)";
    connection.prepare_cached(sql)?.execute((seq, pairs_of(&text)))?;
    Ok(())
}

/// The folded text that is searched.
pub(super) fn text_of(todo: &Todo) -> String {
    let mut text = fold(todo.title.value.as_str());
    if let Some(description) = &todo.description.value {
        text.push('\n');
        text.push_str(&fold(description.as_str()));
    }
    text
}

/// Every pair of neighbouring letters within a word, and each word's last letter, once each.
///
/// So a two-letter query is one look-up, and a one-letter query a prefix of one letter: both find
/// substrings, in scripts without spaces too.
pub(super) fn pairs_of(text: &str) -> String {
    let mut pairs = BTreeSet::new();
    for word in text.split_whitespace() {
        let ends = word.char_indices().map(|(start, c)| (start, start + c.len_utf8()));
        let ends: Vec<(usize, usize)> = ends.collect();
        pairs.extend(ends.windows(2).map(|pair| &word[pair[0].0..pair[1].1]));
        pairs.extend(ends.last().map(|last| &word[last.0..last.1]));
    }
    pairs.into_iter().collect::<Vec<_>>().join(" ")
}
