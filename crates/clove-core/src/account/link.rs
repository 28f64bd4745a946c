//! The link by which the browser hands a sign-in back: `dev.clove.todo://callback?…`.
//!
//! Any program and any web page can open such a link, so it is hostile until parsed.

use url::Url;

use crate::words::{Language, Spoken, said_in_english};

/// The scheme is the application's identifier, reversed domain and all (RFC 8252, section 7.1).
pub const SCHEME: &str = "dev.clove.todo";
/// The longest link that is looked at, in bytes.
const LENGTH_MAX: usize = 4096;

/// A link that has the right shape. What it carries is not yet believed.
#[derive(Clone, PartialEq, Eq)]
pub struct Link {
    /// Names the attempt that the link answers.
    pub state: String,
    /// Exchanged for the session.
    pub rotating_token_nonce: String,
    /// The session that was made.
    pub created_session_id: String,
}

/// Why a link was refused. Never holds a part of the link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LinkError {
    /// Over the bound.
    TooLong,
    /// Not a URL at all, or with characters that none has (RFC 3986, section 2).
    NotUrl,
    /// Another scheme, host or path, or a user, port or fragment where none belongs.
    NotCallback,
    /// A parameter came twice.
    Repeated,
    /// A parameter is missing, or empty.
    Missing,
    /// The browser reports that the sign-in failed.
    Refused,
}

impl Spoken for LinkError {
    fn say_in(&self, language: Language) -> String {
        match self {
            Self::TooLong => language.say("link-too-long", &[("bytes", LENGTH_MAX.into())]),
            Self::NotUrl => language.say("link-not-url", &[]),
            Self::NotCallback => language.say("link-not-callback", &[("scheme", SCHEME.into())]),
            Self::Repeated => language.say("link-repeated", &[]),
            Self::Missing => language.say("link-missing", &[]),
            Self::Refused => language.say("link-refused", &[]),
        }
    }
}
said_in_english!(LinkError);

impl Link {
    /// Parses a link.
    ///
    /// # Errors
    /// [`LinkError`] says what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, LinkError> {
        if text.len() > LENGTH_MAX {
            return Err(LinkError::TooLong);
        }
        if !is_plain(text) {
            return Err(LinkError::NotUrl);
        }
        let url = Url::parse(text).map_err(|_| LinkError::NotUrl)?;
        let address = text.split(['?', '#']).next().unwrap_or_default();
        let address = address.strip_suffix('/').unwrap_or(address);
        // As it is written: the parser would resolve dots, and drop an empty user or port.
        let is_callback = address.eq_ignore_ascii_case(&format!("{SCHEME}://callback"));
        if !is_callback || url.fragment().is_some() {
            return Err(LinkError::NotCallback);
        }
        let [state, rotating_token_nonce, created_session_id, error] =
            single(&url, ["state", "rotating_token_nonce", "created_session_id", "error"])?;
        if error.is_some() {
            return Err(LinkError::Refused);
        }
        let given =
            |value: Option<String>| value.filter(|v| !v.is_empty()).ok_or(LinkError::Missing);
        Ok(Self {
            state: given(state)?,
            rotating_token_nonce: given(rotating_token_nonce)?,
            created_session_id: given(created_session_id)?,
        })
    }
}

/// Whether a text has the characters of a URL alone, and none of them encodes a control character.
///
/// The parser would drop or mend what is not; what a hostile link meant is not for us to guess.
fn is_plain(text: &str) -> bool {
    let hex = |digits: &[u8]| {
        let digits = digits.iter().map(|digit| char::from(*digit).to_digit(16));
        digits.collect::<Option<Vec<_>>>()
    };
    text.bytes().all(|byte| byte.is_ascii_graphic())
        && text.split('%').skip(1).all(|after| {
            let decoded = after.as_bytes().get(..2).and_then(hex);
            decoded.is_some_and(|digits| (0x20..0x7F).contains(&(digits[0] * 16 + digits[1])))
        })
}

/// The values of the named parameters, each at most once.
fn single<const N: usize>(url: &Url, names: [&str; N]) -> Result<[Option<String>; N], LinkError> {
    let mut values = [const { None }; N];
    for (name, value) in url.query_pairs() {
        let Some(index) = names.iter().position(|known| *known == name) else { continue };
        if values[index].replace(value.into_owned()).is_some() {
            return Err(LinkError::Repeated);
        }
    }
    Ok(values)
}

impl std::fmt::Debug for Link {
    /// Shows nothing of the parameters: they are secrets.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Link(..)")
    }
}

#[cfg(test)]
#[path = "link_tests.rs"]
mod tests;
