//! Processes in groups of their own, which end with the test however it ends.

use std::{
    fs,
    os::unix::process::CommandExt,
    process::{Child, Command, ExitStatus, Stdio},
    thread::sleep,
    time::{Duration, Instant},
};

use super::wait::{until, until_some};

/// A process and all that it started. Dropped, they are killed.
pub(crate) struct Group {
    child: Child,
}

/// A command that the kernel kills when the calling thread is gone, even by a signal.
pub(crate) fn tied(program: &str) -> Command {
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", "KILL", "--", program]).stdin(Stdio::null());
    command
}

impl Group {
    pub(crate) fn spawn(mut command: Command) -> Self {
        let started = command.process_group(0).spawn();
        Self { child: started.unwrap_or_else(|error| panic!("{command:?}: {error}")) }
    }

    /// The process that was started.
    pub(crate) fn child(&mut self) -> &mut Child {
        &mut self.child
    }

    /// The names of the group's living processes: the first 15 bytes, as the kernel keeps them.
    pub(crate) fn members(&self) -> Vec<String> {
        self.processes().into_iter().map(|(_id, name)| name).collect()
    }

    /// The ids of the living processes that draw pages.
    pub(crate) fn pages(&self) -> Vec<u32> {
        self.named("WebKitWeb")
    }

    /// The ids of the living processes that load what pages are made of.
    pub(crate) fn network(&self) -> Vec<u32> {
        self.named("WebKitNetwork")
    }

    fn named(&self, name: &str) -> Vec<u32> {
        let all = self.processes().into_iter();
        all.filter(|(_id, its)| its.starts_with(name)).map(|(id, _name)| id).collect()
    }

    fn processes(&self) -> Vec<(u32, String)> {
        let group = self.child.id();
        let processes = fs::read_dir("/proc").unwrap().flatten();
        let stats =
            processes.filter_map(|entry| fs::read_to_string(entry.path().join("stat")).ok());
        stats.filter_map(|stat| alive_in(group, &stat)).collect()
    }

    /// Waits until the process that was started has ended by itself.
    #[track_caller]
    pub(crate) fn until_ended(&mut self) -> ExitStatus {
        until_some("the program ends by itself", || self.child.try_wait().unwrap())
    }

    pub(crate) fn has_ended(&mut self) -> bool {
        self.child.try_wait().unwrap().is_some()
    }

    /// Kills every process of the group at once, as a power cut would, and waits until they are gone.
    pub(crate) fn kill(&mut self) {
        self.signal("KILL");
        let _ = self.child.wait();
        until("the killed processes are gone", || self.members().is_empty());
    }

    /// Asks the process to end, so that it can clear up, and kills what is left.
    pub(crate) fn end(&mut self) {
        self.signal("TERM");
        let begun = Instant::now();
        while !self.has_ended() && begun.elapsed() < Duration::from_secs(2) {
            sleep(Duration::from_millis(5));
        }
        self.kill();
    }

    fn signal(&self, name: &str) {
        let kill = format!("kill -s {name} -- -{}", self.child.id());
        let _ = Command::new("sh").args(["-c", &kill]).stderr(Stdio::null()).status();
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        self.signal("KILL");
        let _ = self.child.wait();
    }
}

/// Reads a line of `/proc/<pid>/stat` (proc(5)): "pid (name) state parent group ...".
fn alive_in(group: u32, stat: &str) -> Option<(u32, String)> {
    let (head, tail) = stat.rsplit_once(')')?;
    let (id, name) = head.split_once(" (")?;
    let mut fields = tail.split_whitespace();
    let state = fields.next()?;
    let in_group = fields.nth(1)? == group.to_string();
    let alive = !matches!(state, "Z" | "X");
    (in_group && alive).then(|| Some((id.parse().ok()?, name.to_owned())))?
}
