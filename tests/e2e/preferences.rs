//! What the desktop says of its person's needs, followed in the real window. WebKitGTK has no forced colours.

use std::fs;

use crate::harness::{Session, Window};

#[test]
fn without_animations_on_the_desktop_nothing_moves() {
    let session = Session::start();
    let folder = session.path("config/gtk-3.0");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("settings.ini"), "[Settings]\ngtk-enable-animations=0\n").unwrap();
    let window = Window::open_list(&session);
    assert!(matches(&window, "(prefers-reduced-motion: reduce)"), "the page is told");
    window.run(
        "window.moved = [];
        const look = () => {
            for (const { effect } of document.getAnimations()) {
                const { duration, iterations } = effect.getComputedTiming();
                // Some appear a while later, at once: that is no motion.
                if (duration > 1 || iterations === Infinity) window.moved.push(effect.target.outerHTML);
            }
            requestAnimationFrame(look);
        };
        look();",
        &[],
    );
    session.until_focused("Clove");
    for title in ["Buy milk", "Call Ada"] {
        window.add(title);
    }
    session.key("ctrl+n");
    session.key("Escape");
    for key in ["Home", "space", "ctrl+z", "Delete"] {
        session.key(key);
    }
    window.until("the toast is there", || window.has("#toast"));
    session.key("ctrl+comma");
    window.until("the settings are there", || window.has("#settings[open]"));
    assert_eq!(window.run("return window.moved", &[]), serde_json::json!([]), "what moved");
}

#[test]
fn with_high_contrast_on_the_desktop_lines_and_quiet_words_are_strong() {
    let session = Session::start();
    session.set("GTK_THEME", "HighContrast");
    let window = Window::open_list(&session);
    assert!(matches(&window, "(prefers-contrast: more)"), "the page is told");
    let same = "const style = getComputedStyle(document.documentElement);
        const value = (name) => style.getPropertyValue(name).trim();
        return value('--line') === value('--line-strong') && value('--ink-soft') === value('--ink')";
    assert_eq!(window.run(same, &[]), true, "the tokens follow");
}

fn matches(window: &Window, query: &str) -> bool {
    window.run("return matchMedia(arguments[0]).matches", &[query.into()]) == true
}
