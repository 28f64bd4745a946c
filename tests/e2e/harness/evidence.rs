//! What a failed test leaves to look at: a picture of its display, and Clove's log.

use std::{
    cell::RefCell,
    fs, panic,
    path::{Path, PathBuf},
    process::Command,
    sync::Once,
    thread,
};

thread_local! {
    /// The command that takes a picture into the file that follows, and the folder of the logs.
    static EVIDENCE: RefCell<Option<(Command, PathBuf)>> = const { RefCell::new(None) };
}

/// From now on a failure of this thread's test leaves evidence, taken before anything is cleared up.
pub(crate) fn gather(picture: Command, logs: PathBuf) {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let default = panic::take_hook();
        panic::set_hook(Box::new(move |failure| {
            default(failure);
            EVIDENCE
                .with_borrow_mut(|evidence| evidence.take().map(|(take, logs)| show(take, &logs)));
        }));
    });
    EVIDENCE.set(Some((picture, logs)));
}

/// All that was logged in a folder.
pub(crate) fn log_in(logs: &Path) -> String {
    let Ok(files) = fs::read_dir(logs) else { return String::new() };
    let texts = files.flatten().map(|file| fs::read(file.path()).unwrap_or_default());
    texts.map(|text| String::from_utf8_lossy(&text).into_owned()).collect()
}

fn show(mut picture: Command, logs: &Path) {
    let test = thread::current().name().unwrap_or("test").replace("::", "-");
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{test}.png"));
    if picture.arg(&file).status().is_ok_and(|status| status.success()) {
        eprintln!("the display as it was: {}", file.display());
    }
    eprintln!("the log as it was:\n{}", log_in(logs));
}
