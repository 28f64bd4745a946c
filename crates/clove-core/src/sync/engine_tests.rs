use std::time::Duration;

use super::*;
use crate::{
    samples::{self, Most},
    sync::wire::Answer,
};

#[path = "reconnect_tests.rs"]
mod reconnect;

pub(super) const EPOCH: i64 = 7;

/// An engine, and what it said last.
pub(super) struct Scene {
    pub(super) engine: Engine,
    pub(super) now: Duration,
    pub(super) wall: i64,
    pub(super) effects: Vec<Effect>,
}

impl Scene {
    pub(super) fn new() -> Self {
        let engine = Engine::new(Arc::new(Most), true);
        let mut scene = Self { engine, now: Duration::ZERO, wall: 1_000_000, effects: Vec::new() };
        scene.tell(Event::Tick);
        scene
    }

    /// An engine that has met the server, and has nothing to do.
    pub(super) fn idle() -> Self {
        let mut scene = Self::new();
        scene.worked(Outcome::Ready(Position { epoch: Some(EPOCH), ..Position::default() }));
        scene.answer(Ok(Answered::Hello(hello(0))));
        scene.worked(Outcome::Ready(Position { epoch: Some(EPOCH), ..Position::default() }));
        scene.worked(Outcome::Chosen(Vec::new()));
        assert!(matches!(scene.works(), Some(Task::NoteSynced(_))), "that they agree is noted");
        scene.worked(Outcome::Noted);
        assert!(scene.effects.is_empty(), "there is nothing to do");
        scene
    }

    pub(super) fn tell(&mut self, event: Event) {
        let wall = Some(Millis::clamped(self.wall));
        self.effects = self.engine.handle(Now { elapsed: self.now, wall }, event);
    }

    pub(super) fn wait(&mut self, millis: u64) {
        self.now += Duration::from_millis(millis);
        self.wall += i64::try_from(millis).expect("a short time");
        self.tell(Event::Tick);
    }

    pub(super) fn worked(&mut self, outcome: Outcome) {
        self.tell(Event::Worked(Ok(outcome)));
    }

    pub(super) fn answer(&mut self, answer: Result<Answered, RemoteError>) {
        self.tell(Event::Answered(self.engine.calls, answer));
    }

    /// A push of so many todos is answered, and one todo waits afterwards.
    pub(super) fn pushed(&mut self, count: usize, taken: Taken) {
        let server_now = Millis::clamped(self.wall);
        let answers = vec![Answer::Deferred; count];
        self.answer(Ok(Answered::Pushed(Pushed { answers, server_now })));
        self.worked(Outcome::Acknowledged(taken, position(0, 1)));
    }

    pub(super) fn asks(&self) -> Option<&Ask> {
        self.effects.iter().find_map(|effect| match effect {
            Effect::Ask(_, ask) => Some(ask),
            _ => None,
        })
    }

    pub(super) fn works(&self) -> Option<&Task> {
        self.effects.iter().find_map(|effect| match effect {
            Effect::Work(task) => Some(task),
            _ => None,
        })
    }

    pub(super) fn phase(&self) -> Phase {
        self.engine.status(self.now).phase
    }
}

pub(super) fn hello(rev: i64) -> Hello {
    let server_now = Millis::clamped(1_000_000);
    Hello { server_now, epoch: EPOCH, rev, schema_version: SCHEMA_VERSION }
}

pub(super) fn position(cursor: i64, unsynced: usize) -> Position {
    Position { epoch: Some(EPOCH), cursor, unsynced, ..Position::default() }
}

pub(super) fn transient(retry_after: Option<Duration>) -> RemoteError {
    RemoteError::Transient { reason: "no".to_owned().into(), retry_after }
}

pub(super) fn permanent(code: &str) -> RemoteError {
    RemoteError::Permanent { code: code.to_owned(), message: "No.".to_owned() }
}

pub(super) fn todos(count: usize) -> Vec<Todo> {
    let random = crate::random::SystemRandom;
    let make = |at| {
        let id = TodoId::generate(Millis::clamped(at), &random);
        Todo::new(id, samples::title("x"), None, Millis::clamped(at))
    };
    (1..).take(count).map(make).collect()
}

pub(super) fn page(cursor: i64, more: bool) -> Page {
    Page { rows: Vec::new(), cursor, more }
}

/// The server tells its rows above `since`, or no more than that there are some.
pub(super) fn told(epoch: i64, since: i64, rev: i64) -> Event {
    Event::Told(Tail { epoch, since, page: Arc::new(page(rev, false)) })
}

#[test]
fn it_meets_the_server_pulls_and_then_pushes() {
    let mut scene = Scene::new();
    assert!(matches!(scene.works(), Some(Task::Load)), "first it looks at what is here");
    scene.worked(Outcome::Ready(Position::default()));
    assert!(matches!(scene.asks(), Some(Ask::Hello)), "then it greets");
    scene.answer(Ok(Answered::Hello(hello(5))));
    assert!(matches!(scene.works(), Some(Task::MeetEpoch { epoch: EPOCH, .. })), "as it is noted");
    scene.worked(Outcome::Ready(position(0, 1)));
    assert!(matches!(scene.asks(), Some(Ask::Pull { since: 0, .. })), "what is there comes first");
    let first = scene.engine.status(scene.now).first_sync;
    assert_eq!(first, Some(FirstSync { rows: 0, rev: 0, of: 5 }), "the first sync shows");
    scene.answer(Ok(Answered::Page(page(3, true))));
    scene.worked(Outcome::Applied(Applied::Taken(Taken::default()), position(3, 1)));
    assert!(matches!(scene.asks(), Some(Ask::Pull { since: 3, .. })), "page by page");
    scene.answer(Ok(Answered::Page(page(5, false))));
    scene.worked(Outcome::Applied(Applied::Taken(Taken::default()), position(5, 1)));
    assert!(matches!(scene.works(), Some(Task::Choose(Choice::Waiting(_)))), "then what is here");
    assert_eq!(scene.engine.status(scene.now).first_sync, None, "the first sync is over");
}

#[test]
fn the_first_edit_is_pushed_at_once_and_the_others_wait_for_quiet_but_not_for_long() {
    let mut scene = Scene::idle();
    scene.tell(Event::Edited);
    assert!(scene.works().is_some(), "nobody waits for a single edit");
    scene.worked(Outcome::Chosen(Vec::new()));
    scene.wait(49);
    scene.tell(Event::Edited);
    scene.wait(49);
    assert!(scene.effects.is_empty(), "another edit may follow at once");
    scene.wait(1);
    assert!(scene.works().is_some(), "50 ms after the last edit");

    let mut scene = Scene::idle();
    scene.tell(Event::Edited);
    scene.worked(Outcome::Chosen(Vec::new()));
    let mut waited = 0;
    while scene.works().is_none() {
        scene.tell(Event::Edited);
        scene.wait(20);
        waited += 20;
    }
    assert_eq!(waited, 500, "half a second after the first edit, whoever goes on typing");

    let mut scene = Scene::idle();
    scene.tell(Event::Edited);
    scene.worked(Outcome::Chosen(todos(1)));
    scene.wait(50);
    scene.tell(Event::Edited);
    scene.pushed(1, Taken { progress: true, ..Taken::default() });
    assert!(scene.works().is_some(), "an edit during a push goes right behind it");
}

#[test]
fn failures_are_followed_by_longer_and_longer_waits() {
    let mut scene = Scene::idle();
    scene.tell(Event::Wanted);
    for wait in [500, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000] {
        scene.answer(Err(transient(None)));
        assert_eq!(scene.phase(), Phase::Waiting, "it says so");
        scene.wait(wait - 1);
        assert!(scene.asks().is_none(), "{wait} ms are not over");
        scene.wait(1);
        assert!(scene.asks().is_some(), "after {wait} ms at the most");
    }
}

#[test]
fn a_server_that_asks_for_time_gets_it() {
    let mut scene = Scene::idle();
    scene.tell(Event::Wanted);
    scene.answer(Err(transient(Some(Duration::from_secs(90)))));
    scene.tell(Event::Woke);
    scene.wait(89_999);
    assert!(scene.asks().is_none(), "whoever is in a hurry");
    scene.wait(1);
    assert!(scene.asks().is_some(), "then it goes on");
}

#[test]
fn a_call_without_an_answer_is_given_up() {
    let mut scene = Scene::idle();
    scene.tell(Event::Wanted);
    let call = scene.engine.calls;
    scene.wait(30_000);
    assert!(matches!(scene.effects[0], Effect::Abandon(id) if id == call), "after 30 s");
    assert!(scene.engine.problem.is_some(), "and it says why");
    scene.tell(Event::Answered(call, Ok(Answered::Page(page(9, false)))));
    assert!(scene.works().is_none(), "an answer that comes after all is not taken");
}

#[test]
fn a_refused_token_is_renewed_once() {
    let mut scene = Scene::idle();
    scene.tell(Event::Wanted);
    scene.answer(Err(RemoteError::Auth));
    assert!(matches!(scene.asks(), Some(Ask::Renew)), "at once");
    scene.answer(Ok(Answered::Renewed));
    assert!(matches!(scene.asks(), Some(Ask::Pull { .. })), "and the call is made again");
    scene.answer(Err(RemoteError::Auth));
    assert!(scene.asks().is_none(), "a new token that is refused too is no reason to hurry");
    scene.wait(60_000);
    scene.answer(Err(RemoteError::Auth));
    scene.answer(Err(RemoteError::Auth));
    assert_eq!(scene.phase(), Phase::SignInNeeded, "there is no token to be had");
    scene.tell(Event::Edited);
    scene.worked(Outcome::Counted(position(0, 1)));
    scene.wait(10 * 60_000);
    assert!(scene.effects.is_empty(), "pushes pause, edits never do");
    scene.tell(Event::SignedIn);
    assert!(matches!(scene.asks(), Some(Ask::Hello)), "and go on");
}

#[test]
fn a_push_that_fails_as_a_whole_is_bisected() {
    let mut scene = Scene::idle();
    let batch = todos(4);
    let bad = batch[2].id;
    scene.tell(Event::Wanted);
    scene.answer(Ok(Answered::Page(page(0, false))));
    scene.worked(Outcome::Applied(Applied::Taken(Taken::default()), position(0, 4)));
    scene.worked(Outcome::Chosen(batch.clone()));
    let mut sent_without_it = Vec::new();
    loop {
        if let Some(Task::Choose(Choice::These(ids))) = scene.works() {
            let chosen = batch.iter().filter(|todo| ids.contains(&todo.id)).cloned().collect();
            scene.worked(Outcome::Chosen(chosen));
        }
        let Some(Ask::Push(sent)) = scene.asks() else { break };
        let sent = sent.clone();
        if sent.iter().any(|todo| todo.id == bad) {
            scene.answer(Err(permanent("tooLarge")));
        } else {
            sent_without_it.extend(sent.iter().map(|todo| todo.id));
            scene.pushed(sent.len(), Taken { progress: true, ..Taken::default() });
        }
        if let Some(Task::SetAside { sent, .. }) = scene.works() {
            assert_eq!(sent.id, bad, "the one that is to blame is set aside");
            let aside = Position { aside: 1, ..position(0, 1) };
            scene.worked(Outcome::Ready(aside));
        }
    }
    let others: Vec<TodoId> = batch.iter().map(|todo| todo.id).filter(|id| *id != bad).collect();
    assert_eq!(sent_without_it, others, "the others go in");
}

#[test]
fn a_push_that_brings_nothing_is_not_repeated_at_once() {
    let mut scene = Scene::idle();
    scene.tell(Event::Edited);
    scene.worked(Outcome::Chosen(todos(1)));
    scene.pushed(1, Taken::default());
    assert_eq!(scene.phase(), Phase::Waiting, "it counts as a failure");
}

#[test]
fn another_epoch_is_met_before_anything_else() {
    let mut scene = Scene::idle();
    scene.tell(told(EPOCH + 1, 0, 3));
    assert!(matches!(scene.asks(), Some(Ask::Hello)), "a tail tells of it, and is not taken");
    let mut scene = Scene::idle();
    scene.tell(Event::Wanted);
    scene.answer(Err(permanent("staleEpoch")));
    scene.wait(500);
    assert!(matches!(scene.asks(), Some(Ask::Hello)), "or a refusal");
}

#[test]
fn a_cursor_that_the_server_does_not_know_starts_over() {
    let mut scene = Scene::idle();
    scene.worked(Outcome::Ready(position(9, 0)));
    scene.tell(Event::Wanted);
    scene.answer(Err(permanent("badCursor")));
    assert!(matches!(scene.works(), Some(Task::StartOver)), "nothing is known any more");
}

#[test]
fn a_newer_server_is_left_alone() {
    let mut scene = Scene::new();
    scene.worked(Outcome::Ready(Position::default()));
    let newer = Hello { schema_version: SCHEMA_VERSION + 1, ..hello(5) };
    scene.answer(Ok(Answered::Hello(newer)));
    assert!(scene.works().is_none(), "nothing of it is taken");
    assert!(scene.engine.problem.as_deref().is_some_and(|text| text.contains("Update")), "why");
}

#[test]
fn a_clock_that_was_set_is_measured_anew() {
    let mut scene = Scene::idle();
    scene.wall += 3_600_000;
    scene.tell(Event::Tick);
    assert!(matches!(scene.asks(), Some(Ask::Hello)), "before anything is sent");
}

#[test]
fn a_disk_that_takes_nothing_is_tried_again() {
    let mut scene = Scene::idle();
    scene.tell(Event::Wanted);
    scene.answer(Ok(Answered::Page(page(0, false))));
    scene.tell(Event::Worked(Err(Error::DiskFull)));
    assert!(scene.engine.problem.is_some(), "it says why");
    scene.wait(500);
    assert!(matches!(scene.asks(), Some(Ask::Pull { .. })), "the page is pulled again");
}

#[test]
fn when_it_is_stopped_it_ends_with_the_work_under_way() {
    let mut scene = Scene::idle();
    scene.tell(Event::Wanted);
    scene.tell(Event::Stop);
    assert!(matches!(scene.effects[..], [Effect::Abandon(_)]), "no answer is waited for");
    assert!(scene.engine.is_over(), "it is over at once");

    let mut scene = Scene::idle();
    scene.tell(Event::Wanted);
    scene.answer(Ok(Answered::Page(page(0, false))));
    scene.tell(Event::Stop);
    assert!(!scene.engine.is_over(), "a page is being written");
    scene.worked(Outcome::Applied(Applied::Taken(Taken::default()), position(0, 9)));
    assert!(scene.effects.is_empty() && scene.engine.is_over(), "then it is over");
}
