//! What keeps todos safe beside sync: backups, and what was rescued from a damaged file.

pub mod view;

use std::sync::{Mutex, PoisonError};

use self::view::{BackupOccasion, BackupView, Repair, SafetyView};
use crate::{
    app::Clove,
    error::Error,
    store::{self, Backup, Occasion},
    words::{Spoken, told},
};

/// What came of keeping the todos safe.
#[derive(Debug, Default)]
pub(crate) struct Keeping {
    /// Why the last backup that was due could not be made.
    problem: Mutex<Option<Error>>,
}

impl Clove {
    /// Makes the backup of the day, where there is none. To be called at the start, and every hour.
    ///
    /// What stands in the way is told by [`Self::safety`], and stops nobody.
    pub async fn back_up(&self) {
        let made = self.todos().store().back_up(self.environment().clock.now()).await;
        if let Err(error) = &made {
            tracing::warn!(%error, "the backup of the day could not be made");
        }
        *self.keeping.problem.lock().unwrap_or_else(PoisonError::into_inner) = made.err();
    }

    /// How safe the todos are.
    ///
    /// # Errors
    /// Why the backups could not be looked at.
    pub async fn safety(&self) -> Result<SafetyView, Error> {
        let newest = |backups: Vec<Backup>| backups.first().map(|backup| backup.made_at.get());
        let last_backup = self.todos().store().backups(newest).await?;
        let problem = self.keeping.problem.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let problem = problem.map(|error| match error {
            Error::DiskFull => told("backup-disk-full"),
            other => other.say(),
        });
        let repair = self.todos().store().repair().await?;
        Ok(SafetyView { last_backup, problem, repair })
    }

    /// What was rescued when these todos were found damaged, unless this was asked before.
    ///
    /// # Errors
    /// Why it could not be noted that it was.
    pub async fn take_untold_repair(&self) -> Result<Option<Repair>, Error> {
        self.todos().store().take_untold_repair().await
    }

    /// The backups of these todos, the newest first.
    ///
    /// # Errors
    /// Why they could not be looked at.
    pub async fn backups(&self) -> Result<Vec<BackupView>, Error> {
        let view = |backups: Vec<Backup>| backups.iter().map(view_of).collect();
        self.todos().store().backups(view).await
    }
}

fn view_of(backup: &Backup) -> BackupView {
    let occasion = match backup.occasion {
        Occasion::Day(_) => BackupOccasion::Day,
        Occasion::Migration(_) => BackupOccasion::Migration,
        Occasion::Deletions(_) => BackupOccasion::Deletions,
    };
    BackupView {
        name: backup.path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        occasion,
        made_at: backup.made_at.get(),
        bytes: backup.bytes,
        todos: store::count_in(backup),
    }
}
