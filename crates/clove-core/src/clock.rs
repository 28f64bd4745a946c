//! Time as a value: instants are [`Millis`], and only [`SystemClock`] reads the machine's clock.

use serde::{Deserialize, Serialize};

/// A moment, in whole milliseconds since 1970-01-01T00:00:00Z.
///
/// Always within 0..=2^53-1, so that JavaScript holds it exactly
/// (ECMA-262, `Number.MAX_SAFE_INTEGER`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "i64", into = "i64")]
pub struct Millis(i64);

impl Millis {
    /// The epoch itself: the stamp of a register that was never edited.
    pub const ZERO: Self = Self(0);
    /// The greatest integer that JavaScript holds exactly.
    pub const MAX: Self = Self((1 << 53) - 1);

    /// The moment `value`, moved into the bounds of the type where it lies outside them.
    #[must_use]
    pub fn clamped(value: i64) -> Self {
        Self(value.clamp(Self::ZERO.0, Self::MAX.0))
    }

    /// The integer inside.
    #[must_use]
    pub fn get(self) -> i64 {
        self.0
    }

    /// The next millisecond. At [`Self::MAX`] there is none, and the moment stays as it is.
    #[must_use]
    pub fn next(self) -> Self {
        self.shifted(1)
    }

    /// This moment, `by` milliseconds later, or earlier where `by` is negative.
    #[must_use]
    pub fn shifted(self, by: i64) -> Self {
        Self::clamped(self.0.saturating_add(by))
    }
}

impl TryFrom<i64> for Millis {
    type Error = OutOfRange;

    fn try_from(value: i64) -> Result<Self, OutOfRange> {
        if (Self::ZERO.0..=Self::MAX.0).contains(&value) {
            Ok(Self(value))
        } else {
            Err(OutOfRange)
        }
    }
}

impl From<Millis> for i64 {
    fn from(value: Millis) -> Self {
        value.0
    }
}

/// A number that is no moment: negative, or above 2^53-1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a time must be between 0 and 2^53-1 milliseconds")]
pub struct OutOfRange;

/// Where Clove asks what time it is.
pub trait Clock: Send + Sync + 'static {
    /// The moment by this device's clock, which may be wrong.
    fn now(&self) -> Millis;
}

/// The machine's own clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[allow(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
    fn now(&self) -> Millis {
        let since_epoch = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        let millis = since_epoch.map_or(0, |elapsed| elapsed.as_millis());
        Millis::clamped(i64::try_from(millis).unwrap_or(i64::MAX))
    }
}
