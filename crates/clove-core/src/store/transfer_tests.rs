use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use tempfile::TempDir;
use tokio::sync::watch;

use crate::{
    clock::{Clock, Millis},
    environment::Environment,
    error::OpenError,
    store::{Database, Folder},
    todos::Todos,
    view::{Filter, Sort},
};

/// A clock that has gone on by a second whenever it is looked at: what is done later is later, however
/// fast the machine is.
struct Steps(AtomicI64);

impl Clock for Steps {
    fn now(&self) -> Millis {
        Millis::clamped(self.0.fetch_add(1_000, Ordering::Relaxed))
    }
}

struct Scene {
    clock: Arc<Steps>,
    held: Arc<Folder>,
    published: watch::Sender<u64>,
    folder: TempDir,
}

impl Scene {
    fn new() -> Self {
        let folder = TempDir::new().expect("a folder");
        let held = Arc::new(Folder::hold(folder.path()).expect("the folder is fine"));
        let clock = Arc::new(Steps(AtomicI64::new(1_800_000_000_000)));
        Self { clock, held, published: watch::Sender::default(), folder }
    }

    fn try_open(&self, database: &Database) -> Result<Todos, OpenError> {
        let published = self.published.clone();
        let environment = Environment { clock: self.clock.clone(), ..Environment::system() };
        Todos::open_database(self.held.clone(), database, environment, published)
    }

    /// What a crash between the two transactions of a move leaves behind: the todos, in both databases.
    async fn move_cut_short(&self, from: Todos, into: &Todos) {
        drop(from);
        let file = self.folder.path().join("this-device.db");
        let before = std::fs::read(&file).expect("the device's database");
        let from = self.open(&Database::ThisDevice);
        from.move_into(into).await.expect("they move");
        drop(from);
        std::fs::write(file, before).expect("it is as it was");
    }

    fn open(&self, database: &Database) -> Todos {
        self.try_open(database).expect("the database opens")
    }
}

fn account(name: &str) -> Database {
    Database::Account(format!("https://example.convex.cloud\n{name}"))
}

async fn titles(todos: &Todos, filter: Filter) -> Vec<String> {
    let window = todos.list(filter, Sort::Oldest, 0, 100).await.expect("the list is read");
    window.rows.into_iter().map(|row| row.title).collect()
}

#[tokio::test]
async fn todos_move_with_their_history_and_can_be_found() {
    let scene = Scene::new();
    let (device, ada) = (scene.open(&Database::ThisDevice), scene.open(&account("ada")));
    ada.add("hers", None).await.expect("an add");
    let milk = device.add("milk", None).await.expect("an add").todos[0].id;
    device.rename(milk, "oat milk").await.expect("a rename");
    let gone = device.add("gone", None).await.expect("an add").todos[0].id;
    device.delete(vec![gone]).await.expect("a deletion");
    let before = device.history(milk).await.expect("a history");

    device.move_into(&ada).await.expect("they move");
    assert_eq!(titles(&ada, Filter::All).await, ["hers", "oat milk"]);
    assert_eq!(titles(&ada, Filter::Deleted).await, ["gone"], "deleted ones move too");
    let after = ada.history(milk).await.expect("a history");
    let values = |entries: &[crate::view::HistoryEntry]| {
        entries.iter().map(|e| (e.old.clone(), e.new.clone(), e.at)).collect::<Vec<_>>()
    };
    assert_eq!(values(&after), values(&before), "the history moves as it was");
    let found = ada.search("oat", Filter::All, 0, 10).await.expect("a search");
    assert_eq!(found.total, 1, "the index knows them");
    let oldest = after.last().expect("it was made");
    ada.restore_entry(oldest.seq).await.expect("an earlier value comes back");
    assert_eq!(ada.unsynced_count().await.expect("a count"), 3, "the server has seen none");

    assert_eq!(device.counts(), crate::view::Counts::default(), "nothing is left behind");
    let found = device.search("oat", Filter::All, 0, 10).await.expect("a search");
    assert_eq!(found.total, 0, "nor in the index");
    device.add("oat flakes", None).await.expect("the device goes on");
    let found = device.search("oat", Filter::All, 0, 10).await.expect("a search");
    assert_eq!(found.total, 1);
}

#[tokio::test]
async fn a_move_that_a_crash_cut_short_is_made_again() {
    let scene = Scene::new();
    let (device, ada) = (scene.open(&Database::ThisDevice), scene.open(&account("ada")));
    let milk = device.add("milk", None).await.expect("an add").todos[0].id;
    scene.move_cut_short(device, &ada).await;
    ada.rename(milk, "oat milk").await.expect("an edit in between");

    let device = scene.open(&Database::ThisDevice);
    device.move_into(&ada).await.expect("they move again");
    assert_eq!(titles(&ada, Filter::All).await, ["oat milk"], "the later edit stands");
    let history = ada.history(milk).await.expect("a history");
    assert_eq!(history.len(), 2, "no entry came twice");
    assert_eq!(device.counts().active, 0);
}

#[tokio::test]
async fn nothing_is_lost_of_what_was_edited_in_both_places_after_a_move_was_cut_short() {
    let scene = Scene::new();
    let (device, ada) = (scene.open(&Database::ThisDevice), scene.open(&account("ada")));
    let milk = device.add("milk", Some("two")).await.expect("an add").todos[0].id;
    scene.move_cut_short(device, &ada).await;
    ada.rename(milk, "soy milk").await.expect("an edit of the account's");
    let device = scene.open(&Database::ThisDevice);
    device.rename(milk, "oat milk").await.expect("an edit of the device's");
    device.rename(milk, "rice milk").await.expect("another");
    device.describe(milk, Some("three")).await.expect("another");
    ada.describe(milk, Some("four")).await.expect("a later one of the account's");
    ada.describe(milk, Some("five")).await.expect("the latest");

    scene.move_cut_short(device, &ada).await;
    assert_eq!(titles(&ada, Filter::All).await, ["rice milk"], "the later edit stands");
    let history = ada.history(milk).await.expect("a history");
    let replaced = |text: &str| history.iter().filter(|entry| entry.old == text).count();
    for text in ["soy milk", "oat milk", "three", "four"] {
        assert_eq!(replaced(text), 1, "{text} can be restored: {history:?}");
    }
    assert!(replaced("milk") > 0 && replaced("two") > 0, "so can what was there first");
    let before = history.len();
    let device = scene.open(&Database::ThisDevice);
    device.move_into(&ada).await.expect("they move for the third time");
    let again = ada.history(milk).await.expect("a history");
    assert_eq!(again.len(), before, "moved again, nothing is new");
}

#[tokio::test]
async fn each_account_has_a_database_of_its_own() {
    let scene = Scene::new();
    let (ada, bob) = (scene.open(&account("ada")), scene.open(&account("bob")));
    ada.add("hers", None).await.expect("an add");
    assert!(titles(&bob, Filter::All).await.is_empty());
    drop(ada);
    assert_eq!(titles(&scene.open(&account("ada")), Filter::All).await, ["hers"]);
}

#[tokio::test]
async fn the_todos_of_another_account_are_left_alone() {
    let scene = Scene::new();
    drop(scene.open(&account("ada")));
    drop(scene.open(&Database::ThisDevice));
    let file = |start: &str| {
        let entries = std::fs::read_dir(scene.folder.path()).expect("the folder");
        let names = entries.map(|entry| entry.expect("an entry").path());
        names
            .filter(|path| path.extension().is_some_and(|ending| ending == "db"))
            .find(|path| path.file_name().is_some_and(|n| n.to_string_lossy().starts_with(start)))
            .expect("the database")
    };
    std::fs::copy(file("account-"), file("this-device")).expect("a copy");
    let before = std::fs::read(file("this-device")).expect("the file");
    let error = scene.try_open(&Database::ThisDevice).err().expect("it is refused");
    assert!(matches!(error, OpenError::OtherAccount { .. }), "{error}");
    assert_eq!(std::fs::read(file("this-device")).expect("the file"), before);
}

#[tokio::test]
async fn what_moved_is_not_found_in_what_it_left_behind() {
    let scene = Scene::new();
    let from = scene.open(&Database::ThisDevice);
    for number in 0..200 {
        from.add(&format!("moved away {number}"), None).await.expect("an add");
    }
    let into = scene.open(&Database::Account("ada".to_owned()));
    from.move_into(&into).await.expect("they move");
    drop(from);
    let file = std::fs::read(scene.folder.path().join("this-device.db")).expect("the file");
    let found = file.windows(10).filter(|bytes| bytes == b"moved away").count();
    assert_eq!(found, 0, "a repair has nothing to bring back");
}
