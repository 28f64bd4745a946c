//! The newest rows, told unasked: what the network makes of them, and where they may be applied.

use serde_json::json;

use super::{
    faults::Fault,
    server::SAFE,
    table::meta,
    world::{Happening, World},
};
use crate::sync::{
    engine::Event,
    wire::{self, Tail},
};

impl World {
    /// The server tells the devices of an account its newest rows.
    pub(super) fn spread(&mut self, account: usize) {
        for device in 0..self.devices.len() {
            let here = &self.devices[device];
            if here.owner != Some(account) || !here.online || here.black_hole {
                continue;
            }
            let run = here.run;
            if !self.calm && self.dice.in_thousand(150) {
                self.count(Fault::TailLost);
                continue;
            }
            let Some(tail) = self.tail(account) else { continue };
            let mut delay = self.dice.between(1, 60);
            if self.tails_fail(20, Fault::TailLate) {
                delay = self.dice.between(100, 2 * 3_600_000);
            }
            if self.tails_fail(30, Fault::TailTwice) {
                let (again, tail) = (self.dice.between(1, 40_000), tail.clone());
                self.at(again, Happening::Told { device, run, tail });
            }
            self.at(delay, Happening::Told { device, run, tail });
        }
    }

    /// What the server tells of an account, as it comes out of the network.
    fn tail(&mut self, account: usize) -> Option<Tail> {
        // The newest row may be too long to be told.
        let short = self.tails_fail(100, Fault::TailShort);
        let most = if short { self.dice.below(3) } else { 8 };
        let mut told = self.accounts[account].tail(most).ok()?;
        if self.tails_fail(20, Fault::TailFalse) {
            let rev = self.accounts[account].rev + 1_000;
            told = json!({ "epoch": told["epoch"], "rev": rev, "since": rev, "rows": [] });
        }
        if self.tails_fail(20, Fault::TailOfOthers) {
            told["epoch"] = self.dice.between(1, SAFE).into();
        }
        let rows = told["rows"].as_array().map_or(0, Vec::len);
        if rows > 0 && self.tails_fail(20, Fault::BadRowInTail) {
            told["rows"][self.dice.below(rows)]["completed"] = "yes".into();
        }
        Some(wire::parse_tail(&told).expect("it can be told apart"))
    }

    fn tails_fail(&mut self, part: usize, fault: Fault) -> bool {
        let fails = !self.calm && self.dice.in_thousand(part) && self.has(fault);
        if fails {
            self.count(fault);
        }
        fails
    }

    /// What the server told reaches a device: it applies that at once, or follows it with a pull.
    pub(super) fn tell(&mut self, device: usize, tail: Tail) {
        let here = &mut self.devices[device];
        let cursor = meta(here.memory(), "cursor").unwrap_or(0);
        let fits = (tail.since..tail.page.cursor).contains(&cursor);
        here.takes_pages = fits && meta(here.memory(), "epoch") == Some(tail.epoch);
        self.feed(device, Event::Told(tail));
        self.devices[device].takes_pages = true;
    }
}
