//! Fields of clients that an organisation has made up itself: what they are, and which values they take.

use crate::rules::FieldKind;
use serde::{Deserialize, Serialize};

/// Most fields of an organisation.
pub const MOST_FIELDS: usize = 50;
/// Longest name of a field, and of a choice, in characters.
pub const MOST_NAME: usize = 60;
/// Most choices of a field.
pub const MOST_CHOICES: usize = 50;
/// Longest value, in characters.
pub const MOST_VALUE: usize = 1_000;
/// What rules put before the key.
pub const PREFIX: &str = "custom.";
/// Kinds a field may have.
pub const KINDS: [FieldKind; 5] =
    [FieldKind::Text, FieldKind::Number, FieldKind::Date, FieldKind::Choice, FieldKind::Flag];

/// A field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CustomField {
    /// Made from the first name; "" for one that is new. Rules and values refer to it.
    #[serde(default)]
    pub key: String,
    /// As people see it.
    pub name: String,
    pub kind: FieldKind,
    /// Values of a choice.
    #[serde(default)]
    pub choices: Vec<String>,
}

impl CustomField {
    /// As rules name it.
    pub fn in_rules(&self) -> String {
        format!("{PREFIX}{}", self.key)
    }
    /// A value somebody typed, as it is kept; "" for none. `None` when it is not one of this field. Numbers have a point,
    /// days are `2026-11-21`, a flag is `true` or `false`.
    pub fn value(&self, typed: &str) -> Option<String> {
        let typed = typed.trim();
        if typed.is_empty() {
            return Some(String::new());
        }
        match self.kind {
            FieldKind::Number => number(typed),
            FieldKind::Date => day(typed),
            FieldKind::Flag => match typed.to_lowercase().as_str() {
                "true" | "да" | "yes" | "1" => Some("true".into()),
                "false" | "нет" | "no" | "0" => Some("false".into()),
                _ => None,
            },
            FieldKind::Choice => self.choices.iter().find(|choice| same(choice, typed)).cloned(),
            _ => (typed.chars().count() <= MOST_VALUE).then(|| typed.to_owned()),
        }
    }
}

fn same(a: &str, b: &str) -> bool {
    crate::text::fold(a) == crate::text::fold(b)
}

fn number(typed: &str) -> Option<String> {
    let plain: String = typed.chars().filter(|c| !c.is_whitespace()).collect::<String>().replace(',', ".");
    let good = plain.len() <= 20 && plain.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-'));
    let number = plain.parse::<f64>().ok().filter(|number| good && number.is_finite())?;
    Some(number.to_string())
}

fn day(typed: &str) -> Option<String> {
    let parts = |separator| {
        let parts: Vec<&str> = typed.split(separator).collect();
        <[&str; 3]>::try_from(parts).ok()
    };
    let [year, month, day] = parts('-').or_else(|| parts('.').map(|[day, month, year]| [year, month, day]))?;
    let digits = [year, month, day].iter().all(|part| part.chars().all(|c| c.is_ascii_digit()));
    let (year, month, day) = (year.parse::<u16>().ok()?, month.parse::<u8>().ok()?, day.parse::<u8>().ok()?);
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let length = match month {
        4 | 6 | 9 | 11 => 30,
        2 => 28 + u8::from(leap),
        1..=12 => 31,
        _ => return None,
    };
    (digits && (1800..=2999).contains(&year) && (1..=length).contains(&day))
        .then(|| format!("{year:04}-{month:02}-{day:02}"))
}

/// A key for a name, different from those taken.
pub fn key_of(name: &str, taken: &[&str]) -> String {
    let mut key = String::new();
    for c in crate::text::fold(name).chars() {
        match c {
            'a'..='z' | '0'..='9' => key.push(c),
            _ => match latin(c) {
                Some(latin) => key.push_str(latin),
                None if !key.ends_with('_') => key.push('_'),
                None => {}
            },
        }
    }
    let key: String = key.trim_matches('_').chars().take(40).collect();
    let key = if key.is_empty() { "field".to_owned() } else { key };
    let free = |key: &String| !taken.contains(&key.as_str());
    let numbered = (2..).map(|n| format!("{key}_{n}"));
    std::iter::once(key.clone()).chain(numbered).find(free).unwrap_or(key)
}

/// A folded Russian letter in Latin ones.
fn latin(letter: char) -> Option<&'static str> {
    const LETTERS: [&str; 32] = [
        "a", "b", "v", "g", "d", "e", "zh", "z", "i", "y", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u", "f", "h",
        "ts", "ch", "sh", "sch", "", "y", "", "e", "yu", "ya",
    ];
    LETTERS.get((letter as usize).checked_sub('а' as usize)?).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(kind: FieldKind) -> CustomField {
        CustomField {
            key: "k".into(), name: "K".into(), kind, choices: vec!["Золотой".into(), "Серебряный".into()]
        }
    }

    #[test]
    fn values_are_kept_in_one_way() {
        for (kind, typed, kept) in [
            (FieldKind::Text, "  Рыжий кот ", Some("Рыжий кот")),
            (FieldKind::Number, "1 234,50", Some("1234.5")),
            (FieldKind::Number, "-3", Some("-3")),
            (FieldKind::Number, "много", None),
            (FieldKind::Number, "1e999", None),
            (FieldKind::Date, "21.11.2026", Some("2026-11-21")),
            (FieldKind::Date, "2028-02-29", Some("2028-02-29")),
            (FieldKind::Date, "29.02.2026", None),
            (FieldKind::Date, "2026-13-01", None),
            (FieldKind::Choice, "золотой", Some("Золотой")),
            (FieldKind::Choice, "Медный", None),
            (FieldKind::Flag, "Да", Some("true")),
            (FieldKind::Flag, "может", None),
            (FieldKind::Choice, "", Some("")),
        ] {
            assert_eq!(field(kind).value(typed).as_deref(), kept, "{kind} {typed}");
        }
        assert_eq!(field(FieldKind::Text).value(&"я".repeat(MOST_VALUE + 1)), None);
    }

    #[test]
    fn keys_can_be_read_and_differ() {
        assert_eq!(key_of("День рождения", &[]), "den_rozhdeniya");
        assert_eq!(key_of("Щётка & щит", &[]), "schetka_schit");
        assert_eq!(key_of("VIP", &["vip", "vip_2"]), "vip_3");
        assert_eq!(key_of("🎂", &[]), "field");
        for name in ["День рождения", "A—b", "№ 5"] {
            assert!(key_of(name, &[]).chars().all(crate::rules::template::is_name), "{name}");
        }
    }
}
