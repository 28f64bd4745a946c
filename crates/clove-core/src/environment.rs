//! What the core asks of the machine, behind traits.

use std::sync::Arc;

use crate::{
    clock::{Clock, SystemClock},
    random::{Random, SystemRandom},
};

/// The effects that the core asks for, chosen once.
#[derive(Clone)]
pub struct Environment {
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// Where unpredictable bytes come from.
    pub random: Arc<dyn Random>,
}

impl Environment {
    /// The machine's own clock and generator.
    #[must_use]
    pub fn system() -> Self {
        Self { clock: Arc::new(SystemClock), random: Arc::new(SystemRandom) }
    }
}
