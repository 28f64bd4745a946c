//! The next page of a pull, asked for while this one is written. The engine does not know of it: it asks
//! for a page after the other, and this one is there sooner.

use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::task::JoinSet;

use super::{remote::RemoteError, wire::Page};

/// One page at most.
#[derive(Default)]
pub(super) struct Ahead(Mutex<Option<Begun>>);

/// A pull that is under way, and ends with this.
struct Begun {
    epoch: i64,
    since: i64,
    page: JoinSet<Result<Page, RemoteError>>,
}

impl Ahead {
    /// Begins the pull that will be asked for next.
    pub(super) fn begin(
        &self,
        epoch: i64,
        since: i64,
        pull: impl Future<Output = Result<Page, RemoteError>> + Send + 'static,
    ) {
        let mut page = JoinSet::new();
        page.spawn(pull);
        *self.begun() = Some(Begun { epoch, since, page });
    }

    /// The page, where this very pull was begun and went well: an error is none yet, because nobody had
    /// asked. Another pull is given up.
    pub(super) async fn take(&self, epoch: i64, since: i64) -> Option<Page> {
        let mut begun = self.begun().take()?;
        if (begun.epoch, begun.since) != (epoch, since) {
            return None;
        }
        begun.page.join_next().await?.ok()?.ok()
    }

    /// What it would bring may be out of date.
    pub(super) fn give_up(&self) {
        *self.begun() = None;
    }

    fn begun(&self) -> MutexGuard<'_, Option<Begun>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
#[path = "ahead_tests.rs"]
mod tests;
