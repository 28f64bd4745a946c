//! What the engine makes of answers: of the server, and of the store.

use super::*;

impl Engine {
    pub(super) fn answered(
        &mut self,
        now: Now,
        id: u64,
        answer: Result<Answered, RemoteError>,
        effects: &mut Vec<Effect>,
    ) {
        // An answer that is not waited for any more may be hours old: nothing of it is taken.
        let ask = match std::mem::replace(&mut self.busy, Busy::Free) {
            Busy::Asking { id: waiting, sent, ask } if waiting == id => (sent, ask),
            busy => {
                self.busy = busy;
                return;
            }
        };
        let (sent, ask) = ask;
        let answer = match answer {
            Ok(answer) => answer,
            Err(error) => return self.refused(now, ask, error, effects),
        };
        if !matches!(ask, Ask::Renew) {
            self.access = Access::Granted;
        }
        match (ask, answer) {
            (Ask::Renew, Answered::Renewed) => self.access = Access::Renewed,
            (Ask::Hello, Answered::Hello(hello)) => self.greet(now, sent, hello, effects),
            (Ask::Pull { .. }, Answered::Page(page)) => self.apply(now, Arc::new(page), effects),
            (Ask::Push(sent_todos), Answered::Pushed(pushed)) => {
                // Rows that were told before this answer, and come after it, are a hint and no more.
                self.hinted = self.hinted.max(pushed.rev());
                let clock_offset = self.measured(now, sent, pushed.server_now);
                let task = Task::Acknowledge { sent: sent_todos, pushed, clock_offset };
                self.work(task, effects);
            }
            _ => self.fail(now, Reason::say("sync-other-answer"), None),
        }
    }

    fn greet(&mut self, now: Now, sent: Now, hello: Hello, effects: &mut Vec<Effect>) {
        if hello.schema_version > SCHEMA_VERSION {
            return self.fail(now, Reason::say("sync-newer-server"), Some(POLL));
        }
        self.greeted = true;
        self.hinted = hello.rev;
        let clock_offset = self.measured(now, sent, hello.server_now);
        self.work(Task::MeetEpoch { epoch: hello.epoch, clock_offset }, effects);
    }

    /// How far the server's clock is ahead of this one, unless what is known fits the answer: the
    /// server looked at its clock some time between question and answer.
    fn measured(&self, now: Now, sent: Now, server_now: Millis) -> Option<i64> {
        let took = i64::try_from((now.elapsed - sent.elapsed).as_millis()).unwrap_or(i64::MAX);
        let least = server_now.get() - now.wall?.get();
        let known = self.position.unwrap_or_default().clock_offset;
        (known < least || known > least.saturating_add(took)).then_some(least + took / 2)
    }

    pub(super) fn apply(&mut self, now: Now, page: Arc<Page>, effects: &mut Vec<Effect>) {
        self.run.page = Some(page.clone());
        let (deleted, copied) = self.deletions.so_far(now.elapsed, self.run.deletes);
        self.work(Task::Apply { page, deleted, copied }, effects);
    }

    /// A call brought nothing.
    fn refused(&mut self, now: Now, ask: Ask, error: RemoteError, effects: &mut Vec<Effect>) {
        match error {
            RemoteError::Transient { reason, retry_after } => self.fail(now, reason, retry_after),
            RemoteError::Auth => match self.access {
                Access::Refused => self.access = Access::SignInNeeded,
                Access::Granted => self.access = Access::Refused,
                Access::Renewed | Access::SignInNeeded => {
                    self.access = Access::Granted;
                    self.fail(now, Reason::say("sync-token-refused"), None);
                }
            },
            RemoteError::Permanent { code, message } => match (code.as_str(), ask) {
                ("staleEpoch" | "unknownUser", _) => {
                    self.greeted = false;
                    self.fail(now, message.into(), None);
                }
                ("badCursor", Ask::Pull { since, .. }) if since > 0 => {
                    self.work(Task::StartOver, effects)
                }
                (_, Ask::Push(sent)) => self.split(&sent, code, message, effects),
                _ => self.fail(now, format!("{message} ({code})").into(), None),
            },
        }
    }

    /// A push failed as a whole: halves of it show which todo it is.
    fn split(&mut self, sent: &[Todo], code: String, message: String, effects: &mut Vec<Effect>) {
        if let [sent] = sent {
            let sent = sent.clone();
            return self.work(Task::SetAside { sent, code, message }, effects);
        }
        let (first, second) = sent.split_at(sent.len() / 2);
        let ids = |half: &[Todo]| half.iter().map(|todo| todo.id).collect();
        self.parts.extend([ids(second), ids(first)]);
    }

    pub(super) fn worked(
        &mut self,
        now: Now,
        outcome: Result<Outcome, Error>,
        effects: &mut Vec<Effect>,
    ) {
        self.busy = Busy::Free;
        let outcome = match outcome {
            Ok(outcome) => outcome,
            Err(error) => return self.fail(now, Reason::of(&error), None),
        };
        match outcome {
            Outcome::Ready(position) => self.ready(now, position),
            Outcome::Counted(position) => self.position = Some(position),
            Outcome::Chosen(todos) if todos.is_empty() => {
                self.push = !self.parts.is_empty();
                self.settle(now);
            }
            Outcome::Chosen(todos) if self.online && !self.stopped => {
                self.ask(now, Ask::Push(Arc::new(todos)), effects);
            }
            Outcome::Chosen(_) => {}
            Outcome::Acknowledged(taken, position) => {
                self.position = Some(position);
                self.uncounted = false;
                self.acknowledged(now, taken, effects);
            }
            Outcome::Applied(Applied::CopyFirst, _) => {
                let moment = now.wall.unwrap_or(Millis::ZERO).get();
                self.work(Task::Copy { moment }, effects);
            }
            Outcome::Applied(Applied::Taken(taken), position) => {
                self.position = Some(position);
                self.applied(now, taken, effects);
            }
            Outcome::Noted => {}
            Outcome::Copied(path) => {
                self.deletions.copied(now.elapsed, path);
                if let Some(page) = self.run.page.clone() {
                    self.apply(now, page, effects);
                }
            }
        }
    }

    /// The database is open, or has met the server.
    fn ready(&mut self, now: Now, position: Position) {
        self.position = Some(position);
        self.agreed.remember(position.synced_at);
        self.retry.succeed();
        if self.hinted != position.cursor {
            self.pull = true;
        }
        self.run.first |= position.cursor == 0 && self.greeted && self.hinted > 0;
        self.run.of = self.run.of.max(self.hinted);
        self.poll_at = now.elapsed + POLL;
        self.push = true;
    }

    fn acknowledged(&mut self, now: Now, taken: Taken, effects: &mut Vec<Effect>) {
        tell_lost(taken.lost, effects);
        if !taken.progress {
            return self.fail(now, Reason::say("sync-put-off"), None);
        }
        self.retry.succeed();
        // Edits that were made meanwhile wait for quiet, and bring the others along.
        self.push = self.edited.is_none() && self.waiting() > 0;
        self.settle(now);
    }

    fn applied(&mut self, now: Now, taken: Taken, effects: &mut Vec<Effect>) {
        self.retry.succeed();
        tell_lost(taken.lost, effects);
        self.run.deletes |= !taken.deleted.is_empty();
        self.deletions.add(now.elapsed, taken.deleted);
        let Some(page) = self.run.page.take() else { return };
        self.run.rows += page.rows.len();
        self.poll_at = now.elapsed + POLL;
        if page.more {
            return;
        }
        // A hint at what is not there is not followed for ever.
        let cursor = self.position.unwrap_or_default().cursor;
        self.pull = self.hinted > cursor && !page.rows.is_empty();
        // What came may differ from what is here, and then has to be told.
        self.push |= self.edited.is_none() && self.waiting() > 0;
        if !self.pull {
            self.hinted = cursor;
            let deletes = std::mem::take(&mut self.run).deletes;
            let notice = self.deletions.notice().filter(|_| deletes);
            effects.extend(notice.map(Effect::Tell));
        }
        self.settle(now);
    }

    pub(super) fn take_tail(&mut self, tail: Tail) {
        let Some(position) = self.position else { return };
        if position.epoch.is_some_and(|epoch| epoch != tail.epoch) {
            self.greeted = false;
        } else {
            // Whether it is news, shows when nothing is under way: a push may bring it by itself.
            self.hinted = self.hinted.max(tail.page.cursor);
            self.tail = Some(tail);
        }
    }

    /// The page that a pull from `cursor` on would bring, where the server has just told it: no row is
    /// between, none newer is known of, and no pull has begun that its rows would come in the midst of.
    pub(super) fn told_beyond(&self, cursor: i64) -> Option<Arc<Page>> {
        let tail = self.tail.as_ref().filter(|tail| !self.pull && tail.since <= cursor)?;
        (tail.page.cursor > cursor && tail.page.cursor == self.hinted).then(|| tail.page.clone())
    }

    /// Whether there is something to pull.
    pub(super) fn is_behind(&self) -> bool {
        self.pull || self.hinted > self.position.map_or(0, |position| position.cursor)
    }

    /// Whatever was connected before is not any more, even if it does not know that yet.
    pub(super) fn reconnect(&mut self, effects: &mut Vec<Effect>) {
        self.greeted = false;
        self.retry.hurry();
        self.abandon(effects);
        effects.push(Effect::Listen(self.online));
    }

    /// Where the clock was set, the server's is measured anew before anything is sent. Whether the
    /// machine seems to have slept.
    pub(super) fn watch_clock(&mut self, now: Now) -> bool {
        let Some(wall) = now.wall else { return false };
        let drift = wall.get() - i64::try_from(now.elapsed.as_millis()).unwrap_or(i64::MAX);
        let known = self.drift.replace(drift).unwrap_or(drift);
        if (drift - known).abs() > CLOCK_JUMP_MS {
            self.greeted = false;
        }
        drift - known > SLEPT_MS
    }

    pub(super) fn fail(&mut self, now: Now, reason: Reason, asked: Option<Duration>) {
        tracing::info!(reason = reason.logged, "sync will try again");
        self.problem = Some(reason.told);
        self.retry.fail(now.elapsed, asked, &*self.random);
    }

    /// Notes it where this device and the server agree.
    fn settle(&mut self, now: Now) {
        self.problem = None;
        if self.waiting() == 0 && !self.is_behind() {
            self.agreed.set(now.wall);
        }
    }

    /// How many todos wait to be pushed.
    fn waiting(&self) -> usize {
        self.position.map_or(0, |position| position.unsynced.saturating_sub(position.aside))
    }
}

fn tell_lost(lost: Vec<(TodoId, String)>, effects: &mut Vec<Effect>) {
    if !lost.is_empty() {
        let todos = lost.into_iter().map(|(id, title)| LostEdit { id, title }).collect();
        effects.push(Effect::Tell(Notice::EditsLost { todos }));
    }
}

#[cfg(test)]
#[path = "answers_tests.rs"]
mod tests;
