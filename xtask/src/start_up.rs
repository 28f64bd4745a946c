//! How long Clove takes from its start to its first row, with few and with many todos.

use crate::children::{Guarded, command};
use crate::cmd::{Cmd, Doing, Result, fail};
use crate::table::table;
use crate::virtual_display::{Bus, VirtualDisplay};
use crate::workspace::Workspace;
use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::thread::sleep;
use std::time::{Duration, Instant};

const TODOS: [u32; 3] = [0, 1_000, 100_000];
const RUNS: usize = 5;
const PATIENCE: Duration = Duration::from_secs(60);

/// Builds the release app, starts it `RUNS` times on each data folder and prints a table.
pub(crate) fn bench() -> Result<()> {
    let release = ["build", "--release", "--package", "clove", "--features", "custom-protocol"];
    Cmd::cargo(&release).run()?;
    let target = Workspace::read()?.target()?;
    let program = target.join("release").join(format!("clove{}", std::env::consts::EXE_SUFFIX));
    let display =
        if cfg!(target_os = "linux") { Some(VirtualDisplay::start(Bus::Private)?) } else { None };

    let mut rows = vec![["todos", "min", "median", "max"].map(str::to_owned).to_vec()];
    for todos in TODOS {
        let data = target.join(format!("clove-bench/{todos}"));
        seed(&data, todos)?;
        let mut times = Vec::new();
        for _ in 0..RUNS {
            times.push(milliseconds_to_first_row(&program, &data, display.as_ref())?);
        }
        times.sort_unstable();
        let row = [times[0], times[RUNS / 2], times[RUNS - 1]].map(|time| format!("{time} ms"));
        rows.push([vec![todos.to_string()], row.to_vec()].concat());
    }
    println!("\nStart of the app to its first row, {RUNS} runs each\n\n{}", table(&rows));
    Ok(())
}

fn seed(data: &Path, todos: u32) -> Result<()> {
    if data.exists() {
        fs::remove_dir_all(data).doing(format_args!("empty {}", data.display()))?;
    }
    fs::create_dir_all(data).doing(format_args!("make {}", data.display()))?;
    let (folder, count) = (data.to_string_lossy(), todos.to_string());
    let example = ["run", "--release", "--package", "clove-core", "--example", "seed"];
    Cmd::cargo(&[&example, ["--", &folder, &count].as_slice()].concat()).run()
}

fn milliseconds_to_first_row(
    program: &Path,
    data: &Path,
    display: Option<&VirtualDisplay>,
) -> Result<u64> {
    let logs = data.join("logs");
    if logs.exists() {
        fs::remove_dir_all(&logs).doing(format_args!("empty {}", logs.display()))?;
    }
    let mut clove = command(&program.to_string_lossy(), &[]);
    clove.env("CLOVE_DATA_DIR", data).stdout(Stdio::null()).stderr(Stdio::null());
    if let Some(display) = display {
        display.host(&mut clove);
    }
    let mut clove = Guarded::spawn(clove)?;
    let deadline = Instant::now() + PATIENCE;
    loop {
        if let Some(time) = first_row(&log_text(&logs)) {
            return Ok(time);
        }
        if let Some(status) = clove.ended() {
            return fail(format!("Clove ended before its first row was shown ({status})."));
        }
        if Instant::now() > deadline {
            let (logs, waited) = (logs.display(), PATIENCE.as_secs());
            return fail(format!("No line \"first row shown\" in {logs} after {waited} s."));
        }
        sleep(Duration::from_millis(20));
    }
}

/// All log files, one after the other; none yet is none.
pub(crate) fn log_text(logs: &Path) -> String {
    let files = fs::read_dir(logs).into_iter().flatten().flatten();
    files.filter_map(|file| fs::read_to_string(file.path()).ok()).collect()
}

/// The time in the log line of the first row, in milliseconds since the process started.
fn first_row(log: &str) -> Option<u64> {
    let line = log.lines().find(|line| line.contains("first row shown"))?;
    let (_, rest) = line.split_once("since_start_ms=")?;
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    rest[..end].parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_is_read_from_its_line_alone() {
        let log = "2026-01-01T00:00:00Z  INFO clove: opened since_start_ms=12\n\
                   2026-01-01T00:00:01Z  INFO clove: first row shown since_start_ms=431 rows=20\n";
        assert_eq!(first_row(log), Some(431));
        assert_eq!(first_row("INFO clove: first row shown since_start_ms=7"), Some(7));
        assert_eq!(first_row("INFO clove: opened since_start_ms=12\n"), None);
        assert_eq!(first_row("INFO clove: first row shown since_sta"), None, "half a line");
    }
}
