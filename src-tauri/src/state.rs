//! What the shell knows while it runs.

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Instant,
};

use clove_core::{
    Access, Clove, Environment, Import, Todos,
    account::{AccountError, Outside, view::AccountView},
    words::{Spoken, say, told},
};
use serde::{Deserialize, Serialize};
use tauri::async_runtime;
use ts_rs::TS;

use crate::{
    app::Launch,
    closing::Closing,
    connection::{self, ConnectionText},
    drafts::Drafts,
    error::{CommandError, ErrorCode},
    language,
    logging::Logging,
    quick_add::QuickAdd,
    settings::Settings,
    sync::AppNotice,
};

/// The state that Tauri hands to commands.
pub struct AppState {
    started: Instant,
    folder: PathBuf,
    /// Or why there is none.
    core: Mutex<Result<Arc<Clove>, Arc<dyn Spoken + Send + Sync>>>,
    settings: Mutex<Settings>,
    hotkey: Mutex<HotkeyStatus>,
    drafts: Mutex<Drafts>,
    pub(crate) quick_add: QuickAdd,
    pub(crate) closing: Closing,
    /// What was read of a file, until the person has said whether it is taken in.
    import: Mutex<Option<Import>>,
    /// What a window has yet to tell the person.
    notices: Mutex<Vec<AppNotice>>,
    logging: Option<Logging>,
    /// Whether something shows tray icons.
    tray_host: AtomicBool,
    /// Whether it was started to stay, tray or no tray.
    resident: bool,
}

/// What a window needs to know of the app it belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub(crate) struct AppInfo {
    /// Clove's version.
    pub version: String,
    /// Which conventions the keyboard follows.
    #[ts(type = "\"linux\" | \"macos\" | \"windows\"")]
    pub platform: String,
    /// The language that is spoken, with the region of its dates and numbers (BCP 47).
    pub locale: String,
    /// Where the todos are kept.
    pub data_folder: String,
    /// Whether they can be read and changed.
    pub store: StoreStatus,
    /// Whether quick add has its key.
    pub hotkey: HotkeyStatus,
    /// What was chosen.
    pub settings: Settings,
    /// Whether there is a tray to close to.
    pub tray_available: bool,
}

/// Whether the todos can be read and changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "state")]
#[ts(export)]
pub(crate) enum StoreStatus {
    /// Both.
    Ready,
    /// Both, as far as they go: the file is damaged, and is repaired at the next start.
    Damaged,
    /// They can be read alone.
    ReadOnly {
        /// Why, and what to do.
        message: String,
    },
    /// Neither.
    Failed {
        /// Why, and what to do.
        message: String,
    },
}

/// Whether quick add has its key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "state")]
#[ts(export)]
pub(crate) enum HotkeyStatus {
    /// It has.
    Registered,
    /// None is wanted.
    Off,
    /// It could not be had.
    Failed {
        /// Why, and what to do.
        message: String,
    },
}

impl AppState {
    /// The state of an app that keeps its files in `folder`, with its todos open where possible.
    #[must_use]
    pub fn open(folder: PathBuf) -> Self {
        Self::start(Instant::now(), folder, Settings::default(), None, Launch::Main)
    }

    pub(crate) fn start(
        started: Instant,
        folder: PathBuf,
        settings: Settings,
        logging: Option<Logging>,
        launch: Launch,
    ) -> Self {
        let drafts = Mutex::new(Drafts::load(&folder));
        let state = Self {
            started,
            folder,
            core: Mutex::new(Err(Arc::new(AccountError::Closing))),
            settings: Mutex::new(settings),
            hotkey: Mutex::new(HotkeyStatus::Off),
            drafts,
            quick_add: QuickAdd::default(),
            closing: Closing::default(),
            import: Mutex::default(),
            notices: Mutex::default(),
            logging,
            tray_host: AtomicBool::new(false),
            resident: launch == Launch::Background,
        };
        state.open_core();
        state
    }

    /// Opens the todos, unless they are open. Whether this call opened them.
    pub(crate) fn open_core(&self) -> bool {
        let mut core = lock(&self.core);
        if core.is_ok() {
            return false;
        }
        let connection = connection::chosen(&self.settings());
        let opened =
            Clove::open(&self.folder, Environment::system(), Outside::system(), connection);
        *core = opened.map(Arc::new).map_err(|error| -> Arc<dyn Spoken + Send + Sync> {
            tracing::error!(%error, "the todos could not be opened");
            Arc::new(error)
        });
        core.is_ok()
    }

    /// Where Clove keeps its files.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Lets the todos go: what was accepted is written, and the file is free.
    pub fn close(&self) {
        let closing = Err(Arc::new(AccountError::Closing) as _);
        let core = std::mem::replace(&mut *lock(&self.core), closing);
        if let Ok(core) = core {
            async_runtime::block_on(core.end_syncing());
        }
    }

    /// The core.
    pub(crate) fn core(&self) -> Result<Arc<Clove>, CommandError> {
        let core = lock(&self.core).clone();
        core.map_err(|reason| CommandError::new(ErrorCode::Unavailable, reason.say()))
    }

    /// The todos of whoever is signed in.
    pub(crate) fn todos(&self) -> Result<Arc<Todos>, CommandError> {
        Ok(self.core()?.todos())
    }

    pub(crate) fn info(&self) -> AppInfo {
        let store = match &*lock(&self.core) {
            Err(reason) => StoreStatus::Failed { message: reason.say() },
            Ok(core) => match core.todos().access() {
                Access::ReadWrite if core.todos().is_damaged() => StoreStatus::Damaged,
                Access::ReadWrite => StoreStatus::Ready,
                Access::ReadOnly(reason) => StoreStatus::ReadOnly { message: reason.say() },
            },
        };
        let settings = self.settings();
        AppInfo {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            platform: std::env::consts::OS.to_owned(),
            locale: language::locale(&settings).tag,
            data_folder: self.folder.display().to_string(),
            store,
            hotkey: lock(&self.hotkey).clone(),
            settings,
            tray_available: self.tray_host.load(Ordering::Relaxed),
        }
    }

    /// Who is signed in, and with which connection.
    pub(crate) fn account_view(&self) -> Result<AccountView, CommandError> {
        let connection = connection::view(&self.settings());
        Ok(AccountView { connection, ..self.core()?.account_view() })
    }

    /// Uses another Clerk and another Convex; without any text, those that Clove came with.
    pub(crate) fn set_connection(&self, text: ConnectionText) -> Result<(), CommandError> {
        let core = self.core()?;
        if core.account().is_in_use() {
            return Err(CommandError::new(ErrorCode::Invalid, told("shell-sign-out-first")));
        }
        if !text.is_empty() && text.parse().is_none() {
            return Err(CommandError::new(ErrorCode::Invalid, told("shell-no-connection")));
        }
        let own = (!text.is_empty()).then_some(text);
        self.change_settings(|settings| settings.connection = own)?;
        core.account().connect(connection::chosen(&self.settings()));
        Ok(())
    }

    pub(crate) fn settings(&self) -> Settings {
        lock(&self.settings).clone()
    }

    /// Changes the settings, and keeps them.
    pub(crate) fn change_settings(
        &self,
        change: impl FnOnce(&mut Settings),
    ) -> Result<(), CommandError> {
        let mut settings = lock(&self.settings);
        let mut changed = settings.clone();
        change(&mut changed);
        changed.save(&self.folder).map_err(|error| {
            let reason = ("reason", error.to_string().into());
            let message = say("shell-setting-unsaved", &[reason]);
            CommandError::new(ErrorCode::Internal, message)
        })?;
        if let Some(logging) = &self.logging {
            logging.set_level(changed.log_level);
        }
        *settings = changed;
        Ok(())
    }

    pub(crate) fn set_hotkey_status(&self, status: HotkeyStatus) {
        *lock(&self.hotkey) = status;
    }

    pub(crate) fn set_tray_host(&self, present: bool) {
        self.tray_host.store(present, Ordering::Relaxed);
    }

    /// Whether Clove goes on without a window: it can be reached by the tray, or was told to stay.
    pub(crate) fn stays_without_window(&self) -> bool {
        self.resident || self.tray_host.load(Ordering::Relaxed)
    }

    /// What was typed and not added yet.
    pub(crate) fn drafts(&self) -> Drafts {
        lock(&self.drafts).clone()
    }

    /// Changes the drafts, and keeps them: also for the next start, where that can be.
    pub(crate) fn keep_drafts(&self, change: impl FnOnce(&mut Drafts)) {
        let mut drafts = lock(&self.drafts);
        let before = drafts.clone();
        change(&mut drafts);
        if *drafts != before
            && let Err(error) = drafts.save(&self.folder)
        {
            tracing::warn!(%error, "a draft could not be kept for the next start");
        }
    }

    /// Keeps what was read of a file, or forgets it.
    pub(crate) fn keep_import(&self, import: Option<Import>) {
        *lock(&self.import) = import;
    }

    /// What was read of a file, once.
    pub(crate) fn take_import(&self) -> Option<Import> {
        lock(&self.import).take()
    }

    /// Keeps a notice for the next window that asks.
    pub(crate) fn add_notice(&self, notice: AppNotice) {
        lock(&self.notices).push(notice);
    }

    pub(crate) fn take_notices(&self) -> Vec<AppNotice> {
        std::mem::take(&mut lock(&self.notices))
    }

    /// Milliseconds since the program began.
    pub(crate) fn since_start_ms(&self) -> u128 {
        self.started.elapsed().as_millis()
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
