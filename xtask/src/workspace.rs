//! Where the repository is, where cargo puts what it builds, and which test binaries there are.

use crate::cmd::{Cmd, Failure, Result, fail};
use serde_json::Value;
use std::path::{Path, PathBuf};

/// The top of the repository: the folder above this package.
pub(crate) fn root() -> PathBuf {
    // Cargo sets the variable at run time too, which stays right when two checkouts share a cache.
    let package = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    package.parent().map_or(package.clone(), Path::to_path_buf)
}

/// What `cargo metadata` says of the workspace's own packages.
pub(crate) struct Workspace(Value);

impl Workspace {
    pub(crate) fn read() -> Result<Workspace> {
        let text = Cmd::cargo(&["metadata", "--no-deps", "--format-version", "1"]).read()?;
        serde_json::from_str(&text).map(Workspace).map_err(|error| {
            Failure(format!("Could not read the output of cargo metadata: {error}."))
        })
    }

    /// The build cache: CARGO_TARGET_DIR, cargo's configuration, or target/.
    pub(crate) fn target(&self) -> Result<PathBuf> {
        match self.0["target_directory"].as_str() {
            Some(folder) => Ok(PathBuf::from(folder)),
            None => fail("cargo metadata names no target directory."),
        }
    }

    /// The names of all integration test binaries, sorted.
    pub(crate) fn test_binaries(&self) -> Vec<&str> {
        let mut names: Vec<&str> = list(&self.0["packages"])
            .iter()
            .flat_map(|package| list(&package["targets"]))
            .filter(|target| list(&target["kind"]).iter().any(|kind| kind == "test"))
            .filter_map(|target| target["name"].as_str())
            .collect();
        names.sort_unstable();
        names.dedup();
        names
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_integration_tests_are_test_binaries() {
        let workspace = Workspace(json!({ "packages": [
            { "targets": [
                { "name": "clove", "kind": ["bin"] },
                { "name": "shell", "kind": ["test"] },
                { "name": "e2e", "kind": ["test"] },
            ] },
            { "targets": [{ "name": "store", "kind": ["test"] }, { "name": "core", "kind": ["bench"] }] },
        ] }));
        assert_eq!(workspace.test_binaries(), ["e2e", "shell", "store"]);
    }

    #[test]
    fn the_root_holds_the_workspace() {
        assert!(root().join("tauri.conf.json").is_file());
    }
}
