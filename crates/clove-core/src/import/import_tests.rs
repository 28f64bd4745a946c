use proptest::prelude::*;

use super::*;
use crate::{
    random::SystemRandom,
    text::{DESCRIPTION_MAX, TITLE_MAX},
    todo::TodoId,
};

/// A moment of 2023-11-14.
static NOW: std::sync::LazyLock<Millis> =
    std::sync::LazyLock::new(|| Millis::clamped(1_700_000_000_000));

fn read(name: &str, text: &str) -> Import {
    Import::parse(text.as_bytes(), name, *NOW).expect("it is read")
}

/// Each todo as `[x] title | description`, and what was left out.
fn shown(import: &Import) -> (Vec<String>, Vec<Skipped>) {
    let show = |draft: &Draft| {
        let (title, description, done) = match draft {
            Draft::New(new) => (&new.title, &new.description, new.completed.is_some()),
            Draft::Exported(todo) => {
                (&todo.title.value, &todo.description.value, todo.completed.value)
            }
        };
        let mark = if done { "[x] " } else { "" };
        let description = description.as_ref().map(|text| format!(" | {}", text.as_str()));
        format!("{mark}{}{}", title.as_str(), description.unwrap_or_default())
    };
    (import.drafts.iter().map(show).collect(), import.skipped())
}

#[test]
fn a_todo_txt_keeps_its_priorities_and_dates() {
    let import = read(
        "todo.txt",
        "(A) Thank Mom for the meatballs @phone\n\
         (B) 2023-03-02 Schedule +GarageSale\n\
         2023-03-02 Document the format\n\
         x 2023-03-03 2023-03-01 Review Tim's request\n\
         x 2023-03-03 Call\n\
         xylophone lesson\n\
         X not done\n\
         \n\
         2023-02-31 is no date\n",
    );
    let (todos, skipped) = shown(&import);
    let expected = [
        "(A) Thank Mom for the meatballs @phone",
        "(B) Schedule +GarageSale",
        "Document the format",
        "[x] Review Tim's request",
        "[x] Call",
        "xylophone lesson",
        "X not done",
        "2023-02-31 is no date",
    ];
    assert_eq!((todos, skipped), (expected.map(str::to_owned).to_vec(), vec![]));
    let Draft::New(review) = &import.drafts[3] else { panic!("it is new") };
    assert_eq!(review.created_at.get(), 1_677_628_800_000, "2023-03-01");
    assert_eq!(review.completed.map(Millis::get), Some(1_677_801_600_000), "2023-03-03");
}

#[test]
fn a_markdown_list_has_boxes_and_what_is_indented_is_a_description() {
    let text = "# Shopping\n\n- [ ] Milk\n  two litres,\n  organic\n- [x] Bread\n* Rope\n1. First\n2) Second\n---\nplain line\n+ [X] Upper case\n- []not a box\n-dash\n";
    let expected = [
        "Milk | two litres,\norganic",
        "[x] Bread",
        "Rope",
        "First",
        "Second",
        "plain line",
        "[x] Upper case",
        "[]not a box",
        "-dash",
    ];
    let headings = vec![Skipped { reason: SkipReason::Heading, count: 2 }];
    assert_eq!(shown(&read("list.md", text)), (expected.map(str::to_owned).to_vec(), headings));
    let (plain, _) = shown(&read("list.txt", "- [ ] Milk\n- [x] Bread\n"));
    assert_eq!(plain, ["Milk", "[x] Bread"], "whatever its name");
    let (plain, _) = shown(&read("list.txt", "• Milk\n• Bread\n"));
    assert_eq!(plain, ["Milk", "Bread"], "without boxes, too");
}

#[test]
fn a_table_is_read_by_the_names_of_its_columns() {
    let commas =
        "Completed,TITLE,Due,description\nyes,\"Milk, two\",Friday,\"a\nb\"\nno,Bread,,\n,,,\n";
    let (todos, skipped) = shown(&read("tasks.csv", commas));
    assert_eq!(todos, ["[x] Milk, two | a\nb\n\nDue: Friday", "Bread"]);
    assert_eq!(skipped, [Skipped { reason: SkipReason::Empty, count: 1 }]);
    let (todos, _) = shown(&read("tasks.csv", "title;completed\nMilk;x\nBread;\nRope\n"));
    assert_eq!(todos, ["[x] Milk", "Bread", "Rope"], "a row may be short");
    assert_eq!(Import::parse(b"name\nMilk\n", "a.csv", *NOW), Err(ImportError::NoTitles));
}

#[test]
fn what_clove_exports_comes_back_as_it_was() {
    let mut todo = Todo::new(
        TodoId::generate(*NOW, &SystemRandom),
        Title::parse("Milk").expect("a title"),
        None,
        Millis::clamped(1_600_000_000_000),
    );
    todo.set(crate::todo::FieldValue::Completed(true), Millis::clamped(1_650_000_000_000));
    let json = crate::export::to_json(std::slice::from_ref(&todo), *NOW).expect("JSON");
    let import = Import::parse(&json, "Clove todos.json", *NOW).expect("it is read");
    assert_eq!(import.drafts, [Draft::Exported(todo.clone())], "with every stamp");
    let text = String::from_utf8(json).expect("a text");
    let import = read("renamed.bak", &text);
    assert_eq!(import.drafts, [Draft::Exported(todo)], "whatever its name");

    let newer = text.replace("\"version\": 1", "\"version\": 2");
    assert_eq!(Import::parse(newer.as_bytes(), "a.json", *NOW), Err(ImportError::Newer));
    for other in ["{}", "[]", "{\"format\":\"other\",\"version\":1,\"todos\":[]}", "{", "\"\""] {
        let read = Import::parse(other.as_bytes(), "a.json", *NOW);
        assert_eq!(read, Err(ImportError::NotExported), "{other}");
    }
}

#[test]
fn an_export_that_was_tampered_with_harms_nothing() {
    let id = "018f4e5c-0000-7000-8000-000000000001";
    let row =
        |rest: &str| format!("{{\"id\":\"{id}\",\"completed\":false,\"createdAt\":1,{rest}}}");
    let rows = [
        row(
            "\"title\":\"from the future\",\"updatedAt\":9007199254740991,\"stamps\":{\"title\":9007199254740991,\"odd\":1}",
        ),
        row("\"title\":\"deleted\",\"updatedAt\":5,\"deletedAt\":5"),
        row("\"title\":\"negative\",\"updatedAt\":-5"),
        row("\"title\":7,\"updatedAt\":5"),
        row(&format!("\"title\":\"{}\",\"updatedAt\":5", "x".repeat(TITLE_MAX + 1))),
        "null".to_owned(),
    ];
    let text =
        format!("{{\"format\":\"clove-todos\",\"version\":1,\"todos\":[{}]}}", rows.join(","));
    let import = read("a.json", &text);
    let Draft::Exported(first) = &import.drafts[0] else { panic!("it was exported") };
    assert_eq!(first.updated_at(), *NOW, "a moment that is yet to come is now");
    assert!(matches!(import.drafts[1], Draft::New(_)), "one that does not fit is a new one");
    assert_eq!(import.drafts.len(), 2);
    let expected = [(SkipReason::Deleted, 1), (SkipReason::Unreadable, 3)];
    let expected = expected.map(|(reason, count)| Skipped { reason, count });
    assert_eq!(import.skipped(), expected);
}

#[test]
fn texts_of_any_length_are_kept_whole() {
    let long = format!("{} end", "word ".repeat(5_000).trim_end());
    let import = read("todo.txt", &long);
    let texts: Vec<_> = import
        .drafts
        .iter()
        .map(|draft| match draft {
            Draft::New(NewTodo { title, description: Some(description), .. }) => {
                (title.as_str(), description.as_str())
            }
            other => panic!("a long one has a description: {other:?}"),
        })
        .collect();
    assert_eq!(texts.len(), 3, "25,003 characters are three descriptions");
    assert!(texts[0].0.len() <= TITLE_MAX && long.starts_with(texts[0].0), "its first 500");
    assert!(texts[1].0.ends_with("(2)") && texts[2].0.ends_with("(3)"), "they are numbered");
    let joined: String = texts.iter().map(|text| text.1).collect();
    assert_eq!(joined.replace(' ', ""), long.replace(' ', ""), "not a letter is missing");

    let (todos, _) =
        shown(&read("a.csv", &format!("title,description\n{},more\n", "y".repeat(501))));
    assert_eq!(todos[0], format!("{} | {}\n\nmore", "y".repeat(500), "y".repeat(501)));
    let (todos, _) = shown(&read("a.csv", "title,description\n,first line\n"));
    assert_eq!(todos, ["first line"], "a title is made of the description");
    let (todos, _) = shown(&read("todo.txt", "bell \u{7} and \u{1b}[31mred"));
    assert_eq!(todos, ["bell \u{FFFD} and \u{FFFD}[31mred"], "what was lost is shown");
}

#[test]
fn texts_of_other_encodings_are_read() {
    let utf16 = |mark: [u8; 2], unit: fn(u16) -> [u8; 2]| {
        let text = "Käse\n".encode_utf16().flat_map(unit);
        mark.into_iter().chain(text).collect::<Vec<_>>()
    };
    let cases: [(&str, Vec<u8>); 4] = [
        ("UTF-8 with its mark", "\u{FEFF}Käse\n".into()),
        ("UTF-16", utf16([0xFF, 0xFE], u16::to_le_bytes)),
        ("UTF-16, the greater byte first", utf16([0xFE, 0xFF], u16::to_be_bytes)),
        ("ISO 8859-1", b"K\xE4se\r\n".to_vec()),
    ];
    for (what, bytes) in cases {
        let import = Import::parse(&bytes, "todo.txt", *NOW).expect("it is read");
        assert_eq!(shown(&import).0, ["Käse"], "{what}");
    }
    assert_eq!(Import::parse(b"\x7fELF\0\0", "todo.txt", *NOW), Err(ImportError::NotText));
}

#[test]
fn bounds_refuse_the_whole_and_cut_nothing_off() {
    let large = vec![b'x'; IMPORT_BYTES_MAX + 1];
    assert_eq!(Import::parse(&large, "a.txt", *NOW), Err(ImportError::TooLarge));
    let many = "x\n".repeat(IMPORT_TODOS_MAX);
    assert_eq!(read("a.txt", &many).drafts.len(), IMPORT_TODOS_MAX);
    let more = many + "one more\n";
    assert_eq!(Import::parse(more.as_bytes(), "a.txt", *NOW), Err(ImportError::TooMany));
}

/// Every name, so that every way of reading is tried.
const NAMES: [&str; 5] = ["a.json", "a.csv", "a.md", "a.txt", "a"];

fn holds(import: &Import) {
    for draft in &import.drafts {
        let (title, description, made) = match draft {
            Draft::New(new) => (&new.title, &new.description, new.created_at),
            Draft::Exported(todo) => {
                (&todo.title.value, &todo.description.value, todo.updated_at())
            }
        };
        assert!(Title::parse(title.as_str()).as_ref() == Ok(title), "a title is one");
        assert!(made <= *NOW, "nothing is yet to come");
        let length = description.as_ref().map_or(0, |text| text.as_str().chars().count());
        assert!(length <= DESCRIPTION_MAX, "a description is one");
    }
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        for name in NAMES {
            if let Ok(import) = Import::parse(&bytes, name, *NOW) {
                holds(&import);
            }
        }
    }

    #[test]
    fn any_text_of_marks_is_read_or_refused(
        text in "([-*+•#x0-9().,;\"\\[\\]{}:| \t\r\n\u{FEFF}\u{202E}a-cé👪]|title|true|2023-01-0[0-9]){0,200}"
    ) {
        for name in NAMES {
            if let Ok(import) = Import::parse(text.as_bytes(), name, *NOW) {
                holds(&import);
            }
        }
    }

    #[test]
    fn no_letter_of_a_line_is_lost(line in "[a-wyz][a-z ]{0,1200}") {
        let import = read("a.txt", &line);
        let (todos, _) = shown(&import);
        let all = todos.join(" ");
        prop_assert!(all.replace(' ', "").contains(&line.replace(' ', "")), "{all}");
    }
}
