use super::*;

#[test]
fn a_page_that_hears_of_an_early_escape_does_not_hide_what_was_called_for_again() {
    let quick_add = QuickAdd::default();
    quick_add.set_wanted(true);
    let _page = quick_add.expect_page();
    quick_add.set_wanted(false);
    quick_add.set_leaving(true);
    quick_add.page_is_there();
    quick_add.set_wanted(true);
    assert!(quick_add.asks_late(), "it was left before, and is called for now");
    assert!(!quick_add.asks_late(), "the next Escape is about this time");
}

#[test]
fn a_page_hides_where_nobody_has_called_for_it_again() {
    let quick_add = QuickAdd::default();
    quick_add.set_wanted(true);
    let _page = quick_add.expect_page();
    quick_add.set_wanted(false);
    quick_add.set_leaving(true);
    assert!(!quick_add.asks_late(), "it is still left");
    // A page that ended with its Escape tells nothing of it.
    quick_add.set_leaving(true);
    let _page = quick_add.expect_page();
    quick_add.set_wanted(true);
    assert!(!quick_add.asks_late(), "it is another page");
}
