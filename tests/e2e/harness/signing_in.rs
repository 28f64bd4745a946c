//! What a person does to sign in, and sees of it.

use serde_json::Value;

use super::{browser::Addresses, cloud::Cloud, keyring::Keyring, session::Session, window::Window};
use crate::harness::until;

impl Window {
    /// Opens the panel of the account, by its key.
    #[track_caller]
    pub(crate) fn open_account(&self, session: &Session) {
        session.until_focused("Clove");
        // A dialog that is about to close would take the key.
        self.until("no dialog is open", || !self.has("dialog"));
        session.key("ctrl+shift+a");
        self.until("the panel is open", || self.has("#account[open]"));
    }

    /// Chooses to sign in, by the keyboard alone.
    #[track_caller]
    pub(crate) fn ask_to_sign_in(&self, session: &Session) {
        self.open_account(session);
        self.until("the choice has the focus", || self.has("#sign-in:focus"));
        session.key("Return");
        self.until("the browser is asked for", || self.has("#cancel-sign-in"));
    }

    /// Signs in, through the page that is opened as the `number`-th, in a browser without a screen.
    #[track_caller]
    pub(crate) fn sign_in(
        &self,
        session: &Session,
        (cloud, pages, number): (&Cloud, &Addresses, usize),
        email: &str,
    ) {
        self.ask_to_sign_in(session);
        let link = cloud.sign_in_at(&pages.until_opened(number), email);
        assert!(session.open(&link).until_ended().success());
        // Without a name, the cloud takes what is before the @.
        self.until_signed_in(email.split('@').next().unwrap());
    }

    /// Waits until the window says that this person is signed in.
    #[track_caller]
    pub(crate) fn until_signed_in(&self, name: &str) {
        let button = format!("#account-button.signedIn[aria-label^='Account: {name}']");
        self.until(&format!("{name} is signed in"), || self.has(&button));
    }

    #[track_caller]
    pub(crate) fn until_signed_out(&self) {
        self.until("nobody is signed in", || self.has("#account-button.signedOut"));
    }

    /// What the shell says of the account.
    pub(crate) fn account(&self) -> Value {
        self.invoke("account", Value::Object(Default::default())).unwrap()
    }
}

impl Keyring {
    /// What is kept under names that begin like this, as JSON.
    pub(crate) fn kept(&self, beginning: &str) -> Vec<Value> {
        let items = self.items().into_iter();
        let named = items.filter(|item| {
            let is_of_clove = item.attributes.get("service").is_some_and(|s| s == "dev.clove.todo");
            let name = item.attributes.get("username");
            is_of_clove && name.is_some_and(|name| name.starts_with(beginning))
        });
        named.map(|item| serde_json::from_slice(&item.secret).unwrap()).collect()
    }

    /// Waits until it holds the session: from here on, Clove may be killed at any time.
    #[track_caller]
    pub(crate) fn until_session_kept(&self) {
        until("the session is in the keyring", || {
            self.kept("session ").iter().any(|entry| entry["session"].is_object())
        });
    }
}
