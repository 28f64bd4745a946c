//! The one thread that writes.

use std::thread::JoinHandle;

use rusqlite::Connection;
use tokio::sync::{mpsc, oneshot, watch};

use super::order::{Move, SharedOrder};
use crate::error::Error;

/// How many writes may wait. Beyond that, those who ask wait themselves.
const QUEUE: usize = 256;
/// How many waiting writes share one commit, and so one wait for the disk.
const GROUP: usize = 128;

/// A write that waits. It is given the open transaction, or the reason why there is none, and
/// returns what tells its caller the end of it.
type Job = Box<dyn FnOnce(Result<&mut Batch<'_>, Error>) -> Reply + Send>;
/// Called after the commit with its outcome.
type Reply = Box<dyn FnOnce(Result<(), Error>) + Send>;

/// What a job writes through.
pub(crate) struct Batch<'a> {
    /// The connection, inside a transaction.
    pub(crate) connection: &'a Connection,
    /// How the lists change by what was written.
    pub(super) moves: Vec<Move>,
    /// Why the whole transaction is given up, where it is: SQLite may do so itself on a full disk.
    lost: Option<Error>,
}

/// A handle on the thread. Dropping it lets waiting writes finish, then joins the thread.
pub(super) struct Writer {
    jobs: Option<mpsc::Sender<Job>>,
    changes: watch::Receiver<u64>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    pub(super) fn start(connection: Connection, order: SharedOrder) -> Self {
        let (jobs, waiting) = mpsc::channel(QUEUE);
        let (published, changes) = watch::channel(0);
        let work = move || Worker { connection, order, published }.run(waiting);
        let thread = std::thread::Builder::new().name("clove-writer".to_owned()).spawn(work);
        if let Err(error) = &thread {
            tracing::error!(%error, "the writer thread could not be started");
        }
        Self { jobs: Some(jobs), changes, thread: thread.ok() }
    }

    pub(super) fn changes(&self) -> watch::Receiver<u64> {
        self.changes.clone()
    }

    pub(super) async fn run<T: Send + 'static>(
        &self,
        job: impl FnOnce(&mut Batch<'_>) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let (answer, answered) = oneshot::channel();
        let job: Job = Box::new(move |batch| {
            let outcome = batch.and_then(|batch| in_savepoint(batch, job));
            Box::new(move |committed: Result<(), Error>| {
                // The caller may have gone; the write stands all the same.
                let _ = answer.send(outcome.and_then(|value| committed.map(|()| value)));
            })
        });
        let jobs = self.jobs.as_ref().ok_or(Error::Closed)?;
        jobs.send(job).await.map_err(|_| Error::Closed)?;
        answered.await.map_err(|_| Error::Closed)?
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.jobs = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

struct Worker {
    connection: Connection,
    order: SharedOrder,
    published: watch::Sender<u64>,
}

impl Worker {
    fn run(self, mut waiting: mpsc::Receiver<Job>) {
        while let Some(first) = waiting.blocking_recv() {
            let mut group = vec![first];
            while group.len() < GROUP
                && let Ok(next) = waiting.try_recv()
            {
                group.push(next);
            }
            self.commit(group);
        }
        let _ = self.connection.execute_batch("PRAGMA optimize");
    }

    /// One transaction for the whole group; then the lists, the event and the answers, in that
    /// order, so that whoever is told of an edit finds it.
    fn commit(&self, group: Vec<Job>) {
        if let Err(error) = self.connection.execute_batch("BEGIN IMMEDIATE") {
            let error = Error::from(error);
            let refuse = |job: Job| job(Err(error.clone()))(Err(error.clone()));
            return group.into_iter().for_each(refuse);
        }
        let mut batch = Batch { connection: &self.connection, moves: Vec::new(), lost: None };
        let replies: Vec<Reply> = group.into_iter().map(|job| job(Ok(&mut batch))).collect();
        let committed = end(&batch);
        if let Err(error) = &committed {
            tracing::error!(%error, "a commit failed");
        } else if !batch.moves.is_empty() {
            self.order.apply(batch.moves);
            self.published.send_modify(|revision| *revision += 1);
        }
        replies.into_iter().for_each(|reply| reply(committed.clone()));
    }
}

/// Runs one job so that its failure leaves the others of the group standing.
fn in_savepoint<T>(
    batch: &mut Batch<'_>,
    job: impl FnOnce(&mut Batch<'_>) -> Result<T, Error>,
) -> Result<T, Error> {
    if let Some(error) = &batch.lost {
        return Err(error.clone());
    }
    let moves = batch.moves.len();
    batch.connection.execute_batch("SAVEPOINT job")?;
    let outcome = job(batch);
    let end = if outcome.is_ok() { "RELEASE job" } else { "ROLLBACK TO job; RELEASE job" };
    if outcome.is_err() {
        batch.moves.truncate(moves);
    }
    if let Err(error) = batch.connection.execute_batch(end) {
        // Half a job must not be committed: nothing of the group is.
        let error = outcome.err().unwrap_or_else(|| error.into());
        batch.lost = Some(error.clone());
        return Err(error);
    }
    outcome
}

/// Commits; after a failure nothing of the group remains.
fn end(batch: &Batch<'_>) -> Result<(), Error> {
    let committed = match &batch.lost {
        Some(error) => Err(error.clone()),
        None => batch.connection.execute_batch("COMMIT").map_err(Error::from),
    };
    if committed.is_err() && !batch.connection.is_autocommit() {
        batch.connection.execute_batch("ROLLBACK")?;
    }
    committed
}
