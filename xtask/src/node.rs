//! Node, npm's packages and the UI's build, each made only when it is out of date.

use crate::cmd::{Cmd, Result, fail};
use crate::freshness::is_stale;
use crate::workspace::root;

/// The oldest Node that the tools in package.json run on.
const OLDEST_NODE: (u32, u32) = (20, 19);

/// Checks Node and npm, and installs npm's packages when the lock file is newer than they are.
pub(crate) fn packages() -> Result<()> {
    check_versions()?;
    let installed = root().join("node_modules/.package-lock.json");
    if is_stale(&installed, &[root().join("package-lock.json")], &[]) {
        Cmd::npm(&["ci"]).run()?;
    }
    Ok(())
}

/// Builds ui/dist when it is missing or older than what it is built from.
pub(crate) fn ui() -> Result<()> {
    let sources = [
        "ui",
        "locales",
        "package-lock.json",
        "package.json",
        "vite.config.ts",
        "vite.config.js",
        "svelte.config.js",
        "tsconfig.json",
    ];
    let from = sources.map(|source| root().join(source));
    // Vite and its tests keep a cache in ui/node_modules.
    let without = ["ui/dist", "ui/node_modules"].map(|folder| root().join(folder));
    if is_stale(&root().join("ui/dist/index.html"), &from, &without) {
        Cmd::npm(&["run", "build"]).run()?;
    }
    Ok(())
}

fn check_versions() -> Result<()> {
    let (major, minor) = OLDEST_NODE;
    let wanted =
        format!("Clove's UI needs Node {major}.{minor} or newer, with npm (https://nodejs.org)");
    let Ok(version) = Cmd::new("node", &["--version"]).read() else {
        return fail(format!("{wanted}. There is no `node` on the PATH."));
    };
    if !is_new_enough(&version) {
        return fail(format!("{wanted}. This is Node {}.", version.trim().trim_start_matches('v')));
    }
    if Cmd::npm(&["--version"]).read().is_err() {
        return fail(format!("{wanted}. There is a `node` on the PATH, but no `npm` that runs."));
    }
    Ok(())
}

fn is_new_enough(version: &str) -> bool {
    let mut numbers = version.trim().trim_start_matches('v').split('.').map(str::parse::<u32>);
    match (numbers.next(), numbers.next()) {
        (Some(Ok(major)), Some(Ok(minor))) => (major, minor) >= OLDEST_NODE,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn node_versions_are_compared_as_numbers() {
        for version in ["v20.19.0\n", "v20.20.2", "v22.3.0", "v100.0.0"] {
            assert!(is_new_enough(version), "{version}");
        }
        for version in ["v18.20.4\n", "v20.9.0", "v8.0.0", "", "nonsense"] {
            assert!(!is_new_enough(version), "{version}");
        }
    }
}
