//! The URL of a Convex deployment.

use url::Url;

use super::connection::{PasteProblem, check_paste};
use crate::{
    http::is_secure,
    words::{Language, Spoken, said_in_english},
};

/// The origin of a deployment: `https://<name>.convex.cloud`, or one's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConvexUrl(Url);

/// What is wrong with a deployment's URL, in words for whoever pasted it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ConvexUrlProblem {
    /// Nothing.
    Empty,
    /// What any text gets wrong.
    Paste(#[from] PasteProblem),
    /// A page of the dashboard.
    Dashboard,
    /// The address of HTTP actions.
    Site,
    /// A key or an address of Clerk's.
    Clerk,
    /// The name of a deployment, or a host.
    NoScheme,
    /// Plain HTTP, or another scheme.
    Insecure,
    /// More than an origin.
    MoreThanOrigin,
    /// No URL at all.
    NotUrl,
}

impl Spoken for ConvexUrlProblem {
    fn say_in(&self, language: Language) -> String {
        match self {
            Self::Empty => language.say("convex-url-empty", &[]),
            Self::Paste(error) => error.say_in(language),
            Self::Dashboard => language.say("convex-url-dashboard", &[]),
            Self::Site => language.say("convex-url-site", &[]),
            Self::Clerk => language.say("convex-url-clerk", &[]),
            Self::NoScheme => language.say("convex-url-no-scheme", &[]),
            Self::Insecure => language.say("convex-url-insecure", &[]),
            Self::MoreThanOrigin => language.say("convex-url-more-than-origin", &[]),
            Self::NotUrl => language.say("convex-url-not-url", &[]),
        }
    }
}
said_in_english!(ConvexUrlProblem);

impl ConvexUrl {
    /// Reads a deployment's URL.
    ///
    /// # Errors
    /// [`ConvexUrlProblem`] says what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, ConvexUrlProblem> {
        use ConvexUrlProblem as Problem;
        if text.trim().is_empty() {
            return Err(Problem::Empty);
        }
        check_paste(text, "CONVEX_URL")?;
        let is_of = |names: &[&str]| names.iter().any(|name| text.contains(name));
        if text.starts_with("pk_") || text.starts_with("sk_") || is_of(&[".clerk.", "//clerk."]) {
            return Err(Problem::Clerk);
        }
        if is_of(&["dashboard.convex.dev"]) {
            return Err(Problem::Dashboard);
        }
        if is_of(&[".convex.site"]) {
            return Err(Problem::Site);
        }
        if !text.contains("://") {
            return Err(Problem::NoScheme);
        }
        let url = Url::parse(text).map_err(|_| Problem::NotUrl)?;
        if !is_secure(&url) {
            let is_bare = url.username().is_empty() && url.password().is_none();
            return Err(if is_bare { Problem::Insecure } else { Problem::MoreThanOrigin });
        }
        if url.path() != "/" || url.query().is_some() || url.fragment().is_some() {
            return Err(Problem::MoreThanOrigin);
        }
        Ok(Self(url))
    }

    /// The origin, without a slash at the end.
    #[must_use]
    pub fn origin(&self) -> String {
        self.0.origin().ascii_serialization()
    }

    /// The address of `path` there, which begins with a slash.
    pub(super) fn at(&self, path: &str) -> Url {
        let mut url = self.0.clone();
        url.set_path(path);
        url
    }
}
