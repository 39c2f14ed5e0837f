//! A message we want sent → the body Meta expects. Pure. Checks only what Meta would refuse in a less clear way.

use crate::Fail;
use crate::http::bad_request;
use domain::channel::{Content, Outgoing, Person};
use domain::chats::MessageKind;
use serde_json::{Map, Value as Json, json};

/// Characters in a text, and in a caption.
const TEXT_LIMIT: usize = 4096;
const CAPTION_LIMIT: usize = 1024;

/// The body of `POST /{phone_number_id}/messages`. `media` is the id of the uploaded file, with its name.
pub fn body(message: &Outgoing, media: Option<(&str, &str)>, reference: &str) -> Result<Json, Fail> {
    let (kind, part) = part(&message.content, media)?;
    let mut body = Map::new();
    body.insert("messaging_product".into(), "whatsapp".into());
    body.insert("recipient_type".into(), "individual".into());
    let (field, address) = address(&message.to)?;
    body.insert(field.into(), address.into());
    body.insert("type".into(), kind.into());
    body.insert(kind.into(), part);
    if let Some(quoted) = message.reply_to.as_deref().filter(|id| !id.is_empty()) {
        body.insert("context".into(), json!({"message_id": quoted}));
    }
    if !reference.is_empty() {
        body.insert("biz_opaque_callback_data".into(), reference.into());
    }
    Ok(Json::Object(body))
}

/// The address Meta itself gave wins over the phone a person typed (they differ in Brazil and Mexico). The plus is
/// needed: without it Meta prepends the country of the business.
fn address(to: &Person) -> Result<(&'static str, String), Fail> {
    let address = to.address.as_deref().unwrap_or_default().trim_start_matches('+');
    if !address.is_empty() && address.bytes().all(|b| b.is_ascii_digit()) {
        return Ok(("to", format!("+{address}")));
    }
    if let Some(phone) = to.phone.as_deref().and_then(domain::phone::normalise) {
        return Ok(("to", phone));
    }
    match to.user_id.as_deref() {
        Some(user_id) if !user_id.is_empty() => Ok(("recipient", user_id.to_owned())),
        _ => Err(bad_request("recipient", "the person has neither a phone nor a user id")),
    }
}

fn within(text: &str, limit: usize) -> Result<&str, Fail> {
    if text.chars().nth(limit).is_none() {
        Ok(text)
    } else {
        Err(bad_request("text_too_long", format!("more than {limit} characters")))
    }
}

fn part(content: &Content, media: Option<(&str, &str)>) -> Result<(&'static str, Json), Fail> {
    Ok(match content {
        Content::Text { body } if body.trim().is_empty() => return Err(bad_request("empty", "the text is empty")),
        Content::Text { body } => ("text", json!({"preview_url": false, "body": within(body, TEXT_LIMIT)?})),
        Content::File { kind, caption } => file(*kind, within(caption, CAPTION_LIMIT)?, media)?,
        Content::Template { name, language, params, buttons } => {
            ("template", template(name, language, params, buttons))
        }
        Content::Buttons { body, header, footer, buttons } => {
            let buttons: Vec<Json> =
                buttons.iter().map(|b| json!({"type": "reply", "reply": {"id": b.id, "title": b.title}})).collect();
            let mut part = json!({"type": "button", "body": {"text": body}, "action": {"buttons": buttons}});
            if let Some(text) = header.as_deref().filter(|text| !text.is_empty()) {
                part["header"] = json!({"type": "text", "text": text});
            }
            if let Some(text) = footer.as_deref().filter(|text| !text.is_empty()) {
                part["footer"] = json!({"text": text});
            }
            ("interactive", part)
        }
        Content::List { body, action, sections } => {
            let sections: Vec<Json> = sections.iter().map(section).collect();
            let action = json!({"button": action, "sections": sections});
            ("interactive", json!({"type": "list", "body": {"text": body}, "action": action}))
        }
        Content::Location { latitude, longitude, name, address } => {
            let mut part = json!({"latitude": latitude, "longitude": longitude});
            for (key, text) in [("name", name), ("address", address)] {
                if !text.is_empty() {
                    part[key] = text.as_str().into();
                }
            }
            ("location", part)
        }
        Content::Reaction { external_id, emoji } => ("reaction", json!({"message_id": external_id, "emoji": emoji})),
    })
}

fn section(section: &domain::channel::Section) -> Json {
    let rows: Vec<Json> = section
        .rows
        .iter()
        .map(|row| {
            let mut json = json!({"id": row.id, "title": row.title});
            if !row.description.is_empty() {
                json["description"] = row.description.as_str().into();
            }
            json
        })
        .collect();
    json!({"title": section.title, "rows": rows})
}

fn file(kind: MessageKind, caption: &str, media: Option<(&str, &str)>) -> Result<(&'static str, Json), Fail> {
    let Some((id, name)) = media else { return Err(bad_request("file", "the file is missing")) };
    let word = match kind {
        MessageKind::Image => "image",
        MessageKind::Video => "video",
        MessageKind::Audio | MessageKind::Voice => "audio",
        MessageKind::Document => "document",
        MessageKind::Sticker => "sticker",
        other => return Err(bad_request("file", format!("{other} is no file"))),
    };
    let mut part = json!({"id": id});
    if !caption.is_empty() && !matches!(word, "audio" | "sticker") {
        part["caption"] = caption.into();
    }
    if word == "document" && !name.is_empty() {
        part["filename"] = name.into();
    }
    Ok((word, part))
}

fn template(name: &str, language: &str, params: &[String], buttons: &[String]) -> Json {
    let mut components = Vec::new();
    if !params.is_empty() {
        let parameters: Vec<Json> = params.iter().map(|text| json!({"type": "text", "text": text})).collect();
        components.push(json!({"type": "body", "parameters": parameters}));
    }
    for (index, payload) in buttons.iter().enumerate().filter(|(_, payload)| !payload.is_empty()) {
        let parameters = json!([{"type": "payload", "payload": payload}]);
        components.push(json!({
            "type": "button", "sub_type": "quick_reply", "index": index.to_string(), "parameters": parameters,
        }));
    }
    let mut template = json!({"name": name, "language": {"code": language}});
    if !components.is_empty() {
        template["components"] = components.into();
    }
    template
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::channel::{Button, Row, Section};

    fn to() -> Person {
        Person { address: Some("79161234567".into()), ..Person::default() }
    }

    fn built(content: Content) -> Json {
        body(&Outgoing { to: to(), reply_to: None, content }, Some(("77", "счёт.pdf")), "job:7f3a").expect("a body")
    }

    #[test]
    fn bodies_are_those_of_the_contract() {
        assert_eq!(
            built(Content::Text { body: "Ваш заказ 1042 готов".into() }),
            json!({"messaging_product":"whatsapp","recipient_type":"individual","to":"+79161234567","type":"text",
                   "text":{"preview_url":false,"body":"Ваш заказ 1042 готов"},"biz_opaque_callback_data":"job:7f3a"})
        );
        let template = built(Content::Template {
            name: "order_ready".into(),
            language: "ru".into(),
            params: vec!["Анна".into(), "1042".into()],
            buttons: vec![String::new(), "order:1042:confirm".into()],
        });
        assert_eq!(
            template["template"],
            json!({"name":"order_ready","language":{"code":"ru"},"components":[
                {"type":"body","parameters":[{"type":"text","text":"Анна"},{"type":"text","text":"1042"}]},
                {"type":"button","sub_type":"quick_reply","index":"1",
                 "parameters":[{"type":"payload","payload":"order:1042:confirm"}]}]})
        );
        let buttons = built(Content::Buttons {
            body: "Подтвердить?".into(),
            header: Some("Заказ 1042".into()),
            footer: None,
            buttons: vec![Button { id: "order:1042:confirm".into(), title: "Подтвердить".into() }],
        });
        assert_eq!(
            buttons["interactive"],
            json!({"type":"button","header":{"type":"text","text":"Заказ 1042"},"body":{"text":"Подтвердить?"},
                   "action":{"buttons":[{"type":"reply","reply":{"id":"order:1042:confirm","title":"Подтвердить"}}]}})
        );
        let row =
            Row { id: "slot:10-12".into(), title: "10:00-12:00".into(), description: "мастер Олег".into() };
        let list = built(Content::List {
            body: "Когда удобно?".into(),
            action: "Выбрать".into(),
            sections: vec![Section { title: "Завтра".into(), rows: vec![row] }],
        });
        assert_eq!(
            list["interactive"],
            json!({"type":"list","body":{"text":"Когда удобно?"},"action":{"button":"Выбрать","sections":[
                {"title":"Завтра","rows":[{"id":"slot:10-12","title":"10:00-12:00","description":"мастер Олег"}]}]}})
        );
        let document = built(Content::File { kind: MessageKind::Document, caption: "Счёт".into() });
        assert_eq!(document["document"], json!({"id":"77","filename":"счёт.pdf","caption":"Счёт"}));
        let voice = built(Content::File { kind: MessageKind::Voice, caption: "нет".into() });
        assert_eq!((&voice["type"], &voice["audio"]), (&json!("audio"), &json!({"id":"77"})));
        let reaction = built(Content::Reaction { external_id: "wamid.1".into(), emoji: String::new() });
        assert_eq!(reaction["reaction"], json!({"message_id":"wamid.1","emoji":""}));
    }

    #[test]
    fn the_strongest_address_is_used() {
        let with = |address: &str, phone: &str, user_id: &str| {
            let some = |text: &str| Some(text.to_owned()).filter(|t| !t.is_empty());
            address_of(&Person { address: some(address), phone: some(phone), user_id: some(user_id), name: None })
        };
        fn address_of(person: &Person) -> Option<(&'static str, String)> {
            address(person).ok()
        }
        assert_eq!(with("5511987654321", "+551187654321", "BR.1"), Some(("to", "+5511987654321".into())));
        assert_eq!(with("", "+79161234567", "RU.1"), Some(("to", "+79161234567".into())));
        assert_eq!(with("", "", "RU.1"), Some(("recipient", "RU.1".into())));
        assert_eq!(with("", "", ""), None);
    }

    #[test]
    fn what_meta_would_refuse_is_refused_here() {
        let try_text = |text: String| {
            let content = Content::Text { body: text };
            body(&Outgoing { to: to(), reply_to: None, content }, None, "").is_ok()
        };
        assert!(try_text("я".repeat(4096)));
        assert!(!try_text("я".repeat(4097)));
        assert!(!try_text("  ".into()));
        let content = Content::File { kind: MessageKind::Image, caption: String::new() };
        assert!(body(&Outgoing { to: to(), reply_to: None, content }, None, "").is_err());
    }
}
