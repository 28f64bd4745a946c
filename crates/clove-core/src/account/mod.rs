//! Who is signed in. This version parses the sign-in link, and has no sign-in that could wait for it.

pub mod attempt;
pub mod connection;
mod convex_url;
mod link;
mod record;
pub mod view;
mod publishable_key;

pub use self::link::{Link, LinkError, SCHEME};
pub(crate) use self::record::Record;
