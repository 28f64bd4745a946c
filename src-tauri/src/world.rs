//! What happens around Clove: the network comes and goes, and the machine wakes from sleep.

use tauri::{AppHandle, Manager, Runtime, async_runtime};
use tokio::sync::mpsc;

use crate::{platform, state::AppState};

/// What the system tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Change {
    /// There is a network, perhaps another one than before; or there is none.
    Network(bool),
    /// The machine slept, and goes on.
    #[cfg_attr(not(target_os = "linux"), allow(dead_code, reason = "there the core finds out"))]
    Woke,
}

/// Tells the core what the system tells, for as long as Clove runs.
pub(crate) fn follow<R: Runtime>(app: &AppHandle<R>) {
    let (tell, mut told) = mpsc::unbounded_channel();
    async_runtime::spawn(platform::watch_world(tell));
    let app = app.clone();
    async_runtime::spawn(async move {
        while let Some(change) = told.recv().await {
            tracing::debug!(?change, "the system tells");
            let Ok(core) = app.state::<AppState>().core() else { continue };
            match change {
                Change::Network(online) => core.network_changed(online).await,
                Change::Woke => core.woke().await,
            }
        }
    });
}
