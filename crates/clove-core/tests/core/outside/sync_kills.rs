//! A device is killed while it syncs, again and again, and another one edits meanwhile: every edit that
//! was on the disk is in the state or in the history, and in the end everybody has the same.
//!
//! `CLOVE_SYNC_KILLS` is how often; 20 where it is not set.

use std::{path::Path, sync::Arc, time::Duration};

use clove_core::{
    Clove, Environment, Todos,
    account::{
        Outside,
        connection::{self, Connection},
    },
    http::SystemHttp,
    view::{Filter, Sort, TodoRow},
};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::task::{block_in_place, spawn_blocking};

use super::{
    cloud::{Cloud, VARIABLES},
    scene::{Shared, quit, try_sign_in},
};
use crate::{
    kills::{Item, State, all_edit_for_ever, check, edit_until_killed, item, saved},
    process::{child, folder},
    support::Seeded,
};

/// The todos that both devices rename. Their titles begin with "s".
const SHARED: u64 = 12;
/// The latest moment of a kill, in milliseconds after the first edit.
const LATEST: u64 = 900;
/// Longer than anything here takes, so that what never comes fails the test.
const LONG: Duration = Duration::from_secs(120);

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_lost_when_clove_is_killed_while_it_syncs() {
    let rounds =
        std::env::var("CLOVE_SYNC_KILLS").map_or(20, |text| text.parse().expect("a count"));
    let (cloud, random) = (Cloud::start(), Seeded::new(5));
    let (desk_home, sofa_home) =
        (TempDir::new().expect("a folder"), TempDir::new().expect("another"));
    let sofa = signed_in(sofa_home.path(), &cloud.connection).await;
    sofa.begin_syncing().await;
    for number in 0..SHARED {
        sofa.todos().add(&format!("s{number} new"), None).await.expect("it is saved");
    }
    quit(signed_in(desk_home.path(), &cloud.connection).await).await;

    let (mut state, mut renamed, mut unsynced_kills) = (State::new(), Vec::new(), 0);
    for round in 0..rounds {
        for fault in faults(&random) {
            cloud.control("/faults/convex", fault).await;
        }
        let mut editing = child("outside::sync_kills::child_syncs", desk_home.path(), "");
        editing.envs(cloud.variables.iter().map(|(name, value)| (name, value)));
        let moment = random.below(LATEST);
        let (saved, in_flight) = tokio::select! {
            killed = spawn_blocking(move || edit_until_killed(editing, moment)) => killed.expect("a kill"),
            // Each name meets what the other device has made of the todo meanwhile.
            () = rename_for_ever(&sofa, "elsewhere", async |_| {
                sofa.flush().await.expect("a count");
            }) => unreachable!("it goes on"),
        };
        cloud.lift_faults("convex");
        let (shared, own): (Vec<Item>, Vec<Item>) = saved.into_iter().partition(is_shared);
        state.extend(own.into_iter().map(|item| (item.key.clone(), item)));
        renamed.extend(shared);

        let desk = open(desk_home.path(), &cloud.connection);
        let todos = desk.todos();
        let is_last = round + 1 == rounds;
        state = block_in_place(|| check(&todos, &state, &in_flight, round, is_last));
        assert_remembered(&todos, &renamed, round).await;
        unsynced_kills += u64::from(todos.unsynced_count().await.expect("a count") > 0);
        drop(todos);
        quit(desk).await;
    }
    assert!(unsynced_kills > 0 || rounds == 0, "kills came before all was synced");
    assert!(!renamed.is_empty() && !state.is_empty(), "there were edits to lose");

    let third_home = TempDir::new().expect("a folder");
    let desk = open(desk_home.path(), &cloud.connection);
    desk.restore().await;
    let third = signed_in(third_home.path(), &cloud.connection).await;
    desk.begin_syncing().await;
    third.begin_syncing().await;
    // The third has nothing but what the server has.
    until_same([&desk, &sofa, &third]).await;
    assert_remembered(&desk.todos(), &renamed, rounds).await;
    block_in_place(|| check(&desk.todos(), &state, &[], rounds, false));
    for clove in [desk, sofa, third] {
        clove.end_syncing().await;
        quit(clove).await;
    }
}

/// What goes wrong in a round: answers are late, so that kills come before them, or get lost.
fn faults(random: &Seeded) -> Vec<Value> {
    let late = |name: &str| json!({ "kind": "delay", "match": name, "ms": random.below(150) });
    let lost =
        |name: &str| json!({ "kind": "drop_reply", "match": name, "times": random.below(3) + 1 });
    vec![late("sync:push"), late("sync:pull"), lost("sync:push"), lost("sync:pull")]
}

fn is_shared(item: &Item) -> bool {
    item.key.starts_with('s')
}

fn open(home: &Path, connection: &Connection) -> Clove {
    let vault = Arc::new(Shared::kept_in(home.join("keyring")));
    let outside = Outside { http: Arc::new(SystemHttp::default()), vault };
    let opened =
        Clove::open(&home.join("data"), Environment::system(), outside, Some(connection.clone()));
    opened.expect("Clove starts")
}

/// A device whose keyring holds its session.
pub(super) async fn signed_in(home: &Path, connection: &Connection) -> Clove {
    let vault = Arc::new(Shared::kept_in(home.join("keyring")));
    let outside = Outside { http: Arc::new(SystemHttp::default()), vault: vault.clone() };
    let data = home.join("data");
    let clove = Clove::open(&data, Environment::system(), outside, Some(connection.clone()));
    let clove = clove.expect("Clove starts");
    clove.restore().await;
    try_sign_in(&clove, "ada@example.com").await.expect("a session");
    vault.comes_to_hold("\"session\":{").await;
    clove
}

/// Renames one shared todo after the other.
async fn rename_for_ever(clove: &Clove, word: &str, renamed: impl AsyncFn(&TodoRow)) {
    let todos = clove.todos();
    for turn in 0_u64.. {
        for row in all(&todos).await.into_iter().filter(|row| is_shared(&item(row))) {
            let title = format!("{} {word} {turn} of {}", item(&row).key, std::process::id());
            let mut edited = todos.rename(row.id, &title).await.expect("it is saved");
            renamed(&edited.todos.remove(0)).await;
        }
        tokio::task::yield_now().await;
    }
}

/// Every title that was on the disk is there, or in the history of its todo.
async fn assert_remembered(todos: &Todos, renamed: &[Item], round: u64) {
    for row in all(todos).await {
        let key = item(&row).key;
        let history = todos.history(row.id).await.expect("it is read");
        for Item { title, .. } in renamed.iter().filter(|item| item.key == key) {
            let was = |value: &Value| value.as_str() == Some(title);
            let known = row.title == *title || history.iter().any(|h| was(&h.old) || was(&h.new));
            assert!(known, "kill {round}: “{title}” was on the disk, and is nowhere");
        }
    }
}

/// Waits until all devices have the same todos, with nothing that the server has not seen.
async fn until_same(devices: [&Clove; 3]) {
    let same = async {
        let [mut first, mut second, mut third] = devices.map(Clove::changes);
        loop {
            let mut lists = Vec::new();
            let mut unsynced = 0;
            for clove in devices {
                unsynced += clove.flush().await.expect("a count");
                lists.push(all(&clove.todos()).await);
            }
            if unsynced == 0 && lists.windows(2).all(|pair| pair[0] == pair[1]) {
                return;
            }
            // A flush that gave up is tried again; otherwise what is still to come is a change.
            if unsynced == 0 {
                tokio::select! {
                    _ = first.changed() => {}
                    _ = second.changed() => {}
                    _ = third.changed() => {}
                }
            }
        }
    };
    assert!(tokio::time::timeout(LONG, same).await.is_ok(), "the devices never agreed");
}

/// Every todo, in the order of ids.
async fn all(todos: &Todos) -> Vec<TodoRow> {
    let mut rows = Vec::new();
    for filter in [Filter::All, Filter::Deleted] {
        rows.extend(todos.list(filter, Sort::Oldest, 0, 1_000_000).await.expect("a list").rows);
    }
    rows.sort_by_key(|row| row.id);
    rows
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "another test runs it in a process of its own"]
async fn child_syncs() {
    let Some(home) = folder() else { return };
    let [key, url] = VARIABLES.map(|name| std::env::var(name).expect("the cloud's address"));
    let connection = connection::check(&key, &url).connection().expect("the address is right");
    let clove = open(&home, &connection);
    let todos = clove.todos();
    let sync = async {
        clove.restore().await;
        clove.begin_syncing().await;
        // The number of a worker that is none of those below.
        rename_for_ever(&clove, "here", async |row| saved(99, row)).await;
    };
    tokio::join!(sync, all_edit_for_ever(&todos));
}
