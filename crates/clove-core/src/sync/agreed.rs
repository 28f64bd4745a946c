//! When the server and this device last agreed, and what of that is on the disk.

use crate::clock::Millis;

/// So much later than the noted moment, in milliseconds, another one is worth a write: what a crash
/// takes away of it is no more.
const WORTH_NOTING: i64 = 10 * 60_000;

/// The moments, by this device's clock.
#[derive(Debug, Default)]
pub(super) struct Agreed {
    at: Option<Millis>,
    noted: Option<Millis>,
}

impl Agreed {
    /// When that was; `None` where it never was, or is not known yet.
    pub(super) fn at(&self) -> Option<Millis> {
        self.at
    }

    /// They agree now. Where no clock can be read, the last moment stays.
    pub(super) fn set(&mut self, now: Option<Millis>) {
        self.at = now.or(self.at);
    }

    /// Takes up what was noted before this start.
    pub(super) fn remember(&mut self, noted: Option<Millis>) {
        if self.at.is_none() {
            (self.at, self.noted) = (noted, noted);
        }
    }

    /// What has to be noted now: once each time, and at the end whatever is newer.
    pub(super) fn take_unnoted(&mut self, ends: bool) -> Option<Millis> {
        let at = self.at.filter(|at| Some(*at) != self.noted)?;
        // A clock that was set back counts, too.
        let is_worth = |noted: Millis| (at.get() - noted.get()).abs() >= WORTH_NOTING;
        if !ends && !self.noted.is_none_or(is_worth) {
            return None;
        }
        self.noted = Some(at);
        Some(at)
    }
}

#[cfg(test)]
#[path = "agreed_tests.rs"]
mod tests;
