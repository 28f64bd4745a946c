//! Scenarios from a seed: few todos, few texts and few moments, so that they meet.

use serde_json::{Value, json};

use super::{
    dice::Dice,
    step::{DAY, MADE, START, Step, USERS, Values, edited, id, row},
};

const HOUR: i64 = 3_600_000;
const TITLES: [&str; 9] =
    ["a", "b", " a", "b\r\n2", "\u{e000}", "\u{1f600}", "", "\u{1}", "\u{ff5e}"];

/// The first `count` steps of a seed.
pub(super) fn steps(seed: u64, count: usize) -> Vec<Step> {
    let mut random = Random { dice: Dice::new(seed), now: START, pushed: Vec::new() };
    let mut steps: Vec<Step> = (0..count).map(|_| random.step()).collect();
    // Mostly a device begins as it should.
    if random.dice.in_thousand(800) {
        steps.insert(0, Step::Hello(0));
    }
    steps
}

struct Random {
    dice: Dice,
    now: i64,
    /// What was pushed before, to be pushed once more.
    pushed: Vec<Vec<Value>>,
}

impl Random {
    fn step(&mut self) -> Step {
        let user = usize::from(self.dice.in_thousand(200));
        match self.dice.below(100) {
            0..46 => Step::Push(user, self.rows()),
            46..58 => {
                let pauses = [1, 7, 1_000, 10_000, HOUR, HOUR, 91 * DAY, 91 * DAY];
                let pause = pauses[self.dice.below(pauses.len())];
                self.now += pause;
                Step::Wait(pause)
            }
            58..68 => {
                let limit = [1, 2, 3, 500][self.dice.below(4)];
                let since = self.dice.between(-1, 20);
                Step::Pull { user, stale: self.dice.in_thousand(100), since, limit }
            }
            68..75 => {
                let title = self.title();
                Step::Create { user, title, description: self.description().unwrap_or_default() }
            }
            75..85 => {
                let title = self.dice.in_thousand(500).then(|| self.title());
                let completed = self.dice.in_thousand(400).then(|| self.dice.in_thousand(500));
                let values = Values(title, self.description(), completed);
                Step::Edit { user, owner: self.owner(user), made: self.dice.below(3), values }
            }
            85..88 => Step::Delete { user, owner: self.owner(user), made: self.dice.below(3) },
            88..92 => Step::Strip,
            92 => Step::ReplaceEpochs,
            93..96 => Step::Hello(user),
            96 => Step::Head(user),
            97 => Step::Tail(user),
            _ => Step::Lists(user),
        }
    }

    fn owner(&mut self, user: usize) -> usize {
        if self.dice.in_thousand(900) { user } else { self.dice.below(USERS) }
    }

    fn rows(&mut self) -> Vec<Value> {
        if self.dice.in_thousand(250)
            && let Some(rows) = self.dice.pick(&self.pushed)
        {
            return rows.clone();
        }
        let count = self.dice.below(4) + usize::from(self.dice.in_thousand(900));
        let mut rows: Vec<Value> = (0..count).map(|_| self.row()).collect();
        if self.dice.in_thousand(150)
            && let Some(earlier) = self.dice.pick(&self.pushed)
        {
            rows.extend_from_slice(earlier);
        }
        self.pushed.push(rows.clone());
        rows
    }

    fn row(&mut self) -> Value {
        let number = self.dice.below(6);
        let id = if number < 4 { id(number) } else { format!("{MADE}{}", number - 4) };
        let title = self.title();
        let mut row = row(&id, &title, self.moment());
        if self.dice.in_thousand(300) {
            let (text, at) = (json!(self.description()), self.moment());
            row = edited(row, "description", text, at);
        }
        if self.dice.in_thousand(300) {
            let at = self.moment();
            row = edited(row, "completed", self.dice.in_thousand(500), at);
        }
        if self.dice.in_thousand(400) {
            let at = self.moment();
            let deleted = if self.dice.in_thousand(800) { json!(at) } else { Value::Null };
            row = edited(row, "deletedAt", deleted, at);
        }
        if self.dice.in_thousand(60) {
            self.spoil(&mut row);
        }
        row
    }

    /// Moments that were, are, or will be: few of each, so that stamps are the same.
    fn moment(&mut self) -> i64 {
        let ahead =
            [-DAY, -HOUR, -1_000, -1, 0, 0, 1, 4_999, 5_000, 5_001, 60_000, HOUR, 300 * DAY];
        let at = if self.dice.in_thousand(600) { self.now } else { START };
        let far = if self.dice.in_thousand(15) { 400 * DAY } else { 0 };
        at + ahead[self.dice.below(ahead.len())] + far
    }

    fn title(&mut self) -> String {
        // The last few are refused, now and then.
        let some = if self.dice.in_thousand(850) { 6 } else { TITLES.len() };
        TITLES[self.dice.below(some)].to_owned()
    }

    fn description(&mut self) -> Option<String> {
        let texts = [None, None, Some("text"), Some(" more\r"), Some(" "), Some("\u{10ffff}")];
        texts[self.dice.below(texts.len())].map(str::to_owned)
    }

    fn spoil(&mut self, row: &mut Value) {
        let names = ["clientId", "createdAt", "title", "description", "completed", "deletedAt"];
        let nonsense = [json!(null), json!(-1), json!(0.5), json!(true), json!("x"), json!({})];
        let nonsense = nonsense[self.dice.below(nonsense.len())].clone();
        let name = names[self.dice.below(names.len())];
        match self.dice.below(4) {
            0 => row[name] = nonsense,
            1 => row["stamps"]["title"] = nonsense,
            2 => row["colour"] = nonsense,
            _ => drop(row.as_object_mut().and_then(|row| row.remove(name))),
        }
    }
}
