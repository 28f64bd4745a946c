//! Devices of one account, with a local cloud between them.

use std::time::Duration;

use clove_core::Clove;
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
