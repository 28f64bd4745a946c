use std::fs;

use super::Drafts;

#[test]
fn what_is_saved_is_loaded_and_what_is_added_leaves_no_file() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(Drafts::load(folder.path()), Drafts::default());
    let drafts = Drafts { list: "Buy oats".to_owned(), quick_add: "Call \nAda".to_owned() };
    drafts.save(folder.path()).unwrap();
    assert_eq!(Drafts::load(folder.path()), drafts);
    Drafts::default().save(folder.path()).unwrap();
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "no word of it stays");
    Drafts::default().save(folder.path()).unwrap();
}

#[test]
fn a_file_that_makes_no_sense_holds_no_draft() {
    for nonsense in ["", "{", "5", r#"{"list": 5}"#, "\u{0}\u{1}"] {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("drafts.json"), nonsense).unwrap();
        assert_eq!(Drafts::load(folder.path()), Drafts::default(), "{nonsense:?}");
    }
}

#[cfg(unix)]
#[test]
fn nobody_else_can_read_it() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let drafts = Drafts { list: "Private".to_owned(), ..Drafts::default() };
    drafts.save(folder.path()).unwrap();
    let file = fs::metadata(folder.path().join("drafts.json")).unwrap();
    assert_eq!(file.permissions().mode() & 0o777, 0o600);
}
