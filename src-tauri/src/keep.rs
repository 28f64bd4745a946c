//! Keeping todos safe while the app runs.

use std::{
    sync::{Arc, Weak},
    time::Duration,
};

use clove_core::Clove;
use tauri::{AppHandle, Emitter, Runtime, async_runtime};

/// How often a backup may be due: the day may change, and so may the account.
const EVERY: Duration = Duration::from_secs(60 * 60);

/// Makes the backups that are due, now and every hour, for as long as the todos are open.
pub(crate) fn follow<R: Runtime>(app: &AppHandle<R>, core: &Arc<Clove>) {
    let core: Weak<Clove> = Arc::downgrade(core);
    let told = app.clone();
    async_runtime::spawn(async move {
        while let Some(core) = core.upgrade() {
            core.back_up().await;
            let _ = told.emit("safety-changed", ());
            drop(core);
            tokio::time::sleep(EVERY).await;
        }
    });
}
