//! The log: there when it is needed, and free of what people wrote.

use std::fs;

use crate::harness::{Session, Window};

#[test]
fn the_log_tells_what_happened_and_no_text_of_a_todo() {
    let session = Session::start();
    let window = Window::open_list(&session);
    window.add("Meet Xanthippe");
    window.double_click_row(&session, "Meet Xanthippe");
    window.type_into("#edit-title", " in Xanadu\u{e007}");
    window.until_titles(&["Meet Xanthippe in Xanadu"]);
    window.type_into("#search-input", "xanth");
    window.until_titles(&["Meet Xanthippe in Xanadu"]);
    assert!(session.clove(&["add", "Xylophone"]).status.success());
    assert_eq!(session.clove(&["add", "Xerxes\u{7}"]).status.code(), Some(1));
    window.kill();

    let files: Vec<_> = fs::read_dir(session.data().join("logs")).unwrap().flatten().collect();
    assert_eq!(files.len(), 1, "{files:?}");
    let log = session.log();
    assert!(log.contains("Clove starts") && log.contains("first row shown"), "{log}");
    let lower = log.to_lowercase();
    for word in ["xan", "xylo", "xerxes"] {
        assert!(!lower.contains(word), "{log}");
    }
    assert!(!log.contains('\0'));
}
