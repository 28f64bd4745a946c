//! axe-core (<https://github.com/dequelabs/axe-core>), in every state of the real window: its rules of
//! WCAG 2.0, 2.1 and 2.2, levels A and AA, and its best practices.

use std::fs;

use serde_json::json;

use crate::{
    harness::{Session, Window, seed},
    keep::damage,
    states::Stage,
    stores::make_newer,
};

/// GTK's own theme, which the page's colour scheme follows.
const THEMES: [(&str, &str); 2] = [("light", "Adwaita"), ("dark", "Adwaita:dark")];

#[test]
fn no_state_breaks_a_rule_in_light() {
    walk(THEMES[0]);
}

#[test]
fn no_state_breaks_a_rule_in_dark() {
    walk(THEMES[1]);
}

fn walk((name, theme): (&str, &str)) {
    Stage::walk(theme, |stage, _| {
        let script = "return matchMedia(`(prefers-color-scheme: ${arguments[0]})`).matches";
        assert_eq!(stage.window.run(script, &[json!(name)]), true, "the window is {name}");
        broken_rules(&stage.window)
    });
}

#[test]
fn no_state_of_another_window_or_folder_breaks_a_rule() {
    for (_, theme) in THEMES {
        let session = Session::start();
        session.set("GTK_THEME", theme);
        seed(&session.data(), 2);
        let path = session.data().join("this-device.db");
        make_newer(&path);
        let window = Window::open(&session);
        window.until("the banner is there", || window.has("#banner"));
        assert_eq!(broken_rules(&window), [""; 0], "read-only");
        window.kill();

        fs::write(&path, "Dear diary").unwrap();
        let window = Window::open(&session);
        window.until("the panel is there", || window.has("#store-failed"));
        assert_eq!(broken_rules(&window), [""; 0], "the store did not open");
        window.kill();

        fs::remove_file(&path).unwrap();
        seed(&session.data(), 2);
        damage(&path);
        let window = Window::open(&session);
        window.until_text("#notice", "2 todos could be rescued");
        assert_eq!(broken_rules(&window), [""; 0], "what was rescued");
        window.click("#open-settings");
        window.until_text("#repair", "2 todos could be rescued");
        assert_eq!(broken_rules(&window), [""; 0], "what was rescued, in the settings");
        window.kill();

        fs::write(session.data().join("settings.json"), "{ nonsense").unwrap();
        let window = Window::open(&session);
        window.until("the notice is there", || window.has("#notice"));
        assert_eq!(broken_rules(&window), [""; 0], "a notice");
        session.until_focused("Clove");
        session.key("ctrl+shift+space");
        session.until_focused("Add a todo");
        window.until_quick_add();
        assert_eq!(broken_rules(&window), [""; 0], "quick add");
        session.key("Return");
        window.until_text("#quick-error", "title");
        assert_eq!(broken_rules(&window), [""; 0], "quick add with a refused title");
    }
}

/// Has axe judge every text. Left alone, it is unsure of one above or beside what CSS draws, which in
/// Clove is a line or what can be hit of a checkbox, and of one that is a sign, such as an arrow.
const SURE: &str = "axe.configure({ checks: [{ id: 'color-contrast', options: {
    ignorePseudo: true, ignoreUnicode: false, ignoreLength: false,
    boldValue: 700, boldTextPt: 14, largeTextPt: 18, shadowOutlineEmMax: 0.2, textStrokeEmMin: 0.03,
    contrastRatio: { normal: { expected: 4.5 }, large: { expected: 3 } } } }] });";

/// What axe complains of, and what it is unsure of.
#[track_caller]
fn broken_rules(window: &Window) -> Vec<String> {
    if window.run("return window.axe === undefined", &[]) == true {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/node_modules/axe-core/axe.min.js");
        window.run(&fs::read_to_string(path).expect("`npm ci` has been run"), &[]);
        window.run(SURE, &[]);
    }
    // The arrow of a choice is drawn as a gradient; contrast.test.ts has the colours of its words. What
    // is scrolled out of sight in part looks as its neighbours do.
    let script = "const [values, done] = arguments;
        const cut = (element) => {
            const list = element?.closest('#palette-list')?.getBoundingClientRect();
            return list !== undefined && element.getBoundingClientRect().bottom > list.bottom;
        };
        const aside = ({ id }, { target }) => {
            const element = document.querySelector(target[0]);
            return id === 'color-contrast' && (element?.matches('select') || cut(element));
        };
        const brief = (rules, verdict) => rules.flatMap((rule) => rule.nodes
            .filter((node) => verdict === 'breaks' || !aside(rule, node))
            .map(({ target, failureSummary }) =>
                `${target.join(' ')} ${verdict} ${rule.id}: ${failureSummary}`));
        axe.run(document, { runOnly: { type: 'tag', values } }).then(
            ({ violations, incomplete, passes }) => done([
                [...brief(violations, 'breaks'), ...brief(incomplete, 'may break')], passes.length]),
            (error) => done([[String(error)], 0]));";
    let tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    let answer = window.run_async(script, &[json!(tags)]);
    let (complaints, kept): (Vec<String>, usize) = serde_json::from_value(answer).unwrap();
    assert!(kept > 10 || !complaints.is_empty(), "axe looked at the page: {kept} rules are kept");
    complaints
}
