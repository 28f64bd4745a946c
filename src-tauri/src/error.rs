//! Errors as they cross to a window or a terminal: a code to act on, a sentence to show.

use clove_core::{Error, ImportError, account::AccountError, words::Spoken};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Why a command did nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub(crate) struct CommandError {
    /// What the window does about it.
    pub code: ErrorCode,
    /// What to tell the person: what happened, and what to do.
    pub message: String,
}

/// The errors that a window treats differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub(crate) enum ErrorCode {
    /// What was typed is out of bounds.
    Invalid,
    /// The todo is gone.
    NotFound,
    /// Nothing can be changed.
    ReadOnly,
    /// There is no room on the disk.
    DiskFull,
    /// The file of the todos is damaged.
    Damaged,
    /// The todos could not be opened.
    Unavailable,
    /// A newer search took this one's place.
    Superseded,
    /// Anything else.
    Internal,
}

impl CommandError {
    pub(crate) fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }
}

impl From<Error> for CommandError {
    fn from(error: Error) -> Self {
        let code = match &error {
            Error::Invalid(_) => ErrorCode::Invalid,
            Error::NotFound(_) | Error::NoBackup => ErrorCode::NotFound,
            Error::ReadOnly(_) => ErrorCode::ReadOnly,
            Error::DiskFull => ErrorCode::DiskFull,
            Error::Damaged => ErrorCode::Damaged,
            Error::Superseded => ErrorCode::Superseded,
            Error::Closed => ErrorCode::Unavailable,
            Error::Storage(_) | Error::BackupDamaged => ErrorCode::Internal,
        };
        Self::new(code, error.say())
    }
}

impl From<ImportError> for CommandError {
    fn from(error: ImportError) -> Self {
        Self::new(ErrorCode::Invalid, error.say())
    }
}

impl From<AccountError> for CommandError {
    fn from(error: AccountError) -> Self {
        match error {
            AccountError::Todos(error) => error.into(),
            AccountError::Closing => Self::new(ErrorCode::Unavailable, error.say()),
            _ => Self::new(ErrorCode::Internal, error.say()),
        }
    }
}
