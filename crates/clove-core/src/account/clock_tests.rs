use super::*;

fn at(millis: i64) -> Millis {
    Millis::clamped(millis)
}

fn trip(sent: i64, received: i64) -> RoundTrip {
    RoundTrip { sent: at(sent), received: at(received) }
}

#[test]
fn an_answer_says_how_far_the_clocks_are_apart() {
    let hour = 3_600_000;
    let cases = [
        (trip(5000, 5000), 5000, (0, 1000), "the same second, at once"),
        (trip(5000, 5200), 5000, (-200, 1000), "the same second, after a while"),
        (trip(5999, 5999), 5000, (-999, 1), "the same second, at its end"),
        (trip(5000, 9000), 7000, (-2000, 3000), "a slow answer says little"),
        (trip(5000, 5100), 5000 + hour, (hour - 100, hour + 1000), "an hour ahead"),
        (trip(hour, hour + 100), 0, (-hour - 100, 1000 - hour), "an hour behind"),
    ];
    for (trip, second, (low, high), why) in cases {
        assert_eq!(narrow(None, trip, at(second)), Some(Offset { low, high }), "{why}");
        let inside = Offset { low, high }.middle();
        assert!((low..=high).contains(&inside), "{why}: {inside} is one of those it may be");
    }
}

#[test]
fn answers_that_agree_narrow_it_down_and_others_begin_anew() {
    let known = Some(Offset { low: 100, high: 1000 });
    let cases = [
        (trip(5000, 5000), 5500, (500, 1000), "from below"),
        (trip(5600, 5600), 5000, (100, 400), "from above"),
        (trip(5000, 9000), 7000, (100, 1000), "a slow answer changes nothing"),
        (trip(5000, 5000), 9000, (4000, 5000), "a clock was set"),
        (trip(9000, 9000), 5000, (-4000, -3000), "or set back"),
        (trip(9000, 5000), 5000, (100, 1000), "a clock was set within the round trip"),
    ];
    for (trip, second, (low, high), why) in cases {
        assert_eq!(narrow(known, trip, at(second)), Some(Offset { low, high }), "{why}");
    }
    assert_eq!(narrow(None, trip(9000, 5000), at(5000)), None, "nothing is known still");
}

struct Still(i64);

impl Clock for Still {
    fn now(&self) -> Millis {
        at(self.0)
    }
}

#[test]
fn the_servers_time_comes_from_the_date_of_an_answer() {
    // 1994-11-06T08:49:37Z, the example of RFC 9110, section 5.6.7, in its three forms.
    let moment = 784_111_777_000;
    let dates = [
        ("Sun, 06 Nov 1994 08:49:37 GMT", true),
        ("Sunday, 06-Nov-94 08:49:37 GMT", true),
        ("Sun Nov  6 08:49:37 1994", true),
        ("784111777", false),
        ("Sun, 06 Nov 1894 08:49:37 GMT", false),
        ("", false),
    ];
    for (date, is_date) in dates {
        let clock = ServerClock::new(Arc::new(Still(moment - 7_200_000)));
        assert_eq!(clock.now(), clock.device_now(), "nothing is known yet");
        let headers = [("date".to_owned(), date.to_owned())].into();
        let response = Response { status: 500, headers, body: Vec::new() };
        let now = clock.device_now();
        clock.observe_date(RoundTrip { sent: now, received: now }, &response);
        let now = if is_date { moment + 500 } else { moment - 7_200_000 };
        assert_eq!(clock.now(), at(now), "{date:?}");
    }
}
