//! Where secrets outlive the process: the keyring of the system. This file alone imports its libraries.
//!
//! They are macOS's Keychain, Windows's Credential Manager and, on Linux, whatever answers to the Secret
//! Service API (GNOME Keyring, KWallet, KeePassXC): <https://specifications.freedesktop.org/secret-service>.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Mutex, PoisonError},
};

use keyring_core::{Entry, Error, api::CredentialStoreApi};

use crate::{
    secret::Secret,
    words::{Language, Spoken, said_in_english},
};

/// The name under which people find Clove's entries in their keyring: the app's identifier.
pub const SERVICE: &str = "dev.clove.todo";

/// Named secrets. Each call may block for as long as a person looks at a dialog.
pub trait Vault: Send + Sync + 'static {
    /// The secret of this name; `None` where there is none.
    ///
    /// # Errors
    /// [`VaultError`], where nobody can tell whether there is one.
    fn read(&self, name: &str) -> Result<Option<Secret>, VaultError>;

    /// Keeps a secret, in the place of an earlier one of this name.
    ///
    /// # Errors
    /// [`VaultError`]; then the earlier one stands.
    fn write(&self, name: &str, secret: &Secret) -> Result<(), VaultError>;

    /// Forgets a secret. One that is not there is forgotten already.
    ///
    /// # Errors
    /// [`VaultError`]; then it may still be there.
    fn remove(&self, name: &str) -> Result<(), VaultError>;

    /// Whether what is written is there when Clove starts again.
    fn is_lasting(&self) -> bool {
        true
    }
}

/// Why the keyring did not do what it was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VaultError {
    /// Nothing here keeps secrets.
    Missing,
    /// Its dialog was closed without a password, or could not be shown.
    Locked,
    /// It takes no more than this, in bytes.
    TooLong(u32),
    /// It has several entries in the place of one.
    Ambiguous(usize),
    /// Its entry is not what Clove wrote.
    Foreign,
    /// It took the entry and did not keep it, or said nothing.
    Refused,
    /// Anything else, in its own words, which hold no secret.
    Failed(String),
}

impl Spoken for VaultError {
    fn say_in(&self, language: Language) -> String {
        match self {
            Self::Missing => language.say("keyring-missing", &[]),
            Self::Locked => language.say("keyring-locked", &[]),
            Self::TooLong(limit) => language.say("keyring-too-long", &[("bytes", (*limit).into())]),
            Self::Ambiguous(n) => {
                language.say("keyring-ambiguous", &[("n", (*n).into()), ("name", SERVICE.into())])
            }
            Self::Foreign => language.say("keyring-foreign", &[("name", SERVICE.into())]),
            Self::Refused => language.say("keyring-refused", &[]),
            Self::Failed(reason) => language.say("keyring-failed", &[("reason", reason.into())]),
        }
    }
}
said_in_english!(VaultError);

/// The keyring of the system.
///
/// It is found anew for each call. One that starts after Clove, or was started anew, serves the next
/// call; a connection that was kept would go on failing.
#[derive(Debug, Clone, Copy, Default)]
pub struct KeyringVault;

impl Vault for KeyringVault {
    fn read(&self, name: &str) -> Result<Option<Secret>, VaultError> {
        match entry(name)?.get_secret() {
            Ok(bytes) => String::from_utf8(bytes)
                .map(|text| Some(Secret::new(text)))
                .map_err(|_| VaultError::Foreign),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(meaning(&error)),
        }
    }

    // Bytes, not text: Windows stores text as UTF-16, and then half as much fits into its 2560 bytes
    // (CRED_MAX_CREDENTIAL_BLOB_SIZE).
    fn write(&self, name: &str, secret: &Secret) -> Result<(), VaultError> {
        entry(name)?.set_secret(secret.reveal().as_bytes()).map_err(|error| meaning(&error))
    }

    fn remove(&self, name: &str) -> Result<(), VaultError> {
        match entry(name)?.delete_credential() {
            Ok(()) | Err(Error::NoEntry) => Ok(()),
            Err(error) => Err(meaning(&error)),
        }
    }
}

fn entry(name: &str) -> Result<Entry, VaultError> {
    let store = native::Store::new().map_err(|error| {
        tracing::debug!(%error, "no keyring was found");
        VaultError::Missing
    })?;
    let modifiers = HashMap::from(native::MODIFIERS);
    store.build(SERVICE, name, Some(&modifiers)).map_err(|error| meaning(&error))
}

/// An error in our terms. Some variants hold the secret's bytes, so none is printed as it is.
fn meaning(error: &Error) -> VaultError {
    match error {
        Error::PlatformFailure(cause) | Error::NoStorageAccess(cause) => {
            native::meaning(cause.as_ref()).unwrap_or_else(|| VaultError::Failed(cause.to_string()))
        }
        Error::BadEncoding(_) | Error::BadDataFormat(..) => VaultError::Foreign,
        Error::TooLong(_, limit) => VaultError::TooLong(*limit),
        Error::Ambiguous(entries) => VaultError::Ambiguous(entries.len()),
        _ => VaultError::Refused,
    }
}

#[cfg(target_os = "linux")]
mod native {
    pub(super) use zbus_secret_service_keyring_store::Store;

    use super::VaultError;

    pub(super) const MODIFIERS: [(&str, &str); 0] = [];

    pub(super) fn meaning(cause: &(dyn std::error::Error + 'static)) -> Option<VaultError> {
        match cause.downcast_ref()? {
            secret_service::Error::Locked | secret_service::Error::Prompt => {
                Some(VaultError::Locked)
            }
            // The service runs, and nobody has made a keyring in it.
            secret_service::Error::NoResult => Some(VaultError::Missing),
            _ => None,
        }
    }
}

#[cfg(target_os = "macos")]
mod native {
    pub(super) use apple_native_keyring_store::keychain::Store;

    use super::{VaultError, meaning_of_status};

    pub(super) const MODIFIERS: [(&str, &str); 0] = [];

    pub(super) fn meaning(cause: &(dyn std::error::Error + 'static)) -> Option<VaultError> {
        meaning_of_status(cause.downcast_ref::<security_framework::base::Error>()?.code())
    }
}

#[cfg(windows)]
mod native {
    pub(super) use windows_native_keyring_store::Store;

    use super::VaultError;

    /// A session belongs to one device: it must not roam to another with the person's profile.
    pub(super) const MODIFIERS: [(&str, &str); 1] = [("persistence", "Local")];

    /// The Credential Manager is never locked while a person is logged on.
    pub(super) fn meaning(_cause: &(dyn std::error::Error + 'static)) -> Option<VaultError> {
        None
    }
}

/// What an `OSStatus` of macOS's Security framework says (`SecBase.h`).
#[cfg(any(target_os = "macos", test))]
fn meaning_of_status(status: i32) -> Option<VaultError> {
    match status {
        // errSecUserCanceled, errSecAuthFailed, errSecInteractionNotAllowed, errSecInteractionRequired.
        -128 | -25293 | -25308 | -25315 => Some(VaultError::Locked),
        // errSecNotAvailable, errSecNoSuchKeychain, errSecNoDefaultKeychain.
        -25291 | -25294 | -25307 => Some(VaultError::Missing),
        _ => None,
    }
}

/// Secrets that end with the process: for tests, and where nothing may be left behind.
#[derive(Debug, Default)]
pub struct MemoryVault(Mutex<BTreeMap<String, Secret>>);

impl MemoryVault {
    fn secrets(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, Secret>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Vault for MemoryVault {
    fn read(&self, name: &str) -> Result<Option<Secret>, VaultError> {
        Ok(self.secrets().get(name).cloned())
    }

    fn write(&self, name: &str, secret: &Secret) -> Result<(), VaultError> {
        self.secrets().insert(name.to_owned(), secret.clone());
        Ok(())
    }

    fn remove(&self, name: &str) -> Result<(), VaultError> {
        self.secrets().remove(name);
        Ok(())
    }

    fn is_lasting(&self) -> bool {
        false
    }
}

#[cfg(test)]
#[path = "vault_tests.rs"]
mod tests;
