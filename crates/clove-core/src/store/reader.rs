//! The threads that answer queries, each with a read-only connection of its own.

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread::JoinHandle,
};

use crossbeam_channel::{Receiver, Sender};
use rusqlite::Connection;
use tokio::sync::oneshot;

use super::connection::{self, Mode};
use crate::error::Error;

/// A list and a search at once; more would wait for the same disk and two cores.
const THREADS: usize = 2;
/// SQLite looks at the cancel flag after so many of its virtual machine's instructions.
const CANCEL_EVERY: i32 = 2_000;

type Job = Box<dyn FnOnce(&mut Connection) + Send>;

/// Ends a query early: when set, the query answers [`Error::Superseded`].
#[derive(Debug, Clone, Default)]
pub(crate) struct Cancel(Arc<AtomicBool>);

impl Cancel {
    pub(crate) fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    pub(crate) fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// The reading threads. Dropping it joins them.
pub(super) struct Readers {
    jobs: Option<Sender<Job>>,
    threads: Vec<JoinHandle<()>>,
    /// In a simulation there are no threads: each query is run by whoever asks.
    #[cfg(test)]
    inline: Option<super::writer::Inline>,
}

impl Readers {
    pub(super) fn start(database: &Path) -> rusqlite::Result<Self> {
        let (jobs, waiting) = crossbeam_channel::unbounded::<Job>();
        let mut threads = Vec::with_capacity(THREADS);
        for index in 0..THREADS {
            let mut connection = connection::open(database, Mode::ReadOnly)?;
            let waiting: Receiver<Job> = waiting.clone();
            let work = move || waiting.iter().for_each(|job| job(&mut connection));
            let name = format!("clove-reader-{index}");
            match std::thread::Builder::new().name(name).spawn(work) {
                Ok(thread) => threads.push(thread),
                Err(error) => tracing::error!(%error, "a reader thread could not be started"),
            }
        }
        Ok(Self {
            jobs: Some(jobs),
            threads,
            #[cfg(test)]
            inline: None,
        })
    }

    /// Readers without threads.
    #[cfg(test)]
    pub(super) fn inline(worker: &super::writer::Inline) -> Self {
        Self { jobs: None, threads: Vec::new(), inline: Some(worker.clone()) }
    }

    pub(super) async fn run<T: Send + 'static>(
        &self,
        cancel: Cancel,
        job: impl FnOnce(&Connection) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        #[cfg(test)]
        if let Some(worker) = &self.inline {
            return job(&worker.lock().expect("one thread").connection);
        }
        let (answer, answered) = oneshot::channel();
        let job: Job = Box::new(move |connection| {
            let _ = answer.send(query(connection, cancel, job));
        });
        let jobs = self.jobs.as_ref().ok_or(Error::Closed)?;
        jobs.send(job).map_err(|_| Error::Closed)?;
        answered.await.map_err(|_| Error::Closed)?
    }
}

impl Drop for Readers {
    fn drop(&mut self) {
        self.jobs = None;
        for thread in self.threads.drain(..) {
            let _ = thread.join();
        }
    }
}

/// Runs a query over one snapshot of the database.
fn query<T>(
    connection: &mut Connection,
    cancel: Cancel,
    job: impl FnOnce(&Connection) -> Result<T, Error>,
) -> Result<T, Error> {
    if cancel.is_cancelled() {
        return Err(Error::Superseded);
    }
    connection.progress_handler(CANCEL_EVERY, Some(move || cancel.is_cancelled()))?;
    let snapshot = connection.transaction()?;
    let outcome = job(&snapshot);
    drop(snapshot);
    connection.progress_handler(CANCEL_EVERY, None::<fn() -> bool>)?;
    outcome
}
