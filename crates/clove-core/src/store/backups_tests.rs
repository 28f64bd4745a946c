use std::{path::Path, sync::Arc};

use tempfile::TempDir;
use tokio::sync::watch;

use super::*;
use crate::{
    clock::Clock,
    environment::Environment,
    random::SystemRandom,
    store::{Database, Folder, Store},
    todos::Todos,
};

const DAY: i64 = 86_400_000;
/// 2023-11-14.
const START: i64 = 1_700_000_000_000;

struct Still;

impl Clock for Still {
    fn now(&self) -> Millis {
        Millis::clamped(START)
    }
}

fn open(folder: &Path) -> Todos {
    let held = Arc::new(Folder::hold(folder).expect("the folder is fine"));
    let environment = Environment { clock: Arc::new(Still), random: Arc::new(SystemRandom) };
    let published = watch::Sender::default();
    Todos::open_database(held, &Database::ThisDevice, environment, published).expect("it opens")
}

async fn back_up(store: &Store, days: i64) -> Result<(), Error> {
    store.back_up(Millis::clamped(START + days * DAY)).await
}

fn names(folder: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder.join("backups")) else { return Vec::new() };
    let name = |entry: fs::DirEntry| entry.file_name().to_string_lossy().into_owned();
    let mut names: Vec<_> = entries.map(|entry| name(entry.expect("an entry"))).collect();
    names.sort();
    names
}

fn titles(copy: &Path) -> Vec<String> {
    let copy = connection::open(copy, Mode::ReadOnly).expect("the copy is a database");
    let mut titles = copy.prepare("SELECT title FROM todos ORDER BY seq").expect("its table");
    let titles = titles.query_map([], |row| row.get(0)).expect("its rows");
    titles.collect::<Result<_, _>>().expect("its titles")
}

#[tokio::test]
async fn there_is_one_a_day_and_seven_are_kept() {
    let folder = TempDir::new().expect("a folder");
    let todos = open(folder.path());
    back_up(todos.store(), 0).await.expect("nothing is due");
    assert_eq!(names(folder.path()), [""; 0], "of nothing there is no backup");

    for day in 0..10 {
        todos.add(&format!("todo {day}"), None).await.expect("an add");
        for _hour in 0..3 {
            back_up(todos.store(), day).await.expect("a backup");
        }
    }
    let kept: Vec<_> = (17..=23).map(|day| format!("this-device-2023-11-{day}.db")).collect();
    assert_eq!(names(folder.path()), kept, "the last seven days");
    let last = folder.path().join("backups").join(&kept[6]);
    assert_eq!(titles(&last).len(), 10, "the last one holds all");
    let files = todos.store().backups(|backups| backups).await.expect("they are listed");
    assert_eq!(
        files.iter().map(count).collect::<Vec<_>>(),
        (4..=10).rev().map(Some).collect::<Vec<_>>()
    );
    #[cfg(unix)]
    for (path, mode) in [(last.parent().expect("a folder"), 0o700), (&*last, 0o600)] {
        use std::os::unix::fs::PermissionsExt;
        let is = fs::metadata(path).expect("it is there").permissions().mode();
        assert_eq!(is & 0o777, mode, "{}", path.display());
    }
}

#[tokio::test]
async fn a_backup_is_one_file_that_holds_what_was_committed() {
    let folder = TempDir::new().expect("a folder");
    let todos = open(folder.path());
    todos.add("in the log alone", None).await.expect("an add");
    back_up(todos.store(), 0).await.expect("a backup");
    let copy = folder.path().join("backups/this-device-2023-11-14.db");
    assert_eq!(titles(&copy), ["in the log alone"]);
    assert_eq!(names(folder.path()), ["this-device-2023-11-14.db"], "reading it leaves no log");
}

#[tokio::test]
async fn each_kind_and_each_database_has_its_own() {
    let folder = TempDir::new().expect("a folder");
    let todos = open(folder.path());
    todos.add("a", None).await.expect("an add");
    let others = [
        "this-device-before-migration-from-1.db",
        "account-00-2020-01-01.db",
        "this-device-2020-01-01.db.bak",
        "this-device-holiday.db",
    ];
    fs::create_dir(folder.path().join("backups")).expect("a folder");
    for name in others {
        fs::write(folder.path().join("backups").join(name), "precious").expect("a file");
    }
    for moment in 0..9 {
        todos.store().keep_copy(Occasion::Deletions(moment)).await.expect("a copy");
    }
    for day in 0..9 {
        back_up(todos.store(), day).await.expect("a backup");
    }
    let names = names(folder.path());
    for name in others {
        assert!(names.iter().any(|there| there == name), "{name} is as it was");
    }
    let count = |part: &str| names.iter().filter(|name| name.contains(part)).count();
    assert_eq!(count("this-device-2023"), 7, "{names:?}");
    assert_eq!(count("before-deletions"), 7, "{names:?}");
    assert_eq!(count("before-deletions-0"), 0, "the oldest went: {names:?}");
}

#[tokio::test]
async fn old_ones_stay_until_the_new_one_is_sound() {
    let folder = TempDir::new().expect("a folder");
    let todos = open(folder.path());
    todos.add("a", None).await.expect("an add");
    for day in 0..7 {
        back_up(todos.store(), day).await.expect("a backup");
    }
    let before = names(folder.path());
    // A folder in the place of the file that is written first.
    let partial = folder.path().join("backups/this-device-2023-11-21.db.part");
    fs::create_dir(&partial).expect("a folder");
    back_up(todos.store(), 7).await.expect_err("it cannot be made");
    fs::remove_dir(&partial).expect("the folder");
    assert_eq!(names(folder.path()), before, "nothing went");
    back_up(todos.store(), 7).await.expect("now it can");
    assert_eq!(names(folder.path()).len(), 7, "and the oldest went");
}

#[tokio::test]
async fn a_database_that_can_only_be_read_is_not_backed_up() {
    let folder = TempDir::new().expect("a folder");
    let todos = open(folder.path());
    todos.add("a", None).await.expect("an add");
    drop(todos);
    let path = folder.path().join("this-device.db");
    let newer = connection::open(&path, Mode::ReadWrite).expect("a database");
    newer.pragma_update(None, "user_version", 999).expect("a version");
    drop(newer);
    back_up(open(folder.path()).store(), 0).await.expect("nothing is due");
    assert_eq!(names(folder.path()), [""; 0], "it is a newer Clove's to keep");
}

#[tokio::test]
async fn whoever_discards_a_database_discards_its_backups() {
    let folder = TempDir::new().expect("a folder");
    let todos = open(folder.path());
    todos.add("a", None).await.expect("an add");
    back_up(todos.store(), 0).await.expect("a backup");
    let other = folder.path().join("backups/account-00-2020-01-01.db");
    fs::write(&other, "precious").expect("a file");
    drop(todos);
    let held = Folder::hold(folder.path()).expect("the folder is free");
    held.remove(&Database::ThisDevice).expect("it is removed");
    assert_eq!(names(folder.path()), ["account-00-2020-01-01.db"], "the others' alone are left");
}

#[cfg(unix)]
#[tokio::test]
async fn a_link_in_place_of_the_folder_is_not_followed() {
    let (folder, elsewhere) = (TempDir::new().expect("a"), TempDir::new().expect("b"));
    let todos = open(folder.path());
    todos.add("a", None).await.expect("an add");
    std::os::unix::fs::symlink(elsewhere.path(), folder.path().join("backups")).expect("a link");
    back_up(todos.store(), 0).await.expect_err("it is refused");
    assert_eq!(fs::read_dir(elsewhere.path()).expect("the folder").count(), 0, "nothing is there");
}
