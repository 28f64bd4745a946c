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
    let subject = "Connection";
    match connection {
        Some(connection) => good(
            subject,
            format!(
                "Clerk at {}, Convex at {}.",
                connection.publishable_key.frontend_api_host(),
                connection.convex_url.origin()
            ),
        ),
        None => bad(
            subject,
            "Clove has no publishable key and no Convex address to connect with.",
            "Copy the publishable key from Clerk's dashboard (API keys) and the deployment URL from \
             Convex's (Settings, URL & Deploy Key) into Settings, Connection.",
        ),
    }
}

fn clerk(answer: &Result<(), FrontendError>) -> Finding {
    let subject = "Clerk";
    match answer {
        Ok(()) => good(subject, "Its Frontend API answers."),
        Err(FrontendError::Refused { code, message, .. }) => bad(
            subject,
            format!("It refuses native apps: {message} ({code})"),
            "In Clerk's dashboard, under Native applications, enable the Native API and allow the \
             redirect URL dev.clove.todo://callback.",
        ),
        Err(FrontendError::BadAnswer(_)) => bad(
            subject,
            "Something else answers in its place.",
            "Check the publishable key, and whether this network asks you to log in first.",
        ),
        Err(error @ (FrontendError::RateLimited { .. } | FrontendError::Unavailable)) => {
            bad(subject, error.to_string(), LATER)
        }
        Err(error) => bad(subject, error.to_string(), "Check the network, and try again."),
    }
}

fn keys(keys: &Result<(), TokenError>) -> Finding {
    let subject = "Signing keys";
    match keys {
        Ok(()) => good(subject, "Clerk publishes them."),
        Err(TokenError::Http(_)) => skipped(subject, "Clerk can't be reached."),
        Err(error) => bad(
            subject,
            error.to_string(),
            "Check the publishable key: it names the server that has to publish them.",
        ),
    }
}

fn clock(offset: Option<Offset>) -> Finding {
    let subject = "Clock";
    let Some(offset) = offset else { return skipped(subject, "No server has told the time yet.") };
    let off = offset.middle();
    if off.abs() <= CLOCK_TOLERANCE {
        return good(subject, "This computer and the servers agree on the time.");
    }
    let direction = if off > 0 { "behind" } else { "ahead" };
    let minutes = off.abs().div_euclid(60_000);
    Finding {
        subject: subject.to_owned(),
        outcome: Outcome::Notice,
        finding: format!(
            "This computer's clock is {minutes} min {direction}. Clove corrects for that."
        ),
        cure: Some("Have the system set the time by itself.".to_owned()),
    }
}

fn keyring(keyring: &keeper::Persistence) -> Finding {
    let subject = "Keyring";
    match keyring {
        keeper::Persistence::Keyring => good(subject, "The sign-in is kept in it."),
        keeper::Persistence::Waiting => bad(
            subject,
            "It is locked.",
            "Unlock it, then choose Try again in the account's window.",
        ),
        keeper::Persistence::Memory { reason } => Finding {
            subject: subject.to_owned(),
            outcome: Outcome::Notice,
            finding: "It does not keep the sign-in, which ends when Clove quits.".to_owned(),
            cure: Some(reason.clone()),
        },
    }
}

fn token(token: Option<&Result<(), MintError>>) -> Finding {
    let subject = "Token for Convex";
    let template = "In Clerk's dashboard, activate the Convex integration, or add a JWT template \
                    named \"convex\" with the claim aud = \"convex\".";
    match token {
        None => skipped(subject, "Nobody is signed in."),
        Some(Ok(())) => good(subject, "Clerk makes one, and it is signed as it should be."),
        Some(Err(MintError::NoTemplate)) => {
            bad(subject, "Clerk has no JWT template named \"convex\".", template)
        }
        Some(Err(MintError::Token(TokenError::Audience))) => {
            bad(subject, "Clerk's JWT template \"convex\" has another audience (aud).", template)
        }
        Some(Err(MintError::Token(TokenError::Issuer))) => bad(
            subject,
            "Its issuer (iss) is not the server that the publishable key names.",
            "Use the publishable key of the same Clerk instance, and no custom iss in the template.",
        ),
        Some(Err(MintError::Token(error @ TokenError::Algorithm))) => bad(
            subject,
            error.to_string(),
            "In Clerk's dashboard, set the signing algorithm of the JWT template \"convex\" to RS256.",
        ),
        Some(Err(
            MintError::Frontend(FrontendError::Http(_)) | MintError::Token(TokenError::Http(_)),
        )) => skipped(subject, "Clerk can't be reached."),
        Some(Err(
            error @ (MintError::Frontend(
                FrontendError::RateLimited { .. } | FrontendError::Unavailable,
            )
            | MintError::Token(TokenError::UnknownKey | TokenError::NoKeys)),
        )) => bad(subject, error.to_string(), LATER),
        Some(Err(
            error @ MintError::Frontend(
                FrontendError::SessionGone { .. } | FrontendError::SignedOut,
            ),
        )) => bad(subject, error.to_string(), "Sign in again."),
        Some(Err(error)) => bad(subject, error.to_string(), "Sign out, and sign in again."),
    }
}

fn convex(answer: &Result<(), ConvexApiError>) -> Finding {
    let subject = "Convex";
    match answer {
        Ok(()) => good(subject, "The deployment answers."),
        Err(ConvexApiError::BadAnswer) => bad(
            subject,
            "Something else answers at its address.",
            "Check the Convex address in Settings, Connection. It ends in .convex.cloud.",
        ),
        Err(error @ ConvexApiError::Unavailable) => bad(subject, error.to_string(), LATER),
        Err(error) => bad(subject, error.to_string(), "Check the address and the network."),
    }
}

fn welcome(seen: &Observed) -> Finding {
    let subject = "Clerk and Convex together";
    let issuer = seen.connection.as_ref().map(Connection::issuer).unwrap_or_default();
    match &seen.welcome {
        None => skipped(subject, "There is no token to show to Convex."),
        Some(Ok(())) => good(subject, "Convex knows who you are."),
        Some(Err(ConvexApiError::Unauthorized)) => bad(
            subject,
            "Convex does not accept Clerk's token.",
            &format!(
                "Set the issuer in the deployment, then deploy once more: \
                 npx convex env set CLERK_JWT_ISSUER_DOMAIN {issuer}"
            ),
        ),
        Some(Err(ConvexApiError::Failed(_))) => bad(
            subject,
            "The deployment does not have Clove's functions.",
            "Deploy them from Clove's repository: npx convex deploy",
        ),
        Some(Err(ConvexApiError::Http(_))) => skipped(subject, "Convex can't be reached."),
        Some(Err(error)) => bad(subject, error.to_string(), LATER),
    }
}

const LATER: &str = "Wait a minute, and check again.";

fn good(subject: &str, finding: impl Into<String>) -> Finding {
    let (subject, finding) = (subject.to_owned(), finding.into());
    Finding { subject, outcome: Outcome::Good, finding, cure: None }
}

fn bad(subject: &str, finding: impl Into<String>, cure: &str) -> Finding {
    let (subject, finding) = (subject.to_owned(), finding.into());
    Finding { subject, outcome: Outcome::Bad, finding, cure: Some(cure.to_owned()) }
}

fn skipped(subject: &str, finding: &str) -> Finding {
    let (subject, finding) = (subject.to_owned(), finding.to_owned());
    Finding { subject, outcome: Outcome::Skipped, finding, cure: None }
}

#[cfg(test)]
#[path = "doctor_tests.rs"]
mod tests;
