//! Scenarios that somebody thought of. Each begins at [`START`], with two users that are new.

use serde_json::{Value, json};

use super::{
    bounds,
    step::{DAY, MADE, START, Step, Step::*, Values, edited, id, row},
};

pub(super) const ADA: usize = 0;
const BOB: usize = 1;

/// What the server may refuse, and these scenarios have it refuse. Half of a character is no JSON here.
pub(super) const CODES: &[&str] = &[
    "badClientId",
    "badCursor",
    "badLimit",
    "badRow",
    "badStamp",
    "controlCharacter",
    "deferred",
    "descriptionTooLong",
    "farFuture",
    "notFound",
    "staleEpoch",
    "titleEmpty",
    "titleTooLong",
    "tooLarge",
    "tooManyRows",
    "unknownField",
    "unknownUser",
];

pub(super) fn all() -> Vec<(&'static str, Vec<Step>)> {
    vec![
        ("first calls", first_calls()),
        ("cursors and pages", cursors()),
        ("later wins, and the greater of two at once", ties()),
        ("deleted and revived", deletions()),
        ("a fast clock", fast_clock()),
        ("tombstones", tombstones()),
        ("texts", bounds::texts()),
        ("rows that are none", bounds::bad_rows()),
        ("a todo twice in a push", bounds::twice()),
        ("the newest rows", tails()),
        ("too much at once", bounds::too_much()),
        ("more than a push may meet", bounds::deferred()),
        ("another client", another_client()),
        ("a backup was restored", backup()),
        ("the same ids", same_ids()),
    ]
}

fn milk(at: i64) -> Value {
    row(&id(1), "milk", START + at)
}

pub(super) fn pull(user: usize, since: i64, limit: usize) -> Step {
    Pull { user, stale: false, since, limit }
}

pub(super) fn create(user: usize, title: &str, description: &str) -> Step {
    Create { user, title: title.to_owned(), description: description.to_owned() }
}

pub(super) fn edit(user: usize, made: usize, values: Values) -> Step {
    Edit { user, owner: user, made, values }
}

fn first_calls() -> Vec<Step> {
    vec![
        Head(ADA),
        Tail(ADA),
        pull(ADA, 0, 500),
        Lists(ADA),
        Push(ADA, vec![]),
        Push(ADA, vec![row("no id", "milk", START)]),
        Head(ADA),
        Push(ADA, vec![milk(0)]),
        Head(ADA),
        Tail(ADA),
        Hello(ADA),
        Hello(ADA),
        Tail(ADA),
        pull(ADA, 0, 500),
        create(BOB, "bread", ""),
        Head(BOB),
        Hello(BOB),
        pull(BOB, 0, 500),
    ]
}

fn cursors() -> Vec<Step> {
    let rows = (0..7).map(|number| row(&id(number), "some", START)).collect();
    let mut steps = vec![Hello(ADA), Push(ADA, rows)];
    let cursors = [(0, 3), (3, 3), (6, 3), (7, 3), (0, 7), (0, 6), (8, 3), (9_999, 1), (-1, 3)];
    steps.extend(cursors.map(|(since, limit)| pull(ADA, since, limit)));
    steps.extend([0, 1, 500, 501].map(|limit| pull(ADA, 0, limit)));
    steps.extend([-1, 0, 8].map(|since| Pull { user: ADA, stale: true, since, limit: 500 }));
    // What changes moves to the end; what does not stays.
    steps.push(Push(ADA, vec![row(&id(2), "some", START), row(&id(4), "other", START + 1)]));
    steps.push(pull(ADA, 7, 500));
    steps.push(pull(ADA, 0, 500));
    steps
}

fn tails() -> Vec<Step> {
    let mut steps = vec![Hello(ADA), Hello(BOB), Tail(ADA)];
    for number in [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 3, 9, 0] {
        let at = START + i64::try_from(steps.len()).unwrap_or(0);
        steps.extend([Push(ADA, vec![row(&id(number), "some", at)]), Tail(ADA)]);
    }
    for length in [3_000, 1_000, 2_000, 5_400, 10, 5_600, 10] {
        let long =
            edited(row(&id(length), "long", START), "description", "字".repeat(length), START);
        steps.extend([Push(ADA, vec![long]), Tail(ADA)]);
    }
    steps.extend([create(ADA, "bread", ""), Tail(ADA), ReplaceEpochs, Tail(ADA), Tail(BOB)]);
    steps
}

fn ties() -> Vec<Step> {
    let titles = ["b", "a", "b", "\u{ff5e}", "\u{1f600}", "\u{e000}", "\u{1f600} z"];
    let mut steps = vec![Hello(ADA)];
    steps.extend(titles.map(|title| Push(ADA, vec![row(&id(1), title, START)])));
    for (field, values) in [
        ("description", [json!("text"), json!(null), json!("more")]),
        ("completed", [json!(true), json!(false), json!(true)]),
        ("deletedAt", [json!(7), json!(null), json!(6)]),
    ] {
        for value in values {
            steps.push(Push(ADA, vec![edited(milk(-1), field, value.clone(), START)]));
            steps.push(Push(ADA, vec![edited(milk(-2), field, value, START - 1)]));
        }
    }
    // createdAt is the least, and never in the future.
    steps.push(Push(ADA, vec![milk(-5)]));
    steps.push(Push(ADA, vec![row(&id(2), "new", START + 3_000)]));
    steps
}

fn deletions() -> Vec<Step> {
    let deleted = edited(milk(0), "deletedAt", START + 10, START + 10);
    vec![
        Hello(ADA),
        Push(ADA, vec![milk(0)]),
        Push(ADA, vec![deleted.clone()]),
        Lists(ADA),
        Push(ADA, vec![edited(milk(0), "title", "kept", START + 10)]),
        Lists(ADA),
        Push(ADA, vec![edited(milk(0), "title", "revived", START + 11)]),
        Lists(ADA),
        Push(ADA, vec![deleted]),
        Push(ADA, vec![edited(milk(0), "completed", true, START + 12)]),
        Lists(ADA),
        pull(ADA, 0, 500),
    ]
}

fn fast_clock() -> Vec<Step> {
    let hour = 3_600_000;
    let ahead = row(&id(1), "ahead", START + hour);
    let deleted = edited(ahead.clone(), "deletedAt", START + hour + 9, START + hour + 9);
    let mut steps = vec![Hello(ADA)];
    for at in [4_999, 5_000, 5_001, 6_000] {
        steps.push(Push(ADA, vec![row(&id(9), "at the edge", START + at)]));
    }
    steps.extend([
        // All of a batch go back by the same, rows that are not ahead and rejected ones apart.
        Push(ADA, vec![ahead.clone(), milk(hour - 10), row(&id(2), "old", START)]),
        Push(ADA, vec![row(&id(3), " ", START + 2 * hour), row(&id(4), "fine", START + 1)]),
        // The same comes again, later, and alone.
        Wait(60_000),
        Push(ADA, vec![ahead.clone()]),
        Push(ADA, vec![deleted.clone()]),
        Wait(60_000),
        Push(ADA, vec![deleted.clone(), row(&id(5), "further", START + 3 * hour)]),
        Push(ADA, vec![edited(deleted, "title", "anew", START + hour + 20)]),
        pull(ADA, 0, 500),
        // A stamp that lost is remembered too.
        Push(ADA, vec![row(&id(6), "here", START + 120_000)]),
        Push(ADA, vec![row(&id(6), "lost", START + hour), row(&id(7), "x", START + 20 * hour)]),
        Wait(hour),
        Push(ADA, vec![row(&id(6), "lost", START + hour)]),
        // One stamp more than are remembered.
    ]);
    let many = |number: i64| row(&id(8), "again", START + (100 + number) * hour);
    for number in (0..9).chain([1, 0, 8]) {
        steps.extend([Wait(1_000), Push(ADA, vec![many(number)])]);
    }
    steps.push(Push(ADA, vec![row(&id(10), "a year", START + 366 * DAY)]));
    steps.push(Push(ADA, vec![row(&id(11), "more", START + 400 * DAY), milk(5)]));
    steps
}

fn tombstones() -> Vec<Step> {
    let with_text = edited(milk(0), "description", "text", START + 1);
    let deleted = edited(with_text.clone(), "deletedAt", START + 2, START + 2);
    let late = START + 100 * DAY;
    vec![
        Hello(ADA),
        Push(ADA, vec![deleted.clone(), row(&id(2), "alive", START)]),
        Wait(90 * DAY + 2),
        Strip,
        pull(ADA, 0, 500),
        Wait(1),
        Strip,
        pull(ADA, 0, 500),
        // An old copy does not bring the texts back, whatever in it is newer.
        Push(ADA, vec![deleted.clone()]),
        Push(ADA, vec![edited(deleted.clone(), "description", "more", START + 2)]),
        Push(ADA, vec![edited(deleted.clone(), "deletedAt", late, late)]),
        Wait(11 * DAY),
        Push(ADA, vec![edited(deleted.clone(), "completed", true, late + 1)]),
        Lists(ADA),
        Push(ADA, vec![edited(with_text, "title", "revived", late + 2)]),
        pull(ADA, 0, 500),
        // Deleted again, its texts go again, 90 days later.
        Push(ADA, vec![edited(deleted.clone(), "deletedAt", late, late + 3)]),
        Wait(91 * DAY),
        Strip,
        Push(ADA, vec![edited(deleted, "deletedAt", Value::Null, late + 4)]),
        pull(ADA, 0, 500),
    ]
}

fn another_client() -> Vec<Step> {
    let made = |title: &str, at| row(&format!("{MADE}0"), title, START + at);
    let done = || Values(None, None, Some(true));
    vec![
        create(ADA, "milk", "two"),
        Edit { user: BOB, owner: ADA, made: 0, values: done() },
        Delete { user: BOB, owner: ADA, made: 0 },
        edit(ADA, 0, Values::default()),
        edit(ADA, 0, Values(Some("milk ".to_owned()), Some("two".to_owned()), Some(false))),
        edit(ADA, 0, done()),
        edit(ADA, 0, Values(Some("oat milk".to_owned()), Some(" ".to_owned()), Some(false))),
        edit(ADA, 0, Values(Some(" ".to_owned()), None, None)),
        pull(ADA, 0, 500),
        Hello(ADA),
        Push(ADA, vec![edited(made("milk", -1), "completed", true, START + 4_000)]),
        edit(ADA, 0, Values(None, None, Some(false))),
        // A device whose clock runs fast, then the other client, then the device again.
        Push(ADA, vec![edited(made("milk", -1), "title", "fast", START + 3_600_000)]),
        Wait(10_000),
        edit(ADA, 0, Values(Some("slow".to_owned()), None, None)),
        Push(ADA, vec![edited(made("milk", -1), "title", "fast", START + 3_600_000)]),
        Delete { user: ADA, owner: ADA, made: 0 },
        Delete { user: ADA, owner: ADA, made: 0 },
        edit(ADA, 0, done()),
        Lists(ADA),
        Wait(1_000),
        Push(ADA, vec![edited(made("milk", -1), "title", "revived", START + 11_000)]),
        Delete { user: ADA, owner: ADA, made: 0 },
        Wait(91 * DAY),
        Strip,
        edit(ADA, 0, done()),
        pull(ADA, 0, 500),
    ]
}

fn backup() -> Vec<Step> {
    let stale = |since| Pull { user: ADA, stale: true, since, limit: 500 };
    vec![
        ReplaceEpochs,
        Hello(ADA),
        Push(ADA, vec![milk(0)]),
        ReplaceEpochs,
        stale(0),
        pull(ADA, 0, 500),
        Head(ADA),
        Hello(ADA),
        Push(ADA, vec![edited(milk(0), "title", "more", START + 1)]),
        pull(ADA, 1, 500),
        Head(BOB),
    ]
}

fn same_ids() -> Vec<Step> {
    vec![
        Hello(ADA),
        Hello(BOB),
        Push(ADA, vec![row(&id(1), "hers", START), row(&id(2), "hers", START)]),
        Push(BOB, vec![row(&id(1), "his", START + 1)]),
        Push(ADA, vec![row(&id(1), "still hers", START + 2)]),
        pull(ADA, 0, 500),
        pull(BOB, 0, 500),
        pull(BOB, 1, 500),
    ]
}
