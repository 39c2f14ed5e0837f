//! What customers and teammates do: an order in simple words → the changed conversation and its webhook.

use super::shapes;
use super::webhooks::{Delivered, Options};
use super::world::{Memory, World};
use crate::json::{Look, filled};
use serde_json::{Value as Json, json};
use std::sync::Arc;

/// What happened to a conversation: the topic that tells it, and the parts it added.
pub struct Step {
    pub conversation: String,
    pub topic: &'static str,
    parts: Vec<Json>,
}

/// Flags of a contact by their word in orders.
const FLAGS: [(&str, &str); 3] = [
    ("hard_bounced", "has_hard_bounced"),
    ("unsubscribed", "unsubscribed_from_emails"),
    ("spam", "marked_email_as_spam"),
];

impl World {
    /// Finds or makes the customer of an order and applies what it says; gives the id and the topic of what happened.
    pub fn customer(&self, input: &Json) -> Result<(String, Option<&'static str>), String> {
        let now = self.now_s();
        let new_id = self.contact_id();
        let mut memory = self.memory();
        let email = input.text("email");
        let known = match input.text("contact") {
            "" => memory.contacts.iter().find(|(_, c)| !email.is_empty() && c.text("email") == email).map(|(id, _)| id),
            id => Some(memory.contacts.get_key_value(id).ok_or("no such contact")?.0),
        };
        let (id, new) = (known.cloned().unwrap_or_else(|| new_id.clone()), known.is_none());
        let app_id = memory.behaviour.app_id.clone();
        let contact = memory.contacts.entry(id.clone()).or_insert_with(|| shapes::contact(&id, &app_id, now));
        let before = contact.clone();
        for (word, name) in [("email", "email"), ("name", "name"), ("phone", "phone"), ("role", "role")]
            .into_iter()
            .chain([("external_id", "external_id"), ("locale", "browser_language")])
            .chain(FLAGS)
        {
            if let Some(value) = input.get(word) {
                contact[name] = value.clone();
            }
        }
        if contact.text("role").is_empty() {
            contact["role"] = "user".into();
        }
        let left = contact.flag("unsubscribed_from_emails") && !before.flag("unsubscribed_from_emails");
        let topic = match (new, left, before.at("email") != contact.at("email")) {
            (true, _, _) => Some("contact.created"),
            (_, true, _) => Some("contact.unsubscribed"),
            (_, _, true) => Some("contact.email.updated"),
            _ => None,
        };
        if *contact != before {
            contact["updated_at"] = now.into();
        }
        Ok((id, topic))
    }

    /// One contact becomes another.
    pub fn merge(&self, from: &str, into: &str) -> Result<(), String> {
        let mut memory = self.memory();
        if from == into || !memory.contacts.contains_key(into) {
            return Err("into is no other contact".into());
        }
        memory.contacts.remove(from).ok_or("from is no contact")?;
        memory.merged.insert(from.to_owned(), into.to_owned());
        Ok(())
    }

    /// A conversation begins.
    pub fn start(&self, input: &Json) -> Result<Step, String> {
        let (contact, _) = self.customer(input)?;
        let (id, now) = (self.number_id(), self.now_s());
        let source = filled(input.text("source_type")).unwrap_or_else(|| "conversation".into());
        let text = filled(input.text("text")).unwrap_or_else(|| "Здравствуйте".into());
        let mut memory = self.memory();
        let contact = memory.contacts.get(&contact).cloned().unwrap_or_default();
        let conversation = shapes::conversation(&id, &contact, now, &source, &text, input.flag("ticket"));
        memory.conversations.insert(id.clone(), conversation);
        Ok(Step { conversation: id, topic: "conversation.user.created", parts: vec![] })
    }

    /// The conversation an order names, or a new one that began silently.
    fn named_or_new(&self, input: &Json) -> Result<String, String> {
        match filled(&input.word("conversation")) {
            Some(id) => Ok(id),
            None => Ok(self.start(input)?.conversation),
        }
    }

    /// Somebody closes it.
    pub fn close(&self, input: &Json) -> Result<Step, String> {
        let id = self.named_or_new(input)?;
        for name in input.list("tags").iter().filter_map(Json::as_str) {
            let tag = self.memory().tag(name, self.number_id());
            self.put_tag(&id, &tag, "")?;
        }
        if input.get("rating").is_some() {
            self.rate(&id, input)?;
        }
        let author = self.author(&id, input, "admin")?;
        let mut memory = self.memory();
        let at = next_close(&memory, &id, self.now_s());
        let conversation = memory.conversations.get_mut(&id).ok_or("no such conversation")?;
        conversation["state"] = "closed".into();
        conversation["open"] = false.into();
        conversation["statistics"]["last_close_at"] = at.into();
        conversation["statistics"]["last_closed_by_id"] = author["id"].clone();
        let part = shapes::part(&self.number_id(), "close", &author, at, None, "closed");
        Ok(push(conversation, "conversation.admin.closed", part))
    }

    /// A teammate opens it again.
    pub fn reopen(&self, input: &Json) -> Result<Step, String> {
        let id = input.word("conversation");
        let author = self.author(&id, input, "admin")?;
        let at = self.now_s();
        let mut memory = self.memory();
        let conversation = memory.conversations.get_mut(&id).ok_or("no such conversation")?;
        conversation["state"] = "open".into();
        conversation["open"] = true.into();
        let reopens = conversation["statistics"].int("count_reopens").unwrap_or(0) + 1;
        conversation["statistics"]["count_reopens"] = reopens.into();
        let part = shapes::part(&self.number_id(), "open", &author, at, None, "open");
        Ok(push(conversation, "conversation.admin.opened", part))
    }

    /// It waits until a time.
    pub fn snooze(&self, input: &Json) -> Result<Step, String> {
        let id = input.word("conversation");
        let author = self.author(&id, input, "admin")?;
        let at = self.now_s();
        let mut memory = self.memory();
        let conversation = memory.conversations.get_mut(&id).ok_or("no such conversation")?;
        conversation["state"] = "snoozed".into();
        conversation["snoozed_until"] = input.int("snoozed_until").into();
        let part = shapes::part(&self.number_id(), "snoozed", &author, at, None, "snoozed");
        Ok(push(conversation, "conversation.admin.snoozed", part))
    }

    /// Somebody writes; `note` stays among teammates.
    pub fn reply(&self, input: &Json, note: bool) -> Result<Step, String> {
        let id = input.word("conversation");
        let author = self.author(&id, input, "user")?;
        let at = self.now_s();
        let (kind, topic) = match (note, author.text("type")) {
            (true, _) => ("note", "conversation.admin.noted"),
            (_, "admin") => ("comment", "conversation.admin.replied"),
            (_, "bot") => ("comment", "conversation.operator.replied"),
            _ => ("comment", "conversation.user.replied"),
        };
        let mut memory = self.memory();
        let conversation = memory.conversations.get_mut(&id).ok_or("no such conversation")?;
        let state = conversation.text("state").to_owned();
        let part = shapes::part(&self.number_id(), kind, &author, at, Some(input.text("text")), &state);
        Ok(push(conversation, topic, part))
    }

    /// A teammate takes or gets it.
    pub fn assign(&self, input: &Json) -> Result<Step, String> {
        let id = input.word("conversation");
        let author = self.author(&id, input, "admin")?;
        let at = self.now_s();
        let mut memory = self.memory();
        let conversation = memory.conversations.get_mut(&id).ok_or("no such conversation")?;
        conversation["admin_assignee_id"] = author.int("id").into();
        let state = conversation.text("state").to_owned();
        let mut part = shapes::part(&self.number_id(), "assignment", &author, at, None, &state);
        part["assigned_to"] = json!({"type": "admin", "id": author["id"]});
        Ok(push(conversation, "conversation.admin.assigned", part))
    }

    /// The customer rates.
    pub fn rate(&self, id: &str, input: &Json) -> Result<Step, String> {
        let rating = input.int("rating").filter(|n| (1..=5).contains(n)).ok_or("rating is 1 to 5")?;
        let teammate = self.author(id, &json!({"admin": input.at("admin")}), "admin")?;
        let at = self.now_s();
        let mut memory = self.memory();
        let conversation = memory.conversations.get_mut(id).ok_or("no such conversation")?;
        let contact = conversation["contacts"]["contacts"][0]["id"].clone();
        conversation["conversation_rating"] = json!({
            "rating": rating, "remark": input.text("remark"), "created_at": at,
            "contact": {"type": "contact", "id": contact}, "teammate": teammate,
        });
        conversation["updated_at"] = at.into();
        Ok(Step { conversation: id.to_owned(), topic: "conversation.rating.added", parts: vec![] })
    }

    /// Adds a tag; a second time changes nothing.
    pub fn put_tag(&self, id: &str, tag: &Json, admin: &str) -> Result<(), String> {
        let now = self.now_s();
        let mut memory = self.memory();
        let conversation = memory.conversations.get_mut(id).ok_or("no such conversation")?;
        let there = conversation["tags"].list("tags").iter().any(|known| known["id"] == tag["id"]);
        if let (false, Some(tags)) = (there, conversation["tags"]["tags"].as_array_mut()) {
            let mut tag = tag.clone();
            tag["applied_at"] = now.into();
            tag["applied_by"] = json!({"type": "admin", "id": admin});
            tags.push(tag);
        }
        Ok(())
    }

    /// Who does it: `by` is admin, bot or user.
    fn author(&self, conversation: &str, input: &Json, usual: &str) -> Result<Json, String> {
        let memory = self.memory();
        let own = &memory.behaviour;
        let by = filled(input.text("by")).unwrap_or_else(|| usual.to_owned());
        match by.as_str() {
            "admin" => {
                let admin = match input.word("admin") {
                    who if who.is_empty() => own.admins.first(),
                    who => own.admin(&who),
                };
                let admin = admin.ok_or("no such admin")?;
                Ok(json!({"type": "admin", "id": admin.id, "name": admin.name, "email": admin.email}))
            }
            "bot" => Ok(json!({"type": "bot", "id": "991267800", "name": "Помощник", "email": "operator@example.com"})),
            "user" => {
                let contact = contact_of(&memory, conversation);
                Ok(
                    json!({"type": contact["role"], "id": contact["id"], "name": contact["name"], "email": contact["email"]}),
                )
            }
            other => Err(format!("by {other}")),
        }
    }

    /// Posts the webhook of a step.
    pub async fn tell(self: &Arc<Self>, step: &Step, options: &Options) -> Result<Delivered, String> {
        let item = {
            let memory = self.memory();
            let conversation = memory.conversations.get(&step.conversation).ok_or("no such conversation")?;
            let assignee = memory.behaviour.admin(&conversation.word("admin_assignee_id"));
            let contact = contact_of(&memory, &step.conversation);
            shapes::item(conversation, &step.parts, &contact, assignee, options.shape, memory.behaviour.statistics)
        };
        self.notify(step.topic, item, options).await
    }
}

/// A second closing is never in the same second as the first.
fn next_close(memory: &Memory, id: &str, now: i64) -> i64 {
    let last = memory.conversations.get(id).and_then(|c| c["statistics"].int("last_close_at"));
    last.map_or(now, |last| now.max(last + 1))
}

/// The first contact of a conversation, as it was before a merge too.
fn contact_of(memory: &Memory, conversation: &str) -> Json {
    let Some(conversation) = memory.conversations.get(conversation) else { return Json::Null };
    let id = conversation["contacts"]["contacts"][0].word("id");
    let heir = memory.heir(&id);
    let mut contact = memory.contacts.get(heir.as_ref().unwrap_or(&id)).cloned().unwrap_or_default();
    contact["id"] = id.into();
    contact
}

fn push(conversation: &mut Json, topic: &'static str, part: Json) -> Step {
    conversation["updated_at"] = part["created_at"].clone();
    if let Some(parts) = conversation["conversation_parts"]["conversation_parts"].as_array_mut() {
        parts.push(part.clone());
        let count = parts.len();
        conversation["conversation_parts"]["total_count"] = count.into();
        conversation["statistics"]["count_conversation_parts"] = (count + 1).into();
    }
    Step { conversation: conversation.text("id").to_owned(), topic, parts: vec![part] }
}
