//! One device: the app's own todos, store and engine, with a clock that may be wrong.

use std::{
    collections::BTreeMap,
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
    task::{Context, Poll, Waker},
    time::Duration,
};

use super::dice::Dice;
use crate::{
    clock::{Clock, Millis},
    environment::Environment,
    random::Random,
    store::{Database, simulated::Memory},
    sync::{
        engine::{Engine, Now},
        work::Outcome,
    },
    todos::Todos,
};

/// Whose todos a database holds; nobody's are those of "this device only".
pub(super) type Owner = Option<usize>;

pub(super) struct Device {
    pub(super) clock: Arc<DeviceClock>,
    pub(super) environment: Environment,
    pub(super) memories: BTreeMap<Owner, Memory>,
    pub(super) owner: Owner,
    pub(super) todos: Todos,
    pub(super) engine: Option<Engine>,
    /// The number of this run of the app: what belongs to an earlier one is not heard any more.
    pub(super) run: u64,
    pub(super) started: i64,
    pub(super) online: bool,
    /// A network that takes everything and answers nothing.
    pub(super) black_hole: bool,
    /// Whether the token is good, and whether a new one can be had.
    pub(super) token: bool,
    pub(super) session: bool,
    pub(super) tick_at: Option<i64>,
    /// Work that is done, and whose outcome the engine has yet to hear.
    pub(super) outcome: Option<Result<Outcome, crate::Error>>,
    pub(super) copies: usize,
    pub(super) edits: u64,
    /// Whether the clock was measured since it was last set.
    pub(super) measured: bool,
    /// Until when the server asked to be left alone.
    pub(super) left_alone: i64,
    /// Whether what it has just been told is what a pull would bring.
    pub(super) takes_pages: bool,
    /// The call that it waits for. It does not hear the answer to one that it gave up.
    pub(super) awaits: Option<u64>,
}

/// A clock that is wrong by `skew`.
#[derive(Debug, Default)]
pub(super) struct DeviceClock {
    now: AtomicI64,
    pub(super) skew: AtomicI64,
}

impl DeviceClock {
    pub(super) fn set(&self, now: i64) {
        self.now.store(now, Ordering::Relaxed);
    }

    pub(super) fn skew(&self, by: i64) {
        self.skew.store(by, Ordering::Relaxed);
    }
}

impl Clock for DeviceClock {
    fn now(&self) -> Millis {
        Millis::clamped(self.now.load(Ordering::Relaxed) + self.skew.load(Ordering::Relaxed))
    }
}

/// The app's randomness on one device.
#[derive(Debug)]
struct Seeded(AtomicU64);

impl Seeded {
    fn new(seed: u64) -> Self {
        Self(AtomicU64::new(seed))
    }
}

impl Random for Seeded {
    fn fill(&self, bytes: &mut [u8]) {
        let state = self.0.fetch_add(0x1234_5678_9ABC_DEF1, Ordering::Relaxed);
        let mut dice = Dice::at(state);
        for chunk in bytes.chunks_mut(8) {
            chunk.copy_from_slice(&dice.next().to_le_bytes()[..chunk.len()]);
        }
    }
}

impl Device {
    pub(super) fn new(number: usize, seed: u64, now: i64) -> Self {
        let clock = Arc::new(DeviceClock::default());
        clock.set(now);
        let random = Arc::new(Seeded::new(seed ^ ((number as u64 + 1) << 56)));
        let environment = Environment { clock: clock.clone(), random };
        let memory = Memory::new();
        let todos = Todos::over(
            memory.open(&*environment.random),
            Database::ThisDevice,
            environment.clone(),
        );
        Self {
            clock,
            todos,
            environment,
            memories: BTreeMap::from([(None, memory)]),
            owner: None,
            engine: None,
            run: 0,
            started: now,
            online: true,
            black_hole: false,
            token: true,
            session: true,
            tick_at: None,
            outcome: None,
            copies: 0,
            edits: 0,
            measured: false,
            left_alone: 0,
            awaits: None,
            takes_pages: true,
        }
    }

    pub(super) fn now(&self, now: i64) -> Now {
        let elapsed = u64::try_from(now - self.started).unwrap_or(0);
        Now { elapsed: Duration::from_millis(elapsed), wall: Some(self.clock.now()) }
    }

    pub(super) fn memory(&self) -> &Memory {
        &self.memories[&self.owner]
    }

    /// Starts the app anew, with the todos of `owner`.
    pub(super) fn start(&mut self, owner: Owner, now: i64) {
        self.owner = owner;
        self.run += 1;
        self.started = now;
        self.tick_at = None;
        self.outcome = None;
        self.measured = false;
        self.left_alone = 0;
        self.awaits = None;
        let memory = self.memories.entry(owner).or_insert_with(Memory::new).clone();
        // On a disk that takes nothing the app does not start.
        repair_disk(&memory);
        let random = self.environment.random.clone();
        self.todos =
            Todos::over(memory.open(&*random), Database::ThisDevice, self.environment.clone());
        self.edits = *self.todos.edits().borrow();
        self.engine = owner.map(|_| Engine::new(random, self.online));
    }

    /// Whether the engine of this run waits for this moment.
    pub(super) fn expects_tick(&self, run: u64, now: i64) -> bool {
        self.run == run && self.tick_at == Some(now)
    }

    /// Whether an edit was made since this was last asked.
    pub(super) fn was_edited(&mut self) -> bool {
        let edits = *self.todos.edits().borrow();
        std::mem::replace(&mut self.edits, edits) != edits
    }
}

/// The outcome of something that waits for nothing: there are no threads here.
pub(super) fn ready<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("in a simulation nothing waits"),
    }
}

/// The disk takes everything again.
pub(super) fn repair_disk(memory: &Memory) {
    memory.with(|connection| {
        let read_only: bool = connection
            .pragma_query_value(None, "query_only", |row| row.get(0))
            .expect("it is one or the other");
        // To set it has SQLite prepare every statement anew.
        if read_only {
            connection.pragma_update(None, "query_only", false).expect("it is set");
        }
        let most = 1_000_000;
        let set = connection.pragma_update_and_check(None, "max_page_count", most, |_| Ok(()));
        set.expect("the bound is set");
    });
}
