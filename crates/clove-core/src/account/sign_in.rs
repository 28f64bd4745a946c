//! How far a sign-in is, and what became of the session: one value, moved by what happens. Pure.

use serde::{Deserialize, Serialize};
use url::Url;

use super::{
    attempt::Attempt,
    ids::{SessionId, UserId},
    view::{AccountStatus, Persistence, Profile, SignInMode, SignInStage},
};
use crate::words::told;

/// The session, and the attempt to get one, of which each goes its own way: whoever signs in again
/// goes on with their todos meanwhile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SignIn {
    session: Held,
    /// A session that was made in the browser, for an account whose todos are not open yet.
    redeemed: Option<SessionOf>,
    attempt: Option<Stage>,
    /// Counts attempts, so that an answer to an earlier one is known as such.
    number: u64,
    problem: Option<String>,
}

/// A session, and whose it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SessionOf {
    pub(crate) id: SessionId,
    pub(crate) user: UserId,
}

/// What there is of a session.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Held {
    /// None, and none is missed.
    Nothing,
    /// One of the last run, which the keyring has yet to hand over.
    Awaited { locked: bool },
    /// One.
    Live(SessionOf),
    /// None any more: why, and what to do.
    Lost(String),
}

/// How far an attempt is.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Stage {
    Starting(SignInMode),
    InBrowser(Attempt, Url),
    Finishing(SignInMode),
}

impl SignIn {
    /// At the start: somebody was signed in, or nobody.
    pub(crate) fn new(somebody: bool) -> Self {
        let session = if somebody { Held::Awaited { locked: false } } else { Held::Nothing };
        Self { session, redeemed: None, attempt: None, number: 0, problem: None }
    }

    /// What a window shows of it.
    pub(crate) fn status(&self, profile: Option<&Profile>, kept: Persistence) -> AccountStatus {
        let profile = || profile.cloned().unwrap_or_default();
        match (&self.attempt, &self.session) {
            (Some(stage), _) => {
                let (mode, stage) = match stage {
                    Stage::Starting(mode) => (*mode, SignInStage::Starting),
                    Stage::InBrowser(attempt, _) => (attempt.mode, SignInStage::InBrowser),
                    Stage::Finishing(mode) => (*mode, SignInStage::Finishing),
                };
                AccountStatus::SigningIn { mode, stage }
            }
            (None, Held::Nothing) => AccountStatus::SignedOut,
            (None, Held::Awaited { locked }) => {
                AccountStatus::Restoring { profile: profile(), locked: *locked }
            }
            (None, Held::Live(_)) => {
                AccountStatus::SignedIn { profile: profile(), persistence: kept }
            }
            (None, Held::Lost(message)) => {
                AccountStatus::SessionLost { profile: profile(), message: message.clone() }
            }
        }
    }

    /// What the last thing that was tried came to.
    pub(crate) fn problem(&self) -> Option<&str> {
        self.problem.as_deref()
    }

    /// The session, while there is one.
    pub(crate) fn session(&self) -> Option<&SessionOf> {
        match &self.session {
            Held::Live(session) => Some(session),
            _ => None,
        }
    }

    /// Whether the keyring has yet to hand a session over.
    pub(crate) fn is_awaited(&self) -> bool {
        matches!(self.session, Held::Awaited { .. })
    }

    /// Whether nobody else can sign in: somebody is signed in, or their todos are being opened.
    pub(crate) fn is_taken(&self) -> bool {
        self.redeemed.is_some() || self.session().is_some()
    }

    /// Whether somebody is about to sign in.
    pub(crate) fn is_under_way(&self) -> bool {
        self.attempt.is_some()
    }

    /// The attempt that waits for its link.
    pub(crate) fn pending(&self) -> Option<&Attempt> {
        match &self.attempt {
            Some(Stage::InBrowser(attempt, _)) => Some(attempt),
            _ => None,
        }
    }

    /// The page of the attempt that waits for its link.
    pub(crate) fn page(&self) -> Option<&Url> {
        match &self.attempt {
            Some(Stage::InBrowser(_, page)) => Some(page),
            _ => None,
        }
    }

    /// The number of the newest attempt.
    pub(crate) fn number(&self) -> u64 {
        self.number
    }

    /// A new attempt begins. The one before is void, and so is a session that the keyring has yet to
    /// hand over: it must not come between.
    pub(crate) fn begin(&mut self, mode: SignInMode) -> u64 {
        if self.is_awaited() {
            self.lost(told("session-set-aside"));
        }
        self.number += 1;
        self.attempt = Some(Stage::Starting(mode));
        self.problem = None;
        self.number
    }

    /// The page of attempt `number` is there. Whether that attempt still counts.
    pub(crate) fn opened(&mut self, number: u64, attempt: Attempt, page: Url) -> bool {
        let counts = self.number == number && matches!(self.attempt, Some(Stage::Starting(_)));
        if counts {
            self.attempt = Some(Stage::InBrowser(attempt, page));
        }
        counts
    }

    /// The link of an attempt is there. The attempt is used up, and has another number from now on.
    pub(crate) fn finish(&mut self, mode: SignInMode) -> u64 {
        self.number += 1;
        self.attempt = Some(Stage::Finishing(mode));
        self.problem = None;
        self.number
    }

    /// The person ends the attempt. Once the session is there and its todos are opened, it is too late.
    pub(crate) fn cancel(&mut self) {
        if self.redeemed.is_none() {
            self.end_attempt(None);
        }
    }

    /// The attempt ends without a session: by a word of the person, or for a reason to be told.
    pub(crate) fn end_attempt(&mut self, problem: Option<String>) {
        self.number += 1;
        self.attempt = None;
        self.problem = problem;
    }

    /// The session of attempt `number` was made, and waits for its todos. Whether that attempt still
    /// counts.
    pub(crate) fn redeemed(&mut self, number: u64, session: SessionOf) -> bool {
        let counts = self.number == number;
        if counts {
            self.redeemed = Some(session);
        }
        counts
    }

    /// The todos of the account are open: somebody is signed in.
    pub(crate) fn establish(&mut self) -> Option<&SessionOf> {
        if let Some(session) = self.redeemed.take() {
            self.session = Held::Live(session);
        }
        self.end_attempt(None);
        self.session()
    }

    /// The session that waits for its todos, which do not open.
    pub(crate) fn take_redeemed(&mut self) -> Option<SessionOf> {
        self.redeemed.take()
    }

    /// The keyring asks for its password.
    pub(crate) fn locked(&mut self) {
        self.session = Held::Awaited { locked: true };
    }

    /// The keyring handed the session over.
    pub(crate) fn restored(&mut self, session: SessionOf) {
        self.session = Held::Live(session);
    }

    /// The session ended without the person's word.
    pub(crate) fn lost(&mut self, message: String) {
        self.session = Held::Lost(message);
    }

    /// The person signed out.
    pub(crate) fn signed_out(&mut self) {
        *self = Self { number: self.number + 1, ..Self::new(false) };
    }
}

#[cfg(test)]
#[path = "sign_in_tests.rs"]
mod tests;
