//! Reads what criterion left: the median of each benchmark that ran since a moment.

use crate::cmd::{Doing, Failure, Result};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::SystemTime;

/// A benchmark's id, such as "list/first/100k", to its median in nanoseconds.
pub(crate) type Estimates = BTreeMap<String, f64>;

/// The results below criterion's output folder that were written at `since` or later. Older ones
/// are of other runs, and figures are only compared within one. No folder: no results.
pub(crate) fn read(folder: &Path, since: SystemTime) -> Result<Estimates> {
    let mut estimates = Estimates::new();
    collect(folder, since, &mut estimates)?;
    Ok(estimates)
}

fn collect(folder: &Path, since: SystemTime, estimates: &mut Estimates) -> Result<()> {
    if !folder.is_dir() {
        return Ok(());
    }
    if folder.ends_with("new") {
        return result(folder, since, estimates);
    }
    let reading = || format!("read {}", folder.display());
    for entry in fs::read_dir(folder).doing(reading())? {
        collect(&entry.doing(reading())?.path(), since, estimates)?;
    }
    Ok(())
}

fn result(folder: &Path, since: SystemTime, estimates: &mut Estimates) -> Result<()> {
    let file = folder.join("estimates.json");
    let written = fs::metadata(&file).and_then(|metadata| metadata.modified());
    if written.doing(format_args!("read {}", file.display()))? < since {
        return Ok(());
    }
    // The folder's name is the id with some characters replaced; the id itself is inside.
    let benchmark = json(&folder.join("benchmark.json"))?;
    let estimate = json(&file)?;
    let id = benchmark["full_id"].as_str();
    if let (Some(id), Some(median)) = (id, estimate["median"]["point_estimate"].as_f64()) {
        estimates.insert(id.to_owned(), median);
    }
    Ok(())
}

fn json(file: &Path) -> Result<Value> {
    let text = fs::read_to_string(file).doing(format_args!("read {}", file.display()))?;
    serde_json::from_str(&text)
        .map_err(|error| Failure(format!("{} is not JSON: {error}.", file.display())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs::File;
    use std::time::Duration;

    #[test]
    fn the_median_is_found_under_its_full_id_and_only_for_this_run() {
        let folder = tempfile::tempdir().unwrap();
        let since = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000);
        let runs = [("base", "list/first/100k", 1_001), ("new", "list/first/100k", 1_000)];
        for (run, id, second) in runs.into_iter().chain([("new", "list/first/1k", 999)]) {
            let path = folder.path().join(id.replacen('/', "_", 1)).join(run);
            fs::create_dir_all(&path).unwrap();
            let benchmark = format!(r#"{{"group_id":"list/first","full_id":"{id}"}}"#);
            fs::write(path.join("benchmark.json"), benchmark).unwrap();
            let estimates = format!(r#"{{"mean":{{}},"median":{{"point_estimate":{second}.5}}}}"#);
            fs::write(path.join("estimates.json"), estimates).unwrap();
            let written = SystemTime::UNIX_EPOCH + Duration::from_secs(second);
            File::open(path.join("estimates.json")).unwrap().set_modified(written).unwrap();
        }
        let expected = Estimates::from([("list/first/100k".to_owned(), 1000.5)]);
        assert_eq!(read(folder.path(), since).unwrap(), expected);
    }

    #[test]
    fn before_the_first_run_there_is_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let results = read(&folder.path().join("criterion"), SystemTime::UNIX_EPOCH);
        assert!(results.unwrap().is_empty());
    }

    #[test]
    fn a_broken_file_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let new = folder.path().join("x/new");
        fs::create_dir_all(&new).unwrap();
        fs::write(new.join("estimates.json"), "{}").unwrap();
        fs::write(new.join("benchmark.json"), "{").unwrap();
        let failure = read(folder.path(), SystemTime::UNIX_EPOCH).unwrap_err();
        assert!(failure.to_string().contains("benchmark.json"));
    }
}
