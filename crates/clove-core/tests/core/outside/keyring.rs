//! The keyring of a Linux desktop: a real gnome-keyring on a bus of its own, and Clove in processes
//! of their own, since they find the bus through their environment.

use std::{
    collections::VecDeque,
    fs,
    path::Path,
    pin::Pin,
    process::Command,
    sync::Arc,
    time::{Duration, Instant},
};

use clove_core::{
    Secret,
    account::{
        keeper::{Answer, Keeper, Persistence},
        vault::{KeyringVault, VaultError},
    },
};

use super::desktop::{Desktop, LOCKED, Running, UNLOCKED, at_home};
use crate::process::{child, folder, say};

const SESSION: &str = "session clerk.example.com";
const ATTEMPT: &str = "attempt clerk.example.com";
const LONG: Duration = Duration::from_secs(30);

#[test]
fn a_secret_outlives_the_process_and_is_in_the_keyring_alone() {
    let desktop = Desktop::new();
    desktop.install(UNLOCKED);
    let long = "åß∂".repeat(1_000);
    let mut first = start(&desktop);
    assert_eq!(first.asked(&format!("read {SESSION}")), "none");
    assert_eq!(first.asked(&format!("write {SESSION}=eyJhbGciOi")), "done");
    assert_eq!(first.asked(&format!("write {ATTEMPT}={long}")), "done");
    assert_eq!(first.asked("state"), "keyring");

    let mut second = start(&desktop);
    assert_eq!(second.asked(&format!("read {SESSION}")), "some eyJhbGciOi");
    assert_eq!(second.asked(&format!("read {ATTEMPT}")), format!("some {long}"));
    assert_eq!(second.asked(&format!("write {SESSION}=rotated")), "done");
    assert_eq!(first.asked(&format!("read {SESSION}")), "some rotated", "it was overwritten");
    assert_eq!(second.asked(&format!("remove {SESSION}")), "done");
    assert_eq!(second.asked(&format!("remove {SESSION}")), "done", "it is gone already");
    assert_eq!(first.asked(&format!("read {SESSION}")), "none");
    assert_eq!(first.asked(&format!("read {ATTEMPT}")), format!("some {long}"));
    assert_eq!(files_with(desktop.folder(), "åß∂"), [""; 0], "no file shows it");
}

#[test]
fn without_a_keyring_clove_goes_on_in_memory_at_once() {
    let desktop = Desktop::new();
    let without_service = start(&desktop);
    let mut command = program(&desktop);
    command.env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus");
    let without_bus = Running::start(&mut command);
    let mut command = program(&desktop);
    command.env_remove("DBUS_SESSION_BUS_ADDRESS");
    let without_address = Running::start(&mut command);
    for mut clove in [without_service, without_bus, without_address] {
        let asked = Instant::now();
        assert_eq!(clove.asked(&format!("read {SESSION}")), "missing");
        assert_eq!(clove.asked(&format!("write {SESSION}=eyJhbGciOi")), "missing");
        assert!(asked.elapsed() < Keeper::PATIENCE, "nobody waits for what is not there");
        assert_eq!(clove.asked(&format!("read {SESSION}")), "some eyJhbGciOi", "from memory");
        let state = clove.asked("state");
        assert!(state.starts_with("memory Clove found no keyring"), "{state}");
    }
}

#[test]
fn a_keyring_that_starts_later_or_anew_is_found() {
    let desktop = Desktop::new();
    let mut clove = start(&desktop);
    assert_eq!(clove.asked(&format!("write {ATTEMPT}=1")), "missing");
    assert_eq!(clove.asked(&format!("write {SESSION}=1")), "missing");
    desktop.install(UNLOCKED);
    assert_eq!(clove.asked("again"), "asked");
    assert_eq!(clove.asked("state keyring"), "keyring", "what was in memory is written");
    assert_eq!(start(&desktop).asked(&format!("read {SESSION}")), "some 1");
    assert_eq!(start(&desktop).asked(&format!("read {ATTEMPT}")), "some 1");

    desktop.end_keyring();
    assert_eq!(clove.asked(&format!("write {SESSION}=2")), "done", "it was started anew");
    assert_eq!(start(&desktop).asked(&format!("read {SESSION}")), "some 2");
}

#[test]
fn a_service_without_a_keyring_is_no_keyring() {
    let desktop = Desktop::new();
    desktop.install(LOCKED);
    let mut clove = start(&desktop);
    assert_eq!(clove.asked(&format!("read {SESSION}")), "none");
    assert_eq!(clove.asked(&format!("write {SESSION}=1")), "missing");
    let state = clove.asked("state");
    assert!(state.starts_with("memory Clove found no keyring"), "{state}");
}

#[test]
fn a_locked_keyring_asks_once_and_keeps_nobody_waiting() {
    let desktop = Desktop::new();
    desktop.install(UNLOCKED);
    assert_eq!(start(&desktop).asked(&format!("write {SESSION}=1")), "done");
    desktop.end_keyring();
    desktop.install(LOCKED);

    let mut clove = start(&desktop);
    assert_eq!(clove.asked(&format!("read briefly {SESSION}")), "waiting");
    assert_eq!(clove.asked(&format!("write briefly {ATTEMPT}=1")), "waiting");
    assert_eq!(clove.asked("state waiting"), "waiting", "the app can say what to do");
    desktop.close_dialog();
    assert_eq!(clove.asked("late"), "locked", "the read's answer came, late as it is");
    assert_eq!(clove.asked("late"), "locked", "the write waited for the same dialog");
    assert_eq!(clove.asked(&format!("read {SESSION}")), "locked");
    assert_eq!(clove.asked(&format!("read {ATTEMPT}")), "some 1", "from memory");
    assert_eq!(clove.asked("state"), "waiting");

    // Unlocked now, as after the next login.
    desktop.end_keyring();
    desktop.install(UNLOCKED);
    assert_eq!(clove.asked("again"), "asked");
    assert_eq!(clove.asked("state keyring"), "keyring");
    assert_eq!(clove.asked(&format!("read {SESSION}")), "some 1");
    assert_eq!(start(&desktop).asked(&format!("read {ATTEMPT}")), "some 1");
    assert_eq!(desktop.dialogs(), 1, "the keyring asked once");
}

fn start(desktop: &Desktop) -> Running {
    Running::start(&mut program(desktop))
}

fn program(desktop: &Desktop) -> Command {
    let mut command = child("outside::keyring::child_keeps_secrets", desktop.folder(), "");
    at_home(&mut command, desktop.folder());
    command
}

/// The files below a folder that hold this text.
fn files_with(folder: &Path, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(files_with(&path, text));
        } else if path.is_file() {
            let bytes = fs::read(&path).expect("a file");
            let has = bytes.windows(text.len()).any(|window| window == text.as_bytes());
            found.extend(has.then(|| path.display().to_string()));
        }
    }
    found
}

#[test]
#[ignore = "other tests run it in a process of its own"]
fn child_keeps_secrets() {
    if folder().is_none() {
        return;
    }
    let keeper = Keeper::start(Arc::new(KeyringVault));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build();
    runtime.expect("a runtime").block_on(obey(&keeper));
}

/// Does what each line says, and says what came of it. "briefly" goes on without an answer, and "late"
/// is that answer.
async fn obey(keeper: &Keeper) {
    let mut late = VecDeque::new();
    for line in std::io::stdin().lines() {
        let line = line.expect("a line");
        let (verb, rest) = line.split_once(' ').unwrap_or((&line, ""));
        let (bound, rest) = match rest.strip_prefix("briefly ") {
            Some(rest) => (Duration::from_millis(50), rest),
            None => (LONG, rest),
        };
        let (name, text) = rest.split_once('=').unwrap_or((rest, ""));
        let asked: Option<Told> = match verb {
            "read" => Some(Box::pin(told(keeper.read(name), read))),
            "write" => Some(Box::pin(told(keeper.write(name, Secret::new(text)), done))),
            "remove" => Some(Box::pin(told(keeper.remove(name), done))),
            "late" => late.pop_front(),
            _ => None,
        };
        let answer = match (verb, asked) {
            (_, Some(mut asked)) => match tokio::time::timeout(bound, &mut asked).await {
                Ok(answer) => answer,
                Err(_) => {
                    late.push_back(asked);
                    "waiting".to_owned()
                }
            },
            ("again", None) => {
                keeper.ask_again();
                "asked".to_owned()
            }
            _ => state(keeper, rest).await,
        };
        say(&answer);
    }
}

type Told = Pin<Box<dyn Future<Output = String>>>;

async fn told<T>(answer: Answer<T>, show: fn(T) -> String) -> String {
    match answer.await {
        Ok(value) => show(value),
        Err(VaultError::Missing) => "missing".to_owned(),
        Err(VaultError::Locked) => "locked".to_owned(),
        Err(VaultError::Failed(reason)) => format!("failed {reason}"),
        Err(other) => format!("failed {other}"),
    }
}

fn read(secret: Option<Secret>) -> String {
    secret.map_or("none".to_owned(), |secret| format!("some {}", secret.reveal()))
}

fn done((): ()) -> String {
    "done".to_owned()
}

/// The state, once it begins with `wanted`.
async fn state(keeper: &Keeper, wanted: &str) -> String {
    let shown = |state: &Persistence| match state {
        Persistence::Keyring => "keyring".to_owned(),
        Persistence::Memory { reason } => format!("memory {reason}"),
        Persistence::Waiting => "waiting".to_owned(),
    };
    let mut now = keeper.persistence();
    let reached = now.wait_for(|state| shown(state).starts_with(wanted));
    let _ = tokio::time::timeout(LONG, reached).await;
    shown(&keeper.persistence().borrow())
}
