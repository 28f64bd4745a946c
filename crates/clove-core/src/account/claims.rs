//! What a token says once its signature is verified, and whether its times are right.

use super::ids::UserId;
use crate::{
    clock::Millis,
    http::HttpError,
    words::{Language, Spoken, said_in_english},
};

/// How far two servers' clocks may be apart, in milliseconds.
const LEEWAY: i64 = 60_000;

/// What a token says (RFC 7519, section 4.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claims {
    /// Whom it speaks for (`sub`).
    pub user: UserId,
    /// When it was made (`iat`), by the issuer's clock as all of these.
    pub issued_at: Millis,
    /// When it ends (`exp`).
    pub expires_at: Millis,
    /// When it begins (`nbf`).
    pub not_before: Option<Millis>,
    /// Whom it is for (`aud`).
    pub audiences: Vec<String>,
}

/// Why a token is not used. Holds no part of it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// Not a JWT, or one that lacks what Clove reads.
    NotToken,
    /// Signed by another algorithm than RS256.
    Algorithm,
    /// Signed by a key that the server does not publish.
    UnknownKey,
    /// The signature is wrong.
    Signature,
    /// From another issuer.
    Issuer,
    /// For another audience.
    Audience,
    /// For somebody else than the session.
    User,
    /// It has ended.
    Expired,
    /// It has not begun.
    NotYet,
    /// The server publishes no keys that could be read.
    NoKeys,
    /// The keys could not be fetched.
    Http(#[from] HttpError),
}

impl Spoken for TokenError {
    fn say_in(&self, language: Language) -> String {
        match self {
            Self::NotToken => language.say("token-not-token", &[]),
            Self::Algorithm => language.say("token-algorithm", &[]),
            Self::UnknownKey => language.say("token-unknown-key", &[]),
            Self::Signature => language.say("token-signature", &[]),
            Self::Issuer => language.say("token-issuer", &[]),
            Self::Audience => language.say("token-audience", &[]),
            Self::User => language.say("token-user", &[]),
            Self::Expired => language.say("token-expired", &[]),
            Self::NotYet => language.say("token-not-yet", &[]),
            Self::NoKeys => language.say("token-no-keys", &[]),
            Self::Http(error) => error.say_in(language),
        }
    }
}
said_in_english!(TokenError);

impl Claims {
    /// Whether the token is valid at this moment of the servers' clock, give or take a minute.
    ///
    /// # Errors
    /// [`TokenError::Expired`] or [`TokenError::NotYet`].
    pub fn check(&self, now: Millis) -> Result<(), TokenError> {
        if self.expires_at.get() + LEEWAY <= now.get() {
            return Err(TokenError::Expired);
        }
        if self.not_before.is_some_and(|begin| begin.get() - LEEWAY > now.get()) {
            return Err(TokenError::NotYet);
        }
        Ok(())
    }

    /// How long the token was made to live, in milliseconds.
    #[must_use]
    pub fn lifetime(&self) -> i64 {
        (self.expires_at.get() - self.issued_at.get()).max(0)
    }

    /// Whether the token is for this audience.
    #[must_use]
    pub fn is_for(&self, audience: &str) -> bool {
        self.audiences.iter().any(|each| each == audience)
    }
}

#[cfg(test)]
#[path = "claims_tests.rs"]
mod tests;
