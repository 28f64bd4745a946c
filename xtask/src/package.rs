//! The package for Debian, which the end-to-end tests install.

use crate::cmd::{Cmd, Doing, Result, fail};
use crate::workspace::Workspace;
use std::fs;
use std::path::{Path, PathBuf};

/// Builds the package, and says where it is.
pub(crate) fn debian() -> Result<PathBuf> {
    let folder = Workspace::read()?.target()?.join("debug/bundle/deb");
    // The name of a package has its version in it: what is found here afterwards is new.
    if folder.exists() {
        fs::remove_dir_all(&folder).doing(format_args!("empty {}", folder.display()))?;
    }
    Cmd::npm(&["exec", "--", "tauri", "build", "--debug", "--bundles", "deb", "--ci"]).run()?;
    in_folder(&folder)
}

fn in_folder(folder: &Path) -> Result<PathBuf> {
    let entries = fs::read_dir(folder).doing(format_args!("look into {}", folder.display()))?;
    let paths = entries.flatten().map(|entry| entry.path());
    let mut packages = paths.filter(|path| path.extension().is_some_and(|end| end == "deb"));
    match packages.next() {
        Some(package) => Ok(package),
        None => fail(format!("There is no package in {}.", folder.display())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_package_is_found_beside_what_it_was_made_from() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("Clove_0.1.0_amd64")).unwrap();
        let failure = in_folder(folder.path()).unwrap_err();
        assert!(failure.to_string().starts_with("There is no package in "));
        let package = folder.path().join("Clove_0.1.0_amd64.deb");
        fs::write(&package, "").unwrap();
        assert_eq!(in_folder(folder.path()).unwrap(), package);
    }
}
