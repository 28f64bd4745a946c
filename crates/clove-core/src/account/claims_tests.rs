use super::*;

fn at(seconds: i64) -> Millis {
    Millis::clamped(seconds * 1000)
}

fn claims(not_before: Option<i64>, expires_at: i64) -> Claims {
    Claims {
        user: "user_1".to_owned().try_into().expect("an id"),
        issued_at: at(1000),
        expires_at: at(expires_at),
        not_before: not_before.map(at),
        audiences: vec!["convex".to_owned(), "other".to_owned()],
    }
}

#[test]
fn a_token_is_valid_between_its_times_give_or_take_a_minute() {
    use TokenError::{Expired, NotYet};
    let cases = [
        (Some(990), 1600, 1000, Ok(()), "fresh"),
        (None, 1600, 1000, Ok(()), "without a beginning"),
        (Some(990), 1600, 1659, Ok(()), "ended within the last minute"),
        (Some(990), 1600, 1660, Err(Expired), "ended a minute ago"),
        (None, 1600, 5200, Err(Expired), "ended an hour ago"),
        (Some(990), 1600, 930, Ok(()), "begins within a minute"),
        (Some(990), 1600, 929, Err(NotYet), "begins later"),
        (Some(2000), 1600, 1700, Err(Expired), "ends before it begins"),
    ];
    for (not_before, expires_at, now, valid, why) in cases {
        assert_eq!(claims(not_before, expires_at).check(at(now)), valid, "{why}");
    }
}

#[test]
fn a_token_has_a_lifetime_and_audiences() {
    assert_eq!(claims(None, 1600).lifetime(), 600_000);
    assert_eq!(claims(None, 900).lifetime(), 0, "never less than none");
    let audiences = ["convex", "other", "conve", ""].map(|name| claims(None, 1).is_for(name));
    assert_eq!(audiences, [true, true, false, false]);
}
