use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use super::{Language, Locale, Spoken, locale};
use crate::{
    Damage, Error, Found, Invalid, Obstacle, OpenError,
    account::{AccountError, LinkError},
};

/// The messages of a language, each with the variables in it.
fn messages(language: Language) -> BTreeMap<String, BTreeSet<String>> {
    let mut found = BTreeMap::new();
    for source in language.catalogue() {
        let mut message = None;
        for line in source.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#'))
        {
            if let Some((id, _)) = line.split_once(" =").filter(|_| !line.starts_with(' ')) {
                assert!(!found.contains_key(id), "{id} is there twice");
                message = Some(id.to_owned());
            }
            let id = message.clone().expect("a catalogue begins with a message");
            found.entry(id).or_insert_with(BTreeSet::new).extend(variables(line));
        }
    }
    found
}

/// The names behind a dollar sign.
fn variables(line: &str) -> impl Iterator<Item = String> {
    let name = |rest: &str| rest.chars().take_while(|c| c.is_ascii_alphanumeric()).collect();
    line.split('$').skip(1).map(name)
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let found = entries.flat_map(|path| if path.is_dir() { sources(&path) } else { vec![path] });
    let is_tests = |path: &PathBuf| path.to_string_lossy().ends_with("tests.rs");
    found.filter(|path| path.extension().is_some_and(|e| e == "rs") && !is_tests(path)).collect()
}

#[test]
fn each_language_has_every_message_with_the_same_variables() {
    let english = messages(Language::English);
    assert!(english.len() > 10, "the catalogue was read");
    for language in Language::ALL {
        assert_eq!(messages(*language), english, "{language:?}");
        for source in language.catalogue() {
            let read = fluent_bundle::FluentResource::try_new(source.to_owned());
            assert!(read.is_ok(), "{language:?} has lines that are no message: {:?}", read.err());
        }
    }
}

#[test]
fn the_code_asks_for_the_messages_that_there_are_and_for_all_of_them() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folders = ["crates/clove-core/src", "src-tauri/src"].map(|folder| root.join(folder));
    let files = folders.iter().flat_map(|folder| sources(folder));
    let code: Vec<String> =
        files.map(|path| fs::read_to_string(path).unwrap().replace([' ', '\n'], "")).collect();
    let there = messages(Language::English);
    for asks in ["say(\"", "told(\""] {
        let asked = code.iter().flat_map(|code| code.split(asks).skip(1));
        for id in asked.filter_map(|rest| rest.split('"').next()) {
            assert!(there.contains_key(id), "no message is called {id}");
        }
    }
    // An id may reach them by way of a match or a function.
    for id in there.keys() {
        let literal = format!("\"{id}\"");
        assert!(code.iter().any(|code| code.contains(&literal)), "nobody asks for {id}");
    }
}

#[test]
fn numbers_have_the_plural_form_of_their_language() {
    let said = |language: Language, n: usize| language.say("tray-open-count", &[("n", n.into())]);
    let english = [0, 1, 2, 1000].map(|n| said(Language::English, n));
    assert_eq!(english, ["Nothing to do", "1 todo to do", "2 todos to do", "1000 todos to do"]);
    let german = [0, 1, 2, 1000].map(|n| said(Language::German, n));
    assert_eq!(
        german,
        ["Nichts zu tun", "1 offene Aufgabe", "2 offene Aufgaben", "1000 offene Aufgaben"]
    );
}

#[test]
fn a_person_is_told_in_the_language_and_the_log_in_english() {
    let error = Error::from(Invalid::TitleTooLong(501));
    let german = "Dieser Titel hat 501 Zeichen; höchstens 500 sind möglich. Kürze ihn oder schreib \
                  die Einzelheiten in die Beschreibung.";
    assert_eq!(error.say_in(Language::German), german);
    let english = "This title has 501 characters; 500 is the most. Shorten it, or move the details \
                   into the description.";
    assert_eq!(
        (error.say_in(Language::English).as_str(), error.to_string().as_str()),
        (english, english)
    );
    // An error that passes on another one passes on its language.
    let link = AccountError::from(LinkError::NotUrl);
    let german = "Clove hat einen Link erhalten, den es nicht versteht (der Link ist keine URL). Er \
                  wurde nicht beachtet.";
    assert_eq!(link.say_in(Language::German), german);
}

#[test]
fn the_language_is_the_chosen_one_else_the_systems() {
    let (english, german) = (Language::English, Language::German);
    for (chosen, system, language, tag) in [
        (None, vec!["de-CH"], german, "de-CH"),
        (None, vec!["de_DE"], german, "de-DE"),
        (None, vec!["fr-FR", "de-AT", "en-GB"], german, "de-AT"),
        (None, vec!["fr-FR"], english, "en"),
        (None, vec!["C"], english, "en"),
        (None, vec!["", "*", "x-y-z"], english, "en"),
        (None, vec![], english, "en"),
        (Some(english), vec!["de-DE"], english, "en"),
        (Some(english), vec!["de-DE", "en-GB"], english, "en-GB"),
        (Some(german), vec!["de-CH"], german, "de-CH"),
        (Some(german), vec!["en-US"], german, "de"),
    ] {
        let found = locale(chosen, system.iter().map(|tag| (*tag).to_owned()));
        let expected = Locale { language, tag: tag.to_owned() };
        assert_eq!(found, expected, "chosen {chosen:?}, system {system:?}");
    }
}

/// What is said in a sentence is said in its language, too.
#[test]
fn reasons_are_in_the_language_of_the_sentence_around_them() {
    let path = PathBuf::from("/a.db");
    let damaged = |damage, obstacle| OpenError::Damaged { path: path.clone(), damage, obstacle };
    let not_clove = |found| OpenError::NotClove { path: path.clone(), found };
    let full = Obstacle::Unwritten(Error::DiskFull);
    let failed = Obstacle::Unreadable("EIO".to_owned());
    for (error, german) in [
        (not_clove(Found::OtherProgram), "sie ist die Datenbank eines anderen Programms"),
        (not_clove(Found::NoTodo), "sie ist keine SQLite-Datenbank"),
        (damaged(Damage::Mark, None), "(ihre Kennung ist beschädigt)"),
        (damaged(Damage::Parts, Some(Obstacle::Newer)), "nicht lesen; ein neueres Clove hat"),
        (damaged(Damage::Parts, Some(Obstacle::MarkedReadOnly)), "; sie ist schreibgeschützt)"),
        (damaged(Damage::Parts, Some(failed)), "; sie ließ sich nicht lesen: EIO)"),
        (damaged(Damage::Parts, Some(full)), "; Der Datenträger ist voll"),
    ] {
        let said = error.say_in(Language::German);
        assert!(said.contains(german), "{said}");
        assert!(!error.to_string().contains(german), "the log is English: {error}");
    }
}
