//! `cargo xtask`: every development chore, one place.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command-line tool talks to its terminal"
)]

mod backend;
mod bench;
mod bindings;
mod children;
mod cloud;
mod cmd;
#[cfg(target_os = "linux")]
mod desktop;
mod estimates;
mod freshness;
mod icons;
mod lint;
mod mutants;
mod node;
mod os_release;
mod package;
mod packages;
mod run;
mod screenshots;
mod set_up;
mod simulate;
mod start_up;
mod steps;
mod sync_speed;
mod table;
mod test;
mod virtual_display;
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
    /// Install what is missing, start the local cloud, build Clove and open it
    Run {
        /// Arguments for Clove itself, after `--`
        #[arg(last = true)]
        arguments: Vec<String>,
    },
    /// Run stand-ins for Convex and Clerk on this machine, and print their addresses
    Cloud {
        /// Arguments for the local cloud, after `--` (local-cloud/README.md)
        #[arg(last = true)]
        arguments: Vec<String>,
    },
    /// Install what is missing and run every check and test
    Test {
        /// Only the core's tests: no system packages but a C compiler, no npm
        #[arg(long)]
        fast: bool,
    },
    /// Run the benchmarks and print the ratios that matter; figures, never a verdict
    Bench {
        /// Only the benchmarks whose name matches this expression, such as `durable|floor`; `start` is
        /// the start of the app, `ui` its window with a long list, `sign-in` the way from the browser back to
        /// it, `sync` the way from device to device, `offline` what Clove costs while the cloud is cut, `keep` edits
        /// beside a backup and how long a repair takes;
        /// on Linux `quick-add` the way from the hotkey to the field, `resident` the memory of Clove and of
        /// other todo apps
        name: Option<String>,
        /// With `sync`: measure taskchampion beside it
        #[arg(long)]
        peers: bool,
    },
    /// Play sync under faults, in virtual time: nothing may be lost
    Simulate {
        /// How many seeds
        #[arg(long, default_value_t = 2_000)]
        seeds: u64,
        /// The first of them
        #[arg(long, default_value_t = 0)]
        from: u64,
    },
    /// Plant known faults into a copy of the sources, and show which seeds find them
    Mutants {
        /// Only the faults whose name holds this
        name: Option<String>,
        /// How many seeds to look for each at most
        #[arg(long, default_value_t = 10_000)]
        seeds: u64,
    },
    /// Write ui/src/bindings, the TypeScript types of what crosses to the UI
    Bindings,
    /// Take the pictures in docs/screenshots of the real window, and write the page that shows them
    Screenshots {
        /// Only those whose name holds this
        name: Option<String>,
    },
    /// Write the icon files from icons/clove.svg and icons/tray.svg
    Icons,
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
        Verb::Run { arguments } => run::run(&arguments),
        Verb::Cloud { arguments } => cloud::cloud(&arguments),
        Verb::Test { fast: true } => test::fast(),
        Verb::Test { fast: false } => test::full(),
        Verb::Bench { name, peers } => bench::bench(name.as_deref(), peers),
        Verb::Simulate { seeds, from } => simulate::simulate(seeds, from),
        Verb::Mutants { name, seeds } => mutants::mutants(name.as_deref(), seeds),
        Verb::Bindings => bindings::write(),
        Verb::Screenshots { name } => screenshots::screenshots(name.as_deref()),
        Verb::Icons => icons::icons(),
        Verb::Fmt => lint::fmt(),
        Verb::Lint => lint::lint(),
    }
}
