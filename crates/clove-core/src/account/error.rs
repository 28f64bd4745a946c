//! Why nothing came of something that was asked of the account, in words for a person.

use super::{
    attempt::{NoRandomness, Refusal},
    convex_api::ConvexApiError,
    frontend_error::FrontendError,
    link::LinkError,
    tokens::MintError,
};
use crate::{
    error::{Error, OpenError},
    words::{Language, Spoken, said_in_english},
};

/// Why nothing came of it. Holds no secret.
#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    /// There is no connection.
    NotConnected,
    /// A link that is not the end of a sign-in.
    Link(#[from] LinkError),
    /// A link that does not answer the attempt that is under way.
    Refused(#[from] Refusal),
    /// Somebody is signed in.
    SignedInAlready,
    /// Nobody is signed in.
    SignedOut,
    /// Another attempt, or a word of the person, came in between.
    Superseded,
    /// The system gave no randomness.
    NoRandomness(#[from] NoRandomness),
    /// Clerk.
    Clerk(#[from] FrontendError),
    /// There is no token.
    Token(#[from] MintError),
    /// Convex.
    Convex(#[from] ConvexApiError),
    /// Clerk names no page where people manage their account.
    NoPortal,
    /// The todos could not be read or written.
    Todos(#[from] Error),
    /// The todos could not be opened.
    Open(#[from] OpenError),
    /// A file could not be written.
    File(#[from] std::io::Error),
    /// Clove is closing.
    Closing,
}

impl Spoken for AccountError {
    fn say_in(&self, language: Language) -> String {
        match self {
            Self::NotConnected => language.say("account-not-connected", &[]),
            Self::Link(error) => {
                language.say("account-link", &[("reason", error.say_in(language).into())])
            }
            Self::Refused(error) => error.say_in(language),
            Self::SignedInAlready => language.say("account-signed-in-already", &[]),
            Self::SignedOut => language.say("account-signed-out", &[]),
            Self::Superseded => language.say("account-superseded", &[]),
            Self::NoRandomness(error) => error.say_in(language),
            Self::Clerk(error) => error.say_in(language),
            Self::Token(error) => error.say_in(language),
            Self::Convex(error) => error.say_in(language),
            Self::NoPortal => language.say("account-no-portal", &[]),
            Self::Todos(error) => error.say_in(language),
            Self::Open(error) => error.say_in(language),
            Self::File(error) => {
                language.say("account-file", &[("reason", error.to_string().into())])
            }
            Self::Closing => language.say("account-closing", &[]),
        }
    }
}
said_in_english!(AccountError);
