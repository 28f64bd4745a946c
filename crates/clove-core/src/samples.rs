//! Todos for tests.

use proptest::prelude::*;

use crate::{
    clock::Millis,
    random::Random,
    register::Register,
    text::{Description, Title},
    todo::{Todo, TodoId},
};

/// Random bytes that are the same in every run.
pub(crate) struct Zeros;

impl Random for Zeros {
    fn fill(&self, bytes: &mut [u8]) {
        bytes.fill(0);
    }
}

/// Random bytes that are as great as can be, and the same in every run.
pub(crate) struct Most;

impl Random for Most {
    fn fill(&self, bytes: &mut [u8]) {
        bytes.fill(0xFF);
    }
}

/// The one id of these todos: versions of one todo are what is merged and edited.
pub(crate) fn id() -> TodoId {
    TodoId::generate(Millis::ZERO, &Zeros)
}

pub(crate) fn title(text: &str) -> Title {
    Title::parse(text).expect("a sample title is within bounds")
}

/// A todo that was made at `at`, in milliseconds.
pub(crate) fn todo(text: &str, at: i64) -> Todo {
    Todo::new(id(), title(text), None, Millis::clamped(at))
}

/// Versions of one todo. Few values and few moments, so that equal ones are frequent.
pub(crate) fn any_version() -> impl Strategy<Value = Todo> {
    let at = || (0..6_i64).prop_map(Millis::clamped);
    let titles = prop_oneof!["[ab]", Just("\u{FF5E}".to_owned()), Just("\u{1F600}".to_owned())];
    let titles = titles.prop_map(|text| title(&text));
    let descriptions = proptest::option::of("[ab]")
        .prop_map(|text| text.and_then(|text| Description::parse(&text).expect("within bounds")));
    (
        at(),
        (titles, at()),
        (descriptions, at()),
        (any::<bool>(), at()),
        (proptest::option::of(at()), at()),
    )
        .prop_map(|(created_at, title, description, completed, deleted_at)| Todo {
            id: id(),
            created_at,
            title: Register::new(title.0, title.1),
            description: Register::new(description.0, description.1),
            completed: Register::new(completed.0, completed.1),
            deleted_at: Register::new(deleted_at.0, deleted_at.1),
        })
}
