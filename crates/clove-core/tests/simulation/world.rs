//! Devices, accounts, a network and a clock; everything that happens, in the order of virtual time.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BinaryHeap},
};

use serde_json::Value;

use super::{
    device::{Device, Owner, ready},
    dice::{Dice, Trace},
    faults::{Counts, Fate, Fault},
    server::{Account, SAFE},
    truth::Truth,
};
use crate::sync::{
    engine::{Ask, Effect, Event},
    remote::RemoteError,
    wire::Tail,
    work::{self, Task},
};

pub(super) const START: i64 = 1_700_000_000_000;

pub(super) struct World {
    pub(super) dice: Dice,
    pub(super) trace: Trace,
    /// The true time, and the server's.
    pub(super) now: i64,
    pub(super) accounts: Vec<Account>,
    pub(super) backups: Vec<Option<Account>>,
    pub(super) devices: Vec<Device>,
    pub(super) truth: Truth,
    pub(super) counts: Counts,
    /// Whether the faults have stopped.
    pub(super) calm: bool,
    queue: BinaryHeap<Reverse<(i64, u64)>>,
    happenings: BTreeMap<u64, Happening>,
    numbers: u64,
    pub(super) words: u64,
    pub(super) checks: usize,
    steps: usize,
    /// The kinds of faults that there are in this world: some go unnoticed where others strike too.
    pub(super) kinds: u64,
}

/// A call on its way: whose it is decides what it may see.
#[derive(Debug, Clone)]
pub(super) struct Call {
    pub(super) device: usize,
    pub(super) run: u64,
    pub(super) id: u64,
    pub(super) account: usize,
    pub(super) ask: Ask,
    pub(super) rows: Vec<Value>,
    pub(super) fate: Fate,
}

pub(super) enum Happening {
    Arrives(Call),
    Answers(Call, Result<Value, RemoteError>),
    Worked { device: usize, run: u64 },
    Tick { device: usize, run: u64 },
    Told { device: usize, run: u64, tail: Tail },
    Act,
}

impl World {
    pub(super) fn new(seed: u64) -> Self {
        let mut dice = Dice::new(seed);
        let devices = 2 + dice.below(4);
        let accounts = 1 + dice.below(2);
        let mut world = Self {
            trace: Trace::new(),
            now: START,
            accounts: vec![Account::default(); accounts],
            backups: vec![None; accounts],
            devices: (0..devices).map(|number| Device::new(number, seed, START)).collect(),
            truth: Truth::default(),
            counts: Counts::default(),
            calm: false,
            queue: BinaryHeap::new(),
            happenings: BTreeMap::new(),
            numbers: 0,
            words: 0,
            checks: 0,
            steps: 0,
            kinds: dice.next() | dice.next(),
            dice,
        };
        if world.dice.in_thousand(150) {
            world.fill(30);
        }
        for device in 0..devices {
            let account = if world.dice.in_thousand(750) { 0 } else { world.dice.below(accounts) };
            world.devices[device].start(Some(account), START);
            world.feed(device, Event::Tick);
        }
        world
    }

    /// Somebody had a longer list before.
    fn fill(&mut self, todos: u64) {
        self.accounts[0].hello(START, || self.dice.between(1, SAFE));
        for number in 0..todos {
            let id = format!("018bcfe5-6800-7fff-8000-{number:012x}");
            self.truth.made(id.clone(), Some(0));
            let made = self.accounts[0].create(id, &format!("old {number}"), "", START);
            made.expect("it is within bounds");
        }
    }

    /// Lets people and faults do `acts` things, and then lets everything come to rest.
    pub(super) fn run(&mut self, acts: usize) {
        for _ in 0..acts {
            let pause = match self.dice.below(10) {
                0..5 => self.dice.between(0, 60),
                5..8 => self.dice.between(60, 2_000),
                8 => self.dice.between(2_000, 90_000),
                _ => self.dice.between(0, 3_600_000),
            };
            self.at(pause, Happening::Act);
            while !self.step() {}
            self.check();
        }
        self.come_to_rest();
    }

    /// Everything is repaired, what is still on its way arrives, and every device syncs.
    fn come_to_rest(&mut self) {
        self.calm = true;
        let waiting: Vec<u64> = self.happenings.keys().copied().collect();
        for number in waiting {
            if matches!(self.happenings[&number], Happening::Arrives(_)) {
                let Some(happening) = self.happenings.remove(&number) else { continue };
                self.happen(happening);
            }
        }
        for device in 0..self.devices.len() {
            self.repair(device);
        }
        // Longer than the longest wait that a server asks for, and a poll after it.
        let end = self.now + 6 * 60_000;
        while self.queue.peek().is_some_and(|Reverse((at, _))| *at <= end) {
            self.step();
        }
        self.now = end;
        self.check_rest();
        self.check_order();
    }

    /// Whether there is this kind of fault in this world.
    pub(super) fn has(&self, fault: Fault) -> bool {
        self.kinds >> (fault as u64) & 1 == 1
    }

    pub(super) fn count(&mut self, fault: Fault) {
        self.trace.note(&format!("{} fault {fault:?}", self.now - START));
        *self.counts.entry(fault).or_default() += 1;
    }

    pub(super) fn at(&mut self, delay: i64, happening: Happening) {
        self.numbers += 1;
        self.queue.push(Reverse((self.now + delay, self.numbers)));
        self.happenings.insert(self.numbers, happening);
    }

    /// The next thing happens. Whether it was somebody's act.
    fn step(&mut self) -> bool {
        self.steps += 1;
        assert!(self.steps < 50_000, "it goes round in circles");
        let Some(Reverse((at, number))) = self.queue.pop() else { return true };
        self.now = self.now.max(at);
        let Some(happening) = self.happenings.remove(&number) else { return false };
        for device in &self.devices {
            device.clock.set(self.now);
        }
        self.happen(happening)
    }

    fn happen(&mut self, happening: Happening) -> bool {
        match happening {
            Happening::Act => {
                self.act();
                return true;
            }
            Happening::Arrives(call) => self.arrives(call),
            Happening::Answers(call, answer) => self.answers(&call, answer),
            Happening::Worked { device, run } if self.devices[device].run == run => {
                if let Some(outcome) = self.devices[device].outcome.take() {
                    self.feed(device, Event::Worked(outcome));
                }
            }
            Happening::Tick { device, run } if self.devices[device].expects_tick(run, self.now) => {
                self.devices[device].tick_at = None;
                self.feed(device, Event::Tick);
            }
            Happening::Told { device, run, tail } if self.devices[device].run == run => {
                self.tell(device, tail);
            }
            _ => {}
        }
        false
    }

    /// Tells a device's engine something, and does what it says.
    pub(super) fn feed(&mut self, device: usize, event: Event) {
        let here = &mut self.devices[device];
        let now = here.now(self.now);
        let Some(engine) = &mut here.engine else { return };
        let effects = engine.handle(now, event);
        let deadline = engine.deadline(now.elapsed);
        let run = here.run;
        for effect in effects {
            match effect {
                Effect::Ask(id, ask) => self.send(device, id, ask),
                Effect::Abandon(id) => {
                    self.devices[device].awaits.take_if(|awaited| *awaited == id);
                }
                Effect::Work(task) => self.work(device, task),
                Effect::Tell(notice) => self.trace.note(&format!("{device} is told {notice:?}")),
                // Tails come, or get lost, by themselves here.
                Effect::Listen(_) => {}
            }
            if self.devices[device].run != run {
                return;
            }
        }
        if let Some(deadline) = deadline {
            let at =
                self.devices[device].started + i64::try_from(deadline.as_millis()).unwrap_or(0);
            let at = at.max(self.now) + i64::from(deadline.subsec_nanos() % 1_000_000 > 0);
            if self.devices[device].tick_at.is_none_or(|known| known != at) {
                self.devices[device].tick_at = Some(at);
                self.at(at - self.now, Happening::Tick { device, run });
            }
        }
    }

    fn work(&mut self, device: usize, task: Task) {
        let run = self.devices[device].run;
        let crash = !self.calm && self.dice.in_thousand(12) && self.has(Fault::CrashAfterCommit);
        let before_commit = self.dice.in_thousand(500);
        if crash && before_commit {
            self.devices[device].memory().refuse_commits(true);
        }
        self.trace.note(&format!("{} {device} works {}", self.now - START, name(&task)));
        let before = self.before(device, &task);
        let outcome = ready(work::perform(self.devices[device].todos.store(), task.clone()));
        self.devices[device].memory().refuse_commits(false);
        let measures = matches!(task, Task::MeetEpoch { .. } | Task::Acknowledge { .. });
        self.devices[device].measured |= measures && outcome.is_ok();
        self.check_acknowledged(device, &task, before.as_ref(), &outcome);
        self.check_applied(device, &task, before, &outcome);
        if crash {
            let fault =
                if before_commit { Fault::CrashBeforeCommit } else { Fault::CrashAfterCommit };
            self.count(fault);
            return self.restart(device);
        }
        self.devices[device].outcome = Some(outcome);
        let pause = self.dice.between(0, 3);
        self.at(pause, Happening::Worked { device, run });
    }

    /// The app ends without a word and is started again.
    pub(super) fn restart(&mut self, device: usize) {
        let owner = self.devices[device].owner;
        self.start(device, owner);
    }

    pub(super) fn start(&mut self, device: usize, owner: Owner) {
        self.trace.note(&format!("{} {device} starts {owner:?}", self.now - START));
        self.devices[device].start(owner, self.now);
        self.feed(device, Event::Tick);
    }
}

fn name(task: &Task) -> &'static str {
    match task {
        Task::Load => "load",
        Task::Count => "count",
        Task::MeetEpoch { .. } => "meet epoch",
        Task::StartOver => "start over",
        Task::Choose(_) => "choose",
        Task::Acknowledge { .. } => "acknowledge",
        Task::Apply { .. } => "apply",
        Task::Copy { .. } => "copy",
        Task::NoteSynced(_) => "note synced",
        Task::SetAside { .. } => "set aside",
    }
}
