use super::{Error, MemoryVault, SERVICE, Vault, VaultError, meaning, meaning_of_status};
use crate::secret::Secret;

#[test]
fn memory_keeps_replaces_and_forgets() {
    let vault = MemoryVault::default();
    assert_eq!(vault.read("a"), Ok(None), "nothing was written");
    for text in ["old", "new"] {
        vault.write("a", &Secret::new(text)).expect("memory takes it");
    }
    assert_eq!(vault.read("a"), Ok(Some(Secret::new("new"))), "the newest stands");
    assert_eq!(vault.read("b"), Ok(None), "each name has its own");
    vault.remove("a").expect("memory forgets");
    vault.remove("a").expect("what is not there is forgotten already");
    assert_eq!(vault.read("a"), Ok(None));
    assert!(!vault.is_lasting(), "memory ends with the process");
}

#[test]
fn no_error_shows_what_the_keyring_holds() {
    let secret = "eyJhbGciOi";
    let bytes = secret.as_bytes().to_vec();
    let cause = || Box::new(std::io::Error::other(secret));
    for error in [Error::BadEncoding(bytes.clone()), Error::BadDataFormat(bytes.clone(), cause())] {
        let told = meaning(&error);
        let shown = format!("{told} {told:?}");
        assert!(!shown.contains(secret), "{shown}");
        assert!(!shown.contains(&format!("{bytes:?}")), "{shown}");
        assert!(shown.contains(SERVICE), "the entry can be found: {shown}");
    }
}

#[test]
fn an_error_says_what_can_be_done() {
    let too_long = meaning(&Error::TooLong("secret".to_owned(), 2560)).to_string();
    assert!(too_long.contains("2560 bytes"), "{too_long}");
    let refused = std::io::Error::other("the bus is gone");
    let refused = meaning(&Error::PlatformFailure(Box::new(refused)));
    assert_eq!(refused, VaultError::Failed("the bus is gone".to_owned()));
}

#[test]
fn a_dialog_of_macos_that_was_closed_is_a_locked_keychain() {
    for status in [-128, -25293, -25308, -25315] {
        assert_eq!(meaning_of_status(status), Some(VaultError::Locked), "{status}");
    }
    assert_eq!(meaning_of_status(-25307), Some(VaultError::Missing), "no default keychain");
    assert_eq!(meaning_of_status(-50), None, "errSecParam is a mistake of ours, not a lock");
}

#[cfg(target_os = "linux")]
#[test]
fn a_service_tells_a_locked_keyring_from_none() {
    use secret_service::Error as Cause;
    let told = |cause| meaning(&Error::NoStorageAccess(Box::new(cause)));
    assert_eq!(told(Cause::Prompt), VaultError::Locked, "the dialog was closed");
    assert_eq!(told(Cause::Locked), VaultError::Locked);
    assert_eq!(told(Cause::NoResult), VaultError::Missing, "there is no keyring in the service");
    assert!(matches!(told(Cause::Unavailable), VaultError::Failed(_)));
}
