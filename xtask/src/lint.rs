//! `cargo xtask fmt` and `cargo xtask lint`, and the checks that `test` shares with them.

use crate::cmd::{Cmd, Result};
use crate::packages::For;
use crate::{node, set_up};

/// A workspace of its own, which is built for benchmarks alone.
const PEERS: &str = "benches/taskchampion/Cargo.toml";

/// Formats everything.
pub(crate) fn fmt() -> Result<()> {
    node::packages()?;
    Cmd::cargo(&["fmt", "--all"]).run()?;
    Cmd::cargo(&["fmt", "--manifest-path", PEERS]).run()?;
    Cmd::npm(&["run", "format"]).run()
}

/// Checks everything that needs no test to run.
pub(crate) fn lint() -> Result<()> {
    set_up::system(&[For::Build])?;
    node::packages()?;
    rust_format()?;
    ui_lint()?;
    ui_types()?;
    // The window's files are compiled into the app, so clippy needs them to be there.
    node::ui()?;
    clippy()
}

pub(crate) fn rust_format() -> Result<()> {
    Cmd::cargo(&["fmt", "--all", "--check"]).run()?;
    Cmd::cargo(&["fmt", "--manifest-path", PEERS, "--check"]).run()
}

pub(crate) fn clippy() -> Result<()> {
    Cmd::cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]).run()
}

pub(crate) fn ui_lint() -> Result<()> {
    Cmd::npm(&["run", "lint"]).run()
}

pub(crate) fn ui_types() -> Result<()> {
    Cmd::npm(&["run", "check"]).run()
}
