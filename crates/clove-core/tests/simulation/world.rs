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
    server::Account,
    truth::Truth,
};
use crate::sync::{
    engine::{Answered, Ask, Effect, Event},
    remote::{Head, RemoteError},
    wire,
    work::{self, Task},
};

const START: i64 = 1_700_000_000_000;

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
}

/// A call on its way: whose it is decides what it may see.
#[derive(Debug, Clone)]
struct Call {
    device: usize,
    run: u64,
    id: u64,
    account: usize,
    ask: Ask,
    rows: Vec<Value>,
    fate: Fate,
}

enum Happening {
    Arrives(Call),
    Answers(Call, Result<Value, RemoteError>),
    Worked { device: usize, run: u64 },
    Tick { device: usize, run: u64 },
    Hint { device: usize, run: u64, head: Head },
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
            dice,
        };
        for device in 0..devices {
            let account = if world.dice.in_thousand(750) { 0 } else { world.dice.below(accounts) };
            world.devices[device].start(Some(account), START);
            world.feed(device, Event::Tick);
        }
        world
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
    }

    pub(super) fn count(&mut self, fault: Fault) {
        self.trace.note(&format!("{} fault {fault:?}", self.now - START));
        *self.counts.entry(fault).or_default() += 1;
    }

    fn at(&mut self, delay: i64, happening: Happening) {
        self.numbers += 1;
        self.queue.push(Reverse((self.now + delay, self.numbers)));
        self.happenings.insert(self.numbers, happening);
    }

    /// The next thing happens. Whether it was somebody's act.
    fn step(&mut self) -> bool {
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
            Happening::Tick { device, run } if self.devices[device].run == run => {
                if self.devices[device].tick_at == Some(self.now) {
                    self.devices[device].tick_at = None;
                    self.feed(device, Event::Tick);
                }
            }
            Happening::Hint { device, run, head } if self.devices[device].run == run => {
                self.feed(device, Event::Hint(head));
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
                Effect::Abandon(_) => {}
                Effect::Work(task) => self.work(device, task),
                Effect::Tell(notice) => self.trace.note(&format!("{device} is told {notice:?}")),
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
        let crash = !self.calm && self.dice.in_thousand(12);
        let before_commit = self.dice.in_thousand(500);
        if crash && before_commit {
            self.devices[device].memory().refuse_commits(true);
        }
        self.trace.note(&format!("{} {device} works {}", self.now - START, name(&task)));
        let guard = self.guard_before(device, &task);
        let outcome = ready(work::perform(self.devices[device].todos.store(), task.clone()));
        self.devices[device].memory().refuse_commits(false);
        self.guard_after(device, &task, guard, outcome.is_ok());
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

    fn send(&mut self, device: usize, id: u64, ask: Ask) {
        let fate = Fate::cast(&mut self.dice, self.calm);
        let here = &self.devices[device];
        let Some(account) = here.owner else { return };
        let rows = match &ask {
            Ask::Push(todos) => todos.iter().map(wire::push_row).collect(),
            _ => Vec::new(),
        };
        let call = Call { device, run: here.run, id, account, ask, rows, fate };
        self.trace.note(&format!("{} {device} asks {:?}", self.now - START, kind(&call.ask)));
        if here.black_hole {
            return self.count(Fault::BlackHole);
        }
        if let Some(fault) = fate.fault {
            match fault {
                Fault::RequestLost | Fault::Delayed | Fault::DelayedForHours => self.count(fault),
                _ => {}
            }
            if fault == Fault::RequestLost {
                return;
            }
            if fault == Fault::Duplicated {
                let again = self.dice.between(1, 2 * 3_600_000);
                self.count(fault);
                self.at(again, Happening::Arrives(call.clone()));
            }
        }
        self.at(fate.there, Happening::Arrives(call));
    }

    /// A call reaches the server.
    fn arrives(&mut self, call: Call) {
        use Fault as F;
        let fault = call.fate.fault.filter(|_| !self.calm);
        let refused = |reason: &str, retry_after| {
            Err(RemoteError::Transient { reason: reason.to_owned(), retry_after })
        };
        let here = &self.devices[call.device];
        let answer = match fault {
            Some(F::Unauthorized | F::NoIdentity) => {
                self.count(fault.unwrap_or(F::Unauthorized));
                Err(RemoteError::Auth)
            }
            Some(F::TooManyRequests) => {
                self.count(F::TooManyRequests);
                let seconds = self.dice.between(1, 120).unsigned_abs();
                refused("too many", Some(std::time::Duration::from_secs(seconds)))
            }
            Some(F::ServerError) => {
                self.count(F::ServerError);
                refused("the server failed", None)
            }
            _ if matches!(call.ask, Ask::Renew) => {
                if here.session {
                    self.devices[call.device].token = true;
                    Ok(Value::Null)
                } else {
                    Err(RemoteError::Auth)
                }
            }
            _ if !here.token && here.run == call.run => Err(RemoteError::Auth),
            _ => self.serve(&call, fault),
        };
        match fault {
            Some(F::ReplyLost) => return self.count(F::ReplyLost),
            Some(F::ServerErrorAfterCommit) => {
                self.count(F::ServerErrorAfterCommit);
                let answer = refused("the server failed", None);
                return self.at(call.fate.back, Happening::Answers(call, answer));
            }
            _ => {}
        }
        let answer = answer.map(|answer| self.spoil(answer, fault));
        self.at(call.fate.back, Happening::Answers(call, answer));
    }

    fn serve(&mut self, call: &Call, fault: Option<Fault>) -> Result<Value, RemoteError> {
        let before = self.accounts[call.account].clone();
        let served = match &call.ask {
            Ask::Hello => {
                let now = self.now;
                Ok(self.accounts[call.account].hello(now, &mut self.dice))
            }
            Ask::Pull { epoch, since } => {
                let short = fault == Some(Fault::ShortPage);
                if short {
                    self.count(Fault::ShortPage);
                }
                let limit = if short { 1 + self.dice.below(3) } else { 500 };
                self.accounts[call.account].pull(*epoch, *since, limit)
            }
            Ask::Push(_) => self.serve_push(call, fault),
            Ask::Renew => Ok(Value::Null),
        };
        self.check_server(call.account, &before);
        if self.accounts[call.account].rev != before.rev {
            self.hint(call.account);
        }
        served.map_err(|code| RemoteError::Permanent {
            code: code.to_owned(),
            message: "The server refused the call.".to_owned(),
        })
    }

    fn serve_push(&mut self, call: &Call, fault: Option<Fault>) -> Result<Value, &'static str> {
        let poison = |row: &Value| row["title"].as_str().is_some_and(|t| t.starts_with("poison"));
        if !self.calm && call.rows.iter().any(poison) {
            self.count(Fault::BatchRefused);
            return Err("poison");
        }
        let mut reached = call.rows.len();
        if fault == Some(Fault::RowsDeferred) && reached > 1 {
            self.count(Fault::RowsDeferred);
            reached = 1 + self.dice.below(reached - 1);
        }
        let rejecting = fault == Some(Fault::RowRejected);
        if rejecting {
            self.count(Fault::RowRejected);
        }
        let now = self.now;
        let rejects = |title: &str| rejecting && title.len() % 3 == 0;
        let account = &mut self.accounts[call.account];
        let answer = account.push(&call.rows, now, reached, rejects);
        if self.dice.in_thousand(100) && answer.is_ok() {
            let later = now + self.dice.between(0, 3_600_000);
            let mut again = self.accounts[call.account].clone();
            let repeated = again.push(&call.rows, later, reached, rejects);
            assert!(repeated.is_ok(), "a push that was taken is taken again");
            assert_eq!(again, self.accounts[call.account], "a push repeated changes nothing");
        }
        answer
    }

    /// An answer that a proxy, or a bug, got at.
    fn spoil(&mut self, mut answer: Value, fault: Option<Fault>) -> Value {
        match fault {
            Some(Fault::EmptyAnswer) => {
                self.count(Fault::EmptyAnswer);
                Value::Null
            }
            Some(Fault::MalformedAnswer) => {
                self.count(Fault::MalformedAnswer);
                let keys = ["rows", "cursor", "serverNow", "more", "epoch", "rev"];
                let present: Vec<&str> =
                    keys.into_iter().filter(|key| answer.get(key).is_some()).collect();
                if let Some(key) = self.dice.pick(&present) {
                    let nonsense = [Value::Null, serde_json::json!([]), serde_json::json!(-1)];
                    answer[*key] = nonsense[self.dice.below(3)].clone();
                }
                answer
            }
            Some(Fault::BadRowInPage) => {
                let rows = answer["rows"].as_array().map_or(0, Vec::len);
                if rows > 0 && answer.get("cursor").is_some() {
                    self.count(Fault::BadRowInPage);
                    answer["rows"][self.dice.below(rows)]["completed"] = "yes".into();
                }
                answer
            }
            _ => answer,
        }
    }

    fn answers(&mut self, call: &Call, answer: Result<Value, RemoteError>) {
        if self.devices[call.device].run != call.run {
            return;
        }
        let parsed = answer.and_then(|answer| {
            Ok(match &call.ask {
                Ask::Hello => Answered::Hello(wire::parse_hello(&answer)?),
                Ask::Pull { since, .. } => Answered::Page(wire::parse_page(&answer, *since)?),
                Ask::Push(todos) => Answered::Pushed(wire::parse_pushed(&answer, todos)?),
                Ask::Renew => Answered::Renewed,
            })
        });
        let refused = matches!(parsed, Err(RemoteError::Auth));
        let before = self.unsynced(call.device);
        self.feed(call.device, Event::Answered(call.id, parsed));
        if refused && self.devices[call.device].run == call.run {
            assert_eq!(self.unsynced(call.device), before, "no refusal shrinks what is unsynced");
        }
    }

    /// The server tells the devices of an account that something changed.
    pub(super) fn hint(&mut self, account: usize) {
        let Account { epoch, rev, .. } = self.accounts[account];
        for device in 0..self.devices.len() {
            let here = &self.devices[device];
            if here.owner != Some(account) || !here.online || here.black_hole {
                continue;
            }
            let run = here.run;
            let mut head = Head { epoch, rev };
            if !self.calm && self.dice.in_thousand(150) {
                self.count(Fault::HintLost);
                continue;
            }
            if !self.calm && self.dice.in_thousand(20) {
                self.count(Fault::HintFalse);
                head.rev += 1_000;
            }
            let delay = self.dice.between(1, 60);
            self.at(delay, Happening::Hint { device, run, head });
        }
    }
}

fn kind(ask: &Ask) -> String {
    match ask {
        Ask::Push(todos) => format!("push of {}", todos.len()),
        other => format!("{other:?}"),
    }
}

fn name(task: &Task) -> &'static str {
    match task {
        Task::Load => "load",
        Task::MeetEpoch { .. } => "meet epoch",
        Task::StartOver => "start over",
        Task::Choose(_) => "choose",
        Task::Acknowledge { .. } => "acknowledge",
        Task::Apply { .. } => "apply",
        Task::Copy { .. } => "copy",
        Task::SetAside { .. } => "set aside",
    }
}
