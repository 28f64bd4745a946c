//! Clove started while it runs: the first one answers, the second one ends.

use crate::harness::{Group, Session, until};

#[test]
fn a_second_start_brings_the_window_to_the_front() {
    let session = Session::start();
    let mut first = session.start_clove(&[]);
    session.until_focused("Clove");
    session.open_other_program("Other");

    let mut second = session.start_clove(&[]);
    assert!(second.until_ended().success());
    session.until_focused("Clove");
    assert_eq!(session.windows("Clove").len(), 1);

    session.minimize("Clove");
    session.until_no_window("Clove");
    let mut third = session.start_clove(&[]);
    assert!(third.until_ended().success());
    session.until_focused("Clove");
    assert!(!first.has_ended());
}

#[test]
fn a_second_start_can_open_quick_add_in_the_first() {
    let session = Session::start();
    let mut first = session.start_clove(&[]);
    session.until_focused("Clove");
    session.open_other_program("Other");

    let mut second = session.start_clove(&["--quick-add"]);
    assert!(second.until_ended().success());
    session.quick_add("From a key of the desktop");
    session.until_focused("Other");
    session.until_listed(&["From a key of the desktop"]);
    assert!(!first.has_ended());
}

#[test]
fn quick_add_as_the_first_start_adds_and_ends_where_nothing_keeps_it() {
    let session = Session::start();
    let mut clove = session.start_clove(&["--quick-add"]);
    session.quick_add("In passing");
    assert!(clove.until_ended().success(), "without a window and a tray, nobody could reach it");
    session.until_listed(&["In passing"]);
}

#[test]
fn of_three_starts_at_once_one_stays() {
    let session = Session::start();
    let mut starts = [(); 3].map(|()| session.start_clove(&[]));
    session.until_list_shown(1);
    until("two have ended", || {
        starts.iter_mut().map(Group::has_ended).filter(|ended| *ended).count() == 2
    });
    assert_eq!(session.windows("Clove").len(), 1);
    session.until_listed(&[]);
}
