//! When to try again.

use std::time::Duration;

use crate::random::Random;

/// The longest wait before the second try; it doubles with each failure.
const FIRST: Duration = Duration::from_millis(500);
/// The longest wait of all, unless the server asks for more.
const LONGEST: Duration = Duration::from_secs(60);
/// The longest that a server may ask to be left alone.
const ASKED_MOST: Duration = Duration::from_secs(60 * 60);

/// How often it went wrong, and until when to wait. Moments are counted from the engine's start.
#[derive(Debug, Default)]
pub(super) struct Retry {
    failures: u32,
    until: Option<Duration>,
    asked: Option<Duration>,
}

impl Retry {
    /// It went wrong: waits for a random part of a time that doubles, so that devices that lost the
    /// same server do not come back to it together ("full jitter").
    pub(super) fn fail(&mut self, now: Duration, asked: Option<Duration>, random: &dyn Random) {
        let most = FIRST.saturating_mul(1 << self.failures.min(7)).min(LONGEST);
        self.failures = self.failures.saturating_add(1);
        let mut bytes = [0; 4];
        random.fill(&mut bytes);
        let part = f64::from(u32::from_le_bytes(bytes)) / f64::from(u32::MAX);
        // What was asked for before still holds, whatever goes wrong meanwhile.
        let asked = asked.map(|asked| now + asked.min(ASKED_MOST));
        self.asked = self.asked.max(asked);
        self.until = Some((now + most.mul_f64(part)).max(self.asked.unwrap_or_default()));
    }

    /// It went well.
    pub(super) fn succeed(&mut self) {
        *self = Self::default();
    }

    /// There is reason to hope: only what the server asked for is waited for.
    pub(super) fn hurry(&mut self) {
        self.failures = 0;
        self.until = self.asked;
    }

    /// Until when to wait, where that is yet to come.
    pub(super) fn until(&self, now: Duration) -> Option<Duration> {
        self.until.filter(|until| *until > now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::Zeros;

    #[test]
    fn a_failure_of_the_disk_does_not_shorten_what_the_server_asked_for() {
        let (mut retry, minute) = (Retry::default(), Duration::from_secs(60));
        retry.fail(Duration::ZERO, Some(minute), &Zeros);
        retry.fail(Duration::from_secs(1), None, &Zeros);
        assert_eq!(retry.until(Duration::from_secs(2)), Some(minute), "it is still asked for");
    }
}
