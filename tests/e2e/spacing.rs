//! Text that is spaced as a reader needs it: nothing of it is cut off, and nothing lies on it
//! (WCAG 1.4.12).

use std::fs;

use serde_json::json;

use crate::{
    harness::{Session, Window, seed},
    keep::damage,
    narrow::LOOK,
    quick_add::{open_quick_add, paste},
    states::Stage,
    stores::make_newer,
};

/// What WCAG 1.4.12 lets a reader set, in a style sheet that comes after all of the page's.
const SPACED: &str = "const sheet = new CSSStyleSheet();
    sheet.replaceSync(`
        * { line-height: 1.5 !important; letter-spacing: 0.12em !important;
            word-spacing: 0.16em !important; }
        p { margin-bottom: 2em !important; }`);
    document.adoptedStyleSheets = arguments[0] ? [sheet] : [];
    return getComputedStyle(document.body).letterSpacing !== 'normal'";

#[test]
fn no_state_cuts_off_text_that_is_spaced() {
    Stage::walk("Adwaita", |stage, _| {
        space(&stage.window);
        stage.settle();
        let complaints = complaints(&stage.window);
        stage.window.run(SPACED, &[json!(false)]);
        stage.settle();
        complaints
    });
}

#[test]
fn quick_add_grows_with_text_that_is_spaced() {
    let session = Session::start();
    let window = open_quick_add(&session);
    space(&window);
    let until_fitted = || {
        let script = "return document.scrollingElement.scrollHeight <= innerHeight";
        window.until("it is high enough", || window.run(script, &[]) == true);
    };
    until_fitted();
    assert_eq!(complaints(&window), [""; 0], "empty");
    session.type_text("milk");
    session.key("shift+Return");
    window.until_text("#quick-told", "Added “milk”");
    until_fitted();
    assert_eq!(complaints(&window), [""; 0], "after an add");
    paste(&window, "milk\nbread\nrope\n");
    window.until_text("#quick-add-many", "Add 3 todos");
    until_fitted();
    assert_eq!(complaints(&window), [""; 0], "with several lines");
}

#[test]
fn what_is_wrong_with_the_file_is_not_cut_off_where_text_is_spaced() {
    let session = Session::start();
    seed(&session.data(), 2);
    let path = session.data().join("this-device.db");
    make_newer(&path);
    let window = Window::open(&session);
    window.until("the banner is there", || window.has("#banner"));
    space(&window);
    assert_eq!(complaints(&window), [""; 0], "read-only");
    window.kill();

    fs::write(&path, "Dear diary").unwrap();
    let window = Window::open(&session);
    window.until("the panel is there", || window.has("#store-failed"));
    space(&window);
    assert_eq!(complaints(&window), [""; 0], "the store did not open");
    window.kill();

    fs::remove_file(&path).unwrap();
    seed(&session.data(), 2);
    damage(&path);
    let window = Window::open(&session);
    window.until_text("#notice", "2 todos could be rescued");
    space(&window);
    assert_eq!(complaints(&window), [""; 0], "what was rescued");
    window.click("#open-settings");
    window.until_text("#repair", "2 todos could be rescued");
    assert_eq!(complaints(&window), [""; 0], "what was rescued, in the settings");
}

#[track_caller]
fn space(window: &Window) {
    assert_eq!(window.run(SPACED, &[json!(true)]), true, "the page takes the style");
}

fn complaints(window: &Window) -> Vec<String> {
    let found =
        [LOOK, CUT_OFF].map(|look| serde_json::from_value::<Vec<String>>(window.run(look, &[])));
    found.into_iter().flat_map(Result::unwrap).collect()
}

/// Every text that does not fit into what is around it, or lies on the next one.
const CUT_OFF: &str = "
    const complaints = [];
    // These end in an ellipsis, or after some lines: they are whole in the editor, its history, or where
    // they were pasted from.
    const IN_ONE_LINE = '.row-title, .hint, .name, .about, #pasted li';
    const IN_SOME_LINES = '.todo-link, .mine, .theirs, #history *';
    const layer = [...document.querySelectorAll('dialog[open]')].at(-1) ?? document.body;
    const shown = (element) =>
        element.checkVisibility({ opacityProperty: true, visibilityProperty: true })
        && !element.closest('.visually-hidden');
    const texts = [];
    const walker = document.createTreeWalker(layer, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const element = walker.currentNode.parentElement;
        if (walker.currentNode.data.trim() === '' || !shown(element)) continue;
        if (element.closest('select, textarea, script, style')) continue;
        texts.push(walker.currentNode);
    }
    for (const text of texts) {
        const element = text.parentElement;
        if (element.closest(IN_SOME_LINES)) continue;
        const words = `“${text.data.trim().slice(0, 40)}”`;
        const range = document.createRange();
        range.selectNodeContents(text);
        const box = range.getBoundingClientRect();
        for (let around = element; around !== layer; around = around.parentElement) {
            const { overflow, display, position } = getComputedStyle(around);
            // Past the edge of what scrolls, a text is only not in sight yet.
            if (/auto|scroll/.test(overflow)) break;
            if (display === 'inline') continue;
            const edge = around.getBoundingClientRect();
            const name = around.id || around.className || around.tagName;
            const ends = element.closest(IN_ONE_LINE) !== null;
            if (!ends && (box.left < edge.left - 1 || box.right > edge.right + 1))
                complaints.push(`${words} is wider than ${name}`);
            if (box.top < edge.top - 1 || box.bottom > edge.bottom + 1)
                complaints.push(`${words} is higher than ${name}`);
            // What lies above the others has its own place.
            if (position === 'absolute' || position === 'fixed') break;
        }
    }
    return complaints;";
