//! The network comes and goes, and the system tells so.

use std::time::Duration;

use serde_json::{Value, json};

use super::scene::{Scene, add, quit, sign_in};

#[tokio::test(flavor = "multi_thread")]
async fn a_sync_that_starts_without_a_network_asks_for_nothing_until_there_is_one() {
    let scene = Scene::new();
    let clove = scene.start().await;
    // Told before anything is synced, and remembered.
    clove.network_changed(false).await;
    clove.begin_syncing().await;
    sign_in(&scene, &clove, "ada@example.com").await;
    // The first that sync asks for strikes this.
    scene.cloud().fault("convex", json!({ "kind": "error", "match": "sync:" })).await;
    add(&clove, "milk").await;
    assert_eq!(clove.flush().await.expect("a count"), 1, "nobody waits for what can't be");
    clove.woke().await;
    clove.sync_now().await;
    assert_eq!(clove.flush().await.expect("a count"), 1, "neither a sleep nor a wish brings it");
    let faults = scene.cloud().control("/faults/convex", Value::Null).await;
    assert_eq!(faults.as_array().map(Vec::len), Some(1), "nothing was asked for");
    scene.cloud().lift_faults("convex");
    clove.network_changed(true).await;
    let sent = async { while clove.flush().await.expect("a count") > 0 {} };
    let sent = tokio::time::timeout(Duration::from_secs(30), sent).await;
    assert!(sent.is_ok(), "with a network all of it is sent, and no poll is waited for");
    clove.end_syncing().await;
    quit(clove).await;
}
