//! The pages of a first sync, of which one is there before the other is written.

use std::{path::PathBuf, sync::Arc, time::Duration};

use clove_core::{
    Clove,
    http::{Answering, Body, Http, Request, SystemHttp},
    sync::status::SyncStatus,
    view::{Filter, Sort, TodoRow},
};
use rusqlite::Connection;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::{sync::watch, task::JoinSet};

use super::scene::{Scene, quit, sign_in};
use crate::support::raw;

/// Three pages.
const COUNT: usize = 1_100;

/// The network. Pulls wait until it is open for them; it notes which ones were answered with a page, by
/// epoch and rev.
#[derive(Default)]
struct Pages {
    network: SystemHttp,
    asked: watch::Sender<bool>,
    open: watch::Sender<bool>,
    answered: watch::Sender<Vec<(i64, i64)>>,
}

impl Http for Pages {
    fn send(&self, request: Request) -> Answering<'_> {
        let Some(pull) = pull(&request) else { return self.network.send(request) };
        Box::pin(async move {
            self.asked.send_replace(true);
            until(&self.open, |open| *open).await;
            let response = self.network.send(request).await?;
            if response.body.starts_with(br#"{"status":"success""#) {
                self.answered.send_modify(|answered| answered.push(pull));
            }
            Ok(response)
        })
    }
}

/// Which page a request asks for, if it asks for one.
fn pull(request: &Request) -> Option<(i64, i64)> {
    let Body::Json(text) = &request.body else { return None };
    let call: Value = serde_json::from_str(text.reveal()).ok()?;
    let args = call.get("args").filter(|_| call["path"] == "sync:pull")?;
    Some((args["epoch"].as_i64()?, args["since"].as_i64()?))
}

async fn until<T: Clone>(told: &watch::Sender<T>, holds: impl Fn(&T) -> bool) -> T {
    let mut told = told.subscribe();
    let reached = tokio::time::timeout(Duration::from_secs(60), told.wait_for(holds)).await;
    reached.expect("it comes in time").expect("it is told").clone()
}

/// The device that syncs for the first time.
struct Sofa {
    clove: Clove,
    _folder: TempDir,
}

/// A device that has all todos, and one that is just writing the first page, which it can't yet: the
/// second page has come meanwhile.
async fn first_page(scene: &Scene, pages: &Arc<Pages>) -> (Clove, Sofa, Connection) {
    let desk = scene.start().await;
    desk.begin_syncing().await;
    sign_in(scene, &desk, "ada@example.com").await;
    let mut adds = JoinSet::new();
    for number in 0..COUNT {
        let todos = desk.todos();
        adds.spawn(async move { todos.add(&format!("todo {number}"), None).await });
    }
    assert!(adds.join_all().await.iter().all(Result::is_ok), "they are saved");
    until_synced(&desk).await;

    let mut other = scene.another();
    other.http = pages.clone();
    let sofa = other.start().await;
    sign_in(&other, &sofa, "ada@example.com").await;
    let is_account = |path: &PathBuf| path.display().to_string().contains("account-");
    let mut files = other.files().into_keys().filter(is_account);
    let database = files.find(|path| path.extension().is_some_and(|end| end == "db"));
    let lock = raw(&database.expect("the account's database"));
    sofa.begin_syncing().await;
    until(&pages.asked, |asked| *asked).await;
    lock.execute_batch("BEGIN IMMEDIATE").expect("nothing is written until a page comes");
    pages.open.send_replace(true);
    until(&pages.answered, |answered| answered.len() == 2).await;
    assert_eq!(sofa.todos().counts().active, 0, "nothing is written yet");
    (desk, Sofa { clove: sofa, _folder: other.folder }, lock)
}

/// Waits until a device has all that the server has.
async fn until_synced(clove: &Clove) {
    let mut status = clove.sync_status();
    let all = |status: &Option<SyncStatus>| {
        status.as_ref().is_some_and(|status| status.synced_at.is_some() && status.unsynced == 0)
            && clove.todos().counts().active == COUNT
    };
    let reached = tokio::time::timeout(Duration::from_secs(60), status.wait_for(all)).await;
    reached.expect("it comes in time").expect("Clove runs");
}

async fn rows(clove: &Clove) -> Vec<TodoRow> {
    clove.todos().list(Filter::All, Sort::Oldest, 0, 2 * COUNT).await.expect("a list").rows
}

async fn end(clove: Clove) {
    clove.end_syncing().await;
    quit(clove).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_page_is_asked_for_once_and_all_are_written_in_their_order() {
    let (scene, pages) = (Scene::new(), Arc::<Pages>::default());
    let (desk, sofa, lock) = first_page(&scene, &pages).await;
    lock.execute_batch("ROLLBACK").expect("it is open");
    until_synced(&sofa.clove).await;
    assert_eq!(rows(&sofa.clove).await, rows(&desk).await);
    let answered = pages.answered.borrow().clone();
    let epoch = answered[0].0;
    assert_eq!(answered, [(epoch, 0), (epoch, 500), (epoch, 1_000)]);
    end(desk).await;
    end(sofa.clove).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_from_before_a_backup_was_restored_counts_for_nothing_after_it() {
    let (scene, pages) = (Scene::new(), Arc::<Pages>::default());
    let (desk, sofa, lock) = first_page(&scene, &pages).await;
    scene.cloud().control("/run/migrations:replaceEpochs", json!({})).await;
    lock.execute_batch("ROLLBACK").expect("it is open");
    let answered = until(&pages.answered, |answered| answered.len() == 5).await;
    let (before, after) = (answered[0].0, answered[4].0);
    assert_ne!(before, after, "the server has another epoch");
    let all = [(after, 0), (after, 500), (after, 1_000)];
    assert_eq!(answered[..2], [(before, 0), (before, 500)]);
    assert_eq!(answered[2..], all, "all of it is pulled anew");
    until_synced(&sofa.clove).await;
    until_synced(&desk).await;
    assert_eq!(rows(&sofa.clove).await, rows(&desk).await);
    end(desk).await;
    end(sofa.clove).await;
}
