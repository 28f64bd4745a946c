use std::sync::Arc;

use tempfile::TempDir;
use tokio::sync::watch;

use super::*;
use crate::{
    store::Folder,
    todos::Todos,
    view::{Filter, Sort},
};

struct Scene {
    folder: TempDir,
    database: Database,
}

impl Scene {
    async fn new(database: Database) -> Self {
        let scene = Self { folder: TempDir::new().expect("a folder"), database };
        let todos = scene.open().expect("it opens");
        for number in 0..3 {
            todos.add(&format!("todo {number}"), None).await.expect("an add");
        }
        scene
    }

    fn open(&self) -> Result<Todos, OpenError> {
        let held = Arc::new(Folder::hold(self.folder.path()).expect("the folder is free"));
        let published = watch::Sender::default();
        Todos::open_database(held, &self.database, Environment::system(), published)
    }

    fn files(&self) -> Files {
        let held = Folder::hold(self.folder.path()).expect("the folder is free");
        held.files(&self.database).expect("no link")
    }

    fn damage(&self) -> Vec<u8> {
        let path = self.files().database;
        let mut bytes = fs::read(&path).expect("the database");
        bytes[..16].fill(b'?');
        fs::write(&path, &bytes).expect("it is damaged");
        bytes
    }

    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.folder.path()).expect("a folder");
        let names = entries.map(|entry| entry.expect("an entry").file_name());
        let mut names: Vec<_> = names.map(|name| name.to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }
}

async fn titles(todos: &Todos) -> Vec<String> {
    let window = todos.list(Filter::All, Sort::Oldest, 0, 100).await.expect("the list is read");
    window.rows.into_iter().map(|row| row.title).collect()
}

const ALL: [&str; 3] = ["todo 0", "todo 1", "todo 2"];

#[tokio::test]
async fn a_person_is_told_once_and_can_look_it_up() {
    let scene = Scene::new(Database::ThisDevice).await;
    let bytes = scene.damage();
    for start in 0..2 {
        let todos = scene.open().expect("it is repaired");
        assert_eq!(titles(&todos).await, ALL);
        let repair = todos.store().repair().await.expect("it is read").expect("it is noted");
        assert_eq!((repair.rescued, repair.from_backup), (3, 0));
        assert_eq!(fs::read(&repair.damaged_file).expect("it is kept"), bytes, "to the byte");
        let told = todos.store().take_untold_repair().await.expect("it is noted");
        assert_eq!(told.is_some(), start == 0, "once");
    }
    assert_eq!(scene.names().len(), 3, "a lock, a database, a damaged one: {:?}", scene.names());
}

#[tokio::test]
async fn a_second_damage_on_one_day_keeps_both_files() {
    let scene = Scene::new(Database::ThisDevice).await;
    for _ in 0..2 {
        scene.damage();
        assert_eq!(titles(&scene.open().expect("it is repaired")).await, ALL);
    }
    let kept = scene.names().into_iter().filter(|name| name.contains(".damaged-"));
    assert_eq!(kept.count(), 2, "{:?}", scene.names());
}

/// Every state that a crash can leave between the end of the making and the end of the moving.
#[tokio::test]
async fn a_repair_that_was_cut_short_is_finished() {
    for moved in 0..=4 {
        let scene = Scene::new(Database::ThisDevice).await;
        scene.damage();
        let files = scene.files();
        fs::write(files.beside("-wal"), "a log").expect("a log");
        let environment = Environment::system();
        let salvaged =
            salvage::salvage(&fs::read(&files.database).expect("it"), b"").expect("read");
        let none = Carried::default();
        let repair = report(&files, &salvaged, &none, &environment);
        make(&files, &scene.database, &environment, &salvaged, &none, &repair).expect("made");
        files.mark_damaged().expect("a mark");
        let aside = PathBuf::from(&repair.damaged_file);
        for suffix in SUFFIXES.iter().take(moved) {
            let _ = fs::rename(files.beside(suffix), folder::with_suffix(&aside, suffix));
        }
        let todos = scene.open().expect("it is finished");
        assert_eq!(titles(&todos).await, ALL, "{moved} moved");
        drop(todos);
        let log = fs::read_to_string(folder::with_suffix(&aside, "-wal")).expect("it is kept");
        assert_eq!(log, "a log", "{moved} moved: the log is with its database");
        assert!(
            !files.damage_mark().exists() && !files.beside(".repaired").exists(),
            "all is done"
        );
    }
}

#[tokio::test]
async fn what_a_crash_left_half_made_is_made_anew() {
    let scene = Scene::new(Database::ThisDevice).await;
    scene.damage();
    fs::write(scene.files().beside(".repaired.part"), "half").expect("a file");
    assert_eq!(titles(&scene.open().expect("it is repaired")).await, ALL);
    assert_eq!(scene.names().len(), 3, "{:?}", scene.names());
}

#[tokio::test]
async fn an_accounts_todos_are_still_its_own_and_all_are_pushed() {
    let account = Database::Account("https://example.convex.cloud\nada".to_owned());
    let scene = Scene::new(account.clone()).await;
    let todos = scene.open().expect("it opens");
    let job = |batch: &mut Batch<'_>| {
        batch.connection.execute("UPDATE todos SET dirty = 0, rev = 7, synced = stamps", [])?;
        meta::set_number(batch.connection, "cursor", 7)
    };
    todos.store().write(job).await.expect("they are synced");
    drop(todos);
    scene.damage();
    let todos = scene.open().expect("it is repaired");
    let position = todos.store().read(Default::default(), super::super::position).await;
    let position = position.expect("it is read");
    assert_eq!((position.cursor, position.unsynced), (0, 3), "nothing is known of the server");
    let known = |connection: &Connection| {
        let sql = "SELECT count(*) FROM todos WHERE synced = stamps";
        Ok(connection.query_row(sql, [], |row| row.get::<_, i64>(0))?)
    };
    let known = todos.store().read(Default::default(), known).await;
    assert_eq!(known, Ok(3), "but what it had seen is no edit of this device");
    let named = |connection: &Connection| {
        let sql = "SELECT value FROM meta WHERE key = 'account'";
        Ok(connection.query_row(sql, [], |row| row.get::<_, String>(0))?)
    };
    let named = todos.store().read(Default::default(), named).await.expect("it is read");
    assert_eq!(Database::Account(named), account);
}

#[tokio::test]
async fn what_is_found_while_it_is_used_is_repaired_at_the_next_start() {
    let scene = Scene::new(Database::ThisDevice).await;
    let todos = scene.open().expect("it opens");
    let spoil = |batch: &mut Batch<'_>| {
        batch.connection.pragma_update(None, "writable_schema", true)?;
        let sql = "UPDATE sqlite_schema SET rootpage = 2 WHERE name = 'history_by_todo'";
        batch.connection.execute(sql, [])?;
        Ok(batch.connection.pragma_update(None, "writable_schema", "RESET")?)
    };
    todos.store().write(spoil).await.expect("it is spoilt");
    assert!(!todos.is_damaged(), "nobody knows yet");
    assert!(todos.check().await.expect("it is read").is_some(), "the check finds it");
    assert!(todos.is_damaged() && scene_mark(&scene).exists(), "from now on it is known");
    drop(todos);
    let todos = scene.open().expect("it is repaired");
    assert_eq!(titles(&todos).await, ALL);
    assert_eq!(todos.check().await, Ok(None), "it is sound");
    assert!(!todos.is_damaged() && !scene_mark(&scene).exists(), "and that is all");
}

fn scene_mark(scene: &Scene) -> PathBuf {
    scene.folder.path().join("this-device.db.damaged")
}

#[tokio::test]
async fn what_cannot_be_repaired_is_left_alone() {
    let scene = Scene::new(Database::ThisDevice).await;
    let files = scene.files();
    let mut bytes = fs::read(&files.database).expect("the database");
    bytes[60..64].copy_from_slice(&999_i32.to_be_bytes());
    bytes[2000..].fill(b'?');
    fs::write(&files.database, &bytes).expect("it is damaged");
    files.mark_damaged().expect("a mark");
    let error = scene.open().err().expect("a newer Clove's is not repaired");
    assert!(matches!(error, OpenError::Damaged { .. }), "{error}");
    assert!(error.to_string().contains("newer"), "{error}");
    assert_eq!(fs::read(&files.database).expect("it is there"), bytes, "as it was");
}
