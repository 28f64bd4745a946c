//! Child processes that never outlive this one.

use crate::cmd::{Doing, Result, fail};
use crate::set_up::on_path;
use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// A command whose process will lead a group of its own, read nothing from the terminal and, on
/// Linux, be ended by the kernel when this process is gone, however it went.
pub(crate) fn command(program: &str, arguments: &[&str]) -> Command {
    let mut command = if cfg!(target_os = "linux") && on_path("setpriv") {
        let mut tied = Command::new("setpriv");
        tied.args(["--pdeathsig", "TERM", "--", program]);
        tied
    } else {
        Command::new(program)
    };
    command.args(arguments).stdin(Stdio::null());
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    command
}

/// A process made with `command`. Dropped, its whole group is asked to end, then made to.
pub(crate) struct Guarded {
    child: Child,
    /// Kept open, so that a later line of the child does not kill it.
    _stdout: Option<BufReader<ChildStdout>>,
}

impl Guarded {
    /// Starts it. Call from the main thread: on Linux it ends with the thread that started it.
    pub(crate) fn spawn(mut command: Command) -> Result<Guarded> {
        let child = command.spawn().doing(format_args!("start {}", name(&command)))?;
        Ok(Guarded { child, _stdout: None })
    }

    /// Starts it and waits for the first line that it writes to standard output.
    pub(crate) fn spawn_and_hear(command: Command) -> Result<(Guarded, String)> {
        Guarded::spawn_and_hear_until(command, |_| true)
    }

    /// Starts it and waits for the line of standard output that says that it is ready. What it said.
    pub(crate) fn spawn_and_hear_until(
        mut command: Command,
        is_last: impl Fn(&str) -> bool,
    ) -> Result<(Guarded, String)> {
        let name = name(&command);
        command.stdout(Stdio::piped());
        let mut guarded = Guarded::spawn(command)?;
        let mut said = String::new();
        if let Some(stdout) = guarded.child.stdout.take() {
            let mut reader = BufReader::new(stdout);
            loop {
                let start = said.len();
                reader.read_line(&mut said).doing(format_args!("read what {name} says"))?;
                match said[start..].trim() {
                    "" if start == said.len() => {
                        return fail(format!("{name} ended before it was ready."));
                    }
                    "" => {}
                    line if is_last(line) => break,
                    _ => {}
                }
            }
            guarded._stdout = Some(reader);
        }
        Ok((guarded, said.trim().to_owned()))
    }

    pub(crate) fn wait(&mut self) -> Result<ExitStatus> {
        self.child.wait().doing("wait for a child process")
    }

    /// Whether it has ended, and how.
    pub(crate) fn ended(&mut self) -> Option<ExitStatus> {
        self.child.try_wait().ok().flatten()
    }

    /// Signals the group. That it is already gone is no error: it is what was wanted.
    fn signal_group(&self, signal: &str) {
        if cfg!(unix) {
            let kill = format!("kill -s {signal} -- -{}", self.child.id());
            let _ = Command::new("sh").args(["-c", &kill]).stderr(Stdio::null()).status();
        }
    }
}

impl Drop for Guarded {
    fn drop(&mut self) {
        self.signal_group("TERM");
        let deadline = Instant::now() + Duration::from_secs(2);
        while cfg!(unix) && self.ended().is_none() && Instant::now() < deadline {
            sleep(Duration::from_millis(20));
        }
        self.signal_group("KILL");
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The program that the command is about: not the one that ties it to this process.
fn name(command: &Command) -> String {
    let mut words = std::iter::once(command.get_program()).chain(command.get_args());
    let program = words.next().unwrap_or_default();
    let tied = program == "setpriv";
    let program = if tied { words.nth(3).unwrap_or(program) } else { program };
    program.to_string_lossy().into_owned()
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn a_dropped_child_takes_its_own_children_along() {
        let script = "sleep 300 & echo $!; wait";
        let (child, grandchild) = Guarded::spawn_and_hear(command("sh", &["-c", script])).unwrap();
        let process = std::path::PathBuf::from(format!("/proc/{grandchild}/stat"));
        assert!(process.exists());
        drop(child);
        let gone = || match std::fs::read_to_string(&process) {
            Ok(stat) => stat.contains(") Z"),
            Err(_) => true,
        };
        let deadline = Instant::now() + Duration::from_secs(5);
        while !gone() {
            assert!(Instant::now() < deadline, "process {grandchild} is still there");
            sleep(Duration::from_millis(20));
        }
    }

    #[test]
    fn a_program_that_says_nothing_is_named() {
        let failure = Guarded::spawn_and_hear(command("true", &[])).err().unwrap();
        assert_eq!(failure.to_string(), "true ended before it was ready.");
    }
}
