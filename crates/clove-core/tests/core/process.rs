//! Tests that need a process of their own run this binary again, for one test marked as ignored.

use std::{
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

const FOLDER: &str = "CLOVE_TEST_FOLDER";

/// This binary, about to run `test` on `folder`. `before` is what a shell does first.
pub(crate) fn child(test: &str, folder: &Path, before: &str) -> Command {
    let mut command = Command::new("sh");
    command.arg("-c").arg(format!("{before} exec \"$@\"")).arg("sh");
    command.arg(std::env::current_exe().expect("this binary has a path"));
    command.args(["--exact", test, "--ignored", "--nocapture", "--test-threads=1"]);
    command.env(FOLDER, folder).stdin(Stdio::piped()).stdout(Stdio::piped());
    command
}

/// The folder that the test that started this process works on; `None` where a person did.
pub(crate) fn folder() -> Option<PathBuf> {
    std::env::var_os(FOLDER).map(PathBuf::from)
}

/// Tells the process that started this one. It is not buffered: what was said is heard after a kill.
pub(crate) fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    out.write_all(format!("\n:{line}\n").as_bytes()).expect("the parent listens");
    out.flush().expect("the parent listens");
}

/// What the other process said, out of what it printed.
pub(crate) fn said(line: &str) -> Option<&str> {
    line.strip_prefix(':')
}
