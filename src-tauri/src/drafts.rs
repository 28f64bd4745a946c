//! What is typed and not added yet, in a small file beside the todos until it is.

use std::{
    fs, io,
    io::Write,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

/// The drafts of the fields that add todos.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Drafts {
    /// The one above the list.
    pub list: String,
    /// The one of quick add.
    pub quick_add: String,
}

impl Drafts {
    /// Reads the drafts in `folder`. A file that makes no sense holds none.
    pub(crate) fn load(folder: &Path) -> Self {
        let text = fs::read_to_string(file_in(folder)).unwrap_or_default();
        serde_json::from_str(&text).unwrap_or_default()
    }

    /// Writes the drafts so that a crash leaves either the old file or the new one. Where there are none,
    /// there is no file. It is not waited for the disk: that would be for each letter.
    pub(crate) fn save(&self, folder: &Path) -> io::Result<()> {
        if *self == Self::default() {
            return match fs::remove_file(file_in(folder)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
                _ => Ok(()),
            };
        }
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        serde_json::to_writer(&mut file, self)?;
        file.flush()?;
        file.persist(file_in(folder))?;
        Ok(())
    }
}

fn file_in(folder: &Path) -> PathBuf {
    folder.join("drafts.json")
}

#[cfg(test)]
#[path = "drafts_tests.rs"]
mod tests;
