//! What Clove costs while the cloud is cut. A measurement, not a bound: `cargo xtask bench offline` runs it.

use std::{
    fs,
    time::{Duration, Instant},
};

use clove_core::Clove;
use tempfile::TempDir;

use super::{cloud::Cloud, scene::quit, sync_kills::signed_in};

/// How many edits wait for the server.
const UNSYNCED: usize = 1_000;
/// How many edits are measured each time.
const EDITS: usize = 300;
/// How long it is watched while nobody does anything.
const IDLE: Duration = Duration::from_secs(60);

#[tokio::test(flavor = "multi_thread")]
#[ignore = "it measures: `cargo xtask bench offline`"]
#[allow(clippy::print_stdout, reason = "a measurement reports on standard output")]
async fn edits_and_idle_time_while_the_cloud_is_cut() {
    // On the disk that the build is on; a temporary folder may be in memory.
    let home = TempDir::new_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
    let cloud = Cloud::start();
    let clove = signed_in(home.path(), &cloud.connection).await;
    clove.begin_syncing().await;
    for number in 0..EDITS {
        add(&clove, number).await;
    }
    while clove.flush().await.expect("a count") > 0 {}
    println!("{:34} {:>10} {:>10} {:>16}", "", "edit, p50", "edit, p99", "CPU idle, 60 s");
    report("connected", &clove).await;
    while clove.flush().await.expect("a count") > 0 {}

    cloud.stop_answering();
    for number in 0..UNSYNCED {
        add(&clove, number).await;
    }
    report("a server that never answers", &clove).await;
    drop(cloud);
    report("a server that refuses connections", &clove).await;
    clove.network_changed(false).await;
    report("no network", &clove).await;
    let unsynced = clove.todos().unsynced_count().await.expect("a count");
    assert_eq!(unsynced, UNSYNCED + 3 * EDITS, "none of it was sent");
    println!("{unsynced} todos hold an edit that the server has not seen");
    clove.end_syncing().await;
    quit(clove).await;
}

/// Measures first the edits, so that what they cause is over when Clove is idle.
#[allow(clippy::print_stdout, reason = "a measurement reports on standard output")]
async fn report(state: &str, clove: &Clove) {
    let mut times = Vec::new();
    for number in 0..EDITS {
        let begun = Instant::now();
        add(clove, number).await;
        times.push(begun.elapsed());
    }
    times.sort();
    let before = processor_time();
    tokio::time::sleep(IDLE).await;
    let idle = processor_time() - before;
    let [median, late] = [EDITS / 2, EDITS * 99 / 100].map(|at| times[at].as_secs_f64() * 1e3);
    let idle = idle.as_secs_f64() * 1e3;
    println!("{state:34} {median:>7.2} ms {late:>7.2} ms {idle:>13.1} ms");
}

async fn add(clove: &Clove, number: usize) {
    clove.todos().add(&format!("Call the plumber about pipe {number}"), None).await.expect("saved");
}

/// What this process's living threads have had of the processor (`/proc/<pid>/task/<tid>/schedstat`).
fn processor_time() -> Duration {
    let threads = fs::read_dir("/proc/self/task").expect("Linux").flatten();
    let stats =
        threads.filter_map(|thread| fs::read_to_string(thread.path().join("schedstat")).ok());
    let nanoseconds = stats.filter_map(|stat| stat.split(' ').next()?.parse::<u64>().ok());
    Duration::from_nanos(nanoseconds.sum())
}
