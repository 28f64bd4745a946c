//! Where Clove keeps its files.

use std::path::PathBuf;

/// The application's identifier, which names its folder on every platform.
pub(crate) const IDENTIFIER: &str = "dev.clove.todo";

/// The folder of todos, settings and logs: `CLOVE_DATA_DIR`, or the platform's place for such data
/// (XDG Base Directory on Linux, Application Support on macOS, roaming AppData on Windows).
pub(crate) fn data_folder() -> PathBuf {
    match std::env::var_os("CLOVE_DATA_DIR") {
        Some(folder) if !folder.is_empty() => PathBuf::from(folder),
        _ => dirs::data_dir().unwrap_or_else(std::env::temp_dir).join(IDENTIFIER),
    }
}
