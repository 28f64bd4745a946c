//! Randomness as an effect, so that a simulation can replay it.

/// Where Clove takes unpredictable bytes from.
pub trait Random: Send + Sync + 'static {
    /// Fills `bytes`. Where there is no randomness, they stay as they are.
    fn fill(&self, bytes: &mut [u8]);
}

/// The operating system's generator.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemRandom;

impl Random for SystemRandom {
    fn fill(&self, bytes: &mut [u8]) {
        if let Err(error) = getrandom::fill(bytes) {
            // Ids stay unique by their time part; who draws secrets looks whether they were drawn.
            tracing::error!(%error, "the system gave no random bytes");
        }
    }
}
