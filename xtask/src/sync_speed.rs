//! How fast sync is, beside its peers: Convex's own client, and taskchampion where it is asked for.

use crate::bench::shown;
use crate::cmd::{Cmd, Doing, Failure, Result};
use crate::estimates::Estimates;
use crate::node;
use crate::table::table;
use crate::workspace::{Workspace, root};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// What was measured of each program, in nanoseconds.
type Programs = BTreeMap<String, Estimates>;

const PROGRAMS: [&str; 3] = ["Clove", "npm convex", "taskchampion"];
/// Where a benchmark writes its figures.
const FILE: &str = "CLOVE_BENCH_FIGURES";

/// Measures, and prints a table.
pub(crate) fn bench(peers: bool) -> Result<()> {
    node::packages()?;
    let target = Workspace::read()?.target()?.join("clove-bench");
    fs::create_dir_all(&target).doing(format_args!("make {}", target.display()))?;
    let (ours, theirs) = (target.join("sync.json"), target.join("taskchampion.json"));
    let core = ["bench", "--package", "clove-core", "--bench", "sync"];
    let mut programs = figures(Cmd::cargo(&core), &ours)?;
    if peers {
        let taskchampion = root().join("benches/taskchampion");
        let release = Cmd::cargo(&["run", "--release", "--locked"]).inside(&taskchampion);
        programs.extend(figures(release, &theirs)?);
    }
    println!("\n{}\n{}", times(&programs), ratios(&programs));
    Ok(())
}

/// Runs a benchmark, and reads what it wrote.
fn figures(benchmark: Cmd, file: &Path) -> Result<Programs> {
    benchmark.env(FILE, file).run()?;
    let text = fs::read_to_string(file).doing(format_args!("read {}", file.display()))?;
    serde_json::from_str(&text)
        .map_err(|error| Failure(format!("{} holds no figures: {error}.", file.display())))
}

fn times(programs: &Programs) -> String {
    let header = [&["time"], PROGRAMS.as_slice()].concat();
    let mut rows = vec![header.into_iter().map(str::to_owned).collect()];
    let time = |program: &str, name: &str| Some(shown(*programs.get(program)?.get(name)?));
    for name in programs.get(PROGRAMS[0]).into_iter().flat_map(Estimates::keys) {
        let cells = PROGRAMS.map(|program| time(program, name).unwrap_or_else(|| "-".to_owned()));
        rows.push([vec![name.clone()], cells.to_vec()].concat());
    }
    table(&rows)
}

/// Each ratio: what is slow, what it is measured by, and what it should be.
const RATIOS: [([&str; 2], [&str; 2], &str); 4] = [
    (
        ["Clove", "one change at 1k, median"],
        ["npm convex", "one change at 1k, median"],
        "at most 2",
    ),
    (
        ["Clove", "one change at 100k, median"],
        ["npm convex", "one change at 100k, median"],
        "at most 2",
    ),
    (["Clove", "one change at 100k, median"], ["Clove", "one change at 1k, median"], "near 1"),
    (["taskchampion", "first sync of 10k"], ["Clove", "first sync of 10k"], "at least 3"),
];

fn ratios(programs: &Programs) -> String {
    let mut rows = vec![["ratio", "is", "should be"].map(str::to_owned).to_vec()];
    for (slow, base, should) in RATIOS {
        let time = |[program, name]: [&str; 2]| programs.get(program)?.get(name).copied();
        let is = match (time(slow), time(base)) {
            (Some(slow), Some(base)) if base > 0.0 => format!("{:.2}", slow / base),
            _ => "not measured".to_owned(),
        };
        let said = |[program, name]: [&str; 2]| format!("{program}, {name}");
        rows.push(vec![format!("{} / {}", said(slow), said(base)), is, should.to_owned()]);
    }
    table(&rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_stand_side_by_side_and_what_was_not_measured_is_said() {
        let figures = |times: &[(&str, f64)]| {
            times.iter().map(|(name, time)| ((*name).to_owned(), *time)).collect::<Estimates>()
        };
        let change = "one change at 1k, median";
        let programs = Programs::from([
            ("Clove".to_owned(), figures(&[(change, 3e7), ("first sync of 10k", 1e9)])),
            ("npm convex".to_owned(), figures(&[(change, 2e7)])),
        ]);
        let times = times(&programs);
        assert!(
            times.contains("one change at 1k, median  30.00 ms    20.00 ms             -"),
            "{times}"
        );
        let ratios = ratios(&programs);
        let is = |number: usize| ratios.lines().nth(number).unwrap_or_default();
        assert!(is(1).contains(" 1.50 "), "{ratios}");
        assert!(is(4).contains("not measured"), "{ratios}");
    }
}
