//! Named steps, one after the other, with a summary of what each took.

use crate::cmd::{Failure, Result, seconds};
use crate::table::table;
use std::time::{Duration, Instant};

/// The steps so far. Its summary is printed when it is dropped, whatever happened.
#[derive(Default)]
pub(crate) struct Steps(Vec<Step>);

struct Step {
    name: String,
    took: Duration,
    outcome: &'static str,
}

impl Steps {
    /// Does one step. Its failure is the end, and names it.
    pub(crate) fn step(&mut self, name: &str, does: impl FnOnce() -> Result<()>) -> Result<()> {
        println!("\n== {name}");
        let started = Instant::now();
        let result = does();
        let outcome = if result.is_ok() { "ok" } else { "FAILED" };
        self.0.push(Step { name: name.to_owned(), took: started.elapsed(), outcome });
        result.map_err(|Failure(why)| Failure(format!("{name}: {why}")))
    }

    /// Notes a step that is not done here, and why.
    pub(crate) fn skip(&mut self, name: &str, why: &str) {
        println!("\n== {name}: skipped, {why}");
        self.0.push(Step { name: name.to_owned(), took: Duration::ZERO, outcome: "skipped" });
    }

    fn summary(&self) -> String {
        let total = self.0.iter().map(|step| step.took).sum();
        let mut rows: Vec<Vec<String>> = self.0.iter().map(Step::row).collect();
        rows.push(vec!["total".to_owned(), seconds(total)]);
        table(&rows)
    }
}

impl Step {
    fn row(&self) -> Vec<String> {
        vec![self.name.clone(), seconds(self.took), self.outcome.to_owned()]
    }
}

impl Drop for Steps {
    fn drop(&mut self) {
        println!("\n{}", self.summary());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cmd::fail;

    #[test]
    fn a_failure_names_its_step_and_the_summary_shows_all() {
        let mut steps = Steps::default();
        steps.step("first", || Ok(())).unwrap();
        steps.skip("second", "not here");
        let failure = steps.step("third", || fail("It broke.")).unwrap_err();
        assert_eq!(failure.to_string(), "third: It broke.");
        let summary = steps.summary();
        let outcomes: Vec<&str> =
            summary.lines().map(|line| line.rsplit(' ').next().unwrap()).collect();
        assert_eq!(outcomes, ["ok", "skipped", "FAILED", "s"], "{summary}");
    }
}
