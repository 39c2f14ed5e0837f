//! Time zones and currencies people choose from. A value stored otherwise stays choosable as it is.

use crate::ui::Choice;
use texts::Texts;

/// IANA name, offset from UTC in minutes where it is the same all year, name of the city.
type Zone = (&'static str, Option<i32>, fn(Texts) -> String);

const ZONES: &[Zone] = &[
    ("Europe/Kaliningrad", Some(120), |t| t.zone_kaliningrad()),
    ("Europe/Moscow", Some(180), |t| t.zone_moscow()),
    ("Europe/Samara", Some(240), |t| t.zone_samara()),
    ("Asia/Yekaterinburg", Some(300), |t| t.zone_yekaterinburg()),
    ("Asia/Omsk", Some(360), |t| t.zone_omsk()),
    ("Asia/Novosibirsk", Some(420), |t| t.zone_novosibirsk()),
    ("Asia/Krasnoyarsk", Some(420), |t| t.zone_krasnoyarsk()),
    ("Asia/Irkutsk", Some(480), |t| t.zone_irkutsk()),
    ("Asia/Yakutsk", Some(540), |t| t.zone_yakutsk()),
    ("Asia/Vladivostok", Some(600), |t| t.zone_vladivostok()),
    ("Asia/Magadan", Some(660), |t| t.zone_magadan()),
    ("Asia/Kamchatka", Some(720), |t| t.zone_kamchatka()),
    ("Europe/Minsk", Some(180), |t| t.zone_minsk()),
    ("Europe/Kyiv", None, |t| t.zone_kyiv()),
    ("Europe/Chisinau", None, |t| t.zone_chisinau()),
    ("Asia/Tbilisi", Some(240), |t| t.zone_tbilisi()),
    ("Asia/Yerevan", Some(240), |t| t.zone_yerevan()),
    ("Asia/Baku", Some(240), |t| t.zone_baku()),
    // Changed its offset in 2024, so the one of the zone database in use is not promised here.
    ("Asia/Almaty", None, |t| t.zone_almaty()),
    ("Asia/Tashkent", Some(300), |t| t.zone_tashkent()),
    ("Asia/Bishkek", Some(360), |t| t.zone_bishkek()),
    ("Asia/Dushanbe", Some(300), |t| t.zone_dushanbe()),
    ("Asia/Ashgabat", Some(300), |t| t.zone_ashgabat()),
    ("Europe/Istanbul", Some(180), |t| t.zone_istanbul()),
    ("Asia/Jerusalem", None, |t| t.zone_jerusalem()),
    ("Europe/Belgrade", None, |t| t.zone_belgrade()),
    ("Europe/Berlin", None, |t| t.zone_berlin()),
    ("Europe/London", None, |t| t.zone_london()),
    ("Asia/Dubai", Some(240), |t| t.zone_dubai()),
    ("Asia/Bangkok", Some(420), |t| t.zone_bangkok()),
    ("Asia/Shanghai", Some(480), |t| t.zone_shanghai()),
    ("America/New_York", None, |t| t.zone_new_york()),
    ("America/Los_Angeles", None, |t| t.zone_los_angeles()),
    ("UTC", Some(0), |t| t.zone_utc()),
];

const CURRENCIES: &[(&str, fn(Texts) -> String)] = &[
    ("RUB", |t| t.currency_rub()),
    ("KZT", |t| t.currency_kzt()),
    ("BYN", |t| t.currency_byn()),
    ("UZS", |t| t.currency_uzs()),
    ("KGS", |t| t.currency_kgs()),
    ("TJS", |t| t.currency_tjs()),
    ("AMD", |t| t.currency_amd()),
    ("AZN", |t| t.currency_azn()),
    ("GEL", |t| t.currency_gel()),
    ("MDL", |t| t.currency_mdl()),
    ("UAH", |t| t.currency_uah()),
    ("TRY", |t| t.currency_try()),
    ("RSD", |t| t.currency_rsd()),
    ("AED", |t| t.currency_aed()),
    ("ILS", |t| t.currency_ils()),
    ("CNY", |t| t.currency_cny()),
    ("USD", |t| t.currency_usd()),
    ("EUR", |t| t.currency_eur()),
    ("GBP", |t| t.currency_gbp()),
];

fn with_current(mut choices: Vec<Choice>, current: &str) -> Vec<Choice> {
    if !current.is_empty() && !choices.iter().any(|choice| choice.value == current) {
        choices.push(Choice::new(current, current));
    }
    choices
}

/// Time zones to choose from, the current one among them.
pub fn zone_choices(t: Texts, current: &str) -> Vec<Choice> {
    let one = |(zone, offset, name): &Zone| {
        let city = name(t);
        let label = offset.map_or(city.clone(), |minutes| format!("{city} · {}", offset_label(minutes)));
        Choice::new(*zone, label)
    };
    with_current(ZONES.iter().map(one).collect(), current)
}

/// `UTC+7`, `UTC−3`, `UTC+5:30`.
fn offset_label(minutes: i32) -> String {
    let (hours, rest) = (minutes.abs() / 60, minutes.abs() % 60);
    let sign = if minutes < 0 { '−' } else { '+' };
    match (minutes, rest) {
        (0, _) => "UTC".to_owned(),
        (_, 0) => format!("UTC{sign}{hours}"),
        _ => format!("UTC{sign}{hours}:{rest:02}"),
    }
}

/// Currencies to choose from, the current one among them.
pub fn currency_choices(t: Texts, current: &str) -> Vec<Choice> {
    let one = |(code, name): &(&'static str, fn(Texts) -> String)| Choice::new(*code, format!("{}, {code}", name(t)));
    with_current(CURRENCIES.iter().map(one).collect(), current)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_are_written_as_people_know_them() {
        assert_eq!(offset_label(420), "UTC+7");
        assert_eq!(offset_label(-180), "UTC−3");
        assert_eq!(offset_label(330), "UTC+5:30");
        assert_eq!(offset_label(0), "UTC");
    }

    #[test]
    fn another_zone_stays_choosable() {
        let t = texts::load(texts::Language::Ru);
        assert!(zone_choices(t, "Asia/Tokyo").iter().any(|choice| choice.value == "Asia/Tokyo"));
        assert_eq!(zone_choices(t, "Europe/Moscow").len(), ZONES.len());
    }

    #[cfg(feature = "ssr")]
    #[test]
    fn zones_are_known_and_their_offsets_are_true_all_year() {
        // 1 January and 1 July 2026.
        let year = [1_767_225_600_000, 1_782_864_000_000];
        for (zone, offset, _) in ZONES {
            assert!(services::zone::is_known(zone), "{zone}");
            let Some(offset) = offset else { continue };
            assert!(year.iter().all(|at| services::zone::offset_minutes(zone, *at) == *offset), "{zone}");
        }
    }
}
