//! The parser of the sign-in link on anything at all: `cargo +nightly fuzz run link`, in `crates/clove-core`.
//!
//! It never panics, and whatever it takes can be written down and is the same when it is read again.

#![no_main]

use clove_core::account::{Link, LinkError, SCHEME};

libfuzzer_sys::fuzz_target!(|text: &str| {
    let Ok(link) = Link::parse(text) else { return };
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.append_pair("state", &link.state);
    query.append_pair("rotating_token_nonce", &link.rotating_token_nonce);
    query.append_pair("created_session_id", &link.created_session_id);
    let again = Link::parse(&format!("{SCHEME}://callback?{}", query.finish()));
    assert!(again == Ok(link) || again == Err(LinkError::TooLong));
});
