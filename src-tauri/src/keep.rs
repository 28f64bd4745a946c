//! Keeping todos safe while the app runs.

use std::{
    sync::{Arc, Weak},
    time::Duration,
};

use clove_core::Clove;
use tauri::{AppHandle, Emitter, Manager, Runtime, async_runtime};

use crate::{app::tell, state::AppState};

/// How often a backup may be due: the day may change, and so may the account.
const EVERY: Duration = Duration::from_secs(60 * 60);

/// Tells of a repair, looks for damage, and makes the backups that are due, now and every hour, for as
/// long as the todos are open.
pub(crate) fn follow<R: Runtime>(app: &AppHandle<R>, core: &Arc<Clove>) {
    let weak: Weak<Clove> = Arc::downgrade(core);
    let app = app.clone();
    async_runtime::spawn(async move {
        let mut is_checked = false;
        while let Some(core) = weak.upgrade() {
            tell_of_repair(&app, &core).await;
            if !is_checked {
                check(&app, &core).await;
                is_checked = true;
            }
            core.back_up().await;
            let _ = app.emit("safety-changed", ());
            drop(core);
            tokio::time::sleep(EVERY).await;
        }
    });
}

async fn tell_of_repair<R: Runtime>(app: &AppHandle<R>, core: &Clove) {
    match core.take_untold_repair().await {
        Ok(Some(repair)) => tell(app, repair),
        Ok(None) => {}
        Err(error) => tracing::warn!(%error, "it is not known what was repaired"),
    }
}

async fn check<R: Runtime>(app: &AppHandle<R>, core: &Clove) {
    match core.todos().check().await {
        Ok(None) => tracing::info!("the database is sound"),
        Ok(Some(damage)) => {
            tracing::error!(damage, "the database is damaged");
            let _ = app.emit("app-info-changed", app.state::<AppState>().info());
        }
        Err(error) => tracing::warn!(%error, "the database could not be checked"),
    }
}
