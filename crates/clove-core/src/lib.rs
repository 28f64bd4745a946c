//! Everything in Clove that is not a window.
//!
//! [`Clove`] is the way in: it has a method for each verb of a user. Below it, `store` keeps todos in
//! SQLite, and `todo`, `merge` and `edit` decide, without any I/O, what an edit means.

pub mod account;
mod app;
pub mod clock;
mod day;
mod edit;
mod environment;
mod error;
mod export;
pub mod http;
mod import;
pub mod keep;
mod merge;
pub mod random;
mod register;
mod restoration;
#[cfg(test)]
mod samples;
pub mod secret;
mod store;
pub mod sync;
mod syncing;
mod text;
mod todo;
mod todos;
mod undo;
pub mod view;
pub mod words;

pub use self::{
    app::Clove,
    environment::Environment,
    error::{Damage, Error, Found, Obstacle, OpenError, ReadOnly},
    import::{IMPORT_BYTES_MAX, IMPORT_TODOS_MAX, Import, ImportError},
    merge::merge,
    register::Register,
    secret::Secret,
    store::Access,
    text::{DESCRIPTION_MAX, Description, Invalid, TITLE_MAX, Title},
    todo::{Field, FieldValue, Todo, TodoId},
    todos::Todos,
};

#[cfg(test)]
#[path = "../tests/simulation/mod.rs"]
mod simulation;
