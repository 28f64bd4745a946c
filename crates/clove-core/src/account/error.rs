//! Why nothing came of something that was asked of the account, in words for a person.

use super::{
    attempt::{NoRandomness, Refusal},
    convex_api::ConvexApiError,
    frontend_error::FrontendError,
    link::LinkError,
    tokens::MintError,
};
use crate::error::{Error, OpenError};

/// Why nothing came of it. Holds no secret.
#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    /// There is no connection.
    #[error("Clove has no account server to sign in with. Name one in Settings, under Connection.")]
    NotConnected,
    /// A link that is not the end of a sign-in.
    #[error("A link arrived that Clove does not understand ({0}). It was ignored.")]
    Link(#[from] LinkError),
    /// A link that does not answer the attempt that is under way.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Somebody is signed in.
    #[error("Somebody is signed in already. Sign out first.")]
    SignedInAlready,
    /// Nobody is signed in.
    #[error("Nobody is signed in.")]
    SignedOut,
    /// Another attempt, or a word of the person, came in between.
    #[error("This sign-in was ended before it was finished. Choose Sign in to begin another.")]
    Superseded,
    /// The system gave no randomness.
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
    /// Clerk.
    #[error(transparent)]
    Clerk(#[from] FrontendError),
    /// There is no token.
    #[error(transparent)]
    Token(#[from] MintError),
    /// Convex.
    #[error(transparent)]
    Convex(#[from] ConvexApiError),
    /// Clerk names no page where people manage their account.
    #[error("Clerk names no page to manage this account on.")]
    NoPortal,
    /// The todos could not be read or written.
    #[error(transparent)]
    Todos(#[from] Error),
    /// The todos could not be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// A file could not be written.
    #[error("A file could not be written ({0}), so nothing was changed. Try again.")]
    File(#[from] std::io::Error),
    /// Clove is closing.
    #[error("Clove is closing.")]
    Closing,
}
