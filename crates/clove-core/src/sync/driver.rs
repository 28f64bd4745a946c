//! Does what the engine says: moves bytes, and tells it what came of it.

use std::{pin::Pin, sync::Arc, time::Duration};

use tokio::{
    sync::{mpsc, watch},
    time::{Instant, sleep_until},
};

use super::{
    engine::{Answered, Ask, Effect, Engine, Event, Now},
    remote::{Remote, RemoteError},
    status::{Notice, SyncStatus},
    work::{self, Outcome, Task},
};
use crate::{clock::Clock, environment::Environment, error::Error, todo::Todo, todos::Todos};

/// How often the clock is looked at, where there is a network: it tells of a sleep that the system did
/// not tell of.
const LOOK: Duration = Duration::from_secs(10);

type Pending<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// The engine, and all that it needs done for it.
pub(super) struct Driver {
    engine: Engine,
    todos: Arc<Todos>,
    remote: Arc<dyn Remote>,
    clock: Arc<dyn Clock>,
    started: Instant,
    call: Option<(u64, Pending<Result<Answered, RemoteError>>)>,
    work: Option<Pending<Result<Outcome, Error>>>,
}

/// Where it tells what goes on.
pub(super) struct Outlets {
    pub(super) status: watch::Sender<SyncStatus>,
    pub(super) sending: watch::Sender<Option<Arc<Vec<Todo>>>>,
    pub(super) notices: mpsc::UnboundedSender<Notice>,
}

impl Driver {
    pub(super) fn new(
        todos: Arc<Todos>,
        remote: Arc<dyn Remote>,
        environment: &Environment,
        online: bool,
    ) -> Self {
        Self {
            engine: Engine::new(environment.random.clone(), online),
            todos,
            remote,
            clock: environment.clock.clone(),
            started: Instant::now(),
            call: None,
            work: None,
        }
    }

    /// Runs until it is stopped, or nobody is left who could stop it.
    pub(super) async fn run(
        mut self,
        mut happened: mpsc::UnboundedReceiver<Event>,
        outlets: Outlets,
    ) {
        let mut edits = self.todos.edits();
        let mut tails = self.remote.tails();
        self.remote.listen(self.engine.is_online());
        let mut event = Event::Tick;
        loop {
            self.take_in(event, &outlets);
            if self.engine.is_over() {
                return;
            }
            let (now, deadline) = (self.elapsed(), self.engine.deadline(self.elapsed()));
            let deadline = deadline.map(|at| self.started + at.min(now + LOOK));
            event = tokio::select! {
                event = happened.recv() => event.unwrap_or(Event::Stop),
                Ok(()) = edits.changed() => Event::Edited,
                Ok(()) = tails.changed() => {
                    tails.borrow_and_update().clone().map_or(Event::Tick, Event::Told)
                }
                (id, answer) = answered(&mut self.call) => Event::Answered(id, answer),
                outcome = worked(&mut self.work) => Event::Worked(outcome),
                () = wake(deadline) => Event::Tick,
            };
        }
    }

    fn take_in(&mut self, event: Event, outlets: &Outlets) {
        let now = Now { elapsed: self.elapsed(), wall: Some(self.clock.now()) };
        for effect in self.engine.handle(now, event) {
            match effect {
                Effect::Ask(id, ask) => self.call = Some((id, self.ask(ask))),
                Effect::Abandon(id) => {
                    self.call.take_if(|(pending, _)| *pending == id);
                }
                Effect::Work(task) => self.work = Some(self.perform(task)),
                Effect::Tell(notice) => {
                    // Where no window listens there is nobody to tell.
                    let _ = outlets.notices.send(notice);
                }
                Effect::Listen(wanted) => self.remote.listen(wanted),
            }
        }
        outlets.sending.send_replace(self.engine.sending());
        let status = self.engine.status(now.elapsed);
        outlets.status.send_if_modified(|known| {
            let changed = *known != status;
            *known = status;
            changed
        });
    }

    fn ask(&self, ask: Ask) -> Pending<Result<Answered, RemoteError>> {
        let remote = self.remote.clone();
        Box::pin(async move {
            match ask {
                Ask::Hello => remote.hello().await.map(Answered::Hello),
                Ask::Pull { epoch, since } => remote.pull(epoch, since).await.map(Answered::Page),
                Ask::Push(todos) => remote.push(&todos).await.map(Answered::Pushed),
                Ask::Renew => remote.renew().await.map(|()| Answered::Renewed),
            }
        })
    }

    fn perform(&self, task: Task) -> Pending<Result<Outcome, Error>> {
        let todos = self.todos.clone();
        Box::pin(async move { work::perform(todos.store(), task).await })
    }

    fn elapsed(&self) -> Duration {
        self.started.elapsed()
    }
}

/// The answer to the call under way; never, where there is none.
async fn answered(
    call: &mut Option<(u64, Pending<Result<Answered, RemoteError>>)>,
) -> (u64, Result<Answered, RemoteError>) {
    let Some((id, pending)) = call else { return std::future::pending().await };
    let answer = (*id, pending.await);
    *call = None;
    answer
}

async fn worked(work: &mut Option<Pending<Result<Outcome, Error>>>) -> Result<Outcome, Error> {
    let Some(pending) = work else { return std::future::pending().await };
    let outcome = pending.await;
    *work = None;
    outcome
}

async fn wake(deadline: Option<Instant>) {
    match deadline {
        Some(deadline) => sleep_until(deadline).await,
        None => std::future::pending().await,
    }
}
