//! `cargo xtask`: every development chore, one place.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command-line tool talks to its terminal"
)]

mod cmd;
mod freshness;
mod lint;
mod node;
mod os_release;
mod packages;
mod set_up;
mod workspace;

use clap::{Parser, Subcommand};
use cmd::Result;
use std::process::ExitCode;

/// Every development chore of Clove, in one place.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Format all Rust, TypeScript and Svelte
    Fmt,
    /// Check formatting, lints and types, without running a test
    Lint,
}

fn main() -> ExitCode {
    match perform(Arguments::parse().verb) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("\nerror: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn perform(verb: Verb) -> Result<()> {
    match verb {
        Verb::Fmt => lint::fmt(),
        Verb::Lint => lint::lint(),
    }
}
