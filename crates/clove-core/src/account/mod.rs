//! Who is signed in. This version parses the sign-in link, and has no sign-in that could wait for it.

mod link;
pub mod view;

pub use self::link::{Link, LinkError, SCHEME};
