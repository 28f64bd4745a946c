//! `cargo xtask test`: what has to hold before a change goes in.

use crate::cmd::{Cmd, Result};
use crate::packages::For;
use crate::set_up::{self, on_path};
use crate::steps::Steps;
use crate::workspace::Workspace;
use crate::{bindings, lint, node, package, simulate};
use std::path::{Path, PathBuf};

/// The test binary that opens real windows. It starts displays and D-Bus sessions of its own.
const END_TO_END: &str = "e2e";

/// The core's tests that need Node or a keyring.
const OUTSIDE: &str = "outside::";

/// How many seeds of the simulation have to hold. Those that ever failed are among the Rust tests.
const SEEDS: u64 = 2_000;

/// The core alone: seconds, on any machine that can build Rust.
pub(crate) fn fast() -> Result<()> {
    let scratch = bindings::Scratch::new()?;
    let arguments = ["test", "--package", "clove-core", "--", "--skip", OUTSIDE];
    scratch.export_there(Cmd::cargo(&arguments)).run()
}

/// Everything, in the order that finds a mistake soonest, up to the first failure.
pub(crate) fn full() -> Result<()> {
    let mut steps = Steps::default();
    steps.step("set-up", || {
        set_up::system(&[For::Build, For::Run, For::VirtualDisplay, For::Test])?;
        node::packages()
    })?;
    steps.step("formatting and UI lints", || {
        lint::rust_format()?;
        lint::ui_lint()
    })?;
    steps.step("TypeScript types", lint::ui_types)?;
    steps.step("TypeScript tests", || Cmd::npm(&["test"]).run())?;
    steps.step("UI build", || Cmd::npm(&["run", "build"]).run())?;
    steps.step("clippy", lint::clippy)?;

    let scratch = bindings::Scratch::new()?;
    steps.step("Rust tests", || rust_tests(&scratch))?;
    steps.step("simulation", || simulate::simulate(SEEDS, 0))?;
    steps.step("documentation tests", || Cmd::cargo(&["test", "--workspace", "--doc"]).run())?;
    steps.step("generated types", || scratch.compare())?;
    steps.step("the official Rust client", official_rust_client)?;
    if cfg!(target_os = "linux") {
        let mut package = PathBuf::new();
        steps.step("package", || package::debian().map(|built| package = built))?;
        steps.step("end to end", || end_to_end(&scratch, &package))?;
    } else {
        steps.skip("end to end", "it needs Linux: only WebKitGTK's window can be driven");
    }
    if on_path("cargo-deny") {
        steps.step("dependencies", || Cmd::cargo(&["deny", "--workspace", "check"]).run())?;
    } else {
        steps.skip(
            "dependencies",
            "cargo-deny is not installed (cargo install --locked cargo-deny)",
        );
    }
    Ok(())
}

/// All libraries, programs and test binaries but the end-to-end one.
fn rust_tests(scratch: &bindings::Scratch) -> Result<()> {
    let workspace = Workspace::read()?;
    let mut arguments = vec!["test", "--workspace", "--lib", "--bins"];
    for name in workspace.test_binaries() {
        if name != END_TO_END {
            arguments.extend(["--test", name]);
        }
    }
    scratch.export_there(Cmd::cargo(&arguments)).run()
}

/// Holds Convex's own Rust client to the local cloud. It is a workspace of its own.
fn official_rust_client() -> Result<()> {
    let manifest = "local-cloud/tests/rust-client/Cargo.toml";
    Cmd::cargo(&["test", "--locked", "--manifest-path", manifest]).run()
}

/// With the same packages selected as above, so that no dependency is built a second time.
fn end_to_end(scratch: &bindings::Scratch, package: &Path) -> Result<()> {
    let arguments = ["test", "--workspace", "--test", END_TO_END, "--", "--test-threads=2"];
    scratch.export_there(Cmd::cargo(&arguments)).env("CLOVE_DEB", package).run()
}
