//! Waiting: for a condition, never for a time.

use std::{
    thread::sleep,
    time::{Duration, Instant},
};

/// How long anything may take on a busy machine before the test fails.
pub(crate) const LIMIT: Duration = Duration::from_secs(30);

/// Waits until `condition` holds; panics with `what` was awaited after [`LIMIT`].
#[track_caller]
pub(crate) fn until(what: &str, mut condition: impl FnMut() -> bool) {
    until_some(what, || condition().then_some(()));
}

/// Waits until `find` finds something.
#[track_caller]
pub(crate) fn until_some<T>(what: &str, mut find: impl FnMut() -> Option<T>) -> T {
    let begun = Instant::now();
    loop {
        if let Some(found) = find() {
            return found;
        }
        assert!(begun.elapsed() < LIMIT, "waited {} s in vain until {what}", LIMIT.as_secs());
        sleep(Duration::from_millis(25));
    }
}
