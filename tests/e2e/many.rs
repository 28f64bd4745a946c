//! A hundred thousand todos, which the window shows as it shows ten.

use serde_json::json;

use crate::harness::{Session, Window, seed};

#[test]
fn a_hundred_thousand_todos_scroll_are_found_and_ticked() {
    let session = Session::start();
    seed(&session.data(), 100_000);
    let window = Window::open_list(&session);
    window.until_text("#filter-all .count", "100,000");
    window.until("the newest is first", || first(&window) == "Todo 99999");

    for part in [0.5, 0.25, 1.0] {
        scroll(&window, part);
        window.until("rows are where the eye is", || {
            let seen = window.run(
                "const list = document.querySelector('#list').getBoundingClientRect();
                return document.elementFromPoint(list.x + list.width / 2, list.y + list.height / 2)
                    ?.closest('[data-todo-id]') != null",
                &[],
            );
            seen == true
        });
        assert!(window.titles().len() <= 60, "{} rows are in the page", window.titles().len());
    }
    window.until("the oldest is last", || last(&window) == "Todo 0");

    window.type_into("#search-input", "54321");
    window.until_titles(&["Todo 54321"]);
    window.click_in_row("Todo 54321", "input[type=checkbox]");
    window.until_ticked(&["Todo 54321"]);
    session.key("Escape");
    window.until_text("#filter-completed .count", "1");
    window.until_text("#filter-active .count", "99,999");

    // A long way by keyboard: to the end, where the completed one is folded away, and back.
    window.click_in_row("Todo 99999", ".row-title");
    session.key("End");
    session.key("space");
    session.key("End");
    window.until("the ticked one is last", || last(&window) == "Todo 54321");
    session.key("Home");
    window.until("the newest is first", || first(&window) == "Todo 99999");
    window.add("One more");
    window.until("it is first", || first(&window) == "One more");
}

/// The title of the first row in the page; nothing while it has none.
fn first(window: &Window) -> String {
    window.titles().into_iter().next().unwrap_or_default()
}

fn last(window: &Window) -> String {
    window.titles().pop().unwrap_or_default()
}

/// Scrolls to a part of the whole height, as a pull at the scroll bar does.
fn scroll(window: &Window, part: f64) {
    window.run(
        "const list = document.querySelector('#list');
        list.scrollTop = (list.scrollHeight - list.clientHeight) * arguments[0];",
        &[json!(part)],
    );
}
