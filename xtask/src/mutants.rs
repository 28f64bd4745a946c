//! `cargo xtask mutants`: plants known faults, one at a time, into a copy of the sources, and shows how
//! many seeds the simulation needs to find each. No fault is ever in the sources themselves.

mod planted;

use std::{fs, path::Path};

use self::planted::{PLANTED, Planted};
use crate::{
    cmd::{Cmd, Doing, Result, fail},
    simulate,
    table::table,
    workspace::{self, Workspace},
};

/// Looks for each planted fault, or those whose name holds `name`, in at most `seeds` seeds.
pub(crate) fn mutants(name: Option<&str>, seeds: u64) -> Result<()> {
    let target = Workspace::read()?.target()?.join("mutants");
    let copy = target.join("sources");
    copy_sources(&copy)?;
    let mut rows = vec![vec!["planted fault".to_owned(), "found by".to_owned()]];
    let chosen =
        PLANTED.iter().filter(|planted| name.is_none_or(|name| planted.name.contains(name)));
    let mut missed = 0;
    for planted in chosen {
        let found = plant(planted, &copy, &target, seeds)?;
        missed += usize::from(found.is_none());
        let found = found.unwrap_or_else(|| format!("none of {seeds} seeds"));
        println!("{}: {found}", planted.name);
        rows.push(vec![planted.name.to_owned(), found]);
    }
    println!("\n{}", table(&rows));
    let planted = rows.len() - 1;
    if missed * 20 > planted {
        return fail(format!("{missed} of {planted} planted faults were not found."));
    }
    Ok(())
}

/// Plays seeds over the copy with one fault in it. Which seed found it, if one did.
fn plant(planted: &Planted, copy: &Path, target: &Path, seeds: u64) -> Result<Option<String>> {
    let path = copy.join("crates/clove-core/src").join(planted.file);
    let sound = fs::read_to_string(&path).doing(format_args!("read {}", path.display()))?;
    let faulty = planted.in_source(&sound)?;
    write(&path, &faulty)?;
    let played = simulate::command(&[])
        .inside(copy)
        .env("CARGO_TARGET_DIR", target)
        .env("CLOVE_SIM_STOP", "1")
        .env("CLOVE_SIM_SEEDS", seeds.to_string())
        .read_whatever_status();
    write(&path, &sound)?;
    let played = played?;
    let Some(line) = played.lines().find_map(|line| line.strip_prefix("failed: ")) else {
        return fail(format!("With `{}` planted, nothing was played.\n{played}", planted.name));
    };
    let first = line.trim_matches(['[', ']']).split(", ").next().filter(|seed| !seed.is_empty());
    Ok(first.map(|seed| format!("seed {seed}")))
}

/// Copies what git tracks, so that the sources are never touched.
fn copy_sources(copy: &Path) -> Result<()> {
    for file in Cmd::new("git", &["ls-files"]).read()?.lines() {
        let (from, to) = (workspace::root().join(file), copy.join(file));
        let Ok(bytes) = fs::read(&from) else { continue };
        // A file that is the same keeps its time, so that what was built of it need not be again.
        if fs::read(&to).is_ok_and(|known| known == bytes) {
            continue;
        }
        if let Some(folder) = to.parent() {
            fs::create_dir_all(folder).doing(format_args!("make {}", folder.display()))?;
        }
        fs::write(&to, bytes).doing(format_args!("write {}", to.display()))?;
    }
    Ok(())
}

fn write(path: &Path, text: &str) -> Result<()> {
    fs::write(path, text).doing(format_args!("write {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_can_be_planted() {
        for planted in PLANTED {
            let path = workspace::root().join("crates/clove-core/src").join(planted.file);
            let sound = fs::read_to_string(&path).expect("the source is there");
            let faulty = planted.in_source(&sound).unwrap_or_else(|failure| panic!("{failure}"));
            assert_ne!(faulty, sound, "{} changes something", planted.name);
        }
    }
}
