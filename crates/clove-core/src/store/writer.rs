//! The one thread that writes.

use std::{
    cell::Cell,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread::JoinHandle,
};

use rusqlite::Connection;
use tokio::sync::{mpsc, oneshot, watch};

use super::{
    order::{Move, Order, SharedOrder},
    search::index,
};
use crate::error::Error;

/// How many writes may wait. Beyond that, those who ask wait themselves.
const QUEUE: usize = 256;
/// How many waiting writes share one commit, and so one wait for the disk.
const GROUP: usize = 128;
/// So many changed todos are better read anew into the lists than moved one by one.
const MANY: usize = 1_000;
/// How many texts may wait to be indexed before the writer does it unasked.
const BACKLOG: usize = 256;

/// A write that waits.
pub(super) struct Job {
    work: Work,
    lasts: Lasts,
}

/// It is given the open transaction, or the reason why there is none, and returns what tells its
/// caller the end of it.
type Work = Box<dyn FnOnce(Result<&mut Batch<'_>, Error>) -> Reply + Send>;
/// Called after the commit with its outcome.
type Reply = Box<dyn FnOnce(Result<(), Error>) + Send>;

/// What a commit outlives; in SQLite's words, how synchronous it is
/// (<https://sqlite.org/pragma.html#pragma_synchronous>).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Lasts {
    /// The process. A power cut may take it back, until a commit that outlives one comes behind it.
    Normal,
    /// A power cut.
    Full,
}

/// What a job writes through.
pub(crate) struct Batch<'a> {
    /// The connection, inside a transaction.
    pub(crate) connection: &'a Connection,
    /// How the lists change by what was written.
    pub(super) moves: Vec<Move>,
    /// Whether so much was written that the lists are better read anew than changed.
    pub(super) reload: bool,
    /// How many texts wait to be indexed.
    pub(super) unindexed: usize,
    /// Whether one job has the transaction to itself.
    alone: bool,
    /// Why the whole transaction is given up, where it is: SQLite may do so itself on a full disk.
    lost: Option<Error>,
}

impl<'a> Batch<'a> {
    /// What is written to a database that nobody has open, inside a transaction.
    pub(super) fn over(connection: &'a Connection) -> Self {
        let (moves, reload, unindexed) = Default::default();
        Self { connection, moves, reload, unindexed, alone: true, lost: None }
    }
}

/// A handle on the thread. Dropping it lets waiting writes finish, then joins the thread.
pub(super) struct Writer {
    jobs: Option<mpsc::Sender<Job>>,
    unindexed: Arc<AtomicUsize>,
    thread: Option<JoinHandle<()>>,
    /// In a simulation there is no thread: each write is done by whoever asks for it.
    #[cfg(test)]
    inline: Option<Inline>,
}

/// A worker without a thread.
#[cfg(test)]
pub(super) type Inline = Arc<std::sync::Mutex<Worker>>;

impl Writer {
    pub(super) fn start(
        connection: Connection,
        order: SharedOrder,
        published: watch::Sender<u64>,
    ) -> rusqlite::Result<Self> {
        let (jobs, waiting) = mpsc::channel(QUEUE);
        let sql = "SELECT count(*) FROM todos_unindexed";
        let marked: u32 = connection.query_row(sql, [], |row| row.get(0))?;
        let unindexed = Arc::new(AtomicUsize::new(marked as usize));
        let (level, marks) = (Cell::default(), unindexed.clone());
        let worker = Worker { connection, order, published, unindexed: marks, level };
        let work = move || worker.run(waiting);
        let thread = std::thread::Builder::new().name("clove-writer".to_owned()).spawn(work);
        if let Err(error) = &thread {
            tracing::error!(%error, "the writer thread could not be started");
        }
        Ok(Self {
            jobs: Some(jobs),
            unindexed,
            thread: thread.ok(),
            #[cfg(test)]
            inline: None,
        })
    }

    /// A writer without a thread.
    #[cfg(test)]
    pub(super) fn inline(worker: &Inline) -> Self {
        let unindexed = worker.lock().expect("one thread").unindexed.clone();
        Self { jobs: None, unindexed, thread: None, inline: Some(worker.clone()) }
    }

    /// Has every text that is committed indexed. A search without the newest beats none, so a failure
    /// is no error.
    pub(super) async fn index(&self) {
        if self.unindexed.load(Ordering::Acquire) > 0
            && let Err(error) = self.run(Lasts::Normal, index::catch_up).await
        {
            tracing::warn!(%error, "the newest texts could not be indexed");
        }
    }

    pub(super) async fn run<T: Send + 'static>(
        &self,
        lasts: Lasts,
        job: impl FnOnce(&mut Batch<'_>) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let (answer, answered) = oneshot::channel();
        let work: Work = Box::new(move |batch| {
            let outcome = batch.and_then(|batch| perform(batch, job));
            Box::new(move |committed: Result<(), Error>| {
                // The caller may have gone; the write stands all the same.
                let _ = answer.send(outcome.and_then(|value| committed.map(|()| value)));
            })
        });
        let job = Job { work, lasts };
        #[cfg(test)]
        if let Some(worker) = &self.inline {
            worker.lock().expect("one thread").commit(vec![job]);
            return answered.await.map_err(|_| Error::Closed)?;
        }
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

pub(super) struct Worker {
    pub(super) connection: Connection,
    pub(super) order: SharedOrder,
    pub(super) published: watch::Sender<u64>,
    pub(super) unindexed: Arc<AtomicUsize>,
    /// How synchronous the connection is; empty until the first commit.
    pub(super) level: Cell<&'static str>,
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
            self.index_beyond(BACKLOG);
        }
        self.index_beyond(0);
        let _ = self.connection.execute_batch("PRAGMA optimize");
    }

    fn index_beyond(&self, backlog: usize) {
        if self.unindexed.load(Ordering::Acquire) > backlog {
            let work: Work = Box::new(|batch| {
                let outcome = batch.and_then(index::catch_up);
                Box::new(move |committed| {
                    if let Err(error) = outcome.and(committed) {
                        tracing::warn!(%error, "the newest texts could not be indexed");
                    }
                })
            });
            self.commit(vec![Job { work, lasts: Lasts::Normal }]);
        }
    }

    /// One transaction for the whole group; then the lists, the event and the answers, in that
    /// order, so that whoever is told of an edit finds it.
    fn commit(&self, group: Vec<Job>) {
        if let Err(error) = self.begin(&group) {
            let refuse = |job: Job| (job.work)(Err(error.clone()))(Err(error.clone()));
            return group.into_iter().for_each(refuse);
        }
        let mut batch = Batch {
            connection: &self.connection,
            moves: Vec::new(),
            reload: false,
            unindexed: self.unindexed.load(Ordering::Acquire),
            alone: group.len() == 1,
            lost: None,
        };
        let replies: Vec<Reply> = group.into_iter().map(|job| (job.work)(Ok(&mut batch))).collect();
        let committed = end(&batch);
        if committed.is_ok() {
            self.unindexed.store(batch.unindexed, Ordering::Release);
            if batch.reload || !batch.moves.is_empty() {
                let reload = batch.reload || batch.moves.len() > MANY;
                self.follow(batch.moves, reload);
                self.published.send_modify(|revision| *revision += 1);
            }
        }
        replies.into_iter().for_each(|reply| reply(committed.clone()));
    }

    /// Begins a transaction that outlives what the most careful of its jobs has to outlive.
    fn begin(&self, group: &[Job]) -> Result<(), Error> {
        let level = match group.iter().map(|job| job.lasts).max() {
            Some(Lasts::Normal) => "normal",
            Some(Lasts::Full) | None => "full",
        };
        if self.level.get() != level {
            self.connection.pragma_update(None, "synchronous", level)?;
            self.level.set(level);
        }
        execute(&self.connection, "BEGIN IMMEDIATE")
    }

    /// Brings the lists up to what was committed.
    fn follow(&self, moves: Vec<Move>, reload: bool) {
        match reload.then(|| Order::load(&self.connection)) {
            Some(Ok(loaded)) => self.order.replace(loaded),
            Some(Err(error)) => tracing::error!(%error, "the lists could not be read anew"),
            None => self.order.apply(moves),
        }
    }
}

/// Runs one job so that its failure leaves the others of the group standing.
fn perform<T>(
    batch: &mut Batch<'_>,
    job: impl FnOnce(&mut Batch<'_>) -> Result<T, Error>,
) -> Result<T, Error> {
    if let Some(error) = &batch.lost {
        return Err(error.clone());
    }
    if batch.alone {
        return job(batch).inspect_err(|error| batch.lost = Some(error.clone()));
    }
    let (moves, reload, unindexed) = (batch.moves.len(), batch.reload, batch.unindexed);
    batch.connection.execute_batch("SAVEPOINT job")?;
    let outcome = job(batch);
    let end = if outcome.is_ok() { "RELEASE job" } else { "ROLLBACK TO job; RELEASE job" };
    if outcome.is_err() {
        batch.moves.truncate(moves);
        batch.reload = reload;
        batch.unindexed = unindexed;
    }
    if let Err(error) = batch.connection.execute_batch(end) {
        // Half a job must not be committed: nothing of the group is.
        tracing::error!(%error, "a transaction was given up");
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
        None => execute(batch.connection, "COMMIT")
            .inspect_err(|error| tracing::error!(%error, "a commit failed")),
    };
    if committed.is_err() && !batch.connection.is_autocommit() {
        execute(batch.connection, "ROLLBACK")?;
    }
    committed
}

fn execute(connection: &Connection, sql: &str) -> Result<(), Error> {
    connection.prepare_cached(sql)?.execute([])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{random::SystemRandom, store::simulated::Memory};

    #[tokio::test]
    async fn only_what_would_come_again_may_be_lost_by_a_power_cut() {
        let store = Memory::new().open(&SystemRandom);
        let level = |batch: &mut Batch<'_>| {
            let sql = "PRAGMA synchronous";
            Ok(batch.connection.query_row(sql, [], |row| row.get::<_, i64>(0))?)
        };
        assert_eq!(store.write_repeatable(level).await, Ok(1), "a page is NORMAL");
        assert_eq!(store.write(level).await, Ok(2), "an edit is FULL, whatever went before");
    }
}
