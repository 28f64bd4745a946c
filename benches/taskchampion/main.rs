//! taskchampion doing what `cargo xtask bench sync` has Clove do.
//!
//! Each replica is a file on the disk, and so is the server: no network is between them, and nobody has
//! to be told of a change. `sync` is called the moment there is something to push or to pull.

use std::{
    collections::BTreeMap,
    env,
    error::Error,
    fs,
    path::Path,
    time::{Duration, Instant},
};

use taskchampion::{
    Operations, Replica, Server, ServerConfig, SqliteStorage, TaskData, Uuid, storage::AccessMode,
};
use tempfile::TempDir;

const SIZES: [(&str, usize); 2] = [("1k", 1_000), ("10k", 10_000)];
const ROUNDS: usize = 60;
/// How often an empty replica syncs.
const FIRST_SYNCS: usize = 3;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

#[tokio::main]
async fn main() -> Result<()> {
    let mut figures = Figures::default();
    // On the disk that the build is on; a temporary folder may be in memory.
    let program = env::current_exe()?;
    let disk = program.parent().ok_or("the program is in no folder")?;
    for (name, count) in SIZES {
        let folder = TempDir::new_in(disk)?;
        let at = |part: &str| folder.path().join(part);
        let mut first = Device::open(&at("first"), &at("server")).await?;
        let id = first.fill(count).await?;
        let push = first.sync().await?;
        figures.note(&format!("push of {name} offline edits"), push);

        let mut second = Device::open(&at("second"), &at("server")).await?;
        let mut times = vec![second.sync().await?];
        while times.len() < FIRST_SYNCS {
            second = Device::open(&at(&format!("second-{}", times.len())), &at("server")).await?;
            times.push(second.sync().await?);
        }
        times.sort();
        figures.note(&format!("first sync of {name}"), times[FIRST_SYNCS / 2]);

        let mut times = Vec::new();
        for round in 0..ROUNDS {
            let started = Instant::now();
            first.rename(id, format!("Round {round} of {ROUNDS}")).await?;
            first.sync().await?;
            second.sync().await?;
            times.push(started.elapsed());
        }
        times.sort();
        for (what, percent) in [("least", 0), ("median", 50), ("95th of 100", 95)] {
            let time = times[(ROUNDS - 1) * percent / 100];
            figures.note(&format!("one change at {name}, {what}"), time);
        }
    }
    if let Some(file) = env::var_os("CLOVE_BENCH_FIGURES") {
        let all = serde_json::json!({ "taskchampion": figures.0 });
        fs::write(file, all.to_string())?;
    }
    Ok(())
}

/// Nanoseconds.
#[derive(Default)]
struct Figures(BTreeMap<String, f64>);

impl Figures {
    fn note(&mut self, name: &str, time: Duration) {
        println!("taskchampion, {name}: {:.1} ms", time.as_secs_f64() * 1e3);
        self.0.insert(name.to_owned(), time.as_secs_f64() * 1e9);
    }
}

struct Device {
    replica: Replica<SqliteStorage>,
    server: Box<dyn Server>,
}

impl Device {
    async fn open(folder: &Path, server: &Path) -> Result<Self> {
        let storage = SqliteStorage::new(folder, AccessMode::ReadWrite, true).await?;
        fs::create_dir_all(server)?;
        let server = ServerConfig::Local { server_dir: server.to_owned() }.into_server().await?;
        Ok(Self { replica: Replica::new(storage), server })
    }

    /// Makes so many tasks, and answers the last one's id.
    async fn fill(&mut self, count: usize) -> Result<Uuid> {
        let mut operations = Operations::new();
        let mut last = Uuid::nil();
        for number in 0..count {
            last = Uuid::new_v4();
            let mut task = TaskData::create(last, &mut operations);
            let title = format!("Buy milk and bread before Friday {number}");
            let status = if number % 5 == 2 { "completed" } else { "pending" };
            let fields =
                [("description", title.as_str()), ("status", status), ("entry", "1700000000")];
            for (field, value) in fields {
                task.update(field, Some(value.to_owned()), &mut operations);
            }
        }
        self.replica.commit_operations(operations).await?;
        Ok(last)
    }

    async fn rename(&mut self, id: Uuid, title: String) -> Result<()> {
        let mut operations = Operations::new();
        let task = self.replica.get_task_data(id).await?;
        task.ok_or("the task is gone")?.update("description", Some(title), &mut operations);
        Ok(self.replica.commit_operations(operations).await?)
    }

    async fn sync(&mut self) -> Result<Duration> {
        let started = Instant::now();
        self.replica.sync(&mut self.server, false).await?;
        Ok(started.elapsed())
    }
}
