//! What the full-text index holds of a todo.
//!
//! Its words are grams: every three neighbouring letters of a word of the folded text, and what is
//! left at the word's end, two letters and one. A query of three letters is one look-up, of more
//! several; of one or two it is a prefix, for which the index has look-ups too. So all find any part
//! of a word, in scripts without spaces as well.
//!
//! The index keeps neither text nor order: what was added is removed by naming it again.

use std::collections::BTreeSet;

use rusqlite::Connection;

use super::fold::fold;
use crate::{store::order::Seq, todo::Todo};

/// The most letters of a gram.
pub(super) const GRAM: usize = 3;

/// Writes a todo's text into the index.
pub(in crate::store) fn add(
    connection: &Connection,
    seq: Seq,
    todo: &Todo,
) -> rusqlite::Result<()> {
    let sql = "INSERT INTO todos_fts (rowid, grams) VALUES (?1, ?2)";
    connection.prepare_cached(sql)?.execute((seq, grams_of(todo)))?;
    Ok(())
}

/// Takes a todo's text out of the index. It must be the text that was added.
pub(in crate::store) fn remove(
    connection: &Connection,
    seq: Seq,
    todo: &Todo,
) -> rusqlite::Result<()> {
    let sql = "INSERT INTO todos_fts (todos_fts, rowid, grams) VALUES ('delete', ?1, ?2)";
    connection.prepare_cached(sql)?.execute((seq, grams_of(todo)))?;
    Ok(())
}

fn grams_of(todo: &Todo) -> String {
    let title = fold(todo.title.value.as_str());
    let description = todo.description.value.as_ref().map(|text| fold(text.as_str()));
    let mut grams: BTreeSet<&str> = grams(&title).collect();
    grams.extend(description.iter().flat_map(|text| self::grams(text)));
    let mut joined = String::with_capacity(grams.len() * (GRAM + 1));
    for gram in grams {
        joined.push_str(gram);
        joined.push(' ');
    }
    joined
}

/// The grams of each word.
fn grams(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace().flat_map(|word| {
        word.char_indices().map(|(start, _)| {
            let rest = &word[start..];
            rest.char_indices().nth(GRAM).map_or(rest, |(end, _)| &rest[..end])
        })
    })
}

/// The expression that finds a word of a query: some hits may lack a word of more letters than a
/// gram has.
pub(super) fn expression(term: &str) -> String {
    let quoted = |gram: &str| format!("\"{}\"", gram.replace('"', "\"\""));
    if term.chars().count() < GRAM {
        return format!("{}*", quoted(term));
    }
    let whole = grams(term).filter(|gram| gram.chars().count() == GRAM);
    whole.collect::<BTreeSet<_>>().into_iter().map(quoted).collect::<Vec<_>>().join(" AND ")
}
