//! The one loop of sync, as a state machine: it is told what happened, and says what to do next. It
//! touches neither network, disk nor clock, so that a simulation runs this very code.
//!
//! It does one thing at a time: a call to the server, or a piece of work in the store. So no order of
//! answers has to be thought of but the one here: hello, pull to the end, push.

use std::{sync::Arc, time::Duration};

use super::{
    agreed::Agreed,
    deletions::Deletions,
    remote::RemoteError,
    retry::Retry,
    status::{FirstSync, LostEdit, Notice, Phase, SyncStatus},
    wire::{Hello, Page, Pushed, SCHEMA_VERSION, Tail},
    work::{Outcome, Task},
};
use crate::{
    clock::Millis,
    error::Error,
    random::Random,
    store::{Applied, Choice, Position, Taken},
    todo::{Todo, TodoId},
    words::Reason,
};

/// An edit after this long without one is pushed at once. One that comes sooner waits until no other
/// has come for as long, so that edits that come together travel together.
const QUIET: Duration = Duration::from_millis(50);
/// An edit that waits is pushed after this, however many come behind it.
const PATIENCE: Duration = Duration::from_millis(500);
/// A pull nobody asked for, in case a hint was lost.
const POLL: Duration = Duration::from_secs(60);
/// How long an answer is waited for.
const TIME_OUT: Duration = Duration::from_secs(30);
/// A clock that moves so much against the passing of time was set.
const CLOCK_JUMP_MS: i64 = 2_000;
/// A clock that is so much further than the time that passed was set, or the machine slept: time does
/// not pass then, neither on Linux (`CLOCK_MONOTONIC`) nor on macOS (`CLOCK_UPTIME_RAW`).
const SLEPT_MS: i64 = 30_000;
/// How far ahead of the server a stamp may be before the server puts it back (`convex/plan.ts`).
const AHEAD_MS: i64 = 5_000;

/// A moment: since the engine's start, which no one can set, and by this device's clock, which may be
/// wrong.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Now {
    pub(crate) elapsed: Duration,
    pub(crate) wall: Option<Millis>,
}

/// What happened.
#[derive(Debug)]
pub(crate) enum Event {
    /// Time passed.
    Tick,
    /// A person edited a todo.
    Edited,
    /// The server told, unasked, its newest rows.
    Told(Tail),
    /// The network came or went.
    Network(bool),
    /// The system woke from sleep.
    Woke,
    /// A window came to the front, or the person asked for a sync.
    Wanted,
    /// Somebody signed in.
    SignedIn,
    /// A call was answered, by its number.
    Answered(u64, Result<Answered, RemoteError>),
    /// A piece of work is done.
    Worked(Result<Outcome, Error>),
    /// Sync ends.
    Stop,
}

/// What the server answered.
#[derive(Debug)]
pub(crate) enum Answered {
    Hello(Hello),
    Page(Page),
    Pushed(Pushed),
    Renewed,
}

/// A call to the server.
#[derive(Debug, Clone)]
pub(crate) enum Ask {
    Hello,
    Pull { epoch: i64, since: i64 },
    Push(Arc<Vec<Todo>>),
    Renew,
}

/// What to do.
#[derive(Debug)]
pub(crate) enum Effect {
    /// Call the server; the answer carries this number.
    Ask(u64, Ask),
    /// The answer to this call is not waited for any more.
    Abandon(u64),
    /// Do a piece of work.
    Work(Task),
    /// Tell the person.
    Tell(Notice),
    /// Connect anew to where the server tells its newest rows; or, without a network, not at all.
    Listen(bool),
}

/// The state.
pub(crate) struct Engine {
    random: Arc<dyn Random>,
    online: bool,
    stopped: bool,
    access: Access,
    busy: Busy,
    calls: u64,
    retry: Retry,
    problem: Option<String>,
    /// How far the database is; `None` until it is read.
    position: Option<Position>,
    /// Whether the server's epoch and clock are known.
    greeted: bool,
    /// Whether to pull, whatever was hinted at.
    pull: bool,
    /// The greatest rev that the server told of.
    hinted: i64,
    /// What the server has just told: later it is no more than a hint.
    tail: Option<Tail>,
    poll_at: Duration,
    run: Run,
    deletions: Deletions,
    /// Whether something waits to be pushed.
    push: bool,
    /// The edits that wait to be pushed.
    edited: Option<Edited>,
    /// When the last edit was made.
    edited_at: Option<Duration>,
    /// Whether edits were made that are not counted yet.
    uncounted: bool,
    /// Parts of a push that failed as a whole.
    parts: Vec<Vec<TodoId>>,
    /// This device's clock less the time that passed: it stays the same, unless the clock is set.
    drift: Option<i64>,
    agreed: Agreed,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Access {
    Granted,
    /// A new token has come; if it is refused too, hurry does not help.
    Renewed,
    /// A new token is needed.
    Refused,
    /// The person has to sign in.
    SignInNeeded,
}

enum Busy {
    Free,
    Asking { id: u64, sent: Now, ask: Ask },
    Working,
}

/// Edits that wait: until when, and for how long at the most.
#[derive(Clone, Copy)]
struct Edited {
    due: Duration,
    latest: Duration,
}

/// A pull, from its first page to its last.
#[derive(Default)]
struct Run {
    first: bool,
    rows: usize,
    of: i64,
    page: Option<Arc<Page>>,
    deletes: bool,
}

impl Engine {
    /// An engine that has done nothing yet.
    pub(crate) fn new(random: Arc<dyn Random>, online: bool) -> Self {
        Self {
            random,
            online,
            stopped: false,
            access: Access::Granted,
            busy: Busy::Free,
            calls: 0,
            retry: Retry::default(),
            problem: None,
            position: None,
            greeted: false,
            pull: false,
            hinted: 0,
            tail: None,
            poll_at: Duration::ZERO,
            run: Run::default(),
            deletions: Deletions::default(),
            push: true,
            edited: None,
            edited_at: None,
            uncounted: false,
            parts: Vec::new(),
            drift: None,
            agreed: Agreed::default(),
        }
    }

    /// Takes an event in, and says what to do next.
    pub(crate) fn handle(&mut self, now: Now, event: Event) -> Vec<Effect> {
        let mut effects = Vec::new();
        let slept = self.watch_clock(now);
        match event {
            Event::Tick => {}
            Event::Edited => self.take_edit(now.elapsed),
            Event::Told(tail) => self.take_tail(tail),
            Event::Network(online) => {
                self.online = online;
                self.reconnect(&mut effects);
            }
            Event::Woke => self.reconnect(&mut effects),
            Event::Wanted => {
                self.pull = true;
                self.push = true;
                self.retry.hurry();
            }
            Event::SignedIn => {
                self.access = Access::Granted;
                self.reconnect(&mut effects);
            }
            Event::Answered(id, answer) => self.answered(now, id, answer, &mut effects),
            Event::Worked(outcome) => self.worked(now, outcome, &mut effects),
            Event::Stop => {
                self.stopped = true;
                self.abandon(&mut effects);
            }
        }
        // An answer that did come counts.
        if slept && !self.stopped {
            self.reconnect(&mut effects);
        }
        self.time_out(now, &mut effects);
        self.next(now, &mut effects);
        self.tail = None;
        effects
    }

    /// When it has to be told that time passed; `None` where there is nothing to wait for.
    pub(crate) fn deadline(&self, now: Duration) -> Option<Duration> {
        if let Busy::Asking { sent, .. } = &self.busy {
            return Some(sent.elapsed + TIME_OUT);
        }
        if self.stopped || matches!(self.busy, Busy::Working) {
            return None;
        }
        if self.position.is_some() && (!self.online || self.access == Access::SignInNeeded) {
            return None;
        }
        self.retry.until(now).or_else(|| {
            Some(self.edited.map_or(self.poll_at, |edited| edited.due.min(self.poll_at)))
        })
    }

    /// How sync stands.
    pub(crate) fn status(&self, now: Duration) -> SyncStatus {
        let position = self.position.unwrap_or_default();
        let phase = match () {
            () if !self.online => Phase::Offline,
            () if self.access == Access::SignInNeeded => Phase::SignInNeeded,
            () if self.retry.until(now).is_some() => Phase::Waiting,
            () if matches!(self.busy, Busy::Free) && self.edited.is_none() => Phase::Idle,
            () => Phase::Syncing,
        };
        let (rows, of) = (self.run.rows, self.run.of);
        let first_sync = FirstSync { rows, rev: position.cursor.min(of), of };
        SyncStatus {
            phase,
            unsynced: position.unsynced,
            set_aside: position.aside,
            unread: position.unread,
            synced_at: self.agreed.at().map(Millis::get),
            first_sync: self.run.first.then_some(first_sync),
            problem: self.problem.clone(),
        }
    }

    /// The todos that are on their way to the server.
    pub(crate) fn sending(&self) -> Option<Arc<Vec<Todo>>> {
        match &self.busy {
            Busy::Asking { ask: Ask::Push(todos), .. } => Some(todos.clone()),
            _ => None,
        }
    }

    /// Whether there is a network, as far as the system knows.
    pub(crate) fn is_online(&self) -> bool {
        self.online
    }

    /// Whether it was stopped, and no work is under way any more: then the database may be closed.
    pub(crate) fn is_over(&self) -> bool {
        self.stopped && !matches!(self.busy, Busy::Working)
    }

    /// The next step, if it is time for one.
    fn next(&mut self, now: Now, effects: &mut Vec<Effect>) {
        if !matches!(self.busy, Busy::Free) {
            return;
        }
        if let Some(at) = self.agreed.take_unnoted(self.stopped) {
            return self.work(Task::NoteSynced(at), effects);
        }
        if self.stopped {
            return;
        }
        let waits = self.retry.until(now.elapsed).is_some();
        let Some(position) = self.position else {
            if !waits {
                self.work(Task::Load, effects);
            }
            return;
        };
        if waits || !self.online || self.access == Access::SignInNeeded {
            // A push would count them; so that the person sees what waits, this has to.
            if std::mem::take(&mut self.uncounted) {
                self.work(Task::Count, effects);
            }
            return;
        }
        if self.access == Access::Refused {
            return self.ask(now, Ask::Renew, effects);
        }
        let Some(epoch) = position.epoch.filter(|_| self.greeted) else {
            return self.ask(now, Ask::Hello, effects);
        };
        if self.is_behind() || now.elapsed >= self.poll_at {
            if let Some(page) = self.told_beyond(position.cursor) {
                return self.apply(now, page, effects);
            }
            self.pull = true;
            return self.ask(now, Ask::Pull { epoch, since: position.cursor }, effects);
        }
        if let Some(ids) = self.parts.pop() {
            return self.work(Task::Choose(Choice::These(ids)), effects);
        }
        if self.push || self.edited.is_some_and(|edited| now.elapsed >= edited.due) {
            self.push = true;
            self.edited = None;
            let server = now.wall.unwrap_or(Millis::ZERO).shifted(position.clock_offset);
            self.work(Task::Choose(Choice::Waiting(server.shifted(AHEAD_MS))), effects);
        }
    }

    fn take_edit(&mut self, now: Duration) {
        let quiet = self.edited_at.replace(now).is_none_or(|last| now >= last + QUIET);
        let latest = self.edited.map_or(now + PATIENCE, |edited| edited.latest);
        let due = if quiet { now } else { latest.min(now + QUIET) };
        self.edited = Some(Edited { due, latest });
        self.uncounted = true;
    }

    fn ask(&mut self, now: Now, ask: Ask, effects: &mut Vec<Effect>) {
        self.calls += 1;
        effects.push(Effect::Ask(self.calls, ask.clone()));
        self.busy = Busy::Asking { id: self.calls, sent: now, ask };
    }

    fn work(&mut self, task: Task, effects: &mut Vec<Effect>) {
        effects.push(Effect::Work(task));
        self.busy = Busy::Working;
    }

    fn abandon(&mut self, effects: &mut Vec<Effect>) {
        if let Busy::Asking { id, .. } = &self.busy {
            effects.push(Effect::Abandon(*id));
            self.busy = Busy::Free;
        }
    }

    fn time_out(&mut self, now: Now, effects: &mut Vec<Effect>) {
        if let Busy::Asking { sent, .. } = &self.busy
            && now.elapsed >= sent.elapsed + TIME_OUT
        {
            self.abandon(effects);
            self.fail(now, Reason::say("sync-no-answer"), None);
        }
    }
}

#[path = "answers.rs"]
mod answers;

#[cfg(test)]
#[path = "engine_tests.rs"]
mod tests;
