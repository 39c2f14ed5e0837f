//! Before and after of a change, for the journal: one shape wherever a line tells of one.

use serde_json::{Map, Value as Json, json};
use std::collections::BTreeSet;

/// Stands for a secret: that it changed may be known, what it is may not.
pub(crate) const SECRET: &str = "•••";

/// One change, `{"field": …, "from": …, "to": …}`.
pub(crate) fn one(field: &str, from: impl Into<Json>, to: impl Into<Json>) -> Json {
    json!({"field": field, "from": from.into(), "to": to.into()})
}

/// What differs between two objects. Members of members are told by their path (`deadlines.new`), lists as a whole.
pub(crate) fn between(before: &Json, after: &Json) -> Vec<Json> {
    let mut changes = Vec::new();
    compare("", before, after, &mut changes);
    changes
}

fn compare(path: &str, before: &Json, after: &Json, changes: &mut Vec<Json>) {
    let none = Map::new();
    if let Some((old, new)) = match (before, after) {
        (Json::Object(old), Json::Object(new)) => Some((old, new)),
        (Json::Object(old), Json::Null) => Some((old, &none)),
        (Json::Null, Json::Object(new)) => Some((&none, new)),
        _ => None,
    } {
        for name in old.keys().chain(new.keys()).collect::<BTreeSet<_>>() {
            let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
            let member = |map: &Map<String, Json>| map.get(name).cloned().unwrap_or_default();
            compare(&path, &member(old), &member(new), changes);
        }
    } else if before != after {
        changes.push(one(path, before.clone(), after.clone()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_differs_is_kept_and_deep_members_have_paths() {
        let before =
            json!({"name": "А", "zone": 1, "deadlines": {"new": 5, "ready": 7}, "list": [1], "gone": {"a": 1}});
        let after = json!({"name": "Б", "zone": 1, "deadlines": {"new": 9, "ready": 7, "paid": 1}, "list": [1, 2]});
        let expected = [
            one("deadlines.new", 5, 9),
            one("deadlines.paid", Json::Null, 1),
            one("gone.a", 1, Json::Null),
            one("list", json!([1]), json!([1, 2])),
            one("name", "А", "Б"),
        ];
        assert_eq!(between(&before, &after), expected);
        assert_eq!(between(&after, &after), Vec::<Json>::new());
    }
}
