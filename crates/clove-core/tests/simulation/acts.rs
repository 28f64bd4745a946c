//! What people do, and what befalls them.

use std::sync::atomic::Ordering;

use serde_json::json;

use super::{
    device::{Owner, ready, repair_disk},
    faults::Fault,
    table::held,
    world::World,
};
use crate::{
    Error, TodoId, store,
    sync::engine::Event,
    view::{Applied, Filter},
};

const HOUR: i64 = 3_600_000;

impl World {
    /// Somebody does something, or something happens to somebody.
    pub(super) fn act(&mut self) {
        let device = self.dice.below(self.devices.len());
        if self.dice.in_thousand(50) {
            return self.edit_together(device);
        }
        if self.dice.in_thousand(40) {
            // A search brings the index up to the table; on a full disk it finds what it can.
            let found = ready(self.devices[device].todos.search("word", Filter::All, 0, 500));
            return self.trace.note(&format!("{device} finds {}", found.map_or(0, |f| f.total)));
        }
        if self.dice.in_thousand(780) {
            return self.edit(device);
        }
        self.befall(device);
    }

    /// Two people write the same title at the same moment.
    fn edit_together(&mut self, device: usize) {
        let ids = self.ids(device);
        let Some(id) = self.dice.pick(&ids).copied() else { return };
        let owner = self.devices[device].owner;
        for other in 0..self.devices.len() {
            if self.devices[other].owner == owner && self.ids(other).contains(&id) {
                self.words += 1;
                let title = format!("tie {}", self.dice.below(1_000_000));
                if ready(self.devices[other].todos.rename(id, &title)).is_ok() {
                    self.truth.note(other, owner, id, "title", &title);
                    self.feed(other, Event::Edited);
                }
            }
        }
    }

    fn edit(&mut self, device: usize) {
        let crash = self.dice.in_thousand(8) && self.has(Fault::CrashBeforeCommit);
        if crash {
            self.devices[device].memory().refuse_commits(true);
        }
        let outcome = self.verb(device);
        self.devices[device].memory().refuse_commits(false);
        self.trace.note(&format!("{} {device} edits: {outcome:?}", self.now));
        if crash {
            self.count(Fault::CrashBeforeCommit);
            return self.restart(device);
        }
        if self.devices[device].was_edited() {
            self.feed(device, Event::Edited);
        }
    }

    /// One verb of a person's. What is answered is noted: it must never be lost.
    fn verb(&mut self, device: usize) -> Result<(), Error> {
        let owner = self.devices[device].owner;
        self.words += 1;
        let mut title = format!("word {}", self.words);
        if self.dice.in_thousand(20) {
            title = format!("poison {}", self.words);
        }
        if self.dice.in_thousand(30) {
            // A few texts are the same on several devices: the same content is no conflict.
            title = format!("same {}", self.dice.below(3));
        }
        let ids = self.ids(device);
        // The last few are edited more often: edits have to meet pushes that are under way.
        let some = if self.dice.in_thousand(400) { ids.len().saturating_sub(2) } else { 0 };
        let id = self.dice.pick(&ids[some..]).copied();
        let verb = self.dice.below(100);
        let here = &self.devices[device].todos;
        let Some(id) = id.filter(|_| verb >= 16) else {
            let added = ready(here.add(&title, None))?;
            self.check_stamp(device, None, &added);
            self.truth.note(device, owner, added.todos[0].id, "title", &title);
            return Ok(());
        };
        match verb {
            16..46 => {
                let before = held(self.devices[device].memory(), id).expect("it was picked");
                let renamed = ready(self.devices[device].todos.rename(id, &title))?;
                self.check_stamp(device, before.at.into_iter().max(), &renamed);
                self.truth.note(device, owner, id, "title", &title);
                let seen = before.values[0].as_str().unwrap_or_default();
                self.truth.renamed(owner, id, seen, &title);
            }
            46..58 => {
                let text = self.dice.in_thousand(800).then_some(title.as_str());
                ready(self.devices[device].todos.describe(id, text))?;
                if let Some(text) = text {
                    self.truth.note(device, owner, id, "description", text);
                }
            }
            58..70 => drop(ready(here.set_completed(vec![id], !self.words.is_multiple_of(3)))?),
            70..82 => drop(ready(here.delete(vec![id]))?),
            82..86 => drop(ready(here.restore(vec![id]))?),
            86..92 => {
                ready(here.undo(None))?;
                self.truth.made_anew(self.devices[device].memory());
            }
            92..95 => {
                ready(here.redo())?;
                self.truth.made_anew(self.devices[device].memory());
            }
            95..98 => {
                self.restore_entry(device, id)?;
                self.truth.made_anew(self.devices[device].memory());
            }
            98 => self.try_again(device)?,
            _ => {
                let some: Vec<TodoId> = ids.into_iter().take(40).collect();
                ready(here.delete(some))?;
                self.count(Fault::MassDeletion);
            }
        }
        Ok(())
    }

    fn ids(&self, device: usize) -> Vec<TodoId> {
        self.devices[device].memory().with(|connection| {
            let sql = "SELECT id FROM todos ORDER BY seq";
            let mut statement = connection.prepare_cached(sql).expect("the table is there");
            let ids = statement.query_map([], |row| row.get(0)).expect("it is read");
            ids.map(|id| id.expect("an id")).collect()
        })
    }

    fn restore_entry(&mut self, device: usize, id: TodoId) -> Result<Option<Applied>, Error> {
        let entries = ready(self.devices[device].todos.history(id))?;
        let Some(entry) = self.dice.pick(&entries) else { return Ok(None) };
        ready(self.devices[device].todos.restore_entry(entry.seq)).map(Some)
    }

    fn try_again(&mut self, device: usize) -> Result<(), Error> {
        let store = self.devices[device].todos.store();
        ready(store.write(|batch| store::try_again(batch, None)))?;
        self.feed(device, Event::Wanted);
        Ok(())
    }

    fn befall(&mut self, device: usize) {
        let kind = self.dice.below(22);
        let needs = [
            (3, Fault::BlackHole),
            (4, Fault::ClockAhead),
            (5, Fault::ClockBack),
            (8, Fault::DiskFull),
            (10, Fault::Unauthorized),
            (11, Fault::SessionEnded),
            (13, Fault::AccountSwitch),
            (15, Fault::ServerRestored),
            (16, Fault::Stripped),
        ];
        if needs.iter().any(|(at, fault)| *at == kind && !self.has(*fault)) {
            return;
        }
        let here = &mut self.devices[device];
        match kind {
            0..3 => {
                here.online = !here.online;
                let online = here.online;
                if !online {
                    self.count(Fault::NetworkGone);
                }
                self.feed(device, Event::Network(online));
            }
            3 => {
                here.black_hole = !here.black_hole;
            }
            4 => self.set_clock(device),
            5 => {
                let skew = here.clock.skew.load(Ordering::Relaxed);
                here.clock.skew(skew - self.dice.between(1_000, HOUR));
                here.measured = false;
                self.count(Fault::ClockBack);
                self.feed(device, Event::Tick);
            }
            6 => {
                here.clock.skew(0);
                here.measured = false;
                self.feed(device, Event::Woke);
            }
            7 => {
                self.count(Fault::Restart);
                self.restart(device);
            }
            8 => self.spoil_disk(device),
            9 => repair_disk(here.memory()),
            10 => {
                here.token = false;
            }
            11 => {
                (here.token, here.session) = (false, false);
                self.count(Fault::SessionEnded);
            }
            12 => {
                (here.token, here.session) = (true, true);
                self.feed(device, Event::SignedIn);
            }
            13 => self.change_account(device),
            14 => self.back_up(),
            15 => self.restore_server(),
            16 => {
                let account = self.dice.below(self.accounts.len());
                let age = [0, 60_000, HOUR][self.dice.below(3)];
                if self.accounts[account].strip(self.now - age) > 0 {
                    self.count(Fault::Stripped);
                }
            }
            17 => self.feed(device, Event::Wanted),
            18 => self.feed(device, Event::Woke),
            _ => self.other_client(),
        }
    }

    /// What an edit's stamp may be: close to the true time, where the clock was measured, or just above
    /// what was there.
    fn check_stamp(&self, device: usize, before: Option<i64>, after: &Applied) {
        let at = after.todos[0].updated_at;
        let above = before.is_none_or(|before| at > before);
        assert!(above || after.action == 0, "an edit lies above all that was seen");
        let seen = before.is_some_and(|before| at == before + 1);
        let close = (at - self.now).abs() <= 31_000;
        assert!(
            !self.devices[device].measured || seen || close || after.action == 0,
            "device {device}: a wrong clock wins nothing, and loses nothing: {}",
            at - self.now
        );
    }

    fn set_clock(&mut self, device: usize) {
        let (fault, skew) = match self.dice.below(3) {
            0 => (Fault::ClockAhead, HOUR),
            1 => (Fault::ClockBehind, -HOUR),
            _ => (Fault::ClockIn2099, 4_070_908_800_000 - self.now),
        };
        self.count(fault);
        self.devices[device].clock.skew(skew);
        self.devices[device].measured = false;
        if self.dice.in_thousand(500) {
            self.feed(device, Event::Tick);
        }
    }

    fn spoil_disk(&mut self, device: usize) {
        let full = self.dice.in_thousand(500);
        self.count(if full { Fault::DiskFull } else { Fault::ReadOnly });
        self.devices[device].memory().with(|connection| {
            if full {
                let pages: i64 = connection
                    .pragma_query_value(None, "page_count", |row| row.get(0))
                    .expect("a count");
                let set =
                    connection.pragma_update_and_check(None, "max_page_count", pages, |_| Ok(()));
                set.expect("the bound is set");
            } else {
                connection.pragma_update(None, "query_only", true).expect("it is set");
            }
        });
    }

    /// Ends sync, as before a sign-out. Not if the app crashes over it: then it is started again.
    fn stop(&mut self, device: usize) -> bool {
        let run = self.devices[device].run;
        self.feed(device, Event::Stop);
        // What was at work is heard, and what is to be noted is written.
        while self.devices[device].run == run
            && let Some(outcome) = self.devices[device].outcome.take()
        {
            self.feed(device, Event::Worked(outcome));
        }
        if self.devices[device].run != run {
            return false;
        }
        let stopped = self.devices[device].engine.take();
        assert!(
            stopped.is_none_or(|engine| engine.is_over()),
            "a stopped engine does nothing more"
        );
        true
    }

    /// Signs out, or into an account; what was made signed out moves there.
    fn change_account(&mut self, device: usize) {
        if !self.stop(device) {
            return;
        }
        repair_disk(self.devices[device].memory());
        let owner: Owner = match self.devices[device].owner {
            Some(_) if self.dice.in_thousand(500) => {
                self.count(Fault::SignOut);
                None
            }
            _ => {
                self.count(Fault::AccountSwitch);
                Some(self.dice.below(self.accounts.len()))
            }
        };
        let moves = self.devices[device].owner.is_none() && owner.is_some();
        let here = &mut self.devices[device];
        (here.token, here.session) = (true, true);
        if moves {
            let memory = here.memory().clone();
            let from = crate::Todos::over(
                memory.open(&*here.environment.random),
                crate::store::Database::ThisDevice,
                here.environment.clone(),
            );
            here.start(owner, self.now);
            ready(from.move_into(&self.devices[device].todos)).expect("they move");
            self.truth.moved(device, owner);
        }
        self.start(device, owner);
    }

    fn back_up(&mut self) {
        let account = self.dice.below(self.accounts.len());
        if self.accounts[account].epoch != 0 {
            self.backups[account] = Some(self.accounts[account].clone());
        }
    }

    fn restore_server(&mut self) {
        let account = self.dice.below(self.accounts.len());
        let Some(mut backup) = self.backups[account].take() else { return };
        self.count(Fault::ServerRestored);
        backup.epoch = self.dice.between(1, (1 << 53) - 1);
        self.accounts[account] = backup;
        self.spread(account);
    }

    /// Another client writes through `todos.*`.
    fn other_client(&mut self) {
        let account = self.dice.below(self.accounts.len());
        if self.accounts[account].epoch == 0 {
            return;
        }
        self.count(Fault::OtherClient);
        self.words += 1;
        let title = format!("web {}", self.words);
        let ids: Vec<String> = self.accounts[account].docs.keys().cloned().collect();
        let id = self.dice.pick(&ids).cloned();
        let before = self.accounts[account].clone();
        let (kind, now) = (self.dice.below(5), self.now);
        let done = match (kind, id) {
            (0, _) | (_, None) => {
                let digits = self.dice.next();
                let id = format!("018bcfe5-6800-7{:03x}-8000-{:012x}", digits >> 52, digits >> 16);
                let id = id[..36].to_owned();
                self.truth.made(id.clone(), Some(account));
                self.accounts[account].create(id, &title, "", now)
            }
            (1 | 2, Some(id)) => self.accounts[account].edit(&id, &[(0, json!(title))], now),
            (3, Some(id)) => {
                let values = [(1, json!(title)), (2, json!(true))];
                self.accounts[account].edit(&id, &values, now)
            }
            (_, Some(id)) => self.accounts[account].edit(&id, &[(3, json!(now))], now),
        };
        assert!(matches!(done, Ok(()) | Err("notFound")), "only what is deleted can't be edited");
        self.check_server(account, &before);
        self.spread(account);
    }

    /// Everything that was broken on a device works again, and what was set aside is tried again.
    pub(super) fn repair(&mut self, device: usize) {
        let here = &mut self.devices[device];
        repair_disk(here.memory());
        here.clock.skew(0);
        (here.online, here.black_hole, here.token, here.session) = (true, false, true, true);
        // A row that was spoilt on its way is pulled again at the next start.
        self.restart(device);
        self.try_again(device).expect("the disk works");
    }
}
