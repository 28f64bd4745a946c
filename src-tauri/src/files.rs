//! Files that people choose: the system's dialogs, and reading and writing what was chosen.

use std::{
    fs,
    io::{self, Read, Write},
    path::{Path, PathBuf},
};

use clove_core::{
    IMPORT_BYTES_MAX, Import, Todos,
    keep::view::{Imported, SkipReason, Skipped},
    words::say,
};
use tauri::{AppHandle, Manager, Runtime, async_runtime};
use tauri_plugin_dialog::{DialogExt, FileDialogBuilder, FilePath};
use tokio::sync::oneshot;

use crate::{
    error::{CommandError, ErrorCode},
    windows,
};

/// The files that Clove can import, by the end of their names.
const READABLE: [&str; 6] = ["json", "txt", "md", "markdown", "csv", "tsv"];

/// Has the person choose a file to import; `None` where they thought better of it.
pub(crate) async fn choose_to_read<R: Runtime>(app: &AppHandle<R>) -> Option<PathBuf> {
    let (answer, answered) = oneshot::channel();
    dialog(app).add_filter("Todos", &READABLE).pick_file(|chosen| {
        let _ = answer.send(chosen);
    });
    path_of(answered.await.ok()?)
}

/// Has the person choose where to export to. The system asks whether a file may be written over.
pub(crate) async fn choose_to_write<R: Runtime>(app: &AppHandle<R>) -> Option<PathBuf> {
    let (answer, answered) = oneshot::channel();
    dialog(app).set_file_name("Clove todos.json").save_file(|chosen| {
        let _ = answer.send(chosen);
    });
    path_of(answered.await.ok()?)
}

/// Reads a file to import.
pub(crate) async fn read(todos: &Todos, path: &Path) -> Result<Import, CommandError> {
    let owned = path.to_owned();
    let bytes = blocking(path, "file-unread", move || read_bounded(&owned)).await?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    Ok(todos.read_import(&bytes, &name)?)
}

/// What an import did, for a terminal.
pub(crate) fn words(imported: &Imported) -> String {
    let of = |id: &str, n: usize| say(id, &[("n", n.into())]);
    let mut lines = vec![of("imported-added", imported.added)];
    if imported.changed > 0 {
        lines.push(of("imported-changed", imported.changed));
    }
    for Skipped { reason, count } in &imported.skipped {
        let id = match reason {
            SkipReason::Known => "imported-known",
            SkipReason::Empty => "imported-empty",
            SkipReason::Heading => "imported-heading",
            SkipReason::Deleted => "imported-deleted",
            SkipReason::Unreadable => "imported-unreadable",
        };
        lines.push(of(id, *count));
    }
    lines.join("\n")
}

/// Writes a file so that a crash leaves either what was there or all of it.
pub(crate) async fn write(path: &Path, bytes: Vec<u8>) -> Result<(), CommandError> {
    let owned = path.to_owned();
    let write = move || {
        let folder = owned.parent().unwrap_or(Path::new("."));
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        file.write_all(&bytes)?;
        file.as_file().sync_all()?;
        file.persist(&owned)?;
        Ok(())
    };
    blocking(path, "file-unwritten", write).await
}

/// No more than one byte beyond the bound, whatever the file is.
fn read_bounded(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let bound = u64::try_from(IMPORT_BYTES_MAX).unwrap_or(u64::MAX).saturating_add(1);
    fs::File::open(path)?.take(bound).read_to_end(&mut bytes)?;
    Ok(bytes)
}

async fn blocking<T: Send + 'static>(
    path: &Path,
    refusal: &str,
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> Result<T, CommandError> {
    let done = async_runtime::spawn_blocking(work).await.map_err(io::Error::other);
    done.and_then(|done| done)
        .map_err(|error| CommandError::new(ErrorCode::Internal, refused(refusal, path, &error)))
}

/// The sentence of a refusal: which file, and what the system said.
pub(crate) fn refused(id: &str, path: &Path, error: &io::Error) -> String {
    let (path, reason) = (path.display().to_string(), error.to_string());
    say(id, &[("path", path.into()), ("reason", reason.into())])
}

fn dialog<R: Runtime>(app: &AppHandle<R>) -> FileDialogBuilder<R> {
    let dialog = app.dialog().file();
    match app.get_webview_window(windows::MAIN) {
        Some(window) => dialog.set_parent(&window),
        None => dialog,
    }
}

fn path_of(chosen: Option<FilePath>) -> Option<PathBuf> {
    chosen?.into_path().ok()
}
