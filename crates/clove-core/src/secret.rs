//! A text that nobody may see: tokens, nonces, verifiers.

use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

/// A secret text, wiped from memory when it is dropped.
///
/// `Debug` shows nothing of it, it has no `Display` and is not serialized: whoever writes it anywhere
/// has to say [`Secret::reveal`].
#[derive(Clone)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Keeps `text`.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(Zeroizing::new(text.into()))
    }

    /// The text itself, for the one place that has to send or keep it.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl PartialEq for Secret {
    /// Compares in a time that tells nothing but the lengths.
    fn eq(&self, other: &Self) -> bool {
        self.0.as_bytes().ct_eq(other.0.as_bytes()).into()
    }
}

impl Eq for Secret {}

impl std::fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Secret(..)")
    }
}

#[cfg(test)]
#[path = "secret_tests.rs"]
mod tests;
