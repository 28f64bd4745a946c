//! What can go wrong in the core, in words that a person can act on.

use std::path::{Path, PathBuf};

use crate::{
    text::Invalid,
    todo::TodoId,
    words::{Argument, Language, Spoken, said_in_english},
};

/// Why a verb of the facade did nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// A value is out of bounds.
    Invalid(#[from] Invalid),
    /// There is no todo with this id, or no such entry of its history.
    NotFound(Option<TodoId>),
    /// The store can be read only, for this reason.
    ReadOnly(ReadOnly),
    /// There is no room left on the disk.
    DiskFull,
    /// There is no backup of that name any more.
    NoBackup,
    /// The backup cannot be read.
    BackupDamaged,
    /// The file is not as it was written: it is repaired when it is next opened.
    Damaged,
    /// A newer search took this one's place.
    Superseded,
    /// The store was closed while this was on its way.
    Closed,
    /// SQLite or the file system failed in a way that nobody is expected to cause.
    Storage(String),
}

impl Spoken for Error {
    fn say_in(&self, language: Language) -> String {
        match self {
            Self::Invalid(error) => error.say_in(language),
            Self::NotFound(_) => language.say("error-not-found", &[]),
            Self::ReadOnly(reason) => reason.say_in(language),
            Self::DiskFull => language.say("error-disk-full", &[]),
            Self::NoBackup => language.say("error-no-backup", &[]),
            Self::BackupDamaged => language.say("error-backup-damaged", &[]),
            Self::Damaged => language.say("error-damaged", &[]),
            Self::Superseded => language.say("error-superseded", &[]),
            Self::Closed => language.say("error-closed", &[]),
            Self::Storage(reason) => language.say("error-storage", &[("reason", reason.into())]),
        }
    }
}
said_in_english!(Error);

/// Why nothing can be changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadOnly {
    /// A newer Clove wrote these todos.
    Newer {
        /// The file.
        path: PathBuf,
    },
    /// The file was marked read-only before it was opened.
    Marked {
        /// The file.
        path: PathBuf,
    },
    /// The file or its folder became read-only.
    Become,
    /// A newer Clove made the backup.
    NewerBackup,
}

impl Spoken for ReadOnly {
    fn say_in(&self, language: Language) -> String {
        match self {
            Self::Newer { path } => language.say("read-only-newer", &[named(path)]),
            Self::Marked { path } => language.say("read-only-marked", &[named(path)]),
            Self::Become => language.say("read-only-become", &[]),
            Self::NewerBackup => language.say("read-only-newer-backup", &[]),
        }
    }
}
said_in_english!(ReadOnly);

/// What stands where a database of Clove's should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// The database of another program.
    OtherProgram,
    /// No database, or a damaged one of which no todo is left.
    NoTodo,
}

impl Spoken for Found {
    fn say_in(&self, language: Language) -> String {
        match self {
            Self::OtherProgram => language.say("open-found-other-program", &[]),
            Self::NoTodo => language.say("open-found-no-todo", &[]),
        }
    }
}

/// How a file was found damaged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Damage {
    /// Its beginning does not say any more that it is Clove's.
    Mark,
    /// It was noted in the last run, or the file was emptied.
    Parts,
    /// SQLite said so, in its own words.
    Said(String),
}

impl Spoken for Damage {
    fn say_in(&self, language: Language) -> String {
        match self {
            Self::Mark => language.say("open-damage-mark", &[]),
            Self::Parts => language.say("open-damage-parts", &[]),
            Self::Said(words) => words.clone(),
        }
    }
}
said_in_english!(Damage);

/// What stands in the way of a repair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Obstacle {
    /// The file is marked read-only.
    MarkedReadOnly,
    /// A newer Clove wrote it.
    Newer,
    /// It cannot be read; the text is the system's.
    Unreadable(String),
    /// What was rescued cannot be written.
    Unwritten(Error),
}

impl Spoken for Obstacle {
    fn say_in(&self, language: Language) -> String {
        match self {
            Self::MarkedReadOnly => language.say("open-obstacle-read-only", &[]),
            Self::Newer => language.say("open-obstacle-newer", &[]),
            Self::Unreadable(reason) => {
                language.say("open-obstacle-unreadable", &[("reason", reason.into())])
            }
            Self::Unwritten(error) => error.say_in(language),
        }
    }
}

/// Why the store could not be opened. The file, if there is one, is left as it was.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The data folder cannot be made or used.
    Folder {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A symbolic link stands where Clove keeps its own file or folder.
    Symlink {
        /// The link.
        path: PathBuf,
    },
    /// The file is not a database, or the database of another program.
    NotClove {
        /// The file.
        path: PathBuf,
        /// What was found instead.
        found: Found,
    },
    /// The file was Clove's, is damaged, and could not be repaired.
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        damage: Damage,
        /// What stands in the way, if that is known.
        obstacle: Option<Obstacle>,
    },
    /// The file holds the todos of another account than its name says.
    OtherAccount {
        /// The file.
        path: PathBuf,
    },
    /// Another process has the store open.
    InUse {
        /// The data folder.
        path: PathBuf,
    },
    /// There is no room for the store.
    DiskFull {
        /// The file.
        path: PathBuf,
    },
    /// The SQLite in this build has a known bug that loses data.
    SqliteTooOld(String),
    /// Anything else that SQLite or the file system said.
    Storage {
        /// The file.
        path: PathBuf,
        /// What was said.
        reason: String,
    },
}

impl Spoken for OpenError {
    fn say_in(&self, language: Language) -> String {
        match self {
            Self::Folder { path, source } => {
                let source = ("reason", source.to_string().into());
                language.say("open-folder", &[named(path), source])
            }
            Self::Symlink { path } => language.say("open-symlink", &[named(path)]),
            Self::NotClove { path, found } => {
                let reason = ("reason", found.say_in(language).into());
                language.say("open-not-clove", &[named(path), reason])
            }
            Self::Damaged { path, damage, obstacle } => {
                let reasons = std::iter::once(damage.say_in(language));
                let reasons = reasons.chain(obstacle.iter().map(|it| it.say_in(language)));
                let reason = reasons.collect::<Vec<_>>().join("; ");
                language.say("open-damaged", &[named(path), ("reason", reason.into())])
            }
            Self::OtherAccount { path } => language.say("open-other-account", &[named(path)]),
            Self::InUse { path } => language.say("open-in-use", &[named(path)]),
            Self::DiskFull { path } => language.say("open-disk-full", &[named(path)]),
            Self::SqliteTooOld(version) => {
                language.say("open-sqlite-too-old", &[("version", version.into())])
            }
            Self::Storage { path, reason } => {
                language.say("open-storage", &[named(path), ("reason", reason.into())])
            }
        }
    }
}
said_in_english!(OpenError);

fn named(path: &Path) -> (&'static str, Argument<'static>) {
    ("path", path.display().to_string().into())
}
