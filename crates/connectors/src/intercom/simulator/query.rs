//! Searches: filters in groups, pages with a cursor.

use crate::json::{Look, word};
use serde_json::{Value as Json, json};

/// Filters in one group at most.
const FILTERS: usize = 15;
/// Groups inside groups at most.
const LEVELS: u32 = 2;
const PAGE: i64 = 20;
const MOST: i64 = 150;

/// Whether an object fits; an error sentence for a query Intercom would refuse.
pub fn fits(query: &Json, object: &Json) -> Result<bool, String> {
    group(query, object, 1)
}

fn group(query: &Json, object: &Json, level: u32) -> Result<bool, String> {
    let filters = query.list("value");
    match query.text("operator") {
        "AND" | "OR" if level > LEVELS => Err("too many nested levels".into()),
        "AND" | "OR" if filters.is_empty() || filters.len() > FILTERS => {
            Err("one to fifteen filters are needed".into())
        }
        "AND" => Ok(filters
            .iter()
            .map(|f| group(f, object, level + 1))
            .collect::<Result<Vec<_>, _>>()?
            .into_iter()
            .all(|x| x)),
        "OR" => Ok(filters
            .iter()
            .map(|f| group(f, object, level + 1))
            .collect::<Result<Vec<_>, _>>()?
            .into_iter()
            .any(|x| x)),
        _ => filter(query, object),
    }
}

fn filter(filter: &Json, object: &Json) -> Result<bool, String> {
    let field = filter.text("field");
    if field.is_empty() {
        return Err("field is missing".into());
    }
    let value = field.split('.').fold(object, |value, key| value.at(key));
    let (have, want) = (word(value), filter.word("value"));
    let one_of = || filter.list("value").iter().any(|value| word(value) == have);
    Ok(match filter.text("operator") {
        "=" => have == want,
        "!=" => have != want,
        // Both include the value itself, and both want numbers.
        sign @ (">" | "<") => match (have.parse::<i64>(), want.parse::<i64>()) {
            (Ok(have), Ok(want)) if sign == ">" => have >= want,
            (Ok(have), Ok(want)) => have <= want,
            (_, Err(_)) => return Err(format!("{field} is compared with no number")),
            _ => false,
        },
        "IN" => one_of(),
        "NIN" => !one_of(),
        "~" => have.contains(&want),
        "!~" => !have.contains(&want),
        "^" => have.starts_with(&want),
        "$" => have.ends_with(&want),
        other => return Err(format!("operator {other}")),
    })
}

/// One page of what was found (by growing id), and the `pages` object.
pub fn page(found: Vec<Json>, pagination: &Json) -> Result<(Vec<Json>, Json), String> {
    let size = pagination.int("per_page").unwrap_or(PAGE);
    if !(1..=MOST).contains(&size) {
        return Err("per_page is 1 to 150".into());
    }
    let after = match pagination.text("starting_after") {
        "" => String::new(),
        cursor => {
            hex::decode(cursor).ok().and_then(|id| String::from_utf8(id).ok()).ok_or("starting_after is wrong")?
        }
    };
    let (total, size) = (found.len(), size as usize);
    let before = found.iter().filter(|object| object.text("id") <= after.as_str()).count();
    let items: Vec<Json> = found.into_iter().skip(before).take(size).collect();
    let mut pages =
        json!({"type": "pages", "page": before / size + 1, "per_page": size, "total_pages": total.div_ceil(size)});
    if let (true, Some(last)) = (before + items.len() < total, items.last()) {
        pages["next"] = json!({"per_page": size, "starting_after": hex::encode(last.text("id"))});
    }
    Ok((items, pages))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters() {
        let object = json!({"state": "closed", "statistics": {"last_close_at": 100, "first": null}});
        let one = |field: &str, operator: &str, value: Json| {
            fits(&json!({"field": field, "operator": operator, "value": value}), &object)
        };
        for (field, operator, value, expected) in [
            ("state", "=", json!("closed"), true),
            ("state", "!=", json!("closed"), false),
            ("statistics.last_close_at", ">", json!("100"), true),
            ("statistics.last_close_at", ">", json!("101"), false),
            ("statistics.last_close_at", "<", json!(100), true),
            ("statistics.first", ">", json!(0), false),
            ("state", "IN", json!(["open", "closed"]), true),
            ("state", "NIN", json!(["open", "closed"]), false),
            ("state", "~", json!("lose"), true),
            ("state", "^", json!("lose"), false),
        ] {
            assert_eq!(one(field, operator, value.clone()), Ok(expected), "{field} {operator} {value}");
        }
        assert!(one("state", ">=", json!(1)).is_err() && one("state", ">", json!("x")).is_err());
        let both = |word: &str| {
            let filters = json!([{"field": "state", "operator": "=", "value": "closed"},
                {"field": "state", "operator": "=", "value": "open"}]);
            fits(&json!({"operator": word, "value": filters}), &object)
        };
        assert_eq!((both("AND"), both("OR")), (Ok(false), Ok(true)));
        let deep =
            json!({"operator": "AND", "value": [{"operator": "OR", "value": [{"operator": "AND", "value": [{}]}]}]});
        assert!(fits(&deep, &object).is_err());
    }

    #[test]
    fn pages_follow_each_other() {
        let all: Vec<Json> = (10..15).map(|n| json!({"id": n.to_string()})).collect();
        let (mut seen, mut cursor) = (Vec::new(), json!(null));
        for _ in 0..3 {
            let (items, pages) = page(all.clone(), &json!({"per_page": 2, "starting_after": cursor})).expect("a page");
            seen.extend(items);
            cursor = pages["next"]["starting_after"].clone();
        }
        assert_eq!((seen, cursor), (all.clone(), json!(null)));
        assert!(page(all.clone(), &json!({"per_page": 151})).is_err());
        assert!(page(all, &json!({"starting_after": "zz"})).is_err());
    }
}
