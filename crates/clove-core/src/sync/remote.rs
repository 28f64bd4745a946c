//! The server, as the engine asks it.

use std::{pin::Pin, time::Duration};

use tokio::sync::watch;

use super::wire::{Hello, Malformed, Page, Pushed, Tail};
use crate::{todo::Todo, words::Reason};

/// An answer that is yet to come.
pub(crate) type Reply<'a, T> = Pin<Box<dyn Future<Output = Result<T, RemoteError>> + Send + 'a>>;

/// The functions of `convex/sync.ts`. Each call is one attempt, for the account that is signed in.
pub(crate) trait Remote: Send + Sync + 'static {
    /// Makes the account known to the server, and asks how it stands.
    fn hello(&self) -> Reply<'_, Hello>;

    /// Pushes todos: at most [`super::wire::PUSH_ROWS`], and [`super::wire::PUSH_BYTES`].
    fn push<'a>(&'a self, todos: &'a [Todo]) -> Reply<'a, Pushed>;

    /// Pulls the rows with a rev above `since`.
    fn pull(&self, epoch: i64, since: i64) -> Reply<'_, Page>;

    /// Gets a new token, because the last one was refused.
    fn renew(&self) -> Reply<'_, ()>;

    /// Connects anew to where the server tells its newest rows unasked; or, where that is not wanted,
    /// not at all.
    fn listen(&self, wanted: bool);

    /// The newest rows, as far as the server tells them unasked: some may be missed, or come late.
    fn tails(&self) -> watch::Receiver<Option<Tail>>;
}

/// Why a call brought nothing. None of them ever removes an edit.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum RemoteError {
    /// It may go well another time.
    #[error("{}", .reason.logged)]
    Transient {
        /// What happened, in plain words.
        reason: Reason,
        /// How long the server asks to be left alone.
        retry_after: Option<Duration>,
    },
    /// The token was refused, or there is none. Of [`Remote::renew`]: the person must sign in.
    #[error("the server doesn't know who this is")]
    Auth,
    /// It will not go well another time. The codes are in `convex/sync.ts`.
    #[error("{message} ({code})")]
    Permanent {
        /// A word for programs.
        code: String,
        /// A sentence for people.
        message: String,
    },
}

impl From<Malformed> for RemoteError {
    fn from(malformed: Malformed) -> Self {
        let reason = Reason { logged: malformed.to_string(), ..Reason::say("sync-malformed") };
        Self::Transient { reason, retry_after: None }
    }
}
