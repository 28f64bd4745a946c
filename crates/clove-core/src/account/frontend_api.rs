//! Clerk's Frontend API, as its native SDKs use it (clerk/clerk-ios, clerk/clerk-android, `@clerk/expo`).

use std::sync::Arc;

use tokio::sync::Mutex;
use url::Url;

use super::{
    answers::{self, Client, Session, header_token},
    attempt::Attempt,
    clock::{RoundTrip, ServerClock},
    frontend_error::{FrontendError, accept},
    ids::SessionId,
    link::{Link, SCHEME},
};
use crate::{
    http::{Body, Http, HttpError, Request, Response},
    secret::Secret,
};

/// The version of the API that this was written against, which Clerk's native SDKs ask for too.
const API_VERSION: &str = "2026-05-12";

/// Called with each new client token, before the next request goes out. It must not wait.
pub type Rotated = Box<dyn Fn(&Secret) + Send + Sync>;

/// The Frontend API of one Clerk instance, for this device.
///
/// The client token is the whole header `Authorization`, without a scheme, as the native SDKs send it.
/// Requests go out one at a time: any answer may replace the client token that the next one needs.
/// One that was sent is heard to its end even if nobody waits for it any more, for the same reason.
pub struct FrontendApi(Arc<Inner>);

struct Inner {
    http: Arc<dyn Http>,
    clock: Arc<ServerClock>,
    base: Url,
    token: Mutex<Option<Secret>>,
    rotated: Rotated,
}

/// A token for a session, fresh from Clerk and not yet verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Minted {
    /// The token.
    pub jwt: Secret,
    /// The round trip within which it was made.
    pub trip: RoundTrip,
}

impl FrontendApi {
    /// The API below `base`, with the client token that is kept from before, if there is one.
    #[must_use]
    pub fn new(
        http: Arc<dyn Http>,
        clock: Arc<ServerClock>,
        base: Url,
        token: Option<Secret>,
        rotated: Rotated,
    ) -> Self {
        Self(Arc::new(Inner { http, clock, base, token: Mutex::new(token), rotated }))
    }

    /// Goes on with the client token that is kept from before, unless there is a newer one.
    pub async fn resume(&self, token: Secret) {
        self.0.token.lock().await.get_or_insert(token);
    }

    /// Asks for the page that the browser has to open.
    ///
    /// # Errors
    /// [`FrontendError`]. A device that Clerk does not know is told its token, and asks once more.
    pub async fn begin(&self, attempt: &Attempt) -> Result<Url, FrontendError> {
        let fields = || {
            vec![
                ("redirect_url", Secret::new(format!("{SCHEME}://callback"))),
                ("code_challenge", Secret::new(attempt.challenge())),
                ("mode", Secret::new(attempt.mode.name())),
                ("state", attempt.state.clone()),
            ]
        };
        let path = "client/hosted_auth";
        let answer = match self.post(path, fields()).await {
            Err(FrontendError::SignedOut) => self.post(path, fields()).await,
            answer => answer,
        };
        Ok(answers::hosted_auth(&answer?.0)?)
    }

    /// Exchanges what a link brought for the session that was made in the browser. The link has been
    /// checked against the attempt.
    ///
    /// The nonce is good once. Where the answer was lost, or a second try is refused, the session may
    /// be on this device already: so Clerk is asked what is.
    ///
    /// # Errors
    /// [`FrontendError`].
    pub async fn redeem(&self, link: &Link, attempt: &Attempt) -> Result<Session, FrontendError> {
        let fields = vec![
            ("_method", Secret::new("GET")),
            ("rotating_token_nonce", Secret::new(&*link.rotating_token_nonce)),
            ("code_verifier", attempt.verifier.clone()),
        ];
        let created = |client: Option<Client>| {
            let sessions = client.map(|client| client.sessions).unwrap_or_default();
            sessions.into_iter().find(|session| session.id.as_str() == link.created_session_id)
        };
        match self.post("client", fields).await {
            Ok((body, _)) => created(answers::client(&body)?)
                .ok_or(answers::BadAnswer("the session that was made in the browser").into()),
            Err(error) => match self.client().await {
                Ok(client) => created(client).ok_or(error),
                Err(_) => Err(error),
            },
        }
    }

    /// What Clerk knows about this device; `None` where it knows nothing.
    ///
    /// # Errors
    /// [`FrontendError`].
    pub async fn client(&self) -> Result<Option<Client>, FrontendError> {
        let (body, _) = self.post("client", vec![("_method", Secret::new("GET"))]).await?;
        Ok(answers::client(&body)?)
    }

    /// Makes a token for a session: its own, or one of a JWT template.
    ///
    /// # Errors
    /// [`FrontendError`]. Where there is no such template, [`FrontendError::Refused`] with status 404.
    pub async fn mint(
        &self,
        session: &SessionId,
        template: Option<&str>,
    ) -> Result<Minted, FrontendError> {
        let path = format!("client/sessions/{}/tokens", session.as_str());
        let answer = match template {
            None => self.post(&path, Vec::new()).await.map_err(FrontendError::of_session),
            Some(name) => match self.post(&format!("{path}/{name}"), Vec::new()).await {
                Err(error @ FrontendError::Refused { status: 404, .. }) => Err(error),
                answer => answer.map_err(FrontendError::of_session),
            },
        };
        let (body, trip) = answer?;
        Ok(Minted { jwt: answers::token(&body)?, trip })
    }

    /// Ends a session.
    ///
    /// # Errors
    /// [`FrontendError`]; [`FrontendError::SessionGone`] where it had ended before.
    pub async fn end(&self, session: &SessionId) -> Result<(), FrontendError> {
        let path = format!("client/sessions/{}/remove", session.as_str());
        self.post(&path, Vec::new()).await.map_err(FrontendError::of_session)?;
        Ok(())
    }

    /// Where people manage their account; `None` where the instance has no such page.
    ///
    /// What the instance offers it tells everybody, so no client token is sent and none is taken: one
    /// for a new device would come before that of the last run is restored.
    ///
    /// # Errors
    /// [`FrontendError`].
    pub async fn account_portal(&self) -> Result<Option<Url>, FrontendError> {
        let (response, _) = self.0.send("environment", None, Body::Get).await?;
        Ok(answers::account_portal(&accept(response)?)?)
    }

    /// The newest client token.
    pub async fn client_token(&self) -> Option<Secret> {
        self.0.token.lock().await.clone()
    }

    async fn post(
        &self,
        path: &str,
        fields: Vec<(&'static str, Secret)>,
    ) -> Result<(Vec<u8>, RoundTrip), FrontendError> {
        self.call(path, Body::Form(fields)).await
    }

    async fn call(&self, path: &str, body: Body) -> Result<(Vec<u8>, RoundTrip), FrontendError> {
        let (inner, path) = (Arc::clone(&self.0), path.to_owned());
        let exchange = tokio::spawn(async move { inner.exchange(&path, body).await });
        // It ends early only with the runtime, when Clove closes.
        exchange.await.unwrap_or(Err(HttpError::Offline.into()))
    }
}

impl Inner {
    async fn exchange(
        &self,
        path: &str,
        body: Body,
    ) -> Result<(Vec<u8>, RoundTrip), FrontendError> {
        let mut token = self.token.lock().await;
        let (response, trip) = self.send(path, token.clone(), body).await?;
        if let Some(next) = response.header("authorization").and_then(header_token) {
            (self.rotated)(&next);
            *token = Some(next);
        }
        drop(token);
        Ok((accept(response)?, trip))
    }

    async fn send(
        &self,
        path: &str,
        authorization: Option<Secret>,
        body: Body,
    ) -> Result<(Response, RoundTrip), HttpError> {
        let request = Request { url: self.url(path), authorization, body };
        let sent = self.clock.device_now();
        let response = self.http.send(request).await?;
        let trip = RoundTrip { sent, received: self.clock.device_now() };
        self.clock.observe_date(trip, &response);
        Ok((response, trip))
    }

    fn url(&self, path: &str) -> Url {
        let mut url = self.base.clone();
        url.set_path(&format!("{}/{path}", self.base.path().trim_end_matches('/')));
        let query = format!("_is_native=1&__clerk_api_version={API_VERSION}");
        url.set_query(Some(&query));
        url
    }
}

#[cfg(test)]
#[path = "frontend_api_tests.rs"]
mod tests;
