//! Todos out of files: of a backup, and of whatever else holds some; and into one.

use super::Todos;
use crate::{
    clock::Millis,
    error::Error,
    export,
    import::{Draft, Import, NewTodo},
    keep::view::{Imported, Restored, SkipReason, Skipped},
    store::{self, Batch, Cancel, ImportCounts},
    todo::{FieldValue, Todo, TodoId},
    view::ActionKind,
};

impl Todos {
    /// Counts what bringing back a backup would do.
    ///
    /// # Errors
    /// Why the backup cannot be read.
    pub async fn preview_backup(&self, name: String) -> Result<Restored, Error> {
        let backup = self.store.backup(name, self.database.clone()).await?;
        let count = move |connection: &_| store::preview_restoration(connection, &backup);
        self.store.read(Cancel::default(), count).await
    }

    /// Brings back what a backup has and these todos have not, or have otherwise, as one edit. Nothing
    /// is deleted, and what is replaced is in the history.
    ///
    /// # Errors
    /// Why nothing was brought back.
    pub async fn restore_backup(&self, name: String) -> Result<Restored, Error> {
        let backup = self.store.backup(name, self.database.clone()).await?;
        let (device, now) = (self.device.clone(), self.environment.clock.now());
        let restore = move |batch: &mut Batch<'_>| store::restore(batch, &device, now, &backup);
        let restored = self.store.write(restore).await?;
        self.remember(restored.action, ActionKind::Restore);
        Ok(restored)
    }

    /// Reads a file, of which nothing is written yet.
    ///
    /// # Errors
    /// Why nothing of it can be read.
    pub fn read_import(&self, bytes: &[u8], name: &str) -> Result<Import, crate::ImportError> {
        Import::parse(bytes, name, self.environment.clock.now())
    }

    /// Counts what an import would do.
    ///
    /// # Errors
    /// Why it could not be counted.
    pub async fn preview_import(&self, import: &Import) -> Result<Imported, Error> {
        let todos = self.drafted(import, Millis::ZERO);
        let count = move |connection: &_| store::preview_import(connection, &todos);
        let counts = self.store.read(Cancel::default(), count).await?;
        Ok(imported(import, counts))
    }

    /// Takes the todos of a file in, as one edit. Those that are here already are merged with what is
    /// here.
    ///
    /// # Errors
    /// Why none was taken in.
    pub async fn import(&self, import: Import) -> Result<Imported, Error> {
        let offset = self.store.read(Cancel::default(), store::clock_offset).await?;
        let now = self.environment.clock.now().shifted(offset);
        let (todos, device) = (self.drafted(&import, now), self.device.clone());
        let write = move |batch: &mut Batch<'_>| store::import(batch, &device, todos);
        let counts = self.store.write(write).await?;
        self.remember(counts.action, ActionKind::Import);
        Ok(imported(&import, counts))
    }

    /// All todos that are not deleted, as the text of a file (JSON) that can be imported again.
    ///
    /// # Errors
    /// Why they could not be read.
    pub async fn export(&self) -> Result<Vec<u8>, Error> {
        let todos = self.store.read(Cancel::default(), store::living).await?;
        let now = self.environment.clock.now();
        export::to_json(&todos, now).map_err(|error| Error::Storage(error.to_string()))
    }

    /// The drafts of a file as todos; new ones are made at `now`, or when the file says.
    fn drafted(&self, import: &Import, now: Millis) -> Vec<Todo> {
        let made = |draft: &Draft| match draft {
            Draft::Exported(todo) => todo.clone(),
            Draft::New(new) => self.made(new, now),
        };
        // Of those that are made at one moment, the last is shown first: so it is as in the file.
        import.drafts.iter().rev().map(made).collect()
    }

    fn made(&self, new: &NewTodo, now: Millis) -> Todo {
        let NewTodo { title, description, completed, created_at } = new.clone();
        let id = TodoId::generate(self.environment.clock.now(), &*self.environment.random);
        let mut todo = Todo::new(id, title, description, now);
        todo.created_at = created_at;
        if let Some(at) = completed {
            todo.set(FieldValue::Completed(true), at);
        }
        todo
    }
}

fn imported(import: &Import, counts: ImportCounts) -> Imported {
    let known = Skipped { reason: SkipReason::Known, count: counts.known };
    let skipped = import.skipped().into_iter().chain((counts.known > 0).then_some(known));
    Imported {
        action: counts.action,
        name: import.name.clone(),
        added: counts.added,
        changed: counts.changed,
        skipped: skipped.collect(),
    }
}
