use super::*;

const ASTRAL: &str = "\u{1F600}";

#[test]
fn titles_within_bounds_are_kept() {
    let longest = "x".repeat(TITLE_MAX);
    let longest_astral = ASTRAL.repeat(TITLE_MAX);
    let spaced = format!("  {longest}\u{FEFF}");
    let cases = [
        ("Buy milk", "Buy milk", "plain text"),
        ("  Buy milk\t\n", "Buy milk", "space at the ends is trimmed"),
        ("\u{FEFF}Buy\u{FEFF}", "Buy", "JavaScript trims U+FEFF, so both sides must"),
        ("\u{2003}Buy\u{3000}", "Buy", "white space of any script is trimmed"),
        ("a\nb\tc", "a\nb\tc", "newline and tab are allowed inside"),
        ("a\r\nb\rc", "a\nb\nc", "every line end becomes one newline"),
        (&longest, &longest, "the bound itself is allowed"),
        (&longest_astral, &longest_astral, "characters are counted, not UTF-16 units or bytes"),
        (&spaced, &longest, "the bound counts after trimming"),
        ("\u{200B}", "\u{200B}", "a zero-width space is no white space in Rust or JavaScript"),
    ];
    for (typed, kept, why) in cases {
        assert_eq!(Title::parse(typed).map(String::from), Ok(kept.to_owned()), "{why}");
    }
}

#[test]
fn titles_out_of_bounds_are_refused() {
    let control = |character, position| Invalid::ControlCharacter { character, position };
    let cases = [
        (String::new(), Invalid::TitleEmpty, "nothing"),
        (" \t\r\n".to_owned(), Invalid::TitleEmpty, "spaces alone"),
        ("\u{FEFF}".to_owned(), Invalid::TitleEmpty, "what JavaScript trims to nothing"),
        ("x".repeat(501), Invalid::TitleTooLong(501), "one over the bound"),
        (ASTRAL.repeat(501), Invalid::TitleTooLong(501), "one over, in astral characters"),
        ("a\0".to_owned(), control('\0', 2), "NUL ends strings in C"),
        ("\u{1B}[31mred".to_owned(), control('\u{1B}', 1), "ESC steers terminals"),
        ("ab\u{7F}".to_owned(), control('\u{7F}', 3), "DEL"),
        ("\u{85}".to_owned(), control('\u{85}', 1), "U+0085 is white space, but a control first"),
        ("a\u{9B}b".to_owned(), control('\u{9B}', 2), "C1 controls steer terminals too"),
    ];
    for (typed, refused, why) in cases {
        assert_eq!(Title::parse(&typed), Err(refused), "{why}");
    }
}

#[test]
fn descriptions_have_their_own_bounds() {
    let longest = ASTRAL.repeat(DESCRIPTION_MAX);
    assert_eq!(Description::parse(" \n\u{FEFF}"), Ok(None), "space alone is no description");
    assert!(Description::parse(&longest).is_ok_and(|text| text.is_some()), "the bound is allowed");
    let over = Description::parse(&format!("{longest}x"));
    assert_eq!(over, Err(Invalid::DescriptionTooLong(10_001)), "one over the bound");
    let control = Invalid::ControlCharacter { character: '\u{8}', position: 1 };
    assert_eq!(Description::parse("\u{8}"), Err(control), "controls as in titles");
}

#[test]
fn serde_goes_through_the_same_door() {
    for json in ["\"\"", "\" \"", "\"a\\u0000\"", "7"] {
        assert!(serde_json::from_str::<Title>(json).is_err(), "{json} is no title");
        assert!(serde_json::from_str::<Description>(json).is_err(), "{json} is no description");
    }
    let title: Title = serde_json::from_str("\" Buy \"").expect("a title");
    assert_eq!(title.as_str(), "Buy", "what is read is trimmed like what is typed");
}
