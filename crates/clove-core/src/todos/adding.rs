//! Todos that are made: one, or one for each line of a list.

use super::{Todos, parse_description};
use crate::{
    edit::plan_creation,
    error::Error,
    store::{self, Batch},
    text::{Description, Title},
    todo::{Todo, TodoId},
    view::{ActionKind, Applied, TodoRow},
};

impl Todos {
    /// Adds a todo.
    ///
    /// # Errors
    /// [`Error::Invalid`] where a text is out of bounds, or why it could not be saved.
    pub async fn add(&self, title: &str, description: Option<&str>) -> Result<Applied, Error> {
        self.make(vec![(Title::parse(title)?, parse_description(description)?)]).await
    }

    /// Adds a todo for each title, in one edit: one undo takes all of them back. In a list of the
    /// newest first, they stand in the order of `titles`.
    ///
    /// # Errors
    /// As [`Self::add`]; all are added or none.
    pub async fn add_all(&self, titles: &[String]) -> Result<Applied, Error> {
        let parsed = titles.iter().map(|title| Ok((Title::parse(title)?, None)));
        self.make(parsed.collect::<Result<_, Error>>()?).await
    }

    async fn make(&self, texts: Vec<(Title, Option<Description>)>) -> Result<Applied, Error> {
        if texts.is_empty() {
            return Ok(Applied { action: 0, todos: Vec::new() });
        }
        let now = self.environment.clock.now();
        let id = || TodoId::generate(now, &*self.environment.random);
        let texts: Vec<_> = texts.into_iter().map(|text| (id(), text)).collect();
        let device = self.device.clone();
        let make = move |batch: &mut Batch<'_>| {
            let action = store::next_action(batch.connection)?;
            let at = now.shifted(store::clock_offset(batch.connection)?);
            let mut todos = Vec::with_capacity(texts.len());
            // Of todos of one moment, the one that was written last counts as the newest.
            for (id, (title, description)) in texts.into_iter().rev() {
                let plan = plan_creation(Todo::new(id, title, description, at));
                store::insert(batch, &plan.after)?;
                store::write_history(batch.connection, action, id, &device, &plan.replaced)?;
                todos.push(TodoRow::from(&plan.after));
            }
            todos.reverse();
            Ok(Applied { action, todos })
        };
        let applied = self.store.write(make).await?;
        self.remember(applied.action, ActionKind::Add);
        Ok(applied)
    }
}
