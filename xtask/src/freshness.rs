//! When something has to be made again: it is missing, or something it is made from is newer.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// Whether `made` is missing or older than any file or folder in `from`.
/// Folders are searched whole, `without` left out. A source that does not exist says nothing.
pub(crate) fn is_stale(made: &Path, from: &[PathBuf], without: &[PathBuf]) -> bool {
    let Some(made_at) = changed_at(made) else { return true };
    from.iter().filter_map(|source| newest(source, without)).any(|changed| changed > made_at)
}

/// The latest change under `path`. A folder's own time counts too, since it tells of a file that
/// was deleted; but not that of a folder with a left out one in it, which making that changes.
fn newest(path: &Path, without: &[PathBuf]) -> Option<SystemTime> {
    if without.iter().any(|left_out| path == left_out) {
        return None;
    }
    if !path.is_dir() {
        return changed_at(path);
    }
    let holds_left_out = without.iter().any(|left_out| left_out.parent() == Some(path));
    let own = if holds_left_out { None } else { changed_at(path) };
    let inside = fs::read_dir(path).into_iter().flatten().flatten();
    inside.filter_map(|entry| newest(&entry.path(), without)).chain(own).max()
}

fn changed_at(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).and_then(|metadata| metadata.modified()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs::File;
    use std::time::Duration;

    /// Makes a file (or takes a folder) and dates it `second` seconds after the epoch.
    fn dated(path: &Path, second: u64) {
        if !path.is_dir() {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        }
        let time = SystemTime::UNIX_EPOCH + Duration::from_secs(second);
        File::open(path).unwrap().set_modified(time).unwrap();
    }

    #[test]
    fn what_is_missing_or_older_than_a_source_is_stale() {
        let folder = tempfile::tempdir().unwrap();
        let (ui, dist) = (folder.path().join("ui"), folder.path().join("ui/dist"));
        let without = [dist.clone(), ui.join("node_modules")];
        let (made, from) = (dist.join("index.html"), [ui.clone(), folder.path().join("absent")]);
        dated(&ui.join("src/App.svelte"), 100);
        assert!(is_stale(&made, &from, &without), "it was never made");

        dated(&made, 200);
        dated(&dist.join("assets/index.js"), 900);
        dated(&ui.join("node_modules/.vite/results.json"), 900);
        dated(&ui.join("src"), 100);
        assert!(!is_stale(&made, &from, &without), "its own files, folder and tools do not count");

        dated(&ui.join("src/App.svelte"), 300);
        assert!(is_stale(&made, &from, &without), "a source is newer");

        dated(&made, 400);
        assert!(!is_stale(&made, &from, &without));
        dated(&ui.join("src"), 500);
        assert!(is_stale(&made, &from, &without), "a file was added or deleted in src");
    }
}
