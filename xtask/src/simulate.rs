//! `cargo xtask simulate`: sync under faults, in virtual time, from as many seeds as one likes.

use crate::cmd::{Cmd, Result};

/// The one test that plays seeds (crates/clove-core/tests/simulation).
const TEST: &str = "simulation::nothing_is_lost_whatever_happens";
/// What the time goes into, optimised; the rest as in any test. Clove's own assertions are all on.
const FAST: &[&str] = &[
    "foldhash",
    "hashbrown",
    "hashlink",
    "indexmap",
    "rusqlite",
    "serde_json",
    "unicode-normalization",
    "uuid",
];

/// Plays `seeds` seeds from `from` on, and says how often each fault struck.
pub(crate) fn simulate(seeds: u64, from: u64) -> Result<()> {
    command(&["clove-core"])
        .env("CLOVE_SIM_SEEDS", seeds.to_string())
        .env("CLOVE_SIM_FROM", from.to_string())
        .run()
}

/// The command that plays seeds, with these packages optimised besides those that always are.
pub(crate) fn command(optimised: &[&str]) -> Cmd {
    let mut levels = Vec::new();
    for name in FAST.iter().chain(optimised) {
        levels.push(format!("profile.dev.package.{name}.opt-level=3"));
    }
    for name in FAST {
        levels.push(format!("profile.dev.package.{name}.debug-assertions=false"));
    }
    let mut arguments = vec!["test"];
    for level in &levels {
        arguments.extend(["--config", level]);
    }
    arguments.extend(["--package", "clove-core", "--lib", "--", TEST, "--exact", "--nocapture"]);
    Cmd::cargo(&arguments)
}
