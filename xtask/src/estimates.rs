//! Reads what criterion left: the median of each benchmark's latest run.

use crate::cmd::{Doing, Failure, Result};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// A benchmark's id, such as "list/first/100k", to its median in nanoseconds.
pub(crate) type Estimates = BTreeMap<String, f64>;

/// All latest results below criterion's output folder. None there: none here.
pub(crate) fn read(folder: &Path) -> Result<Estimates> {
    let mut estimates = Estimates::new();
    collect(folder, &mut estimates)?;
    Ok(estimates)
}

fn collect(folder: &Path, estimates: &mut Estimates) -> Result<()> {
    if !folder.is_dir() {
        return Ok(());
    }
    if folder.ends_with("new") {
        // The folder's name is the id with some characters replaced; the id itself is inside.
        let benchmark = json(&folder.join("benchmark.json"))?;
        let estimate = json(&folder.join("estimates.json"))?;
        let id = benchmark["full_id"].as_str();
        if let (Some(id), Some(median)) = (id, estimate["median"]["point_estimate"].as_f64()) {
            estimates.insert(id.to_owned(), median);
        }
        return Ok(());
    }
    let reading = || format!("read {}", folder.display());
    for entry in fs::read_dir(folder).doing(reading())? {
        collect(&entry.doing(reading())?.path(), estimates)?;
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

    #[test]
    fn the_latest_median_is_found_under_its_full_id() {
        let folder = tempfile::tempdir().unwrap();
        for (run, median) in [("base", 9.0), ("new", 1234.5)] {
            let path = folder.path().join("list_first/100k").join(run);
            fs::create_dir_all(&path).unwrap();
            let benchmark = r#"{"group_id":"list/first","full_id":"list/first/100k"}"#;
            fs::write(path.join("benchmark.json"), benchmark).unwrap();
            let estimates = format!(r#"{{"mean":{{}},"median":{{"point_estimate":{median}}}}}"#);
            fs::write(path.join("estimates.json"), estimates).unwrap();
        }
        let expected = Estimates::from([("list/first/100k".to_owned(), 1234.5)]);
        assert_eq!(read(folder.path()).unwrap(), expected);
    }

    #[test]
    fn before_the_first_run_there_is_nothing() {
        let folder = tempfile::tempdir().unwrap();
        assert!(read(&folder.path().join("criterion")).unwrap().is_empty());
    }

    #[test]
    fn a_broken_file_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let new = folder.path().join("x/new");
        fs::create_dir_all(&new).unwrap();
        fs::write(new.join("benchmark.json"), "{").unwrap();
        assert!(read(folder.path()).unwrap_err().to_string().contains("benchmark.json"));
    }
}
