//! How two versions of one todo become one.

use crate::{
    register::Register,
    todo::{Todo, fields},
};

macro_rules! define_merge {
    ($($variant:ident $column:ident $name:literal: $type:ty,)+) => {
        /// Merges two versions of the same todo, field by field.
        ///
        /// Commutative, associative and idempotent, so that devices agree in whatever order, and
        /// however often, versions reach them.
        #[must_use]
        pub fn merge(a: Todo, b: Todo) -> Todo {
            debug_assert_eq!(a.id, b.id, "two versions of one todo");
            Todo {
                id: a.id,
                created_at: a.created_at.min(b.created_at),
                $($column: Register::merge(a.$column, b.$column),)+
            }
        }
    };
}
fields!(define_merge);

#[cfg(test)]
#[path = "merge_tests.rs"]
mod tests;
