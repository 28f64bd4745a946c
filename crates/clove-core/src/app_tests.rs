use tempfile::TempDir;

use super::*;
use crate::account::MemoryVault;

/// Nobody is signed in, and nobody could: there is no connection.
fn clove(folder: &TempDir) -> Clove {
    let http = Arc::new(crate::http::SystemHttp::default());
    let outside = Outside { http, vault: Arc::new(MemoryVault::default()) };
    Clove::open(folder.path(), Environment::system(), outside, None).expect("Clove opens")
}

fn databases(folder: &TempDir) -> usize {
    let entries = std::fs::read_dir(folder.path()).expect("the data folder");
    let names = entries.map(|entry| entry.expect("an entry").file_name());
    names.filter(|name| name.to_string_lossy().starts_with("account-")).count()
}

#[tokio::test]
async fn an_edit_that_comes_in_during_the_export_keeps_the_database() {
    let folder = TempDir::new().expect("a folder");
    let clove = clove(&folder);
    let account = Database::Account("https://example.convex.cloud\nada".to_owned());
    let todos = clove.open_database(account.clone()).await.expect("it opens");
    todos.add("first", None).await.expect("an add");
    let exported = todos.unsynced().await.expect("they are read");
    todos.add("second", None).await.expect("an add");
    clove.remove(todos, Some(exported)).await;
    assert!(databases(&folder) > 0, "the second todo is nowhere else");

    let todos = clove.open_database(account).await.expect("it opens");
    let all = todos.unsynced().await.expect("they are read");
    assert_eq!(all.len(), 2);
    clove.remove(todos, Some(all)).await;
    assert_eq!(databases(&folder), 0, "all of it is in the file");
}

#[tokio::test]
async fn todos_that_are_in_use_are_removed_once_they_are_not() {
    let folder = TempDir::new().expect("a folder");
    let clove = clove(&folder);
    let account = Database::Account("https://example.convex.cloud\nada".to_owned());
    let todos = clove.open_database(account).await.expect("it opens");
    let command = todos.clone();
    let ((), ()) = tokio::join!(clove.remove(todos, None), async move {
        command.add("late", None).await.expect("a command that was under way is done");
    });
    assert_eq!(databases(&folder), 0);
}

#[tokio::test]
async fn the_todos_of_nobody_are_never_removed() {
    let folder = TempDir::new().expect("a folder");
    let clove = clove(&folder);
    clove.todos().add("mine", None).await.expect("an add");
    clove.sign_out(SignOutChoice::Discard, folder.path()).await.expect("nobody is signed in");
    assert_eq!(clove.todos().counts().active, 1);
}
