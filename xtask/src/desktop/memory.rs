//! Which processes a program consists of, and how much memory they take.

use std::collections::BTreeSet;
use std::fs;

/// The processes of a D-Bus session: those whose environment names its bus. So a program's are found
/// whoever started them: itself, or the bus on its behalf.
pub(super) fn in_session(bus: &str) -> BTreeSet<u32> {
    // What the bus starts is told its address without the identifier at the end.
    let address = bus.split(",guid=").next().unwrap_or(bus);
    let variable = format!("DBUS_SESSION_BUS_ADDRESS={address}");
    let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
    let ids = processes.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    ids.filter(|id| {
        let environment = fs::read(format!("/proc/{id}/environ")).unwrap_or_default();
        environment.split(|byte| *byte == 0).any(|entry| entry.starts_with(variable.as_bytes()))
    })
    .collect()
}

/// The proportional set size of a process, in kilobytes: its own memory, and its share of what it has
/// in common with others (proc(5), smaps_rollup). Nothing where it is gone.
pub(super) fn pss(process: u32) -> Option<u64> {
    in_rollup(&fs::read_to_string(format!("/proc/{process}/smaps_rollup")).ok()?)
}

/// A process's name, as the kernel keeps it.
pub(super) fn name(process: u32) -> String {
    let name = fs::read_to_string(format!("/proc/{process}/comm")).unwrap_or_default();
    name.trim().to_owned()
}

fn in_rollup(rollup: &str) -> Option<u64> {
    let line = rollup.lines().find_map(|line| line.strip_prefix("Pss:"))?;
    line.trim().strip_suffix(" kB")?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pss_is_read_from_its_own_line() {
        let rollup = "55d0-7ffe ---p 00000000 00:00 0    [rollup]\nRss:   20000 kB\n\
                      Pss:            1234 kB\nPss_Dirty:        99 kB\n";
        assert_eq!(in_rollup(rollup), Some(1234));
        assert_eq!(in_rollup("Rss: 5 kB\n"), None, "a kernel without the line");
    }

    #[test]
    fn this_process_has_a_name_and_takes_memory() {
        assert!(pss(std::process::id()).is_some_and(|kilobytes| kilobytes > 0));
        assert!(!name(std::process::id()).is_empty());
    }
}
