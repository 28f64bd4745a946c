//! The main job by the accessibility bus alone, as a screen reader and its person do it. WebKitGTK has no
//! `EditableText` for fields: a text is typed by the keys of the bus, where the bus put the focus.

use crate::harness::{Object, Reader, Role, Session, State};

/// X11's symbols (keysymdef.h).
const RETURN: i32 = 0xff0d;
const ESCAPE: i32 = 0xff1b;

#[test]
fn a_screen_reader_adds_completes_renames_deletes_undoes_and_restores() {
    let session = Session::start();
    let reader = Reader::start(&session);
    let _window = reader.open_list(&session);
    reader.find(Role::HEADING, "Nothing to do yet");

    reader.focus(&reader.find(Role::ENTRY, "New todo"));
    for title in ["Buy milk", "Call Ada"] {
        reader.until_is((Role::ENTRY, "New todo"), State::Focused);
        reader.type_text(title);
        reader.press(RETURN);
        reader.until_said(&format!("Added “{title}”"));
    }
    reader.find(Role::TOGGLE, "All 2");

    reader.act(&reader.find(Role::CHECK_BOX, "Complete “Buy milk”"));
    reader.until_said("Completed “Buy milk”");
    reader.act(&reader.find(Role::BUTTON, "Completed (1)"));
    reader.until_is((Role::BUTTON, "Completed (1)"), State::Expanded);
    reader.find(Role::ROW, "Buy milk, completed");
    reader.until_is((Role::CHECK_BOX, "Complete “Buy milk”"), State::Checked);

    // A row that is given the focus is the one that keys are for.
    reader.focus_row(&reader.find(Role::ROW, "Call Ada"));
    reader.until_is((Role::ROW, "Call Ada"), State::Selected);
    reader.until_is((Role::ROW, "Call Ada"), State::Focused);
    reader.press(RETURN);
    reader.until_is((Role::ENTRY, "Title"), State::Focused);
    let title = reader.find(Role::ENTRY, "Title");
    assert!(title.states.contains(&State::Editable), "the title can be changed: {title:?}");
    assert_eq!(reader.text(&title).as_deref(), Some("Call Ada"));
    reader.type_text(" back");
    reader.press(RETURN);
    reader.until_said("Saved “Call Ada back”");

    reader.act(&reader.find(Role::BUTTON, "Delete “Call Ada back”"));
    reader.until_said("Deleted “Call Ada back”");
    reader.until_gone(Role::ROW, "Call Ada back");
    reader.act(&reader.find(Role::BUTTON, "Undo"));
    reader.until_said("Undone: deleting “Call Ada back”");
    reader.find(Role::ROW, "Call Ada back");

    reader.act(&reader.find(Role::BUTTON, "Delete “Call Ada back”"));
    reader.until_said("Deleted “Call Ada back”");
    reader.act(&reader.find(Role::TOGGLE, "Recently deleted 1"));
    reader.until_is((Role::TOGGLE, "Recently deleted 1"), State::Pressed);
    reader.act(&reader.find(Role::BUTTON, "Restore “Call Ada back”"));
    reader.until_said("Restored “Call Ada back”");
    reader.find(Role::HEADING, "Nothing deleted");
    reader.act(&reader.find(Role::TOGGLE, "All 2"));
    reader.find(Role::ROW, "Call Ada back");
    session.until_listed(&["Call Ada back"]);
}

#[test]
fn nothing_that_takes_the_focus_is_without_a_name() {
    let session = Session::start();
    let reader = Reader::start(&session);
    let window = reader.open_list(&session);
    window.add("Buy milk");
    reader.find(Role::ROW, "Buy milk");
    reader.all_are_named("the list");

    // A title that is refused is told as such, with the words of why.
    reader.focus(&reader.find(Role::ENTRY, "New todo"));
    reader.until_is((Role::ENTRY, "New todo"), State::Focused);
    reader.press(RETURN);
    reader.until_is((Role::ENTRY, "New todo"), State::Invalid);
    reader.press(ESCAPE);

    for (button, dialog) in [("Settings", "Settings"), ("Keyboard shortcuts", "Keyboard shortcuts")]
    {
        reader.act(&reader.find(Role::BUTTON, button));
        reader.find(Role::DIALOG, dialog);
        reader.until_is((Role::DIALOG, dialog), State::Modal);
        reader.all_are_named(dialog);
        reader.act(&reader.find(Role::BUTTON, "Close"));
        reader.until_gone(Role::DIALOG, dialog);
    }
    reader.focus_row(&reader.find(Role::ROW, "Buy milk"));
    reader.until_is((Role::ROW, "Buy milk"), State::Focused);
    reader.press(RETURN);
    reader.act(&reader.find(Role::BUTTON, "History"));
    reader.until_is((Role::BUTTON, "History"), State::Expanded);
    reader.all_are_named("the editor");
}

impl Reader {
    /// Each object that is shown and takes the focus has a name.
    #[track_caller]
    fn all_are_named(&self, place: &str) {
        let focusable = |object: &&Object| {
            let shown = object.states.contains(&State::Showing);
            shown && object.states.contains(&State::Focusable)
        };
        let tree = self.tree();
        let unnamed: Vec<_> =
            tree.iter().filter(focusable).filter(|object| object.name.is_empty()).collect();
        assert!(unnamed.is_empty(), "in {place} there are no names for {unnamed:?}");
    }
}
