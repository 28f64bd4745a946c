//! Full-text search: prefix and substring, in any script.

mod fold;
pub(super) mod index;
mod rank;

use rusqlite::Connection;

use self::{fold::fold, rank::rank};
use super::{
    order::Seq,
    reader::Cancel,
    rows::{self, find},
};
use crate::{
    error::Error,
    todo::Todo,
    view::{Filter, SearchResults, TodoRow},
};

/// The most hits that are looked at.
const CANDIDATES: usize = 500;
/// The most words of a query that count.
const TERMS: usize = 16;
/// The fewest letters that the trigram index finds.
const TRIGRAM: usize = 3;

/// A query, folded and split into words that must all be found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Query {
    terms: Vec<String>,
}

impl Query {
    /// Parses what was typed. No text is an error; at worst it finds nothing.
    pub(crate) fn parse(typed: &str) -> Self {
        let folded = fold(typed);
        // No text holds a control character, and NUL would end the expression early.
        let words = folded.split(|c: char| c.is_whitespace() || c.is_control());
        let words = words.filter(|word| !word.is_empty());
        Self { terms: words.take(TERMS).map(str::to_owned).collect() }
    }

    fn long(&self) -> impl Iterator<Item = &str> {
        self.terms.iter().map(String::as_str).filter(|term| term.chars().count() >= TRIGRAM)
    }

    fn short(&self) -> impl Iterator<Item = &str> {
        self.terms.iter().map(String::as_str).filter(|term| term.chars().count() < TRIGRAM)
    }
}

/// A window of the todos that hold every word of the query.
pub(crate) fn search(
    connection: &Connection,
    query: &Query,
    filter: Filter,
    window: std::ops::Range<usize>,
    cancel: &Cancel,
) -> Result<SearchResults, Error> {
    let found = if query.long().next().is_some() {
        let (candidates, more) = trigram_candidates(connection, query, filter, cancel)?;
        Found { seqs: rank(query, candidates), more }
    } else {
        short_candidates(connection, query, filter)?
    };
    let end = window.end.min(found.seqs.len());
    let shown = found.seqs.get(window.start..end).unwrap_or_default();
    let todos = shown.iter().filter_map(|seq| find(connection, *seq).transpose());
    let rows = todos.map(|todo| todo.map(|todo| TodoRow::from(&todo))).collect::<Result<_, _>>()?;
    Ok(SearchResults { rows, offset: window.start, total: found.seqs.len(), more: found.more })
}

/// Hits in the order in which they are shown.
struct Found {
    seqs: Vec<Seq>,
    more: bool,
}

/// Newest first, by the long words; the short ones are looked for in each hit's text.
fn trigram_candidates(
    connection: &Connection,
    query: &Query,
    filter: Filter,
    cancel: &Cancel,
) -> Result<(Vec<(Seq, Todo)>, bool), Error> {
    let quoted = |term: &str| format!("\"{}\"", term.replace('"', "\"\""));
    let expression = query.long().map(quoted).collect::<Vec<_>>().join(" AND ");
    let sql = format!(
        "SELECT {columns}, todos.seq FROM todos_fts
         JOIN todos ON todos.seq = todos_fts.rowid AND {section}
         WHERE todos_fts MATCH ?1 ORDER BY todos_fts.rowid DESC",
        columns = rows::COLUMNS,
        section = section_condition(filter),
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let mut hits = statement.query([expression])?;
    let mut candidates = Vec::new();
    while let Some(hit) = hits.next()? {
        if cancel.is_cancelled() {
            return Err(Error::Superseded);
        }
        let todo = rows::read(hit)?;
        let text = index::text_of(&todo);
        if query.short().all(|term| text.contains(term)) {
            if candidates.len() == CANDIDATES {
                return Ok((candidates, true));
            }
            candidates.push((hit.get("seq")?, todo));
        }
    }
    Ok((candidates, false))
}

/// Newest first, by pairs of letters, or by the first letter of a pair.
fn short_candidates(
    connection: &Connection,
    query: &Query,
    filter: Filter,
) -> Result<Found, Error> {
    let word = |term: &str| match term.chars().count() {
        1 => format!("\"{}\"*", term.replace('"', "\"\"")),
        _ => format!("\"{}\"", term.replace('"', "\"\"")),
    };
    let expression = query.short().map(word).collect::<Vec<_>>().join(" AND ");
    if expression.is_empty() {
        return Ok(Found { seqs: Vec::new(), more: false });
    }
    let sql = format!(
        "SELECT todos.seq FROM todos_fts_short
         JOIN todos ON todos.seq = todos_fts_short.rowid AND {section}
         WHERE todos_fts_short MATCH ?1 ORDER BY todos_fts_short.rowid DESC LIMIT {limit}",
        section = section_condition(filter),
        limit = CANDIDATES + 1,
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let hits = statement.query_map([expression], |row| row.get(0))?;
    let mut seqs = hits.collect::<Result<Vec<Seq>, _>>()?;
    let more = seqs.len() > CANDIDATES;
    seqs.truncate(CANDIDATES);
    Ok(Found { seqs, more })
}

fn section_condition(filter: Filter) -> &'static str {
    match filter {
        Filter::All => "todos.section < 2",
        Filter::Active => "todos.section = 0",
        Filter::Completed => "todos.section = 1",
        Filter::Deleted => "todos.section = 2",
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
