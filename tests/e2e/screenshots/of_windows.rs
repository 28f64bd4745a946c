//! The small window, and what stands in the way of the list.

use std::fs;

use super::Picture;
use crate::{
    harness::{Window, open_store},
    keep::damage,
    states::back_up,
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
    Picture::new("repaired", "A damaged file, repaired", |set| {
        let desktop = set.desktop();
        set.list(&desktop).kill();
        assert_eq!(open_store(&desktop.data()).todos.len(), 13);
        damage(&desktop.data().join("this-device.db"));
        let window = Window::open_list(&desktop);
        window.until_text("#notice", "13 todos could be rescued");
        set.take(&desktop, &window);
    }),
    Picture::new("import", "A file, before it is taken in", |set| {
        set.take_list(|desktop, window| {
            let file = desktop.path("Garden.md");
            fs::write(&file, GARDEN).unwrap();
            window.choose_import(desktop, &file);
        });
    }),
    Picture::new("imported", "After that, with the way back", |set| {
        set.take_list(|desktop, window| {
            let file = desktop.path("Garden.md");
            fs::write(&file, GARDEN).unwrap();
            window.choose_import(desktop, &file);
            window.click("#import-confirm");
            window.until_text("#toast", "Imported 4 todos");
        });
    }),
    Picture::new("backups", "Files and backups, in Settings", |set| {
        set.take_list(|desktop, window| {
            for (day, count) in [("2026-01-02", 9), ("2026-01-03", 12), ("2026-01-05", 13)] {
                back_up(desktop, day, count);
            }
            window.click("#open-settings");
            window.until("the backups are there", || window.has("#backups"));
            let script = "document.querySelector('#backups').scrollIntoView({ block: 'center' })";
            window.run(script, &[]);
        });
    }),
];

/// A list in Markdown.
const GARDEN: &str = "# Garden\n- [ ] Order seed potatoes\n- [ ] Prune the apple tree\n\
                      - [x] Sharpen the shears\n- [ ] Mulch the roses\n- [ ] \n";
