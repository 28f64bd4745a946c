//! Todos as a file that people can keep, read and take elsewhere.

use std::{
    fs::OpenOptions,
    io::{self, Write},
    path::{Path, PathBuf},
};

use serde::Serialize;

use crate::{clock::Millis, todo::Todo, view::TodoRow};

/// What the file holds.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Export {
    /// The name of this format.
    format: &'static str,
    version: u32,
    /// In milliseconds since the epoch.
    exported_at: Millis,
    todos: Vec<TodoRow>,
}

/// Writes todos into a new file in `folder`, and answers its path. No file is written over.
///
/// # Errors
/// What the system said; then no file is left.
pub(crate) fn write(folder: &Path, todos: &[Todo], now: Millis) -> io::Result<PathBuf> {
    let todos = todos.iter().map(TodoRow::from).collect();
    let export = Export { format: "clove-todos", version: 1, exported_at: now, todos };
    let mut json = serde_json::to_vec_pretty(&export)?;
    json.push(b'\n');
    std::fs::create_dir_all(folder)?;
    let mut number = 1_u32;
    loop {
        let name = match number {
            1 => "Clove todos.json".to_owned(),
            _ => format!("Clove todos {number}.json"),
        };
        let path = folder.join(name);
        match OpenOptions::new().write(true).create_new(true).open(&path) {
            Ok(mut file) => {
                let written = file.write_all(&json).and_then(|()| file.sync_all());
                return written.map(|()| path.clone()).inspect_err(|_| {
                    let _ = std::fs::remove_file(&path);
                });
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => number += 1,
            Err(error) => return Err(error),
        }
    }
}
