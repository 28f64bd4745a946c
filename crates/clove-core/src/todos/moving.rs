//! What has yet to leave a database: for the server, or for another database.

use super::{Todos, lock};
use crate::{
    error::Error,
    store::{self, Cancel},
    todo::Todo,
    undo::UndoStack,
};

impl Todos {
    /// How many todos hold an edit that the server has not seen.
    ///
    /// # Errors
    /// Why it could not be read.
    pub async fn unsynced_count(&self) -> Result<usize, Error> {
        self.store.read(Cancel::default(), store::unsynced_count).await
    }

    /// The todos that hold an edit that the server has not seen.
    pub(crate) async fn unsynced(&self) -> Result<Vec<Todo>, Error> {
        self.store.read(Cancel::default(), store::unsynced).await
    }

    /// Moves every todo and its history into another database: in one transaction there, and then, in
    /// one more, away from here. A crash in between leaves them in both: moved again, they are merged.
    pub(crate) async fn move_into(&self, other: &Self) -> Result<(), Error> {
        let carried = self.store.read(Cancel::default(), store::carry).await?;
        let device = other.store.device().to_owned();
        other.store.write(move |batch| store::take_in(batch, &device, &carried)).await?;
        other.edits.send_modify(|count| *count += 1);
        self.store.write(store::clear).await?;
        *lock(&self.undo) = UndoStack::default();
        Ok(())
    }
}
