//! How the window answers with a hundred thousand todos. A measurement, not a bound:
//! `cargo xtask bench ui` runs it.

use std::time::Duration;

use serde_json::{Value, json};

use crate::harness::{Session, Window, seed};

const TODOS: usize = 100_000;
/// Turns of the wheel, and the time between two of them.
const TURNS: usize = 240;
const BETWEEN: Duration = Duration::from_millis(16);
/// Each key of these is a search of its own.
const QUERIES: [&str; 4] = ["54321", "80675", "31948", "67502"];
const TOGGLES: usize = 20;

/// Notes of each frame, until `window.watching` is false: the time since the one before, in
/// milliseconds; how many rows the page has; and the title of the one in the middle of the list, or null.
const WATCH_FRAMES: &str = "window.frames = [];
    window.watching = true;
    const list = document.querySelector('#list');
    const box = list.getBoundingClientRect();
    const middle = box.y + box.height / 2;
    // Of all rows, not at a point: what passes while the list is pulled cannot be hit.
    const drawn = (rows) => rows.find((row) => {
        const { top, bottom } = row.getBoundingClientRect();
        return top <= middle && middle < bottom;
    })?.querySelector('.row-title').textContent ?? null;
    let before = performance.now();
    const note = (now) => {
        if (!window.watching) return;
        const rows = [...list.querySelectorAll('.row')];
        window.frames.push([now - before, rows.length, drawn(rows)]);
        before = now;
        requestAnimationFrame(note);
    };
    requestAnimationFrame((now) => { before = now; requestAnimationFrame(note); });";

/// Goes through the whole list in two seconds, a step for each frame, as a pull at the scroll bar.
const PULL: &str = "const done = arguments[0];
    const list = document.querySelector('#list');
    const way = list.scrollHeight - list.clientHeight;
    let step = 0;
    const pull = () => {
        list.scrollTop = (way * ++step) / 120;
        if (step < 120) requestAnimationFrame(pull); else done();
    };
    pull();";

/// Notes for each key that is pressed in the search field how long it takes, in milliseconds, until
/// rows that match are in the page and a frame with them was drawn.
const WATCH_SEARCH: &str = "window.found = [];
    let pressed = null;
    const field = document.querySelector('#search-input');
    const list = document.querySelector('#list');
    field.addEventListener('keydown', (event) => {
        if (/^\\d$/.test(event.key)) pressed = event.timeStamp;
    }, true);
    const look = () => {
        const titles = [...list.querySelectorAll('.row-title')].map((row) => row.textContent);
        if (pressed === null || titles.length === 0) return;
        if (!titles.every((title) => title.includes(field.value))) return;
        const from = pressed;
        pressed = null;
        requestAnimationFrame(() =>
            setTimeout(() => window.found.push(performance.now() - from)));
    };
    field.addEventListener('input', () => queueMicrotask(look));
    new MutationObserver(look).observe(list, { subtree: true, childList: true, characterData: true });";

/// Notes for each press of Space on a row: which frame has its box ticked, counted from the key; the
/// milliseconds until that was drawn; and those until the core had it on the disk, and said so.
const WATCH_TOGGLE: &str = "window.toggled = [];
    const said = document.querySelector('#live');
    addEventListener('keydown', (event) => {
        if (event.key !== ' ') return;
        const { timeStamp: from } = event;
        const { id } = document.querySelector('[data-cursor]');
        const times = { frame: 0, painted: null, kept: null };
        const look = () => {
            times.frame += 1;
            if (!document.querySelector(`#${id} input`)?.checked) return requestAnimationFrame(look);
            setTimeout(() => (times.painted = performance.now() - from));
        };
        requestAnimationFrame(look);
        const answered = new MutationObserver(() => {
            answered.disconnect();
            times.kept = performance.now() - from;
        });
        answered.observe(said, { subtree: true, childList: true, characterData: true });
        window.toggled.push(times);
    }, true);";

#[test]
#[ignore = "it measures: `cargo xtask bench ui`"]
fn frames_searches_and_ticks_of_a_hundred_thousand_todos() {
    let session = Session::start();
    seed(&session.data(), TODOS);
    let window = Window::open_list(&session);
    window.until_text("#filter-all .count", "100,000");
    session.until_focused("Clove");

    window.run(WATCH_FRAMES, &[]);
    session.turn_wheel("Clove", TURNS, BETWEEN);
    window.print_frames("the wheel, turned 60 times a second");
    window.run(WATCH_FRAMES, &[]);
    window.run_async(PULL, &[]);
    window.print_frames("the whole list in 120 steps");

    window.run(WATCH_SEARCH, &[]);
    window.click("#search-input");
    for query in QUERIES {
        session.key("ctrl+a");
        for digit in query.chars() {
            let before = window.noted("found").len();
            session.key(&digit.to_string());
            window.until("the hits are drawn", || window.noted("found").len() > before);
        }
    }
    print("from a key to the hits", times(&window.noted("found"), |time| time));
    session.key("Escape");
    window.until_text("#filter-all .count", "100,000");

    window.run("document.querySelector('#list').scrollTop = 0", &[]);
    window.click_in_row("Todo 99999", ".row-title");
    window.run(WATCH_TOGGLE, &[]);
    for ticked in 1..=TOGGLES {
        session.key("space");
        window.until_text("#filter-completed .count", &ticked.to_string());
    }
    let toggled = window.noted("toggled");
    let frames: Vec<&Value> = toggled.iter().map(|times| &times["frame"]).collect();
    eprintln!("the frame that has the tick, counted from the key: {frames:?}");
    print("from the key to the painted tick", times(&toggled, |times| &times["painted"]));
    print("from the key to the disk's answer", times(&toggled, |times| &times["kept"]));
}

impl Window {
    fn noted(&self, name: &str) -> Vec<Value> {
        let noted = self.run("return window[arguments[0]]", &[json!(name)]);
        serde_json::from_value(noted).unwrap()
    }

    /// Ends the watch over frames, and prints what it saw.
    fn print_frames(&self, what: &str) {
        self.run("window.watching = false", &[]);
        let frames = self.noted("frames");
        print(what, times(&frames, |frame| &frame[0]));
        let most = frames.iter().filter_map(|frame| frame[1].as_u64()).max();
        let filled = frames.iter().filter(|frame| !frame[2].is_null()).count();
        let changes = frames.windows(2).filter(|pair| pair[0][2] != pair[1][2]).count();
        eprintln!(
            "  {} frames; {} rows in the page at most; in {filled} of the frames one is in the \
             middle, and {changes} times it is another than in the frame before",
            frames.len(),
            most.unwrap_or_default()
        );
    }
}

fn times<'a>(noted: &'a [Value], time: impl Fn(&'a Value) -> &'a Value) -> Vec<f64> {
    noted.iter().map(|noted| time(noted).as_f64().expect("it was noted")).collect()
}

/// Prints how times in milliseconds are distributed.
fn print(what: &str, mut times: Vec<f64>) {
    times.sort_by(f64::total_cmp);
    let part = |part: usize| times[(times.len() - 1) * part / 100];
    eprintln!(
        "{what}: median {:.1} ms, 95th percentile {:.1} ms, at most {:.1} ms ({} times)",
        part(50),
        part(95),
        part(100),
        times.len()
    );
}
