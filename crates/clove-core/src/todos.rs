//! The todos of one database: a method for each verb of a user.

mod adding;
mod conflicts;
mod keeping;
mod locating;
mod moving;
mod standing;

use std::{
    path::Path,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::sync::watch;

use crate::{
    account::Record,
    clock::Millis,
    edit::{Plan, plan_edit, plan_undo, stamp},
    environment::Environment,
    error::{Error, OpenError},
    store::{self, Access, Batch, Cancel, Database, Folder, Query, Store},
    text::{Description, Title},
    todo::{FieldValue, Todo, TodoId},
    undo::{Action, Direction, UndoStack},
    view::{
        ActionKind, Applied, Counts, Filter, HistoryEntry, ListWindow, SearchResults, Sort,
        TodoRow, Undone,
    },
};

/// The todos of this device, open for use.
///
/// A method that edits returns when the edit is on the disk.
pub struct Todos {
    store: Store,
    database: Database,
    environment: Environment,
    /// This device's name in the history.
    device: String,
    undo: Mutex<UndoStack>,
    latest_search: Mutex<Cancel>,
    /// Raised by each edit that the server has yet to see.
    edits: watch::Sender<u64>,
}

impl Todos {
    /// Opens the todos of whoever is signed in in `folder`, making an empty database where there is
    /// none.
    ///
    /// # Errors
    /// [`OpenError`] says what stands in the way. Files that exist are left as they are.
    pub fn open(folder: &Path, environment: Environment) -> Result<Self, OpenError> {
        let folder = Arc::new(Folder::hold(folder)?);
        let database = Record::database_of(Record::load(folder.path()).as_ref());
        Self::open_database(folder, &database, environment, watch::Sender::default())
    }

    /// Opens one of the databases of a folder. `published` is raised by each commit that changed a
    /// todo.
    pub(crate) fn open_database(
        folder: Arc<Folder>,
        database: &Database,
        environment: Environment,
        published: watch::Sender<u64>,
    ) -> Result<Self, OpenError> {
        let store = Store::open(folder, database, &environment, published)?;
        Ok(Self::over(store, database.clone(), environment))
    }

    /// The todos of an open store.
    pub(crate) fn over(store: Store, database: Database, environment: Environment) -> Self {
        let device = store.device().to_owned();
        let (undo, latest_search, edits) = Default::default();
        Self { store, database, environment, device, undo, latest_search, edits }
    }

    /// Which database it is.
    pub(crate) fn database(&self) -> &Database {
        &self.database
    }

    /// Where they are kept.
    pub(crate) fn store(&self) -> &Store {
        &self.store
    }

    /// Raised by each edit that the server has yet to see.
    pub(crate) fn edits(&self) -> watch::Receiver<u64> {
        self.edits.subscribe()
    }

    /// Whether edits can be saved.
    #[must_use]
    pub fn access(&self) -> &Access {
        self.store.access()
    }

    /// A number that rises with each commit that changed a todo.
    #[must_use]
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.store.changes()
    }

    /// Gives a todo another title.
    ///
    /// # Errors
    /// As [`Self::add`], and [`Error::NotFound`].
    pub async fn rename(&self, id: TodoId, title: &str) -> Result<Applied, Error> {
        let title = FieldValue::Title(Title::parse(title)?);
        self.edit(vec![id], ActionKind::Edit, move |_, _| Some(title.clone())).await
    }

    /// Gives a todo another description, or none.
    ///
    /// # Errors
    /// As [`Self::rename`].
    pub async fn describe(&self, id: TodoId, text: Option<&str>) -> Result<Applied, Error> {
        let description = FieldValue::Description(parse_description(text)?);
        self.edit(vec![id], ActionKind::Edit, move |_, _| Some(description.clone())).await
    }

    /// Marks todos as done, or as to be done again.
    ///
    /// # Errors
    /// As [`Self::rename`]; all are changed or none.
    pub async fn set_completed(&self, ids: Vec<TodoId>, completed: bool) -> Result<Applied, Error> {
        let kind = if completed { ActionKind::Complete } else { ActionKind::Reopen };
        self.edit(ids, kind, move |_, _| Some(FieldValue::Completed(completed))).await
    }

    /// Deletes todos. They can be brought back.
    ///
    /// # Errors
    /// As [`Self::set_completed`].
    pub async fn delete(&self, ids: Vec<TodoId>) -> Result<Applied, Error> {
        let deleted =
            |todo: &Todo, at| (!todo.is_deleted()).then_some(FieldValue::DeletedAt(Some(at)));
        self.edit(ids, ActionKind::Delete, deleted).await
    }

    /// Brings deleted todos back.
    ///
    /// # Errors
    /// As [`Self::set_completed`].
    pub async fn restore(&self, ids: Vec<TodoId>) -> Result<Applied, Error> {
        let restored = |todo: &Todo, _| todo.is_deleted().then_some(FieldValue::DeletedAt(None));
        self.edit(ids, ActionKind::Restore, restored).await
    }

    /// Puts the value back that an entry of a todo's history replaced.
    ///
    /// # Errors
    /// [`Error::NotFound`] where there is no such entry, or why it could not be saved.
    pub async fn restore_entry(&self, seq: i64) -> Result<Applied, Error> {
        let find = move |connection: &_| store::entry(connection, seq);
        let entry = self.store.read(Cancel::default(), find).await?;
        let old = entry.replaced.old.unwrap_or(entry.replaced.new);
        self.edit(vec![entry.todo], ActionKind::Restore, move |_, _| Some(old.clone())).await
    }

    /// Takes the last edit back, or the one with this number. `None` where there is nothing to undo.
    ///
    /// # Errors
    /// Why it could not be saved; the edit can then still be undone.
    pub async fn undo(&self, action: Option<i64>) -> Result<Option<Undone>, Error> {
        self.walk(Direction::Undo, action).await
    }

    /// Makes the last undone edit again. `None` where there is nothing to redo.
    ///
    /// # Errors
    /// As [`Self::undo`].
    pub async fn redo(&self) -> Result<Option<Undone>, Error> {
        self.walk(Direction::Redo, None).await
    }

    /// A todo's replaced values, newest first.
    ///
    /// # Errors
    /// Why it could not be read.
    pub async fn history(&self, id: TodoId) -> Result<Vec<HistoryEntry>, Error> {
        let find = move |connection: &_| store::entries_of(connection, id);
        let entries = self.store.read(Cancel::default(), find).await?;
        Ok(entries.into_iter().map(HistoryEntry::from).collect())
    }

    /// How many todos there are.
    #[must_use]
    pub fn counts(&self) -> Counts {
        self.store.order().counts()
    }

    /// A part of a list: `limit` rows from position `offset` on.
    ///
    /// # Errors
    /// Why it could not be read.
    pub async fn list(
        &self,
        filter: Filter,
        sort: Sort,
        offset: usize,
        limit: usize,
    ) -> Result<ListWindow, Error> {
        let order = self.store.order().clone();
        let fetch = move |connection: &_| {
            let (seqs, counts) = order.window(filter, sort, offset, limit);
            let find = |seq| store::find_shown(connection, seq).transpose();
            let rows = seqs.into_iter().filter_map(find).collect::<Result<_, _>>()?;
            Ok(ListWindow { rows, offset, total: counts.of(filter), counts })
        };
        self.store.read(Cancel::default(), fetch).await
    }

    /// The ids of the first `limit` todos of a list, in its order.
    ///
    /// # Errors
    /// Why they could not be read.
    pub async fn ids(
        &self,
        filter: Filter,
        sort: Sort,
        limit: usize,
    ) -> Result<Vec<TodoId>, Error> {
        let order = self.store.order().clone();
        let fetch = move |connection: &_| {
            let (seqs, _) = order.window(filter, sort, 0, limit);
            seqs.into_iter().filter_map(|seq| store::id_of(connection, seq).transpose()).collect()
        };
        self.store.read(Cancel::default(), fetch).await
    }

    /// A part of the todos that hold every word of `query`. A newer search ends an older one.
    ///
    /// # Errors
    /// [`Error::Superseded`], or why it could not be read.
    pub async fn search(
        &self,
        query: &str,
        filter: Filter,
        offset: usize,
        limit: usize,
    ) -> Result<SearchResults, Error> {
        let query = Query::parse(query);
        let cancel = Cancel::default();
        let older = std::mem::replace(&mut *lock(&self.latest_search), cancel.clone());
        older.cancel();
        let window = offset..offset.saturating_add(limit);
        self.store.index().await;
        let flag = cancel.clone();
        let find = move |connection: &_| store::search(connection, &query, filter, window, &flag);
        self.store.read(cancel, find).await
    }

    /// Checks the database's structure (`PRAGMA quick_check`): what is wrong, or nothing.
    ///
    /// # Errors
    /// Why it could not be read.
    pub async fn check(&self) -> Result<Option<String>, Error> {
        let found = self.store.read(Cancel::default(), store::quick_check).await?;
        if found.is_some() {
            self.store.note_damage();
        }
        Ok(found)
    }

    /// Whether the database was found damaged: it is repaired when it is next opened.
    #[must_use]
    pub fn is_damaged(&self) -> bool {
        self.store.is_damaged()
    }

    /// Edits todos in one transaction: each gets the value that `value` answers for it, if any, given
    /// the stamp that the edit will have.
    async fn edit(
        &self,
        ids: Vec<TodoId>,
        kind: ActionKind,
        value: impl Fn(&Todo, Millis) -> Option<FieldValue> + Send + 'static,
    ) -> Result<Applied, Error> {
        let now = self.environment.clock.now();
        let device = self.device.clone();
        let edit = move |batch: &mut Batch<'_>| {
            let action = store::next_action(batch.connection)?;
            let now = now.shifted(store::clock_offset(batch.connection)?);
            let mut todos = Vec::with_capacity(ids.len());
            let mut changed = false;
            for id in ids {
                let (seq, before) = store::load(batch.connection, id)?;
                let at = stamp(&before, now);
                let plan = plan_edit(&before, Vec::from_iter(value(&before, at)), at);
                changed |= plan.is_some();
                todos.push(TodoRow::from(plan.as_ref().map_or(&before, |plan| &plan.after)));
                if let Some(plan) = plan {
                    apply(batch, seq, &before, &plan, action, &device)?;
                }
            }
            Ok(Applied { action: if changed { action } else { 0 }, todos })
        };
        let applied = self.store.write(edit).await?;
        self.remember(applied.action, kind);
        Ok(applied)
    }

    async fn walk(
        &self,
        direction: Direction,
        number: Option<i64>,
    ) -> Result<Option<Undone>, Error> {
        let Some(taken) = lock(&self.undo).take(direction, number) else {
            return Ok(None);
        };
        let now = self.environment.clock.now();
        let device = self.device.clone();
        let invert = move |batch: &mut Batch<'_>| take_back(batch, taken, now, &device);
        match self.store.write(invert).await {
            Ok(undone) => {
                if undone.action != 0 {
                    self.edits.send_modify(|count| *count += 1);
                    let inverse = Action { number: undone.action, kind: taken.kind };
                    lock(&self.undo).done(direction, inverse);
                }
                Ok(Some(undone))
            }
            Err(error) => {
                lock(&self.undo).put_back(direction, taken);
                Err(error)
            }
        }
    }

    /// Has an edit known to undo and to sync, if it changed anything.
    fn remember(&self, number: i64, kind: ActionKind) {
        if number == 0 {
            return;
        }
        lock(&self.undo).push(Action { number, kind });
        self.edits.send_modify(|count| *count += 1);
    }
}

/// Takes every value of an action back that was not edited since.
fn take_back(
    batch: &mut Batch<'_>,
    taken: Action,
    now: Millis,
    device: &str,
) -> Result<Undone, Error> {
    let action = store::next_action(batch.connection)?;
    let now = now.shifted(store::clock_offset(batch.connection)?);
    let mut undone = Undone { action, kind: taken.kind, count: 0, titles: Vec::new(), skipped: 0 };
    let replaced = store::replaced_by(batch.connection, taken.number)?;
    for entries in replaced.chunk_by(|a, b| a.todo == b.todo) {
        let (seq, before) = store::load(batch.connection, entries[0].todo)?;
        let at = stamp(&before, now);
        let values = plan_undo(&before, entries.iter().map(|entry| &entry.replaced), at);
        undone.skipped += entries.len() - values.len();
        let Some(plan) = plan_edit(&before, values, at) else { continue };
        apply(batch, seq, &before, &plan, action, device)?;
        undone.count += 1;
        if undone.titles.is_empty() {
            undone.titles.push(plan.after.title.value.as_str().to_owned());
        }
    }
    if undone.count == 0 {
        undone.action = 0;
    }
    Ok(undone)
}

fn apply(
    batch: &mut Batch<'_>,
    seq: i64,
    before: &Todo,
    plan: &Plan,
    action: i64,
    device: &str,
) -> Result<(), Error> {
    store::update(batch, seq, before, &plan.after)?;
    store::write_history(batch.connection, action, before.id, device, &plan.replaced)
}

fn parse_description(text: Option<&str>) -> Result<Option<Description>, Error> {
    Ok(text.map(Description::parse).transpose()?.flatten())
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
