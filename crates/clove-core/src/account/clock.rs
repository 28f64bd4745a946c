//! The servers' clock, measured from their answers: a device's own may be hours off.

use std::sync::{Arc, Mutex, PoisonError};

use crate::{
    clock::{Clock, Millis},
    http::Response,
};

/// When a request was sent and its answer received, by the device's clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoundTrip {
    /// Before the first byte went out.
    pub sent: Millis,
    /// After the last byte came in.
    pub received: Millis,
}

/// How far the servers' clock is ahead of the device's, in milliseconds, as far as it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offset {
    /// At least this much.
    pub low: i64,
    /// At most this much.
    pub high: i64,
}

impl Offset {
    /// The best guess, in milliseconds.
    #[must_use]
    pub fn middle(self) -> i64 {
        self.low + (self.high - self.low) / 2
    }
}

/// What an answer adds to what was known. `second` is the whole second that the server's clock showed
/// at some moment of the round trip.
///
/// Answers that agree narrow the offset down. One that contradicts what was known replaces it: one of
/// the clocks was set. A round trip that ends before it begins says nothing.
#[must_use]
pub fn narrow(known: Option<Offset>, trip: RoundTrip, second: Millis) -> Option<Offset> {
    if trip.received < trip.sent {
        return known;
    }
    let low = second.get() - trip.received.get();
    let high = second.get() + 1000 - trip.sent.get();
    let both = known.map(|known| Offset { low: known.low.max(low), high: known.high.min(high) });
    both.filter(|both| both.low <= both.high).or(Some(Offset { low, high }))
}

/// Tells the servers' time.
pub struct ServerClock {
    device: Arc<dyn Clock>,
    offset: Mutex<Option<Offset>>,
}

impl ServerClock {
    /// A clock that knows nothing yet, and shows the device's time.
    #[must_use]
    pub fn new(device: Arc<dyn Clock>) -> Self {
        Self { device, offset: Mutex::new(None) }
    }

    /// The moment by the servers' clock.
    #[must_use]
    pub fn now(&self) -> Millis {
        self.device.now().shifted(self.offset().map_or(0, Offset::middle))
    }

    /// The moment by the device's own clock.
    #[must_use]
    pub fn device_now(&self) -> Millis {
        self.device.now()
    }

    /// How far the servers' clock is ahead; `None` until one has answered.
    #[must_use]
    pub fn offset(&self) -> Option<Offset> {
        *self.offset.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes in the whole second that a server's clock showed during a round trip.
    pub fn observe(&self, trip: RoundTrip, second: Millis) {
        let mut offset = self.offset.lock().unwrap_or_else(PoisonError::into_inner);
        *offset = narrow(*offset, trip, second);
    }

    /// Takes in the header `Date` of an answer (RFC 9110, section 6.6.1), where it has one.
    pub fn observe_date(&self, trip: RoundTrip, response: &Response) {
        if let Some(second) = response.header("date").and_then(http_date) {
            self.observe(trip, second);
        }
    }
}

/// A date as HTTP writes it.
pub(super) fn http_date(text: &str) -> Option<Millis> {
    let date = httpdate::parse_http_date(text).ok()?;
    let since_epoch = date.duration_since(std::time::UNIX_EPOCH).ok()?;
    i64::try_from(since_epoch.as_millis()).ok().map(Millis::clamped)
}

#[cfg(test)]
#[path = "clock_tests.rs"]
mod tests;
