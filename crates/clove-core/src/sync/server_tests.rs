use super::*;
use crate::words::{Language, Spoken};

/// Why it failed, as the log has it.
fn reason(error: RemoteError) -> String {
    match error {
        RemoteError::Transient { reason, .. } => reason.logged,
        other => panic!("sync tries this again: {other:?}"),
    }
}

fn minting(error: FrontendError) -> RemoteError {
    meaning(AccountError::Token(MintError::Frontend(error)))
}

#[test]
fn nobody_is_asked_to_try_again_what_sync_tries_by_itself() {
    for http in [HttpError::Offline, HttpError::Timeout] {
        let elsewhere = http.say_in(Language::English).to_lowercase();
        assert!(elsewhere.contains("try again"), "whoever pressed a button is: {elsewhere}");
        for failed in [minting(http.clone().into()), ConvexApiError::Http(http).into()] {
            let said = reason(failed).to_lowercase();
            assert!(said.starts_with("the server"), "{said}");
            assert!(!said.contains("again"), "{said}");
        }
    }
    for failed in [minting(FrontendError::Unavailable), ConvexApiError::Unavailable.into()] {
        assert_eq!(reason(failed), "The server has trouble at the moment.");
    }
}
