//! The driver, with real threads, files and time, against the model of the server.

use std::{
    path::Path,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
};

use tempfile::TempDir;
use tokio::sync::watch;

use super::server::Account;
use crate::{
    environment::Environment,
    store::{Database, Folder},
    sync::{
        Sync,
        remote::{Remote, RemoteError, Reply},
        status::{Notice, Phase, SyncStatus, TodoStanding},
        wire::{self, Hello, Page, Pushed, Tail},
    },
    todo::Todo,
    todos::Todos,
    view::{Filter, Sort},
};

/// A network that is never slow, with a plug.
struct Near {
    account: Mutex<Account>,
    plugged: watch::Sender<bool>,
    /// Whether it answers pulls, and not pushes alone.
    pulls: AtomicBool,
    tail: watch::Sender<Option<Tail>>,
}

impl Near {
    fn new() -> Arc<Self> {
        let (account, plugged) = (Mutex::default(), watch::Sender::new(true));
        let (pulls, tail) = (AtomicBool::new(true), watch::Sender::default());
        Arc::new(Self { account, plugged, pulls, tail })
    }

    fn serve<T>(
        &self,
        call: impl FnOnce(&mut Account, i64) -> Result<T, RemoteError>,
    ) -> Result<T, RemoteError> {
        if !*self.plugged.borrow() {
            let reason = "The plug was pulled.".to_owned().into();
            return Err(RemoteError::Transient { reason, retry_after: None });
        }
        let now = Environment::system().clock.now().get();
        let mut account = self.account.lock().expect("one at a time");
        let answer = call(&mut account, now);
        let tail = account.tail(8).ok().and_then(|told| wire::parse_tail(&told).ok());
        drop(account);
        self.tail.send_if_modified(|known| std::mem::replace(known, tail.clone()) != tail);
        answer
    }
}

fn permanent(code: &str) -> RemoteError {
    RemoteError::Permanent { code: code.to_owned(), message: String::new() }
}

impl Remote for Near {
    fn hello(&self) -> Reply<'_, Hello> {
        Box::pin(async {
            self.serve(|account, now| Ok(wire::parse_hello(&account.hello(now, || 1))?))
        })
    }

    fn push<'a>(&'a self, todos: &'a [Todo]) -> Reply<'a, Pushed> {
        Box::pin(async {
            let rows: Vec<_> = todos.iter().map(wire::push_row).collect();
            self.serve(|account, now| {
                let answer = account.push(&rows, now, rows.len(), |title| title == "refuse me");
                Ok(wire::parse_pushed(&answer.map_err(permanent)?, todos)?)
            })
        })
    }

    fn pull(&self, epoch: i64, since: i64) -> Reply<'_, Page> {
        Box::pin(async move {
            self.serve(|account, _| {
                if !self.pulls.load(Ordering::Relaxed) {
                    return Err(permanent("noPulls"));
                }
                let answer = account.pull(epoch, since, 500).map_err(permanent)?;
                Ok(wire::parse_page(&answer, since)?)
            })
        })
    }

    fn renew(&self) -> Reply<'_, ()> {
        Box::pin(async { Ok(()) })
    }

    fn listen(&self, _wanted: bool) {}

    fn tails(&self) -> watch::Receiver<Option<Tail>> {
        self.tail.subscribe()
    }
}

fn open(folder: &Path) -> Arc<Todos> {
    let held = Arc::new(Folder::hold(folder).expect("the folder is fine"));
    let database = Database::Account("https://example.convex.cloud\nada".to_owned());
    let todos =
        Todos::open_database(held, &database, Environment::system(), watch::Sender::default());
    Arc::new(todos.expect("the database opens"))
}

fn start(todos: &Arc<Todos>, remote: &Arc<Near>) -> Sync {
    Sync::start(todos.clone(), remote.clone(), &Environment::system(), true).0
}

async fn until(sync: &Sync, holds: impl Fn(&SyncStatus) -> bool) {
    sync.status().wait_for(holds).await.expect("it goes on");
}

/// Until the list of active todos is this.
async fn until_titles(todos: &Todos, expected: &[&str]) {
    let mut changes = todos.changes();
    loop {
        changes.mark_unchanged();
        let window = todos.list(Filter::Active, Sort::Oldest, 0, 100).await.expect("it is read");
        let titles: Vec<String> = window.rows.into_iter().map(|row| row.title).collect();
        if titles == expected {
            return;
        }
        changes.changed().await.expect("it goes on");
    }
}

async fn until_active(todos: &Todos, count: usize) {
    let mut changes = todos.changes();
    while todos.counts().active != count {
        changes.changed().await.expect("it goes on");
    }
}

#[tokio::test]
async fn an_edit_travels_from_file_to_file() {
    let (one, two) = (TempDir::new().expect("a folder"), TempDir::new().expect("a folder"));
    let remote = Near::new();
    let (first, second) = (open(one.path()), open(two.path()));
    let (there, here) = (start(&first, &remote), start(&second, &remote));
    let id = first.add("milk", None).await.expect("an add").todos[0].id;
    until_titles(&second, &["milk"]).await;

    remote.plugged.send_replace(false);
    first.rename(id, "oat milk").await.expect("a rename");
    second.add("bread", None).await.expect("an add");
    until(&there, |status| status.phase == Phase::Waiting).await;
    let standing = there.standing(id).await.expect("it is there");
    assert_eq!(standing, TodoStanding::OnThisDevice, "the server has not seen it");
    remote.plugged.send_replace(true);
    there.sync_now();
    here.sync_now();
    until_titles(&second, &["oat milk", "bread"]).await;
    until_titles(&first, &["oat milk", "bread"]).await;
    until(&there, |status| status.unsynced == 0 && status.phase == Phase::Idle).await;
    assert_eq!(there.standing(id).await, Ok(TodoStanding::Synced), "now it has");

    there.stop().await;
    here.stop().await;
    assert_eq!(Arc::strong_count(&first), 1, "nothing holds the database any more");
}

#[tokio::test]
async fn a_change_elsewhere_needs_no_pull() {
    let (one, two) = (TempDir::new().expect("a folder"), TempDir::new().expect("a folder"));
    let remote = Near::new();
    let (first, second) = (open(one.path()), open(two.path()));
    let there = start(&first, &remote);
    first.add("milk", None).await.expect("an add");
    until(&there, |status| status.unsynced == 0 && status.phase == Phase::Idle).await;
    let here = start(&second, &remote);
    until_titles(&second, &["milk"]).await;
    until(&here, |status| status.phase == Phase::Idle).await;

    remote.pulls.store(false, Ordering::Relaxed);
    first.add("bread", None).await.expect("an add");
    until_titles(&second, &["milk", "bread"]).await;
    until(&here, |status| status.phase == Phase::Idle && status.problem.is_none()).await;
    there.stop().await;
    here.stop().await;
}

#[tokio::test]
async fn a_todo_that_is_refused_says_why_and_can_be_tried_again() {
    let folder = TempDir::new().expect("a folder");
    let (todos, remote) = (open(folder.path()), Near::new());
    let sync = start(&todos, &remote);
    let id = todos.add("refuse me", None).await.expect("an add").todos[0].id;
    todos.add("take me", None).await.expect("an add");
    until(&sync, |status| status.set_aside == 1 && status.unsynced == 1).await;
    let standing = sync.standing(id).await.expect("it is there");
    assert!(matches!(standing, TodoStanding::SetAside { .. }), "it says why: {standing:?}");
    let aside = todos.set_aside().await.expect("it is read");
    assert_eq!(aside.len(), 1, "and it can be found");
    assert_eq!((aside[0].id, &aside[0].standing), (id, &Some(standing)), "with why");
    sync.try_again(Some(vec![id])).await.expect("it is noted");
    until(&sync, |status| status.phase == Phase::Idle).await;
    todos.rename(id, "a better title").await.expect("a rename");
    until(&sync, |status| status.set_aside == 0 && status.unsynced == 0).await;
    sync.stop().await;
}

#[tokio::test]
async fn a_large_deletion_leaves_a_copy_and_can_be_taken_back() {
    let (one, two) = (TempDir::new().expect("a folder"), TempDir::new().expect("a folder"));
    let remote = Near::new();
    let (first, second) = (open(one.path()), open(two.path()));
    let there = start(&first, &remote);
    let (here, mut told) =
        Sync::start(second.clone(), remote.clone(), &Environment::system(), true);
    let mut ids = Vec::new();
    for number in 0..30 {
        ids.push(first.add(&format!("todo {number}"), None).await.expect("an add").todos[0].id);
    }
    until_active(&second, 30).await;
    first.delete(ids.clone()).await.expect("a deletion");
    let Some(Notice::ManyDeleted { ids: mut deleted, copy }) = told.recv().await else {
        panic!("the person is told of it");
    };
    deleted.sort();
    ids.sort();
    assert_eq!(deleted, ids, "of all of them");
    assert_eq!(second.counts().active, 0, "they are deleted here too");
    let kept = std::fs::metadata(&copy).expect("there is a copy");
    assert!(kept.len() > 0, "it holds what was there");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(kept.permissions().mode() & 0o777, 0o600, "nobody else may read it");
    }
    second.restore(deleted).await.expect("they come back");
    until_active(&first, 30).await;
    there.stop().await;
    here.stop().await;
}
