//! `cargo xtask screenshots`: the pictures of the documents, taken of the real window.

use crate::cmd::{Cmd, Result, fail};
use crate::node;
use crate::packages::For;
use crate::set_up;
use crate::workspace::root;

/// Takes the pictures whose name holds `only`, or all, and writes the page that shows them.
pub(crate) fn screenshots(only: Option<&str>) -> Result<()> {
    if !cfg!(target_os = "linux") {
        return fail("The pictures are taken on Linux: only WebKitGTK's window can be driven.");
    }
    set_up::system(&[For::Build, For::Run, For::VirtualDisplay, For::Test])?;
    node::packages()?;
    node::ui()?;
    // With the same packages selected as in `cargo xtask test`, so that nothing is built twice.
    let pictures = ["test", "--workspace", "--test", "e2e", "--", "--ignored", "screenshots::"];
    let folder = root().join("docs/screenshots");
    let cmd = Cmd::cargo(&pictures).env("CLOVE_SCREENSHOTS", folder);
    only.into_iter().fold(cmd, |cmd, only| cmd.env("CLOVE_SCREENSHOTS_ONLY", only)).run()
}
