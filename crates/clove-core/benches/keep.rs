//! What it costs to keep todos safe: how long an edit takes while the backup of the day is made, beside
//! one without it in the same run; and how long a start takes that finds its file damaged.
//!
//! `cargo bench -p clove-core --bench keep`, or `cargo xtask bench keep`. `CLOVE_BENCH_TODOS` is how many
//! todos there are; 100,000 where it is not set.

#![allow(clippy::print_stdout, reason = "a benchmark reports on standard output")]

use std::{
    env,
    error::Error,
    fs,
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use clove_core::{
    Clove, Environment, TodoId, Todos,
    account::{MemoryVault, Outside},
    http::SystemHttp,
    view::{Filter, Sort},
};
use tempfile::TempDir;
use tokio::runtime::Runtime;

use self::figures::{Figures, median};

#[allow(dead_code, reason = "shared with another benchmark, which uses more of it")]
#[path = "sync/figures.rs"]
mod figures;
#[allow(dead_code, reason = "shared with the other benchmarks, which use more of it")]
mod sample;

/// How many backups are edited beside; before the next one, as many edits are made without one.
const BACKUPS: usize = 10;
/// Of so many todos one is edited after the other.
const EDITED: usize = 50;
const REPAIRS: usize = 3;

const DATABASE: &str = "this-device.db";
const BACKUPS_FOLDER: &str = "backups";

type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn main() -> Result<()> {
    let count = env::var("CLOVE_BENCH_TODOS").map_or(Ok(100_000), |text| text.parse())?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let folder = folder()?;
    println!("{count} todos, in {}", folder.path().display());
    let mut figures = Figures::of("Clove");
    fill(&runtime, folder.path(), count)?;
    repairs(folder.path(), count, &mut figures)?;
    beside_backups(&runtime, folder.path(), &mut figures)
}

/// A folder on the disk that the build is on; a temporary folder may be in memory.
fn folder() -> std::io::Result<TempDir> {
    TempDir::new_in(env!("CARGO_TARGET_TMPDIR"))
}

/// Leaves one file behind, and a backup of it.
fn fill(runtime: &Runtime, folder: &Path, count: usize) -> Result<()> {
    let clove = open(runtime, folder)?;
    runtime.block_on(async {
        sample::fill(&clove.todos(), count).await?;
        clove.back_up().await;
        Ok(())
    })
}

fn open(runtime: &Runtime, folder: &Path) -> Result<Clove> {
    let outside =
        Outside { http: Arc::new(SystemHttp::default()), vault: Arc::<MemoryVault>::default() };
    let _inside = runtime.enter();
    Ok(Clove::open(folder, Environment::system(), outside, None)?)
}

/// Edits while a backup is made and without one, in turns, so that both meet the same disk.
fn beside_backups(runtime: &Runtime, folder: &Path, figures: &mut Figures) -> Result<()> {
    let clove = Arc::new(open(runtime, folder)?);
    let (mut beside, mut alone, mut backups) = (Vec::new(), Vec::new(), Vec::new());
    runtime.block_on(async {
        let todos = clove.todos();
        let rows = todos.list(Filter::All, Sort::Newest, 0, EDITED).await?.rows;
        let mut ids = rows.iter().map(|row| row.id).cycle();
        let mut next = || ids.next().ok_or("there is no todo to edit");
        for _ in 0..BACKUPS {
            remove_backups(folder)?;
            let copied = Arc::clone(&clove);
            let started = Instant::now();
            let backup = tokio::spawn(async move {
                copied.back_up().await;
                started.elapsed()
            });
            let edits = beside.len();
            while !backup.is_finished() {
                beside.push(edit(&todos, next()?, beside.len()).await?);
            }
            backups.push(backup.await?);
            if clove.backups().await?.len() != 1 {
                return Err("no backup was made".into());
            }
            for _ in edits..beside.len() {
                alone.push(edit(&todos, next()?, alone.len()).await?);
            }
        }
        Result::Ok(())
    })?;
    drop(clove);

    figures.note("a backup that is edited beside, median", median(&mut backups));
    for (name, times) in [("an edit beside a backup", &mut beside), ("an edit alone", &mut alone)] {
        figures.note_all(name, times);
        figures.note(&format!("{name}, most"), times.last().copied().unwrap_or_default());
    }
    let ratio = median(&mut beside).as_secs_f64() / median(&mut alone).as_secs_f64();
    println!("an edit beside a backup / alone = {ratio:.2} (medians of {} each)", alone.len());
    Ok(())
}

/// From the call until the edit is on the disk.
async fn edit(todos: &Todos, id: TodoId, number: usize) -> Result<Duration> {
    let title = sample::title(number, usize::MAX);
    let started = Instant::now();
    todos.rename(id, &title).await?;
    Ok(started.elapsed())
}

/// One that is there would be the backup of the day.
fn remove_backups(folder: &Path) -> std::io::Result<()> {
    let backups = folder.join(BACKUPS_FOLDER);
    if backups.exists() { fs::remove_dir_all(backups) } else { Ok(()) }
}

/// Opens the file as it is, and as it is damaged, with and without a backup beside it.
fn repairs(filled: &Path, count: usize, figures: &mut Figures) -> Result<()> {
    let sound = fs::read(filled.join(DATABASE))?;
    println!("the file has {} bytes", sound.len());
    let (header, pages) = (without_header(sound.clone()), without_pages(sound.clone()));
    let cases = [
        ("a start without damage", &sound, true),
        ("a start that repairs a lost header", &header, false),
        ("a start that repairs a lost header, with a backup", &header, true),
        ("a start that repairs every tenth page, with a backup", &pages, true),
    ];
    for (name, bytes, has_backup) in cases {
        let is_damaged = bytes != &sound;
        let mut times = Vec::new();
        for _ in 0..REPAIRS {
            let folder = folder()?;
            fs::write(folder.path().join(DATABASE), bytes)?;
            if is_damaged {
                // As the check in the background notes it, which finds what a start does not meet.
                fs::write(folder.path().join(format!("{DATABASE}.damaged")), "")?;
            }
            if has_backup {
                copy_all(&filled.join(BACKUPS_FOLDER), &folder.path().join(BACKUPS_FOLDER))?;
            }
            let started = Instant::now();
            let todos = Todos::open(folder.path(), Environment::system())?;
            times.push(started.elapsed());
            let counts = todos.counts();
            if counts.active + counts.completed != count
                || is_repaired(folder.path())? != is_damaged
            {
                return Err(format!("{name}: this is not what was to be measured").into());
            }
        }
        figures.note(&format!("{name}, median"), median(&mut times));
    }
    Ok(())
}

/// Whether a damaged file was put aside.
fn is_repaired(folder: &Path) -> std::io::Result<bool> {
    let mut names =
        fs::read_dir(folder)?.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    Ok(names.any(|name| name.starts_with("this-device.damaged-")))
}

fn without_header(mut bytes: Vec<u8>) -> Vec<u8> {
    bytes[..100].fill(0);
    bytes
}

/// The header's page stays.
fn without_pages(mut bytes: Vec<u8>) -> Vec<u8> {
    // The page size is at byte 16 (<https://sqlite.org/fileformat2.html#page_size>).
    let page = usize::from(u16::from_be_bytes([bytes[16], bytes[17]]));
    bytes.chunks_mut(page).skip(9).step_by(10).for_each(|page| page.fill(0));
    bytes
}

fn copy_all(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        fs::copy(entry.path(), to.join(entry.file_name()))?;
    }
    Ok(())
}
