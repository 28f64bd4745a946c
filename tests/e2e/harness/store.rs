//! The data folder, looked at while no Clove has it open.

use std::{path::Path, sync::Arc};

use clove_core::{
    Environment, Todos,
    view::{Filter, Sort, TodoRow},
};
use tokio::runtime::{Builder, Runtime};

/// What a data folder held.
pub(crate) struct Contents {
    /// What is wrong with the database, if anything.
    pub(crate) damage: Option<String>,
    /// Every todo that is not deleted.
    pub(crate) todos: Vec<TodoRow>,
}

impl Contents {
    pub(crate) fn titles(&self) -> Vec<&str> {
        self.todos.iter().map(|todo| todo.title.as_str()).collect()
    }
}

/// Reads a data folder as the next start of Clove would, and lets it go.
pub(crate) fn open_store(folder: &Path) -> Contents {
    let clove = Todos::open(folder, Environment::system()).unwrap();
    runtime().block_on(async {
        let damage = clove.check().await.unwrap();
        let all = clove.list(Filter::All, Sort::Newest, 0, usize::MAX).await.unwrap();
        Contents { damage, todos: all.rows }
    })
}

/// Fills a data folder with `count` todos: "Todo 0", "Todo 1" and so on.
pub(crate) fn seed(folder: &Path, count: usize) {
    seed_with(folder, count, |n| format!("Todo {n}"));
}

/// The same with other titles.
pub(crate) fn seed_with(folder: &Path, count: usize, title: fn(usize) -> String) {
    let clove = Arc::new(Todos::open(folder, Environment::system()).unwrap());
    runtime().block_on(async {
        // Written at once, so that many share a transaction.
        for first in (0..count).step_by(1_000) {
            let mut adding = tokio::task::JoinSet::new();
            for n in first..count.min(first + 1_000) {
                let clove = clove.clone();
                adding.spawn(async move { clove.add(&title(n), None).await.map(drop) });
            }
            while let Some(added) = adding.join_next().await {
                added.unwrap().unwrap();
            }
        }
    });
}

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}
