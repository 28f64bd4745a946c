//! Which of the hits comes first.

use super::{Query, fold::fold};
use crate::{clock::Millis, store::order::Seq, todo::Todo};

/// How well a todo answers a query; the least is the best.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    TitleIsQuery,
    TitleBeginsWithQuery,
    WordsOfTitleBeginWithTerms,
    TitleHoldsTerms,
    DescriptionHelps,
}

/// Orders hits: better fit first, then open before completed, then newer before older.
pub(super) fn rank(query: &Query, candidates: Vec<(Seq, Todo)>) -> Vec<Seq> {
    let mut ranked: Vec<(Fit, bool, std::cmp::Reverse<Millis>, Seq)> = candidates
        .into_iter()
        .map(|(seq, todo)| {
            let newest = std::cmp::Reverse(todo.created_at);
            (fit(query, &todo), todo.completed.value, newest, seq)
        })
        .collect();
    ranked.sort_unstable();
    ranked.into_iter().map(|(.., seq)| seq).collect()
}

fn fit(query: &Query, todo: &Todo) -> Fit {
    let title = fold(todo.title.value.as_str());
    let whole = query.terms.join(" ");
    let word_begins = |term: &String| title.split_whitespace().any(|word| word.starts_with(term));
    if title == whole {
        Fit::TitleIsQuery
    } else if title.starts_with(&whole) {
        Fit::TitleBeginsWithQuery
    } else if query.terms.iter().all(word_begins) {
        Fit::WordsOfTitleBeginWithTerms
    } else if query.terms.iter().all(|term| title.contains(term)) {
        Fit::TitleHoldsTerms
    } else {
        Fit::DescriptionHelps
    }
}
