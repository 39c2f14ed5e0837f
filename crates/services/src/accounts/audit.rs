//! Before and after of a change, for the journal: only the members that differ.

use serde_json::{Map, Value as Json};

/// `{"before": {…}, "after": {…}}` of two objects, or `None` when they are equal.
pub(super) fn changes(before: &Json, after: &Json) -> Option<Json> {
    let (mut old, mut new) = (Map::new(), Map::new());
    for (name, value) in after.as_object()? {
        let was = before.get(name).unwrap_or(&Json::Null);
        if was != value {
            old.insert(name.clone(), was.clone());
            new.insert(name.clone(), value.clone());
        }
    }
    (!new.is_empty()).then(|| serde_json::json!({"before": old, "after": new}))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_what_differs_is_kept() {
        let (a, b) = (json!({"name": "А", "zone": 1}), json!({"name": "Б", "zone": 1}));
        assert_eq!(changes(&a, &b), Some(json!({"before": {"name": "А"}, "after": {"name": "Б"}})));
        assert_eq!(changes(&a, &a), None);
    }
}
