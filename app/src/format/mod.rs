//! Dates, times, money, numbers, phones and sizes as people write them, in Russian and English.
//! Pure: the same on the server and in the browser, given epoch milliseconds and an offset from UTC. Owns no signals
//! but the context of [`use_format`]; must not ask the browser for its time zone or locale.

mod civil;
mod phone;
#[cfg(test)]
mod tests;

pub use civil::{Civil, civil, days_from_civil, epoch_ms};
pub use phone::phone;

use leptos::prelude::*;
use texts::{Language, Texts};

const NBSP: char = '\u{a0}';
const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

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
    pub fn decimal(self, value: f64, places: u32) -> String {
        // By whole numbers: the library's way of writing fractions would travel to the browser with ten kilobytes.
        let unit = 10u64.pow(places.min(9));
        let scaled = (value.abs() * unit as f64).round() as u64;
        let whole = self.group(&(scaled / unit).to_string(), value < 0.0 && scaled != 0);
        let fraction = format!("{:0width$}", scaled % unit, width = places as usize);
        match fraction.trim_end_matches('0') {
            "" => whole,
            fraction => format!("{whole}{}{fraction}", self.decimal_mark()),
        }
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
    pub fn percent(self, value: f64, places: u32) -> String {
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
            if i > 0 && (digits.len() - i).is_multiple_of(3) {
                text.push(separator);
            }
            text.push(digit);
        }
        text
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

/// Minutes since midnight as a clock shows them: `09:30`, and `24:00` at the end of the day.
pub fn time_of_day(minutes: u32) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

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
