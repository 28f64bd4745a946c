//! The small window, and what stands in the way of the list.

use std::fs;

use super::Picture;
use crate::{
    harness::{Window, open_store},
    stores::make_newer,
};

pub(super) const PICTURES: &[Picture] = &[
    Picture::new("quick-add", "Quick add", |set| set.take_quick_add(|_| {})).sized(620, 104),
    Picture::new("quick-add-typing", "Quick add, with words in it", |set| {
        set.take_quick_add(|window| window.type_into("#quick-input", "Borrow the long ladder"));
    })
    .sized(620, 104)
    .dense(),
    Picture::new("quick-add-added", "Quick add, after Shift and Enter", |set| {
        set.take_quick_add(|window| {
            window.type_into("#quick-input", "Borrow the long ladder\u{e008}\u{e007}");
            window.until_text("#quick-told", "Borrow the long ladder");
        });
    })
    .sized(620, 104),
    Picture::new("quick-add-lines", "Quick add, with several lines in it", |set| {
        set.take_quick_add(|window| {
            let lines = "Pick the last pears\nMend the trellis\nOrder seed garlic";
            let paste = "return document.execCommand('insertText', false, arguments[0])";
            window.run(paste, &[serde_json::json!(lines)]);
            window.until_text("#quick-add-many", "Add 3 todos");
        });
    })
    .sized(620, 156),
    Picture::new("close-question", "Closing, where there is no tray", |set| {
        set.take_list(|desktop, window| {
            desktop.close("Clove");
            window.until("it is asked", || window.has("#close-dialog[open]"));
        });
    }),
    Picture::new("read-only", "Todos of a newer Clove", |set| {
        let desktop = set.desktop();
        set.list(&desktop).kill();
        // Opened and let go, all of it is in the one file.
        assert_eq!(open_store(&desktop.data()).todos.len(), 13);
        make_newer(&desktop.data().join("this-device.db"));
        let window = Window::open_list(&desktop);
        window.until_text("#banner", "newer");
        set.take(&desktop, &window);
    }),
    Picture::new("store-failed", "A file that is not Clove's", |set| {
        let desktop = set.desktop();
        fs::create_dir_all(desktop.data()).unwrap();
        fs::write(desktop.data().join("this-device.db"), "Dear diary").unwrap();
        let window = Window::open(&desktop);
        window.until("it says so", || window.has("#store-failed"));
        set.take(&desktop, &window);
    }),
];
