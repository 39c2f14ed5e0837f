//! What an event means: its values by dotted name (`client.phone`). Pure. What does not fit the bounds stays in the log.

use super::hooks::RECEIVED;
use crate::NormaliseError;
use crate::json::Look;
use domain::channel::{ChannelEvent, Person};
use serde_json::{Map, Value as Json};

/// Values of one event.
const MOST_FIELDS: usize = 200;
/// Longest name, in characters.
const MOST_NAME: usize = 100;
/// Deepest nesting of objects.
const MOST_DEPTH: usize = 5;
/// Longest text, in characters, and longest list.
const MOST_TEXT: usize = 4_000;
const MOST_LIST: usize = 100;
/// Digits of a form's text that is read as a number; longer ones are phones and document numbers.
const MOST_DIGITS: usize = 9;

/// The meaning of one event.
pub fn normalise(kind: &str, data: &Json) -> Result<ChannelEvent, NormaliseError> {
    if kind != RECEIVED {
        return Ok(ChannelEvent::Ignored { why: kind.into() });
    }
    let body = data.at("body").as_object().ok_or_else(|| NormaliseError("no body".into()))?;
    let mut fields = Map::new();
    gather(body, "", 1, data.flag("form"), &mut fields);
    Ok(ChannelEvent::Happened {
        trigger: RECEIVED.into(),
        about: data.text("about").to_owned(),
        at_ms: 0,
        person: Person::default(),
        fields,
        lookup: None,
    })
}

fn gather(map: &Map<String, Json>, under: &str, depth: usize, form: bool, fields: &mut Map<String, Json>) {
    for (key, value) in map {
        let name = if under.is_empty() { key.clone() } else { format!("{under}.{key}") };
        if name.is_empty() || name.chars().count() > MOST_NAME {
            continue;
        }
        if let Json::Object(inside) = value {
            if depth < MOST_DEPTH {
                gather(inside, &name, depth + 1, form, fields);
            }
            continue;
        }
        if fields.len() >= MOST_FIELDS {
            return;
        }
        if let Some(value) = plain(value, form) {
            fields.entry(name).or_insert(value);
        }
    }
}

/// A value rules can look at; an empty one is no data.
fn plain(value: &Json, form: bool) -> Option<Json> {
    match value {
        Json::String(text) => {
            let text = text.trim();
            match number(text).filter(|_| form) {
                Some(number) => Some(number),
                None => (!text.is_empty()).then(|| text.chars().take(MOST_TEXT).collect::<String>().into()),
            }
        }
        Json::Number(_) | Json::Bool(_) => Some(value.clone()),
        Json::Array(list) => {
            let flat = |one: &Json| plain(one, false).filter(|one| !one.is_array());
            let list: Vec<Json> = list.iter().take(MOST_LIST).filter_map(flat).collect();
            (!list.is_empty()).then_some(Json::Array(list))
        }
        Json::Null | Json::Object(_) => None,
    }
}

/// The number a form's text writes, if writing that number gives the very text again.
fn number(text: &str) -> Option<Json> {
    if text.is_empty() || text.len() > MOST_DIGITS + 3 || !text.ends_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let whole = text.split('.').next().unwrap_or_default();
    if whole.trim_start_matches('-').len() > MOST_DIGITS {
        return None;
    }
    let number: Json = match text.parse::<i64>() {
        Ok(number) => number.into(),
        Err(_) => text.parse::<f64>().ok()?.into(),
    };
    let written = number.to_string();
    (written == text).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn fields(body: &Json, form: bool) -> Json {
        let data = json!({"about": "1", "form": form, "body": body});
        match normalise(RECEIVED, &data).expect("understood") {
            ChannelEvent::Happened { fields, .. } => Json::Object(fields),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn values_are_named_by_their_way() {
        let body = json!({"client": {"name": " Анна ", "phone": "+7 916 123-45-67", "none": null, "empty": " "},
            "tags": ["vip", 7, {"x": 1}], "sum": 12.5, "paid": true, "lines": [{"a": 1}], "a.b": 1});
        let expected = json!({"client.name": "Анна", "client.phone": "+7 916 123-45-67", "tags": ["vip", 7], "sum": 12.5,
            "paid": true, "a.b": 1});
        assert_eq!(fields(&body, false), expected);
    }

    #[test]
    fn a_forms_texts_are_numbers_only_where_nothing_is_lost() {
        for (text, number) in [("5", json!(5)), ("-12.5", json!(-12.5)), ("123456789", json!(123_456_789))] {
            assert_eq!(fields(&json!({"n": text}), true)["n"], number, "{text}");
        }
        for text in ["007", "+5", "1e3", "79161234567", "1.50", "5.", ".5", "5 шт", "1 000", "NaN", "inf"] {
            assert_eq!(fields(&json!({"n": text}), true)["n"], json!(text), "{text}");
        }
        assert_eq!(fields(&json!({"n": "5"}), false)["n"], json!("5"));
    }

    #[test]
    fn bounds_hold() {
        let deep = json!({"a": {"b": {"c": {"d": {"e": 1, "f": {"g": 2}}}}}, "x": 1});
        assert_eq!(fields(&deep, false), json!({"a.b.c.d.e": 1, "x": 1}));
        let many: Map<String, Json> = (0..300).map(|n| (format!("f{n:03}"), n.into())).collect();
        assert_eq!(fields(&Json::Object(many), false).as_object().map(Map::len), Some(MOST_FIELDS));
        let long = json!({"n".repeat(101): 1, "n".repeat(100): 2, "t": "я".repeat(5_000)});
        let got = fields(&long, false);
        assert_eq!(got.as_object().map(Map::len), Some(2));
        assert_eq!(got["t"].as_str().map(|text| text.chars().count()), Some(MOST_TEXT));
    }
}
