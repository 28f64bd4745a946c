//! One list on every device: what is pushed, what is pulled, and when.
//!
//! [`Sync`] is the way in. Below it, `engine` decides what to do next and touches nothing, `driver`
//! does it, `acknowledge` decides what a row of the server's means, and `wire` reads what comes.

pub(crate) mod acknowledge;
mod agreed;
mod ahead;
mod deletions;
mod driver;
pub(crate) mod engine;
mod live;
pub(crate) mod remote;
mod retry;
pub(crate) mod server;
pub mod status;
pub(crate) mod wire;
pub(crate) mod work;

use std::sync::Arc;

use tokio::{
    sync::{mpsc, watch},
    task::JoinHandle,
};

use self::{
    engine::Event,
    remote::Remote,
    status::{Notice, SyncStatus, TodoStanding},
};
use crate::{
    environment::Environment,
    error::Error,
    store,
    todo::{Todo, TodoId},
    todos::Todos,
};

/// The sync of one open database with the account that it belongs to.
pub struct Sync {
    todos: Arc<Todos>,
    events: mpsc::UnboundedSender<Event>,
    status: watch::Receiver<SyncStatus>,
    sending: watch::Receiver<Option<Arc<Vec<Todo>>>>,
    task: JoinHandle<()>,
}

impl Sync {
    /// Begins, on the async runtime that this is called on. What a person should be told once comes
    /// out of the second part.
    pub(crate) fn start(
        todos: Arc<Todos>,
        remote: Arc<dyn Remote>,
        environment: &Environment,
        online: bool,
    ) -> (Self, mpsc::UnboundedReceiver<Notice>) {
        let (events, happened) = mpsc::unbounded_channel();
        let (notices, told) = mpsc::unbounded_channel();
        let (status_of, status) = watch::channel(SyncStatus::default());
        let (sending_of, sending) = watch::channel(None);
        let driver = driver::Driver::new(todos.clone(), remote, environment, online);
        let outlets = driver::Outlets { status: status_of, sending: sending_of, notices };
        let task = tokio::spawn(driver.run(happened, outlets));
        (Self { todos, events, status, sending, task }, told)
    }

    /// How sync stands, now and whenever it changes.
    #[must_use]
    pub fn status(&self) -> watch::Receiver<SyncStatus> {
        self.status.clone()
    }

    /// Syncs at once: the person asked for it, or a window came to the front.
    pub fn sync_now(&self) {
        self.tell(Event::Wanted);
    }

    /// The network came or went.
    pub fn network_changed(&self, online: bool) {
        self.tell(Event::Network(online));
    }

    /// The system woke from sleep.
    pub fn woke(&self) {
        self.tell(Event::Woke);
    }

    /// The person signed in again.
    pub fn signed_in(&self) {
        self.tell(Event::SignedIn);
    }

    /// How one todo stands with the server.
    ///
    /// # Errors
    /// [`Error::NotFound`], or why it could not be read.
    pub async fn standing(&self, id: TodoId) -> Result<TodoStanding, Error> {
        let standing = self.todos.standing(id).await?;
        let sending = self.sending.borrow();
        let is_sent = sending.iter().any(|todos| todos.iter().any(|todo| todo.id == id));
        let waits = standing == TodoStanding::OnThisDevice;
        Ok(if waits && is_sent { TodoStanding::Sending } else { standing })
    }

    /// Pushes todos again that the server did not take: these, or all.
    ///
    /// # Errors
    /// Why that could not be noted.
    pub async fn try_again(&self, ids: Option<Vec<TodoId>>) -> Result<(), Error> {
        let again = move |batch: &mut store::Batch<'_>| store::try_again(batch, ids.as_deref());
        self.todos.store().write(again).await?;
        // They wait as if they had been edited, so they are counted also where nothing can be sent.
        self.tell(Event::Edited);
        self.tell(Event::Wanted);
        Ok(())
    }

    /// Ends it. When this returns nothing of it touches the database any more.
    pub async fn stop(self) {
        self.tell(Event::Stop);
        if let Err(error) = self.task.await {
            tracing::error!(%error, "sync ended in a way it should not");
        }
    }

    fn tell(&self, event: Event) {
        // After its end there is nobody to tell.
        let _ = self.events.send(event);
    }
}
