//! `cargo xtask bench`: figures to look at. Nothing here passes or fails.

#[cfg(not(target_os = "linux"))]
use crate::cmd::fail;
use crate::cmd::{Cmd, Doing, Result};
#[cfg(target_os = "linux")]
use crate::desktop;
use crate::estimates::{self, Estimates};
use crate::packages::For;
use crate::table::table;
use crate::workspace::Workspace;
use crate::{node, set_up, start_up, sync_speed};
use std::fs;
use std::path::Path;
use std::time::SystemTime;

/// The benchmark that starts the whole app, the one that signs in, the one that uses a long list, the
/// one that syncs, the one without a network and the one of backups and repairs; all others are criterion's.
const START: &str = "start";
const SIGN_IN: &str = "sign-in";
const UI: &str = "ui";
const SYNC: &str = "sync";
const OFFLINE: &str = "offline";
const KEEP: &str = "keep";
/// Those that look at the desktop from outside.
const QUICK_ADD: &str = "quick-add";
const RESIDENT: &str = "resident";

pub(crate) fn bench(name: Option<&str>, peers: bool) -> Result<()> {
    match name {
        Some(SIGN_IN) => return in_window("sign_in_speed"),
        Some(UI) => return in_window("ui_speed"),
        Some(SYNC) => return sync_speed::bench(peers),
        Some(OFFLINE) => return offline(),
        Some(KEEP) => return keep(),
        #[cfg(target_os = "linux")]
        Some(QUICK_ADD) => return desktop::quick_add::bench(),
        #[cfg(target_os = "linux")]
        Some(RESIDENT) => return desktop::resident::bench(),
        #[cfg(not(target_os = "linux"))]
        Some(QUICK_ADD | RESIDENT) => return fail("This is measured on Linux alone."),
        _ => {}
    }
    if name != Some(START) {
        core(name)?;
    }
    if name.is_none_or(|name| name == START) {
        set_up::system(&[For::Build, For::Run, For::VirtualDisplay])?;
        node::packages()?;
        node::ui()?;
        start_up::bench()?;
    }
    Ok(())
}

/// Measures in the real window, through a driver and, to sign in, a browser, which few machines have set
/// up: only where it is asked for.
fn in_window(test: &str) -> Result<()> {
    set_up::system(&[For::Build, For::Run, For::VirtualDisplay, For::Test])?;
    node::packages()?;
    node::ui()?;
    let optimized = ["test", "--release", "--package", "clove", "--features", "custom-protocol"];
    let measured = ["--test", "e2e", "--", "--ignored", "--nocapture", test];
    Cmd::cargo(&[optimized.as_slice(), &measured].concat()).run()
}

/// Cuts a local cloud off, which takes four minutes: only where it is asked for.
fn offline() -> Result<()> {
    node::packages()?;
    let optimized = ["test", "--release", "--package", "clove-core", "--test", "core"];
    let measured = ["--", "--ignored", "--nocapture", "offline_cost"];
    Cmd::cargo(&[optimized.as_slice(), &measured].concat()).run()
}

/// Damages copies of a store of 100,000 todos, which takes minutes: only where it is asked for.
fn keep() -> Result<()> {
    Cmd::cargo(&["bench", "--package", "clove-core", "--bench", "keep"]).run()
}

fn core(filter: Option<&str>) -> Result<()> {
    let mut arguments = vec!["bench", "--package", "clove-core", "--bench", "store"];
    if let Some(filter) = filter {
        arguments.extend(["--", filter]);
    }
    let target = Workspace::read()?.target()?;
    let started = moment(&target)?;
    Cmd::cargo(&arguments).run()?;
    let estimates = estimates::read(&target.join("criterion"), started)?;
    println!("\n{}\n{}", times(&estimates), ratios(&estimates));
    Ok(())
}

/// Now, as the file system that holds the results tells the time.
fn moment(target: &Path) -> Result<SystemTime> {
    let marker = target.join("clove-bench-started");
    fs::create_dir_all(target).doing(format_args!("make {}", target.display()))?;
    fs::write(&marker, "").doing(format_args!("write {}", marker.display()))?;
    let written = fs::metadata(&marker).and_then(|metadata| metadata.modified());
    written.doing(format_args!("read {}", marker.display()))
}

fn times(estimates: &Estimates) -> String {
    let mut rows = vec![vec!["benchmark".to_owned(), "median".to_owned()]];
    rows.extend(estimates.iter().map(|(id, time)| vec![id.clone(), shown(*time)]));
    table(&rows)
}

/// Each ratio: what it says, the two benchmarks, and the most it should be.
fn questions() -> Vec<(String, String, String, f64)> {
    let ask = |said: &str, slow: &str, base: &str, most: f64| {
        (said.to_owned(), slow.to_owned(), base.to_owned(), most)
    };
    let mut all = vec![ask("durable add / bare SQLite", "durable/add", "floor/insert_full", 1.5)];
    let windows = ["list/first", "list/middle"];
    let searches = ["search/common", "search/rare", "search/short", "search/none"];
    for id in windows.into_iter().chain(searches) {
        let said = format!("{id}, 100k / 1k");
        all.push(ask(&said, &format!("{id}/100k"), &format!("{id}/1k"), 2.0));
    }
    all
}

fn ratios(estimates: &Estimates) -> String {
    let mut rows = vec![["ratio", "is", "at most"].map(str::to_owned).to_vec()];
    for (said, slow, base, most) in questions() {
        let is = match (estimates.get(&slow), estimates.get(&base)) {
            (Some(slow), Some(base)) if *base > 0.0 => format!("{:.2}", slow / base),
            _ => "not measured".to_owned(),
        };
        rows.push(vec![said, is, format!("{most:.1}")]);
    }
    table(&rows)
}

/// Nanoseconds in the unit that reads best.
pub(crate) fn shown(nanoseconds: f64) -> String {
    match nanoseconds {
        n if n < 1e3 => format!("{n:.0} ns"),
        n if n < 1e6 => format!("{:.1} µs", n / 1e3),
        n if n < 1e9 => format!("{:.2} ms", n / 1e6),
        n => format!("{:.2} s", n / 1e9),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_are_shown_and_what_was_not_measured_is_said() {
        let estimates = Estimates::from([
            ("durable/add".to_owned(), 3.0e6),
            ("floor/insert_full".to_owned(), 2.0e6),
            ("search/rare/100k".to_owned(), 1.0e6),
        ]);
        let text = ratios(&estimates);
        let line = |start: &str| text.lines().find(|line| line.starts_with(start)).unwrap();
        assert!(line("durable add").contains(" 1.50 "), "{text}");
        assert!(line("search/rare").contains("not measured"), "{text}");
        assert_eq!(text.lines().count(), 8);
    }

    #[test]
    fn times_have_the_unit_that_reads_best() {
        let cases = [(12.4, "12 ns"), (1_250.0, "1.2 µs"), (3.456e6, "3.46 ms"), (2e9, "2.00 s")];
        for (nanoseconds, text) in cases {
            assert_eq!(shown(nanoseconds), text);
        }
    }
}
