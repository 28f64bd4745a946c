//! Devices of one account, with a local cloud between them.

use std::time::Duration;

use clove_core::{
    Clove,
    account::view::SignOutChoice,
    sync::status::{Phase, SyncStatus, TodoStanding},
    view::{Filter, Sort, TodoRow},
};
use serde_json::json;

use super::scene::{Scene, add, quit, sign_in, titles};

/// Clove with somebody signed in, syncing.
async fn syncing(scene: &Scene) -> Clove {
    let clove = scene.start().await;
    clove.begin_syncing().await;
    sign_in(scene, &clove, "ada@example.com").await;
    clove
}

/// Waits until a device has this many todos.
async fn until_count(clove: &Clove, count: usize) {
    let mut changes = clove.changes();
    let reached = async {
        while clove.todos().counts().active != count {
            changes.changed().await.expect("Clove runs");
        }
    };
    let reached = tokio::time::timeout(Duration::from_secs(60), reached).await;
    reached.unwrap_or_else(|_| panic!("{:?} of {count} came", clove.todos().counts()));
}

/// Waits until a window would say this of sync.
async fn until_status(clove: &Clove, holds: impl Fn(&SyncStatus) -> bool) -> SyncStatus {
    let mut status = clove.sync_status();
    let reached = status.wait_for(|status| status.as_ref().is_some_and(&holds));
    let reached = tokio::time::timeout(Duration::from_secs(60), reached).await;
    let status = reached.map(|status| status.expect("Clove runs").clone());
    let status = status.unwrap_or_else(|_| panic!("it stayed {:?}", *clove.sync_status().borrow()));
    status.expect("an account syncs")
}

async fn rows(clove: &Clove) -> Vec<TodoRow> {
    clove.todos().list(Filter::All, Sort::Oldest, 0, 100).await.expect("a list").rows
}

async fn end(clove: Clove) {
    clove.end_syncing().await;
    quit(clove).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_device_adds_the_other_gets_however_long_it_is() {
    let scene = Scene::new();
    let other = scene.another();
    let (desk, sofa) = (syncing(&scene).await, syncing(&other).await);
    // Together more than a push, a page and an answer may hold.
    let long = "漢".repeat(10_000);
    for number in 0..100 {
        desk.todos().add(&format!("todo {number}"), Some(&long)).await.expect("it is saved");
    }
    until_count(&sofa, 100).await;
    assert_eq!(desk.flush().await.expect("a count"), 0, "and the server has all of it");
    end(desk).await;
    end(sofa).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flush_gives_the_server_what_it_lacks_or_says_how_much_that_is() {
    let scene = Scene::new();
    let desk = syncing(&scene).await;
    add(&desk, "milk").await;
    assert_eq!(desk.flush().await.expect("a count"), 0);
    scene.cloud().control("/faults/convex", json!({ "kind": "cut" })).await;
    add(&desk, "bread").await;
    assert_eq!(desk.flush().await.expect("a count"), 1, "it waits no longer than it has to");
    scene.cloud().lift_faults("convex");
    assert_eq!(desk.flush().await.expect("a count"), 0, "the network is back");
    let other = scene.another();
    let sofa = syncing(&other).await;
    until_count(&sofa, 2).await;
    assert_eq!(titles(&sofa.todos()).await, ["milk", "bread"]);
    end(desk).await;
    end(sofa).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn how_sync_stands_is_told_through_every_change_of_account() {
    let scene = Scene::new();
    let desk = scene.start().await;
    desk.begin_syncing().await;
    assert_eq!(*desk.sync_status().borrow(), None, "nobody's todos are synced");
    sign_in(&scene, &desk, "ada@example.com").await;
    let calm = |status: &SyncStatus| status.phase == Phase::Idle && status.synced_at.is_some();
    until_status(&desk, calm).await;

    scene.cloud().control("/faults/convex", json!({ "kind": "cut" })).await;
    add(&desk, "milk").await;
    let cut = until_status(&desk, |status| status.problem.is_some() && status.unsynced == 1).await;
    assert_eq!(cut.set_aside, 0, "it waits, and nobody refused it");
    let row = rows(&desk).await.remove(0);
    assert_eq!(row.standing, Some(TodoStanding::OnThisDevice), "its row says so");
    scene.cloud().lift_faults("convex");
    desk.sync_now().await;
    until_status(&desk, |status| calm(status) && status.unsynced == 0 && status.problem.is_none())
        .await;
    assert_eq!(desk.standing(row.id).await, Ok(TodoStanding::Synced));
    assert_eq!(rows(&desk).await[0].standing, None, "there is nothing to say of it any more");

    scene.cloud().control("/faults/convex", json!({ "kind": "cut" })).await;
    add(&desk, "bread").await;
    desk.sign_out(SignOutChoice::Keep, scene.folder.path()).await.expect("a sign-out");
    assert_eq!(*desk.sync_status().borrow(), None, "with the account, what was said of it goes");
    scene.cloud().lift_faults("convex");
    sign_in(&scene, &desk, "eve@example.com").await;
    let other = until_status(&desk, calm).await;
    assert_eq!((other.unsynced, other.problem), (0, None), "nothing of the other account's");
    end(desk).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_todo_that_the_server_refuses_says_why_and_goes_in_when_it_is_tried_again() {
    let scene = Scene::new();
    let desk = syncing(&scene).await;
    let refuse = json!({ "kind": "error", "status": 560, "match": "rope" });
    scene.cloud().control("/faults/convex", refuse).await;
    add(&desk, "rope").await;
    add(&desk, "milk").await;
    until_status(&desk, |status| (status.unsynced, status.set_aside) == (1, 1)).await;
    let aside = desk.todos().set_aside().await.expect("it can be read");
    // The server may put back when the other one was made: either may be the first of the list.
    let mut listed = rows(&desk).await;
    listed.retain(|row| row.title == "rope");
    assert_eq!(aside, listed, "the other one went in, and a list says the same");
    let Some(TodoStanding::SetAside { code, message }) = &aside[0].standing else {
        panic!("it says why: {aside:?}")
    };
    assert_eq!(code, "internal_error");
    assert!(message.contains("560"), "in the server's words: {message}");

    scene.cloud().control("/faults/convex", json!({ "kind": "cut" })).await;
    desk.try_again(None).await.expect("it is noted");
    until_status(&desk, |status| (status.unsynced, status.set_aside) == (1, 0)).await;
    let standing = rows(&desk).await.into_iter().find_map(|row| row.standing);
    assert_eq!(standing, Some(TodoStanding::OnThisDevice), "it waits again");
    scene.cloud().lift_faults("convex");
    desk.sync_now().await;
    until_status(&desk, |status| status.unsynced == 0).await;
    assert_eq!(desk.todos().set_aside().await, Ok(Vec::new()));
    end(desk).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_sync_says_how_far_it_is() {
    let scene = Scene::new();
    let desk = syncing(&scene).await;
    for number in 0..600 {
        add(&desk, &format!("todo {number}")).await;
    }
    until_status(&desk, |status| status.phase == Phase::Idle && status.unsynced == 0).await;
    let slow = json!({ "kind": "delay", "match": "sync:pull", "ms": 100 });
    scene.cloud().control("/faults/convex", slow).await;
    let other = scene.another();
    let sofa = syncing(&other).await;
    let under_way = until_status(&sofa, |status| status.first_sync.is_some_and(|at| at.rows > 0));
    let at = under_way.await.first_sync.expect("it is under way");
    assert!(at.rows < 600 && at.rev < at.of, "there is more to come: {at:?}");
    until_status(&sofa, |status| status.synced_at.is_some()).await;
    assert_eq!(sofa.todos().counts().active, 600);
    assert_eq!(sofa.sync_status().borrow().as_ref().map(|status| status.first_sync), Some(None));
    end(desk).await;
    end(sofa).await;
}
