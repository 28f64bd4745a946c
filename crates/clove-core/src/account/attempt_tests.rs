use super::*;

/// Bytes that count on from a first one.
struct Counting(std::sync::atomic::AtomicU8);

impl Random for Counting {
    fn fill(&self, bytes: &mut [u8]) {
        bytes.fill_with(|| self.0.fetch_add(1, std::sync::atomic::Ordering::Relaxed));
    }
}

/// A generator that fails, as the system's may.
struct Broken;

impl Random for Broken {
    fn fill(&self, _: &mut [u8]) {}
}

const BEGUN: i64 = 1_700_000_000_000;

fn attempt() -> Attempt {
    let random = Counting(1.into());
    Attempt::begin(SignInMode::SignUp, &random, Millis::clamped(BEGUN)).expect("randomness")
}

fn link(state: &str) -> Link {
    let [rotating_token_nonce, created_session_id] = ["nonce", "sess_1"].map(str::to_owned);
    Link { state: state.to_owned(), rotating_token_nonce, created_session_id }
}

#[test]
fn an_attempt_has_two_secrets_of_256_bits() {
    let attempt = attempt();
    assert_ne!(attempt.state, attempt.verifier, "one goes through the browser, one never does");
    for secret in [&attempt.state, &attempt.verifier] {
        let text = secret.reveal();
        let is_unreserved = |c: char| c.is_ascii_alphanumeric() || "-._~".contains(c);
        assert!(text.chars().all(is_unreserved), "{text}: RFC 7636, section 4.1");
        assert_eq!(BASE64URL.decode(text).expect("base64url").len(), 32);
    }
}

#[test]
fn without_randomness_there_is_no_attempt() {
    let begun = Attempt::begin(SignInMode::SignIn, &Broken, Millis::ZERO);
    assert_eq!(begun, Err(NoRandomness), "a state that can be guessed protects nobody");
}

#[test]
fn the_challenge_is_that_of_the_rfc() {
    // RFC 7636, appendix B.
    let verifier = Secret::new("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
    let attempt = Attempt { verifier, ..attempt() };
    assert_eq!(attempt.challenge(), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
}

#[test]
fn an_attempt_comes_back_from_the_keyring_as_it_was() {
    let attempt = attempt();
    assert_eq!(Attempt::from_json(&attempt.to_json()), Some(attempt.clone()));
    let json = attempt.to_json();
    let spoil = |from: &str, to: &str| Secret::new(json.reveal().replacen(from, to, 1));
    let cases = [
        (Secret::new(""), "nothing"),
        (Secret::new("null"), "JSON of something else"),
        (spoil("}", ""), "cut short"),
        (spoil("state", "stat"), "without a state"),
        (spoil(attempt.state.reveal(), ""), "with an empty state, which any link would match"),
        (spoil(attempt.verifier.reveal(), ""), "with an empty verifier"),
        (spoil("signUp", "signOver"), "with another mode"),
        (spoil("1700", "-1700"), "with a time that is none"),
    ];
    for (json, why) in cases {
        assert_eq!(Attempt::from_json(&json), None, "{why}");
    }
}

#[test]
fn a_link_answers_the_pending_attempt_alone() {
    use Refusal::{ClockSetBack, NothingPending, OtherAttempt, TooLate};
    let pending = attempt();
    let state = pending.state.reveal();
    let minute = 60_000;
    let cases = [
        (state, true, 0, Ok(()), "at once"),
        (state, true, 10 * minute - 1, Ok(()), "at the last moment"),
        (state, true, 10 * minute, Err(TooLate), "after ten minutes"),
        (state, true, 11 * minute, Err(TooLate), "after eleven"),
        (state, true, i64::MAX - BEGUN, Err(TooLate), "at the end of time"),
        (state, true, -minute, Ok(()), "the clock was corrected meanwhile"),
        (state, true, -minute - 1, Err(ClockSetBack), "the clock was set back"),
        (state, true, -BEGUN, Err(ClockSetBack), "the clock was set back to its beginning"),
        (state, false, 0, Err(NothingPending), "no attempt"),
        (state, false, 11 * minute, Err(NothingPending), "no attempt, and late"),
        ("", true, 0, Err(OtherAttempt), "no state"),
        (&state[1..], true, 0, Err(OtherAttempt), "a part of the state"),
        (pending.verifier.reveal(), true, 0, Err(OtherAttempt), "another secret"),
        ("x", true, 11 * minute, Err(OtherAttempt), "another's, and late"),
    ];
    for (state, is_pending, after, answer, why) in cases {
        let now = Millis::clamped(BEGUN).shifted(after);
        assert_eq!(check(&link(state), is_pending.then_some(&pending), now), answer, "{why}");
    }
    let later = Attempt::begin(SignInMode::SignIn, &Counting(7.into()), Millis::clamped(BEGUN));
    let later = later.expect("randomness");
    let answer = check(&link(state), Some(&later), Millis::clamped(BEGUN));
    assert_eq!(answer, Err(OtherAttempt), "a second attempt makes the first one void");
}

#[test]
fn nothing_shows_the_secrets_of_an_attempt() {
    let attempt = attempt();
    let shown = format!("{attempt:?} {:?}", attempt.to_json());
    for secret in [&attempt.state, &attempt.verifier] {
        assert!(!shown.contains(secret.reveal()), "Debug ends in logs: {shown}");
    }
}
