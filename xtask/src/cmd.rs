//! Runs commands: prints each one, times it, and names it in the error when it fails.

use std::ffi::OsStr;
use std::fmt;
use std::io;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

pub(crate) type Result<T> = std::result::Result<T, Failure>;

/// Why a chore stopped: one or more plain sentences for the person at the terminal.
#[derive(Debug)]
pub(crate) struct Failure(pub(crate) String);

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An error that is the given sentence.
pub(crate) fn fail<T>(sentence: impl Into<String>) -> Result<T> {
    Err(Failure(sentence.into()))
}

/// Says what was being done when a file or a process failed.
pub(crate) trait Doing<T> {
    /// `what` completes the sentence "Could not …".
    fn doing(self, what: impl fmt::Display) -> Result<T>;
}

impl<T> Doing<T> for io::Result<T> {
    fn doing(self, what: impl fmt::Display) -> Result<T> {
        self.map_err(|error| Failure(format!("Could not {what}: {error}.")))
    }
}

/// A command that is run at the top of the repository and waited for.
pub(crate) struct Cmd {
    command: Command,
    shown: String,
}

impl Cmd {
    pub(crate) fn new(program: &str, arguments: &[&str]) -> Cmd {
        let mut command = Command::new(program);
        command.args(arguments).current_dir(crate::workspace::root());
        let mut shown = program.to_owned();
        for argument in arguments {
            shown.push(' ');
            shown.push_str(&quoted(argument));
        }
        Cmd { command, shown }
    }

    /// The cargo that started this program.
    pub(crate) fn cargo(arguments: &[&str]) -> Cmd {
        let mut cmd = Cmd::new("cargo", arguments);
        if let Some(cargo) = std::env::var_os("CARGO") {
            cmd = cmd.really(&cargo, arguments);
        }
        cmd
    }

    /// npm, which is a script with a suffix on Windows.
    pub(crate) fn npm(arguments: &[&str]) -> Cmd {
        let cmd = Cmd::new("npm", arguments);
        if cfg!(windows) { cmd.really(OsStr::new("npm.cmd"), arguments) } else { cmd }
    }

    /// Runs `program`, while the shorter name stays what is shown.
    fn really(self, program: &OsStr, arguments: &[&str]) -> Cmd {
        let mut command = Command::new(program);
        command.args(arguments).current_dir(crate::workspace::root());
        Cmd { command, ..self }
    }

    pub(crate) fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Cmd {
        self.command.env(name, value);
        self
    }

    /// Runs it there, instead of at the top of the repository.
    pub(crate) fn inside(mut self, folder: &std::path::Path) -> Cmd {
        self.command.current_dir(folder);
        self
    }

    /// Runs it in the open; an exit status other than 0 is an error with the command in it.
    pub(crate) fn run(mut self) -> Result<()> {
        println!("$ {}", self.shown);
        let started = Instant::now();
        let status = match self.command.status() {
            Ok(status) => status,
            Err(error) => return self.could_not_start(&error),
        };
        if !status.success() {
            return fail(format!("`{}` failed ({status}).", self.shown));
        }
        if started.elapsed() >= Duration::from_secs(1) {
            println!("  ({})", seconds(started.elapsed()));
        }
        Ok(())
    }

    /// Runs it quietly and returns what it wrote to standard output.
    pub(crate) fn read(mut self) -> Result<String> {
        let output = match self.command.stdin(Stdio::null()).output() {
            Ok(output) => output,
            Err(error) => return self.could_not_start(&error),
        };
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            return fail(format!("`{}` failed ({}).\n{}", self.shown, output.status, said.trim()));
        }
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    /// Like `read`, for a program whose exit status says nothing of interest.
    pub(crate) fn read_whatever_status(mut self) -> Result<String> {
        match self.command.stdin(Stdio::null()).output() {
            Ok(output) => Ok(String::from_utf8_lossy(&output.stdout).into_owned()),
            Err(error) => self.could_not_start(&error),
        }
    }

    /// Whether it starts and ends well; what it writes is thrown away.
    pub(crate) fn succeeds(mut self) -> bool {
        self.command.stdin(Stdio::null()).output().is_ok_and(|output| output.status.success())
    }

    fn could_not_start<T>(&self, error: &io::Error) -> Result<T> {
        let program = self.shown.split(' ').next().unwrap_or_default();
        if error.kind() == io::ErrorKind::NotFound {
            return fail(format!("`{program}` is not installed, or not on the PATH."));
        }
        fail(format!("Could not start `{}`: {error}.", self.shown))
    }
}

/// Seconds with one decimal below a minute, minutes and seconds above.
pub(crate) fn seconds(duration: Duration) -> String {
    if duration < Duration::from_secs(60) {
        return format!("{:.1} s", duration.as_secs_f64());
    }
    format!("{} min {:02} s", duration.as_secs() / 60, duration.as_secs() % 60)
}

/// An argument as one would type it into a shell.
fn quoted(argument: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_=+./:@,%".contains(c);
    if !argument.is_empty() && argument.chars().all(plain) {
        return argument.to_owned();
    }
    format!("'{argument}'")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_are_shown_as_one_would_type_them() {
        assert_eq!(quoted("--test-threads=2"), "--test-threads=2");
        assert_eq!(quoted("two words"), "'two words'");
        assert_eq!(quoted("${Status}"), "'${Status}'", "a shell would replace it");
        assert_eq!(quoted(""), "''");
    }

    #[test]
    fn durations_read_as_people_say_them() {
        assert_eq!(seconds(Duration::from_millis(1_250)), "1.2 s");
        assert_eq!(seconds(Duration::from_secs(125)), "2 min 05 s");
    }

    #[test]
    fn a_program_that_is_not_there_is_named() {
        let failure = Cmd::new("clove-no-such-program", &["x"]).read().unwrap_err();
        assert_eq!(
            failure.to_string(),
            "`clove-no-such-program` is not installed, or not on the PATH."
        );
    }
}
