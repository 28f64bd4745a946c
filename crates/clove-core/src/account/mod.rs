//! Who is signed in: Clerk's hosted sign-in for native apps, and the tokens for Convex.
//!
//! [`Account`] knows nothing of todos; what a sign-in means for them, [`crate::Clove`] decides.

pub mod answers;
pub mod attempt;
pub mod claims;
pub mod clock;
pub mod connection;
pub mod convex_api;
mod convex_url;
mod error;
pub mod frontend_api;
pub mod frontend_error;
pub mod keeper;
mod kept;
pub mod jwks;
mod link;
mod publishable_key;
mod record;
#[cfg(test)]
mod scripted;
mod services;
mod sign_in;
pub mod vault;
pub mod view;
pub mod tokens;

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::sync::watch;
use url::Url;

pub(crate) use self::record::Record;
use self::{
    attempt::{Attempt, LIFETIME},
    clock::ServerClock,
    keeper::Keeper,
    services::Services,
    sign_in::{SessionOf, SignIn},
    vault::VaultError,
    view::{AccountView, Persistence, SignInMode},
};
pub use self::{
    connection::Connection,
    error::AccountError,
    link::{Link, LinkError, SCHEME},
    vault::{KeyringVault, MemoryVault, Vault},
};
use crate::{
    environment::Environment,
    http::{Http, SystemHttp},
    secret::Secret,
};

/// What the account asks of the world: a network, and a place for secrets.
#[derive(Clone)]
pub struct Outside {
    /// Where requests go.
    pub http: Arc<dyn Http>,
    /// Where secrets outlive the process.
    pub vault: Arc<dyn Vault>,
}

impl Outside {
    /// The network and the keyring of this machine.
    #[must_use]
    pub fn system() -> Self {
        Self { http: Arc::new(SystemHttp::default()), vault: Arc::new(KeyringVault) }
    }
}

/// How long a sign-out waits for Clerk. The session ends here in any case.
const FAREWELL: Duration = Duration::from_secs(5);

/// Who is signed in, and all that it takes.
pub struct Account {
    environment: Environment,
    outside: Outside,
    keeper: Arc<Keeper>,
    clock: Arc<ServerClock>,
    state: Mutex<State>,
    changed: watch::Sender<u64>,
}

struct State {
    sign_in: SignIn,
    record: Option<Record>,
    services: Option<Arc<Services>>,
}

impl Account {
    /// The account of whoever `record` names, over a connection where there is one.
    pub(crate) fn new(
        environment: Environment,
        outside: Outside,
        connection: Option<Connection>,
        record: Option<Record>,
    ) -> Self {
        let account = Self {
            keeper: Arc::new(Keeper::start(outside.vault.clone())),
            clock: Arc::new(ServerClock::new(environment.clock.clone())),
            state: Mutex::new(State {
                sign_in: SignIn::new(record.is_some()),
                record,
                services: None,
            }),
            changed: watch::Sender::default(),
            environment,
            outside,
        };
        account.connect(connection);
        account
    }

    /// Raised by each change of what [`Self::view`] answers.
    #[must_use]
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.changed.subscribe()
    }

    /// Who is signed in, as a window shows it. The connection is told by whoever chose it.
    pub(crate) fn view(&self) -> AccountView {
        let state = self.lock();
        let profile = state.record.as_ref().map(|record| &record.profile);
        AccountView {
            status: state.sign_in.status(profile, self.persistence()),
            problem: state.sign_in.problem().map(str::to_owned),
            todos_to_move: None,
            connection: view::ConnectionView::default(),
        }
    }

    /// Whether the todos on the screen are an account's, or a sign-in is under way.
    #[must_use]
    pub fn is_in_use(&self) -> bool {
        let state = self.lock();
        state.record.is_some() || state.sign_in.is_under_way()
    }

    /// Talks to another Clerk and another Convex from now on.
    pub fn connect(&self, connection: Option<Connection>) {
        let services = connection.map(|connection| {
            let (keeper, clock) = (self.keeper.clone(), self.clock.clone());
            Arc::new(Services::new(connection, &self.outside, keeper, clock))
        });
        self.change(|state| state.services = services);
    }

    /// Takes up the session of the last run. It needs no network, and waits for the keyring.
    pub(crate) async fn restore(&self) {
        let Some(record) = self.record() else { return };
        let Some(services) = self.services_of(&record) else {
            return self.change(|state| state.sign_in.lost(OTHER_CONNECTION.to_owned()));
        };
        let held = match self.keeper.read(services.kept.name()).within(Keeper::PATIENCE).await {
            Ok(held) => held,
            Err(answer) => {
                self.change(|state| state.sign_in.awaited(true));
                answer.await
            }
        };
        let entry = match held {
            Ok(entry) => entry.and_then(|json| services.kept.take_over(&json)),
            Err(VaultError::Locked) => return self.change(|state| state.sign_in.awaited(true)),
            Err(error) => {
                let message =
                    format!("{error} Your todos are all here; sign in again to sync them.");
                return self.change(|state| state.sign_in.lost(message));
            }
        };
        services.begin_with(entry.as_ref().and_then(|entry| entry.token.clone())).await;
        let session = entry.and_then(|entry| entry.session);
        self.change(|state| match session {
            Some(session) if session.user.as_str() == record.user_id => {
                state.sign_in.restored(session);
            }
            _ => state.sign_in.lost(NO_SESSION.to_owned()),
        });
    }

    /// Asks the keyring once more, after the person unlocked it or closed its dialog.
    pub async fn ask_keyring_again(&self) {
        self.keeper.ask_again();
        if self.lock().sign_in.is_awaited() {
            self.restore().await;
        }
    }
}

/// The way in, and the way out.
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

/// What is known.
impl Account {
    /// Whose todos are open.
    pub(crate) fn record(&self) -> Option<Record> {
        self.lock().record.clone()
    }

    /// Something more is known of whose todos are open.
    pub(crate) fn know(&self, record: Record) {
        self.change(|state| state.record = Some(record));
    }

    /// Has everybody look again.
    pub(crate) fn changed(&self) {
        self.changed.send_modify(|revision| *revision += 1);
    }

    fn services(&self) -> Result<Arc<Services>, AccountError> {
        self.lock().services.clone().ok_or(AccountError::NotConnected)
    }

    /// The services, if they are those that this record was made with.
    fn services_of(&self, record: &Record) -> Option<Arc<Services>> {
        let services = self.services().ok()?;
        services.is_of(record).then_some(services)
    }

    fn persistence(&self) -> Persistence {
        match &*self.keeper.persistence().borrow() {
            keeper::Persistence::Keyring => Persistence::Keyring,
            keeper::Persistence::Waiting => Persistence::Waiting,
            keeper::Persistence::Memory { reason } => {
                let message =
                    format!("{reason} Until then you are signed in only until Clove quits.");
                Persistence::Memory { message }
            }
        }
    }

    fn change(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.lock());
        self.changed();
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

const OTHER_CONNECTION: &str = "These todos were synced with another Clerk or Convex than the one \
    in Settings. Change it back there, or sign in again.";
const NO_SESSION: &str = "Your sign-in is not in the keyring any more. Sign in again to sync your \
    todos; they are all here.";
