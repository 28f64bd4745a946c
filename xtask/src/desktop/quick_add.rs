//! How long it takes from the hotkey until one can type into quick add.

use super::screen::{CONTROL, ESCAPE, SHIFT, SPACE, Screen};
use super::{Home, memory, release, start_clove, until};
use crate::bench::shown;
use crate::cmd::Result;
use crate::start_up::log_text;
use crate::table::table;
use crate::virtual_display::{Bus, VirtualDisplay};
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

const RUNS: usize = 50;
/// The title of the small window, and what the log says once its field has the focus.
const TITLE: &str = "Add a todo";
const FIELD: &str = "quick add takes keys";
/// Between two runs, so that what the last one left behind is done.
const PAUSE: Duration = Duration::from_millis(500);

/// From the hotkey: until the window has the focus, from when no key is lost; and until the field has it.
struct Run {
    window: Duration,
    field: Duration,
}

pub(crate) fn bench() -> Result<()> {
    let program = release()?;
    let mut rows =
        vec![["quick add is", "until", "min", "p50", "p90", "max"].map(str::to_owned).to_vec()];
    for (ready, said) in [(false, "made when called for"), (true, "kept ready")] {
        let runs = measure(&program, ready)?;
        let windows = runs.iter().map(|run| run.window).collect();
        let fields = runs.iter().map(|run| run.field).collect();
        rows.push(row(said, "its window has the focus", windows));
        rows.push(row(said, "its field has the focus", fields));
    }
    println!("\nFrom the hotkey, {RUNS} runs each\n\n{}", table(&rows));
    Ok(())
}

fn measure(program: &Path, ready: bool) -> Result<Vec<Run>> {
    let display = VirtualDisplay::start(Bus::Private)?;
    let home = Home::new()?;
    home.make_folders()?;
    let _clove = start_clove(&home, &display, program, ready)?;
    let screen = Screen::join(display.name())?;
    // The first key that is pressed switches the server to another keyboard.
    screen.press(&[SHIFT])?;
    let bus = display.bus().unwrap_or_default();
    let pages = || {
        let names = memory::in_session(bus).into_iter().map(memory::name);
        names.filter(|name| name.starts_with("WebKitWeb")).count()
    };
    let logs = home.clove().join("logs");
    let mut runs = Vec::new();
    for run in 0..RUNS {
        until("what waits is there", || (pages() == usize::from(ready)).then_some(()))?;
        sleep(PAUSE);
        runs.push(once(&screen, &logs, run)?);
        screen.press(&[ESCAPE])?;
        until("quick add is gone", || (screen.focused().as_deref() != Some(TITLE)).then_some(()))?;
    }
    Ok(runs)
}

fn once(screen: &Screen, logs: &Path, before: usize) -> Result<Run> {
    let pressed = Instant::now();
    screen.press(&[CONTROL, SHIFT, SPACE])?;
    let (mut window, mut field) = (None, None);
    until("quick add has the focus", || {
        if window.is_none() && screen.focused().as_deref() == Some(TITLE) {
            window = Some(pressed.elapsed());
        }
        if field.is_none() && log_text(logs).matches(FIELD).count() > before {
            field = Some(pressed.elapsed());
        }
        let (window, field) = (window?, field?);
        // Both: a field in a window without the focus gets no keys.
        Some(Run { window, field: field.max(window) })
    })
}

fn row(said: &str, what: &str, mut times: Vec<Duration>) -> Vec<String> {
    times.sort_unstable();
    let at = |part: f64| {
        // The smallest time that so many of all do not exceed (nearest rank).
        let rank = (part * times.len() as f64).ceil().max(1.0) as usize;
        times.get(rank - 1).map(|time| shown(time.as_nanos() as f64)).unwrap_or_default()
    };
    let figures = [0.0, 0.5, 0.9, 1.0].map(at);
    [vec![said.to_owned(), what.to_owned()], figures.to_vec()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_figures_are_those_of_the_nearest_rank() {
        let times = (1..=50).rev().map(Duration::from_millis).collect();
        let figures = ["1.00 ms", "25.00 ms", "45.00 ms", "50.00 ms"];
        assert_eq!(row("a", "b", times)[2..], figures);
    }
}
