//! When an account's todos are synced: from the sign-in, or the start, to the sign-out or the end.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use tokio::{
    sync::{Mutex, MutexGuard, broadcast, watch},
    task::JoinHandle,
    time::{Instant, timeout_at},
};

use crate::{
    app::Clove,
    error::Error,
    store::Database,
    sync::{
        Sync,
        server::Server,
        status::{Notice, Phase, SyncStatus, TodoStanding},
    },
    todo::TodoId,
};

/// How long a sign-out waits for what the server has yet to see.
const FLUSH: Duration = Duration::from_secs(5);
/// How many notices wait for a window.
const NOTICES: usize = 64;

/// The sync that runs, if one does.
pub(crate) struct Syncing {
    wanted: AtomicBool,
    /// Whether there is a network, as far as the system has said.
    online: AtomicBool,
    running: Mutex<Option<Running>>,
    notices: broadcast::Sender<Notice>,
    status: watch::Sender<Option<SyncStatus>>,
}

struct Running {
    sync: Sync,
    /// Hands on what the sync says; it ends with it.
    relay: JoinHandle<()>,
}

impl Default for Syncing {
    fn default() -> Self {
        let notices = broadcast::Sender::new(NOTICES);
        let (wanted, online) = (AtomicBool::new(false), AtomicBool::new(true));
        let (running, status) = Default::default();
        Self { wanted, online, running, notices, status }
    }
}

impl Clove {
    /// Syncs from now on, whenever an account's todos are open. A verb in a terminal does not.
    pub async fn begin_syncing(&self) {
        self.syncing.wanted.store(true, Ordering::Release);
        self.start_sync().await;
    }

    /// Ends syncing. When this returns, nothing of it touches the database any more.
    pub async fn end_syncing(&self) {
        self.syncing.wanted.store(false, Ordering::Release);
        self.stop_sync().await;
    }

    /// Syncs at once: a window came to the front.
    pub async fn sync_now(&self) {
        if let Some(running) = &*self.running().await {
            running.sync.sync_now();
        }
    }

    /// How sync stands, now and whenever it changes: `None` while no account's todos are synced.
    #[must_use]
    pub fn sync_status(&self) -> watch::Receiver<Option<SyncStatus>> {
        self.syncing.status.subscribe()
    }

    /// How one todo stands with the server.
    ///
    /// # Errors
    /// [`Error::NotFound`], or why it could not be read.
    pub async fn standing(&self, id: TodoId) -> Result<TodoStanding, Error> {
        match &*self.running().await {
            Some(running) => running.sync.standing(id).await,
            None => self.todos().standing(id).await,
        }
    }

    /// Pushes todos again that the server did not take: these, or all.
    ///
    /// # Errors
    /// Why that could not be noted.
    pub async fn try_again(&self, ids: Option<Vec<TodoId>>) -> Result<(), Error> {
        match &*self.running().await {
            Some(running) => running.sync.try_again(ids).await,
            None => Ok(()),
        }
    }

    /// What a person should be told once.
    #[must_use]
    pub fn notices(&self) -> broadcast::Receiver<Notice> {
        self.syncing.notices.subscribe()
    }

    /// Gives the server what it has not seen, for five seconds at most, and answers how many todos hold
    /// an edit that it has not seen then.
    ///
    /// # Errors
    /// Why they could not be counted.
    pub async fn flush(&self) -> Result<usize, Error> {
        let deadline = Instant::now() + FLUSH;
        let todos = self.todos();
        let running = self.running().await;
        let Some(Running { sync, .. }) = &*running else { return todos.unsynced_count().await };
        let mut status = sync.status();
        if status.borrow_and_update().phase == Phase::Offline {
            return todos.unsynced_count().await;
        }
        sync.sync_now();
        loop {
            let count = todos.unsynced_count().await?;
            let changed = timeout_at(deadline, status.changed());
            if count == 0 || !matches!(changed.await, Ok(Ok(()))) {
                return Ok(count);
            }
            // It tried, and does not get through: it would go on trying, but nobody has to wait.
            if !matches!(status.borrow_and_update().phase, Phase::Syncing | Phase::Idle) {
                return todos.unsynced_count().await;
            }
        }
    }

    /// The network came, went or is another one. Where nobody says so, there is one.
    pub async fn network_changed(&self, online: bool) {
        let running = self.running().await;
        self.syncing.online.store(online, Ordering::Release);
        if let Some(Running { sync, .. }) = &*running {
            sync.network_changed(online);
        }
    }

    /// The system woke from sleep.
    pub async fn woke(&self) {
        if let Some(Running { sync, .. }) = &*self.running().await {
            sync.woke();
        }
    }

    /// Begins to sync the todos that are open, if they are an account's and nothing does so yet.
    pub(crate) async fn start_sync(&self) {
        let mut running = self.running().await;
        let todos = self.todos();
        let is_wanted = self.syncing.wanted.load(Ordering::Acquire);
        if !is_wanted || *todos.database() == Database::ThisDevice {
            return;
        }
        if let Some(running) = &*running {
            return running.sync.signed_in();
        }
        let server = Arc::new(Server::new(self.shared_account()));
        let online = self.syncing.online.load(Ordering::Acquire);
        let (sync, mut told) = Sync::start(todos, server, self.environment(), online);
        let (notices, shown) = (self.syncing.notices.clone(), self.syncing.status.clone());
        let mut status = sync.status();
        let relay = tokio::spawn(async move {
            let tell = async {
                while let Some(notice) = told.recv().await {
                    // Without a window there is nobody to tell.
                    let _ = notices.send(notice);
                }
            };
            let show = async {
                loop {
                    shown.send_replace(Some(status.borrow_and_update().clone()));
                    if status.changed().await.is_err() {
                        return;
                    }
                }
            };
            tokio::join!(tell, show);
        });
        *running = Some(Running { sync, relay });
    }

    /// Ends the sync of the todos that are open: they are about to be closed.
    pub(crate) async fn stop_sync(&self) {
        let mut running = self.running().await;
        if let Some(Running { sync, relay }) = running.take() {
            sync.stop().await;
            if let Err(error) = relay.await {
                tracing::error!(%error, "what sync said was not handed on to its end");
            }
            self.syncing.status.send_replace(None);
        }
    }

    async fn running(&self) -> MutexGuard<'_, Option<Running>> {
        self.syncing.running.lock().await
    }
}
