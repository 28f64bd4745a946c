use super::*;

const MINUTE: i64 = 60_000;

#[test]
fn a_token_is_replaced_ahead_of_its_end() {
    let cases = [
        (60 * MINUTE, 59 * MINUTE, "an hour"),
        (10 * MINUTE, 9 * MINUTE, "ten minutes"),
        (3 * MINUTE, 2 * MINUTE, "three minutes: a minute before, which is two thirds too"),
        (3 * MINUTE - 3, 2 * MINUTE - 2, "a little less"),
        (MINUTE, 40_000, "a minute, as sessions' own tokens"),
        (30_000, 20_000, "half a minute"),
        (0, 0, "none at all"),
    ];
    for (lifetime, after, why) in cases {
        assert_eq!(refresh_after(lifetime), after, "{why}");
    }
}

#[test]
fn a_token_is_fresh_from_when_it_was_asked_for_until_it_is_replaced() {
    let at = |seconds: i64| Millis::clamped(seconds * 1000);
    let token = ConvexToken {
        jwt: Secret::new("hush"),
        user: "user_1".to_owned().try_into().expect("an id"),
        asked_at: at(1000),
        refresh_at: at(1540),
        expires_at: at(1600),
    };
    let cases = [
        (999, false, "the clock was set back: its age is not known"),
        (1000, true, "at once"),
        (1539, true, "to the last second"),
        (1540, false, "a minute before its end"),
        (5000, false, "long after"),
    ];
    for (now, is_fresh, why) in cases {
        assert_eq!(token.is_fresh(at(now)), is_fresh, "{why}");
    }
    assert!(!format!("{token:?}").contains("hush"), "Debug ends in logs");
}

#[test]
fn a_wait_ends_and_is_never_longer_than_an_hour() {
    let left = |until| seconds_left(Millis::clamped(1_000_000), Millis::clamped(until));
    let cases = [
        (1_000_000, None, "now"),
        (999_000, None, "over"),
        (1_000_001, Some(1), "a moment"),
        (1_007_000, Some(7), "seven seconds"),
        (4_600_000, Some(3600), "an hour"),
        (4_600_001, None, "more: the clock was set back"),
    ];
    for (until, seconds, why) in cases {
        assert_eq!(left(until), seconds, "{why}");
    }
}
