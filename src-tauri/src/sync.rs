//! What sync has to say, on its way to the windows.

use clove_core::{Clove, keep::view::Repair, sync::status::Notice};
use serde::{Deserialize, Serialize};
use tauri::{AppHandle, Emitter, Manager, Runtime, async_runtime};
use tokio::sync::broadcast::error::RecvError;
use ts_rs::TS;

use crate::{app::tell, state::AppState, tray};

/// What a person should be told once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "kind")]
#[ts(export)]
pub(crate) enum AppNotice {
    /// Something that is told as it is.
    Words {
        /// What happened, and what to do.
        message: String,
    },
    /// The file of the todos was found damaged, and was repaired.
    Repaired {
        /// What was rescued.
        repair: Repair,
    },
    /// Something that sync did, for which the window has the words, and a way to take it back.
    Sync {
        /// What.
        notice: Notice,
    },
}

/// Lets windows follow how sync stands, and tells what it has to say.
pub(crate) fn follow<R: Runtime>(app: &AppHandle<R>, core: &Clove) {
    let mut status = core.sync_status();
    let followed = app.clone();
    async_runtime::spawn(async move {
        // What changes while a window is being told is told once.
        while status.changed().await.is_ok() {
            let _ = followed.emit("sync-changed", ());
            tray::show_sync(&followed);
        }
    });
    let mut notices = core.notices();
    let told = app.clone();
    async_runtime::spawn(async move {
        loop {
            match notices.recv().await {
                Ok(notice) => tell(&told, notice),
                // More came than are kept for a window: the newest of them are still there.
                Err(RecvError::Lagged(_)) => {}
                Err(RecvError::Closed) => return,
            }
        }
    });
}

/// Whoever looks at the list wants it as it is everywhere.
pub(crate) fn sync_now<R: Runtime>(app: &AppHandle<R>) {
    if let Ok(core) = app.state::<AppState>().core() {
        async_runtime::spawn(async move { core.sync_now().await });
    }
}

impl From<String> for AppNotice {
    fn from(message: String) -> Self {
        Self::Words { message }
    }
}

impl From<&str> for AppNotice {
    fn from(message: &str) -> Self {
        message.to_owned().into()
    }
}

impl From<Repair> for AppNotice {
    fn from(repair: Repair) -> Self {
        Self::Repaired { repair }
    }
}

impl From<Notice> for AppNotice {
    fn from(notice: Notice) -> Self {
        Self::Sync { notice }
    }
}
