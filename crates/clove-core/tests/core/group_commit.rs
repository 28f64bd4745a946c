//! Many edits at once.

use std::sync::Arc;

use clove_core::view::Filter;
use tempfile::TempDir;
use tokio::task::JoinSet;

use crate::support::{open, rows, wait};

#[test]
fn every_acknowledged_add_of_many_at_once_is_there() {
    let folder = TempDir::new().expect("a folder");
    let clove = Arc::new(open(folder.path()));
    let changes = clove.changes();
    let acknowledged = wait(async {
        let mut adds = JoinSet::new();
        for number in 0..200 {
            let clove = Arc::clone(&clove);
            adds.spawn(async move {
                // One of ten is refused, and must not take its neighbours with it.
                let title = if number % 10 == 0 { String::new() } else { number.to_string() };
                clove.add(&title, None).await
            });
        }
        adds.join_all().await.into_iter().flatten().map(|added| added.todos[0].id)
    });
    let mut acknowledged: Vec<_> = acknowledged.collect();
    acknowledged.sort();
    assert_eq!(acknowledged.len(), 180, "all but the ones without a title");
    assert!(*changes.borrow() >= 1, "the change was announced");
    drop(clove);
    let clove = open(folder.path());
    let mut ids: Vec<_> = rows(&clove, Filter::All).into_iter().map(|row| row.id).collect();
    ids.sort();
    assert_eq!(ids, acknowledged, "what was acknowledged is there, and nothing else");
}

#[test]
fn one_that_fails_inside_the_commit_leaves_the_others() {
    let folder = TempDir::new().expect("a folder");
    let clove = open(folder.path());
    let unknown = "0198c0de-0000-7000-8000-000000000000".parse().expect("an id");
    let (before, failed, after) = wait(async {
        tokio::join!(clove.add("a", None), clove.rename(unknown, "x"), clove.add("b", None))
    });
    assert!(failed.is_err(), "there is no such todo");
    assert!(before.is_ok() && after.is_ok(), "its neighbours are saved");
    assert_eq!(clove.counts().active, 2, "its neighbours are saved");
}

#[test]
fn whoever_hears_of_a_change_finds_it() {
    let folder = TempDir::new().expect("a folder");
    let clove = open(folder.path());
    let mut changes = clove.changes();
    wait(async {
        for number in 1..=50 {
            let listen = async {
                changes.changed().await.expect("the store is open");
                clove.list(Filter::All, clove_core::view::Sort::Newest, 0, 100).await
            };
            let (added, list) = tokio::join!(clove.add("a", None), listen);
            added.expect("the add is saved");
            assert_eq!(list.expect("read").rows.len(), number, "the row comes before the news");
        }
    });
}
