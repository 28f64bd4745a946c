//! How long sync takes: from files on the disk of one device, over HTTP and WebSocket on loopback and a
//! local cloud, to files on the disk of another. Convex's official npm client does the like in turns
//! with it, so that both meet the same machine and the same server.
//!
//! `cargo bench -p clove-core --bench sync`, after `npm ci`. `cargo xtask bench sync` shows its figures.

#![allow(clippy::print_stdout, reason = "a benchmark reports on standard output")]

use std::{
    env,
    error::Error,
    fs,
    path::Path,
    time::{Duration, Instant},
};

use self::{cloud::Cloud, device::Device, figures::Figures, official::Official};

mod cloud;
mod device;
mod figures;
mod official;
#[allow(dead_code, reason = "shared with the other benchmarks, which use more of it")]
#[path = "../sample/mod.rs"]
mod sample;

const SIZES: [(&str, usize); 3] = [("1k", 1_000), ("10k", 10_000), ("100k", 100_000)];
/// Those in which one change is timed.
const CHANGED: [&str; 2] = ["1k", "100k"];
/// Blocks of rounds, in turns with those of the official client. Whoever's turn it is not is not
/// connected: the local cloud asks all live queries again after each commit, whatever they read.
const BLOCKS: usize = 4;
const ROUNDS: usize = 20;
/// Rounds at the start of a block that are not timed: connections are made, and code gets warm.
const WARMING: usize = 5;
/// How far a change is from the one before, with either program: a person's edits are, and what waits
/// for so long is cold again, the local cloud above all.
const APART: Duration = Duration::from_millis(100);
/// How often an empty device syncs; of the largest, once.
const FIRST_SYNCS: usize = 3;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn main() -> Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(measure())
}

async fn measure() -> Result<()> {
    let cloud = Cloud::start()?;
    let mut official = Official::start(&cloud)?;
    let (mut clove, mut convex) = (Figures::of("Clove"), Figures::of("npm convex"));
    for (name, count) in SIZES {
        let email = format!("{name}@example.com");
        let first = Device::signed_in(&cloud, &email).await?;
        sample::fill(&first.todos(), count).await?;
        let started = Instant::now();
        first.sync().await?;
        clove.note(&format!("push of {name} offline edits"), started.elapsed());

        let mut second = Device::signed_in(&cloud, &email).await?;
        let mut times = vec![second.first_sync(count).await?];
        while times.len() < FIRST_SYNCS && count < 100_000 {
            second.end().await;
            second = Device::signed_in(&cloud, &email).await?;
            times.push(second.first_sync(count).await?);
        }
        clove.note(&format!("first sync of {name}"), figures::median(&mut times));

        if CHANGED.contains(&name) {
            let (mut ours, mut theirs) = (Vec::new(), Vec::new());
            let id = first.todos().add("Round", None).await?.todos[0].id;
            for block in 0..BLOCKS {
                let titles = (0..WARMING + ROUNDS).map(|round| format!("Round {round} of {block}"));
                let titles: Vec<String> = titles.collect();
                first.sync().await?;
                second.sync().await?;
                let mut times = Vec::new();
                for title in &titles {
                    tokio::time::sleep(APART).await;
                    times.push(first.change(id, title, &second).await?);
                }
                ours.extend(times.split_off(WARMING));
                first.disconnect().await;
                second.disconnect().await;

                official.connect()?;
                let mut times = Vec::new();
                for title in &titles {
                    tokio::time::sleep(APART).await;
                    times.push(official.change(title)?);
                }
                theirs.extend(times.split_off(WARMING));
                official.disconnect()?;
            }
            clove.note_all(&format!("one change at {name}"), &mut ours);
            convex.note_all(&format!("one change at {name}"), &mut theirs);
        }
        first.end().await;
        second.end().await;
    }
    if let Some(file) = env::var_os("CLOVE_BENCH_FIGURES") {
        fs::write(Path::new(&file), figures::json(&[clove, convex]))?;
    }
    Ok(())
}
