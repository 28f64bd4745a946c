//! What was measured.

use std::{collections::BTreeMap, time::Duration};

use serde_json::{Map, Value, json};

/// Times of a program, by their names.
pub(crate) struct Figures {
    program: &'static str,
    times: BTreeMap<String, Duration>,
}

impl Figures {
    pub(crate) fn of(program: &'static str) -> Self {
        Self { program, times: BTreeMap::new() }
    }

    pub(crate) fn note(&mut self, name: &str, time: Duration) {
        println!("{}, {name}: {:.1} ms", self.program, time.as_secs_f64() * 1e3);
        self.times.insert(name.to_owned(), time);
    }

    /// The least of several times, the middle one, and the one that 95 of 100 do not exceed.
    pub(crate) fn note_all(&mut self, name: &str, times: &mut [Duration]) {
        times.sort();
        let at = |percent: usize| times[(times.len() - 1) * percent / 100];
        self.note(&format!("{name}, least"), at(0));
        self.note(&format!("{name}, median"), at(50));
        self.note(&format!("{name}, 95th of 100"), at(95));
    }
}

pub(crate) fn median(times: &mut [Duration]) -> Duration {
    times.sort();
    times[times.len() / 2]
}

/// Nanoseconds, by program and name.
pub(crate) fn json(all: &[Figures]) -> String {
    let nanoseconds = |Figures { times, .. }: &Figures| {
        let all = times.iter().map(|(name, time)| (name.clone(), json!(time.as_nanos() as f64)));
        all.collect::<Map<_, _>>().into()
    };
    let all = all.iter().map(|figures| (figures.program.to_owned(), nanoseconds(figures)));
    Value::Object(all.collect()).to_string()
}
