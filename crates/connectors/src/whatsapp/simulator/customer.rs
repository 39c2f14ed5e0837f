//! Customers with their phones: an order in simple words → the message object Meta would send.

use super::webhooks::value;
use super::world::{Memory, World};
use crate::json::{Look, filled};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};
use std::sync::Arc;

const PHOTO: &[u8] = include_bytes!("files/photo.png");
const VOICE: &[u8] = include_bytes!("files/voice.ogg");
const DOCUMENT: &[u8] = include_bytes!("files/document.pdf");
/// The smallest WebP there is.
const STICKER: &str = "UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==";
/// Enough of a head to be recognised as MP4; nobody plays it.
const VIDEO: &[u8] = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom\x00\x00\x00\x08free";

/// The person an order is about.
struct Who {
    wa_id: String,
    user_id: String,
    name: String,
}

impl Who {
    fn key(&self) -> &str {
        if self.wa_id.is_empty() { &self.user_id } else { &self.wa_id }
    }
}

fn who(input: &Json) -> Result<Who, String> {
    let digits: String = input.word("phone").chars().filter(char::is_ascii_digit).collect();
    let user_id = input.text("user_id").to_owned();
    let hidden = input.flag("hide_phone");
    if digits.is_empty() && user_id.is_empty() || hidden && user_id.is_empty() {
        return Err("phone or user_id is needed".into());
    }
    let name = filled(input.text("name")).unwrap_or_else(|| "Анна Петрова".into());
    Ok(Who { wa_id: if hidden { String::new() } else { digits }, user_id, name })
}

impl World {
    /// The customer does what the order says; gives the webhook's value and the message id.
    pub fn act_as_customer(&self, input: &Json) -> Result<(Json, String), String> {
        let who = who(input)?;
        let id = self.wamid();
        let now_ms = self.clock.now_ms();
        let mut message = json!({"id": id, "timestamp": (now_ms / 1000).to_string()});
        if !who.wa_id.is_empty() {
            message["from"] = who.wa_id.as_str().into();
        }
        if !who.user_id.is_empty() {
            message["from_user_id"] = who.user_id.as_str().into();
        }
        let (kind, part) = self.part(&who, input)?;
        message["type"] = kind.into();
        if !part.is_null() {
            message[kind] = part;
        }
        if let Some(raw) = input.at("raw").as_object() {
            for (key, value) in raw {
                message[key.as_str()] = value.clone();
            }
        }
        let mut memory = self.memory();
        self.surroundings(&memory, &who, input, &mut message);
        // A reaction, an edit and the like open the window too: the customer did something.
        let customer = memory.customers.entry(who.key().to_owned()).or_default();
        customer.name.clone_from(&who.name);
        customer.user_id.clone_from(&who.user_id);
        customer.last_inbound_ms = Some(now_ms);
        customer.last_inbound_id.clone_from(&id);
        memory.inbound.insert(id.clone());
        let contacts = if kind == "system" { vec![] } else { vec![contact(&who)] };
        Ok((value(&memory.behaviour, &contacts, "messages", &[message]), id))
    }

    fn part(&self, who: &Who, input: &Json) -> Result<(&'static str, Json), String> {
        let (own_last, our_last) = {
            let memory = self.memory();
            (memory.customers.get(who.key()).map(|c| c.last_inbound_id.clone()), last_sent(&memory, who))
        };
        let resolve = |id: &str, last: Option<String>| match id {
            "last" => last.ok_or_else(|| "there is no message yet".to_owned()),
            id => Ok(id.to_owned()),
        };
        for kind in ["image", "video", "audio", "voice", "document", "sticker"] {
            if input.flag(kind) || input.at(kind).is_object() {
                return self.file(kind, input.at(kind));
            }
        }
        Ok(if let Some(text) = input.at("text").as_str() {
            ("text", json!({"body": text}))
        } else if input.at("location").is_object() {
            ("location", input.at("location").clone())
        } else if input.at("contacts").is_array() {
            ("contacts", input.at("contacts").clone())
        } else if input.at("order").is_object() {
            ("order", input.at("order").clone())
        } else if input.at("button").is_object() {
            ("button", input.at("button").clone())
        } else if input.at("choice").is_object() {
            let mut choice = input.at("choice").clone();
            let list = choice.flag("list");
            if let Some(map) = choice.as_object_mut() {
                map.remove("list");
            }
            let name = if list { "list_reply" } else { "button_reply" };
            ("interactive", json!({"type": name, name: choice}))
        } else if input.at("form").is_object() {
            let answer = json!({"response_json": input.at("form").to_string(), "body": "Sent", "name": "flow"});
            ("interactive", json!({"type": "nfm_reply", "nfm_reply": answer}))
        } else if input.at("reaction").is_object() {
            let id = resolve(input.at("reaction").text("message_id"), our_last)?;
            ("reaction", json!({"message_id": id, "emoji": input.at("reaction").text("emoji")}))
        } else if input.at("edit").is_object() {
            let id = resolve(input.at("edit").text("id"), own_last)?;
            let message = json!({"type": "text", "text": {"body": input.at("edit").text("text")}});
            ("edit", json!({"original_message_id": id, "message": message}))
        } else if input.at("revoke").is_object() {
            ("revoke", json!({"original_message_id": resolve(input.at("revoke").text("id"), own_last)?}))
        } else if let Some(phone) = filled(&input.word("new_phone")) {
            let wa_id = phone.trim_start_matches('+');
            let body = format!("User {} changed from {} to {wa_id}", who.name, who.wa_id);
            ("system", json!({"body": body, "wa_id": wa_id, "type": "user_changed_number"}))
        } else if input.flag("unsupported") || input.at("raw").is_object() {
            ("unsupported", Json::Null)
        } else {
            return Err("what the customer does is missing (text, image, button…)".into());
        })
    }

    fn file(&self, kind: &str, order: &Json) -> Result<(&'static str, Json), String> {
        let (word, mime, sample): (&'static str, &str, Bytes) = match kind {
            "image" => ("image", "image/png", Bytes::from_static(PHOTO)),
            "video" => ("video", "video/mp4", Bytes::from_static(VIDEO)),
            "audio" | "voice" => ("audio", "audio/ogg; codecs=opus", Bytes::from_static(VOICE)),
            "document" => ("document", "application/pdf", Bytes::from_static(DOCUMENT)),
            _ => ("sticker", "image/webp", STANDARD.decode(STICKER).unwrap_or_default().into()),
        };
        let bytes = match order.at("base64").as_str() {
            Some(text) => STANDARD.decode(text).map_err(|_| "base64 cannot be read")?.into(),
            None => sample,
        };
        let mime = filled(order.text("mime")).unwrap_or_else(|| mime.to_owned());
        let digest = STANDARD.encode(Sha256::digest(&bytes));
        let mut part = json!({"sha256": digest, "mime_type": mime, "id": self.keep(&mime, bytes)});
        match kind {
            "audio" | "voice" => part["voice"] = (kind == "voice").into(),
            "sticker" => part["animated"] = false.into(),
            "document" => {
                part["filename"] = filled(order.text("filename")).unwrap_or_else(|| "акт.pdf".into()).into();
            }
            _ => {}
        }
        if let Some(caption) = filled(order.text("caption")) {
            part["caption"] = caption.into();
        }
        Ok((word, part))
    }

    fn surroundings(&self, memory: &Memory, who: &Who, input: &Json, message: &mut Json) {
        let ours = match input.text("reply_to") {
            "last" => last_sent(memory, who),
            id => filled(id),
        };
        if input.flag("forwarded") {
            message["context"] = json!({"forwarded": true});
        } else if let Some(id) = ours {
            message["context"] = json!({"from": memory.behaviour.display_phone_number, "id": id});
        }
        if input.at("referral").is_object() {
            message["referral"] = input.at("referral").clone();
        }
        if message.text("type") == "unsupported" && message.at("errors").is_null() {
            message["errors"] = json!([{
                "code": 131051, "title": "Message type unknown", "message": "Message type unknown",
                "error_data": {"details": "Message type is currently not supported."},
            }]);
        }
    }

    /// Marketing consent withdrawn or given in the app; no window opens.
    pub async fn prefer(self: &Arc<Self>, input: &Json) -> Result<bool, String> {
        let who = who(input)?;
        let word = input.text("value");
        if !matches!(word, "stop" | "resume") {
            return Err("value is stop or resume".into());
        }
        let change = {
            let mut memory = self.memory();
            memory.customers.entry(who.key().to_owned()).or_default().no_marketing = word == "stop";
            let item = json!({
                "wa_id": who.wa_id, "detail": format!("User requested to {word} marketing messages"),
                "category": "marketing_messages", "value": word, "timestamp": self.clock.now_ms() / 1000,
            });
            value(&memory.behaviour, &[contact(&who)], "user_preferences", &[item])
        };
        Ok(self.post("user_preferences", &change).await?.acknowledged())
    }

    /// The business writes from the phone app.
    pub async fn echo(self: &Arc<Self>, input: &Json) -> Result<(String, bool), String> {
        let who = who(input)?;
        let id = self.wamid();
        let change = {
            let own = &self.memory().behaviour;
            let item = json!({
                "from": own.display_phone_number, "to": who.wa_id, "id": id, "type": "text",
                "timestamp": (self.clock.now_ms() / 1000).to_string(), "text": {"body": input.text("text")},
            });
            value(own, &[], "message_echoes", &[item])
        };
        Ok((id, self.post("smb_message_echoes", &change).await?.acknowledged()))
    }
}

fn contact(who: &Who) -> Json {
    let mut contact = json!({"profile": {"name": who.name}});
    if !who.wa_id.is_empty() {
        contact["wa_id"] = who.wa_id.as_str().into();
    }
    if !who.user_id.is_empty() {
        contact["user_id"] = who.user_id.as_str().into();
    }
    contact
}

fn last_sent(memory: &Memory, who: &Who) -> Option<String> {
    let theirs = |sent: &&super::world::Sent| {
        !who.wa_id.is_empty() && sent.to == who.wa_id || !who.user_id.is_empty() && sent.user_id == who.user_id
    };
    memory.sent.iter().rev().find(theirs).map(|sent| sent.id.clone())
}
