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

/// A page in which a row of a megabyte begins at many bytes, and goes on in a ring of one page.
#[test]
fn a_crafted_file_costs_no_more_than_a_multiple_of_its_length() {
    let length = ROW_MAX - 3;
    // Its length, its number, how long its header is, three columns of nothing, and a text.
    let varint = |n: usize| [n >> 14 | 0x80, (n >> 7 & 0x7f) | 0x80, n & 0x7f].map(|b| b as u8);
    let body = length - 7;
    let mut cell = varint(length).to_vec();
    cell.extend([1, 7, 0, 0, 0]);
    cell.extend(varint(body * 2 + 13).iter().copied());
    let page: Vec<u8> = cell.iter().copied().cycle().take(PAGE).collect();
    let mut ring = 2_u32.to_be_bytes().to_vec();
    ring.resize(PAGE, b'x');
    let mut database: Vec<u8> = [page.clone(), ring].concat();
    // Wherever a row goes on, it goes on in the ring.
    let next = local_length(length);
    let starts = (0..PAGE).step_by(cell.len());
    for at in starts.map(|at| at + 4 + next).filter(|at| at + 4 <= PAGE) {
        database[at..at + 4].copy_from_slice(&2_u32.to_be_bytes());
    }
    let unbounded = Cell::new(usize::MAX);
    let image = Image { database: &database, log: HashMap::new(), left: &unbounded };
    let mut rows = Vec::new();
    image.carve_page(1, &(4..=4), &mut rows);
    assert!(rows.len() > 50, "the file is crafted well: {} rows", rows.len());
    let bytes = |rows: &[Row]| -> usize {
        let text = |row: &Row| match &row.values[3] {
            Value::Text(text) => text.len(),
            _ => 0,
        };
        rows.iter().map(text).sum()
    };
    assert!(bytes(&rows) > database.len() * 1_000, "it would fill the memory");
    let rows = carve(&database, b"", &(4..=4));
    assert!(bytes(&rows) <= database.len() * READ_MAX, "no more is believed than can be true");
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
    fn a_damaged_file_and_log_are_read_without_a_fall(
        places in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..200),
        ends in (any::<prop::sample::Index>(), any::<prop::sample::Index>()),
    ) {
        let scene = Scene::new(&[60, 5_000, 60]);
        let (mut database, mut log) = (scene.file(""), scene.file("-wal"));
        for (place, byte) in &places {
            let at = place.index(database.len() + log.len());
            let (file, at) = match at.checked_sub(database.len()) {
                Some(at) => (&mut log, at),
                None => (&mut database, at),
            };
            file[at] = *byte;
        }
        database.truncate(ends.0.index(database.len() + 1));
        log.truncate(ends.1.index(log.len() + 1));
        let rows = carve(&database, &log, &(1..=9));
        prop_assert!(rows.iter().all(|row| (1..=9).contains(&row.values.len())));
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
