//! The list, and what lies over it.

use serde_json::json;

use super::{Picture, set::edit};
use crate::harness::Window;

pub(super) const PICTURES: &[Picture] = &[
    Picture::new("first-run", "The first start", |set| {
        let desktop = set.desktop();
        let window = Window::open_list(&desktop);
        set.take(&desktop, &window);
    }),
    Picture::new("list", "The list", |set| set.take_list(|_, _| {})).dense(),
    Picture::new("completed", "What is completed, unfolded", |set| {
        set.take_list(|_, window| {
            if window.has("#completed-section[aria-expanded='false']") {
                window.click("#completed-section");
            }
            window.run("document.querySelector('#list').scrollTop = 1e6", &[]);
            window.until_text("#list", "Renew the passport");
        });
    }),
    Picture::new("editor", "A todo, open", |set| {
        set.take_list(|desktop, window| {
            window.double_click_row(desktop, "Bake bread for the street party");
            window.until("the editor is there", || window.has("#edit-description"));
        });
    }),
    Picture::new("history", "Its history", |set| {
        set.take_list(|desktop, window| {
            let title = "Return the library books";
            let id = window.id_of(title);
            edit(window, "rename_todo", json!({ "id": id, "title": "Return the books" }));
            edit(window, "rename_todo", json!({ "id": id, "title": title }));
            window.double_click_row(desktop, title);
            window.click("#edit-history");
            window.until_text("#history", "Title was “Return the books”");
        });
    })
    .dense(),
    Picture::new("selection", "Several todos, selected", |set| {
        set.take_list(|desktop, window| {
            window.click_in_row("Return the library books", ".row-title");
            for _ in 0..2 {
                desktop.key("shift+Down");
            }
            window.until("three are selected", || {
                window.run("return document.querySelectorAll('[data-selected]').length", &[]) == 3
            });
        });
    }),
    Picture::new("toast", "Deleted, with the way back", |set| {
        set.take_list(|desktop, window| {
            window.click_in_row("Call Grandma about Sunday", ".row-title");
            desktop.key("Delete");
            window.until("undo is offered", || window.has("#toast-undo"));
        });
    }),
    Picture::new("pasted", "Several lines, pasted", |set| {
        set.take_list(|_, window| {
            let paste = "const data = new DataTransfer();
                data.setData('text/plain', arguments[0]);
                const field = document.querySelector('#add-input');
                field.focus();
                field.dispatchEvent(new ClipboardEvent('paste',
                    { clipboardData: data, bubbles: true, cancelable: true }));";
            window.run(paste, &[json!("Rye flour\nYeast\nCaraway seeds")]);
            window.until("it is asked", || window.has("#pasted"));
        });
    }),
    Picture::new("search", "Search", |set| {
        set.take_list(|_, window| {
            window.type_into("#search-input", "gar");
            window.until("there are two hits", || window.titles().len() == 2);
        });
    }),
    Picture::new("no-hit", "A search without a hit", |set| {
        set.take_list(|_, window| {
            window.type_into("#search-input", "umbrella");
            window.until_text("#empty", "umbrella");
        });
    }),
    Picture::new("deleted", "Recently deleted", |set| {
        set.take_list(|_, window| {
            let ids = ["Try the pumpkin soup", "Write to Emil in Lisbon", "Water the ferns"]
                .map(|title| window.id_of(title));
            edit(window, "delete_todos", json!({ "ids": ids }));
            window.click("#filter-deleted");
            window.until("they are there", || window.titles().len() == 3);
        });
    }),
    Picture::new("palette", "Every command, and any todo", |set| {
        set.take_list(|desktop, window| {
            desktop.until_focused("Clove");
            desktop.key("ctrl+k");
            window.type_into("#palette-input", "re");
            window.until("a todo is found", || window.has("[id^='palette-todo-']"));
        });
    }),
    Picture::new("keyboard", "All keys", |set| {
        set.take_list(|_, window| {
            window.click("#open-keyboard");
            window.until("the sheet is there", || window.has("#keyboard-sheet[open]"));
        });
    })
    .sized(720, 960),
    Picture::new("settings", "Settings", |set| {
        set.take_list(|_, window| {
            window.click("#open-settings");
            window.until("they are there", || window.has("#settings[open]"));
        });
    })
    .sized(720, 1120),
    Picture::new("german", "Settings, in German", |set| {
        let desktop = set.desktop();
        desktop.set("LANG", "de_DE.UTF-8");
        let window = set.list(&desktop);
        window.click("#open-settings");
        window.until_text("#settings h2", "Einstellungen");
        set.take(&desktop, &window);
    })
    .sized(720, 1120),
    Picture::new("narrow", "320 pixels wide", |set| set.take_list(|_, _| {})).sized(320, 640),
    Picture::new("large-text", "Text of 200 %", |set| {
        let desktop = set.desktop();
        desktop.set("GDK_DPI_SCALE", "2");
        let window = set.list(&desktop);
        set.take(&desktop, &window);
    }),
];
