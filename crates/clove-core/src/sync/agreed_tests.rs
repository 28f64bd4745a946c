use super::*;

fn at(minutes: i64) -> Option<Millis> {
    Some(Millis::clamped(minutes * 60_000))
}

#[test]
fn it_is_noted_at_once_then_seldom_and_at_the_end() {
    let mut agreed = Agreed::default();
    assert_eq!(agreed.take_unnoted(true), None, "they never agreed");
    agreed.set(at(100));
    assert_eq!(agreed.take_unnoted(false), at(100), "the first time");
    assert_eq!(agreed.take_unnoted(false), None, "once");
    agreed.set(at(109));
    assert_eq!(agreed.take_unnoted(false), None, "a few minutes are not worth a write");
    assert_eq!(agreed.take_unnoted(true), at(109), "but they are at the end");
    assert_eq!(agreed.take_unnoted(true), None, "the end comes once");
    agreed.set(at(120));
    assert_eq!(agreed.take_unnoted(false), at(120), "eleven minutes are");
    agreed.set(at(20));
    assert_eq!(agreed.take_unnoted(false), at(20), "so is a clock that was set back");
}

#[test]
fn what_was_noted_is_known_after_a_restart() {
    let mut agreed = Agreed::default();
    agreed.remember(at(100));
    assert_eq!((agreed.at(), agreed.take_unnoted(true)), (at(100), None), "it is on the disk");
    agreed.set(at(150));
    agreed.remember(at(100));
    assert_eq!(agreed.at(), at(150), "what is on the disk is older than what is known");
    agreed.set(None);
    assert_eq!(agreed.at(), at(150), "without a clock it stays");
}
