//! How conversations and contacts are written: as the API answers, and in the shapes of webhooks.

use super::world::{Admin, Shape};
use crate::json::Look;
use serde_json::{Value as Json, json};

/// A new conversation; texts are kept plain.
pub fn conversation(id: &str, contact: &Json, at: i64, source_type: &str, text: &str, ticket: bool) -> Json {
    let contact_id = contact.text("id");
    let author = json!({"type": contact["role"], "id": contact_id, "name": contact["name"], "email": contact["email"]});
    json!({
        "type": "conversation", "id": id, "created_at": at, "updated_at": at, "waiting_since": null,
        "snoozed_until": null,
        "source": {"type": source_type, "id": format!("4{}", &id[id.len() - 8..]), "delivered_as": "customer_initiated",
            "subject": "", "body": text, "author": author, "attachments": [], "url": null, "redacted": false},
        "contacts": {"type": "contact.list", "contacts": [
            {"type": "contact", "id": contact_id, "external_id": contact["external_id"]}]},
        "first_contact_reply": {"created_at": at, "type": source_type, "url": null},
        "admin_assignee_id": null, "team_assignee_id": null, "company": null, "open": true, "state": "open",
        "read": false, "tags": {"type": "tag.list", "tags": []}, "priority": "none", "sla_applied": null,
        "statistics": {"type": "conversation_statistics", "first_contact_reply_at": at, "first_admin_reply_at": null,
            "last_contact_reply_at": at, "last_admin_reply_at": null, "last_close_at": null, "last_closed_by_id": null,
            "count_reopens": 0, "count_assignments": 0, "count_conversation_parts": 1},
        "conversation_rating": null, "teammates": {"type": "admin.list", "admins": []}, "title": null,
        "custom_attributes": {}, "topics": {},
        "ticket": if ticket { json!({"type": "ticket", "id": format!("9{id}")}) } else { Json::Null },
        "linked_objects": {"type": "list", "data": [], "total_count": 0, "has_more": false}, "ai_agent": null,
        "ai_agent_participated": false,
        "conversation_parts": {"type": "conversation_part.list", "conversation_parts": [], "total_count": 0},
    })
}

/// A new part.
pub fn part(id: &str, kind: &str, author: &Json, at: i64, text: Option<&str>, state: &str) -> Json {
    json!({
        "type": "conversation_part", "id": id, "part_type": kind, "body": text, "created_at": at, "updated_at": at,
        "notified_at": at, "assigned_to": null, "author": author, "attachments": [], "external_id": null,
        "redacted": false, "state": state, "tags": [],
    })
}

/// A new contact.
pub fn contact(id: &str, app_id: &str, at: i64) -> Json {
    let list = |name: &str| json!({"type": "list", "data": [], "url": format!("/contacts/{id}/{name}"), "total_count": 0, "has_more": false});
    json!({
        "type": "contact", "id": id, "workspace_id": app_id, "external_id": null, "role": "user", "email": null,
        "phone": null, "name": null, "avatar": null, "owner_id": null,
        "social_profiles": {"type": "list", "data": []}, "has_hard_bounced": false, "marked_email_as_spam": false,
        "unsubscribed_from_emails": false, "created_at": at, "updated_at": at, "signed_up_at": at, "last_seen_at": at,
        "last_replied_at": null, "last_contacted_at": null, "language_override": null, "browser_language": "ru",
        "location": {"type": "location", "country": "Russia", "region": "Moscow", "city": "Moscow",
            "country_code": "RUS", "continent_code": "EU"},
        "custom_attributes": {}, "tags": list("tags"), "notes": list("notes"), "companies": list("companies"),
    })
}

/// A conversation as it is read: bodies are HTML unless plain text was asked for.
pub fn answered(conversation: &Json, plain: bool) -> Json {
    let mut answer = conversation.clone();
    if !plain {
        to_html(&mut answer["source"]["body"]);
        if let Some(parts) = answer["conversation_parts"]["conversation_parts"].as_array_mut() {
            parts.iter_mut().for_each(|part| to_html(&mut part["body"]));
        }
    }
    answer
}

/// As searches list it: without parts.
pub fn listed(conversation: &Json) -> Json {
    let mut item = answered(conversation, false);
    if let Some(map) = item.as_object_mut() {
        map.remove("conversation_parts");
    }
    item
}

/// The item of a webhook: only the parts that caused it.
pub fn item(
    conversation: &Json,
    parts: &[Json],
    contact: &Json,
    assignee: Option<&Admin>,
    shape: Shape,
    statistics: bool,
) -> Json {
    let mut item = conversation.clone();
    item["conversation_parts"] =
        json!({"type": "conversation_part.list", "conversation_parts": parts, "total_count": parts.len()});
    item["links"] = json!({"conversation_web": format!("https://app.example.com/conversations/{}", item.text("id"))});
    if !statistics {
        item["statistics"] = Json::Null;
    }
    match shape {
        Shape::Plain => item,
        Shape::Two => answered(&item, false),
        Shape::One => old(&answered(&item, false), contact, assignee),
    }
}

/// The shape of 1.x.
fn old(item: &Json, contact: &Json, assignee: Option<&Admin>) -> Json {
    let assignee = match assignee {
        Some(admin) => json!({"type": "admin", "id": admin.id, "name": admin.name, "email": admin.email}),
        None => json!({"type": "nobody_admin", "id": null}),
    };
    let (source, kind) = (item.at("source"), contact.text("role"));
    json!({
        "type": "conversation", "id": item["id"], "created_at": item["created_at"], "updated_at": item["updated_at"],
        "user": {"type": kind, "id": contact["id"], "user_id": contact["external_id"], "name": contact["name"],
            "email": contact["email"]},
        "assignee": assignee,
        "conversation_message": {"type": "conversation_message", "id": source["id"], "subject": "",
            "body": source["body"], "author": {"type": kind, "id": contact["id"]}, "attachments": []},
        "conversation_parts": item["conversation_parts"], "conversation_rating": item["conversation_rating"],
        "open": item["open"], "state": item["state"], "read": item["read"], "tags": item["tags"], "links": item["links"],
    })
}

fn to_html(body: &mut Json) {
    if let Some(text) = body.as_str().filter(|text| !text.is_empty() && !text.starts_with('<')) {
        let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('\n', "<br>");
        *body = format!("<p>{escaped}</p>").into();
    }
}
