//! Tokens for Convex: made by Clerk, verified, kept while they are fresh.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use tokio::sync::Mutex;

use super::{
    claims::{Claims, TokenError},
    clock::ServerClock,
    frontend_api::{FrontendApi, Minted},
    frontend_error::FrontendError,
    ids::{SessionId, UserId},
    jwks::Jwks,
};
use crate::{
    clock::Millis,
    secret::Secret,
    words::{Language, Spoken, said_in_english},
};

/// The audience that Convex asks for, and the name of the JWT template that gives it
/// (<https://docs.convex.dev/auth/clerk>).
const CONVEX: &str = "convex";
/// How long before its end a token is replaced, in milliseconds.
const AHEAD: i64 = 60_000;
/// Tokens that live shorter than this, in milliseconds, are replaced at two thirds of their life.
const SHORT: i64 = 3 * AHEAD;

/// Whether a token that is kept will do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Freshness {
    /// It will, as long as it is fresh.
    Cached,
    /// It will not: Convex has refused it.
    Forced,
}

/// A token that Convex takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConvexToken {
    /// The token.
    pub jwt: Secret,
    /// Whom it speaks for.
    pub user: UserId,
    /// When it was asked for, by the device's clock as both moments below.
    pub asked_at: Millis,
    /// From when on a new one is made.
    pub refresh_at: Millis,
    /// When it ends.
    pub expires_at: Millis,
}

/// Why there is no token.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MintError {
    /// The instance makes no tokens for Convex.
    NoTemplate,
    /// Clerk did not make one.
    Frontend(#[from] FrontendError),
    /// Clerk made one that is not good.
    Token(#[from] TokenError),
}

impl Spoken for MintError {
    fn say_in(&self, language: Language) -> String {
        match self {
            Self::NoTemplate => language.say("mint-no-template", &[]),
            Self::Frontend(error) => error.say_in(language),
            Self::Token(error) => error.say_in(language),
        }
    }
}
said_in_english!(MintError);

/// The tokens of one session.
pub struct Tokens {
    frontend: Arc<FrontendApi>,
    jwks: Jwks,
    clock: Arc<ServerClock>,
    session: SessionId,
    user: UserId,
    /// How many tokens were made, or not made.
    rounds: AtomicU64,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    last: Option<Result<ConvexToken, MintError>>,
    /// Until when Clerk asked not to be asked, by the device's clock.
    wait_until: Option<Millis>,
    /// Whether the template made the last one.
    by_template: bool,
}

impl Tokens {
    /// Tokens for a session of this person.
    #[must_use]
    pub fn new(
        frontend: Arc<FrontendApi>,
        jwks: Jwks,
        clock: Arc<ServerClock>,
        (session, user): (SessionId, UserId),
    ) -> Self {
        let state = Mutex::default();
        Self { frontend, jwks, clock, session, user, rounds: AtomicU64::new(0), state }
    }

    /// A token, kept or new. Only one is made at a time: who asks meanwhile gets that one, or its error.
    ///
    /// # Errors
    /// [`MintError`]. While Clerk asks to wait, nothing is sent.
    pub async fn token(&self, freshness: Freshness) -> Result<ConvexToken, MintError> {
        let seen = self.rounds.load(Ordering::Acquire);
        let mut state = self.state.lock().await;
        let now = self.clock.device_now();
        match &state.last {
            Some(outcome) if self.rounds.load(Ordering::Acquire) != seen => return outcome.clone(),
            Some(Ok(token)) if freshness == Freshness::Cached && token.is_fresh(now) => {
                return Ok(token.clone());
            }
            _ => {}
        }
        if let Some(seconds) = state.wait_until.and_then(|until| seconds_left(now, until)) {
            return Err(FrontendError::RateLimited { retry_after_seconds: seconds }.into());
        }
        let outcome = self.make(&mut state.by_template).await;
        state.wait_until = match &outcome {
            Err(MintError::Frontend(FrontendError::RateLimited { retry_after_seconds })) => {
                let millis = i64::try_from(*retry_after_seconds).unwrap_or(0).saturating_mul(1000);
                Some(self.clock.device_now().shifted(millis))
            }
            _ => None,
        };
        state.last = Some(outcome.clone());
        self.rounds.fetch_add(1, Ordering::Release);
        outcome
    }

    /// The choice of Convex's React provider (npm `convex`, `ConvexProviderWithClerk`): the session's
    /// own token where its audience is Convex, else the template's. Which it was is remembered.
    async fn make(&self, by_template: &mut bool) -> Result<ConvexToken, MintError> {
        if *by_template {
            match self.by_template().await {
                Err(MintError::NoTemplate) => *by_template = false,
                outcome => return outcome,
            }
        }
        let minted = self.frontend.mint(&self.session, None).await?;
        let claims = self.verify(&minted, None).await?;
        if claims.is_for(CONVEX) {
            return Ok(ConvexToken::new(minted, claims));
        }
        let token = self.by_template().await?;
        *by_template = true;
        Ok(token)
    }

    async fn by_template(&self) -> Result<ConvexToken, MintError> {
        let minted = self.frontend.mint(&self.session, Some(CONVEX)).await;
        let minted = minted.map_err(|error| match error {
            FrontendError::Refused { status: 404, .. } => MintError::NoTemplate,
            error => error.into(),
        })?;
        let claims = self.verify(&minted, Some(CONVEX)).await?;
        Ok(ConvexToken::new(minted, claims))
    }

    /// Verifies a token that was made just now, which therefore also tells the issuer's time.
    async fn verify(&self, minted: &Minted, audience: Option<&str>) -> Result<Claims, TokenError> {
        let claims = self.jwks.verify(&minted.jwt, audience).await?;
        if claims.user != self.user {
            return Err(TokenError::User);
        }
        self.clock.observe(minted.trip, claims.issued_at);
        claims.check(self.clock.now())?;
        Ok(claims)
    }
}

impl ConvexToken {
    fn new(minted: Minted, claims: Claims) -> Self {
        let (asked_at, lifetime) = (minted.trip.sent, claims.lifetime());
        Self {
            jwt: minted.jwt,
            user: claims.user,
            asked_at,
            refresh_at: asked_at.shifted(refresh_after(lifetime)),
            expires_at: asked_at.shifted(lifetime),
        }
    }

    /// Whether it need not be replaced yet. Its age is measured by the device's clock alone; where that
    /// was set back, the age is not known.
    #[must_use]
    pub fn is_fresh(&self, now: Millis) -> bool {
        (self.asked_at..self.refresh_at).contains(&now)
    }
}

/// How old a token gets before it is replaced, in milliseconds.
fn refresh_after(lifetime: i64) -> i64 {
    if lifetime < SHORT { lifetime * 2 / 3 } else { lifetime - AHEAD }
}

/// Whole seconds until a moment; `None` where it has come, or lies further ahead than any wait.
fn seconds_left(now: Millis, until: Millis) -> Option<u64> {
    let seconds = u64::try_from(until.get() - now.get()).ok()?.div_ceil(1000);
    (1..=3600).contains(&seconds).then_some(seconds)
}

#[cfg(test)]
#[path = "tokens_tests.rs"]
mod tests;
