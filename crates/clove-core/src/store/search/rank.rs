//! Which of the hits comes first.

use std::cmp::Reverse;

use super::{Query, fold::fold};
use crate::{clock::Millis, store::order::Seq};

/// A hit, by what decides its rank: better fit first, then open before completed, then newer before
/// older.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Candidate {
    pub(super) fit: Fit,
    pub(super) completed: bool,
    pub(super) newest: Reverse<Millis>,
    pub(super) seq: Seq,
}

/// How well a todo answers a query; the least is the best.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    TitleIsQuery,
    TitleBeginsWithQuery,
    WordsOfTitleBeginWithTerms,
    TitleHoldsTerms,
    DescriptionHelps,
}

/// How well a todo answers a query; `None` where it lacks a word of it.
pub(super) fn fit(query: &Query, title: &str, description: Option<&str>) -> Option<Fit> {
    let title = fold(title);
    let word_begins = |term: &String| title.split_whitespace().any(|word| word.starts_with(term));
    if !query.terms.iter().all(|term| title.contains(term)) {
        let description = fold(description?);
        let is_there = |term: &String| title.contains(term) || description.contains(term);
        return query.terms.iter().all(is_there).then_some(Fit::DescriptionHelps);
    }
    Some(if title == query.whole {
        Fit::TitleIsQuery
    } else if title.starts_with(&query.whole) {
        Fit::TitleBeginsWithQuery
    } else if query.terms.iter().all(word_begins) {
        Fit::WordsOfTitleBeginWithTerms
    } else {
        Fit::TitleHoldsTerms
    })
}
