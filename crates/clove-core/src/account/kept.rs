//! What the keyring keeps of one Clerk instance: the client token, and the session.

use std::sync::{Arc, Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use super::{keeper::Keeper, sign_in::SessionOf};
use crate::secret::Secret;

/// The entry of the session in the keyring, as it is now, and how it gets there.
pub(crate) struct Kept {
    keeper: Arc<Keeper>,
    name: String,
    entry: Mutex<Entry>,
}

/// What it holds.
#[derive(Debug, Clone, Default)]
pub(crate) struct Entry {
    /// Names this device to Clerk.
    pub(crate) token: Option<Secret>,
    /// Who is signed in.
    pub(crate) session: Option<SessionOf>,
    /// Nothing more is written: somebody signed out.
    is_closed: bool,
}

/// The entry as JSON.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Json {
    client_token: String,
    session: Option<SessionOf>,
}

impl Kept {
    /// The entry of the instance at this host.
    pub(crate) fn new(keeper: Arc<Keeper>, host: &str) -> Self {
        Self { keeper, name: name_of(host), entry: Mutex::default() }
    }

    /// Its name in the keyring.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Takes over what the keyring holds, unless something newer is here. `None` where that is not
    /// what Clove wrote.
    pub(crate) fn take_over(&self, json: &Secret) -> Option<Entry> {
        let Json { client_token, session } = serde_json::from_str(json.reveal()).ok()?;
        let mut entry = self.lock();
        if entry.token.is_none() && !entry.is_closed {
            let token = Some(Secret::new(client_token));
            *entry = Entry { token, session, is_closed: false };
        }
        Some(entry.clone())
    }

    /// Keeps a newer client token.
    pub(crate) fn rotate(&self, token: &Secret) {
        self.write(|entry| entry.token = Some(token.clone()));
    }

    /// Keeps who is signed in.
    pub(crate) fn sign_in(&self, session: SessionOf) {
        self.write(|entry| entry.session = Some(session));
    }

    /// Keeps that the session is no more. The device stays known to Clerk.
    pub(crate) fn lose(&self) {
        self.write(|entry| entry.session = None);
    }

    /// Forgets all of it, and keeps nothing from now on.
    pub(crate) fn close(&self) {
        let mut entry = self.lock();
        *entry = Entry { is_closed: true, ..Entry::default() };
        drop(self.keeper.remove(&self.name));
    }

    /// The keyring is written behind: the newest entry is in memory at once.
    fn write(&self, change: impl FnOnce(&mut Entry)) {
        let mut entry = self.lock();
        if entry.is_closed {
            return;
        }
        change(&mut entry);
        let Entry { token: Some(token), session, .. } = &*entry else { return };
        let json = Json { client_token: token.reveal().to_owned(), session: session.clone() };
        // It has no map whose keys could fail.
        let json = Secret::new(serde_json::to_string(&json).unwrap_or_default());
        drop(self.keeper.write(&self.name, json));
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Entry> {
        self.entry.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Where the keyring keeps the session of the instance at this host.
pub(crate) fn name_of(host: &str) -> String {
    format!("session {host}")
}
