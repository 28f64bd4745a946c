//! Clerk's names for sessions and people, which become parts of paths and of file names.

use serde::{Deserialize, Serialize};

/// The longest id, in bytes. Clerk's have about 32.
const ID_MAX: usize = 128;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The id as Clerk writes it.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = NotId;

            fn try_from(text: String) -> Result<Self, NotId> {
                let is_id = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
                let fits = (1..=ID_MAX).contains(&text.len()) && text.chars().all(is_id);
                if fits { Ok(Self(text)) } else { Err(NotId) }
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0
            }
        }
    )+};
}

ids! {
    /// Names a session: 1 to 128 ASCII letters, digits, `_` and `-`, so that it fits into a path.
    SessionId,
    /// Names a person, with the same characters.
    UserId
}

/// A text that no id looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an id")]
pub struct NotId;
