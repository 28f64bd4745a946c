//! What Clove costs while it waits, and how fast it starts, beside its peers in the same session.

use super::screen::Screen;
use super::{Home, memory, release, start_clove, until};
use crate::bench::shown;
use crate::children::Guarded;
use crate::cmd::{Cmd, Doing, Result};
use crate::packages::For;
use crate::set_up;
use crate::table::table;
use crate::virtual_display::{Bus, VirtualDisplay};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

/// How long a program is left alone before its memory is read.
const REST: Duration = Duration::from_secs(15);
const STARTS: usize = 3;
/// Todo apps of Debian, as they are installed; none of them has a tray, so their window is open.
const PEERS: [&str; 3] = ["endeavour", "gtg", "zanshin"];

pub(crate) fn bench() -> Result<()> {
    let program = release()?;
    set_up::system(&[For::Peers])?;
    let display = VirtualDisplay::start(Bus::Private)?;
    let screen = Screen::join(display.name())?;
    let session = Session { display: &display, screen: &screen };
    let clove = program.to_string_lossy();

    let mut rows = vec![["program", "processes", "PSS"].map(str::to_owned).to_vec()];
    for (ready, said) in [(false, "Clove in the tray"), (true, "Clove in the tray, ready")] {
        rows.push(session.in_tray(&program, ready)?.row(said));
    }
    let mut starts = vec![["program", "min", "median", "max"].map(str::to_owned).to_vec()];
    for (said, program) in [("Clove", &*clove)].into_iter().chain(PEERS.map(|name| (name, name))) {
        // One that opens no window here, such as for want of its own services, is told of and left out.
        let (times, held) = match session.with_window(program) {
            Ok(measured) => measured,
            Err(failure) => {
                println!("{said}: {failure}");
                continue;
            }
        };
        rows.push(held.row(&format!("{said}, window open")));
        let figures = [times[0], times[STARTS / 2], times[STARTS - 1]];
        let figures = figures.map(|time| shown(time.as_nanos() as f64));
        starts.push([vec![said.to_owned()], figures.to_vec()].concat());
    }
    println!(
        "\nMemory, {} s after the last thing that happened\n\n{}",
        REST.as_secs(),
        table(&rows)
    );
    println!(
        "From the start until a window is mapped and drawn, {STARTS} starts\n\n{}",
        table(&starts)
    );
    Ok(())
}

/// What a program holds.
struct Held {
    processes: Vec<String>,
    kilobytes: u64,
}

impl Held {
    fn row(&self, said: &str) -> Vec<String> {
        let megabytes = format!("{:.1} MB", self.kilobytes as f64 / 1024.0);
        vec![said.to_owned(), self.processes.join(", "), megabytes]
    }
}

struct Session<'a> {
    display: &'a VirtualDisplay,
    screen: &'a Screen,
}

impl Session<'_> {
    /// What Clove holds after its window was open, and was closed.
    fn in_tray(&self, program: &Path, ready: bool) -> Result<Held> {
        let others = self.processes();
        let home = Home::new()?;
        home.make_folders()?;
        let clove = start_clove(&home, self.display, program, ready)?;
        // A second start has the first one open its window, and ends.
        let again = home.command(&program.to_string_lossy(), &[], self.display);
        Guarded::spawn(again)?.wait()?;
        let window = until("the window is drawn", || self.screen.painted())?;
        sleep(REST);
        self.screen.close(window)?;
        until("the window is gone", || self.screen.painted().is_none().then_some(()))?;
        sleep(REST);
        let held = self.held(&others);
        self.end(clove, &others)?;
        Ok(held)
    }

    /// The times until a program's window was drawn, sorted, and what it holds with its window open.
    fn with_window(&self, program: &str) -> Result<(Vec<Duration>, Held)> {
        let home = Home::new()?;
        home.make_folders()?;
        spare_zanshin_its_migration(&home)?;
        let others = self.processes();
        let (mut times, mut held) = (Vec::new(), None);
        for _ in 0..STARTS {
            let started = Instant::now();
            let running = Guarded::spawn(home.command(program, &[], self.display))?;
            until(&format!("{program} shows a window"), || self.screen.painted())?;
            times.push(started.elapsed());
            if times.len() == STARTS {
                sleep(REST);
                held = Some(self.held(&others));
            }
            self.end(running, &others)?;
        }
        times.sort_unstable();
        Ok((times, held.unwrap_or(Held { processes: Vec::new(), kilobytes: 0 })))
    }

    fn processes(&self) -> BTreeSet<u32> {
        memory::in_session(self.display.bus().unwrap_or_default())
    }

    fn held(&self, others: &BTreeSet<u32>) -> Held {
        let own: Vec<u32> = self.processes().difference(others).copied().collect();
        let kilobytes = own.iter().filter_map(|id| memory::pss(*id)).sum();
        Held { processes: own.into_iter().map(memory::name).collect(), kilobytes }
    }

    /// Ends a program, with what the bus started for it.
    fn end(&self, program: Guarded, others: &BTreeSet<u32>) -> Result<()> {
        drop(program);
        until("its processes are gone", || {
            let left: Vec<String> =
                self.processes().difference(others).map(u32::to_string).collect();
            let kill: Vec<&str> =
                ["-KILL"].into_iter().chain(left.iter().map(|id| &**id)).collect();
            if !left.is_empty() {
                Cmd::new("kill", &kill).succeeds();
            }
            left.is_empty().then_some(())
        })
    }
}

/// Says that there are no todos of an older zanshin. It shows no window while it looks for those, and
/// that never ends without the services of a whole KDE desktop.
fn spare_zanshin_its_migration(home: &Home) -> Result<()> {
    let settings = home.0.path().join("config/zanshin-migratorrc");
    let done = "[Migrations]\nMigrated021Projects=true\nMigratedTags=true\n";
    fs::write(&settings, done).doing(format_args!("write {}", settings.display()))
}
