//! Convex over HTTP (<https://docs.convex.dev/http-api>), and the calls about the profile.

use std::sync::Arc;

use serde::{Deserialize, Deserializer, de::DeserializeOwned};
use serde_json::{Value, json};
use url::Url;

use super::{answers::one_line, convex_url::ConvexUrl, frontend_error::wait_of};
use crate::{
    clock::Millis,
    http::{Body, Http, HttpError, Request, Response, is_secure},
    secret::Secret,
    words::{Language, Spoken, said_in_english},
};

/// The functions of one deployment, called in somebody's name.
pub struct ConvexApi {
    http: Arc<dyn Http>,
    url: ConvexUrl,
}

/// Why a function did not give its value. Holds no secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConvexApiError {
    /// The token was refused (401): a new one is needed.
    Unauthorized,
    /// The function refused, by a `ConvexError` with a code.
    Refused {
        /// The code to act on.
        code: String,
        /// The function's words.
        message: String,
    },
    /// The function failed, or there is none of this name.
    Failed(String),
    /// Too many requests.
    RateLimited {
        /// How long to wait.
        retry_after_seconds: u64,
    },
    /// The deployment fails, for now.
    Unavailable,
    /// The answer makes no sense.
    BadAnswer,
    /// There is no answer.
    Http(#[from] HttpError),
}

impl Spoken for ConvexApiError {
    fn say_in(&self, language: Language) -> String {
        match self {
            Self::Unauthorized => language.say("convex-unauthorized", &[]),
            Self::Refused { message, .. } => message.clone(),
            Self::Failed(reason) => language.say("convex-failed", &[("reason", reason.into())]),
            Self::RateLimited { retry_after_seconds } => {
                let wait = [("seconds", (*retry_after_seconds).into())];
                language.say("convex-rate-limited", &wait)
            }
            Self::Unavailable => language.say("convex-unavailable", &[]),
            Self::BadAnswer => language.say("convex-bad-answer", &[]),
            Self::Http(error) => error.say_in(language),
        }
    }
}
said_in_english!(ConvexApiError);

/// What `users.getCurrentUser` says about a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConvexUser {
    /// The name, which can be edited here.
    pub name: String,
    /// The address.
    pub email: String,
    /// What they may do.
    pub role: Option<String>,
    /// Where their picture is.
    pub picture: Option<Url>,
    /// When they came.
    pub joined_at: Millis,
}

/// The status by which a deployment says that a function failed (npm `convex`, `http_client.ts`).
const FUNCTION_FAILED: u16 = 560;

impl ConvexApi {
    /// The deployment at `url`.
    #[must_use]
    pub fn new(http: Arc<dyn Http>, url: ConvexUrl) -> Self {
        Self { http, url }
    }

    /// Calls a query, such as `users:getCurrentUser`.
    ///
    /// # Errors
    /// [`ConvexApiError`].
    pub async fn query<T: DeserializeOwned>(
        &self,
        path: &str,
        args: Value,
        jwt: &Secret,
    ) -> Result<T, ConvexApiError> {
        self.call("/api/query", path, args, jwt).await
    }

    /// Calls a mutation. Where the answer is lost, it may have been done.
    ///
    /// # Errors
    /// [`ConvexApiError`].
    pub async fn mutation<T: DeserializeOwned>(
        &self,
        path: &str,
        args: Value,
        jwt: &Secret,
    ) -> Result<T, ConvexApiError> {
        self.call("/api/mutation", path, args, jwt).await
    }

    /// Looks whether a deployment answers (`GET /version`, which every deployment has).
    ///
    /// # Errors
    /// [`ConvexApiError::BadAnswer`] where it is something else.
    pub async fn version(&self) -> Result<(), ConvexApiError> {
        let url = self.url.at("/version");
        let request = Request { url, authorization: None, body: Body::Get };
        match self.http.send(request).await?.status {
            200 => Ok(()),
            500.. => Err(ConvexApiError::Unavailable),
            _ => Err(ConvexApiError::BadAnswer),
        }
    }

    /// Makes the caller's user from the token's claims, or brings it up to date with them.
    ///
    /// # Errors
    /// [`ConvexApiError`].
    pub async fn create_user(&self, jwt: &Secret) -> Result<(), ConvexApiError> {
        self.mutation::<Value>("users:createUser", json!({}), jwt).await.map(drop)
    }

    /// The caller's user; `None` before the first [`Self::create_user`].
    ///
    /// # Errors
    /// [`ConvexApiError`].
    pub async fn current_user(&self, jwt: &Secret) -> Result<Option<ConvexUser>, ConvexApiError> {
        let user = self.query::<Option<RawUser>>("users:getCurrentUser", json!({}), jwt).await?;
        Ok(user.map(Into::into))
    }

    /// Gives the caller's user another name.
    ///
    /// # Errors
    /// [`ConvexApiError::Refused`] with `nameEmpty`, `nameTooLong` or another code of `users.ts`.
    pub async fn update_user(&self, name: &str, jwt: &Secret) -> Result<(), ConvexApiError> {
        self.mutation::<Value>("users:updateUser", json!({ "name": name }), jwt).await.map(drop)
    }

    async fn call<T: DeserializeOwned>(
        &self,
        endpoint: &str,
        path: &str,
        args: Value,
        jwt: &Secret,
    ) -> Result<T, ConvexApiError> {
        let body = json!({ "path": path, "args": args, "format": "json" });
        let authorization = Some(Secret::new(format!("Bearer {}", jwt.reveal())));
        let body = Body::Json(Secret::new(body.to_string()));
        let request = Request { url: self.url.at(endpoint), authorization, body };
        accept(&self.http.send(request).await?)
    }
}

/// Takes the value out of an answer.
fn accept<T: DeserializeOwned>(response: &Response) -> Result<T, ConvexApiError> {
    match response.status {
        200 | FUNCTION_FAILED => outcome(&response.body),
        401 => Err(ConvexApiError::Unauthorized),
        429 => Err(ConvexApiError::RateLimited { retry_after_seconds: wait_of(response) }),
        500.. => Err(ConvexApiError::Unavailable),
        400..=499 => Err(refusal(&response.body).unwrap_or(ConvexApiError::BadAnswer)),
        _ => Err(ConvexApiError::BadAnswer),
    }
}

/// Reads what a function ended with. Its value is read at once, whatever its size: an enum by its
/// status would be read twice.
fn outcome<T: DeserializeOwned>(body: &[u8]) -> Result<T, ConvexApiError> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase", bound = "T: DeserializeOwned")]
    struct Outcome<T> {
        status: Status,
        #[serde(default = "Option::default", deserialize_with = "present")]
        value: Option<T>,
        error_message: Option<String>,
        error_data: Option<Value>,
    }
    #[derive(Deserialize)]
    #[serde(rename_all = "lowercase")]
    enum Status {
        Success,
        Error,
    }
    let Outcome { status, value, error_message, error_data } =
        serde_json::from_slice(body).map_err(|_| ConvexApiError::BadAnswer)?;
    if matches!(status, Status::Success) {
        return value.ok_or(ConvexApiError::BadAnswer);
    }
    let known = error_data.and_then(|data| serde_json::from_value(data).ok());
    Err(match (known, error_message) {
        (_, None) => ConvexApiError::BadAnswer,
        (Some(Coded { code, message }), _) => {
            ConvexApiError::Refused { code: one_line(&code), message: one_line(&message) }
        }
        (None, Some(message)) => ConvexApiError::Failed(one_line(&message)),
    })
}

/// A value that is there, and be it null.
fn present<'a, T: Deserialize<'a>, D: Deserializer<'a>>(value: D) -> Result<Option<T>, D::Error> {
    T::deserialize(value).map(Some)
}

/// A request that the deployment itself refuses.
fn refusal(body: &[u8]) -> Option<ConvexApiError> {
    let Coded { message, .. } = serde_json::from_slice(body).ok()?;
    Some(ConvexApiError::Failed(one_line(&message)))
}

/// The data of a `ConvexError` (`convex/errors.ts`), and a deployment's own errors.
#[derive(Deserialize)]
struct Coded {
    code: String,
    message: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RawUser {
    name: String,
    email: String,
    role: Option<String>,
    image_url: Option<String>,
    /// Convex's numbers have 64 bits of floating point.
    created_at: f64,
}

impl From<RawUser> for ConvexUser {
    fn from(raw: RawUser) -> Self {
        let picture = raw.image_url.and_then(|url| Url::parse(&url).ok()).filter(is_secure);
        // The cast stops at the bounds of i64.
        let joined_at = Millis::clamped(raw.created_at as i64);
        let role = raw.role.map(|role| one_line(&role));
        Self { name: one_line(&raw.name), email: one_line(&raw.email), role, picture, joined_at }
    }
}

#[cfg(test)]
#[path = "convex_api_tests.rs"]
mod tests;
