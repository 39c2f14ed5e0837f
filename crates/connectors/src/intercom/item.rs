//! Reading a conversation in both shapes it comes in: `contacts` and `source` (API 2.x), `user` and
//! `conversation_message` (webhooks of 1.x). Only says what is there; meaning is given by `map`.

use crate::json::Look;
use serde_json::Value as Json;

/// The customer of a conversation, as far as the conversation tells.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Customer<'a> {
    pub id: String,
    pub external_id: String,
    /// `user` or `lead`.
    pub role: &'a str,
    pub name: &'a str,
    pub email: &'a str,
}

/// The parts that came along: in a webhook those that caused it, in an answer the newest 500.
pub fn parts(item: &Json) -> &[Json] {
    item.at("conversation_parts").list("conversation_parts")
}

/// `close`, and whatever else starts so (`close_and_reopen`).
pub fn is_close(part: &Json) -> bool {
    part.text("part_type").starts_with("close")
}

/// The latest closing among the parts.
pub fn close_part(item: &Json) -> Option<&Json> {
    parts(item).iter().filter(|part| is_close(part)).max_by_key(|part| part.int("created_at"))
}

/// Whether the conversation is closed now. Old webhooks may know `open` only.
pub fn is_closed(item: &Json) -> bool {
    match item.text("state") {
        "" => item.at("open") == &Json::Bool(false),
        state => state == "closed",
    }
}

/// When it was closed, Unix seconds. The part is about this very closing; the statistics, often absent from webhooks, name
/// the latest one.
pub fn closed_at(item: &Json) -> Option<i64> {
    let part = close_part(item).and_then(|part| part.int("created_at"));
    part.or_else(|| item.at("statistics").int("last_close_at")).filter(|at| *at > 0)
}

/// Who wrote first: the source's author, in 1.x the message's.
fn first_author(item: &Json) -> &Json {
    let source = item.at("source").at("author");
    if source.is_object() { source } else { item.at("conversation_message").at("author") }
}

/// What the first message says.
pub fn first_text(item: &Json) -> &str {
    match item.at("source").text("body") {
        "" => item.at("conversation_message").text("body"),
        text => text,
    }
}

/// Whether a type of author means the customer.
pub fn is_customer(kind: &str) -> bool {
    matches!(kind, "user" | "lead" | "contact")
}

/// The first contact. Name and e-mail are taken from an author only when it is the same person: in a conversation we
/// started the author is ours, in a group it may be another customer.
pub fn customer(item: &Json) -> Customer<'_> {
    let listed = item.at("contacts").list("contacts").first().unwrap_or(&Json::Null);
    let user = item.at("user");
    if listed.word("id").is_empty() && !user.word("id").is_empty() {
        return Customer {
            id: user.word("id"),
            external_id: user.word("user_id"),
            role: role(user.text("type")),
            name: user.text("name"),
            email: user.text("email"),
        };
    }
    let authors = parts(item).iter().rev().map(|part| part.at("author")).chain([first_author(item)]);
    let mut theirs = authors.filter(|author| is_customer(author.text("type")));
    let id = match listed.word("id") {
        id if id.is_empty() => return theirs.next().map(by_author).unwrap_or_default(),
        id => id,
    };
    let author = theirs.find(|author| author.word("id") == id).map(by_author).unwrap_or_default();
    Customer { id, external_id: listed.word("external_id"), ..author }
}

fn by_author(author: &Json) -> Customer<'_> {
    Customer {
        id: author.word("id"),
        external_id: String::new(),
        role: role(author.text("type")),
        name: author.text("name"),
        email: author.text("email"),
    }
}

fn role(kind: &str) -> &str {
    if matches!(kind, "user" | "lead") { kind } else { "" }
}

/// Id of the teammate it is assigned to: a number, 0 or null when nobody, in 1.x an object.
pub fn assignee(item: &Json) -> String {
    let old = item.at("assignee");
    let id = if matches!(old.text("type"), "admin") { old.word("id") } else { item.word("admin_assignee_id") };
    some(id)
}

/// Id of the team it is assigned to.
pub fn team(item: &Json) -> String {
    some(item.word("team_assignee_id"))
}

fn some(id: String) -> String {
    if id == "0" { String::new() } else { id }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_email_is_taken_from_the_same_person_only() {
        let item = |kind: &str, id: &str| {
            json!({"contacts": {"contacts": [{"id": "a1", "external_id": "70"}]},
                   "source": {"author": {"type": kind, "id": id, "email": "anna@example.com", "name": "Анна"}}})
        };
        for (kind, id, email) in [
            ("user", "a1", "anna@example.com"),
            ("lead", "a1", "anna@example.com"),
            ("admin", "a1", ""),
            ("user", "b2", ""),
        ] {
            let item = item(kind, id);
            let got = customer(&item);
            assert_eq!((got.id.as_str(), got.external_id.as_str(), got.email), ("a1", "70", email), "{kind} {id}");
        }
        assert_eq!(customer(&json!({})), Customer::default());
    }

    #[test]
    fn closed_means_the_state_or_else_not_open() {
        assert!(is_closed(&json!({"state": "closed", "open": true})));
        assert!(is_closed(&json!({"open": false})));
        for open in [json!({"state": "snoozed", "open": false}), json!({"open": true}), json!({})] {
            assert!(!is_closed(&open), "{open}");
        }
    }

    #[test]
    fn the_part_is_asked_before_the_statistics() {
        let parts = json!({"conversation_parts": [
            {"part_type": "close", "created_at": 30}, {"part_type": "comment", "created_at": 50},
            {"part_type": "close", "created_at": 40},
        ]});
        let item = json!({"conversation_parts": parts, "statistics": {"last_close_at": 20}});
        assert_eq!(closed_at(&item), Some(40));
        assert_eq!(closed_at(&json!({"statistics": {"last_close_at": 20}})), Some(20));
        assert_eq!(closed_at(&json!({"statistics": null})), None);
    }

    #[test]
    fn nobody_is_nobody() {
        assert_eq!((assignee(&json!({"admin_assignee_id": 0})), team(&json!({}))), (String::new(), String::new()));
        assert_eq!(assignee(&json!({"admin_assignee_id": 991267715})), "991267715");
        assert_eq!(assignee(&json!({"assignee": {"type": "admin", "id": "7"}})), "7");
        assert_eq!(assignee(&json!({"assignee": {"type": "nobody_admin", "id": null}})), "");
    }
}
