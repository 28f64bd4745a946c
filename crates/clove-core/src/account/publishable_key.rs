//! Clerk's publishable key, which says where an instance's Frontend API is.

use base64::{
    Engine, alphabet,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use url::Url;

use super::connection::{PasteProblem, check_paste};
use crate::{
    http::is_loopback,
    words::{Language, Spoken, said_in_english},
};

/// Keys come with and without the padding at the end.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// A publishable key: `pk_test_` or `pk_live_`, and in base64 the host of the Frontend API and a `$`.
///
/// It is no secret (<https://clerk.com/docs/guides/development/clerk-environment-variables>).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishableKey {
    text: String,
    host: String,
    issuer: Url,
}

/// What is wrong with a publishable key, in words for whoever pasted it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyProblem {
    /// Nothing.
    Empty,
    /// What any text gets wrong.
    Paste(#[from] PasteProblem),
    /// A secret key.
    SecretKey,
    /// The address of the Frontend API, which is also the issuer of tokens.
    Address,
    /// Anything else that does not begin as a key does.
    NotKey,
    /// The part after the prefix is not what Clerk writes there.
    Broken,
}

impl Spoken for KeyProblem {
    fn say_in(&self, language: Language) -> String {
        match self {
            Self::Empty => language.say("key-empty", &[]),
            Self::Paste(error) => error.say_in(language),
            Self::SecretKey => language.say("key-secret-key", &[]),
            Self::Address => language.say("key-address", &[]),
            Self::NotKey => language.say("key-not-key", &[]),
            Self::Broken => language.say("key-broken", &[]),
        }
    }
}
said_in_english!(KeyProblem);

impl PublishableKey {
    /// Takes a key apart.
    ///
    /// # Errors
    /// [`KeyProblem`] says what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, KeyProblem> {
        if text.trim().is_empty() {
            return Err(KeyProblem::Empty);
        }
        check_paste(text, "CLERK_PUBLISHABLE_KEY")?;
        if text.starts_with("sk_") {
            return Err(KeyProblem::SecretKey);
        }
        let rest = text.strip_prefix("pk_test_").or_else(|| text.strip_prefix("pk_live_"));
        let Some(rest) = rest else {
            let is_address = text.contains("://") || text.contains(".clerk.");
            return Err(if is_address { KeyProblem::Address } else { KeyProblem::NotKey });
        };
        let inside = BASE64.decode(rest).ok().and_then(|bytes| String::from_utf8(bytes).ok());
        let host = inside.as_deref().and_then(|inside| inside.strip_suffix('$'));
        let host = host.ok_or(KeyProblem::Broken)?;
        let issuer = origin_of(host).ok_or(KeyProblem::Broken)?;
        Ok(Self { text: text.to_owned(), host: host.to_owned(), issuer })
    }

    /// The key as it was given.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The host of the Frontend API, with its port where it has one.
    #[must_use]
    pub fn frontend_api_host(&self) -> &str {
        &self.host
    }

    /// The origin of the Frontend API, which issues the tokens.
    pub(super) fn issuer(&self) -> &Url {
        &self.issuer
    }
}

/// The origin of `host[:port]`, where the text is that and nothing else, written as it is meant.
fn origin_of(host: &str) -> Option<Url> {
    let secure: Url = format!("https://{host}/").parse().ok()?;
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-.".contains(c);
    let is_name =
        |name: &str| name.contains('.') && !name.ends_with('.') && name.chars().all(is_plain);
    let is_host = secure.domain().is_none_or(is_name);
    let port = secure.port().map(|port| format!(":{port}")).unwrap_or_default();
    if !is_host || format!("{}{port}", secure.host_str()?) != host {
        return None;
    }
    if is_loopback(&secure) { format!("http://{host}/").parse().ok() } else { Some(secure) }
}
