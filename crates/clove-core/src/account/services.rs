//! The two services of one connection, ready to be asked.

use std::sync::Arc;

use super::{
    Connection, FAREWELL, Outside, Record,
    answers::{SessionId, User},
    clock::ServerClock,
    frontend_api::FrontendApi,
    keeper::Keeper,
    kept::Kept,
    view::Profile,
};
use crate::secret::Secret;

/// Clerk and Convex.
pub(crate) struct Services {
    pub(crate) connection: Connection,
    pub(crate) kept: Arc<Kept>,
    pub(crate) api: FrontendApi,
}

impl Services {
    pub(crate) fn new(
        connection: Connection,
        outside: &Outside,
        keeper: Arc<Keeper>,
        clock: Arc<ServerClock>,
    ) -> Self {
        let kept = Arc::new(Kept::new(keeper, connection.publishable_key.frontend_api_host()));
        let newest = kept.clone();
        let rotated = Box::new(move |token: &Secret| newest.rotate(token));
        let base = connection.frontend_api();
        let api = FrontendApi::new(outside.http.clone(), clock, base, None, rotated);
        Self { connection, kept, api }
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
                joined: user.joined_at.map(crate::clock::Millis::get),
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
