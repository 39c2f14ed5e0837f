//! Dates, times, money, numbers, phones and sizes as people write them, in Russian and English.
//! Pure: the same on the server and in the browser, given epoch milliseconds and an offset from UTC. Owns no signals
//! but the context of [`use_format`]; must not ask the browser for its time zone or locale.

use leptos::prelude::*;
use texts::{Language, Texts};

const NBSP: char = '\u{a0}';
const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// A moment taken apart in some time zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Civil {
    /// Four digits.
    pub year: i64,
    /// 1–12.
    pub month: u32,
    /// 1–31.
    pub day: u32,
    /// 0–23.
    pub hour: u32,
    /// 0–59.
    pub minute: u32,
    /// 0–59.
    pub second: u32,
    /// 1 (Monday) – 7.
    pub weekday: u32,
}

/// Takes a moment apart. `offset_minutes` is the offset of local time from UTC (Novosibirsk: 420).
pub fn civil(epoch_ms: i64, offset_minutes: i32) -> Civil {
    let local = epoch_ms.saturating_add(i64::from(offset_minutes) * MINUTE);
    let (days, ms) = (local.div_euclid(DAY), local.rem_euclid(DAY));
    let (year, month, day) = civil_from_days(days);
    let seconds = ms / 1000;
    Civil {
        year,
        month,
        day,
        hour: (seconds / 3600) as u32,
        minute: (seconds / 60 % 60) as u32,
        second: (seconds % 60) as u32,
        weekday: ((days + 3).rem_euclid(7) + 1) as u32,
    }
}

/// Epoch milliseconds of a local date and time.
pub fn epoch_ms(year: i64, month: u32, day: u32, hour: u32, minute: u32, offset_minutes: i32) -> i64 {
    let minutes = i64::from(hour) * 60 + i64::from(minute) - i64::from(offset_minutes);
    days_from_civil(year, month, day) * DAY + minutes * MINUTE
}

/// Days since 1970-01-01 in the proleptic Gregorian calendar.
pub fn days_from_civil(year: i64, month: u32, day: u32) -> i64 {
    // The year starts in March here, so that the leap day comes last.
    let y = if month <= 2 { year - 1 } else { year };
    let era = y.div_euclid(400);
    let year_of_era = y - era * 400;
    let month_from_march = i64::from((month + 9) % 12);
    let day_of_year = (153 * month_from_march + 2) / 5 + i64::from(day) - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

fn civil_from_days(days: i64) -> (i64, u32, u32) {
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let day_of_era = z - era * 146_097;
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = (day_of_year - (153 * month_from_march + 2) / 5 + 1) as u32;
    let month = ((month_from_march + 2) % 12 + 1) as u32;
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day)
}

/// How to write values for one reader: their words, language and time zone.
#[derive(Clone, Copy)]
pub struct Format {
    texts: Texts,
    language: Language,
    offset_minutes: i32,
}

impl Format {
    /// Writes in `language`, in local time of that offset.
    pub fn new(texts: Texts, language: Language, offset_minutes: i32) -> Self {
        Self { texts, language, offset_minutes }
    }

    /// Offset of local time from UTC in minutes.
    pub fn offset_minutes(self) -> i32 {
        self.offset_minutes
    }

    /// `21.11.2026`.
    pub fn date(self, ms: i64) -> String {
        let c = civil(ms, self.offset_minutes);
        match self.language {
            Language::Ru => format!("{:02}.{:02}.{}", c.day, c.month, c.year),
            Language::En => format!("{:02}/{:02}/{}", c.day, c.month, c.year),
        }
    }

    /// `21 ноября 2026 г.`.
    pub fn date_long(self, ms: i64) -> String {
        let c = civil(ms, self.offset_minutes);
        self.texts.format_date_long(c.day.to_string(), self.month(c.month), c.year.to_string())
    }

    /// `21 ноября`, with the year when it is not the year of `now`.
    pub fn date_short(self, ms: i64, now: i64) -> String {
        let c = civil(ms, self.offset_minutes);
        if c.year == civil(now, self.offset_minutes).year {
            self.texts.format_date_short(c.day.to_string(), self.month(c.month))
        } else {
            self.date_long(ms)
        }
    }

    /// `15:58`.
    pub fn time(self, ms: i64) -> String {
        let c = civil(ms, self.offset_minutes);
        format!("{:02}:{:02}", c.hour, c.minute)
    }

    /// `15:58:07`.
    pub fn time_seconds(self, ms: i64) -> String {
        let c = civil(ms, self.offset_minutes);
        format!("{:02}:{:02}:{:02}", c.hour, c.minute, c.second)
    }

    /// `21.11.2026, 15:58`.
    pub fn date_time(self, ms: i64) -> String {
        self.texts.format_date_time(self.date(ms), self.time(ms))
    }

    /// `21.11.2026, 15:58:07`: the exact moment, for titles and the journal.
    pub fn exact(self, ms: i64) -> String {
        self.texts.format_date_time(self.date(ms), self.time_seconds(ms))
    }

    /// The shortest honest form for lists: `15:58` today, `Вчера`, `14.06` this year, `14.06.2024`.
    pub fn list_time(self, ms: i64, now: i64) -> String {
        let c = civil(ms, self.offset_minutes);
        match self.day_number(now) - self.day_number(ms) {
            0 => self.time(ms),
            1 => self.texts.format_yesterday(),
            _ if c.year == civil(now, self.offset_minutes).year => match self.language {
                Language::Ru => format!("{:02}.{:02}", c.day, c.month),
                Language::En => format!("{:02}/{:02}", c.day, c.month),
            },
            _ => self.date(ms),
        }
    }

    /// A divider between days: `Сегодня`, `Вчера`, `14 июня`, `14 июня 2024 г.`.
    pub fn day(self, ms: i64, now: i64) -> String {
        match self.day_number(now) - self.day_number(ms) {
            0 => self.texts.format_today(),
            1 => self.texts.format_yesterday(),
            -1 => self.texts.format_tomorrow(),
            _ => self.date_short(ms, now),
        }
    }

    /// `сегодня в 17:00`, `завтра в 10:00`, `14 июня, 10:00`: for deadlines.
    pub fn day_time(self, ms: i64, now: i64) -> String {
        let time = self.time(ms);
        match self.day_number(now) - self.day_number(ms) {
            0 => self.texts.format_today_at(time),
            1 => self.texts.format_yesterday_at(time),
            -1 => self.texts.format_tomorrow_at(time),
            _ => self.texts.format_date_time(self.date_short(ms, now), time),
        }
    }

    /// `5 минут назад`, `через 2 часа`; after a week the date. Show [`Format::exact`] in the title.
    pub fn relative(self, ms: i64, now: i64) -> String {
        let t = self.texts;
        let ago = now.saturating_sub(ms);
        match ago {
            ..=-604_800_000 => self.date_short(ms, now),
            ..=-86_400_000 => t.format_in_days(-ago / DAY),
            ..=-3_600_000 => t.format_in_hours(-ago / HOUR),
            ..=-60_000 => t.format_in_minutes(-ago / MINUTE),
            ..=-10_000 => t.format_in_a_moment(),
            ..10_000 => t.format_just_now(),
            ..60_000 => t.format_seconds_ago(ago / 1000),
            ..3_600_000 => t.format_minutes_ago(ago / MINUTE),
            ..86_400_000 => t.format_hours_ago(ago / HOUR),
            ..604_800_000 => t.format_days_ago(ago / DAY),
            _ => self.date_short(ms, now),
        }
    }

    /// The two largest parts of a length of time: `1 мин 48 с`, `2 ч 10 мин`, `3 дн. 4 ч`, `340 мс`.
    pub fn duration(self, ms: i64) -> String {
        let t = self.texts;
        let part = |value: i64, write: &dyn Fn(String) -> String| write(self.integer(value));
        let ms = ms.max(0);
        let two = |a: String, b_value: i64, b: &dyn Fn(String) -> String| match b_value {
            0 => a,
            value => format!("{a}{NBSP}{}", b(value.to_string())),
        };
        match ms {
            ..1_000 => part(ms, &|v| t.format_unit_milliseconds(v)),
            ..60_000 => part(ms / 1000, &|v| t.format_unit_seconds(v)),
            ..3_600_000 => {
                two(part(ms / MINUTE, &|v| t.format_unit_minutes(v)), ms % MINUTE / 1000, &|v| t.format_unit_seconds(v))
            }
            ..86_400_000 => {
                two(part(ms / HOUR, &|v| t.format_unit_hours(v)), ms % HOUR / MINUTE, &|v| t.format_unit_minutes(v))
            }
            _ => two(part(ms / DAY, &|v| t.format_unit_days(v)), ms % DAY / HOUR, &|v| t.format_unit_hours(v)),
        }
    }

    /// `1 234 567`.
    pub fn integer(self, value: i64) -> String {
        self.group(&value.unsigned_abs().to_string(), value < 0)
    }

    /// A decimal with at most `places` digits after the comma, trailing zeros dropped: `1 234,5`.
    pub fn decimal(self, value: f64, places: usize) -> String {
        let text = format!("{:.places$}", value.abs());
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        let fraction = fraction.trim_end_matches('0');
        let negative = value < 0.0 && (whole != "0" || !fraction.is_empty());
        let whole = self.group(whole, negative);
        if fraction.is_empty() { whole } else { format!("{whole}{}{fraction}", self.decimal_mark()) }
    }

    /// Thousandths as a quantity: 1500 → `1,5`.
    pub fn quantity(self, milli: i64) -> String {
        let (whole, rest) = (milli.unsigned_abs() / 1000, milli.unsigned_abs() % 1000);
        let whole = self.group(&whole.to_string(), milli < 0);
        let fraction = format!("{rest:03}");
        match fraction.trim_end_matches('0') {
            "" => whole,
            fraction => format!("{whole}{}{fraction}", self.decimal_mark()),
        }
    }

    /// `12 %`.
    pub fn percent(self, value: f64, places: usize) -> String {
        self.texts.format_percent(self.decimal(value, places))
    }

    /// `1 234,50 ₽`, and `1 234 ₽` when there are no kopecks.
    pub fn money(self, minor: i64, currency: &str) -> String {
        let places = domain::money::decimals(currency);
        let unit = 10u64.pow(places);
        let (whole, rest) = (minor.unsigned_abs() / unit, minor.unsigned_abs() % unit);
        let mut amount = self.group(&whole.to_string(), false);
        if rest != 0 {
            amount = format!("{amount}{}{rest:0width$}", self.decimal_mark(), width = places as usize);
        }
        let sign = if minor < 0 { "−" } else { "" };
        match (self.language, currency_sign(currency)) {
            (Language::En, Some(symbol)) if currency != "RUB" && currency != "KZT" => format!("{sign}{symbol}{amount}"),
            (_, Some(symbol)) => format!("{sign}{amount}{NBSP}{symbol}"),
            (_, None) => format!("{sign}{amount}{NBSP}{currency}"),
        }
    }

    /// What stands in a money input for editing: `1234,50` without grouping, `1234` when whole.
    pub fn money_plain(self, minor: i64, currency: &str) -> String {
        let places = domain::money::decimals(currency);
        let unit = 10u64.pow(places);
        let (whole, rest) = (minor.unsigned_abs() / unit, minor.unsigned_abs() % unit);
        let sign = if minor < 0 { "-" } else { "" };
        match rest {
            0 => format!("{sign}{whole}"),
            _ => format!("{sign}{whole}{}{rest:0width$}", self.decimal_mark(), width = places as usize),
        }
    }

    /// `1,4 МБ`; a kilobyte is 1024 bytes.
    pub fn file_size(self, bytes: u64) -> String {
        let t = self.texts;
        let scaled = |unit: u64| self.decimal(bytes as f64 / unit as f64, if bytes >= unit * 10 { 0 } else { 1 });
        match bytes {
            ..1_024 => t.format_unit_bytes(bytes.to_string()),
            ..1_048_576 => t.format_unit_kilobytes(scaled(1 << 10)),
            ..1_073_741_824 => t.format_unit_megabytes(scaled(1 << 20)),
            _ => t.format_unit_gigabytes(scaled(1 << 30)),
        }
    }

    /// Name of a month as it stands in a date (`ноября`).
    pub fn month(self, month: u32) -> String {
        let t = self.texts;
        match month {
            1 => t.format_month_1(),
            2 => t.format_month_2(),
            3 => t.format_month_3(),
            4 => t.format_month_4(),
            5 => t.format_month_5(),
            6 => t.format_month_6(),
            7 => t.format_month_7(),
            8 => t.format_month_8(),
            9 => t.format_month_9(),
            10 => t.format_month_10(),
            11 => t.format_month_11(),
            _ => t.format_month_12(),
        }
    }

    /// Name of a month standing alone (`Ноябрь`).
    pub fn month_name(self, month: u32) -> String {
        let t = self.texts;
        match month {
            1 => t.format_month_name_1(),
            2 => t.format_month_name_2(),
            3 => t.format_month_name_3(),
            4 => t.format_month_name_4(),
            5 => t.format_month_name_5(),
            6 => t.format_month_name_6(),
            7 => t.format_month_name_7(),
            8 => t.format_month_name_8(),
            9 => t.format_month_name_9(),
            10 => t.format_month_name_10(),
            11 => t.format_month_name_11(),
            _ => t.format_month_name_12(),
        }
    }

    /// Short name of a weekday, 1 is Monday.
    pub fn weekday(self, weekday: u32) -> String {
        let t = self.texts;
        match weekday {
            1 => t.format_weekday_1(),
            2 => t.format_weekday_2(),
            3 => t.format_weekday_3(),
            4 => t.format_weekday_4(),
            5 => t.format_weekday_5(),
            6 => t.format_weekday_6(),
            _ => t.format_weekday_7(),
        }
    }

    /// Local day as a number that grows by one each midnight.
    pub fn day_number(self, ms: i64) -> i64 {
        ms.saturating_add(i64::from(self.offset_minutes) * MINUTE).div_euclid(DAY)
    }

    fn decimal_mark(self) -> char {
        match self.language {
            Language::Ru => ',',
            Language::En => '.',
        }
    }

    fn group(self, digits: &str, negative: bool) -> String {
        let separator = match self.language {
            Language::Ru => NBSP,
            Language::En => ',',
        };
        let mut text = String::with_capacity(digits.len() + digits.len() / 3 * 2 + 3);
        if negative {
            text.push('−');
        }
        for (i, digit) in digits.chars().enumerate() {
            if i > 0 && (digits.len() - i) % 3 == 0 {
                text.push(separator);
            }
            text.push(digit);
        }
        text
    }
}

/// `+7 999 123-45-67` from E.164; other countries in groups of three; anything else as it is.
pub fn phone(e164: &str) -> String {
    let Some(digits) = e164.strip_prefix('+').filter(|d| d.len() >= 8 && d.bytes().all(|b| b.is_ascii_digit())) else {
        return e164.to_owned();
    };
    if digits.len() == 11 && digits.starts_with('7') {
        return format!(
            "+7{NBSP}{}{NBSP}{}\u{2011}{}\u{2011}{}",
            &digits[1..4],
            &digits[4..7],
            &digits[7..9],
            &digits[9..11]
        );
    }
    let country = country_code_length(digits);
    let mut text = format!("+{}", &digits[..country]);
    let rest = &digits[country..];
    let mut at = 0;
    while at < rest.len() {
        let take = if rest.len() - at == 4 { 2 } else { 3.min(rest.len() - at) };
        text.push(NBSP);
        text.push_str(&rest[at..at + take]);
        at += take;
    }
    text
}

/// One digit for North America, two for most of the long-established codes, else three.
fn country_code_length(digits: &str) -> usize {
    const TWO: &[&str] = &[
        "20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45", "46", "47", "48", "49",
        "51", "52", "53", "54", "55", "56", "57", "58", "60", "61", "62", "63", "64", "65", "66", "81", "82", "84",
        "86", "90", "91", "92", "93", "94", "95", "98",
    ];
    match &digits[..2] {
        two if two.starts_with('1') || two.starts_with('7') => 1,
        two if TWO.contains(&two) => 2,
        _ => 3,
    }
}

fn currency_sign(currency: &str) -> Option<&'static str> {
    Some(match currency {
        "RUB" => "₽",
        "USD" => "$",
        "EUR" => "€",
        "KZT" => "₸",
        "GBP" => "£",
        _ => return None,
    })
}

/// Sign or code of a currency, for the end of a money input.
pub fn currency_label(currency: &str) -> String {
    currency_sign(currency).map_or_else(|| currency.to_owned(), str::to_owned)
}

#[derive(Clone, Copy)]
struct TimeZoneOffset(RwSignal<i32>);

/// Sets the offset of local time from UTC for everything below; the server gives it. Call once in the shell.
pub fn provide_utc_offset(minutes: i32) {
    provide_context(TimeZoneOffset(RwSignal::new(minutes)));
}

/// How to write values on this page.
pub fn use_format() -> Format {
    let language = crate::i18n::use_language();
    let offset = use_context::<TimeZoneOffset>().map_or(0, |offset| offset.0.get_untracked());
    Format::new(texts::load(language), language, offset)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NSK: i32 = 420;

    fn ru() -> Format {
        Format::new(texts::load(Language::Ru), Language::Ru, NSK)
    }
    fn en() -> Format {
        Format::new(texts::load(Language::En), Language::En, NSK)
    }
    fn plain(text: String) -> String {
        text.replace(NBSP, " ").replace('\u{2011}', "-")
    }
    fn at(day: u32, hour: u32, minute: u32) -> i64 {
        epoch_ms(2026, 11, day, hour, minute, NSK)
    }

    #[test]
    fn dates() {
        let ms = at(21, 15, 58);
        assert_eq!(ru().date(ms), "21.11.2026");
        assert_eq!(plain(ru().date_long(ms)), "21 ноября 2026 г.");
        assert_eq!(plain(en().date_long(ms)), "21 November 2026");
        assert_eq!(ru().exact(ms + 7_000), "21.11.2026, 15:58:07");
        assert_eq!(civil(ms, NSK).weekday, 6);
        // Late evening in UTC is already tomorrow in Novosibirsk.
        assert_eq!(ru().date(epoch_ms(2026, 11, 20, 20, 0, 0)), "21.11.2026");
    }

    #[test]
    fn calendar_round_trips() {
        for days in (-800_000..800_000).step_by(97) {
            let (y, m, d) = civil_from_days(days);
            assert_eq!(days_from_civil(y, m, d), days);
        }
        assert_eq!(civil_from_days(0), (1970, 1, 1));
        assert_eq!(days_from_civil(2024, 2, 29) + 1, days_from_civil(2024, 3, 1));
        assert_eq!(
            civil(-1, 0),
            Civil { year: 1969, month: 12, day: 31, hour: 23, minute: 59, second: 59, weekday: 3 }
        );
    }

    #[test]
    fn times_in_lists() {
        let now = at(21, 15, 58);
        assert_eq!(ru().list_time(at(21, 9, 5), now), "09:05");
        assert_eq!(ru().list_time(at(20, 23, 59), now), "Вчера");
        assert_eq!(ru().list_time(at(1, 0, 0), now), "01.11");
        assert_eq!(ru().list_time(epoch_ms(2024, 6, 14, 1, 0, NSK), now), "14.06.2024");
        assert_eq!(plain(ru().day(epoch_ms(2024, 6, 14, 1, 0, NSK), now)), "14 июня 2024 г.");
        assert_eq!(ru().day(now, now), "Сегодня");
        assert_eq!(ru().day_time(at(22, 10, 0), now), "завтра в 10:00");
    }

    #[test]
    fn relative_time() {
        let now = at(21, 15, 58);
        let cases = [
            (0, "только что"),
            (15_000, "15 секунд назад"),
            (5 * MINUTE, "5 минут назад"),
            (21 * HOUR, "21 час назад"),
            (2 * DAY, "2 дня назад"),
            (9 * DAY, "12 ноября"),
            (-30_000, "сейчас"),
            (-2 * HOUR, "через 2 часа"),
            (-3 * DAY, "через 3 дня"),
        ];
        for (ago, expected) in cases {
            assert_eq!(plain(ru().relative(now - ago, now)), expected);
        }
        assert_eq!(plain(en().relative(now - MINUTE, now)), "1 minute ago");
    }

    #[test]
    fn money() {
        assert_eq!(ru().money(123_400, "RUB"), "1\u{a0}234\u{a0}₽");
        assert_eq!(plain(ru().money(123_450, "RUB")), "1 234,50 ₽");
        assert_eq!(plain(ru().money(-5, "RUB")), "−0,05 ₽");
        assert_eq!(plain(ru().money(1_234, "JPY")), "1 234 JPY");
        assert_eq!(plain(ru().money(i64::MIN, "RUB")), "−92 233 720 368 547 758,08 ₽");
        assert_eq!(en().money(123_450, "USD"), "$1,234.50");
        assert_eq!(plain(en().money(123_450, "RUB")), "1,234.50 ₽");
        assert_eq!(ru().money_plain(123_450, "RUB"), "1234,50");
    }

    #[test]
    fn numbers() {
        assert_eq!(plain(ru().decimal(1_234_567.89, 2)), "1 234 567,89");
        assert_eq!(ru().decimal(-0.001, 2), "0");
        assert_eq!(en().decimal(1234.5, 2), "1,234.5");
        assert_eq!(plain(ru().integer(-1_286)), "−1 286");
        assert_eq!(ru().quantity(1_500), "1,5");
        assert_eq!(ru().quantity(2_000), "2");
        assert_eq!(plain(ru().percent(12.0, 0)), "12 %");
    }

    #[test]
    fn durations_and_sizes() {
        assert_eq!(plain(ru().duration(108_000)), "1 мин 48 с");
        assert_eq!(plain(ru().duration(2 * HOUR + 10 * MINUTE)), "2 ч 10 мин");
        assert_eq!(plain(ru().duration(3 * DAY)), "3 дн.");
        assert_eq!(plain(ru().duration(340)), "340 мс");
        assert_eq!(plain(ru().file_size(1_468_006)), "1,4 МБ");
        assert_eq!(plain(ru().file_size(512)), "512 Б");
        assert_eq!(plain(en().file_size(25 << 20)), "25 MB");
    }

    #[test]
    fn phones() {
        assert_eq!(plain(phone("+79991234567")), "+7 999 123-45-67");
        assert_eq!(plain(phone("+442071838750")), "+44 207 183 87 50");
        assert_eq!(plain(phone("+12025550123")), "+1 202 555 01 23");
        assert_eq!(phone("wa:7999"), "wa:7999");
        assert_eq!(phone("+7"), "+7");
    }
}
