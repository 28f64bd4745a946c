//! Todos as a file that people can keep, read and take elsewhere.

use std::{
    collections::BTreeMap,
    fs::OpenOptions,
    io::{self, Write},
    path::{Path, PathBuf},
};

use serde::Serialize;

use crate::{
    clock::Millis,
    todo::{Field, Todo},
    view::TodoRow,
};

/// The name of the format.
pub(crate) const FORMAT: &str = "clove-todos";
/// Its version.
pub(crate) const VERSION: u32 = 1;

/// What the file holds.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Export {
    format: &'static str,
    version: u32,
    /// In milliseconds since the epoch.
    exported_at: Millis,
    todos: Vec<Exported>,
}

#[derive(Serialize)]
struct Exported {
    #[serde(flatten)]
    row: TodoRow,
    /// When each field was last edited, by which an import tells what is later.
    stamps: BTreeMap<Field, Millis>,
}

/// Todos as the text of such a file.
pub(crate) fn to_json(todos: &[Todo], now: Millis) -> serde_json::Result<Vec<u8>> {
    let exported = |todo: &Todo| Exported {
        row: TodoRow::from(todo),
        stamps: Field::ALL.iter().map(|field| (*field, todo.at(*field))).collect(),
    };
    let todos = todos.iter().map(exported).collect();
    let export = Export { format: FORMAT, version: VERSION, exported_at: now, todos };
    let mut json = serde_json::to_vec_pretty(&export)?;
    json.push(b'\n');
    Ok(json)
}

/// Writes todos into a new file in `folder`, and answers its path. No file is written over.
///
/// # Errors
/// What the system said; then no file is left.
pub(crate) fn write(folder: &Path, todos: &[Todo], now: Millis) -> io::Result<PathBuf> {
    let json = to_json(todos, now)?;
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
