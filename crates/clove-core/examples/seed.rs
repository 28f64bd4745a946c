//! Fills a data folder: `cargo run --release -p clove-core --example seed -- <folder> <n>`.

use std::{error::Error, path::Path, sync::Arc};

use clove_core::{Environment, Todos};

#[allow(dead_code, reason = "shared with the benchmarks, which use more of it")]
#[path = "../benches/sample/mod.rs"]
mod sample;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, count] = arguments.as_slice() else {
        return Err("usage: seed <folder> <number of todos>".into());
    };
    let count: usize = count.parse()?;
    let clove = Arc::new(Todos::open(Path::new(folder), Environment::system())?);
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    runtime.block_on(sample::fill(&clove, count))
}
