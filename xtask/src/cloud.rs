//! `cargo xtask cloud`: Convex and Clerk stand-ins on this machine, for development.

use crate::cmd::{Cmd, Result};
use crate::node;

/// Installs what is missing, and runs the local cloud until Ctrl+C.
pub(crate) fn cloud(arguments: &[String]) -> Result<()> {
    node::packages()?;
    let mut all = vec!["--import", "tsx", "local-cloud/main.ts"];
    all.extend(arguments.iter().map(String::as_str));
    Cmd::new("node", &all).run()
}
