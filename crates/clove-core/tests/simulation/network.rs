//! The network and what it does to calls, and the server behind it.

use serde_json::Value;

use super::{
    faults::{Fate, Fault},
    server::SAFE,
    world::{Call, Happening, START, World},
};
use crate::sync::{
    engine::{Answered, Ask, Event},
    remote::RemoteError,
    wire,
};

impl World {
    pub(super) fn send(&mut self, device: usize, id: u64, ask: Ask) {
        let mut fate = Fate::cast(&mut self.dice, self.calm);
        fate.fault = fate.fault.filter(|fault| self.has(*fault));
        let here = &self.devices[device];
        let Some(account) = here.owner else { return };
        let rows = match &ask {
            Ask::Push(todos) => todos.iter().map(wire::push_row).collect(),
            _ => Vec::new(),
        };
        let call = Call { device, run: here.run, id, account, ask, rows, fate };
        self.trace.note(&format!("{} {device} asks {:?}", self.now - START, kind(&call.ask)));
        assert!(self.now >= here.left_alone, "a server that asks for time gets it");
        self.devices[device].awaits = Some(id);
        let here = &self.devices[device];
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
    pub(super) fn arrives(&mut self, call: Call) {
        use Fault as F;
        let fault = call.fate.fault.filter(|_| !self.calm);
        let refused = |reason: &str, retry_after| {
            Err(RemoteError::Transient { reason: reason.to_owned().into(), retry_after })
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
        let served = match &call.ask {
            Ask::Hello => {
                let now = self.now;
                Ok(self.accounts[call.account].hello(now, || self.dice.between(1, SAFE)))
            }
            Ask::Pull { epoch, since } => {
                let short = fault == Some(Fault::ShortPage);
                let limit = if short { 1 + self.dice.below(3) } else { 500 };
                let page = self.accounts[call.account].pull(*epoch, *since, limit);
                if short && page.as_ref().is_ok_and(|page| page["more"] == true) {
                    self.count(Fault::ShortPage);
                }
                page
            }
            Ask::Push(_) => {
                let before = self.accounts[call.account].clone();
                let served = self.serve_push(call, fault);
                self.check_server(call.account, &before);
                if self.accounts[call.account].rev != before.rev {
                    self.spread(call.account);
                }
                served
            }
            Ask::Renew => Ok(Value::Null),
        };
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
        let now = self.now;
        let rejects = |title: &str| rejecting && title.len().is_multiple_of(3);
        let account = &mut self.accounts[call.account];
        let answer = account.push(&call.rows, now, reached, rejects);
        let mut rows = answer.iter().filter_map(|answer| answer["rows"].as_array()).flatten();
        if rejecting && rows.any(|row| row.get("rejected").is_some()) {
            self.count(Fault::RowRejected);
        }
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
                let keys = ["rows", "cursor", "serverNow", "more", "epoch", "rev"];
                let present: Vec<&str> =
                    keys.into_iter().filter(|key| answer.get(key).is_some()).collect();
                if let Some(key) = self.dice.pick(&present).copied() {
                    self.count(Fault::MalformedAnswer);
                    let nonsense = [Value::Null, serde_json::json!([]), serde_json::json!(-1)];
                    answer[key] = nonsense[self.dice.below(3)].clone();
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

    pub(super) fn answers(&mut self, call: &Call, answer: Result<Value, RemoteError>) {
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
        let hears = self.devices[call.device].awaits == Some(call.id);
        if let Err(RemoteError::Transient { retry_after: Some(after), .. }) = &parsed
            && hears
        {
            let after = i64::try_from(after.as_millis()).unwrap_or(0);
            self.devices[call.device].left_alone = self.now + after;
        }
        let refused = matches!(parsed, Err(RemoteError::Auth));
        let before = self.unsynced(call.device);
        self.feed(call.device, Event::Answered(call.id, parsed));
        if refused && self.devices[call.device].run == call.run {
            assert_eq!(self.unsynced(call.device), before, "no refusal shrinks what is unsynced");
        }
    }
}

fn kind(ask: &Ask) -> String {
    match ask {
        Ask::Push(todos) => format!("push of {}", todos.len()),
        other => format!("{other:?}"),
    }
}
