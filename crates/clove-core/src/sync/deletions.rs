//! What other devices deleted at once.

use std::{path::PathBuf, time::Duration};

use super::status::Notice;
use crate::todo::TodoId;

/// What is deleted within this is deleted at once.
const AT_ONCE: Duration = Duration::from_secs(60);

/// The deletions of a minute, from the first one on: a large one comes in several pushes, and so
/// perhaps in several pulls. Moments are counted from the engine's start.
#[derive(Debug, Default)]
pub(super) struct Deletions {
    since: Duration,
    ids: Vec<TodoId>,
    copy: Option<PathBuf>,
}

impl Deletions {
    /// How many todos went, and whether a copy was made of what was there before the list lost a
    /// large part. `pulling` says whether the pull that deleted goes on.
    pub(super) fn so_far(&mut self, now: Duration, pulling: bool) -> (usize, bool) {
        if !pulling && now > self.since + AT_ONCE {
            *self = Self { since: now, ..Self::default() };
        }
        (self.ids.len(), self.copy.is_some())
    }

    pub(super) fn add(&mut self, now: Duration, ids: Vec<TodoId>) {
        if self.ids.is_empty() {
            self.since = now;
        }
        self.ids.extend(ids);
    }

    /// A copy was made, however long that took.
    pub(super) fn copied(&mut self, now: Duration, copy: PathBuf) {
        self.add(now, Vec::new());
        self.copy = Some(copy);
    }

    /// What to tell of them, if they are a large part of the list.
    pub(super) fn notice(&self) -> Option<Notice> {
        let copy = self.copy.as_ref()?.display().to_string();
        Some(Notice::ManyDeleted { ids: self.ids.clone(), copy })
    }
}
