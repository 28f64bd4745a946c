use std::fs;

use super::{LogLevel, Settings};

#[test]
fn what_is_saved_is_loaded() {
    let folder = tempfile::tempdir().unwrap();
    let chosen = Settings { hotkey: None, log_level: LogLevel::Trace, ..Settings::default() };
    chosen.save(folder.path()).unwrap();
    assert_eq!(Settings::load(folder.path()), (chosen, None));
}

#[test]
fn no_file_means_the_defaults_and_no_notice() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(Settings::load(folder.path()), (Settings::default(), None));
}

#[test]
fn a_field_that_an_older_version_did_not_write_gets_its_default() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("settings.json"), r#"{"hotkey": null}"#).unwrap();
    let (settings, notice) = Settings::load(folder.path());
    assert_eq!((settings.hotkey, notice), (None, None));
}

#[test]
fn a_file_that_makes_no_sense_is_set_aside_and_told_of() {
    for nonsense in ["", "{", "5", r#"{"logLevel": "loud"}"#, "\u{0}\u{1}"] {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("settings.json"), nonsense).unwrap();
        let (settings, notice) = Settings::load(folder.path());
        assert_eq!(settings, Settings::default(), "{nonsense:?}");
        assert!(notice.is_some_and(|text| text.contains("settings.json.unreadable")));
        let kept = fs::read_to_string(folder.path().join("settings.json.unreadable")).unwrap();
        assert_eq!(kept, nonsense, "the file is kept as it was");
    }
}
