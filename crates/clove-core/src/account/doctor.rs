//! What stands in the way of signing in and syncing: looked at first, then judged, in plain words.

use super::{
    Account, AccountError, Connection,
    claims::TokenError,
    clock::Offset,
    convex_api::ConvexApiError,
    frontend_error::FrontendError,
    keeper,
    tokens::{Freshness, MintError},
    view::{Finding, Outcome},
};
use crate::words::{Spoken, say, told};

/// How far the device's clock may be off before it is worth a word, in milliseconds.
const CLOCK_TOLERANCE: i64 = 60_000;

/// What was seen.
#[derive(Debug)]
pub(crate) struct Observed {
    connection: Option<Connection>,
    clerk: Result<(), FrontendError>,
    keys: Result<(), TokenError>,
    convex: Result<(), ConvexApiError>,
    /// `None` while nobody is signed in.
    token: Option<Result<(), MintError>>,
    /// What Convex said to a token; `None` where there was none to show.
    welcome: Option<Result<(), ConvexApiError>>,
    offset: Option<Offset>,
    keyring: keeper::Persistence,
}

impl Account {
    /// Looks at all that a sign-in and a sync need, as far as the core can see it.
    pub async fn examine(&self) -> Vec<Finding> {
        let Ok(services) = self.services() else { return vec![key(None)] };
        let jwks = services.jwks();
        let (clerk, keys, convex) =
            tokio::join!(services.api.account_portal(), jwks.look(), services.convex.version(),);
        let (mut token, mut welcome) = (None, None);
        match self.token(Freshness::Forced).await {
            Ok(good) => {
                token = Some(Ok(()));
                welcome = Some(services.convex.current_user(&good.jwt).await.map(drop));
            }
            Err(AccountError::Token(error)) => token = Some(Err(error)),
            Err(_) => {}
        }
        findings(&Observed {
            connection: Some(services.connection.clone()),
            clerk: clerk.map(drop),
            keys,
            convex,
            token,
            welcome,
            offset: self.clock.offset(),
            keyring: self.keeper.persistence().borrow().clone(),
        })
    }
}

/// Judges what was seen, in the order in which things depend on each other.
pub(crate) fn findings(seen: &Observed) -> Vec<Finding> {
    vec![
        key(seen.connection.as_ref()),
        clerk(&seen.clerk),
        keys(&seen.keys),
        clock(seen.offset),
        keyring(&seen.keyring),
        token(seen.token.as_ref()),
        convex(&seen.convex),
        welcome(seen),
    ]
}

fn key(connection: Option<&Connection>) -> Finding {
    let subject = told("doctor-connection");
    match connection {
        Some(connection) => good(
            subject,
            say(
                "doctor-connection-good",
                &[
                    ("clerk", connection.publishable_key.frontend_api_host().into()),
                    ("convex", connection.convex_url.origin().into()),
                ],
            ),
        ),
        None => bad(subject, told("doctor-connection-none"), told("doctor-connection-none-cure")),
    }
}

fn clerk(answer: &Result<(), FrontendError>) -> Finding {
    let subject = told("doctor-clerk");
    match answer {
        Ok(()) => good(subject, told("doctor-clerk-good")),
        Err(FrontendError::Refused { code, message, .. }) => bad(
            subject,
            say("doctor-clerk-native", &[("message", message.into()), ("code", code.into())]),
            told("doctor-clerk-native-cure"),
        ),
        Err(FrontendError::BadAnswer(_)) => {
            bad(subject, told("doctor-clerk-other"), told("doctor-clerk-other-cure"))
        }
        Err(error @ (FrontendError::RateLimited { .. } | FrontendError::Unavailable)) => {
            bad(subject, error.say(), told("doctor-later-cure"))
        }
        Err(error) => bad(subject, error.say(), told("doctor-network-cure")),
    }
}

fn keys(keys: &Result<(), TokenError>) -> Finding {
    let subject = told("doctor-keys");
    match keys {
        Ok(()) => good(subject, told("doctor-keys-good")),
        Err(TokenError::Http(_)) => skipped(subject, told("doctor-clerk-away")),
        Err(error) => bad(subject, error.say(), told("doctor-keys-cure")),
    }
}

fn clock(offset: Option<Offset>) -> Finding {
    let subject = told("doctor-clock");
    let Some(offset) = offset else { return skipped(subject, told("doctor-clock-unknown")) };
    let off = offset.middle();
    if off.abs() <= CLOCK_TOLERANCE {
        return good(subject, told("doctor-clock-good"));
    }
    let minutes = [("minutes", off.abs().div_euclid(60_000).into())];
    Finding {
        subject,
        outcome: Outcome::Notice,
        finding: if off > 0 {
            say("doctor-clock-behind", &minutes)
        } else {
            say("doctor-clock-ahead", &minutes)
        },
        cure: Some(told("doctor-clock-cure")),
    }
}

fn keyring(keyring: &keeper::Persistence) -> Finding {
    let subject = told("doctor-keyring");
    match keyring {
        keeper::Persistence::Keyring => good(subject, told("doctor-keyring-good")),
        keeper::Persistence::Waiting => {
            bad(subject, told("doctor-keyring-locked"), told("doctor-keyring-locked-cure"))
        }
        keeper::Persistence::Memory { reason } => Finding {
            subject,
            outcome: Outcome::Notice,
            finding: told("doctor-keyring-memory"),
            cure: Some(reason.clone()),
        },
    }
}

fn token(token: Option<&Result<(), MintError>>) -> Finding {
    let subject = told("doctor-token");
    let template = told("doctor-token-template-cure");
    match token {
        None => skipped(subject, told("doctor-token-nobody")),
        Some(Ok(())) => good(subject, told("doctor-token-good")),
        Some(Err(MintError::NoTemplate)) => bad(subject, told("doctor-token-none"), template),
        Some(Err(MintError::Token(TokenError::Audience))) => {
            bad(subject, told("doctor-token-audience"), template)
        }
        Some(Err(MintError::Token(TokenError::Issuer))) => {
            bad(subject, told("doctor-token-issuer"), told("doctor-token-issuer-cure"))
        }
        Some(Err(MintError::Token(error @ TokenError::Algorithm))) => {
            bad(subject, error.say(), told("doctor-token-algorithm-cure"))
        }
        Some(Err(
            MintError::Frontend(FrontendError::Http(_)) | MintError::Token(TokenError::Http(_)),
        )) => skipped(subject, told("doctor-clerk-away")),
        Some(Err(
            error @ (MintError::Frontend(
                FrontendError::RateLimited { .. } | FrontendError::Unavailable,
            )
            | MintError::Token(TokenError::UnknownKey | TokenError::NoKeys)),
        )) => bad(subject, error.say(), told("doctor-later-cure")),
        Some(Err(
            error @ MintError::Frontend(
                FrontendError::SessionGone { .. } | FrontendError::SignedOut,
            ),
        )) => bad(subject, error.say(), told("doctor-sign-in-cure")),
        Some(Err(error)) => bad(subject, error.say(), told("doctor-sign-out-cure")),
    }
}

fn convex(answer: &Result<(), ConvexApiError>) -> Finding {
    let subject = told("doctor-convex");
    match answer {
        Ok(()) => good(subject, told("doctor-convex-good")),
        Err(ConvexApiError::BadAnswer) => {
            bad(subject, told("doctor-convex-other"), told("doctor-convex-other-cure"))
        }
        Err(error @ ConvexApiError::Unavailable) => {
            bad(subject, error.say(), told("doctor-later-cure"))
        }
        Err(error) => bad(subject, error.say(), told("doctor-convex-cure")),
    }
}

fn welcome(seen: &Observed) -> Finding {
    let subject = told("doctor-welcome");
    let issuer = seen.connection.as_ref().map(Connection::issuer).unwrap_or_default();
    match &seen.welcome {
        None => skipped(subject, told("doctor-welcome-none")),
        Some(Ok(())) => good(subject, told("doctor-welcome-good")),
        Some(Err(ConvexApiError::Unauthorized)) => bad(
            subject,
            told("doctor-welcome-refused"),
            say("doctor-welcome-refused-cure", &[("issuer", issuer.into())]),
        ),
        Some(Err(ConvexApiError::Failed(_))) => {
            bad(subject, told("doctor-welcome-functions"), told("doctor-welcome-functions-cure"))
        }
        Some(Err(ConvexApiError::Http(_))) => skipped(subject, told("doctor-convex-away")),
        Some(Err(error)) => bad(subject, error.say(), told("doctor-later-cure")),
    }
}

fn good(subject: String, finding: String) -> Finding {
    Finding { subject, outcome: Outcome::Good, finding, cure: None }
}

fn bad(subject: String, finding: String, cure: String) -> Finding {
    Finding { subject, outcome: Outcome::Bad, finding, cure: Some(cure) }
}

fn skipped(subject: String, finding: String) -> Finding {
    Finding { subject, outcome: Outcome::Skipped, finding, cure: None }
}

#[cfg(test)]
#[path = "doctor_tests.rs"]
mod tests;
