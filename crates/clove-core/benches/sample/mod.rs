//! Todos such as people write, the same in every run.

use std::{error::Error, sync::Arc};

use clove_core::Todos;
use tokio::task::JoinSet;

/// A word in every tenth todo.
pub(crate) const COMMON: &str = "groceries";
/// A word in exactly five todos of any number.
pub(crate) const RARE: &str = "quokka";
/// Two letters that many words hold.
pub(crate) const SHORT: &str = "re";
/// A word in no todo.
pub(crate) const NONE: &str = "xylophone";

/// How many adds wait for one commit.
const CHUNK: usize = 200;

const VERBS: &[&str] = &[
    "Buy",
    "Call",
    "Write",
    "Send",
    "Fix",
    "Read",
    "Plan",
    "Book",
    "Clean",
    "Pay",
    "Renew",
    "Return",
    "Order",
    "Prepare",
    "Review",
    "Water",
    "Cancel",
    "Ask about",
    "Pick up",
    "整理",
];
const THINGS: &[&str] = &[
    "the rent",
    "milk and bread",
    "a birthday present",
    "the tax return",
    "train tickets",
    "the bike",
    "a letter to Zoë",
    "the café table",
    "résumé",
    "notes for Monday",
    "the plants",
    "牛乳とパン",
    "東京の写真",
    "the dentist",
    "insurance",
    "new running shoes",
    "the report",
    "the garage door",
    "passport photos",
    "dinner with Jürgen",
    "the guitar strings",
    "paint",
    "a present for Ana",
    "the library books",
    "two light bulbs",
    "the spare key",
    "slides",
];
const WHENS: &[&str] = &[
    "",
    "today",
    "tomorrow",
    "before Friday",
    "this weekend",
    "next week",
    "in March",
    "by noon",
    "after work",
    "when it rains",
    "with Sam",
    "for the party",
    "at the station",
    "online",
];

/// The title of todo `index` of `count`.
pub(crate) fn title(index: usize, count: usize) -> String {
    let random = scramble(index);
    let pick = |words: &[&'static str], shift: u32| words[(random >> shift) as usize % words.len()];
    let mut words = vec![pick(VERBS, 0), pick(THINGS, 16), pick(WHENS, 32)];
    if index % 10 == 3 {
        words.push(COMMON);
    }
    if index.is_multiple_of(count / 5) && index / (count / 5) < 5 {
        words.push(RARE);
    }
    words.retain(|word| !word.is_empty());
    format!("{} {}", words.join(" "), random >> 50)
}

/// Fills an empty store with `count` todos; a fifth has a description, a fifth is done.
pub(crate) async fn fill(clove: &Arc<Todos>, count: usize) -> Result<(), Box<dyn Error>> {
    for start in (0..count).step_by(CHUNK) {
        let mut adds = JoinSet::new();
        for index in start..count.min(start + CHUNK) {
            let clove = Arc::clone(clove);
            let description = (index % 5 == 1).then(|| title(index + count, usize::MAX));
            adds.spawn(async move {
                let title = title(index, count);
                clove.add(&title, description.as_deref()).await.map(|added| (index, added))
            });
        }
        let mut done = Vec::new();
        while let Some(added) = adds.join_next().await {
            let (index, added) = added??;
            if index % 5 == 2 {
                done.extend(added.todos.iter().map(|todo| todo.id));
            }
        }
        clove.set_completed(done, true).await?;
    }
    Ok(())
}

/// A number that looks random (the finalizer of SplitMix64).
fn scramble(index: usize) -> u64 {
    let mut x = (index as u64).wrapping_add(0x9E37_79B9_7F4A_7C15);
    x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    x ^ (x >> 31)
}
