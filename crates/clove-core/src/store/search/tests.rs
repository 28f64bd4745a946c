use super::*;
use crate::{
    clock::Millis,
    random::Random,
    store::{Database, Folder, Store, rows},
    text::{Description, Title},
    todo::{FieldValue, Todo, TodoId},
};

struct Counting(std::sync::atomic::AtomicU64);

impl Random for Counting {
    fn fill(&self, bytes: &mut [u8]) {
        let next = self.0.fetch_add(1, std::sync::atomic::Ordering::Relaxed).to_le_bytes();
        bytes.iter_mut().zip(next.iter().cycle()).for_each(|(byte, next)| *byte = *next);
    }
}

/// A store in memory's stead: a real one, in a folder of its own.
struct Scene {
    store: Store,
    random: Counting,
    _folder: tempfile::TempDir,
}

impl Scene {
    fn new() -> Self {
        let folder = tempfile::TempDir::new().expect("a folder");
        let random = Counting(0.into());
        let held = Folder::hold(folder.path()).expect("the folder is fine").into();
        let published = tokio::sync::watch::Sender::default();
        let environment = crate::environment::Environment::system();
        let store =
            Store::open(held, &Database::ThisDevice, &environment, published).expect("a store");
        Self { store, random, _folder: folder }
    }

    fn of(titles: &[&str]) -> Self {
        let scene = Self::new();
        let todos = titles.iter().map(|title| (*title, None, &[][..]));
        scene.add(todos.collect());
        scene
    }

    /// Adds todos, each made a millisecond after the one before, with some values set.
    fn add(&self, todos: Vec<(&str, Option<&str>, &[FieldValue])>) {
        let now = |index| Millis::clamped(1_000 + i64::try_from(index).expect("few"));
        let make = |(index, (title, description, values)): (usize, _)| {
            let (title, description, values): (&str, Option<&str>, &[FieldValue]) =
                (title, description, values);
            let id = TodoId::generate(now(index), &self.random);
            let title = Title::parse(title).expect("a title");
            let description = description.and_then(|d| Description::parse(d).expect("in bounds"));
            let mut todo = Todo::new(id, title, description, now(index));
            values.iter().for_each(|value| todo.set(value.clone(), Millis::clamped(9_999)));
            todo
        };
        let todos: Vec<Todo> = todos.into_iter().enumerate().map(make).collect();
        let write = self
            .store
            .write(move |batch| todos.iter().try_for_each(|todo| rows::insert(batch, todo)));
        wait(write).expect("the todos are written");
    }

    fn results(&self, query: &str, filter: Filter, limit: usize) -> SearchResults {
        let query = Query::parse(query);
        let cancel = Cancel::default();
        let find = move |connection: &Connection| {
            search(connection, &query, filter, 0..limit, &Cancel::default())
        };
        wait(async {
            self.store.index().await;
            self.store.read(cancel, find).await.expect("no query is an error")
        })
    }

    fn titles(&self, query: &str, filter: Filter) -> Vec<String> {
        self.results(query, filter, 1_000).rows.into_iter().map(|row| row.title).collect()
    }
}

fn wait<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().build().expect("a runtime").block_on(future)
}

#[test]
fn words_are_found_by_any_part_in_any_script() {
    let cases = [
        ("Buy groceries", "groc", true, "the beginning of a word"),
        ("Buy groceries", "oceri", true, "the middle of a word"),
        ("Buy groceries", "ies", true, "the end of a word"),
        ("Buy groceries", "groceriez", false, "another word"),
        ("Buy groceries", "groceries buy", true, "words in any order"),
        ("Buy groceries", "groceries milk", false, "every word must be there"),
        ("Buy GROCERIES", "groceries", true, "capitals in the title"),
        ("Buy groceries", "GROC", true, "capitals in the query"),
        ("Café crème", "cafe creme", true, "accents in the title"),
        ("Cafe creme", "café crème", true, "accents in the query"),
        ("Cafe\u{301}", "café", true, "a decomposed accent"),
        ("Zoë", "zo", true, "two letters of a word that has an accent"),
        ("Ölwechsel", "o", true, "one letter, with an accent in the title"),
        ("ΟΔΟΣ", "οδος", true, "Greek capitals have one sigma for two small ones"),
        ("ΟΔΟΣ ΜΟΥ", "σ", true, "a final sigma is a sigma"),
        ("Москва", "моск", true, "Cyrillic"),
        ("İstanbul", "istanbul", true, "a Turkish capital with a dot"),
        ("ＢＵＹ", "buy", true, "full-width letters"),
        ("ﬁsh", "fish", true, "a ligature"),
        ("東京タワーへ行く", "東京", true, "two letters of Chinese or Japanese"),
        ("東京タワーへ行く", "京タ", true, "across what would be words"),
        ("東京タワーへ行く", "タワー", true, "three"),
        ("東京タワーへ行く", "行", true, "one"),
        ("東京タワーへ行く", "大阪", false, "another town"),
        ("がんばる", "がん", true, "a voiced letter"),
        ("がんばる", "かん", false, "which is another letter than the voiceless one"),
        ("한국어 공부", "국어", true, "Korean"),
        ("한국어 공부", "한", true, "one Korean letter"),
        ("شراء الحليب", "الحليب", true, "Arabic"),
        ("شراء الحليب", "حل", true, "two letters of Arabic"),
        ("สวัสดี", "วัส", true, "Thai, with a vowel sign"),
        ("नमस्ते", "स्ते", true, "Devanagari"),
        ("Party 🎉", "🎉", true, "an emoji"),
        ("Melt 🫠", "🫠", true, "an emoji that is newer than the tokenizer's tables"),
        ("Family 👨‍👩‍👧", "👨‍👩‍👧", true, "an emoji of many characters"),
        ("Family 👨‍👩‍👧", "👩", true, "a part of it"),
        ("Love ❤️", "❤️", true, "an emoji with a variation selector"),
        ("a b c", "b", true, "words of one letter"),
        ("x1", "1", true, "a digit at the end of a word"),
    ];
    for (title, query, found, why) in cases {
        let hits = Scene::of(&[title]).titles(query, Filter::All);
        assert_eq!(!hits.is_empty(), found, "{why}: {query:?} in {title:?}");
    }
}

#[test]
fn syntax_is_plain_text() {
    let scene = Scene::of(&[
        "say \"hello\" twice",
        "a*b",
        "cats AND dogs",
        "NEAR(1, 2)",
        "-minus",
        "col:value",
        "50% off",
        "C++ or C#",
        "under_score",
        "\\",
        "(x)",
        "^up",
        "{}",
        "it's",
        "a''b",
        "OR",
    ]);
    let cases: &[(&str, &[&str])] = &[
        ("\"hello\"", &["say \"hello\" twice"]),
        ("\"", &["say \"hello\" twice"]),
        ("\"h", &["say \"hello\" twice"]),
        ("*", &["a*b"]),
        ("a*", &["a*b"]),
        ("a*b", &["a*b"]),
        ("AND", &["cats AND dogs"]),
        ("cats AND", &["cats AND dogs"]),
        ("NEAR(", &["NEAR(1, 2)"]),
        ("NEAR(1", &["NEAR(1, 2)"]),
        ("-", &["-minus"]),
        ("-m", &["-minus"]),
        ("-minus", &["-minus"]),
        ("NOT cats", &[]),
        (":", &["col:value"]),
        ("col:value", &["col:value"]),
        ("title:cats", &[]),
        ("%", &["50% off"]),
        ("0%", &["50% off"]),
        ("C++", &["C++ or C#"]),
        ("c#", &["C++ or C#"]),
        ("_", &["under_score"]),
        ("r_s", &["under_score"]),
        ("\\", &["\\"]),
        ("(x)", &["(x)"]),
        ("(", &["(x)", "NEAR(1, 2)"]),
        ("^up", &["^up"]),
        ("^", &["^up"]),
        ("{}", &["{}"]),
        ("t's", &["it's"]),
        ("''", &["a''b"]),
        ("", &[]),
        (" \t\n", &[]),
        ("\0", &[]),
        ("cats\0dogs", &["cats AND dogs"]),
        ("\0\"", &["say \"hello\" twice"]),
        ("\u{200D}", &[]),
        ("\u{301}", &[]),
    ];
    for (query, titles) in cases {
        assert_eq!(scene.titles(query, Filter::All), *titles, "{query:?} is plain text");
    }
}

#[test]
fn the_better_fit_comes_first() {
    let scene = Scene::new();
    let done = &[FieldValue::Completed(true)];
    scene.add(vec![
        ("Milk", None, done),
        ("milk", None, &[]),
        ("Milk and bread", None, &[]),
        ("Buy milk", None, &[]),
        ("Buttermilk", None, &[]),
        ("Shop", Some("for milk"), &[]),
        ("Buy milk again", None, &[]),
        ("Milkshake", None, done),
    ]);
    let best_first = [
        "milk",
        "Milk",
        "Milk and bread",
        "Milkshake",
        "Buy milk again",
        "Buy milk",
        "Buttermilk",
        "Shop",
    ];
    assert_eq!(scene.titles("milk", Filter::All), best_first, "fit, then open, then newest");
    let newest_first = [
        "Milkshake",
        "Buy milk again",
        "Shop",
        "Buttermilk",
        "Buy milk",
        "Milk and bread",
        "milk",
        "Milk",
    ];
    assert_eq!(scene.titles("mi", Filter::All), newest_first, "two letters are not ranked");
}

#[test]
fn long_and_short_words_are_looked_for_together() {
    let scene = Scene::of(&["Buy milk at 7", "Buy milk at 8", "Sell milk at 7", "7 at"]);
    assert_eq!(scene.titles("milk 7", Filter::All), ["Sell milk at 7", "Buy milk at 7"], "both");
    assert_eq!(scene.titles("7 at", Filter::All).len(), 3, "short ones alone");
    assert_eq!(scene.titles("milk xy", Filter::All), [""; 0], "a short one that is not there");
}

#[test]
fn a_search_keeps_to_its_filter() {
    let scene = Scene::new();
    let deleted = &[FieldValue::DeletedAt(Some(Millis::clamped(9_999)))];
    scene.add(vec![
        ("milk open", None, &[]),
        ("milk done", None, &[FieldValue::Completed(true)]),
        ("milk gone", None, deleted),
    ]);
    let cases: [(Filter, &[&str]); 4] = [
        (Filter::All, &["milk open", "milk done"]),
        (Filter::Active, &["milk open"]),
        (Filter::Completed, &["milk done"]),
        (Filter::Deleted, &["milk gone"]),
    ];
    for (filter, titles) in cases {
        for query in ["milk", "mi"] {
            let mut found = scene.titles(query, filter);
            found.sort_by_key(|title| std::cmp::Reverse(title.clone()));
            assert_eq!(found, titles, "{query} in {filter:?}");
        }
    }
}

#[test]
fn beyond_the_most_hits_there_are_more() {
    let cases = [("milk", RANKED), ("mi", NEWEST), ("m", NEWEST)];
    for (query, most) in cases {
        let scene = Scene::new();
        let titles = |count: usize| vec![("milk", None, &[][..]); count];
        scene.add(titles(most));
        let results = scene.results(query, Filter::All, 50);
        assert_eq!((results.total, results.more), (most, false), "{query}: all, just");
        assert_eq!(results.rows.len(), 50, "{query}: a window of them");
        scene.add(titles(1));
        let results = scene.results(query, Filter::All, 50);
        assert_eq!((results.total, results.more), (most, true), "{query}: one more");
    }
}

#[test]
fn letters_in_another_order_are_no_hit() {
    let cases = [
        ("abcdef", "defabc", "its grams side by side, swapped"),
        ("abcabd", "abcxabd", "its grams with something between"),
        ("abcdefg", "abcdefxefg", "its last gram elsewhere"),
    ];
    for (query, title, why) in cases {
        let scene = Scene::of(&[title]);
        assert_eq!(scene.titles(query, Filter::All), [""; 0], "{why}: {query:?} in {title:?}");
    }
}

#[test]
fn a_superseded_search_ends() {
    let scene = Scene::of(&["milk"]);
    let cancel = Cancel::default();
    cancel.cancel();
    let find = |_: &Connection| Ok(());
    let outcome = wait(scene.store.read(cancel, find));
    assert_eq!(outcome, Err(Error::Superseded), "it does not even begin");
    let cancel = Cancel::default();
    let flag = cancel.clone();
    let endless = move |connection: &Connection| {
        flag.cancel();
        let sql = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)
                   SELECT max(i) FROM n";
        Ok(connection.query_row(sql, [], |row| row.get::<_, i64>(0))?)
    };
    assert_eq!(wait(scene.store.read(cancel, endless)), Err(Error::Superseded), "nor go on");
    assert_eq!(scene.titles("milk", Filter::All), ["milk"], "the next search is none the worse");
}
