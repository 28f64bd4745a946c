//! What is done in the name of whoever is signed in: tokens for Convex, and the profile.

use std::{pin::Pin, sync::Arc};

use url::Url;

use super::{
    Account, AccountError, Record,
    convex_api::{ConvexApi, ConvexApiError, ConvexUser},
    frontend_error::FrontendError,
    services::Services,
    tokens::{ConvexToken, Freshness, MintError},
    view::Profile,
};
use crate::{
    secret::Secret,
    words::{Spoken, say},
};

/// A call of Convex, on its way.
type Asking<'a, T> = Pin<Box<dyn Future<Output = Result<T, ConvexApiError>> + Send + 'a>>;

impl Account {
    /// A token for Convex. When Clerk says that the session is over, it is lost: the todos stay, and
    /// the account's view says so.
    ///
    /// # Errors
    /// Why there is none.
    pub async fn token(&self, freshness: Freshness) -> Result<ConvexToken, AccountError> {
        let tokens = self.lock().tokens.clone().ok_or(AccountError::SignedOut)?;
        let outcome = tokens.token(freshness).await;
        if let Err(MintError::Frontend(
            error @ (FrontendError::SignedOut | FrontendError::SessionGone { .. }),
        )) = &outcome
        {
            let is_same =
                |other: &Option<_>| other.as_ref().is_some_and(|other| Arc::ptr_eq(other, &tokens));
            self.change(|state| {
                // Somebody may have signed out and in again meanwhile.
                if is_same(&state.tokens) {
                    state.tokens = None;
                    state.sign_in.lost(say("session-ended", &[("reason", error.say().into())]));
                    state.services.iter().for_each(|services| services.kept.lose());
                }
            });
        }
        Ok(outcome?)
    }

    /// Asks Convex who this is, and answers what is to be remembered.
    ///
    /// # Errors
    /// Why nothing new is known.
    pub(crate) async fn fetch_profile(&self) -> Result<Record, AccountError> {
        let session = self.lock().tokens.clone();
        self.call(|convex, jwt| Box::pin(convex.create_user(jwt))).await?;
        let user = self.call(|convex, jwt| Box::pin(convex.current_user(jwt))).await?;
        let mut record = {
            let state = self.lock();
            // Somebody else may have signed in meanwhile.
            let is_same =
                state.tokens.as_ref().map(Arc::as_ptr) == session.as_ref().map(Arc::as_ptr);
            state.record.clone().filter(|_| is_same).ok_or(AccountError::SignedOut)?
        };
        if let Some(ConvexUser { name, email, role, picture, joined_at }) = user {
            let name = if name.is_empty() { record.profile.name } else { name };
            record.picture = picture.or(record.picture);
            record.profile = Profile {
                name,
                email,
                role,
                joined: Some(joined_at.get()),
                has_picture: record.picture.is_some(),
            };
        }
        Ok(record)
    }

    /// Has people called otherwise.
    ///
    /// # Errors
    /// Why the name stays as it was.
    pub(crate) async fn rename(&self, name: &str) -> Result<(), AccountError> {
        let name = name.to_owned();
        self.call(move |convex, jwt| {
            let name = name.clone();
            Box::pin(async move { convex.update_user(&name, jwt).await })
        })
        .await
    }

    /// The picture of whoever is signed in, as an address that holds it; `None` where there is none.
    pub async fn picture(&self) -> Option<String> {
        let url = self.record()?.picture?;
        self.services().ok()?.picture(url).await
    }

    /// The page where people manage their account.
    ///
    /// # Errors
    /// Why there is none.
    pub async fn portal(&self) -> Result<Url, AccountError> {
        self.services()?.api.account_portal().await?.ok_or(AccountError::NoPortal)
    }

    /// Convex, and a token to call it with.
    ///
    /// # Errors
    /// Why there is no token.
    pub(crate) async fn convex(
        &self,
        freshness: Freshness,
    ) -> Result<(Arc<Services>, ConvexToken), AccountError> {
        let services = self.services()?;
        Ok((services, self.token(freshness).await?))
    }

    /// Calls Convex with a token, and once more with a new one where it refuses that.
    async fn call<T>(
        &self,
        ask: impl for<'a> Fn(&'a ConvexApi, &'a Secret) -> Asking<'a, T>,
    ) -> Result<T, AccountError> {
        let services = self.services()?;
        let token = self.token(Freshness::Cached).await?;
        match ask(&services.convex, &token.jwt).await {
            Err(ConvexApiError::Unauthorized) => {
                let token = self.token(Freshness::Forced).await?;
                Ok(ask(&services.convex, &token.jwt).await?)
            }
            outcome => Ok(outcome?),
        }
    }
}
