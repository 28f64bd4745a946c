//! `cargo xtask run`: from a bare checkout to Clove's window.

use crate::backend::Backend;
use crate::children::{Guarded, command};
use crate::cmd::{Cmd, Doing, Result, fail};
use crate::packages::For;
use crate::virtual_display::{self, Bus, VirtualDisplay};
use crate::workspace::{self, Workspace};
use crate::{node, set_up};
use std::path::Path;
use std::process::Command;

pub(crate) fn run(arguments: &[String]) -> Result<()> {
    let no_display = virtual_display::is_needed();
    let purposes = [For::Build, For::Run, For::VirtualDisplay];
    set_up::system(if no_display { &purposes } else { &purposes[..2] })?;
    node::packages()?;
    node::ui()?;
    Cmd::cargo(&["build", "--package", "clove", "--bin", "clove"]).run()?;

    let target = Workspace::read()?.target()?;
    let program = target.join("debug").join(format!("clove{}", std::env::consts::EXE_SUFFIX));
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let backend = Backend::choose()?;
    if no_display {
        let screenshot = target.join("clove-screenshot.png");
        return in_virtual_display(&program, &arguments, &screenshot, &backend);
    }
    let mut clove = Command::new(&program);
    clove.args(arguments).current_dir(workspace::root());
    backend.serve(&mut clove);
    if backend.is_ours() { wait_for(clove, &program) } else { become_program(clove, &program) }
}

fn in_virtual_display(
    program: &Path,
    arguments: &[&str],
    screenshot: &Path,
    backend: &Backend,
) -> Result<()> {
    let display = VirtualDisplay::start(Bus::IfMissing)?;
    println!("\nThere is no display here: neither DISPLAY nor WAYLAND_DISPLAY is set.");
    println!("Clove runs in a virtual one, until it is closed or you press Ctrl+C.\n");
    println!("  display     {}", display.name());
    println!("  screenshot  {} (taken anew every 2 seconds)\n", screenshot.display());

    let mut clove = command(&program.to_string_lossy(), arguments);
    display.host(&mut clove);
    backend.serve(&mut clove);
    clove.current_dir(workspace::root());
    let mut clove = Guarded::spawn(clove)?;
    let _photographer = display.photograph(screenshot.to_path_buf());
    succeeded(clove.wait()?)
}

/// Hands this process over to the program: Ctrl+C and its exit status are then its own.
#[cfg(unix)]
fn become_program(mut clove: Command, program: &Path) -> Result<()> {
    use std::os::unix::process::CommandExt;
    Err(clove.exec()).doing(format_args!("start {}", program.display()))
}

#[cfg(not(unix))]
fn become_program(clove: Command, program: &Path) -> Result<()> {
    wait_for(clove, program)
}

fn wait_for(mut clove: Command, program: &Path) -> Result<()> {
    succeeded(clove.status().doing(format_args!("start {}", program.display()))?)
}

fn succeeded(status: std::process::ExitStatus) -> Result<()> {
    if status.success() { Ok(()) } else { fail(format!("Clove ended with {status}.")) }
}
