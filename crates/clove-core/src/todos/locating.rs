//! Where a todo is shown.

use super::Todos;
use crate::{
    error::Error,
    store::{self, Cancel, Place},
    todo::TodoId,
    view::{Filter, Sort, TodoPlace},
};

impl Todos {
    /// Where a todo is shown: in the list `asked` if it is in it, otherwise in the one that has it.
    ///
    /// # Errors
    /// [`Error::NotFound`], or why it could not be read.
    pub async fn locate(&self, id: TodoId, asked: Filter, sort: Sort) -> Result<TodoPlace, Error> {
        let order = self.store.order().clone();
        let find = move |connection: &_| {
            let (seq, todo) = store::load(connection, id)?;
            Ok(order.locate(seq, Place::of(&todo), asked, sort))
        };
        self.store.read(Cancel::default(), find).await
    }
}
