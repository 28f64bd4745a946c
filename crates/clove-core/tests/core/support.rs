//! What every test here needs.

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
};

use clove_core::{
    Environment, TodoId, Todos,
    clock::{Clock, Millis},
    random::Random,
    view::{Filter, Sort, TodoRow},
};
use rusqlite::{Connection, OpenFlags};

/// A clock that stands still until it is set.
#[derive(Debug)]
pub(crate) struct TestClock(AtomicI64);

impl TestClock {
    pub(crate) fn set(&self, now: i64) {
        self.0.store(now, Ordering::Relaxed);
    }
}

impl Clock for TestClock {
    fn now(&self) -> Millis {
        Millis::clamped(self.0.load(Ordering::Relaxed))
    }
}

/// The generator SplitMix64: the same numbers in every run.
#[derive(Debug)]
pub(crate) struct Seeded(AtomicU64);

impl Seeded {
    pub(crate) fn new(seed: u64) -> Self {
        Self(AtomicU64::new(seed))
    }

    pub(crate) fn below(&self, bound: u64) -> u64 {
        let mut x = self.0.fetch_add(0x9E37_79B9_7F4A_7C15, Ordering::Relaxed);
        x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (x ^ (x >> 31)) % bound
    }
}

impl Random for Seeded {
    fn fill(&self, bytes: &mut [u8]) {
        bytes.fill_with(|| u8::try_from(self.below(256)).unwrap_or_default());
    }
}

/// An environment whose clock the test sets.
pub(crate) fn environment() -> (Environment, Arc<TestClock>) {
    let clock = Arc::new(TestClock(AtomicI64::new(1_700_000_000_000)));
    // The clock stands still: only the seed keeps two openings from making the same ids.
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let random = Arc::new(Seeded::new(NEXT.fetch_add(1, Ordering::Relaxed)));
    (Environment { clock: clock.clone(), random }, clock)
}

pub(crate) fn open(folder: &Path) -> Todos {
    Todos::open(folder, environment().0).expect("the store opens")
}

pub(crate) fn wait<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().build().expect("a runtime").block_on(future)
}

pub(crate) fn add(clove: &Todos, title: &str) -> TodoId {
    wait(clove.add(title, None)).expect("the add is saved").todos[0].id
}

/// Every row of a list.
pub(crate) fn rows(clove: &Todos, filter: Filter) -> Vec<TodoRow> {
    let window = wait(clove.list(filter, Sort::Oldest, 0, 1_000_000)).expect("the list is read");
    assert_eq!(window.rows.len(), window.total, "a window that is large enough holds the list");
    window.rows
}

pub(crate) fn titles(clove: &Todos, filter: Filter) -> Vec<String> {
    rows(clove, filter).into_iter().map(|row| row.title).collect()
}

pub(crate) fn database(folder: &Path) -> PathBuf {
    folder.join("this-device.db")
}

/// The database without Clove.
#[allow(clippy::disallowed_methods, reason = "a test looks at, or spoils, the file itself")]
pub(crate) fn raw(path: &Path) -> Connection {
    Connection::open_with_flags(path, OpenFlags::default()).expect("SQLite opens the file")
}
