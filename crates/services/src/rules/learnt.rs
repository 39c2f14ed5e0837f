//! Fields of events whose sender alone knows them: learnt from what comes, so that conditions and texts can name them.
//! A field keeps the kind it was first seen with; what does not fit makes it a text for good.

use crate::connections::Connected;
use crate::{Result, Work};
use domain::rules::{FieldKind, FieldSpec, template};
use serde_json::{Map, Value as Json};
use std::collections::BTreeMap;
use store::learnt::{self as rows, LearntField};
use time::format_description::well_known::Rfc3339;
use time::macros::format_description;
use time::{Date, OffsetDateTime};

/// Fields kept of one connection; what comes beyond is neither offered nor looked at.
const MOST: usize = 200;
/// Longest sample, in characters.
const SAMPLE: usize = 60;

/// Learns what is new in an event, in the transaction that applies it, and gives its values as rules see them.
pub async fn learn(
    work: &mut Work,
    connection: &Connected,
    event: &str,
    values: &Map<String, Json>,
) -> Result<BTreeMap<String, Json>> {
    let key = (connection.id, event.to_owned());
    let mut known = match work.memo.learnt.remove(&key) {
        Some(known) => known,
        None => {
            let found = rows::of_connection(&mut work.tx, work.organisation, connection.id, event).await?;
            found.into_iter().map(|field| (field.name.clone(), field)).collect()
        }
    };
    let (mut seen, mut news) = (BTreeMap::new(), false);
    for (label, value) in values {
        let name = name(label);
        let kind = kind(&name, value);
        let field = match known.get(&name) {
            Some(field) if field.kind == kind || widened(field.kind, kind) == field.kind => field.clone(),
            Some(field) => LearntField { kind: widened(field.kind, kind), sample: sample(value), ..field.clone() },
            None if known.len() < MOST => {
                LearntField { name: name.clone(), label: label.clone(), kind, sample: sample(value) }
            }
            None => continue,
        };
        if known.get(&name) != Some(&field) {
            rows::learn(&mut work.tx, work.organisation, connection.id, event, &field, work.now).await?;
            news = true;
        }
        seen.insert(format!("event.{name}"), fitted(field.kind, value));
        known.insert(name, field);
    }
    work.memo.learnt.insert(key, known);
    if news {
        work.hint("rules", "");
    }
    Ok(seen)
}

/// What was learnt as fields of a trigger; one name with two kinds is a text.
pub fn specs(fields: Vec<LearntField>) -> Vec<FieldSpec> {
    let mut specs: BTreeMap<String, FieldSpec> = BTreeMap::new();
    for field in fields {
        let key = format!("event.{}", field.name);
        match specs.get_mut(&key) {
            Some(spec) if spec.kind != field.kind => spec.kind = FieldKind::Text,
            Some(_) => {}
            None => {
                let LearntField { label, kind, sample, .. } = field;
                specs.insert(key.clone(), FieldSpec { label, sample, ..FieldSpec::new(key, kind) });
            }
        }
    }
    specs.into_values().collect()
}

/// A name texts can hold: what is neither letter nor digit becomes a line.
fn name(label: &str) -> String {
    label.trim().chars().map(|c| if template::is_name(c) { c } else { '_' }).collect()
}

fn kind(name: &str, value: &Json) -> FieldKind {
    match value {
        Json::Number(_) => FieldKind::Number,
        Json::Bool(_) => FieldKind::Flag,
        Json::Array(_) => FieldKind::List,
        Json::String(text) if moment(text).is_some() => FieldKind::Date,
        Json::String(text) if is_phone(name, text) => FieldKind::Phone,
        _ => FieldKind::Text,
    }
}

/// The kind that holds both.
fn widened(known: FieldKind, seen: FieldKind) -> FieldKind {
    match (known, seen) {
        (known, seen) if known == seen => known,
        // A single answer of a question with several.
        (FieldKind::List, FieldKind::Text | FieldKind::Number) => FieldKind::List,
        _ => FieldKind::Text,
    }
}

/// A value as rules look at a field of this kind; what does not fit is no data.
fn fitted(kind: FieldKind, value: &Json) -> Json {
    match (kind, value) {
        (FieldKind::Date, Json::String(text)) => moment(text).map_or(Json::Null, Json::from),
        (FieldKind::List, one @ (Json::String(_) | Json::Number(_))) => Json::Array(vec![one.clone()]),
        (FieldKind::Text | FieldKind::Phone, value) => words(value).into(),
        (_, value) => value.clone(),
    }
}

fn words(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        Json::Array(list) => list.iter().map(words).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

fn sample(value: &Json) -> String {
    domain::text::preview(&words(value), SAMPLE)
}

/// A moment as ISO 8601 writes it; a day alone begins at midnight UTC.
fn moment(text: &str) -> Option<i64> {
    if let Ok(at) = OffsetDateTime::parse(text, &Rfc3339) {
        return i64::try_from(at.unix_timestamp_nanos() / 1_000_000).ok();
    }
    let day = Date::parse(text, format_description!("[year]-[month]-[day]")).ok()?;
    Some(day.midnight().assume_utc().unix_timestamp() * 1_000)
}

/// A phone by its look, or by its name; other long numbers (of documents, of orders) are texts.
fn is_phone(name: &str, text: &str) -> bool {
    let Some(number) = domain::phone::normalise(text) else { return false };
    let last = name.rsplit('.').next().unwrap_or_default().to_lowercase();
    let named = ["phone", "tel", "mobile", "whatsapp", "тел"].iter().any(|word| last.contains(word));
    named || text.starts_with('+') || (number.starts_with("+7") && number.len() == 12)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn kinds_by_what_was_sent() {
        for (name, value, expected) in [
            ("a", json!("Анна"), FieldKind::Text),
            ("a", json!(5), FieldKind::Number),
            ("a", json!(true), FieldKind::Flag),
            ("a", json!(["x"]), FieldKind::List),
            ("a", json!("2026-11-20T10:00:02.5+03:00"), FieldKind::Date),
            ("a", json!("2026-11-20"), FieldKind::Date),
            ("a", json!("20.11.2026"), FieldKind::Text),
            ("a", json!("+7 916 123-45-67"), FieldKind::Phone),
            ("a", json!("8 (916) 123-45-67"), FieldKind::Phone),
            ("client.phone", json!("375291234567"), FieldKind::Phone),
            ("Телефон", json!("12345678"), FieldKind::Phone),
            ("inn", json!("770708389312"), FieldKind::Text),
            ("phone", json!("нет"), FieldKind::Text),
        ] {
            assert_eq!(kind(name, &value), expected, "{name} {value}");
        }
    }

    #[test]
    fn what_does_not_fit_makes_a_text() {
        use FieldKind::{Date, List, Number, Phone, Text};
        assert_eq!(widened(Number, Number), Number);
        assert_eq!((widened(Number, Text), widened(Phone, Text), widened(Date, Number)), (Text, Text, Text));
        assert_eq!((widened(Text, Number), widened(List, Text), widened(Text, List)), (Text, List, Text));
        assert_eq!(fitted(Text, &json!(["a", 1])), json!("a, 1"));
        assert_eq!(fitted(Text, &json!(12.5)), json!("12.5"));
        assert_eq!(fitted(List, &json!("a")), json!(["a"]));
        assert_eq!(fitted(Date, &json!("1970-01-02T00:00:00Z")), json!(86_400_000));
        assert_eq!(fitted(Date, &json!("1970-01-02")), json!(86_400_000));
        assert_eq!(fitted(Number, &json!(5)), json!(5));
    }

    #[test]
    fn names_can_stand_in_a_text() {
        for (label, expected) in [("client.phone", "client.phone"), (" Ваше имя ", "Ваше_имя"), ("a|b}}c", "a_b__c")]
        {
            assert_eq!(name(label), expected);
            assert!(template::Template::parse(&format!("{{{{event.{}}}}}", name(label))).is_ok(), "{label}");
        }
    }

    #[test]
    fn one_name_of_two_connections_is_one_field() {
        let field =
            |kind, label: &str| LearntField { name: "sum".into(), label: label.into(), kind, sample: "5".into() };
        let found = specs(vec![field(FieldKind::Number, "sum"), field(FieldKind::Number, "Sum")]);
        assert_eq!((found.len(), found[0].kind, found[0].label.as_str()), (1, FieldKind::Number, "sum"));
        assert_eq!(specs(vec![field(FieldKind::Number, "a"), field(FieldKind::Flag, "a")])[0].kind, FieldKind::Text);
    }
}
