//! A thread of its own in front of a [`Vault`], so that nobody hangs on a keyring that waits for a person.

use std::{
    collections::{BTreeMap, VecDeque},
    pin::Pin,
    sync::{
        Arc,
        mpsc::{self, RecvTimeoutError},
    },
    task::{Context, Poll, ready},
    thread,
    time::Duration,
};

use tokio::sync::{oneshot, watch};

use super::vault::{Vault, VaultError};
use crate::{
    secret::Secret,
    words::{Spoken, told},
};

/// What becomes of the secrets that are written, by the keyring's newest answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Persistence {
    /// They are in the keyring, and there when Clove starts again.
    Keyring,
    /// They are in memory, and gone when Clove ends.
    Memory {
        /// Why, and what to do, in whole sentences.
        reason: String,
    },
    /// The keyring is locked, or has not answered for [`Keeper::PATIENCE`]: it must be unlocked. What was to
    /// be written waits in memory.
    Waiting,
}

/// The keeper of secrets. It asks the vault for one thing at a time, in order, and never opens a
/// second dialog while one is open.
///
/// What the vault does not take stays in memory and answers reads, so that Clove goes on without a
/// keyring. Once a person has closed the keyring's dialog, nothing opens it again until
/// [`Keeper::ask_again`].
///
/// Nobody waits for the thread when Clove ends, since it may hang on a dialog.
#[derive(Debug)]
pub struct Keeper {
    requests: mpsc::Sender<Request>,
    persistence: watch::Receiver<Persistence>,
}

impl Keeper {
    /// How long to wait for an answer before going on without it.
    pub const PATIENCE: Duration = Duration::from_secs(5);

    /// Starts the thread.
    #[must_use]
    pub fn start(vault: Arc<dyn Vault>) -> Self {
        Self::start_with(vault, Self::PATIENCE, Box::new(|| ()))
    }

    /// Starts the thread, which calls `changed` after each change of [`Self::persistence`].
    pub(crate) fn start_telling(vault: Arc<dyn Vault>, changed: Changed) -> Self {
        Self::start_with(vault, Self::PATIENCE, changed)
    }

    fn start_with(vault: Arc<dyn Vault>, patience: Duration, changed: Changed) -> Self {
        let (requests, incoming) = mpsc::channel();
        let (published, persistence) = watch::channel(Persistence::Keyring);
        let worker = Worker {
            vault,
            patience,
            incoming,
            waiting: VecDeque::new(),
            unsaved: BTreeMap::new(),
            trouble: None,
            published,
            changed,
        };
        worker.publish();
        let thread = thread::Builder::new().name("clove-keeper".to_owned());
        if let Err(error) = thread.spawn(move || worker.run()) {
            tracing::error!(%error, "the keeper's thread could not be started");
        }
        Self { requests, persistence }
    }

    /// Asks for the secret of this name. It is not asked for if the answer is dropped in time.
    pub fn read(&self, name: &str) -> Answer<Option<Secret>> {
        self.ask(|answer| Request::Read { name: name.to_owned(), answer })
    }

    /// Has a secret kept. While it waits, a newer one of this name takes its place, and answers for it.
    pub fn write(&self, name: &str, secret: Secret) -> Answer<()> {
        let change = Change { name: name.to_owned(), secret: Some(secret) };
        self.ask(|answer| Request::Write { change, answers: vec![answer] })
    }

    /// Has a secret forgotten: a write of nothing.
    pub fn remove(&self, name: &str) -> Answer<()> {
        let change = Change { name: name.to_owned(), secret: None };
        self.ask(|answer| Request::Write { change, answers: vec![answer] })
    }

    /// Tries once more to write what is in memory alone. A locked keyring may open its dialog.
    pub fn ask_again(&self) {
        // Without the thread, those who wait for answers hear so.
        let _ = self.requests.send(Request::AskAgain);
    }

    /// What becomes of the secrets that are written, and how that changes.
    pub fn persistence(&self) -> watch::Receiver<Persistence> {
        self.persistence.clone()
    }

    fn ask<T>(&self, request: impl FnOnce(Sender<T>) -> Request) -> Answer<T> {
        let (answer, answered) = oneshot::channel();
        // Without the thread, the answer is dropped, and whoever waits for it hears so.
        let _ = self.requests.send(request(answer));
        Answer(answered)
    }
}

/// An answer of the vault, as soon as there is one. Dropping it withdraws no write.
#[derive(Debug)]
#[must_use = "a read is not asked for if its answer is dropped"]
pub struct Answer<T>(oneshot::Receiver<Result<T, VaultError>>);

impl<T> Answer<T> {
    /// The answer, if it comes within this time.
    ///
    /// # Errors
    /// The answer itself, which can be waited for on.
    pub async fn within(mut self, bound: Duration) -> Result<Result<T, VaultError>, Self> {
        tokio::time::timeout(bound, &mut self).await.map_err(|_| self)
    }
}

impl<T> Future for Answer<T> {
    type Output = Result<T, VaultError>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let answer = ready!(Pin::new(&mut self.0).poll(context));
        Poll::Ready(answer.unwrap_or_else(|_| Err(gone())))
    }
}

/// Called by the keeper's thread. It must not wait.
pub(crate) type Changed = Box<dyn Fn() + Send>;

type Sender<T> = oneshot::Sender<Result<T, VaultError>>;

#[derive(Debug)]
enum Request {
    Read { name: String, answer: Sender<Option<Secret>> },
    Write { change: Change, answers: Vec<Sender<()>> },
    AskAgain,
}

/// A secret to be written, or to be removed where there is none.
#[derive(Debug, Clone)]
struct Change {
    name: String,
    secret: Option<Secret>,
}

struct Worker {
    vault: Arc<dyn Vault>,
    patience: Duration,
    incoming: mpsc::Receiver<Request>,
    waiting: VecDeque<Request>,
    /// What the vault did not take: the newest of each name.
    unsaved: BTreeMap<String, Option<Secret>>,
    /// Why what is written is not in the vault. While it is `Locked`, nothing is asked.
    trouble: Option<VaultError>,
    published: watch::Sender<Persistence>,
    changed: Changed,
}

impl Worker {
    fn run(mut self) {
        while let Some(request) = self.next() {
            match request {
                // Nobody is there to read it: no dialog for nobody.
                Request::Read { answer, .. } if answer.is_closed() => {}
                Request::Read { name, answer } => {
                    let outcome = self.read(name);
                    let _ = answer.send(outcome);
                }
                Request::Write { change, answers } => {
                    let outcome = self.write(change);
                    answers.into_iter().for_each(|answer| drop(answer.send(outcome.clone())));
                }
                Request::AskAgain => self.retry(),
            }
        }
    }

    /// The next request, after all that have come are in the queue.
    fn next(&mut self) -> Option<Request> {
        self.take_in();
        if self.waiting.is_empty() {
            return self.incoming.recv().ok();
        }
        self.waiting.pop_front()
    }

    fn take_in(&mut self) {
        while let Ok(request) = self.incoming.try_recv() {
            enqueue(&mut self.waiting, request);
        }
    }

    fn read(&mut self, name: String) -> Result<Option<Secret>, VaultError> {
        if let Some(secret) = self.unsaved.get(&name) {
            return Ok(secret.clone());
        }
        let outcome = self.call(move |vault| vault.read(&name));
        self.learn(&outcome);
        outcome
    }

    fn write(&mut self, change: Change) -> Result<(), VaultError> {
        let Change { name, secret } = change.clone();
        let outcome = self.call(move |vault| match &secret {
            Some(secret) => vault.write(&name, secret),
            None => vault.remove(&name),
        });
        match &outcome {
            Ok(()) => self.unsaved.remove(&change.name),
            Err(_) => self.unsaved.insert(change.name, change.secret),
        };
        self.learn(&outcome);
        if outcome.is_ok() && !self.unsaved.is_empty() {
            // It takes secrets again.
            self.retry();
        }
        outcome
    }

    /// Calls the vault, on a thread of its own: whatever becomes of it, this one can tell the time.
    fn call<T: Send + 'static>(
        &mut self,
        work: impl FnOnce(&dyn Vault) -> Result<T, VaultError> + Send + 'static,
    ) -> Result<T, VaultError> {
        if self.trouble == Some(VaultError::Locked) {
            return Err(VaultError::Locked);
        }
        let (done, outcome) = mpsc::channel();
        let vault = self.vault.clone();
        let thread = thread::Builder::new().name("clove-keyring".to_owned());
        let spawned = thread.spawn(move || drop(done.send(work(&*vault))));
        if let Err(error) = spawned {
            tracing::error!(%error, "a thread for the keyring could not be started");
        }
        let outcome = match outcome.recv_timeout(self.patience) {
            Err(RecvTimeoutError::Timeout) => {
                self.become_known(Persistence::Waiting);
                outcome.recv().ok()
            }
            outcome => outcome.ok(),
        };
        let outcome = outcome.unwrap_or_else(|| Err(gone()));
        if matches!(outcome, Err(VaultError::Locked)) {
            // Whoever asked again while the dialog was open meant this dialog, which was closed since.
            self.take_in();
            self.waiting.retain(|request| !matches!(request, Request::AskAgain));
        }
        outcome
    }

    /// Draws the consequences of an answer, before it is told.
    fn learn<T>(&mut self, outcome: &Result<T, VaultError>) {
        match outcome {
            Err(error) => self.trouble = Some(error.clone()),
            Ok(_) if self.unsaved.is_empty() => self.trouble = None,
            Ok(_) => {}
        }
        self.publish();
    }

    fn publish(&self) {
        let now = match &self.trouble {
            Some(VaultError::Locked) => Persistence::Waiting,
            Some(error) => Persistence::Memory { reason: error.say() },
            None if self.vault.is_lasting() => Persistence::Keyring,
            None => Persistence::Memory { reason: told("keyring-by-choice") },
        };
        self.become_known(now);
    }

    fn become_known(&self, now: Persistence) {
        let changed = self.published.send_if_modified(|before| {
            let changed = *before != now;
            *before = now;
            changed
        });
        if changed {
            (self.changed)();
        }
    }

    /// Has the vault asked again for what it did not take, ahead of all that waits.
    fn retry(&mut self) {
        self.trouble = None;
        for (name, secret) in std::mem::take(&mut self.unsaved) {
            let change = Change { name, secret };
            self.waiting.push_front(Request::Write { change, answers: Vec::new() });
        }
    }
}

/// Puts a request at the end of the queue. A write goes to the place of the last of its name, if one waits.
fn enqueue(waiting: &mut VecDeque<Request>, request: Request) {
    let Request::Write { change: newer, answers: more } = request else {
        return waiting.push_back(request);
    };
    for earlier in waiting.iter_mut().rev() {
        if let Request::Write { change, answers } = earlier
            && change.name == newer.name
        {
            *change = newer;
            return answers.extend(more);
        }
    }
    waiting.push_back(Request::Write { change: newer, answers: more });
}

fn gone() -> VaultError {
    VaultError::Refused
}

#[cfg(test)]
#[path = "keeper_tests.rs"]
mod tests;
