//! Sync under every fault that we could think of, in virtual time: the app's own engine, store and
//! verbs, on SQLite in memory, against a model of the server. A seed replays exactly.
//!
//! `cargo xtask simulate --seeds N --from S` runs many; those that ever failed are in `failed.txt`, and
//! run with the tests for ever.

mod acts;
mod device;
mod dice;
mod driver;
mod faults;
mod network;
mod server;
mod table;
mod tails;
mod truth;
mod world;

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::atomic::{AtomicU64, Ordering},
    time::Instant,
};

use self::{faults::Counts, world::World};

/// How many seeds the tests run, unless they are told otherwise.
const SEEDS: u64 = 60;
const ACTS: usize = 90;

/// Plays one seed to its end. What it led to, as a hash, and how often each fault struck.
fn play(seed: u64) -> (u64, Counts) {
    let mut world = World::new(seed);
    world.run(ACTS);
    (world.trace.hash(), world.counts)
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().and_then(|text| text.parse().ok())
}

#[test]
#[allow(clippy::print_stdout, reason = "a simulation tells what it did")]
fn nothing_is_lost_whatever_happens() {
    let first = number("CLOVE_SIM_FROM").unwrap_or(0);
    let count = number("CLOVE_SIM_SEEDS").unwrap_or(SEEDS);
    let stops = number("CLOVE_SIM_STOP").is_some();
    let next = AtomicU64::new(0);
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let started = Instant::now();
    let results: Vec<(Counts, Vec<u64>, u64)> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|_| {
                scope.spawn(|| {
                    let (mut counts, mut failed, mut traces) = (Counts::new(), Vec::new(), 0);
                    loop {
                        let index = next.fetch_add(1, Ordering::Relaxed);
                        if index >= count {
                            return (counts, failed, traces);
                        }
                        let seed = first + index;
                        match catch_unwind(AssertUnwindSafe(|| play(seed))) {
                            Ok((trace, struck)) => {
                                traces ^= trace;
                                for (fault, times) in struck {
                                    *counts.entry(fault).or_default() += times;
                                }
                            }
                            Err(_) => {
                                failed.push(seed);
                                if stops {
                                    next.store(count, Ordering::Relaxed);
                                }
                            }
                        }
                    }
                })
            })
            .collect();
        workers.into_iter().map(|worker| worker.join().expect("it ends")).collect()
    });
    let seconds = started.elapsed().as_secs_f64();
    let mut counts = Counts::new();
    let (mut failed, mut traces): (Vec<u64>, u64) = (Vec::new(), 0);
    for (struck, seeds, led_to) in results {
        failed.extend(seeds);
        traces ^= led_to;
        for (fault, times) in struck {
            *counts.entry(fault).or_default() += times;
        }
    }
    failed.sort_unstable();
    #[allow(clippy::cast_precision_loss, reason = "it is shown, not counted with")]
    let rate = count as f64 / seconds;
    println!("{count} seeds from {first} in {seconds:.1} s: {rate:.0} a second");
    println!("their traces: {traces:016x}");
    for (fault, times) in &counts {
        println!("{times:>9}  {fault:?}");
    }
    println!("failed: {failed:?}");
    assert!(failed.is_empty(), "add these seeds to tests/simulation/failed.txt: {failed:?}");
}

#[test]
fn seeds_that_ever_failed_hold() {
    for line in include_str!("failed.txt").lines().filter(|line| !line.starts_with('#')) {
        let seed = line.split_whitespace().next().and_then(|seed| seed.parse().ok());
        play(seed.expect("each line begins with a seed"));
    }
}

#[test]
fn a_seed_replays_exactly() {
    for seed in 0..12 {
        assert_eq!(play(seed).0, play(seed).0, "seed {seed} leads to the same, each time");
    }
}
