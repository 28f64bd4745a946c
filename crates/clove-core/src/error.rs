//! What can go wrong in the core, in words that a person can act on.

use std::path::PathBuf;

use crate::{text::Invalid, todo::TodoId};

/// Why a verb of the facade did nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// A value is out of bounds.
    #[error(transparent)]
    Invalid(#[from] Invalid),
    /// There is no todo with this id, or no such entry of its history.
    #[error("This todo is not on this device any more.")]
    NotFound(Option<TodoId>),
    /// The store can be read only; the text says why.
    #[error("{0}")]
    ReadOnly(String),
    /// There is no room left on the disk.
    #[error(
        "The disk is full, so this was not saved. Free some space and try again; nothing that was \
         saved is lost."
    )]
    DiskFull,
    /// There is no backup of that name any more.
    #[error("This backup is not there any more. Choose another.")]
    NoBackup,
    /// The file is not as it was written: it is repaired when it is next opened.
    #[error(
        "The file of your todos is damaged, so this could not be done. Quit Clove and open it again: \
         it then rescues what can be read, and keeps the damaged file."
    )]
    Damaged,
    /// A newer search took this one's place.
    #[error("A newer search took this one's place.")]
    Superseded,
    /// The store was closed while this was on its way.
    #[error("Clove is closing, so this was not saved.")]
    Closed,
    /// SQLite or the file system failed in a way that nobody is expected to cause.
    #[error("The todos on this disk could not be read or written ({0}).")]
    Storage(String),
}

/// Why the store could not be opened. The file, if there is one, is left as it was.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The data folder cannot be made or used.
    #[error(
        "Clove can't use its data folder {path}: {source}. Make sure that you may write there, or \
         set CLOVE_DATA_DIR to another folder.", path = .path.display()
    )]
    Folder {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A symbolic link stands where Clove keeps its own file or folder.
    #[error(
        "{path} is a symbolic link. Clove doesn't follow links to its data, because they could \
         lead it to overwrite something else. Put the real file or folder there, or set \
         CLOVE_DATA_DIR to the folder that holds it.", path = .path.display()
    )]
    Symlink {
        /// The link.
        path: PathBuf,
    },
    /// The file is not a database, or the database of another program.
    #[error(
        "{path} is not a Clove database ({reason}). Clove left it untouched. Move it elsewhere to \
         start with an empty list, or put a backup in its place.", path = .path.display()
    )]
    NotClove {
        /// The file.
        path: PathBuf,
        /// What was found instead.
        reason: String,
    },
    /// The file was Clove's, is damaged, and could not be repaired.
    #[error(
        "The file of your todos, {path}, is damaged, and Clove could not repair it ({reason}). It was \
         left as it is. Set right what is in the way and try again, or put a backup in its place.",
        path = .path.display()
    )]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong, and what stands in the way.
        reason: String,
    },
    /// The file holds the todos of another account than its name says.
    #[error(
        "{path} holds the todos of another account. Clove left it untouched. Move it elsewhere and \
         try again.", path = .path.display()
    )]
    OtherAccount {
        /// The file.
        path: PathBuf,
    },
    /// Another process has the store open.
    #[error(
        "Another Clove is using the todos in {path}. Close it and try again.",
        path = .path.display()
    )]
    InUse {
        /// The data folder.
        path: PathBuf,
    },
    /// There is no room for the store.
    #[error("The disk is full, so Clove can't open its todos in {path}. Free some space and try \
         again; nothing that was saved is lost.", path = .path.display())]
    DiskFull {
        /// The file.
        path: PathBuf,
    },
    /// The SQLite in this build has a known bug that loses data.
    #[error(
        "This build of Clove holds SQLite {0}, which can corrupt data (the WAL-reset bug). Use a \
         build with SQLite 3.51.3 or newer."
    )]
    SqliteTooOld(String),
    /// Anything else that SQLite or the file system said.
    #[error("Clove can't open its todos in {path}: {reason}", path = .path.display())]
    Storage {
        /// The file.
        path: PathBuf,
        /// What was said.
        reason: String,
    },
}
