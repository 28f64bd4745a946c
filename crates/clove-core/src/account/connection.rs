//! Which Clerk and which Convex Clove talks to: two texts that people paste, checked.

use url::Url;

use super::view;
use crate::words::{Language, Spoken, said_in_english};

pub use super::{
    convex_url::{ConvexUrl, ConvexUrlProblem},
    publishable_key::{KeyProblem, PublishableKey},
};

/// The two services.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Connection {
    /// Clerk's publishable key, which names the instance.
    pub publishable_key: PublishableKey,
    /// The origin of the Convex deployment.
    pub convex_url: ConvexUrl,
}

/// What is to be said about each of the two texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConnectionCheck {
    /// The key, or what is wrong with it.
    pub publishable_key: Result<PublishableKey, KeyProblem>,
    /// The URL, or what is wrong with it.
    pub convex_url: Result<ConvexUrl, ConvexUrlProblem>,
}

/// Looks at both texts as they are typed.
#[must_use]
pub fn check(publishable_key: &str, convex_url: &str) -> ConnectionCheck {
    ConnectionCheck {
        publishable_key: PublishableKey::parse(publishable_key),
        convex_url: ConvexUrl::parse(convex_url),
    }
}

impl ConnectionCheck {
    /// What is wrong, in words.
    #[must_use]
    pub fn view(&self) -> view::ConnectionCheck {
        view::ConnectionCheck {
            publishable_key: self.publishable_key.as_ref().err().map(Spoken::say),
            convex_url: self.convex_url.as_ref().err().map(Spoken::say),
        }
    }

    /// The connection, where both texts are right.
    #[must_use]
    pub fn connection(self) -> Option<Connection> {
        let publishable_key = self.publishable_key.ok()?;
        Some(Connection { publishable_key, convex_url: self.convex_url.ok()? })
    }
}

impl Connection {
    /// Where requests to Clerk's Frontend API begin: `https://<host>/v1`.
    #[must_use]
    pub fn frontend_api(&self) -> Url {
        self.clerk("/v1")
    }

    /// Where Clerk publishes the keys that its tokens are signed with.
    #[must_use]
    pub fn jwks(&self) -> Url {
        self.clerk("/.well-known/jwks.json")
    }

    /// What tokens of this instance have as their `iss`.
    #[must_use]
    pub fn issuer(&self) -> String {
        self.publishable_key.issuer().origin().ascii_serialization()
    }

    fn clerk(&self, path: &str) -> Url {
        let mut url = self.publishable_key.issuer().clone();
        url.set_path(path);
        url
    }
}

/// What any text gets wrong on its way from a settings file or a web page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PasteProblem {
    /// The whole line of a settings file.
    Line,
    /// Quotation marks around it.
    Quoted,
    /// White space or control characters, around or inside.
    Space,
}

impl Spoken for PasteProblem {
    fn say_in(&self, language: Language) -> String {
        match self {
            Self::Line => language.say("paste-line", &[]),
            Self::Quoted => language.say("paste-quoted", &[]),
            Self::Space => language.say("paste-space", &[]),
        }
    }
}
said_in_english!(PasteProblem);

/// Looks for what is to be mended before the text itself is looked at. `name` is the setting's name.
pub(super) fn check_paste(text: &str, name: &str) -> Result<(), PasteProblem> {
    const QUOTES: [char; 7] = ['"', '\'', '`', '“', '”', '‘', '’'];
    let trimmed = text.trim();
    if trimmed.split_once('=').is_some_and(|(before, _)| before.contains(name)) {
        Err(PasteProblem::Line)
    } else if trimmed.starts_with(QUOTES) || trimmed.ends_with(QUOTES) {
        Err(PasteProblem::Quoted)
    } else if text.contains(|c: char| c.is_whitespace() || c.is_control()) {
        Err(PasteProblem::Space)
    } else {
        Ok(())
    }
}

#[cfg(test)]
#[path = "connection_tests.rs"]
mod tests;
