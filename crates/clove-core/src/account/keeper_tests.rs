use std::{
    sync::{
        Arc, Mutex,
        mpsc::{self, Receiver, RecvTimeoutError, Sender},
    },
    time::Duration,
};

use super::{Answer, Keeper, Persistence};
use crate::{
    account::vault::{MemoryVault, Vault, VaultError},
    secret::Secret,
};

/// Longer than any answer of a test takes, so that a lost one fails it.
const LONG: Duration = Duration::from_secs(20);

type Reply = Result<Option<Secret>, VaultError>;

/// A vault that says what it was asked, and hangs until the test has it answer.
struct Scripted {
    asked: Sender<String>,
    replies: Mutex<Receiver<Reply>>,
}

impl Scripted {
    fn ask(&self, what: String) -> Reply {
        self.asked.send(what).expect("the test listens");
        let reply = self.replies.lock().expect("one call at a time").recv();
        reply.expect("the test answers")
    }
}

impl Vault for Scripted {
    fn read(&self, name: &str) -> Reply {
        self.ask(format!("read {name}"))
    }

    fn write(&self, name: &str, secret: &Secret) -> Result<(), VaultError> {
        self.ask(format!("write {name} {}", secret.reveal())).map(|_| ())
    }

    fn remove(&self, name: &str) -> Result<(), VaultError> {
        self.ask(format!("remove {name}")).map(|_| ())
    }
}

/// The test's end of a [`Scripted`] vault, with a keeper in front of it.
struct Scene {
    keeper: Keeper,
    asked: Receiver<String>,
    replies: Sender<Reply>,
}

impl Scene {
    fn new(patience: Duration) -> Self {
        let ((asking, asked), (replies, replied)) = (mpsc::channel(), mpsc::channel());
        let vault = Scripted { asked: asking, replies: Mutex::new(replied) };
        Self {
            keeper: Keeper::start_with(Arc::new(vault), patience, Box::new(|| ())),
            asked,
            replies,
        }
    }

    /// The vault hears exactly this, and answers.
    fn next(&self, what: &str, reply: Reply) {
        self.hears(what);
        self.replies.send(reply).expect("the vault listens");
    }

    fn hears(&self, what: &str) {
        let asked = self.asked.recv_timeout(LONG);
        assert_eq!(asked.as_deref(), Ok(what), "the vault is asked in order");
    }

    fn hears_nothing(&self) {
        assert!(self.asked.try_recv().is_err(), "the vault is left alone");
    }

    fn write(&self, name: &str, text: &str) -> Answer<()> {
        self.keeper.write(name, Secret::new(text))
    }

    fn becomes(&self, state: impl Fn(&Persistence) -> bool) {
        let mut now = self.keeper.persistence();
        let reached = wait(async { tokio::time::timeout(LONG, now.wait_for(state)).await.is_ok() });
        assert!(reached, "{:?}", self.keeper.persistence().borrow());
    }
}

fn wait<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build();
    runtime.expect("a runtime").block_on(future)
}

fn answer<T: std::fmt::Debug>(answer: Answer<T>) -> Result<T, VaultError> {
    wait(answer.within(LONG)).expect("an answer")
}

fn some(text: &str) -> Reply {
    Ok(Some(Secret::new(text)))
}

fn is_memory(state: &Persistence) -> bool {
    matches!(state, Persistence::Memory { .. })
}

#[test]
fn the_vault_is_asked_for_one_thing_at_a_time_in_order() {
    let scene = Scene::new(LONG);
    let (first, second) = (scene.keeper.read("a"), scene.write("b", "1"));
    let (third, last) = (scene.keeper.remove("a"), scene.keeper.read("a"));
    scene.hears("read a");
    scene.hears_nothing();
    scene.replies.send(some("0")).expect("the vault listens");
    scene.next("write b 1", Ok(None));
    scene.next("remove a", Ok(None));
    scene.next("read a", Ok(None));
    assert_eq!(answer(first), some("0"));
    assert_eq!((answer(second), answer(third)), (Ok(()), Ok(())));
    assert_eq!(answer(last), Ok(None));
    assert_eq!(*scene.keeper.persistence().borrow(), Persistence::Keyring);
}

#[test]
fn the_newest_write_of_a_name_takes_the_place_of_those_that_wait() {
    let scene = Scene::new(LONG);
    let _open = scene.keeper.read("x");
    scene.hears("read x");
    let (old, other) = (scene.write("a", "old"), scene.write("b", "1"));
    let (newer, removed, newest) =
        (scene.write("a", "newer"), scene.keeper.remove("a"), scene.write("a", "newest"));
    scene.replies.send(Ok(None)).expect("the vault listens");
    scene.next("write a newest", Ok(None));
    scene.next("write b 1", Ok(None));
    for told in [old, newer, removed, newest, other] {
        assert_eq!(answer(told), Ok(()), "the newest answers for those before it");
    }
    scene.hears_nothing();
}

#[test]
fn a_late_answer_reaches_the_one_who_waits_on() {
    let scene = Scene::new(LONG);
    let read = scene.keeper.read("a");
    scene.hears("read a");
    let read = wait(read.within(Duration::from_millis(1))).expect_err("the vault hangs");
    scene.replies.send(some("late")).expect("the vault listens");
    assert_eq!(answer(read), some("late"));
}

#[test]
fn a_vault_that_hangs_is_reported_until_it_answers() {
    let scene = Scene::new(Duration::from_millis(1));
    let write = scene.write("a", "1");
    scene.hears("write a 1");
    scene.becomes(|state| *state == Persistence::Waiting);
    scene.hears_nothing();
    scene.replies.send(Ok(None)).expect("the vault listens");
    assert_eq!(answer(write), Ok(()), "the answer counts, late as it is");
    scene.becomes(|state| *state == Persistence::Keyring);
}

#[test]
fn one_dialog_is_opened_for_all_who_wait() {
    let scene = Scene::new(LONG);
    let read = scene.keeper.read("a");
    scene.hears("read a");
    let (write, second) = (scene.write("b", "1"), scene.keeper.read("c"));
    // A person who asks again while the dialog is open means that dialog.
    scene.keeper.ask_again();
    scene.replies.send(Err(VaultError::Locked)).expect("the vault listens");
    assert_eq!(answer(read), Err(VaultError::Locked));
    assert_eq!(answer(write), Err(VaultError::Locked));
    assert_eq!(answer(second), Err(VaultError::Locked));
    assert_eq!(answer(scene.keeper.read("a")), Err(VaultError::Locked), "later ones open none");
    assert_eq!(answer(scene.keeper.read("b")), some("1"), "what was written is in memory");
    assert_eq!(*scene.keeper.persistence().borrow(), Persistence::Waiting);
    scene.hears_nothing();

    scene.keeper.ask_again();
    scene.next("write b 1", Ok(None));
    scene.becomes(|state| *state == Persistence::Keyring);
    let read = scene.keeper.read("a");
    scene.next("read a", some("0"));
    assert_eq!(answer(read), some("0"));
}

#[test]
fn without_a_keyring_memory_serves_until_there_is_one() {
    let scene = Scene::new(LONG);
    let (attempt, session) = (scene.write("attempt", "1"), scene.write("session", "1"));
    scene.next("write attempt 1", Err(VaultError::Missing));
    scene.next("write session 1", Err(VaultError::Missing));
    assert_eq!(answer(attempt), Err(VaultError::Missing));
    assert_eq!(answer(session), Err(VaultError::Missing));
    let state = scene.keeper.persistence().borrow().clone();
    assert_eq!(state, Persistence::Memory { reason: VaultError::Missing.to_string() });
    assert_eq!(answer(scene.keeper.read("session")), some("1"));

    let other = scene.keeper.read("other");
    scene.next("read other", Ok(None));
    assert_eq!(answer(other), Ok(None));
    assert!(is_memory(&scene.keeper.persistence().borrow()), "a read saves nothing");

    let session = scene.write("session", "2");
    scene.next("write session 2", Ok(None));
    assert_eq!(answer(session), Ok(()), "the keyring is there now");
    scene.next("write attempt 1", Ok(None));
    scene.becomes(|state| *state == Persistence::Keyring);
    scene.hears_nothing();
}

#[test]
fn what_failed_never_replaces_what_was_written_since() {
    let scene = Scene::new(LONG);
    let old = scene.write("a", "old");
    scene.next("write a old", Err(VaultError::Missing));
    assert_eq!(answer(old), Err(VaultError::Missing));
    let _open = scene.keeper.read("x");
    scene.hears("read x");
    scene.keeper.ask_again();
    let new = scene.write("a", "new");
    scene.replies.send(Ok(None)).expect("the vault listens");
    scene.next("write a old", Err(VaultError::Missing));
    scene.next("write a new", Err(VaultError::Missing));
    assert_eq!(answer(new), Err(VaultError::Missing));
    assert_eq!(answer(scene.keeper.read("a")), some("new"));
}

#[test]
fn a_failed_removal_still_counts_here() {
    let scene = Scene::new(LONG);
    let removed = scene.keeper.remove("a");
    scene.next("remove a", Err(VaultError::Failed("no".to_owned())));
    assert_eq!(answer(removed), Err(VaultError::Failed("no".to_owned())));
    assert_eq!(answer(scene.keeper.read("a")), Ok(None), "the session does not come back");
}

#[test]
fn dropped_callers_lose_reads_alone() {
    let scene = Scene::new(LONG);
    let open = scene.keeper.read("x");
    scene.hears("read x");
    drop(scene.keeper.read("a"));
    drop(scene.write("b", "1"));
    drop(open);
    scene.replies.send(Ok(None)).expect("the vault listens");
    scene.next("write b 1", Ok(None));
    scene.becomes(|state| *state == Persistence::Keyring);
}

#[test]
fn a_vault_that_panics_fails_one_request() {
    struct Panics;
    impl Vault for Panics {
        fn read(&self, _name: &str) -> Reply {
            panic!("a bug of a library")
        }
        fn write(&self, _name: &str, _secret: &Secret) -> Result<(), VaultError> {
            Ok(())
        }
        fn remove(&self, _name: &str) -> Result<(), VaultError> {
            Ok(())
        }
    }
    let keeper = Keeper::start(Arc::new(Panics));
    assert!(matches!(answer(keeper.read("a")), Err(VaultError::Refused)));
    assert_eq!(answer(keeper.write("a", Secret::new("1"))), Ok(()), "the keeper goes on");
}

#[test]
fn a_keeper_that_is_dropped_has_the_rest_written() {
    let scene = Scene::new(LONG);
    let (first, last) = (scene.write("a", "1"), scene.write("b", "2"));
    let Scene { keeper, asked, replies } = scene;
    drop(keeper);
    for what in ["write a 1", "write b 2"] {
        assert_eq!(asked.recv_timeout(LONG).as_deref(), Ok(what));
        replies.send(Ok(None)).expect("the vault listens");
    }
    assert_eq!((answer(first), answer(last)), (Ok(()), Ok(())));
    let end = asked.recv_timeout(LONG);
    assert_eq!(end, Err(RecvTimeoutError::Disconnected), "the thread ended and let the vault go");
}

#[test]
fn each_change_of_what_becomes_of_secrets_is_told() {
    let (told, changes) = mpsc::channel();
    let tell = Box::new(move || told.send(()).expect("the test listens"));
    let ((asking, asked), (replies, replied)) = (mpsc::channel(), mpsc::channel());
    let vault = Scripted { asked: asking, replies: Mutex::new(replied) };
    let keeper = Keeper::start_with(Arc::new(vault), Duration::ZERO, tell);
    let write = keeper.write("a", Secret::new("1"));
    changes.recv_timeout(LONG).expect("it has to be waited for");
    assert_eq!(*keeper.persistence().borrow(), Persistence::Waiting);
    asked.recv_timeout(LONG).expect("the vault is asked");
    replies.send(Err(VaultError::Missing)).expect("the vault listens");
    assert_eq!(answer(write), Err(VaultError::Missing));
    changes.recv_timeout(LONG).expect("there is none");
    assert!(is_memory(&keeper.persistence().borrow()));
}

#[test]
fn memory_by_choice_says_so() {
    let keeper = Keeper::start(Arc::new(MemoryVault::default()));
    assert!(is_memory(&keeper.persistence().borrow()), "from the start");
    assert_eq!(answer(keeper.write("a", Secret::new("1"))), Ok(()));
    assert_eq!(answer(keeper.read("a")), some("1"));
    assert!(is_memory(&keeper.persistence().borrow()), "a write changes nothing of it");
}

#[test]
fn nothing_that_is_printed_shows_a_secret() {
    let scene = Scene::new(LONG);
    let write = scene.write("a", "eyJhbGciOi");
    scene.next("write a eyJhbGciOi", Err(VaultError::Failed("no".to_owned())));
    let shown = format!("{:?} {write:?} {:?}", scene.keeper, answer(scene.keeper.read("a")));
    assert!(shown.contains("Secret(..)"), "{shown}");
    assert!(!shown.contains("eyJhbGciOi"), "{shown}");
}
