//! What the engine has done in the store: each is one transaction, and none is open while the network
//! is waited for.

use std::{path::PathBuf, sync::Arc};

use super::wire::{Page, Pushed};
use crate::{
    clock::Millis,
    error::Error,
    store::{self, Applied, Cancel, Choice, Occasion, Position, Store, Taken},
    todo::Todo,
};

/// A piece of work.
#[derive(Debug, Clone)]
pub(crate) enum Task {
    /// Find out how far the database is.
    Load,
    /// Count what waits.
    Count,
    /// Note which life of the server's data this is, and its clock where it is known better.
    MeetEpoch { epoch: i64, clock_offset: Option<i64> },
    /// From here on, nothing is known of what the server holds.
    StartOver,
    /// Find what to push.
    Choose(Choice),
    /// Write what became of a push.
    Acknowledge { sent: Arc<Vec<Todo>>, pushed: Pushed, clock_offset: Option<i64> },
    /// Write a page. `deleted` todos went shortly before; `copied` says that a copy was made.
    Apply { page: Arc<Page>, deleted: usize, copied: bool },
    /// Keep a copy of the database, as it is before what came at this moment deletes much of it.
    Copy { moment: i64 },
    /// Note when the server and this device agreed.
    NoteSynced(Millis),
    /// Set a todo aside, unless it was edited since it was sent.
    SetAside { sent: Todo, code: String, message: String },
}

/// What came of it.
#[derive(Debug, Clone)]
pub(crate) enum Outcome {
    Ready(Position),
    Counted(Position),
    Chosen(Vec<Todo>),
    Acknowledged(Taken, Position),
    Applied(Applied, Position),
    Copied(PathBuf),
    Noted,
}

/// Does a piece of work.
pub(crate) async fn perform(store: &Store, task: Task) -> Result<Outcome, Error> {
    let device = store.device().to_owned();
    match task {
        Task::Load => {
            let job = move |batch: &mut store::Batch<'_>| {
                store::retry_unread(batch)?;
                store::position(batch.connection)
            };
            store.write(job).await.map(Outcome::Ready)
        }
        Task::Count => store.read(Cancel::default(), store::position).await.map(Outcome::Counted),
        Task::MeetEpoch { epoch, clock_offset } => {
            let job = move |batch: &mut store::Batch<'_>| {
                store::meet_epoch(batch, epoch)?;
                store::measure_clock(batch, clock_offset)?;
                store::position(batch.connection)
            };
            store.write(job).await.map(Outcome::Ready)
        }
        Task::StartOver => {
            let job = move |batch: &mut store::Batch<'_>| {
                store::start_over(batch)?;
                store::position(batch.connection)
            };
            store.write(job).await.map(Outcome::Ready)
        }
        Task::Choose(choice) => {
            let job = move |connection: &_| store::next_push(connection, &choice);
            store.read(Cancel::default(), job).await.map(Outcome::Chosen)
        }
        Task::Acknowledge { sent, pushed, clock_offset } => {
            let job = move |batch: &mut store::Batch<'_>| {
                let taken = store::acknowledge(batch, &device, &sent, &pushed)?;
                store::measure_clock(batch, clock_offset)?;
                Ok(Outcome::Acknowledged(taken, store::position(batch.connection)?))
            };
            store.write(job).await
        }
        Task::Apply { page, deleted, copied } => {
            let job = move |batch: &mut store::Batch<'_>| {
                let applied = store::apply_page(batch, &device, &page, deleted, copied)?;
                Ok(Outcome::Applied(applied, store::position(batch.connection)?))
            };
            store.write_repeatable(job).await
        }
        Task::Copy { moment } => {
            store.keep_copy(Occasion::Deletions(moment)).await.map(Outcome::Copied)
        }
        Task::NoteSynced(at) => {
            let job = move |batch: &mut store::Batch<'_>| store::note_synced(batch, at);
            store.write_repeatable(job).await.map(|()| Outcome::Noted)
        }
        Task::SetAside { sent, code, message } => {
            let job = move |batch: &mut store::Batch<'_>| {
                store::set_aside(batch, &sent, &code, &message)?;
                store::position(batch.connection)
            };
            store.write(job).await.map(Outcome::Ready)
        }
    }
}
