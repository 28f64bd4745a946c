//! What the full-text index holds of a todo.
//!
//! Its words are grams: every three neighbouring letters of a word of the folded text, and what is
//! left at the word's end, two letters and one. A query of three letters is one look-up, of more
//! several; of one or two it is a prefix, for which the index has look-ups too. So all find any part
//! of a word, in scripts without spaces as well.
//!
//! The index goes forwards lightly and backwards with labour, and the newest are asked for first: so
//! it knows a todo by [`LAST`] less its row.
//!
//! It does not keep the text: what was added is removed by naming it again.
//!
//! To write it costs more than all else of an edit together, and much less for many edits at once.
//! So an edit only marks its todo, in its own transaction, and the next search has the marked ones
//! indexed first.

use std::collections::BTreeSet;

use super::fold::fold;
use crate::{
    error::Error,
    store::{order::Seq, rows, writer::Batch},
    todo::Todo,
};

/// The most letters of a gram.
pub(super) const GRAM: usize = 3;

/// Above every row of a table that a disk could hold.
pub(super) const LAST: Seq = 1 << 40;

/// Notes that the index does not hold a todo's text. It may hold what the text was `before`.
pub(in crate::store) fn mark(
    batch: &mut Batch<'_>,
    seq: Seq,
    before: Option<&Todo>,
) -> Result<(), Error> {
    // What the first mark says is what the index holds, until it catches up.
    let sql = "INSERT OR IGNORE INTO todos_unindexed (seq, held) VALUES (?1, ?2)";
    batch.connection.prepare_cached(sql)?.execute((seq, before.map(grams_of)))?;
    batch.unindexed += 1;
    Ok(())
}

/// Brings the index up to the table.
pub(crate) fn catch_up(batch: &mut Batch<'_>) -> Result<(), Error> {
    let connection = batch.connection;
    // In the order of the index, or it would begin a new segment with each.
    let sql = "SELECT seq, held FROM todos_unindexed ORDER BY seq DESC";
    let mut marked = connection.prepare_cached(sql)?;
    let mut remove = connection.prepare_cached(
        "INSERT INTO todos_fts (todos_fts, rowid, grams) VALUES ('delete', ?1, ?2)",
    )?;
    let mut add =
        connection.prepare_cached("INSERT INTO todos_fts (rowid, grams) VALUES (?1, ?2)")?;
    let mut rows = marked.query([])?;
    while let Some(row) = rows.next()? {
        let (seq, held): (Seq, Option<String>) = (row.get(0)?, row.get(1)?);
        if let Some(held) = held {
            remove.execute((LAST - seq, held))?;
        }
        if let Some(todo) = rows::find(connection, seq)? {
            add.execute((LAST - seq, grams_of(&todo)))?;
        }
    }
    connection.prepare_cached("DELETE FROM todos_unindexed")?.execute([])?;
    batch.unindexed = 0;
    Ok(())
}

/// Whether the index holds of each todo what it should, and nothing else, apart from those marked.
///
/// It keeps no text, so it is asked: each todo's marked or present grams are removed in a transaction
/// that is taken back, which leaves an index of the right todos empty.
#[cfg(test)]
pub(in crate::store) fn is_true(connection: &mut rusqlite::Connection) -> Result<bool, Error> {
    let transaction = connection.transaction()?;
    let held: std::collections::BTreeMap<Seq, Option<String>> = transaction
        .prepare("SELECT seq, held FROM todos_unindexed")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    let seqs: Vec<Seq> = transaction
        .prepare("SELECT seq FROM todos")?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    for seq in seqs {
        let grams = match held.get(&seq) {
            Some(held) => held.clone(),
            None => rows::find(&transaction, seq)?.as_ref().map(grams_of),
        };
        if let Some(grams) = grams {
            let sql = "INSERT INTO todos_fts (todos_fts, rowid, grams) VALUES ('delete', ?1, ?2)";
            transaction.prepare_cached(sql)?.execute((LAST - seq, grams))?;
        }
    }
    transaction.execute_batch(
        "CREATE VIRTUAL TABLE temp.todos_terms USING fts5vocab(main, todos_fts, row)",
    )?;
    let left: i64 =
        transaction.query_row("SELECT count(*) FROM temp.todos_terms", [], |row| row.get(0))?;
    Ok(left == 0)
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
    // Side by side, and the last one: they cover the word, and each costs a look-up for every hit.
    let whole: Vec<&str> = grams(term).filter(|gram| gram.chars().count() == GRAM).collect();
    let cover: BTreeSet<&str> = whole.iter().step_by(GRAM).chain(whole.last()).copied().collect();
    cover.into_iter().map(quoted).collect::<Vec<_>>().join(" AND ")
}
