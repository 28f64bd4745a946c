use proptest::prelude::*;
use rusqlite::Connection;
use tempfile::TempDir;

use super::*;
use crate::store::connection::{self, Mode};

/// A database whose rows have texts of these lengths, and its log, which has the last of them alone.
struct Scene {
    folder: TempDir,
    connection: Connection,
    expected: Vec<Row>,
}

impl Scene {
    fn new(lengths: &[usize]) -> Self {
        let folder = TempDir::new().expect("a folder");
        let connection =
            connection::open(&folder.path().join("a.db"), Mode::ReadWrite).expect("a database");
        connection
            .execute_batch("CREATE TABLE t (n INTEGER PRIMARY KEY, a, b, c, text)")
            .expect("a table");
        let mut scene = Self { folder, connection, expected: Vec::new() };
        lengths.iter().for_each(|length| scene.insert(*length));
        scene.connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)").expect("into the file");
        scene.insert(10_000);
        scene
    }

    fn insert(&mut self, length: usize) {
        let number = i64::try_from(self.expected.len()).expect("a few") * 1_000_003 - 5;
        let text = "é".repeat(length);
        let sql = "INSERT INTO t VALUES (?1, ?2, 0.5, NULL, ?3)";
        self.connection.execute(sql, (number, number, &text)).expect("a row");
        let values = vec![
            Value::Null,
            Value::Integer(number),
            Value::Real(0.5),
            Value::Null,
            Value::Text(text),
        ];
        self.expected.push(Row { rowid: number, values });
    }

    fn file(&self, suffix: &str) -> Vec<u8> {
        std::fs::read(self.folder.path().join(format!("a.db{suffix}"))).expect("a file")
    }
}

fn found(database: &[u8], log: &[u8]) -> Vec<Row> {
    let mut rows = carve(database, log, &(5..=5));
    // The schema is a table of five columns too.
    rows.retain(|row| row.values[0] == Value::Null);
    rows.sort_by_key(|row| row.rowid);
    rows.dedup();
    rows
}

#[test]
fn every_row_of_a_sound_database_is_found() {
    let scene = Scene::new(&[0, 1, 100, 2_029, 2_030, 2_031, 2_040, 4_096, 5_000, 40_000]);
    assert_eq!(found(&scene.file(""), &scene.file("-wal")), scene.expected);
}

#[test]
fn neither_trees_nor_checksums_are_needed() {
    let scene = Scene::new(&[30; 500]);
    let (mut database, mut log) = (scene.file(""), scene.file("-wal"));
    for page in database.chunks_mut(PAGE) {
        page[..8].fill(0xff);
    }
    log[24..32].fill(0);
    log[LOG_HEADER + 16..LOG_HEADER + 24].fill(0);
    let rows = found(&database, &log);
    let lost: Vec<_> = scene.expected.iter().filter(|row| !rows.contains(row)).collect();
    assert_eq!(lost, Vec::<&Row>::new(), "each row is whole");
}

#[test]
fn what_was_never_committed_is_not_read() {
    let mut scene = Scene::new(&[3]);
    scene.connection.execute_batch("PRAGMA cache_size = 1; BEGIN").expect("a transaction");
    let committed = scene.expected.clone();
    (0..400).for_each(|_| scene.insert(500));
    let log = scene.file("-wal");
    assert!(log.len() > 100 * PAGE, "some of it is in the log");
    assert_eq!(found(&scene.file(""), &log), committed);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn any_bytes_are_read_without_a_fall(
        database in prop::collection::vec(any::<u8>(), 0..9_000),
        log in prop::collection::vec(any::<u8>(), 0..9_000),
    ) {
        carve(&database, &log, &(0..=100));
    }

    #[test]
    fn any_damage_leaves_the_other_rows(
        places in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
    ) {
        let scene = Scene::new(&[60; 60]);
        let mut database = scene.file("");
        for (place, byte) in &places {
            let at = place.index(database.len());
            database[at] = *byte;
        }
        let found = found(&database, &scene.file("-wal"));
        let left = scene.expected.iter().filter(|row| found.contains(row)).count();
        prop_assert!(left + places.len() >= scene.expected.len(), "a byte is in one row");
    }
}
