//! Scenarios of what is not taken, or not at once.

use serde_json::{Value, json};

use super::{
    scenarios::{ADA, create, edit, pull},
    step::{DAY, START, Step, Step::*, Values, edited, id, row},
};

pub(super) fn texts() -> Vec<Step> {
    let titles = [
        "  milk\t",
        "a\r\nb\rc",
        "\u{feff}milk\u{3000}",
        "\u{200b}milk",
        "a\u{7}",
        "\u{85}milk",
        "\n \t",
        "",
        &"😀".repeat(500),
        &"😀".repeat(501),
        &format!(" {} ", "a".repeat(500)),
    ];
    let descriptions =
        ["", " \r\n ", " two\r\nlines ", "\u{0}", &"漢".repeat(10_000), &"漢".repeat(10_001)];
    let mut steps = vec![Hello(ADA)];
    for (number, title) in titles.into_iter().enumerate() {
        steps.push(Push(ADA, vec![row(&id(number), title, START)]));
        steps.push(create(ADA, title, ""));
    }
    for (number, text) in descriptions.into_iter().enumerate() {
        let number = 100 + number;
        steps.push(Push(
            ADA,
            vec![edited(row(&id(number), "x", START), "description", text, START)],
        ));
        steps.push(create(ADA, "x", text));
        steps.push(edit(ADA, 0, Values(None, Some(text.to_owned()), None)));
    }
    steps
}

pub(super) fn bad_rows() -> Vec<Step> {
    let mut rows = vec![json!(null), json!("milk"), json!([]), json!({}), json!({ "stamps": {} })];
    let good = |number: usize| row(&id(number), "good", START);
    let mut number = 0;
    let mut but = |change: &dyn Fn(&mut Value)| {
        number += 1;
        let mut row = good(number);
        change(&mut row);
        row
    };
    for name in
        ["clientId", "createdAt", "title", "description", "completed", "deletedAt", "stamps"]
    {
        for nonsense in
            [json!(null), json!(1.5), json!(-1), json!(true), json!("x"), json!([]), json!({})]
        {
            rows.push(but(&|row| row[name] = nonsense.clone()));
        }
        rows.push(but(&|row| drop(row.as_object_mut().expect("a row").remove(name))));
    }
    for name in ["title", "description", "completed", "deletedAt"] {
        for nonsense in [json!(null), json!(0.5), json!(-1), json!("1"), json!(1_u64 << 53)] {
            rows.push(but(&|row| row["stamps"][name] = nonsense.clone()));
        }
        rows.push(but(&|row| row["stamps"][name] = json!(1.0)));
        rows.push(but(&|row| drop(row["stamps"].as_object_mut().expect("some").remove(name))));
    }
    rows.push(but(&|row| row["colour"] = json!("red")));
    rows.push(but(&|row| row["stamps"]["colour"] = json!(START)));
    rows.push(but(&|row| row["createdAt"] = json!(START + 400 * DAY)));
    rows.push(but(&|row| row["deletedAt"] = json!(START + 400 * DAY)));
    for id in [
        "018BCFE5-6800-7ABC-8DEF-000000000001",
        "018bcfe5-6800-7abc-8def-00000000001",
        "018bcfe5668007abc-8def-000000000001",
        "018bcfe5-6800-7abc-8def-00000000000g",
    ] {
        rows.push(but(&|row| row["clientId"] = json!(id)));
    }
    // Two things are wrong: which is said?
    rows.push(but(&|row| (row["title"], row["createdAt"]) = (json!(""), json!(-1))));
    rows.push(but(&|row| (row["clientId"], row["completed"]) = (json!("x"), json!(1))));
    rows.push(but(&|row| (row["title"], row["description"]) = (json!(" "), json!("\u{0}"))));
    let alone = rows.iter().map(|row| Push(ADA, vec![row.clone()]));
    let together = Push(ADA, rows.iter().cloned().chain([good(0)]).collect());
    [Hello(ADA)].into_iter().chain(alone).chain([together, pull(ADA, 0, 500)]).collect()
}

pub(super) fn twice() -> Vec<Step> {
    let (one, other) = (row(&id(1), "one", START), row(&id(2), "other", START));
    vec![
        Hello(ADA),
        Push(ADA, vec![one.clone(), one.clone()]),
        Push(ADA, vec![one.clone(), other, edited(one.clone(), "title", "newer", START + 1)]),
        pull(ADA, 0, 500),
        Push(ADA, vec![edited(one.clone(), "completed", true, START + 2), one]),
        pull(ADA, 0, 500),
    ]
}

pub(super) fn too_much() -> Vec<Step> {
    let rows = |count| (0..count).map(|number| row(&id(number), "some", START)).collect::<Vec<_>>();
    // JSON of exactly so many bytes: a row's description is made longer until it is.
    let of_bytes = |bytes: usize| {
        let mut rows = rows(60);
        let mut left = bytes - json!(rows).to_string().len();
        for row in &mut rows {
            let length = left.saturating_sub(2).min(9_000);
            // The quotes of a text take two more than the word null has letters less.
            row["description"] =
                if length > 2 { json!("a".repeat(length + 2)) } else { json!(null) };
            left -= if length > 2 { length } else { 0 };
        }
        let short = bytes - json!(rows).to_string().len();
        rows[59]["title"] = json!("a".repeat(4 + short));
        rows
    };
    vec![
        Hello(ADA),
        Push(ADA, rows(201)),
        pull(ADA, 0, 500),
        Push(ADA, rows(200)),
        pull(ADA, 0, 100),
        Push(ADA, of_bytes(256 * 1024 + 1)),
        Push(ADA, of_bytes(256 * 1024)),
        pull(ADA, 0, 500),
    ]
}

pub(super) fn deferred() -> Vec<Step> {
    let long = "漢".repeat(10_000);
    let small = |number, at| row(&id(number), "some", START + at);
    let mut steps = vec![Hello(ADA)];
    for part in 0..10 {
        let rows = (0..8)
            .map(|number| edited(small(part * 8 + number, 0), "description", long.as_str(), START));
        steps.push(Push(ADA, rows.collect()));
    }
    // Their texts are long where they are held, and longer than a page.
    steps.push(pull(ADA, 0, 500));
    let all: Vec<Value> = (0..80).map(|number| small(number, 1)).collect();
    for from in [0, 20, 40, 60] {
        steps.push(Push(ADA, all[from..].to_vec()));
    }
    // The clock of a batch is judged by all of it, reached or not.
    let ahead: Vec<Value> = (0..80).map(|number| small(number, 10_000 * number as i64)).collect();
    steps.push(Push(ADA, ahead.clone()));
    steps.push(Push(ADA, ahead[10..].to_vec()));
    steps.push(pull(ADA, 0, 500));
    steps
}
