//! Lenient reading of providers' JSON: what is absent or of another type reads as empty. A provider adds and drops
//! fields without asking; an event must not be lost over that.

use serde_json::Value as Json;

/// Reading by key without ceremony.
pub trait Look {
    /// The value, or null.
    fn at(&self, key: &str) -> &Json;
    /// A string, or "".
    fn text(&self, key: &str) -> &str;
    /// A string or number as text, or "".
    fn word(&self, key: &str) -> String;
    /// An array, or nothing.
    fn list(&self, key: &str) -> &[Json];
    /// `true`, and nothing else.
    fn flag(&self, key: &str) -> bool;
    /// A whole number, also when it comes as text.
    fn int(&self, key: &str) -> Option<i64>;
}

impl Look for Json {
    fn at(&self, key: &str) -> &Json {
        self.get(key).unwrap_or(&Json::Null)
    }
    fn text(&self, key: &str) -> &str {
        self.at(key).as_str().unwrap_or_default()
    }
    fn word(&self, key: &str) -> String {
        word(self.at(key))
    }
    fn list(&self, key: &str) -> &[Json] {
        self.at(key).as_array().map(Vec::as_slice).unwrap_or_default()
    }
    fn flag(&self, key: &str) -> bool {
        self.at(key) == &Json::Bool(true)
    }
    fn int(&self, key: &str) -> Option<i64> {
        let value = self.at(key);
        value.as_i64().or_else(|| value.as_str()?.trim().parse().ok())
    }
}

/// A string or number as text, anything else as "". Ids come as either.
pub fn word(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        Json::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

/// The text, unless it is empty.
pub fn filled(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

/// Replaces NUL in every string: PostgreSQL cannot store it, and a stored event must be storable everywhere.
pub fn scrub(value: &mut Json) {
    match value {
        Json::String(text) if text.contains('\0') => *text = text.replace('\0', "\u{fffd}"),
        Json::Array(items) => items.iter_mut().for_each(scrub),
        Json::Object(map) => {
            if map.keys().any(|key| key.contains('\0')) {
                *map = std::mem::take(map).into_iter().map(|(k, v)| (k.replace('\0', "\u{fffd}"), v)).collect();
            }
            map.values_mut().for_each(scrub);
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn absent_and_wrong_types_read_as_empty() {
        let value = json!({"a": "x", "n": 7, "t": "8", "l": [1], "f": true});
        assert_eq!((value.text("a"), value.text("n"), value.text("zz")), ("x", "", ""));
        assert_eq!((value.word("n").as_str(), value.word("l").as_str()), ("7", ""));
        assert_eq!((value.int("n"), value.int("t"), value.int("a")), (Some(7), Some(8), None));
        assert_eq!((value.list("l").len(), value.list("a").len()), (1, 0));
        assert!(value.flag("f") && !value.flag("n"));
        assert_eq!(json!(5).text("a"), "");
    }

    #[test]
    fn no_nul_stays() {
        let mut value = json!({"a\0": ["b\0", {"c": "d\0"}]});
        scrub(&mut value);
        assert_eq!(value, json!({"a\u{fffd}": ["b\u{fffd}", {"c": "d\u{fffd}"}]}));
    }
}
