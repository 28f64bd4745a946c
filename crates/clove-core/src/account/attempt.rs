//! An attempt to sign in, from the moment that the browser is opened until its link is back.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD as BASE64URL};
use ring::digest::{SHA256, digest};
use serde::{Deserialize, Serialize};

use super::{link::Link, view::SignInMode};
use crate::{
    clock::Millis,
    random::Random,
    secret::Secret,
    words::{Language, Spoken, said_in_english},
};

/// How long the browser's link may take, in milliseconds; Clerk's own nonce lives no longer.
pub const LIFETIME: i64 = 10 * 60 * 1000;
/// How far the device's clock may be set back meanwhile, in milliseconds, as a correction over the
/// network may do.
const STEP_BACK_MAX: i64 = 60 * 1000;

/// An attempt to sign in. What it holds stays on this device, in the keyring.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// Comes back in the link, and shows that the link answers this attempt (RFC 6749, section 10.12).
    pub state: Secret,
    /// Shows that whoever redeems the link began the attempt (RFC 7636).
    pub verifier: Secret,
    /// Which page was opened.
    pub mode: SignInMode,
    /// When it began, by the device's clock.
    pub begun_at: Millis,
}

/// Why a link is not taken, although it has the right shape. Nothing changes by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// No sign-in waits for a link.
    NothingPending,
    /// The link answers another attempt, perhaps somebody else's.
    OtherAttempt,
    /// The link came too late.
    TooLate,
    /// The attempt seems to begin in the future, so its age is not known.
    ClockSetBack,
}

impl Spoken for Refusal {
    fn say_in(&self, language: Language) -> String {
        match self {
            Self::NothingPending => language.say("sign-in-nothing-pending", &[]),
            Self::OtherAttempt => language.say("sign-in-other-attempt", &[]),
            Self::TooLate => language.say("sign-in-too-late", &[]),
            Self::ClockSetBack => language.say("sign-in-clock-set-back", &[]),
        }
    }
}
said_in_english!(Refusal);

/// The system gave no random bytes, without which no attempt is safe.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub struct NoRandomness;

impl Spoken for NoRandomness {
    fn say_in(&self, language: Language) -> String {
        language.say("sign-in-no-randomness", &[])
    }
}
said_in_english!(NoRandomness);

/// Whether a link answers the attempt that is pending.
///
/// # Errors
/// [`Refusal`] says why it does not.
pub fn check(link: &Link, attempt: Option<&Attempt>, now: Millis) -> Result<(), Refusal> {
    let attempt = attempt.ok_or(Refusal::NothingPending)?;
    if Secret::new(&*link.state) != attempt.state {
        return Err(Refusal::OtherAttempt);
    }
    match now.get() - attempt.begun_at.get() {
        age if age < -STEP_BACK_MAX => Err(Refusal::ClockSetBack),
        age if age >= LIFETIME => Err(Refusal::TooLate),
        _ => Ok(()),
    }
}

impl Attempt {
    /// A new attempt, unlike any before.
    ///
    /// # Errors
    /// Where there is no randomness to make it of.
    pub fn begin(mode: SignInMode, random: &dyn Random, now: Millis) -> Result<Self, NoRandomness> {
        let (state, verifier) = (secret(random)?, secret(random)?);
        Ok(Self { state, verifier, mode, begun_at: now })
    }

    /// The verifier's SHA-256 in base64url: the challenge of the method S256 (RFC 7636, section 4.2).
    #[must_use]
    pub fn challenge(&self) -> String {
        BASE64URL.encode(digest(&SHA256, self.verifier.reveal().as_bytes()))
    }

    /// The attempt as JSON, for the keyring.
    #[must_use]
    pub fn to_json(&self) -> Secret {
        let Self { state, verifier, mode, begun_at } = self;
        let (state, verifier) = (state.reveal().into(), verifier.reveal().into());
        let kept = Kept { state, verifier, mode: *mode, begun_at: *begun_at };
        Secret::new(serde_json::to_string(&kept).unwrap_or_default())
    }

    /// Reads what [`Self::to_json`] wrote; `None` where it is something else.
    #[must_use]
    pub fn from_json(json: &Secret) -> Option<Self> {
        let Kept { state, verifier, mode, begun_at } = serde_json::from_str(json.reveal()).ok()?;
        let is_full = |text: &str| text.len() >= TEXT_LENGTH;
        let is_whole = is_full(&state) && is_full(&verifier);
        let attempt =
            Self { state: Secret::new(state), verifier: Secret::new(verifier), mode, begun_at };
        is_whole.then_some(attempt)
    }
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Kept {
    state: String,
    verifier: String,
    mode: SignInMode,
    begun_at: Millis,
}

/// Bytes of randomness in a secret, as RFC 7636, section 7.1, recommends; and its length as text.
const BYTES: usize = 32;
const TEXT_LENGTH: usize = 43;

fn secret(random: &dyn Random) -> Result<Secret, NoRandomness> {
    let mut bytes = [0; BYTES];
    random.fill(&mut bytes);
    // A generator that fails leaves them as they were; one that works never does (2^-256).
    if bytes == [0; BYTES] {
        return Err(NoRandomness);
    }
    Ok(Secret::new(BASE64URL.encode(bytes)))
}

#[cfg(test)]
#[path = "attempt_tests.rs"]
mod tests;
