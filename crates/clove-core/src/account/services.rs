//! The two services of one connection, ready to be asked.

use std::sync::Arc;

use base64::{Engine, prelude::BASE64_STANDARD};
use url::Url;

use super::{
    Connection, FAREWELL, Outside, Record, answers::User, clock::ServerClock,
    convex_api::ConvexApi, frontend_api::FrontendApi, ids::SessionId, jwks::Jwks, keeper::Keeper,
    kept::Kept, sign_in::SessionOf, tokens::Tokens, view::Profile,
};
use crate::{
    clock::{Clock, Millis},
    http::{Body, Http, Request, Response},
    secret::Secret,
};

/// Clerk and Convex.
pub(crate) struct Services {
    pub(crate) connection: Connection,
    pub(crate) kept: Arc<Kept>,
    pub(crate) api: Arc<FrontendApi>,
    pub(crate) convex: ConvexApi,
    http: Arc<dyn Http>,
    clock: Arc<ServerClock>,
    device: Arc<dyn Clock>,
}

impl Services {
    pub(crate) fn new(
        connection: Connection,
        outside: &Outside,
        keeper: Arc<Keeper>,
        clock: Arc<ServerClock>,
        device: Arc<dyn Clock>,
    ) -> Self {
        let kept = Arc::new(Kept::new(keeper, connection.publishable_key.frontend_api_host()));
        let newest = kept.clone();
        let rotated = Box::new(move |token: &Secret| newest.rotate(token));
        let base = connection.frontend_api();
        let http = outside.http.clone();
        let api = FrontendApi::new(http.clone(), clock.clone(), base, None, rotated);
        let convex = ConvexApi::new(http.clone(), connection.convex_url.clone());
        Self { connection, kept, api: Arc::new(api), convex, http, clock, device }
    }

    /// The keys that Clerk signs with.
    pub(crate) fn jwks(&self) -> Jwks {
        let (http, device) = (self.http.clone(), self.device.clone());
        Jwks::new(http, device, self.connection.jwks(), self.connection.issuer())
    }

    /// The tokens of a session.
    pub(crate) fn tokens_of(&self, SessionOf { id, user }: &SessionOf) -> Arc<Tokens> {
        let session = (id.clone(), user.clone());
        Arc::new(Tokens::new(self.api.clone(), self.jwks(), self.clock.clone(), session))
    }

    /// Fetches a picture; `None` where it is none.
    pub(crate) async fn picture(&self, url: Url) -> Option<String> {
        let request = Request { url, authorization: None, body: Body::Get };
        let response = self.http.send(request).await.ok()?;
        picture_of(&response)
    }

    /// Where the keyring keeps the attempt that is under way.
    pub(crate) fn attempt_name(&self) -> String {
        format!("attempt {}", self.connection.publishable_key.frontend_api_host())
    }

    /// Goes on with the client token of the last run.
    pub(crate) async fn begin_with(&self, token: Option<Secret>) {
        if let Some(token) = token {
            self.api.resume(token).await;
        }
    }

    /// Whether a record was made with this connection.
    pub(crate) fn is_of(&self, record: &Record) -> bool {
        record.frontend_api == self.connection.publishable_key.frontend_api_host()
            && record.convex_url == self.connection.convex_url.origin()
    }

    /// The record of somebody who signed in with this connection.
    pub(crate) fn record_of(&self, user: &User) -> Record {
        let email = user.email.clone().unwrap_or_default();
        let name = if user.name.is_empty() { email.clone() } else { user.name.clone() };
        Record {
            frontend_api: self.connection.publishable_key.frontend_api_host().to_owned(),
            convex_url: self.connection.convex_url.origin(),
            user_id: user.id.as_str().to_owned(),
            profile: Profile {
                name,
                email,
                role: None,
                joined: user.joined_at.map(Millis::get),
                has_picture: user.picture.is_some(),
            },
            picture: user.picture.clone(),
            asked_to_move: false,
        }
    }

    /// Ends a session at Clerk, if it can be reached in time.
    pub(crate) async fn say_goodbye(&self, session: &SessionId) {
        match tokio::time::timeout(FAREWELL, self.api.end(session)).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::warn!(%error, "Clerk was not told of the sign-out"),
            Err(_) => tracing::warn!("Clerk did not hear of the sign-out in time"),
        }
    }
}

/// The kinds of pictures that are shown. In a picture, the last one runs no script.
const PICTURES: [&str; 5] = ["image/png", "image/jpeg", "image/webp", "image/gif", "image/svg+xml"];

/// An answer as an address that holds the picture itself (RFC 2397), where it is one.
fn picture_of(response: &Response) -> Option<String> {
    let kind = response.header("content-type")?.split(';').next()?.trim().to_ascii_lowercase();
    let is_picture = response.status == 200 && PICTURES.contains(&kind.as_str());
    is_picture.then(|| format!("data:{kind};base64,{}", BASE64_STANDARD.encode(&response.body)))
}
