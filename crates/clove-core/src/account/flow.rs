//! The way in, through the browser and its link, and the way out.

use std::time::Duration;

use url::Url;

use super::{
    Account, AccountError, Link, Record,
    attempt::{self, Attempt, LIFETIME},
    keeper::Keeper,
    services::Services,
    sign_in::SessionOf,
    view::SignInMode,
};
use crate::secret::Secret;

impl Account {
    /// Begins a sign-in, and answers the page that the browser has to open. An earlier one is void.
    ///
    /// # Errors
    /// Why there is no page; the account's view says it too.
    pub async fn begin(&self, mode: SignInMode) -> Result<Url, AccountError> {
        let services = self.services()?;
        if self.lock().sign_in.session().is_some() {
            return Err(AccountError::SignedInAlready);
        }
        // Whoever signs in sits there, and can unlock it.
        self.keeper.ask_again();
        let mut number = 0;
        self.change(|state| number = state.sign_in.begin(mode));
        let began = self.ask_for_page(&services, mode).await;
        let (attempt, page) = match began {
            Ok(began) => began,
            Err(error) => {
                self.change(|state| {
                    if state.sign_in.number() == number {
                        state.sign_in.end_attempt(Some(error.to_string()));
                    }
                });
                return Err(error);
            }
        };
        let mut counts = false;
        self.change(|state| counts = state.sign_in.opened(number, attempt, page.clone()));
        if counts { Ok(page) } else { Err(AccountError::Superseded) }
    }

    /// The page of the sign-in that is under way, to be opened again or copied.
    #[must_use]
    pub fn page(&self) -> Option<Url> {
        self.lock().sign_in.page().cloned()
    }

    /// Ends a sign-in that is under way. Its link does nothing any more.
    pub fn cancel(&self) {
        self.end_attempt(None);
    }

    /// Waits until the attempt that is under way is too old, and ends it if it is still the same.
    pub async fn give_up_in_time(&self) {
        let number = self.lock().sign_in.number();
        tokio::time::sleep(Duration::from_millis(LIFETIME.unsigned_abs())).await;
        if self.lock().sign_in.number() == number && self.page().is_some() {
            self.end_attempt(Some(attempt::Refusal::TooLate.to_string()));
        }
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
        if self.lock().sign_in.session().is_some() {
            return Err(attempt::Refusal::NothingPending.into());
        }
        let mut pending = self.lock().sign_in.pending().cloned();
        if pending.is_none() {
            pending = self.attempt_of_before(&services).await;
        }
        attempt::check(&link, pending.as_ref(), self.environment.clock.now())?;
        let attempt = pending.ok_or(attempt::Refusal::NothingPending)?;
        self.change(|state| state.sign_in.finish(attempt.mode));
        drop(self.keeper.remove(&services.attempt_name()));
        let session = match services.api.redeem(&link, &attempt).await {
            Ok(session) => session,
            Err(error) => {
                self.change(|state| state.sign_in.end_attempt(Some(error.to_string())));
                return Err(error.into());
            }
        };
        let record = services.record_of(&session.user);
        let ids = SessionOf { id: session.id, user: session.user.id };
        self.change(|state| state.sign_in.redeemed(ids));
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
            state.sign_in.end_attempt(Some(error.to_string()));
        });
        if let (Some(session), Ok(services)) = (session, self.services()) {
            services.say_goodbye(&session.id).await;
        }
        error
    }

    /// Ends the session, here at once and at Clerk if it can be reached in time.
    pub(crate) async fn end(&self) {
        let (session, services) = {
            let state = self.lock();
            (state.sign_in.session().cloned(), state.services.clone())
        };
        if let Some(services) = services {
            if let Some(session) = session {
                services.say_goodbye(&session.id).await;
            }
            services.kept.close();
            drop(self.keeper.remove(&services.attempt_name()));
            // The next one to sign in is somebody new to Clerk.
            self.connect(Some(services.connection.clone()));
        }
        self.change(|state| {
            state.record = None;
            state.tokens = None;
            state.sign_in.signed_out();
        });
    }

    async fn ask_for_page(
        &self,
        services: &Services,
        mode: SignInMode,
    ) -> Result<(Attempt, Url), AccountError> {
        let now = self.environment.clock.now();
        let attempt = Attempt::begin(mode, &*self.environment.random, now)?;
        let page = services.api.begin(&attempt).await?;
        // The link may find another Clove than this one, so the attempt is kept before it can come.
        let kept = self.keeper.write(&services.attempt_name(), attempt.to_json());
        // Without a keyring it waits in memory, which serves as long as this Clove runs.
        let _ = kept.within(Keeper::PATIENCE).await;
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

    fn end_attempt(&self, problem: Option<String>) {
        if let Ok(services) = self.services() {
            drop(self.keeper.remove(&services.attempt_name()));
        }
        self.change(|state| state.sign_in.end_attempt(problem));
    }
}
