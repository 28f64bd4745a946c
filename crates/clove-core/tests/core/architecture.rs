//! The rules of the house that a compiler does not know.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// Folders that hold what nobody wrote, or what is not ours.
const SKIPPED: &[&str] = &["node_modules", "target", "dist", "gen", "bindings", "_generated"];
const LINES_MAX: usize = 400;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("the workspace")
}

/// The files below a folder that end in one of these.
fn sources(folder: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut found = Vec::new();
    for entry in entries {
        let path = entry.expect("an entry").path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() && !name.starts_with('.') && !SKIPPED.contains(&name.as_str()) {
            found.extend(sources(&path, endings));
        } else if endings.iter().any(|ending| name.ends_with(ending)) {
            found.push(path);
        }
    }
    found
}

/// The lines of code, without comments, that hold `text`, in the files that `allowed` does not name.
fn uses(text: &str, allowed: &str) -> Vec<String> {
    let folders = ["crates/clove-core/src", "src-tauri/src"].map(|folder| root().join(folder));
    let files: Vec<PathBuf> = folders.iter().flat_map(|f| sources(f, &[".rs"])).collect();
    assert!(files.len() > 20, "the sources were found");
    let files = files.into_iter().filter(|path| !path.ends_with(allowed));
    let lines = files.flat_map(|path| {
        let code = code(&path);
        let hits = code.lines().filter(|line| line.contains(text)).map(str::to_owned);
        hits.map(|line| format!("{}: {line}", path.display())).collect::<Vec<_>>()
    });
    lines.collect()
}

fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).expect("a source is text");
    let lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn each_effect_has_one_file() {
    let effects = [
        ("Connection::open", "store/connection.rs", "a connection has its pragmas set there"),
        ("SystemTime::now", "src/clock.rs", "time is an argument"),
        ("getrandom::", "random.rs", "randomness is an argument"),
        ("convex::", "sync/live.rs", "it is one subscription, and nothing else"),
        ("reqwest", "src/http.rs", "the network is an argument, with its bounds"),
        ("keyring_core::", "account/vault.rs", "the others ask a Vault"),
        ("jsonwebtoken", "account/jwks.rs", "a token is verified in one way"),
        ("csv::", "import/table.rs", "a table is read in one way"),
    ];
    for (text, file, why) in effects {
        assert_eq!(uses(text, file), [""; 0], "{text} belongs into {file}: {why}");
        let path = root().join("crates/clove-core/src").join(file.trim_start_matches("src/"));
        assert!(code(&path).contains(text), "{file} has it, or this test looks for nothing");
    }
}

#[test]
fn the_store_gives_names_in_one_way() {
    let store = root().join("crates/clove-core/src/store");
    for path in sources(&store, &[".rs"]) {
        let is_tests = path.to_string_lossy().ends_with("_tests.rs");
        let is_apart = !code(&path).contains("fs::rename");
        assert!(
            is_tests || path.ends_with("folder.rs") || is_apart,
            "{}: a name is on the disk once its folder is, which folder.rs sees to",
            path.display()
        );
    }
}

#[test]
fn the_core_knows_no_window() {
    let manifest = root().join("crates/clove-core/Cargo.toml");
    let manifest = fs::read_to_string(manifest).expect("the manifest");
    assert!(!manifest.contains("tauri"), "the core runs without a window");
}

#[test]
fn policy_does_no_io() {
    let pure = "merge todo register text edit undo account/link account/connection \
                account/publishable_key account/convex_url account/attempt account/answers \
                account/frontend_error account/claims account/ids sync/acknowledge sync/wire \
                restoration import/mod import/fit import/json import/lines import/table";
    for name in pure.split_whitespace() {
        let path = root().join(format!("crates/clove-core/src/{name}.rs"));
        let code = code(&path);
        for effect in ["rusqlite", "tokio", "std::fs", "std::net", "crate::store", "std::time"] {
            assert!(!code.contains(effect), "{name}.rs decides, and leaves {effect} to others");
        }
    }
}

#[test]
fn files_stay_readable() {
    let endings = [".rs", ".ts", ".svelte"];
    let files = sources(&root(), &endings);
    assert!(files.len() > 30, "the sources were found");
    for path in files {
        let lines = fs::read_to_string(&path).expect("a source is text").lines().count();
        assert!(lines <= LINES_MAX, "{} has {lines} lines: split it", path.display());
    }
}
