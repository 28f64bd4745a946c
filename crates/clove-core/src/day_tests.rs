use proptest::prelude::*;

use super::*;

#[test]
fn days_are_those_of_the_calendar() {
    let known = [
        (0, "1970-01-01"),
        (951_782_400_000, "2000-02-29"),
        (1_700_000_000_000, "2023-11-14"),
        (4_107_456_000_000, "2100-02-28"),
        (4_107_542_400_000, "2100-03-01"),
    ];
    for (moment, day) in known {
        assert_eq!(day_of(Millis::clamped(moment)), day, "of {moment}");
        let first = moment / DAY * DAY;
        assert_eq!(moment_of(day), Some(Millis::clamped(first)), "{day} begins there");
    }
}

#[test]
fn what_is_no_day_is_refused() {
    for text in ["", "2023", "2023-02-31", "2023-13-01", "2023-00-10", "1969-12-31", "2023/01/01"] {
        assert_eq!(moment_of(text), None, "{text}");
    }
    for text in ["2023-01-01T", "+023-01-01", "２０２３-01-01", "2023-1-1"] {
        assert_eq!(moment_of(text), None, "{text}");
    }
}

proptest! {
    #[test]
    fn a_day_begins_where_the_one_before_ends(number in 0_i64..2_900_000) {
        let first = Millis::clamped(number * DAY);
        prop_assert_eq!(moment_of(&day_of(first)), Some(first));
        prop_assert_eq!(day_of(first.shifted(DAY - 1)), day_of(first));
        prop_assert_ne!(day_of(first.shifted(DAY)), day_of(first));
    }

    #[test]
    fn any_text_is_a_day_or_none(text in "\\PC*") {
        prop_assert_eq!(moment_of(&text).map(day_of), moment_of(&text).map(|_| text));
    }
}
