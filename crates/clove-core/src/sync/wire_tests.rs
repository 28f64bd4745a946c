use super::*;
use crate::samples;

fn row(rev: i64) -> Value {
    let mut row = push_row(&samples::todo("Buy milk", 10));
    row["rev"] = json!(rev);
    row
}

fn page(rows: &[Value], cursor: i64) -> Value {
    json!({ "rows": rows, "cursor": cursor, "more": false })
}

#[test]
fn a_pushed_row_has_exactly_the_fields_of_the_contract() {
    let todo = samples::todo("Buy milk", 10);
    let expected = json!({
        "clientId": todo.id.to_string(), "createdAt": 10, "title": "Buy milk", "description": null,
        "completed": false, "deletedAt": null,
        "stamps": { "title": 10, "description": 10, "completed": 10, "deletedAt": 10 },
    });
    assert_eq!(push_row(&todo), expected, "the server refuses a field that it does not know");
}

#[test]
fn a_row_comes_back_as_it_was_pushed() {
    let read = parse_page(&page(&[row(7)], 7), 0).expect("a page").rows.remove(0).expect("a row");
    assert_eq!(read.todo(), Some(samples::todo("Buy milk", 10)), "nothing is lost on the wire");
    assert_eq!(read.rev, 7, "it has its rev");
}

#[test]
fn numbers_may_be_written_with_a_point() {
    let mut floating = row(7);
    floating["createdAt"] = json!(10.0);
    floating["rev"] = json!(7.0);
    assert!(
        parse_page(&page(&[floating], 7), 0).expect("a page").rows[0].is_ok(),
        "as Convex does"
    );
}

#[test]
fn a_row_that_breaks_a_bound_does_not_stop_the_good_ones() {
    let spoilt: [(&str, Value); 9] = [
        ("title", json!(7)),
        ("title", json!("x".repeat(501))),
        ("title", json!("")),
        ("title", json!("a\u{7}b")),
        ("description", json!("x".repeat(10_001))),
        ("completed", json!("yes")),
        ("deletedAt", json!(-1)),
        ("createdAt", json!(0.5)),
        ("stamps", json!({ "title": 1 })),
    ];
    for (name, value) in spoilt {
        let mut bad = row(2);
        bad[name] = value.clone();
        let read = parse_page(&page(&[row(1), bad.clone(), row(3)], 3), 0).expect("a page");
        assert!(read.rows[0].is_ok() && read.rows[2].is_ok(), "{name}: the others are read");
        let unread = read.rows[1].clone().expect_err("it is out of bounds");
        assert_eq!(unread.rev, 2, "{name} {value}: it is known which one was not read");
    }
}

#[test]
fn a_page_that_makes_no_sense_says_nothing() {
    let backwards = page(&[row(2), row(1)], 1);
    let known = page(&[row(5)], 5);
    let cursor_ahead = page(&[row(6)], 9);
    let endless = json!({ "rows": [], "cursor": 5, "more": true });
    let no_rev = page(&[json!({ "clientId": 1 })], 6);
    let many = page(&(6..=506).map(row).collect::<Vec<_>>(), 506);
    for answer in [backwards, known, cursor_ahead, endless, no_rev, many, json!(null), json!({})] {
        assert!(parse_page(&answer, 5).is_err(), "no row may be passed over: {answer}");
    }
}

#[test]
fn the_newest_rows_are_a_page() {
    let tail = |rows: &[Value], since: i64, rev: i64| {
        parse_tail(&json!({ "rows": rows, "since": since, "rev": rev, "epoch": 7 }))
    };
    let read = tail(&[row(4), row(6)], 2, 6).expect("a tail");
    assert_eq!((read.epoch, read.since), (7, 2), "it says of which data, and from where on");
    assert_eq!((read.page.rows.len(), read.page.cursor, read.page.more), (2, 6, false), "the last");
    assert!(tail(&[], 6, 6).is_ok_and(|tail| tail.page.rows.is_empty()), "no more than a hint");
    assert!(tail(&[json!({ "rev": 3 })], 2, 3).is_ok_and(|tail| tail.page.rows[0].is_err()), "bad");
    let (missing, known) = (tail(&[row(4)], 2, 6), tail(&[row(2)], 2, 2));
    let (none, backwards) = (tail(&[], 2, 6), tail(&[row(4), row(3)], 2, 3));
    for told in [missing, known, none, backwards, parse_tail(&json!(null)), parse_tail(&json!({}))]
    {
        assert!(told.is_err(), "no row may be passed over: {told:?}");
    }
}

#[test]
fn an_old_tombstone_has_no_texts() {
    let mut stripped = row(1);
    stripped["title"] = json!("");
    stripped["deletedAt"] = json!(20);
    stripped["stamps"]["deletedAt"] = json!(20);
    let read = parse_page(&page(&[stripped], 1), 0).expect("a page").rows.remove(0).expect("a row");
    assert_eq!(read.todo(), None, "there is nothing to show of it");
    assert_eq!(read.register(Field::Description).value, None, "its description went too");
    assert_eq!(read.register(Field::DeletedAt).at, Millis::clamped(20), "its stamps stay");
}

#[test]
fn each_answer_to_a_push_is_about_its_row() {
    let todo = samples::todo("Buy milk", 10);
    let answer = |rows: Value| {
        parse_pushed(&json!({ "rows": rows, "serverNow": 50 }), std::slice::from_ref(&todo))
    };
    let merged = answer(json!([row(3)])).expect("an answer");
    assert!(matches!(&merged.answers[0], Answer::Merged(row) if row.rev == 3), "it was taken");
    let rejected = json!({ "code": "titleEmpty", "message": "x".repeat(9_000) });
    let refused = answer(json!([{ "clientId": null, "rejected": rejected }])).expect("an answer");
    let Answer::Rejected { code, message } = &refused.answers[0] else { panic!("it was refused") };
    assert_eq!((code.as_str(), message.len()), ("titleEmpty", 500), "words have a bound");

    let mut another = row(3);
    another["clientId"] = json!("018bcfe5-6800-7000-8000-000000000001");
    let deferred = json!({ "clientId": todo.id, "deferred": true });
    for rows in [json!([another]), json!([]), json!([row(3), row(4)]), json!([deferred]), json!(7)]
    {
        assert!(answer(rows.clone()).is_err(), "it acknowledges nothing: {rows}");
    }
}

#[test]
fn an_answer_that_cannot_be_read_sets_its_row_aside() {
    let todo = samples::todo("Buy milk", 10);
    let mut bad = row(3);
    bad["completed"] = json!("yes");
    let answer = json!({ "rows": [bad], "serverNow": 50 });
    let answers = parse_pushed(&answer, &[todo]).expect("an answer").answers;
    assert!(
        matches!(&answers[0], Answer::Rejected { code, .. } if code == "unreadableAnswer"),
        "pushing it again would bring the same, for ever"
    );
}

proptest::proptest! {
    #[test]
    fn any_version_survives_the_wire(todo in samples::any_version()) {
        let mut row = push_row(&todo);
        row["rev"] = json!(1);
        let text = row.to_string();
        let read = parse_kept(&text, 1).expect("a version is within bounds");
        proptest::prop_assert_eq!(read.todo(), Some(todo));
    }
}
