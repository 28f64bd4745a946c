//! What goes wrong, and how often it did.

use std::collections::BTreeMap;

use super::dice::Dice;

/// A kind of fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fault {
    RequestLost,
    ReplyLost,
    Duplicated,
    Delayed,
    DelayedForHours,
    Unauthorized,
    NoIdentity,
    TooManyRequests,
    ServerError,
    ServerErrorAfterCommit,
    EmptyAnswer,
    MalformedAnswer,
    BadRowInPage,
    ShortPage,
    BlackHole,
    NetworkGone,
    ClockAhead,
    ClockBehind,
    ClockBack,
    ClockIn2099,
    CrashBeforeCommit,
    CrashAfterCommit,
    Restart,
    DiskFull,
    ReadOnly,
    ServerRestored,
    Stripped,
    OtherClient,
    RowRejected,
    BatchRefused,
    RowsDeferred,
    SessionEnded,
    SignOut,
    AccountSwitch,
    TailLost,
    TailFalse,
    MassDeletion,
    TailLate,
    TailTwice,
    TailOfOthers,
    TailShort,
    BadRowInTail,
}

/// How often each kind struck.
pub(super) type Counts = BTreeMap<Fault, u64>;

/// What the network does to one call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fate {
    pub(super) fault: Option<Fault>,
    /// Milliseconds to the server, and back.
    pub(super) there: i64,
    pub(super) back: i64,
}

impl Fate {
    pub(super) fn cast(dice: &mut Dice, calm: bool) -> Self {
        let (there, back) = (dice.between(1, 80), dice.between(1, 80));
        let fault = (!calm && dice.in_thousand(250)).then(|| {
            *dice
                .pick(&[
                    Fault::RequestLost,
                    Fault::ReplyLost,
                    Fault::ReplyLost,
                    Fault::Duplicated,
                    Fault::Delayed,
                    Fault::DelayedForHours,
                    Fault::Unauthorized,
                    Fault::NoIdentity,
                    Fault::TooManyRequests,
                    Fault::ServerError,
                    Fault::ServerErrorAfterCommit,
                    Fault::EmptyAnswer,
                    Fault::MalformedAnswer,
                    Fault::BadRowInPage,
                    Fault::ShortPage,
                    Fault::RowRejected,
                    Fault::RowsDeferred,
                ])
                .expect("there are some")
        });
        let there = match fault {
            Some(Fault::Delayed) => dice.between(100, 40_000),
            Some(Fault::DelayedForHours) => dice.between(60_000, 4 * 3_600_000),
            _ => there,
        };
        Self { fault, there, back }
    }
}
