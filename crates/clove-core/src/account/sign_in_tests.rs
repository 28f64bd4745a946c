use super::*;
use crate::{clock::Millis, random::SystemRandom};

fn attempt() -> Attempt {
    Attempt::begin(SignInMode::SignUp, &SystemRandom, Millis::ZERO).expect("an attempt")
}

fn page() -> Url {
    Url::parse("https://example.com/sign-in").expect("a page")
}

fn ids(user: &str) -> SessionOf {
    let id = |text: &str| text.to_owned();
    SessionOf {
        id: id("sess_1").try_into().expect("an id"),
        user: id(user).try_into().expect("an id"),
    }
}

fn status(sign_in: &SignIn) -> AccountStatus {
    sign_in.status(Some(&Profile::default()), Persistence::Keyring)
}

fn signing_in(stage: SignInStage) -> AccountStatus {
    AccountStatus::SigningIn { mode: SignInMode::SignUp, stage }
}

#[test]
fn a_sign_in_goes_from_step_to_step() {
    let mut sign_in = SignIn::new(false);
    assert_eq!(status(&sign_in), AccountStatus::SignedOut);
    let number = sign_in.begin(SignInMode::SignUp);
    assert_eq!(status(&sign_in), signing_in(SignInStage::Starting));
    assert!(sign_in.opened(number, attempt(), page()));
    assert_eq!(status(&sign_in), signing_in(SignInStage::InBrowser));
    assert_eq!(sign_in.page(), Some(&page()));
    let number = sign_in.finish(SignInMode::SignUp);
    assert_eq!(status(&sign_in), signing_in(SignInStage::Finishing));
    assert_eq!(sign_in.pending(), None, "the attempt is used up");
    assert!(sign_in.redeemed(number, ids("user_1")));
    assert_eq!(sign_in.session(), None, "not before the todos are open");
    assert_eq!(sign_in.establish(), Some(&ids("user_1")));
    assert!(matches!(status(&sign_in), AccountStatus::SignedIn { .. }));
}

#[test]
fn a_second_attempt_makes_the_first_one_void() {
    let mut sign_in = SignIn::new(false);
    let first = sign_in.begin(SignInMode::SignIn);
    let second = sign_in.begin(SignInMode::SignUp);
    assert!(!sign_in.opened(first, attempt(), page()), "its page comes too late");
    assert_eq!(status(&sign_in), signing_in(SignInStage::Starting));
    assert!(sign_in.opened(second, attempt(), page()));
}

#[test]
fn the_page_of_an_attempt_that_was_ended_is_not_opened() {
    let mut sign_in = SignIn::new(false);
    let number = sign_in.begin(SignInMode::SignUp);
    sign_in.end_attempt(None);
    assert!(!sign_in.opened(number, attempt(), page()));
    assert_eq!(status(&sign_in), AccountStatus::SignedOut);
}

#[test]
fn what_went_wrong_is_told_until_the_next_try() {
    let mut sign_in = SignIn::new(false);
    sign_in.begin(SignInMode::SignUp);
    sign_in.end_attempt(Some("no network".to_owned()));
    assert_eq!(sign_in.problem(), Some("no network"));
    sign_in.begin(SignInMode::SignUp);
    assert_eq!(sign_in.problem(), None);
}

#[test]
fn a_lost_session_stays_lost_while_a_new_one_fails() {
    let mut sign_in = SignIn::new(true);
    sign_in.lost("revoked".to_owned());
    let number = sign_in.begin(SignInMode::SignUp);
    assert!(sign_in.opened(number, attempt(), page()));
    let number = sign_in.finish(SignInMode::SignUp);
    assert!(sign_in.redeemed(number, ids("user_2")));
    assert_eq!(sign_in.take_redeemed(), Some(ids("user_2")));
    sign_in.end_attempt(Some("the disk is full".to_owned()));
    let lost =
        AccountStatus::SessionLost { profile: Profile::default(), message: "revoked".to_owned() };
    assert_eq!(status(&sign_in), lost, "the todos on the screen are still those of before");
}

#[test]
fn whoever_was_signed_in_is_awaited_from_the_keyring() {
    let mut sign_in = SignIn::new(true);
    let awaited = |locked| AccountStatus::Restoring { profile: Profile::default(), locked };
    assert_eq!(status(&sign_in), awaited(false));
    sign_in.locked();
    assert_eq!(status(&sign_in), awaited(true));
    sign_in.restored(ids("user_1"));
    assert_eq!(sign_in.session(), Some(&ids("user_1")));
    sign_in.signed_out();
    assert_eq!(status(&sign_in), AccountStatus::SignedOut);
    assert_eq!(sign_in.session(), None);
}

#[test]
fn a_sign_in_that_is_cancelled_while_it_finishes_signs_nobody_in() {
    let mut sign_in = SignIn::new(false);
    sign_in.begin(SignInMode::SignUp);
    let number = sign_in.finish(SignInMode::SignUp);
    sign_in.cancel();
    assert!(!sign_in.redeemed(number, ids("user_1")), "its session comes too late");
    assert_eq!(sign_in.establish(), None);
    assert_eq!(status(&sign_in), AccountStatus::SignedOut);
}

#[test]
fn once_the_todos_are_being_opened_neither_a_word_nor_an_attempt_comes_between() {
    let mut sign_in = SignIn::new(false);
    sign_in.begin(SignInMode::SignUp);
    let number = sign_in.finish(SignInMode::SignUp);
    assert!(!sign_in.is_taken());
    assert!(sign_in.redeemed(number, ids("user_1")));
    assert!(sign_in.is_taken(), "nothing else can begin");
    sign_in.cancel();
    assert_eq!(status(&sign_in), signing_in(SignInStage::Finishing), "it is too late for that");
    assert_eq!(sign_in.establish(), Some(&ids("user_1")));
}

#[test]
fn an_attempt_ends_the_waiting_for_the_keyring() {
    let mut sign_in = SignIn::new(true);
    sign_in.begin(SignInMode::SignUp);
    assert!(!sign_in.is_awaited(), "what the keyring says later does not come between");
    sign_in.cancel();
    assert!(matches!(status(&sign_in), AccountStatus::SessionLost { .. }));
}
