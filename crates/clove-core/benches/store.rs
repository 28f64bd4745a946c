//! What a person waits for: durable edits, windows of the list, counts and searches.
//!
//! `cargo bench -p clove-core`. The bare SQLite transaction that `durable/add` is judged by runs in
//! turns with it, so that both meet the same disk.

#![allow(clippy::expect_used, reason = "a benchmark that fails has no figure")]

use std::{
    cell::RefCell,
    error::Error,
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use clove_core::{
    Environment, TodoId, Todos,
    view::{Filter, Sort},
};
use criterion::{Criterion, Throughput};
use rusqlite::Connection;
use tempfile::TempDir;
use tokio::runtime::Runtime;

mod sample;

/// Rows of a window, and hits of a search.
const WINDOW: usize = 50;
const SIZES: [(&str, usize); 3] = [("1k", 1_000), ("10k", 10_000), ("100k", 100_000)];

fn main() -> Result<(), Box<dyn Error>> {
    let mut criterion = Criterion::default().configure_from_args();
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    durable(&mut criterion, &runtime)?;
    queries(&mut criterion, &runtime)?;
    criterion.final_summary();
    Ok(())
}

/// A folder on the disk that the build is on; a temporary folder may be in memory.
fn folder() -> std::io::Result<TempDir> {
    TempDir::new_in(env!("CARGO_TARGET_TMPDIR"))
}

fn filled(folder: &Path, runtime: &Runtime, count: usize) -> Result<Arc<Todos>, Box<dyn Error>> {
    let clove = Arc::new(Todos::open(folder, Environment::system())?);
    runtime.block_on(sample::fill(&clove, count))?;
    Ok(clove)
}

#[allow(clippy::print_stdout, reason = "a benchmark reports on standard output")]
fn durable(criterion: &mut Criterion, runtime: &Runtime) -> Result<(), Box<dyn Error>> {
    let folder = folder()?;
    println!("the stores are in {}", folder.path().display());
    let clove = filled(&folder.path().join("clove"), runtime, 1_000)?;
    let id = runtime.block_on(clove.add("Edited", None))?.todos[0].id;
    let floor = Floor::open(&folder.path().join("floor.db"))?;
    let mut number = 0;
    let mut next = move || {
        number += 1;
        number
    };

    let pairs = RefCell::new(Vec::new());
    let in_turns = |count: u64, next: &mut dyn FnMut() -> usize| {
        let mut times = (Duration::ZERO, Duration::ZERO);
        for _ in 0..count {
            let start = Instant::now();
            add(runtime, &clove, next());
            let middle = Instant::now();
            floor.insert();
            let pair = (middle - start, middle.elapsed());
            times = (times.0 + pair.0, times.1 + pair.1);
            pairs.borrow_mut().push(pair);
        }
        times
    };

    let mut group = criterion.benchmark_group("durable");
    group.throughput(Throughput::Elements(1)).measurement_time(Duration::from_secs(8));
    group.bench_function("add", |bencher| {
        bencher.iter_custom(|count| in_turns(count, &mut next).0);
    });
    group.bench_function("edit", |bencher| {
        bencher.iter(|| {
            let title = format!("Edited {} times", next());
            runtime.block_on(clove.rename(id, &title)).map(|_| ())
        });
    });
    group.bench_function("toggle", |bencher| {
        bencher.iter(|| toggle(runtime, &clove, id, next()));
    });
    group.finish();

    let mut group = criterion.benchmark_group("floor");
    group.throughput(Throughput::Elements(1)).measurement_time(Duration::from_secs(8));
    group.bench_function("insert_full", |bencher| {
        bencher.iter_custom(|count| in_turns(count, &mut next).1);
    });
    group.finish();
    let pairs = pairs.into_inner();
    if !pairs.is_empty() {
        let ratio =
            median(pairs.iter().map(|pair| pair.0)) / median(pairs.iter().map(|pair| pair.1));
        println!("durable/add : floor/insert_full = {ratio:.2} (medians of {} turns)", pairs.len());
    }
    Ok(())
}

fn add(runtime: &Runtime, clove: &Todos, number: usize) {
    runtime.block_on(clove.add(&sample::title(number, usize::MAX), None)).expect("an add");
}

fn toggle(runtime: &Runtime, clove: &Todos, id: TodoId, number: usize) {
    runtime.block_on(clove.set_completed(vec![id], number.is_multiple_of(2))).expect("a toggle");
}

fn median(times: impl Iterator<Item = Duration>) -> f64 {
    let mut times: Vec<Duration> = times.collect();
    times.sort();
    times[times.len() / 2].as_secs_f64()
}

/// The bare transaction: one row with the columns of a todo and one unique index, nothing else.
struct Floor(Connection);

impl Floor {
    #[allow(clippy::disallowed_methods, reason = "the floor is SQLite without Clove")]
    fn open(path: &Path) -> rusqlite::Result<Self> {
        let connection = Connection::open(path)?;
        connection.pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(()))?;
        connection.pragma_update(None, "synchronous", "full")?;
        connection.execute_batch(
            "CREATE TABLE todos (
                seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, created_at INTEGER,
                updated_at INTEGER, title TEXT, description TEXT, completed INTEGER,
                deleted_at INTEGER, stamps TEXT, section INTEGER, section_at INTEGER, rev INTEGER,
                dirty INTEGER
            ) STRICT",
        )?;
        Ok(Self(connection))
    }

    fn insert(&self) {
        let write = || {
            self.0.execute_batch("BEGIN IMMEDIATE")?;
            let sql = "INSERT INTO todos VALUES (NULL, lower(hex(randomblob(18))), 1, 1,
                'Buy milk and bread before Friday', NULL, 0, NULL,
                '{\"title\":1,\"description\":1,\"completed\":1,\"deletedAt\":1}', 0, 1, NULL, 1)";
            self.0.prepare_cached(sql)?.execute([])?;
            self.0.execute_batch("COMMIT")
        };
        write().expect("a bare insert");
    }
}

fn queries(criterion: &mut Criterion, runtime: &Runtime) -> Result<(), Box<dyn Error>> {
    let mut stores = Vec::new();
    for (name, count) in SIZES {
        let folder = folder()?;
        stores.push((name, count, filled(folder.path(), runtime, count)?, folder));
    }
    let list = |clove: &Todos, offset| {
        let window = clove.list(Filter::All, Sort::Newest, offset, WINDOW);
        let window = runtime.block_on(window).expect("a window");
        assert_eq!(window.rows.len(), WINDOW, "a window is full");
    };
    let search = |clove: &Todos, word| {
        runtime.block_on(clove.search(word, Filter::All, 0, WINDOW)).expect("hits");
    };
    for (name, count, clove, _) in &stores {
        let positions = [("first", 0), ("middle", count / 2)];
        for (position, offset) in positions {
            let id = format!("list/{position}/{name}");
            criterion.bench_function(&id, |b| b.iter(|| list(clove, offset)));
        }
        let id = format!("count/{name}");
        criterion.bench_function(&id, |b| b.iter(|| clove.counts()));
        let words = [
            ("common", sample::COMMON),
            ("rare", sample::RARE),
            ("short", sample::SHORT),
            ("none", sample::NONE),
        ];
        for (kind, word) in words {
            let id = format!("search/{kind}/{name}");
            criterion.bench_function(&id, |b| b.iter(|| search(clove, word)));
        }
    }
    Ok(())
}
