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
pub mod doctor;
mod error;
mod flow;
pub mod frontend_api;
pub mod frontend_error;
pub mod ids;
pub mod jwks;
pub mod keeper;
mod kept;
mod link;
mod profile;
mod publishable_key;
mod record;
#[cfg(test)]
mod scripted;
mod services;
mod sign_in;
pub mod tokens;
pub mod vault;
pub mod view;

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::sync::watch;

pub(crate) use self::record::Record;
use self::{
    clock::ServerClock,
    keeper::Keeper,
    services::Services,
    sign_in::SignIn,
    tokens::Tokens,
    vault::VaultError,
    view::{AccountView, Persistence},
};
pub use self::{
    connection::Connection,
    error::AccountError,
    link::{Link, LinkError, SCHEME},
    vault::{KeyringVault, MemoryVault, Vault},
};
use crate::{
    clock::Millis,
    environment::Environment,
    http::{Http, SystemHttp},
    words::{Spoken, say, told},
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
    /// Those of the session, while there is one.
    tokens: Option<Arc<Tokens>>,
}

impl Account {
    /// The account of whoever `record` names, over a connection where there is one.
    pub(crate) fn new(
        environment: Environment,
        outside: Outside,
        connection: Option<Connection>,
        record: Option<Record>,
    ) -> Self {
        let changed = watch::Sender::default();
        let raised = changed.clone();
        let tell = Box::new(move || raise(&raised));
        let account = Self {
            keeper: Arc::new(Keeper::start_telling(outside.vault.clone(), tell)),
            clock: Arc::new(ServerClock::new(environment.clock.clone())),
            state: Mutex::new(State {
                sign_in: SignIn::new(record.is_some()),
                record,
                services: None,
                tokens: None,
            }),
            changed,
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

    /// The moment by this device's clock.
    pub(crate) fn device_now(&self) -> Millis {
        self.environment.clock.now()
    }

    /// Whether the todos on the screen are an account's, or a sign-in is under way.
    #[must_use]
    pub fn is_in_use(&self) -> bool {
        let state = self.lock();
        state.record.is_some() || state.sign_in.is_under_way()
    }

    /// Talks to another Clerk and another Convex from now on.
    pub fn connect(&self, connection: Option<Connection>) {
        let services = connection.map(|connection| self.services_for(connection));
        self.change(|state| state.services = services);
    }

    /// Takes up the session of the last run. It needs no network, and waits for the keyring.
    pub(crate) async fn restore(&self) {
        let Some(record) = self.record() else { return };
        let Some(services) = self.services_of(&record) else {
            return self.restored(|sign_in| sign_in.lost(told("session-other-connection")));
        };
        let held = match self.keeper.read(services.kept.name()).within(Keeper::PATIENCE).await {
            Ok(held) => held,
            Err(answer) => {
                self.restored(SignIn::locked);
                answer.await
            }
        };
        let json = match held {
            Ok(json) => json,
            Err(VaultError::Locked) => return self.restored(SignIn::locked),
            Err(error) => {
                let message = say("session-keyring-failed", &[("reason", error.say().into())]);
                return self.restored(|sign_in| sign_in.lost(message));
            }
        };
        let entry = json.and_then(|json| services.kept.take_over(&json));
        let session = entry.as_ref().and_then(|entry| entry.session.clone());
        services.begin_with(entry.and_then(|entry| entry.token)).await;
        self.change(|state| match session {
            _ if !state.sign_in.is_awaited() => {}
            Some(session) if session.user.as_str() == record.user_id => {
                state.tokens = Some(services.tokens_of(&session));
                state.sign_in.restored(session);
            }
            _ => state.sign_in.lost(told("session-none")),
        });
    }

    /// Asks the keyring once more, after the person unlocked it or closed its dialog.
    pub async fn ask_keyring_again(&self) {
        self.keeper.ask_again();
        if self.lock().sign_in.is_awaited() {
            self.restore().await;
        }
    }

    /// What the keyring says counts as long as the session is awaited from it: somebody may have signed
    /// in or out meanwhile.
    fn restored(&self, change: impl FnOnce(&mut SignIn)) {
        self.change(|state| {
            if state.sign_in.is_awaited() {
                change(&mut state.sign_in);
            }
        });
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
        raise(&self.changed);
    }

    fn services_for(&self, connection: Connection) -> Arc<Services> {
        let (keeper, clock) = (self.keeper.clone(), self.clock.clone());
        let device = self.environment.clock.clone();
        Arc::new(Services::new(connection, &self.outside, keeper, clock, device))
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
                let message = say("session-in-memory", &[("reason", reason.into())]);
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

fn raise(changed: &watch::Sender<u64>) {
    changed.send_modify(|revision| *revision += 1);
}
