//! A store in memory and without threads, for simulations. All that it does with SQLite is what
//! [`Store`] does.

use std::{
    cell::Cell,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicUsize},
    },
};

use rusqlite::{Connection, backup::Backup};
use tokio::sync::watch;

use super::{
    Access, Store, connection, meta, migrations,
    order::{Order, SharedOrder},
    reader::Readers,
    search::index,
    writer::{Inline, Worker, Writer},
};
use crate::random::Random;

/// A database that outlives the stores that are opened on it, as a file does.
#[derive(Clone)]
pub(crate) struct Memory {
    worker: Inline,
}

impl Memory {
    pub(crate) fn new() -> Self {
        let connection = EMPTY.with(copy).expect("there is memory");
        let (order, published) = (SharedOrder::default(), watch::Sender::default());
        let unindexed = Arc::new(AtomicUsize::new(0));
        let worker = Worker { connection, order, published, unindexed, level: Cell::default() };
        Self { worker: Arc::new(Mutex::new(worker)) }
    }

    /// Opens it, as at a start of the app.
    pub(crate) fn open(&self, random: &dyn Random) -> Store {
        let (order, published, device) = self.with(|connection| {
            let device = meta::device(connection, random).expect("the database is sound");
            let loaded = Order::load(connection).expect("the database is sound");
            let order = SharedOrder::default();
            order.replace(loaded);
            (order, watch::Sender::default(), device)
        });
        let mut worker = self.worker.lock().expect("one thread");
        (worker.order, worker.published) = (order.clone(), watch::Sender::clone(&published));
        drop(worker);
        Store {
            readers: Readers::inline(&self.worker),
            writer: Some(Writer::inline(&self.worker)),
            order,
            access: Access::ReadWrite,
            device,
            published,
            place: None,
            damaged: AtomicBool::new(false),
        }
    }

    /// Looks at the database, or spoils it.
    pub(crate) fn with<T>(&self, look: impl FnOnce(&mut Connection) -> T) -> T {
        look(&mut self.worker.lock().expect("one thread").connection)
    }

    /// From now on each commit fails, as in a process that dies before it, or no longer does.
    pub(crate) fn refuse_commits(&self, refuse: bool) {
        let refusal = refuse.then_some(|| true);
        self.with(|connection| connection.commit_hook(refusal)).expect("it has hooks");
    }

    /// Whether the lists in memory are those of the table.
    pub(crate) fn lists_are_true(&self) -> bool {
        let worker = self.worker.lock().expect("one thread");
        let loaded = Order::load(&worker.connection).expect("the database is sound");
        worker.order.is(&loaded)
    }

    /// Whether the full-text index, once it caught up, holds what an index of the table made anew does.
    pub(crate) fn index_is_true(&self) -> bool {
        let mut worker = self.worker.lock().expect("one thread");
        index::is_true(&mut worker.connection).expect("the database is sound")
    }
}

thread_local! {
    /// What a new database holds. To copy it takes a quarter of the time that the migrations take.
    static EMPTY: Connection = {
        let connection = connection::open_in_memory().expect("there is memory");
        migrations::make(&connection).expect("the schema is sound");
        connection
    };
}

fn copy(of: &Connection) -> rusqlite::Result<Connection> {
    let mut copy = connection::open_in_memory()?;
    Backup::new(of, &mut copy)?.step(-1)?;
    Ok(copy)
}
