use super::{
    super::tests::{EPOCH, Scene, hello, page, position, todos, told},
    *,
};
use crate::sync::wire::Answer;

#[test]
fn what_a_push_was_answered_is_not_pulled() {
    let mut scene = Scene::idle();
    scene.tell(Event::Edited);
    scene.worked(Outcome::Chosen(todos(1)));
    scene.tell(told(EPOCH, 0, 1));
    let server_now = Millis::clamped(scene.wall);
    let answers = vec![Answer::Deferred];
    scene.answer(Ok(Answered::Pushed(Pushed { answers, server_now })));
    let taken = Taken { progress: true, ..Taken::default() };
    scene.worked(Outcome::Acknowledged(taken, position(1, 0)));
    assert!(scene.effects.is_empty(), "the hint told of this push");
    assert!(scene.engine.agreed.at().is_some(), "device and server agree");
    scene.tell(told(EPOCH, 2, 2));
    assert!(matches!(scene.asks(), Some(Ask::Pull { since: 1, .. })), "the next one is another's");
}

/// Whether what is told is applied at once, by an engine that has all rows up to 5.
fn is_applied(prepare: impl FnOnce(&mut Scene), event: Event) -> bool {
    let mut scene = Scene::idle();
    scene.worked(Outcome::Counted(position(5, 0)));
    prepare(&mut scene);
    scene.tell(event);
    matches!(scene.works(), Some(Task::Apply { .. }))
}

#[test]
fn what_the_server_tells_need_not_be_pulled() {
    let mut scene = Scene::idle();
    scene.tell(told(EPOCH, 0, 2));
    assert!(matches!(scene.works(), Some(Task::Apply { copied: false, .. })), "it is a page");
    scene.worked(Outcome::Applied(Applied::Taken(Taken::default()), position(2, 0)));
    assert!(scene.effects.is_empty() && scene.engine.agreed.at().is_some(), "and the last one");
    scene.tell(told(EPOCH, 0, 2));
    assert!(scene.effects.is_empty(), "told twice, it is nothing");
}

#[test]
fn only_what_a_pull_would_bring_is_taken_as_told() {
    assert!(is_applied(|_| {}, told(EPOCH, 5, 6)), "no row is between");
    assert!(is_applied(|_| {}, told(EPOCH, 2, 6)), "some of it is known");
    assert!(!is_applied(|_| {}, told(EPOCH, 6, 7)), "a row is between");
    assert!(!is_applied(|_| {}, told(EPOCH, 0, 5)), "all of it is known");
    assert!(!is_applied(|_| {}, told(EPOCH, 0, 4)), "it is from before");
    assert!(!is_applied(|_| {}, told(EPOCH + 1, 5, 6)), "it is of other data");
}

#[test]
fn what_is_told_in_the_midst_of_something_is_a_hint() {
    assert!(!is_applied(|scene| scene.tell(Event::Wanted), told(EPOCH, 5, 6)), "of a pull");
    let fails = |scene: &mut Scene| {
        scene.tell(Event::Wanted);
        scene.answer(Err(super::super::tests::transient(None)));
    };
    assert!(!is_applied(fails, told(EPOCH, 5, 6)), "of a pull that waits to be tried again");
    assert!(!is_applied(|scene| scene.tell(Event::Edited), told(EPOCH, 5, 6)), "of a push");
    assert!(!is_applied(|scene| scene.tell(Event::Network(false)), told(EPOCH, 5, 6)), "offline");

    let mut scene = Scene::idle();
    scene.tell(Event::Edited);
    scene.tell(told(EPOCH, 0, 1));
    scene.worked(Outcome::Chosen(Vec::new()));
    assert!(matches!(scene.asks(), Some(Ask::Pull { since: 0, .. })), "which is followed");
}

#[test]
fn what_was_told_before_a_push_was_answered_is_not_taken_after_it() {
    let mut scene = Scene::idle();
    scene.tell(Event::Edited);
    let sent = todos(1);
    scene.worked(Outcome::Chosen(sent.clone()));
    let mut row = crate::sync::wire::push_row(&sent[0]);
    row["rev"] = 3.into();
    let answer = serde_json::json!({ "rows": [row], "serverNow": scene.wall });
    let pushed = crate::sync::wire::parse_pushed(&answer, &sent).expect("it is sound");
    scene.answer(Ok(Answered::Pushed(pushed)));
    let taken = Taken { progress: true, ..Taken::default() };
    scene.worked(Outcome::Acknowledged(taken, position(1, 0)));
    assert!(matches!(scene.asks(), Some(Ask::Pull { since: 1, .. })), "another's row is between");

    let mut scene = Scene::idle();
    scene.engine.hinted = 3;
    scene.tell(told(EPOCH, 0, 2));
    assert!(matches!(scene.asks(), Some(Ask::Pull { since: 0, .. })), "there is a newer one");
}

#[test]
fn what_a_pull_leaves_unsynced_is_pushed() {
    let mut scene = Scene::idle();
    scene.tell(told(EPOCH, 1, 1));
    scene.answer(Ok(Answered::Page(page(1, false))));
    scene.worked(Outcome::Applied(Applied::Taken(Taken::default()), position(1, 1)));
    assert!(scene.works().is_some(), "the merge differs from what the server holds");
}

#[test]
fn the_clock_is_measured_as_far_as_an_answer_tells() {
    // By an answer that took 100 ms, of a server whose clock is ahead.
    let measured = |ahead: i64| {
        let mut scene = Scene::new();
        scene.worked(Outcome::Ready(Position::default()));
        scene.now += Duration::from_millis(100);
        scene.wall += 100;
        let server_now = Millis::clamped(scene.wall + ahead);
        scene.answer(Ok(Answered::Hello(Hello { server_now, ..hello(0) })));
        match scene.works() {
            Some(Task::MeetEpoch { clock_offset, .. }) => *clock_offset,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(measured(-40), None, "no difference at all explains this answer");
    assert_eq!(measured(3_600_000), Some(3_600_050), "the middle of what is possible");
}

#[test]
fn many_deletions_are_copied_first_and_told() {
    let mut scene = Scene::idle();
    scene.tell(Event::Wanted);
    let mut full = page(1, false);
    full.rows.push(Err(crate::sync::wire::Unread { id: None, rev: 1, reason: String::new() }));
    scene.answer(Ok(Answered::Page(full)));
    scene.worked(Outcome::Applied(Applied::CopyFirst, position(0, 0)));
    assert!(matches!(scene.works(), Some(Task::Copy { .. })), "before they are applied");
    scene.now += Duration::from_secs(300);
    scene.worked(Outcome::Copied("copy.db".into()));
    assert!(matches!(scene.works(), Some(Task::Apply { copied: true, .. })), "then they are");
    let ids: Vec<TodoId> = todos(30).into_iter().map(|todo| todo.id).collect();
    let taken = Taken { deleted: ids.clone(), ..Taken::default() };
    scene.worked(Outcome::Applied(Applied::Taken(taken), position(1, 0)));
    let told = scene.effects.iter().any(|effect| {
        matches!(effect, Effect::Tell(Notice::ManyDeleted { ids: told, .. }) if *told == ids)
    });
    assert!(told, "so that they can be brought back");
}

#[test]
fn deletions_count_together_that_come_in_several_pulls_within_a_minute() {
    let mut scene = Scene::idle();
    let pull = |scene: &mut Scene, deleted: Vec<TodoId>| {
        scene.tell(Event::Wanted);
        scene.answer(Ok(Answered::Page(page(1, false))));
        let before = match scene.works() {
            Some(Task::Apply { deleted, copied: false, .. }) => *deleted,
            other => panic!("{other:?}"),
        };
        let taken = Taken { deleted, ..Taken::default() };
        scene.worked(Outcome::Applied(Applied::Taken(taken), position(1, 0)));
        scene.worked(Outcome::Chosen(Vec::new()));
        before
    };
    let ids: Vec<TodoId> = todos(15).into_iter().map(|todo| todo.id).collect();
    assert_eq!(pull(&mut scene, ids.clone()), 0, "nothing went before");
    scene.wait(30_000);
    assert_eq!(pull(&mut scene, ids), 15, "half a minute ago");
    scene.wait(40_000);
    assert_eq!(pull(&mut scene, Vec::new()), 0, "that is over a minute ago, and is not at once");
}

#[test]
fn when_they_agreed_is_known_after_a_restart_and_noted_at_the_end() {
    let mut scene = Scene::new();
    let synced_at = Some(Millis::clamped(500_000));
    scene.worked(Outcome::Ready(Position { synced_at, ..Position::default() }));
    assert_eq!(scene.engine.status(scene.now).synced_at, Some(500_000), "nothing was asked yet");

    let mut scene = Scene::idle();
    scene.wait(60_000);
    scene.answer(Ok(Answered::Page(page(0, false))));
    scene.worked(Outcome::Applied(Applied::Taken(Taken::default()), position(0, 0)));
    assert!(scene.effects.is_empty(), "a minute is not worth a write");
    scene.tell(Event::Stop);
    let noted = Millis::clamped(scene.wall);
    assert!(matches!(scene.works(), Some(Task::NoteSynced(at)) if *at == noted), "the end is");
    assert!(!scene.engine.is_over(), "it is being written");
    scene.worked(Outcome::Noted);
    assert!(scene.effects.is_empty() && scene.engine.is_over(), "then it is over");
}
