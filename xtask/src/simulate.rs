//! `cargo xtask simulate`: sync under faults, in virtual time, from as many seeds as one likes.

use crate::cmd::{Cmd, Result};

/// The one test that plays seeds (crates/clove-core/tests/simulation).
const TEST: &str = "simulation::nothing_is_lost_whatever_happens";
/// What the time goes into, optimised; the rest as in any test, so that all assertions are on.
const FAST: &[&str] = &["rusqlite", "serde_json", "uuid"];

/// Plays `seeds` seeds from `from` on, and says how often each fault struck.
pub(crate) fn simulate(seeds: u64, from: u64) -> Result<()> {
    command(&["clove-core"])
        .env("CLOVE_SIM_SEEDS", seeds.to_string())
        .env("CLOVE_SIM_FROM", from.to_string())
        .run()
}

/// The command that plays seeds, with these packages optimised besides those that always are.
pub(crate) fn command(optimised: &[&str]) -> Cmd {
    let levels: Vec<String> = FAST
        .iter()
        .chain(optimised)
        .map(|name| format!("profile.dev.package.{name}.opt-level=2"))
        .collect();
    let mut arguments = vec!["test"];
    for level in &levels {
        arguments.extend(["--config", level]);
    }
    arguments.extend(["--package", "clove-core", "--lib", "--", TEST, "--exact", "--nocapture"]);
    Cmd::cargo(&arguments)
}
