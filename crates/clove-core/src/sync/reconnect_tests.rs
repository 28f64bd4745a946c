//! The network comes and goes, and the machine sleeps.

use super::*;

/// Whether the live subscription was told to begin anew, and whether a call was given up.
fn told(scene: &Scene) -> (Option<bool>, bool) {
    let listens = scene.effects.iter().find_map(|effect| match effect {
        Effect::Listen(wanted) => Some(*wanted),
        _ => None,
    });
    (listens, scene.effects.iter().any(|effect| matches!(effect, Effect::Abandon(_))))
}

#[test]
fn offline_nothing_is_attempted() {
    let mut scene = Scene::idle();
    scene.tell(Event::Network(false));
    scene.tell(Event::Edited);
    assert!(matches!(scene.works(), Some(Task::Count)), "the person sees what waits");
    scene.worked(Outcome::Counted(position(0, 1)));
    assert_eq!(scene.engine.status(scene.now).unsynced, 1, "the person sees what waits");
    scene.wait(10 * 60_000);
    assert!(scene.effects.is_empty(), "there is no network");
    assert_eq!(scene.engine.deadline(scene.now), None, "nothing wakes the processor");
    assert_eq!(scene.phase(), Phase::Offline, "the status says so");
    scene.tell(Event::Network(true));
    assert!(matches!(scene.asks(), Some(Ask::Hello)), "when it is back, at once");
}

#[test]
fn without_a_network_nothing_listens_and_nothing_is_waited_for() {
    let mut scene = Scene::idle();
    scene.tell(Event::Wanted);
    scene.tell(Event::Network(false));
    assert_eq!(told(&scene), (Some(false), true), "the answer can't come any more");
    scene.tell(Event::Woke);
    assert_eq!(told(&scene), (Some(false), false), "there is still none");
    scene.tell(Event::Network(true));
    assert_eq!(told(&scene), (Some(true), false), "with the network, hints come again");
}

#[test]
fn what_was_connected_before_a_sleep_or_in_another_network_is_not_waited_for() {
    for event in [Event::Woke, Event::Network(true), Event::SignedIn] {
        let mut scene = Scene::idle();
        scene.tell(Event::Wanted);
        scene.tell(event);
        assert_eq!(told(&scene), (Some(true), true), "the connection may be dead");
        assert!(matches!(scene.asks(), Some(Ask::Hello)), "and another is made at once");
    }
}

#[test]
fn a_clock_far_ahead_of_the_time_that_passed_tells_of_a_sleep() {
    let mut scene = Scene::idle();
    scene.tell(Event::Wanted);
    scene.answer(Err(transient(None)));
    scene.wall += 29_000;
    scene.tell(Event::Tick);
    assert_eq!(told(&scene), (None, false), "a clock is set by as much");
    assert!(scene.asks().is_none(), "so it waits on");
    scene.wall += 8 * 3_600_000;
    scene.tell(Event::Tick);
    assert_eq!(told(&scene), (Some(true), false), "it slept for a night");
    assert!(matches!(scene.asks(), Some(Ask::Hello)), "what it waited for is long over");
    scene.wait(10_000);
    assert_eq!(told(&scene), (None, false), "it woke once");
}

#[test]
fn a_clock_that_is_put_back_is_no_sleep() {
    let mut scene = Scene::idle();
    scene.wall -= 900_000;
    scene.tell(Event::Tick);
    assert_eq!(told(&scene), (None, false), "what is connected stays so");
    assert!(matches!(scene.asks(), Some(Ask::Hello)), "the server's clock is measured anew");
}

#[test]
fn an_answer_that_comes_as_the_machine_wakes_counts() {
    let mut scene = Scene::idle();
    scene.tell(Event::Wanted);
    scene.wall += 3_600_000;
    scene.answer(Err(transient(Some(Duration::from_secs(60)))));
    assert_eq!(told(&scene), (Some(true), false), "there is no call to give up");
    assert!(scene.asks().is_none(), "the server asked for a minute");
    scene.wait(60_000);
    assert!(matches!(scene.asks(), Some(Ask::Hello)), "and gets it");
}

#[test]
fn a_stopped_sync_does_not_connect_anew_after_a_sleep() {
    let mut scene = Scene::idle();
    scene.tell(Event::Stop);
    scene.wall += 3_600_000;
    scene.tell(Event::Tick);
    assert!(scene.effects.is_empty(), "it is over");
}
