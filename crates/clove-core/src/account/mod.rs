//! Who is signed in. This version parses the sign-in link, and has no sign-in that could wait for it.

mod link;
mod record;
pub mod view;

pub use self::link::{Link, LinkError, SCHEME};
pub(crate) use self::record::Record;
