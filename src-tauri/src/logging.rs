//! The log: one file a day in the data folder, the last seven kept.

use std::path::Path;

use tracing_appender::{
    non_blocking::WorkerGuard,
    rolling::{RollingFileAppender, Rotation},
};
use tracing_subscriber::{
    Registry,
    filter::{LevelFilter, Targets},
    layer::SubscriberExt,
    reload,
    util::SubscriberInitExt,
};

use crate::settings::LogLevel;

/// How many days of logs are kept.
const DAYS_KEPT: usize = 7;

/// Writes waiting lines out when dropped, and changes the level.
pub(crate) struct Logging {
    filter: reload::Handle<Targets, Registry>,
    _guard: WorkerGuard,
}

/// Starts logging into `<folder>/logs`; `None` where that cannot be written.
pub(crate) fn start(folder: &Path, level: LogLevel) -> Option<Logging> {
    // The store refuses a symbolic link in the folder's place, and so does the log.
    if folder.is_symlink() {
        return None;
    }
    let logs = folder.join("logs");
    std::fs::create_dir_all(&logs).ok()?;
    let appender = RollingFileAppender::builder()
        .rotation(Rotation::DAILY)
        .filename_prefix("clove")
        .filename_suffix("log")
        .max_log_files(DAYS_KEPT)
        .build(logs)
        .ok()?;
    let (writer, guard) = tracing_appender::non_blocking(appender);
    let (filter, handle) = reload::Layer::new(targets(level));
    let layer = tracing_subscriber::fmt::layer().with_writer(writer).with_ansi(false);
    tracing_subscriber::registry().with(filter).with(layer).try_init().ok()?;
    log_panics();
    Some(Logging { filter: handle, _guard: guard })
}

impl Logging {
    /// Changes how much goes to the log, from now on.
    pub(crate) fn set_level(&self, level: LogLevel) {
        if let Err(error) = self.filter.reload(targets(level)) {
            tracing::warn!(%error, "the log level could not be changed");
        }
    }
}

/// The last lines of the newest log, without those that may hold a todo's text.
pub(crate) fn tail(folder: &Path, lines: usize) -> String {
    let files = std::fs::read_dir(folder.join("logs")).into_iter().flatten().flatten();
    // The day is in the name, so the last name is the newest.
    let newest = files.map(|entry| entry.path()).max();
    let text = newest.and_then(|path| std::fs::read_to_string(path).ok()).unwrap_or_default();
    let quiet = |line: &&str| !line.contains(" DEBUG ") && !line.contains(" TRACE ");
    let kept: Vec<&str> = text.lines().filter(quiet).collect();
    kept[kept.len().saturating_sub(lines)..].join("\n") + "\n"
}

/// Clove's own lines at the chosen level; of the libraries only what looks wrong, because what they
/// say more freely is not ours to keep free of secrets.
fn targets(level: LogLevel) -> Targets {
    let own = match level {
        LogLevel::Error => LevelFilter::ERROR,
        LogLevel::Warn => LevelFilter::WARN,
        LogLevel::Info => LevelFilter::INFO,
        LogLevel::Debug => LevelFilter::DEBUG,
        LogLevel::Trace => LevelFilter::TRACE,
    };
    Targets::new()
        .with_default(own.min(LevelFilter::WARN))
        // It reports each try to connect as an error; what there is to say of them, the core says.
        .with_target("convex", LevelFilter::OFF)
        .with_target("clove_core", own)
        .with_target("clove_shell", own)
}

fn log_panics() {
    let default = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let place = panic.location().map(ToString::to_string);
        tracing::error!(place, "a thread panicked");
        default(panic);
    }));
}
