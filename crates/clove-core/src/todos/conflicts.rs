//! Edits of this device that gave way to later ones.

use rusqlite::Connection;

use super::Todos;
use crate::{
    error::Error,
    store::{self, Cancel, Recorded},
    todo::{Field, Todo},
    view::{Conflict, HistoryEntry},
};

impl Todos {
    /// The newest `limit` edits of this device that gave way to later ones from elsewhere, the last one
    /// first. [`Self::restore_entry`] brings one back.
    ///
    /// # Errors
    /// Why they could not be read.
    pub async fn conflicts(&self, limit: u32) -> Result<Vec<Conflict>, Error> {
        let find = move |connection: &_| {
            let entries = store::lost_edits(connection, limit)?;
            entries
                .into_iter()
                .filter_map(|entry| conflict(connection, entry).transpose())
                .collect()
        };
        self.store.read(Cancel::default(), find).await
    }
}

/// None where the todo is not here any more.
fn conflict(connection: &Connection, lost: Recorded) -> Result<Option<Conflict>, Error> {
    let todo = match store::load(connection, lost.todo) {
        Ok((_, todo)) => todo,
        Err(Error::NotFound(_)) => return Ok(None),
        Err(error) => return Err(error),
    };
    Ok(Some(Conflict {
        todo: todo.id,
        title: todo.title.value.as_str().to_owned(),
        is_back: is_back(&todo, &lost),
        entry: HistoryEntry::from(lost),
    }))
}

/// Whether the todo has the value again that was replaced. Of a deletion, not the moment counts.
fn is_back(todo: &Todo, lost: &Recorded) -> bool {
    let field = lost.replaced.new.field();
    match field {
        Field::DeletedAt => !todo.is_deleted(),
        _ => lost.replaced.old.as_ref() == Some(&todo.value(field)),
    }
}
