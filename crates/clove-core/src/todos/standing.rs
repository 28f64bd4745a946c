//! How todos stand with the server.

use super::Todos;
use crate::{
    error::Error,
    store::{self, Cancel},
    sync::status::TodoStanding,
    todo::TodoId,
    view::TodoRow,
};

impl Todos {
    /// How one todo stands with the server.
    ///
    /// # Errors
    /// [`Error::NotFound`], or why it could not be read.
    pub async fn standing(&self, id: TodoId) -> Result<TodoStanding, Error> {
        let read = move |connection: &_| store::standing(connection, id);
        self.store.read(Cancel::default(), read).await
    }

    /// The todos that the server did not take, each with why; the first hundred of them.
    ///
    /// # Errors
    /// Why they could not be read.
    pub async fn set_aside(&self) -> Result<Vec<TodoRow>, Error> {
        self.store.read(Cancel::default(), store::set_aside_rows).await
    }

    /// The todos that wait to be sent, the next first; a hundred of them at most.
    ///
    /// # Errors
    /// Why they could not be read.
    pub async fn waiting(&self) -> Result<Vec<TodoRow>, Error> {
        self.store.read(Cancel::default(), store::waiting_rows).await
    }
}
