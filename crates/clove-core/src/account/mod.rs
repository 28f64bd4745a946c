//! Who is signed in. This version parses the sign-in link, and has no sign-in that could wait for it.

pub mod answers;
pub mod attempt;
pub mod clock;
pub mod connection;
mod convex_url;
pub mod frontend_api;
pub mod frontend_error;
mod keeper;
mod link;
mod record;
pub mod view;
mod publishable_key;
#[cfg(test)]
mod scripted;

pub use self::link::{Link, LinkError, SCHEME};
pub(crate) use self::record::Record;
mod vault;
pub use self::{
    keeper::{Answer, Keeper, Persistence},
    link::{Link, LinkError, SCHEME},
    vault::{KeyringVault, MemoryVault, SERVICE, Vault, VaultError},
};
