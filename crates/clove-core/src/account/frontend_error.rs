//! What Clerk's Frontend API refuses, and what each refusal means.

use super::{
    answers::{BadAnswer, clerk_error},
    clock::http_date,
};
use crate::{
    http::{HttpError, Response},
    words::{Language, Spoken, said_in_english},
};

/// Why the Frontend API did not do what it was asked. Holds no secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FrontendError {
    /// The device's client token is not known (any more).
    SignedOut,
    /// The session has ended: signed out elsewhere, revoked, expired.
    SessionGone {
        /// Clerk's code for it.
        code: String,
    },
    /// Too many requests.
    RateLimited {
        /// How long to wait.
        retry_after_seconds: u64,
    },
    /// The server fails, for now (any status from 500).
    Unavailable,
    /// The server understood, and does not want to.
    Refused {
        /// The HTTP status.
        status: u16,
        /// Clerk's code.
        code: String,
        /// Clerk's words.
        message: String,
    },
    /// The answer makes no sense.
    BadAnswer(#[from] BadAnswer),
    /// There is no answer.
    Http(#[from] HttpError),
}

impl Spoken for FrontendError {
    fn say_in(&self, language: Language) -> String {
        match self {
            Self::SignedOut => language.say("clerk-signed-out", &[]),
            Self::SessionGone { .. } => language.say("clerk-session-gone", &[]),
            Self::RateLimited { retry_after_seconds } => {
                let wait = [("seconds", (*retry_after_seconds).into())];
                language.say("clerk-rate-limited", &wait)
            }
            Self::Unavailable => language.say("clerk-unavailable", &[]),
            Self::Refused { code, message, .. } => {
                let theirs = [("message", message.into()), ("code", code.into())];
                language.say("clerk-refused", &theirs)
            }
            Self::BadAnswer(error) => error.say_in(language),
            Self::Http(error) => error.say_in(language),
        }
    }
}
said_in_english!(FrontendError);

/// How long to wait where a server does not say, and the longest that is believed, in seconds.
const WAIT: u64 = 30;
const WAIT_MAX: u64 = 3600;

/// Takes an answer that succeeded; everything else becomes an error.
///
/// # Errors
/// [`FrontendError`] says what the status and the body mean. A refusal counts only in Clerk's own
/// words: whatever else sits in between (a portal, a proxy) signs nobody out.
pub fn accept(response: Response) -> Result<Vec<u8>, FrontendError> {
    match response.status {
        200..=299 => return Ok(response.body),
        429 => {
            return Err(FrontendError::RateLimited { retry_after_seconds: wait_of(&response) });
        }
        500.. => return Err(FrontendError::Unavailable),
        _ => {}
    }
    let error = clerk_error(&response.body).filter(|_| response.status >= 400);
    let error = error.ok_or(BadAnswer("a reason for its refusal"))?;
    if response.status == 401 && error.code == "signed_out" {
        return Err(FrontendError::SignedOut);
    }
    let (code, message) = (error.code, error.message);
    Err(FrontendError::Refused { status: response.status, code, message })
}

impl FrontendError {
    /// The same error, about a request that names a session: 401 and 404 mean that it is gone.
    #[must_use]
    pub fn of_session(self) -> Self {
        match self {
            Self::Refused { status: 401 | 404, code, .. } => Self::SessionGone { code },
            other => other,
        }
    }
}

/// How long an answer asks to wait (RFC 9110, section 10.2.3): in seconds, or until a date.
pub(super) fn wait_of(response: &Response) -> u64 {
    let until = |text: &str| {
        let now = response.header("date").and_then(http_date)?;
        u64::try_from(http_date(text)?.get() - now.get()).ok().map(|millis| millis.div_ceil(1000))
    };
    let said = response.header("retry-after").map(str::trim);
    let seconds = said.and_then(|text| text.parse().ok().or_else(|| until(text)));
    seconds.unwrap_or(WAIT).clamp(1, WAIT_MAX)
}

#[cfg(test)]
#[path = "frontend_error_tests.rs"]
mod tests;
