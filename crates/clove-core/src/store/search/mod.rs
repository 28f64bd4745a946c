//! Full-text search: prefix and substring, in any script.

mod fold;
pub(super) mod index;
mod rank;

use std::cmp::Reverse;

use rusqlite::{Connection, Row};

use self::{
    fold::fold,
    index::{GRAM, LAST},
    rank::{Candidate, fit},
};
use super::{order::Seq, reader::Cancel, rows::find_shown};
use crate::{
    error::Error,
    view::{Filter, SearchResults},
};

/// The most hits that are looked at, where their order is that of the index.
const NEWEST: usize = 500;
/// The most hits that are looked at, where each one's text has to be read to rank it: four windows,
/// in the time that a search of a small list takes twice.
const RANKED: usize = 200;
/// The most words of a query that count.
const TERMS: usize = 16;

/// A query, folded and split into words that must all be found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Query {
    terms: Vec<String>,
    /// The words with a space between.
    whole: String,
}

impl Query {
    /// Parses what was typed. No text is an error; at worst it finds nothing.
    pub(crate) fn parse(typed: &str) -> Self {
        let folded = fold(typed);
        // No text holds a control character, and NUL would end the expression early.
        let words = folded.split(|c: char| c.is_whitespace() || c.is_control());
        let words = words.filter(|word| !word.is_empty());
        let terms: Vec<String> = words.take(TERMS).map(str::to_owned).collect();
        Self { whole: terms.join(" "), terms }
    }

    /// Whether every word has so few letters that hits need no second look.
    fn is_short(&self) -> bool {
        self.terms.iter().all(|term| term.chars().count() < GRAM)
    }

    fn expression(&self) -> String {
        self.terms.iter().map(|term| index::expression(term)).collect::<Vec<_>>().join(" AND ")
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
    let found = if query.terms.is_empty() {
        Found::default()
    } else if query.is_short() {
        newest(connection, query, filter)?
    } else {
        ranked(connection, query, filter, cancel)?
    };
    let end = window.end.min(found.seqs.len());
    let shown = found.seqs.get(window.start..end).unwrap_or_default();
    let rows = shown.iter().filter_map(|seq| find_shown(connection, *seq).transpose());
    let rows = rows.collect::<Result<_, _>>()?;
    Ok(SearchResults { rows, offset: window.start, total: found.seqs.len(), more: found.more })
}

/// Hits in the order in which they are shown.
#[derive(Debug, Default)]
struct Found {
    seqs: Vec<Seq>,
    more: bool,
}

/// The newest hits, the best of them first.
fn ranked(
    connection: &Connection,
    query: &Query,
    filter: Filter,
    cancel: &Cancel,
) -> Result<Found, Error> {
    let sql = format!(
        "SELECT todos.seq, todos.title, todos.description, todos.completed, todos.created_at
         {hits}",
        hits = hits(filter)
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query([query.expression()])?;
    let mut candidates = Vec::new();
    let mut more = false;
    while let Some(row) = rows.next()? {
        if cancel.is_cancelled() {
            return Err(Error::Superseded);
        }
        let Some(candidate) = candidate(query, row)? else { continue };
        if candidates.len() == RANKED {
            more = true;
            break;
        }
        candidates.push(candidate);
    }
    candidates.sort_unstable();
    Ok(Found { seqs: candidates.into_iter().map(|candidate| candidate.seq).collect(), more })
}

/// `None` where a word of the query is not in the text after all, but its grams are.
fn candidate(query: &Query, row: &Row<'_>) -> rusqlite::Result<Option<Candidate>> {
    let (title, description) = (row.get_ref(1)?.as_str()?, row.get_ref(2)?.as_str_or_null()?);
    let Some(fit) = fit(query, title, description) else { return Ok(None) };
    let (completed, newest) = (row.get(3)?, Reverse(row.get(4)?));
    Ok(Some(Candidate { fit, completed, newest, seq: row.get(0)? }))
}

/// The newest hits.
fn newest(connection: &Connection, query: &Query, filter: Filter) -> Result<Found, Error> {
    let sql = format!("SELECT todos.seq {} LIMIT {}", hits(filter), NEWEST + 1);
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map([query.expression()], |row| row.get(0))?;
    let mut seqs = rows.collect::<Result<Vec<Seq>, _>>()?;
    let more = seqs.len() > NEWEST;
    seqs.truncate(NEWEST);
    Ok(Found { seqs, more })
}

/// The hits of a filter, newest first.
fn hits(filter: Filter) -> String {
    format!(
        "FROM todos_fts JOIN todos ON todos.seq = {LAST} - todos_fts.rowid AND {}
         WHERE todos_fts MATCH ?1 ORDER BY todos_fts.rowid",
        section_condition(filter)
    )
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
