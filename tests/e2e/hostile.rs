//! Texts that try to break the window: they are shown as text, move nothing, do nothing, and are kept as they are.

use serde_json::{Value, json};

use crate::harness::{Session, Window, open_store};

/// Titles, each within what Clove takes: 500 characters.
fn titles() -> Vec<String> {
    vec![
        "W".repeat(500),
        "全".repeat(500),
        "👩‍👩‍👧‍👦".repeat(71),
        "e\u{301}\u{330}\u{33d}\u{489}".repeat(100),
        "קנה חלב ולחם".to_owned(),
        "abc עברית 123 עוד def".to_owned(),
        "لا إله ".repeat(60).trim().to_owned(),
        "\u{202e}txt.exe\u{202c} and \u{2066}isolated\u{2069}".to_owned(),
        "\u{202b}never ended".to_owned(),
        "zero\u{200b}width\u{200d}and\u{feff}joined".to_owned(),
        "\u{200b}\u{200d}\u{2060}".to_owned(),
        r#"<img src=x onerror="window.broken = 1">"#.to_owned(),
        "<script>window.broken = 1</script>".to_owned(),
        r#"'"><svg onload=window.broken=1>{{7*7}}${7*7}"#.to_owned(),
    ]
}

#[test]
fn hostile_titles_move_nothing_do_nothing_and_are_kept() {
    let session = Session::start();
    let window = Window::open_list(&session);
    session.until_focused("Clove");
    window.add("Below all");
    let usual = window.run(BOXES, &[])[0].clone();
    let mut kept = vec!["Below all".to_owned()];
    for title in titles() {
        window.copy(&session, &title);
        session.key("ctrl+n");
        session.key("ctrl+v");
        session.key("Return");
        kept.insert(0, title);
        let count = kept.len().to_string();
        window.until_text("#filter-all .count", &count);
        window.until("its row is at rest", || {
            let boxes = window.run(BOXES, &[]);
            let rows = boxes.as_array().unwrap();
            rows.len() == kept.len()
                && rows.iter().enumerate().all(|(at, row)| {
                    let top = usual["top"].as_f64().unwrap()
                        + at as f64 * usual["height"].as_f64().unwrap();
                    ["left", "height", "check", "width"].iter().all(|side| row[side] == usual[side])
                        && (row["top"].as_f64().unwrap() - top).abs() < 0.5
                })
        });
        assert_tame(&window, &kept[0]);

        // Open, it is a field of the same width, which holds it unchanged.
        session.key("Down");
        session.key("Home");
        session.key("Return");
        window.until("the editor is there", || window.has("#edit-title:focus"));
        assert_eq!(window.value("#edit-title"), kept[0], "the editor has it as it is");
        assert_tame(&window, &kept[0]);
        session.key("Escape");
        window.until("the editor is gone", || !window.has(".editor"));
    }

    // A toast and a search show them, too.
    window.type_into("#search-input", "onerror");
    window.until("it is found", || window.text("mark") == "onerror");
    assert_tame(&window, "a search");
    session.key("Escape");
    session.key("Home");
    session.key("Delete");
    window.until("it is told", || window.has("#toast"));
    assert_tame(&window, "a toast");
    session.key("ctrl+z");
    window.until_text("#filter-all .count", &kept.len().to_string());
    window.kill();
    assert_eq!(open_store(&session.data()).titles(), kept);
}

#[test]
fn a_description_of_ten_thousand_characters_stays_in_its_field() {
    let session = Session::start();
    let window = Window::open_list(&session);
    session.until_focused("Clove");
    for title in ["Below", "Long"] {
        window.add(title);
    }
    // As long as may be: words without a space, lines without words, and tags.
    let part = format!("{}\n\n{}<b onclick=x>\t全\n", "W".repeat(460), "ש".repeat(17));
    let description: String =
        part.repeat(20).chars().chain("W".repeat(10_000).chars()).take(10_000).collect();
    window.copy(&session, &description);
    session.key("ctrl+n");
    session.key("Down");
    session.key("Home");
    session.key("Return");
    window.until("the editor is there", || window.has("#edit-title:focus"));
    session.key("Tab");
    session.key("ctrl+v");
    window.until("it is pasted", || window.value("#edit-description") == description);
    assert_tame(&window, "the description in the editor");
    session.key("ctrl+Return");
    window.until_titles(&["Long", "Below"]);
    assert_tame(&window, "the description in its row");
    window.kill();
    let todos = open_store(&session.data()).todos;
    assert_eq!(todos[0].description.as_deref(), Some(description.as_str()), "it is kept as it is");
}

#[test]
fn ten_thousand_pasted_lines_add_nothing_unasked_and_all_when_asked() {
    let session = Session::start();
    let window = Window::open_list(&session);
    session.until_focused("Clove");
    window.add("Here before");
    let lines: String = (0..10_000).map(|n| format!("line {n}\r\n")).collect();
    window.copy(&session, &lines);
    session.key("ctrl+n");
    session.key("ctrl+v");
    window.until_text("#pasted", "10,000");
    assert_tame(&window, "ten thousand lines");
    window.until_titles(&["Here before"]);

    session.key("Return");
    window.until_text("#filter-all .count", "10,001");
    window.until("the first line is first", || window.titles().first().unwrap() == "line 0");
    assert_tame(&window, "ten thousand todos");
    session.key("ctrl+z");
    window.until_titles(&["Here before"]);
    window.add("And after");
    session.until_listed(&["And after", "Here before"]);
}

impl Window {
    /// Has the session's clipboard hold a text, as a person copies it from anywhere.
    #[track_caller]
    pub(crate) fn copy(&self, session: &Session, text: &str) {
        let offer = "const field = document.createElement('textarea');
            field.id = 'copied-from';
            field.value = arguments[0];
            field.addEventListener('copy', () => setTimeout(() => field.remove()));
            document.body.append(field);
            field.select();";
        self.run(offer, &[json!(text)]);
        session.key("ctrl+c");
        self.until("it is copied", || !self.has("#copied-from"));
    }
}

/// Where each row is, from top to bottom.
const BOXES: &str = "return [...document.querySelectorAll('[data-todo-id]')].map((row) => {
    const { left, top, width, height } = row.getBoundingClientRect();
    return { left, top, width, height,
        check: row.querySelector('input').getBoundingClientRect().left };
}).sort((a, b) => a.top - b.top)";

/// Nothing was done by a text, and nothing is wider than the window.
#[track_caller]
fn assert_tame(window: &Window, what: &str) {
    let seen = window.run(
        "const boxes = [document.scrollingElement, ...document.querySelectorAll('#list, .editor, #toast')];
        return [window.broken ?? null, document.querySelector('img, #list script, #list b') !== null,
            boxes.filter((box) => box.scrollWidth > box.clientWidth).map((box) => box.id || box.className)]",
        &[],
    );
    assert_eq!(seen, json!([Value::Null, false, []]), "what “{what}” did to the page");
}
