//! Any sequence of verbs, against a model that anyone can check by reading it.

use std::collections::BTreeMap;

use clove_core::{
    TodoId, Todos,
    view::{Applied, Filter, TodoRow},
};
use proptest::prelude::*;
use tempfile::TempDir;

use crate::support::{TestClock, environment, rows, wait};

#[derive(Debug, Clone)]
enum Verb {
    Add(String),
    Rename(usize, String),
    Describe(usize, Option<String>),
    Complete(usize, bool),
    Delete(usize),
    Restore(usize),
    Undo,
    Redo,
    SetClock(i64),
}

fn any_verb() -> impl Strategy<Value = Verb> {
    let title = || prop_oneof!["[a-c]{1,4} [x-z]{1,4}", "[あ-お東京]{1,4}", "[éÉß*\"-]{1,5}"];
    let which = any::<prop::sample::Index>().prop_map(|index| index.index(1 << 16));
    prop_oneof![
        3 => title().prop_map(Verb::Add),
        2 => (which.clone(), title()).prop_map(|(todo, title)| Verb::Rename(todo, title)),
        1 => (which.clone(), prop::option::of(title())).prop_map(|(t, d)| Verb::Describe(t, d)),
        2 => (which.clone(), any::<bool>()).prop_map(|(todo, done)| Verb::Complete(todo, done)),
        2 => which.clone().prop_map(Verb::Delete),
        1 => which.prop_map(Verb::Restore),
        2 => Just(Verb::Undo),
        1 => Just(Verb::Redo),
        1 => (0..4_i64).prop_map(Verb::SetClock),
    ]
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Item {
    title: String,
    description: Option<String>,
    completed: bool,
    deleted: bool,
}

impl From<&TodoRow> for Item {
    fn from(row: &TodoRow) -> Self {
        let (title, description) = (row.title.clone(), row.description.clone());
        Self { title, description, completed: row.completed, deleted: row.deleted_at.is_some() }
    }
}

type State = BTreeMap<TodoId, Item>;

/// What should be there. Undo puts an earlier state back; a todo that was not in it is deleted.
#[derive(Debug, Default)]
struct Model {
    now: State,
    past: Vec<State>,
    future: Vec<State>,
}

impl Model {
    fn edit(&mut self, next: State) {
        if next != self.now {
            self.past.push(std::mem::replace(&mut self.now, next));
            self.future.clear();
        }
    }

    fn walk(&mut self, back: bool) -> bool {
        let (from, to) = if back {
            (&mut self.past, &mut self.future)
        } else {
            (&mut self.future, &mut self.past)
        };
        let Some(mut state) = from.pop() else { return false };
        for (id, item) in &self.now {
            state.entry(*id).or_insert_with(|| Item { deleted: true, ..item.clone() });
        }
        to.push(std::mem::replace(&mut self.now, state));
        true
    }
}

/// Does one verb to both.
fn act(clove: &Todos, clock: &TestClock, model: &mut Model, verb: Verb) {
    let mut next = model.now.clone();
    let pick = |index: usize| {
        let count = model.now.len().max(1);
        model.now.keys().nth(index % count).copied()
    };
    // An edit of a deleted todo revives it, if it changes anything.
    let mut change = |index: usize, edit: &dyn Fn(&mut Item)| {
        let id = pick(index)?;
        let item = next.get_mut(&id)?;
        let before = item.clone();
        edit(item);
        if *item != before && before.deleted {
            item.deleted = false;
        }
        Some(id)
    };
    let saved = |applied: Result<Applied, _>| applied.expect("the edit is saved").todos[0].clone();
    let row = match verb {
        Verb::SetClock(now) => return clock.set(now),
        Verb::Undo | Verb::Redo => {
            let back = matches!(verb, Verb::Undo);
            let walked =
                wait(async { if back { clove.undo(None).await } else { clove.redo().await } });
            let walked = walked.expect("the edit is saved");
            assert_eq!(walked.is_some(), model.walk(back), "there is an edit in both");
            assert!(walked.is_none_or(|w| w.skipped == 0 && w.count == 1), "nothing is in the way");
            return;
        }
        Verb::Add(title) => {
            let row = saved(wait(clove.add(&title, None)));
            let item = Item { title, description: None, completed: false, deleted: false };
            next.insert(row.id, item);
            Some(row)
        }
        Verb::Rename(index, title) => change(index, &|item| item.title.clone_from(&title))
            .map(|id| saved(wait(clove.rename(id, &title)))),
        Verb::Describe(index, text) => change(index, &|item| item.description.clone_from(&text))
            .map(|id| saved(wait(clove.describe(id, text.as_deref())))),
        Verb::Complete(index, done) => change(index, &|item| item.completed = done)
            .map(|id| saved(wait(clove.set_completed(vec![id], done)))),
        Verb::Delete(index) => pick(index).map(|id| {
            next.get_mut(&id).expect("it was picked").deleted = true;
            saved(wait(clove.delete(vec![id])))
        }),
        Verb::Restore(index) => pick(index).map(|id| {
            next.get_mut(&id).expect("it was picked").deleted = false;
            saved(wait(clove.restore(vec![id])))
        }),
    };
    if let Some(row) = row {
        assert_eq!(Item::from(&row), next[&row.id], "the answer is the state after");
        model.edit(next);
    }
}

fn check(clove: &Todos, expected: &State) {
    let lists = [Filter::Active, Filter::Completed, Filter::Deleted];
    let all: Vec<TodoRow> = lists.iter().flat_map(|filter| rows(clove, *filter)).collect();
    let seen: State = all.iter().map(|row| (row.id, Item::from(row))).collect();
    assert_eq!(&seen, expected, "the lists hold what they should");
    assert_eq!(seen.len(), all.len(), "each todo stands in one list");
    let counts = clove.counts();
    let count = |of: &dyn Fn(&Item) -> bool| expected.values().filter(|item| of(item)).count();
    assert_eq!(counts.deleted, count(&|item| item.deleted), "deleted ones are counted");
    assert_eq!(counts.completed, count(&|i| i.completed && !i.deleted), "done ones are counted");
    assert_eq!(counts.active, count(&|i| !i.completed && !i.deleted), "open ones are counted");
    for (id, item) in expected {
        let filter = if item.deleted { Filter::Deleted } else { Filter::All };
        let found = wait(clove.search(&item.title, filter, 0, 1_000)).expect("read").rows;
        assert!(found.iter().any(|row| row.id == *id), "{:?} is found by its title", item.title);
        let words: Vec<&str> = item.title.split_whitespace().collect();
        let holds = |row: &TodoRow| {
            let text = format!("{}\n{}", row.title, row.description.as_deref().unwrap_or_default());
            words.iter().all(|word| plain(&text).contains(&plain(word)))
        };
        assert!(found.iter().all(holds), "no stale text is found by {:?}", item.title);
    }
}

fn plain(text: &str) -> String {
    text.to_lowercase().replace('é', "e")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, max_shrink_iters: 200, ..Default::default() })]

    #[test]
    fn any_sequence_of_verbs_does_what_it_says(verbs in prop::collection::vec(any_verb(), 1..40)) {
        let folder = TempDir::new().expect("a folder");
        let (environment, clock) = environment();
        let clove = Todos::open(folder.path(), environment.clone()).expect("the store opens");
        let mut model = Model::default();
        for verb in verbs {
            act(&clove, &clock, &mut model, verb);
        }
        check(&clove, &model.now);

        let last = model.now.clone();
        let steps = model.past.len();
        for _ in 0..steps {
            act(&clove, &clock, &mut model, Verb::Undo);
        }
        check(&clove, &model.now);
        let empty = rows(&clove, Filter::All);
        prop_assert!(empty.is_empty(), "undone all the way, the list is empty: {:?}", empty);
        for _ in 0..steps {
            act(&clove, &clock, &mut model, Verb::Redo);
        }
        prop_assert_eq!(&model.now, &last, "the model walks back to where it was");
        check(&clove, &model.now);

        drop(clove);
        let clove = Todos::open(folder.path(), environment).expect("the store opens again");
        check(&clove, &model.now);
        prop_assert_eq!(wait(clove.check()), Ok(None), "the file is sound");
    }
}
