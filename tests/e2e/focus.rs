//! Where Tab leads: to everything, in order, seen at each stop, and out again (WCAG 2.1.2, 2.4.3, 2.4.7,
//! 2.4.11).

use serde::Deserialize;

use crate::states::Stage;

/// The states that are walked through. The editor is left where Tab leads out of it: see `keys`.
const WALKED: [&str; 12] = [
    "the empty list",
    "the list",
    "a search with hits",
    "the deleted todos",
    "the settings",
    "the keyboard sheet",
    "the closing question",
    "the account, signed out",
    "the question about todos of before",
    "the account, signed in",
    "signing out",
    "a todo that is set aside",
];

#[test]
fn tab_leads_through_everything_and_is_seen_everywhere() {
    Stage::walk(
        "Adwaita",
        |stage, state| {
            if WALKED.contains(&state) { stage.walk_by_tab() } else { Vec::new() }
        },
    );
}

/// Where Tab led.
#[derive(Debug, Deserialize)]
struct Stop {
    /// What has the focus; nothing where it is on the page as a whole.
    name: Option<String>,
    /// Whether it is one that was met before.
    again: bool,
    /// Whether it comes after the one before, in the order of reading.
    onward: bool,
    /// Whether it looks otherwise than without the focus.
    marked: bool,
    /// Whether nothing lies on all of it.
    uncovered: bool,
}

impl Stage {
    /// Goes once around, from wherever the focus is. What is wrong on the way.
    #[track_caller]
    fn walk_by_tab(&self) -> Vec<String> {
        self.window.run(BEGIN, &[]);
        let (mut turns, mut complaints) = (0, Vec::new());
        for presses in 1.. {
            assert!(presses < 80, "Tab comes around");
            self.session.key("Tab");
            let pressed = format!("return window.tabs === {presses}");
            self.window.until("Tab is pressed", || self.window.run(&pressed, &[]) == true);
            let stop: Stop = serde_json::from_value(self.window.run(STOP, &[])).unwrap();
            if stop.again {
                break;
            }
            let Some(name) = stop.name else { continue };
            turns += usize::from(!stop.onward);
            for (right, complaint) in [
                (turns <= 1, "is behind the one before"),
                (stop.marked, "does not show the focus"),
                (stop.uncovered, "is covered"),
            ] {
                complaints.extend((!right).then(|| format!("{name} {complaint}")));
            }
        }
        let missed: Vec<String> = serde_json::from_value(self.window.run(END, &[])).unwrap();
        complaints.extend(missed.into_iter().map(|name| format!("Tab never comes to {name}")));
        complaints
    }
}

/// Remembers how everything looks without the focus.
const BEGIN: &str = "
    window.looks = (element) => {
        const { outlineStyle, outlineWidth, outlineColor, boxShadow, borderColor } = getComputedStyle(element);
        return [outlineStyle === 'none' ? '' : outlineStyle + outlineWidth + outlineColor,
            boxShadow, borderColor].join();
    };
    window.layer = [...document.querySelectorAll('dialog[open]')].at(-1) ?? document.body;
    document.activeElement.blur();
    window.unfocused = new Map(
        [...document.querySelectorAll('*')].map((element) => [element, window.looks(element)]));
    window.stops = [];
    window.tabs = 0;
    window.counts ??= addEventListener('keyup', ({ key }) => (window.tabs += key === 'Tab')) ?? true;";

const STOP: &str = "
    const element = document.activeElement;
    if (element === document.body)
        return { name: null, again: false, onward: true, marked: false, uncovered: false };
    const again = window.stops.includes(element);
    const before = window.stops.at(-1);
    const onward = before === undefined
        || (before.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
    if (!again) window.stops.push(element);
    const bearers = [element, element.parentElement, element.querySelector('[data-cursor]')];
    const marked = bearers.some((bearer) =>
        bearer && window.looks(bearer) !== (window.unfocused.get(bearer) ?? ''));
    const box = (element.querySelector('[data-cursor]') ?? element).getBoundingClientRect();
    const uncovered = [0.1, 0.5, 0.9].some((part) => {
        const hit = document.elementFromPoint(box.x + box.width * part, box.y + box.height / 2);
        return hit !== null && (element.contains(hit) || hit.contains(element));
    });
    return { name: element.id || element.outerHTML.slice(0, 80), again, onward, marked, uncovered };";

const END: &str = "
    const controls = window.layer.querySelectorAll('button, input, select, textarea, a[href], [tabindex]');
    const missed = [...controls].filter((control) =>
        control.checkVisibility() && !control.disabled && control.tabIndex >= 0
            && control.closest('[inert]') === null && !window.stops.includes(control));
    if (window.layer === document.body) document.querySelector('#list').focus();
    return missed.map((control) => control.id || control.outerHTML.slice(0, 80));";
