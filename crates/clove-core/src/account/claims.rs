//! What a token says once its signature is verified, and whether its times are right.

use super::ids::UserId;
use crate::{clock::Millis, http::HttpError};

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
    #[error("The sign-in server made something that is no token.")]
    NotToken,
    /// Signed by another algorithm than RS256.
    #[error("The token is not signed by RS256. Set that in Clerk's JWT template.")]
    Algorithm,
    /// Signed by a key that the server does not publish.
    #[error("The token is signed by a key that the sign-in server does not publish.")]
    UnknownKey,
    /// The signature is wrong.
    #[error("The token's signature is wrong. Something may stand between Clove and Clerk.")]
    Signature,
    /// From another issuer.
    #[error("The token's issuer (iss) is not the one that the publishable key names.")]
    Issuer,
    /// For another audience.
    #[error("The token is not made for Convex: in Clerk's JWT template, aud has to be \"convex\".")]
    Audience,
    /// For somebody else than the session.
    #[error("The token speaks for somebody else than who signed in.")]
    User,
    /// It has ended.
    #[error("The token has already expired by the sign-in server's own clock.")]
    Expired,
    /// It has not begun.
    #[error("The token is not valid yet by the sign-in server's own clock.")]
    NotYet,
    /// The server publishes no keys that could be read.
    #[error("The sign-in server publishes no keys that Clove can read.")]
    NoKeys,
    /// The keys could not be fetched.
    #[error(transparent)]
    Http(#[from] HttpError),
}

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
