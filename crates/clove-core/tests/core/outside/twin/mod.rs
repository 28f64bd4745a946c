//! The model of the server that the simulation plays against, held to the server itself: the same
//! steps are taken on both, and each answer must be the same, row for row, code for code, rev for rev.
//!
//! What the server chooses by chance (epochs, ids of todos that another client makes) the model is told.
//! `CLOVE_TWIN_SEEDS` and `CLOVE_TWIN_FROM` say which random scenarios are played.

mod both;
mod bounds;
#[allow(dead_code, reason = "the simulation uses the rest")]
#[path = "../../../simulation/dice.rs"]
mod dice;
mod random;
mod scenarios;
#[allow(dead_code, reason = "the simulation uses the rest")]
#[path = "../../../simulation/server.rs"]
mod server;
mod step;

use std::collections::BTreeSet;

use serde_json::json;

use self::{
    both::Twin,
    step::{KEPT, START, Step, USERS},
};
use super::cloud::Cloud;

const SEEDS: u64 = 200;
const STEPS: usize = 30;

#[tokio::test]
async fn the_model_answers_as_the_server_does() {
    let cloud = cloud().await;
    let mut met = BTreeSet::new();
    for (name, steps) in scenarios::all() {
        met.extend(play(&cloud, name, &steps).await);
    }
    for code in scenarios::CODES {
        assert!(met.contains(*code), "{code} is met in some scenario, so that it is compared");
    }
}

#[tokio::test]
async fn the_model_answers_as_the_server_does_whatever_happens() {
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse().ok());
    let first: u64 = number("CLOVE_TWIN_FROM").unwrap_or(0);
    let cloud = cloud().await;
    for seed in first..first + number("CLOVE_TWIN_SEEDS").unwrap_or(SEEDS) {
        play(&cloud, &format!("seed {seed}"), &random::steps(seed, STEPS)).await;
    }
}

/// A cloud whose clock stands still, and whose tokens outlast every scenario.
async fn cloud() -> Cloud {
    let cloud = Cloud::start();
    cloud.control("/clock", json!({ "at": START })).await;
    cloud.control("/tokens", json!({ "convex": 10 * 365 * 24 * 3600 })).await;
    cloud
}

/// Takes all steps on both, with users of its own. Which refusals were met.
async fn play(cloud: &Cloud, name: &str, steps: &[Step]) -> BTreeSet<String> {
    let mut twin = Twin::new(cloud, name).await;
    // All tombstones go in the end: the next scenario has none but its own.
    let steps = [steps, &[Step::Wait(KEPT + 1), Step::Strip]].concat();
    for (number, step) in steps.iter().enumerate() {
        if let Err(difference) = twin.take(step).await {
            let taken: Vec<String> = steps[..=number]
                .iter()
                .enumerate()
                .map(|(number, step)| format!("{number:>3} {}", step.shown()))
                .collect();
            panic!("{name} leads to two answers.\n{}\n{difference}", taken.join("\n"));
        }
    }
    for user in 0..USERS {
        let same = twin.compare_all(user).await;
        same.unwrap_or_else(|difference| panic!("{name}, at its end: {difference}\n{steps:?}"));
    }
    twin.met
}
