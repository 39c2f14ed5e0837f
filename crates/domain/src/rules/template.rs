//! Texts with fields in them: `{{contact.name | first_word | default: клиент}}`. A field without value and without default
//! is named instead of leaving a hole: such a text is not sent.

use super::Facts;
use serde_json::Value as Json;

/// Longest template and longest result, in characters.
pub const MOST_CHARS: usize = 4_096;
/// Most fields in one template.
const MOST_FIELDS: usize = 100;

/// A template taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    parts: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Text(String),
    Field { key: String, filters: Vec<Filter> },
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Filter {
    Upper,
    Lower,
    FirstWord,
    /// Day and month on the organisation's clock: `21.11.2026`.
    Date,
    /// `14:05`.
    Time,
    /// Minor units as roubles and kopecks: `7 400` or `7 400,50`.
    Money,
    Default(String),
}

/// Why a text is no template.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TemplateError {
    #[error("«{{{{» without «}}}}»")]
    Open,
    #[error("«{0}» is not a field's name")]
    Name(String),
    #[error("there is no filter «{0}»")]
    Filter(String),
    #[error("too long")]
    Long,
}

impl Template {
    /// Takes a text apart.
    pub fn parse(text: &str) -> Result<Self, TemplateError> {
        if text.len() > MOST_CHARS && text.chars().count() > MOST_CHARS {
            return Err(TemplateError::Long);
        }
        let (mut parts, mut rest, mut fields) = (Vec::new(), text, 0);
        while let Some(open) = rest.find("{{") {
            if open > 0 {
                parts.push(Part::Text(rest[..open].to_owned()));
            }
            let inside = &rest[open + 2..];
            let close = inside.find("}}").ok_or(TemplateError::Open)?;
            parts.push(field(&inside[..close])?);
            fields += 1;
            if fields > MOST_FIELDS {
                return Err(TemplateError::Long);
            }
            rest = &inside[close + 2..];
        }
        if !rest.is_empty() {
            parts.push(Part::Text(rest.to_owned()));
        }
        Ok(Self { parts })
    }

    /// Names of the fields it reads.
    pub fn fields(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().filter_map(|part| match part {
            Part::Field { key, .. } => Some(key.as_str()),
            Part::Text(_) => None,
        })
    }

    /// The text with its fields filled in. `Err`: the fields that have no value and no default, or that it became too long.
    pub fn fill(&self, facts: &Facts) -> Result<String, Vec<String>> {
        let (mut text, mut missing) = (String::with_capacity(128), Vec::new());
        for part in &self.parts {
            match part {
                Part::Text(plain) => text.push_str(plain),
                Part::Field { key, filters } => match value(facts, key, filters) {
                    Some(value) => text.push_str(&value),
                    None => missing.push(key.clone()),
                },
            }
        }
        if missing.is_empty() && text.len() > MOST_CHARS && text.chars().count() > MOST_CHARS {
            missing.push(TemplateError::Long.to_string());
        }
        if missing.is_empty() { Ok(text) } else { Err(missing) }
    }
}

/// What names of fields are made of; those that are learnt may be in any script.
pub fn is_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '.' | '_' | '-')
}

fn field(inside: &str) -> Result<Part, TemplateError> {
    let mut pieces = inside.split('|');
    let key = pieces.next().unwrap_or_default().trim().to_owned();
    if key.is_empty() || !key.chars().all(is_name) {
        return Err(TemplateError::Name(key));
    }
    let filters = pieces.map(|piece| {
        let (name, argument) = piece.split_once(':').unwrap_or((piece, ""));
        Ok(match name.trim() {
            "upper" => Filter::Upper,
            "lower" => Filter::Lower,
            "first_word" => Filter::FirstWord,
            "date" => Filter::Date,
            "time" => Filter::Time,
            "money" => Filter::Money,
            "default" => Filter::Default(argument.trim().to_owned()),
            other => return Err(TemplateError::Filter(other.to_owned())),
        })
    });
    Ok(Part::Field { key, filters: filters.collect::<Result<_, _>>()? })
}

fn value(facts: &Facts, key: &str, filters: &[Filter]) -> Option<String> {
    let raw = facts.get(key);
    let mut text = raw.and_then(plain).filter(|text| !text.trim().is_empty());
    for filter in filters {
        text = match (filter, text) {
            (Filter::Default(default), None) => Some(default.clone()),
            (Filter::Default(_), some) => some,
            (_, None) => None,
            (Filter::Upper, Some(text)) => Some(text.to_uppercase()),
            (Filter::Lower, Some(text)) => Some(text.to_lowercase()),
            (Filter::FirstWord, Some(text)) => Some(text.split_whitespace().next().unwrap_or_default().to_owned()),
            (Filter::Date, Some(text)) => raw.and_then(Json::as_i64).map_or(Some(text), |at| Some(date(facts, at))),
            (Filter::Time, Some(text)) => raw.and_then(Json::as_i64).map_or(Some(text), |at| Some(time(facts, at))),
            (Filter::Money, Some(text)) => raw.and_then(Json::as_i64).map_or(Some(text), |sum| Some(money(sum))),
        };
    }
    text
}

fn plain(value: &Json) -> Option<String> {
    match value {
        Json::String(text) => Some(text.clone()),
        Json::Number(number) => Some(number.to_string()),
        Json::Bool(flag) => Some(flag.to_string()),
        Json::Array(list) => Some(list.iter().filter_map(plain).collect::<Vec<_>>().join(", ")),
        _ => None,
    }
}

const DAY: i64 = 86_400_000;

fn local(facts: &Facts, at: i64) -> i64 {
    at.saturating_add(i64::from(facts.hours.offset_minutes) * 60_000)
}

fn time(facts: &Facts, at: i64) -> String {
    let minutes = local(facts, at).rem_euclid(DAY) / 60_000;
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

/// Civil date of a day number, after the usual era arithmetic of the proleptic Gregorian calendar.
fn date(facts: &Facts, at: i64) -> String {
    let days = local(facts, at).div_euclid(DAY) + 719_468;
    let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!("{day:02}.{month:02}.{year}")
}

fn money(minor: i64) -> String {
    let (whole, rest) = (minor.unsigned_abs() / 100, minor.unsigned_abs() % 100);
    let digits = whole.to_string();
    let mut text = String::from(if minor < 0 { "−" } else { "" });
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n).is_multiple_of(3) {
            text.push('\u{a0}');
        }
        text.push(digit);
    }
    if rest > 0 {
        text.push_str(&format!(",{rest:02}"));
    }
    text
}
