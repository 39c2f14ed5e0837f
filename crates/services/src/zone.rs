//! Time zones: what «today» and «this hour» mean for an organisation.

use time::OffsetDateTime;
use time_tz::{Offset, TimeZone, timezones};

/// Minutes east of UTC in this IANA zone at that moment; an unknown zone counts as UTC.
pub fn offset_minutes(zone: &str, at_ms: i64) -> i32 {
    let Ok(at) = OffsetDateTime::from_unix_timestamp(at_ms.div_euclid(1000)) else { return 0 };
    timezones::get_by_name(zone).map_or(0, |tz| tz.get_offset_utc(&at).to_utc().whole_seconds() / 60)
}

/// Whether the zone is known.
pub fn is_known(zone: &str) -> bool {
    timezones::get_by_name(zone).is_some()
}

/// Start of the local day that contains `at_ms`, as epoch milliseconds.
pub fn day_start(zone: &str, at_ms: i64) -> i64 {
    let shift = i64::from(offset_minutes(zone, at_ms)) * 60_000;
    let start = (at_ms + shift).div_euclid(DAY_MS) * DAY_MS - shift;
    // Across a clock change the offset at midnight may differ from the one now.
    start + shift - i64::from(offset_minutes(zone, start)) * 60_000
}

/// The local day at a moment, so many minutes east of UTC.
pub fn day(at_ms: i64, offset_minutes: i32) -> time::Date {
    let local = at_ms + i64::from(offset_minutes) * 60_000;
    OffsetDateTime::from_unix_timestamp(local.div_euclid(1_000)).unwrap_or(OffsetDateTime::UNIX_EPOCH).date()
}

/// When the day `2026-11-21` begins in this zone, as epoch milliseconds.
pub fn midnight(zone: &str, day: &str) -> Option<i64> {
    let day = time::Date::parse(day, time::macros::format_description!("[year]-[month]-[day]")).ok()?;
    // Noon lies in the day everywhere, whatever the offset.
    let noon = day.midnight().assume_utc().unix_timestamp() * 1_000 + DAY_MS / 2;
    Some(day_start(zone, noon - i64::from(offset_minutes(zone, noon)) * 60_000))
}

/// `2026-11-21` for the number of a day since the epoch.
pub fn date(day: i64) -> String {
    const EPOCH: i64 = 2_440_588;
    let day = i32::try_from(day.saturating_add(EPOCH)).ok().and_then(|day| time::Date::from_julian_day(day).ok());
    day.map(|day| day.to_string()).unwrap_or_default()
}

/// Milliseconds of a day.
pub const DAY_MS: i64 = 86_400_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_start_at_local_midnight() {
        // 2026-11-20 20:00 UTC is 03:00 on the 21st in Novosibirsk.
        let at = 1_795_204_800_000;
        assert_eq!(offset_minutes("Asia/Novosibirsk", at), 420);
        assert_eq!(day_start("Asia/Novosibirsk", at) % 3_600_000, 0);
        assert!(at - day_start("Asia/Novosibirsk", at) < DAY_MS);
        assert_eq!((day_start("Asia/Novosibirsk", at) + 420 * 60_000) % DAY_MS, 0);
        assert_eq!(offset_minutes("Nowhere/Land", at), 0);
        assert_eq!(midnight("Asia/Novosibirsk", "2026-11-21"), Some(day_start("Asia/Novosibirsk", at)));
        assert_eq!(midnight("UTC", "1970-01-02"), Some(DAY_MS));
        assert_eq!(midnight("UTC", "2026-02-30"), None);
        assert_eq!((date(0), date(at / DAY_MS)), ("1970-01-01".into(), "2026-11-20".into()));
    }
}
