//! Bodies of calls: JSON, or what a form sends. Either becomes objects; anything else is refused with its reason.

use crate::HookError;
use crate::json::scrub;
use http::HeaderMap;
use serde_json::{Map, Value as Json};

/// Events in one call.
const MOST_EVENTS: usize = 100;
/// Fields of a form.
const MOST_PAIRS: usize = 1_000;
/// Levels of a form's names (`a[b][c]`).
const MOST_LEVELS: usize = 8;

/// What a call said.
#[derive(Debug)]
pub struct Said {
    /// Each an object.
    pub events: Vec<Json>,
    /// Whether a form said it: then every value is a text.
    pub form: bool,
}

/// Reads a body.
pub fn read(headers: &HeaderMap, body: &[u8]) -> Result<Said, HookError> {
    let refused = |why: &str| HookError::Malformed(why.to_owned());
    let text = std::str::from_utf8(body).map_err(|_| refused("not UTF-8"))?;
    let given = super::proof::text(headers, "content-type").to_ascii_lowercase();
    match given.split(';').next().unwrap_or_default().trim() {
        "application/x-www-form-urlencoded" => Ok(Said { events: form(text)?, form: true }),
        // Said to be nothing, it may still be JSON.
        "" => Ok(Said { events: json(text)?, form: false }),
        kind if kind == "text/json" || kind == "application/json" || kind.ends_with("+json") => {
            Ok(Said { events: json(text)?, form: false })
        }
        _ => Err(refused("neither JSON nor application/x-www-form-urlencoded by its content type")),
    }
}

/// An object, or several in a list. serde_json refuses nesting beyond 128 levels: no later reader can run out of stack.
fn json(text: &str) -> Result<Vec<Json>, HookError> {
    let body: Json = serde_json::from_str(text).map_err(|error| {
        // The error's own text may quote the payload; place and category do not.
        HookError::Malformed(format!("{:?} error at {}:{}", error.classify(), error.line(), error.column()))
    })?;
    let mut events = match body {
        Json::Array(events) => events,
        one => vec![one],
    };
    if events.len() > MOST_EVENTS {
        return Err(HookError::Malformed(format!("more than {MOST_EVENTS} events in one call")));
    }
    if !events.iter().all(Json::is_object) {
        return Err(HookError::Malformed("neither an object nor a list of objects".into()));
    }
    events.iter_mut().for_each(scrub);
    // An empty object is how some tools try the address.
    events.retain(|event| event.as_object().is_some_and(|map| !map.is_empty()));
    Ok(events)
}

/// A form is one event; `a[b]=1` is written as `{"a": {"b": "1"}}`, a name given twice or as `a[]` as a list.
fn form(text: &str) -> Result<Vec<Json>, HookError> {
    let mut map = Map::new();
    for (n, (name, value)) in url::form_urlencoded::parse(text.as_bytes()).enumerate() {
        if n >= MOST_PAIRS {
            return Err(HookError::Malformed(format!("more than {MOST_PAIRS} fields in one form")));
        }
        // Bytes that are no UTF-8 come out as this sign; only whoever wrote it on purpose has it in the body.
        if (name.contains('\u{fffd}') || value.contains('\u{fffd}')) && !text.to_ascii_uppercase().contains("%EF%BF%BD")
        {
            return Err(HookError::Malformed("not UTF-8".into()));
        }
        put(&mut map, &levels(&name), value.into_owned().into());
    }
    // What Tilda sends when the address is entered.
    let is_try = map.len() == 1 && map.get("test").is_some_and(|value| value == "test");
    if map.is_empty() || is_try {
        return Ok(Vec::new());
    }
    let mut event = Json::Object(map);
    scrub(&mut event);
    Ok(vec![event])
}

/// `a[b][]` is `a`, `b`, ``; a name that is not written like that is one level.
fn levels(name: &str) -> Vec<&str> {
    let Some((first, rest)) = name.split_once('[').filter(|(first, rest)| !first.is_empty() && rest.ends_with(']'))
    else {
        return vec![name];
    };
    let levels: Vec<&str> = std::iter::once(first).chain(rest[..rest.len() - 1].split("][")).collect();
    if levels.len() > MOST_LEVELS { vec![name] } else { levels }
}

fn put(map: &mut Map<String, Json>, levels: &[&str], value: Json) {
    let Some((first, rest)) = levels.split_first() else { return };
    match (rest, map.get_mut(*first)) {
        ([], None) => drop(map.insert((*first).to_owned(), value)),
        ([""], None) => drop(map.insert((*first).to_owned(), Json::Array(vec![value]))),
        ([] | [""], Some(Json::Array(list))) => list.push(value),
        ([] | [""], Some(known)) => *known = Json::Array(vec![known.take(), value]),
        (rest, Some(Json::Object(inside))) => put(inside, rest, value),
        // A value and a group of the same name: the value was first.
        (_, Some(_)) => {}
        (rest, None) => {
            let mut inside = Map::new();
            put(&mut inside, rest, value);
            map.insert((*first).to_owned(), Json::Object(inside));
        }
    }
}
