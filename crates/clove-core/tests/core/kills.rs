//! The process is killed in the middle of edits, again and again: what was acknowledged is there.

use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader},
    path::Path,
    process::Command,
    time::Duration,
};

use clove_core::{
    Environment, Todos,
    view::{Filter, TodoRow},
};
use serde::{Deserialize, Serialize};
use tempfile::TempDir;

use crate::{
    process::{child, folder, said, say},
    support::{Seeded, rows, wait},
};

const KILLS: u64 = 60;
/// How many edit at once. Each has one edit in flight, on todos of its own.
const WORKERS: u64 = 3;

/// A todo's state. `key` is the first word of the title, and stays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Item {
    pub(crate) key: String,
    pub(crate) title: String,
    completed: bool,
    deleted: bool,
}

/// What a worker is about to do, and then has done.
#[derive(Debug, Serialize, Deserialize)]
enum News {
    Trying(u64, Item),
    Saved(u64, Item),
}

pub(crate) type State = BTreeMap<String, Item>;

#[test]
fn every_acknowledged_edit_survives_kills() {
    let folder = TempDir::new().expect("a folder");
    let random = Seeded::new(20);
    let (mut state, mut acknowledged) = (State::new(), 0_usize);
    for round in 0..KILLS {
        let editing = child("kills::child_edits", folder.path(), "");
        let (saved, in_flight) = edit_until_killed(editing, random.below(120));
        acknowledged += saved.len();
        state.extend(saved.into_iter().map(|item| (item.key.clone(), item)));
        let clove = open(folder.path());
        state = check(&clove, &state, &in_flight, round, round + 1 == KILLS);
    }
    assert!(acknowledged > 60, "there were edits to lose: {acknowledged}");
    assert!(state.len() > 50, "the store grew: {} todos", state.len());
}

fn open(folder: &Path) -> Todos {
    Todos::open(folder, Environment::system()).expect("the store opens after a kill")
}

/// Kills a child so long after its first edit. What it was told is on the disk, and what it tried last.
pub(crate) fn edit_until_killed(mut editing: Command, millis: u64) -> (Vec<Item>, Vec<Item>) {
    let mut killed = editing.spawn().expect("a child");
    let mut out = BufReader::new(killed.stdout.take().expect("a pipe"));
    let mut first = String::new();
    while said(first.trim_end()).is_none() {
        first.clear();
        let length = out.read_line(&mut first).expect("the child speaks");
        assert!(length > 0, "the child ended before its first edit");
    }
    std::thread::sleep(Duration::from_millis(millis));
    killed.kill().expect("the child is killed");
    killed.wait().expect("the child is gone");

    let (mut in_flight, mut saved) = (BTreeMap::new(), Vec::new());
    let rest = out.lines().map(|line| line.expect("what it said is text"));
    for line in std::iter::once(first.trim_end().to_owned()).chain(rest) {
        // The last line may be cut off; then it was said to nobody.
        match said(&line).and_then(|text| serde_json::from_str(text).ok()) {
            Some(News::Trying(worker, item)) => {
                in_flight.insert(worker, item);
            }
            Some(News::Saved(worker, item)) => {
                in_flight.remove(&worker);
                saved.push(item);
            }
            None => {}
        }
    }
    (saved, in_flight.into_values().collect())
}

/// Every todo is in its acknowledged state, or in the one that was on its way.
pub(crate) fn check(
    clove: &Todos,
    state: &State,
    in_flight: &[Item],
    round: u64,
    is_last: bool,
) -> State {
    assert_eq!(wait(clove.check()), Ok(None), "kill {round}: the file is sound");
    let there = read(clove);
    for (key, acknowledged) in state {
        let found = there.get(key);
        let is_there = found == Some(acknowledged) || in_flight.iter().any(|i| Some(i) == found);
        assert!(is_there, "kill {round}: {acknowledged:?} was acknowledged, {found:?} is there");
    }
    for (key, found) in &there {
        let known = state.contains_key(key) || in_flight.contains(found);
        assert!(known, "kill {round}: nobody made {found:?}");
        let touched = state.get(key) != Some(found) || is_last;
        if touched || key.len() % 7 == 0 {
            let filter = if found.deleted { Filter::Deleted } else { Filter::All };
            let hits = wait(clove.search(&found.title, filter, 0, 10)).expect("read");
            let hit = hits.rows.iter().any(|row| row.title == found.title);
            assert!(hit, "kill {round}: {found:?} is found by its title");
        }
    }
    there
}

fn read(clove: &Todos) -> State {
    let all = [Filter::All, Filter::Deleted].into_iter().flat_map(|filter| rows(clove, filter));
    let items = all.map(|row| item(&row)).filter(|item| item.key.starts_with('w'));
    items.map(|item| (item.key.clone(), item)).collect()
}

pub(crate) fn item(row: &TodoRow) -> Item {
    let key = row.title.split(' ').next().unwrap_or_default().to_owned();
    let (title, completed) = (row.title.clone(), row.completed);
    Item { key, title, completed, deleted: row.deleted_at.is_some() }
}

#[test]
#[ignore = "other tests run it in a process of its own"]
fn child_edits() {
    let Some(folder) = folder() else { return };
    let clove = Todos::open(&folder, Environment::system()).expect("the store opens");
    wait(all_edit_for_ever(&clove));
}

/// Every todo of theirs has a title that begins with "w".
pub(crate) async fn all_edit_for_ever(clove: &Todos) {
    let workers = (0..WORKERS).map(|worker| edit_for_ever(clove, worker));
    let mut workers: Vec<_> = workers.map(Box::pin).collect();
    // Polling all of them in turn lets their writes share commits.
    std::future::poll_fn(|context| {
        workers.iter_mut().for_each(|worker| assert!(worker.as_mut().poll(context).is_pending()));
        std::task::Poll::<()>::Pending
    })
    .await;
}

async fn edit_for_ever(clove: &Todos, worker: u64) {
    let list = |filter| clove.list(filter, clove_core::view::Sort::Newest, 0, 1_000_000);
    let mut own = list(Filter::All).await.expect("read").rows;
    own.extend(list(Filter::Deleted).await.expect("read").rows);
    let prefix = format!("w{worker}n");
    own.retain(|row| row.title.starts_with(&prefix));
    let random = Seeded::new(u64::try_from(own.len()).unwrap_or_default() * WORKERS + worker);
    for turn in 0_u64.. {
        let index = usize::try_from(random.below(own.len().max(1) as u64)).unwrap_or_default();
        let edit = if own.is_empty() { 0 } else { random.below(6) };
        if edit < 2 {
            let title = format!("{prefix}{} made", own.len());
            trying(
                worker,
                &Item {
                    key: String::new(),
                    title: title.clone(),
                    completed: false,
                    deleted: false,
                },
            );
            let row = clove.add(&title, None).await.expect("saved").todos.remove(0);
            saved(worker, &row);
            own.push(row);
            continue;
        }
        let row = own[index].clone();
        let (id, mut next) = (row.id, item(&row));
        let edited = match edit {
            2 => {
                next.title = format!("{} renamed {turn}", next.key);
                next.deleted = false;
                trying(worker, &next);
                clove.rename(id, &next.title).await
            }
            3 | 4 => {
                next.completed = !next.completed;
                next.deleted = false;
                trying(worker, &next);
                clove.set_completed(vec![id], next.completed).await
            }
            _ => {
                next.deleted = !next.deleted;
                trying(worker, &next);
                let ids = vec![id];
                if next.deleted { clove.delete(ids).await } else { clove.restore(ids).await }
            }
        };
        own[index] = edited.expect("saved").todos.remove(0);
        saved(worker, &own[index]);
    }
}

fn trying(worker: u64, next: &Item) {
    let key = next.title.split(' ').next().unwrap_or_default().to_owned();
    let news = News::Trying(worker, Item { key, ..next.clone() });
    say(&serde_json::to_string(&news).expect("news are JSON"));
}

pub(crate) fn saved(worker: u64, row: &TodoRow) {
    say(&serde_json::to_string(&News::Saved(worker, item(row))).expect("news are JSON"));
}
