//! Days of the calendar, for names of files and dates in them.

use crate::clock::Millis;

/// Milliseconds of a day. A day of UTC has no leap second that a clock counts (POSIX.1, "Seconds Since
/// the Epoch").
const DAY: i64 = 86_400_000;
/// Days of 400 years, after which the Gregorian calendar begins anew.
const ERA: i64 = 146_097;
/// Days from 0000-03-01, where the count below begins, to 1970-01-01.
const EPOCH: i64 = 719_468;

/// The day of a moment in UTC, as `2026-11-24` (ISO 8601).
pub(crate) fn day_of(moment: Millis) -> String {
    // Years that begin in March have their leap day at the end, so that months have fixed places.
    let days = moment.get() / DAY + EPOCH;
    let (era, day) = (days / ERA, days % ERA);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let in_year = day - (365 * year + year / 4 - year / 100);
    let month = (5 * in_year + 2) / 153;
    let in_month = in_year - (153 * month + 2) / 5 + 1;
    let (month, later) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
    format!("{:04}-{month:02}-{in_month:02}", era * 400 + year + later)
}

/// The first moment of a day that is written as [`day_of`] writes it.
pub(crate) fn moment_of(day: &str) -> Option<Millis> {
    let number = |range: std::ops::Range<usize>| day.get(range)?.parse::<u16>().ok().map(i64::from);
    let (year, month, in_month) = (number(0..4)?, number(5..7)?, number(8..10)?);
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let (era, in_era) = (year.div_euclid(400), year.rem_euclid(400));
    let in_year = (153 * month + 2) / 5 + in_month - 1;
    let days = era * ERA + in_era * 365 + in_era / 4 - in_era / 100 + in_year - EPOCH;
    let moment = Millis::try_from(days.checked_mul(DAY)?).ok()?;
    // A 31st of February would be another day.
    (day_of(moment) == day).then_some(moment)
}

#[cfg(test)]
#[path = "day_tests.rs"]
mod tests;
