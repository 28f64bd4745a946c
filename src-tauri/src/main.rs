//! The program `clove`: a window, or a verb in a terminal.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::process::ExitCode;

fn main() -> ExitCode {
    clove_shell::main()
}
