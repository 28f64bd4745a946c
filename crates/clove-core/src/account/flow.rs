//! The way in, through the browser and its link, and the way out.

use std::time::Duration;

use url::Url;

use super::{
    Account, AccountError, Link, Record,
    attempt::{self, Attempt, LIFETIME},
    keeper::Keeper,
    kept,
    services::Services,
    sign_in::{SessionOf, SignIn},
    view::SignInMode,
};
use crate::{secret::Secret, words::Spoken};

impl Account {
    /// Begins a sign-in, and answers the page that the browser has to open. An earlier one is void.
    ///
    /// # Errors
    /// Why there is no page; the account's view says it too.
    pub async fn begin(&self, mode: SignInMode) -> Result<Url, AccountError> {
        let services = self.services()?;
        // Whoever signs in sits there, and can unlock it.
        self.keeper.ask_again();
        let mut began = None;
        self.change(|state| {
            if !state.sign_in.is_taken() {
                drop(self.keeper.remove(&services.attempt_name()));
                began = Some(state.sign_in.begin(mode));
            }
        });
        let number = began.ok_or(AccountError::SignedInAlready)?;
        let asked = self.ask_for_page(&services, mode).await;
        let (attempt, page) = asked.inspect_err(|error| {
            self.change(|state| {
                if state.sign_in.number() == number {
                    state.sign_in.end_attempt(Some(error.say()));
                }
            });
        })?;
        // The link may find another Clove than this one, so the attempt is kept before it can come.
        let (json, mut kept) = (attempt.to_json(), None);
        self.change(|state| {
            if state.sign_in.opened(number, attempt, page.clone()) {
                kept = Some(self.keeper.write(&services.attempt_name(), json));
            }
        });
        if let Some(kept) = kept {
            // Without a keyring it waits in memory, which serves as long as this Clove runs.
            let _ = kept.within(Keeper::PATIENCE).await;
        }
        let counts = self.lock().sign_in.number() == number;
        if counts { Ok(page) } else { Err(AccountError::Superseded) }
    }

    /// The page of the sign-in that is under way, to be opened again or copied.
    #[must_use]
    pub fn page(&self) -> Option<Url> {
        self.lock().sign_in.page().cloned()
    }

    /// Ends a sign-in that is under way. Its link does nothing any more.
    pub fn cancel(&self) {
        self.end_attempt(SignIn::cancel);
    }

    /// Waits until the attempt that is under way is too old, and ends it if it is still the same.
    pub async fn give_up_in_time(&self) {
        let number = self.lock().sign_in.number();
        tokio::time::sleep(Duration::from_millis(LIFETIME.unsigned_abs())).await;
        self.end_attempt(|sign_in| {
            if sign_in.number() == number && sign_in.page().is_some() {
                sign_in.end_attempt(Some(attempt::Refusal::TooLate.say()));
            }
        });
    }

    /// Takes a link in that somebody opened. When it answers the attempt that is under way, in this
    /// process or in one before, the session is fetched, and waits to be established or abandoned.
    ///
    /// # Errors
    /// [`AccountError::Link`] and [`AccountError::Refused`] change nothing; otherwise the attempt has
    /// ended, and the account's view says why.
    pub(crate) async fn redeem(&self, text: &str) -> Result<Record, AccountError> {
        let link = Link::parse(text)?;
        let services = self.services()?;
        let (number, mut pending) = {
            let state = self.lock();
            if state.sign_in.is_taken() {
                return Err(attempt::Refusal::NothingPending.into());
            }
            (state.sign_in.number(), state.sign_in.pending().cloned())
        };
        if pending.is_none() {
            pending = self.attempt_of_before(&services).await;
        }
        attempt::check(&link, pending.as_ref(), self.environment.clock.now())?;
        let attempt = pending.ok_or(attempt::Refusal::NothingPending)?;
        let mut finishing = None;
        self.change(|state| {
            // Otherwise the person has ended it in this very moment.
            if state.sign_in.number() == number {
                drop(self.keeper.remove(&services.attempt_name()));
                finishing = Some(state.sign_in.finish(attempt.mode));
            }
        });
        let number = finishing.ok_or(attempt::Refusal::NothingPending)?;
        let redeemed = services.api.redeem(&link, &attempt).await;
        let session = redeemed.inspect_err(|error| {
            self.change(|state| {
                if state.sign_in.number() == number {
                    state.sign_in.end_attempt(Some(error.say()));
                }
            });
        })?;
        let record = services.record_of(&session.user);
        let ids = SessionOf { id: session.id.clone(), user: session.user.id };
        let mut counts = false;
        self.change(|state| counts = state.sign_in.redeemed(number, ids));
        if !counts {
            services.say_goodbye(&session.id).await;
            return Err(AccountError::Superseded);
        }
        Ok(record)
    }

    /// The todos of the redeemed session's account are open: somebody is signed in.
    pub(crate) fn establish(&self, record: Record) {
        self.change(|state| {
            state.record = Some(record);
            let session = state.sign_in.establish().cloned();
            if let (Some(session), Some(services)) = (session, &state.services) {
                state.tokens = Some(services.tokens_of(&session));
                services.kept.sign_in(session);
            }
        });
    }

    /// The todos of the redeemed session's account do not open: the session ends, and says why.
    pub(crate) async fn abandon(&self, error: AccountError) -> AccountError {
        let mut session = None;
        self.change(|state| {
            session = state.sign_in.take_redeemed();
            state.sign_in.end_attempt(Some(error.say()));
        });
        if let (Some(session), Ok(services)) = (session, self.services()) {
            services.say_goodbye(&session.id).await;
        }
        error
    }

    /// Ends the session here. What is answered ends it at Clerk too, if that can be reached in time.
    pub(crate) fn end(&self) -> impl Future<Output = ()> + Send + 'static {
        let (mut session, mut services) = (None, None);
        self.change(|state| {
            session = state.sign_in.session().cloned();
            services = state.services.take();
            if let Some(services) = &services {
                services.kept.close();
                drop(self.keeper.remove(&services.attempt_name()));
                // The next one to sign in is somebody new to Clerk.
                state.services = Some(self.services_for(services.connection.clone()));
            }
            // It may have been made with another connection than the one in the settings.
            if let Some(record) = state.record.take() {
                drop(self.keeper.remove(&kept::name_of(&record.frontend_api)));
            }
            state.tokens = None;
            state.sign_in.signed_out();
        });
        async move {
            if let (Some(services), Some(session)) = (services, session) {
                services.say_goodbye(&session.id).await;
            }
        }
    }

    async fn ask_for_page(
        &self,
        services: &Services,
        mode: SignInMode,
    ) -> Result<(Attempt, Url), AccountError> {
        let now = self.environment.clock.now();
        let attempt = Attempt::begin(mode, &*self.environment.random, now)?;
        let page = services.api.begin(&attempt).await?;
        Ok((attempt, page))
    }

    /// The attempt that a Clove before this one began, and with it the client token it began with.
    async fn attempt_of_before(&self, services: &Services) -> Option<Attempt> {
        let json = self.read_in_time(&services.attempt_name()).await?;
        if let Some(entry) = self.read_in_time(services.kept.name()).await {
            let entry = services.kept.take_over(&entry)?;
            services.begin_with(entry.token).await;
        }
        Attempt::from_json(&json)
    }

    async fn read_in_time(&self, name: &str) -> Option<Secret> {
        self.keeper.read(name).within(Keeper::PATIENCE).await.ok()?.ok()?
    }

    /// Has an attempt end, if `end` does so; then it is forgotten in the keyring too.
    fn end_attempt(&self, end: impl FnOnce(&mut SignIn)) {
        self.change(|state| {
            let before = state.sign_in.number();
            end(&mut state.sign_in);
            if let (true, Some(services)) = (state.sign_in.number() != before, &state.services) {
                drop(self.keeper.remove(&services.attempt_name()));
            }
        });
    }
}

#[cfg(test)]
#[path = "flow_tests.rs"]
mod tests;
