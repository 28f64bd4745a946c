//! What Clerk's Frontend API answers, which is hostile until it is parsed.
//!
//! Only what Clove needs is read. Fields that are not there or have another type are errors, and no
//! error holds a part of the answer.

use serde::{Deserialize, de::DeserializeOwned};
use url::Url;

use super::ids::{SessionId, UserId};
use crate::{
    clock::Millis,
    http::is_secure,
    secret::Secret,
    words::{Language, Spoken},
};

/// An answer that is not what was asked for. Names what it lacks, and shows nothing of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{said} (It lacks {0}.)", said = self.say_in(Language::English))]
pub struct BadAnswer(pub &'static str);

impl Spoken for BadAnswer {
    fn say_in(&self, language: Language) -> String {
        language.say("clerk-bad-answer", &[])
    }
}

/// The longest token, in bytes. Clerk's have about 1000.
const TOKEN_MAX: usize = 16 * 1024;
/// The longest text that is shown, in characters.
const TEXT_MAX: usize = 200;

/// A device, as Clerk knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Client {
    /// The sessions on it.
    pub sessions: Vec<Session>,
}

/// Somebody signed in on a device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Names it.
    pub id: SessionId,
    /// Who it is.
    pub user: User,
}

/// A person. Texts are one line of at most 200 characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// Names them.
    pub id: UserId,
    /// First and last name, else the user name, else nothing.
    pub name: String,
    /// The primary address.
    pub email: Option<String>,
    /// Where their picture is.
    pub picture: Option<Url>,
    /// When they signed up.
    pub joined_at: Option<Millis>,
}

/// An error in Clerk's words. They are a server's: for the log and the doctor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClerkError {
    /// Names the error.
    pub code: String,
    /// Says it.
    pub message: String,
}

/// Reads where the browser has to go.
///
/// # Errors
/// Where there is no address, or one that secrets should not be typed into.
pub fn hosted_auth(body: &[u8]) -> Result<Url, BadAnswer> {
    #[derive(Deserialize)]
    struct HostedAuth {
        url: String,
    }
    let HostedAuth { url } = response(body, "hosted_auth")?.ok_or(BadAnswer("a page to open"))?;
    secure(&url).ok_or(BadAnswer("a page that is safe to open"))
}

/// Reads the device; `None` where Clerk knows none.
///
/// # Errors
/// Where it is no client, or one of its sessions is none.
pub fn client(body: &[u8]) -> Result<Option<Client>, BadAnswer> {
    #[derive(Deserialize)]
    struct RawClient {
        sessions: Vec<RawSession>,
    }
    let Some(RawClient { sessions }) = response(body, "client")? else { return Ok(None) };
    // A session whose user is not told (Clerk leaves them out of ended ones) signs nobody in.
    let sessions = sessions
        .into_iter()
        .filter_map(|RawSession { id, user }| Some(Session { id, user: user?.into() }));
    Ok(Some(Client { sessions: sessions.collect() }))
}

/// Reads a token.
///
/// # Errors
/// Where there is none.
pub fn token(body: &[u8]) -> Result<Secret, BadAnswer> {
    #[derive(Deserialize)]
    struct RawToken {
        jwt: String,
    }
    let RawToken { jwt } = json(body)?;
    header_token(&jwt).ok_or(BadAnswer("a token"))
}

/// Reads where people manage their account; `None` where the instance has no such page.
///
/// # Errors
/// Where it is no environment.
pub fn account_portal(body: &[u8]) -> Result<Option<Url>, BadAnswer> {
    #[derive(Deserialize)]
    struct Environment {
        display_config: DisplayConfig,
    }
    #[derive(Deserialize)]
    struct DisplayConfig {
        user_profile_url: Option<String>,
    }
    let Environment { display_config } = json(body)?;
    Ok(display_config.user_profile_url.as_deref().and_then(secure))
}

/// Reads the first error of an answer that refuses.
#[must_use]
pub fn clerk_error(body: &[u8]) -> Option<ClerkError> {
    #[derive(Deserialize)]
    struct Errors {
        errors: Vec<RawError>,
    }
    #[derive(Deserialize)]
    struct RawError {
        code: String,
        message: Option<String>,
        long_message: Option<String>,
    }
    let Errors { errors } = serde_json::from_slice(body).ok()?;
    let RawError { code, message, long_message } = errors.into_iter().next()?;
    let message = long_message.or(message).unwrap_or_default();
    Some(ClerkError { code: one_line(&code), message: one_line(&message) })
}

/// A token as it stands in the header `Authorization`, with or without its scheme (RFC 6750).
#[must_use]
pub fn header_token(value: &str) -> Option<Secret> {
    let is_scheme = value.get(..7).is_some_and(|scheme| scheme.eq_ignore_ascii_case("bearer "));
    let token = if is_scheme { value[7..].trim() } else { value.trim() };
    let fits = (1..=TOKEN_MAX).contains(&token.len());
    (fits && token.bytes().all(|byte| byte.is_ascii_graphic())).then(|| Secret::new(token))
}

#[derive(Deserialize)]
struct RawSession {
    id: SessionId,
    user: Option<RawUser>,
}

#[derive(Deserialize)]
struct RawUser {
    id: UserId,
    first_name: Option<String>,
    last_name: Option<String>,
    username: Option<String>,
    image_url: Option<String>,
    primary_email_address_id: Option<String>,
    #[serde(default)]
    email_addresses: Vec<RawEmail>,
    created_at: Option<i64>,
}

#[derive(Deserialize)]
struct RawEmail {
    id: String,
    email_address: String,
}

impl From<RawUser> for User {
    fn from(raw: RawUser) -> Self {
        let names = [raw.first_name, raw.last_name].into_iter().flatten();
        let names = names.map(|name| one_line(&name)).filter(|name| !name.is_empty());
        let mut name = names.collect::<Vec<_>>().join(" ");
        if name.is_empty() {
            name = one_line(&raw.username.unwrap_or_default());
        }
        let is_primary =
            |email: &RawEmail| Some(&email.id) == raw.primary_email_address_id.as_ref();
        let email = raw.email_addresses.iter().find(|email| is_primary(email));
        Self {
            id: raw.id,
            name,
            email: email.map(|email| one_line(&email.email_address)),
            picture: raw.image_url.as_deref().and_then(secure),
            joined_at: raw.created_at.and_then(|at| Millis::try_from(at).ok()),
        }
    }
}

/// The resource inside an answer's envelope, where it is of this kind; `None` where it is null.
fn response<T: DeserializeOwned>(body: &[u8], kind: &'static str) -> Result<Option<T>, BadAnswer> {
    #[derive(Deserialize)]
    struct Envelope {
        response: serde_json::Value,
    }
    let Envelope { response } = json(body)?;
    if response.is_null() {
        return Ok(None);
    }
    let is_kind = response.get("object").and_then(|object| object.as_str()) == Some(kind);
    let resource = is_kind.then(|| serde_json::from_value(response).ok()).flatten();
    resource.map(Some).ok_or(BadAnswer("what was asked for"))
}

fn json<T: DeserializeOwned>(body: &[u8]) -> Result<T, BadAnswer> {
    let value: serde_json::Value =
        serde_json::from_slice(body).map_err(|_| BadAnswer("any data"))?;
    serde_json::from_value(value).map_err(|_| BadAnswer("what was asked for"))
}

/// An address that may be opened or fetched.
fn secure(text: &str) -> Option<Url> {
    Url::parse(text).ok().filter(is_secure)
}

/// A text in one line, cut where it is too long to be shown.
pub(super) fn one_line(text: &str) -> String {
    let words = text.split(|c: char| c.is_whitespace() || c.is_control());
    let text = words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    text.chars().take(TEXT_MAX).collect()
}

#[cfg(test)]
#[path = "answers_tests.rs"]
mod tests;
