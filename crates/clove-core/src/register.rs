//! Last-writer-wins registers, of which a todo is made.

use serde::{Deserialize, Serialize};

use crate::clock::Millis;

/// A value, and the moment of its last edit.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Register<T> {
    /// What was written.
    pub value: T,
    /// When it was written. Compared before the value.
    pub at: Millis,
}

impl<T: Ord> Register<T> {
    /// A register that was written at `at`.
    pub fn new(value: T, at: Millis) -> Self {
        Self { value, at }
    }

    /// The later of two; of two at the same moment, the one with the greater value.
    ///
    /// Text is compared by code point, which is the order of Rust strings (UTF-8 bytes sort as code
    /// points do). JavaScript's own `<` compares UTF-16 units, and differs from it above U+FFFF.
    #[must_use]
    pub fn merge(self, other: Self) -> Self {
        if (other.at, &other.value) > (self.at, &self.value) { other } else { self }
    }
}
