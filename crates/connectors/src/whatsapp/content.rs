//! What one WhatsApp message contains, in Pult's words: kind, text, file, and the rest as `meta`.
//! Used for messages of customers, echoes from the phone app and edits. Total: anything unknown is `Unsupported`.

use crate::json::{Look, filled, word};
use domain::channel::RemoteFile;
use domain::chats::MessageKind;
use domain::money;
use serde_json::{Map, Value as Json, json};

/// The content of a message.
pub struct Content {
    pub kind: MessageKind,
    /// Body or caption as a person wrote it; "" where the kind says it all.
    pub text: String,
    pub file: Option<RemoteFile>,
    /// What does not fit the columns. Keys by kind: `payload`, `title`, `description` (choice); `fields` (form);
    /// `items`, `total_minor`, `currency` (cart); `latitude`… (location); `contacts`; `type`, `errors` (unsupported);
    /// and for any kind `forwarded`, `frequently_forwarded`, `product`, `referral`, `group_id`.
    pub meta: Map<String, Json>,
}

/// Reads a message object of the provider.
pub fn content(message: &Json) -> Content {
    let word = message.text("type");
    let part = message.at(word);
    let mut content = match word {
        "text" => plain(MessageKind::Text, part.text("body")),
        "image" => media(MessageKind::Image, part),
        "video" => media(MessageKind::Video, part),
        "audio" if part.flag("voice") => media(MessageKind::Voice, part),
        "audio" => media(MessageKind::Audio, part),
        "document" => media(MessageKind::Document, part),
        "sticker" => media(MessageKind::Sticker, part),
        "location" => with_meta(MessageKind::Location, "", part, &["latitude", "longitude", "name", "address", "url"]),
        "contacts" => with_meta(MessageKind::Contacts, "", message, &["contacts", "origin"]),
        "button" => choice(part.text("payload"), part.text("text"), ""),
        "interactive" => interactive(part),
        "order" => cart(part),
        _ => unsupported(),
    };
    // The provider may announce a type and then leave its object out.
    let hollow = match content.kind {
        MessageKind::Text | MessageKind::Location | MessageKind::Choice | MessageKind::Cart => !part.is_object(),
        MessageKind::Contacts => !part.is_array(),
        _ => false,
    };
    if hollow {
        content = unsupported();
    }
    if content.kind == MessageKind::Unsupported {
        let inner = message.at("unsupported").text("type");
        content.meta.insert("type".into(), if inner.is_empty() { word } else { inner }.into());
        copy(&mut content.meta, message, &["errors"]);
    }
    surroundings(&mut content.meta, message);
    content
}

fn plain(kind: MessageKind, text: &str) -> Content {
    Content { kind, text: text.to_owned(), file: None, meta: Map::new() }
}

fn unsupported() -> Content {
    plain(MessageKind::Unsupported, "")
}

fn with_meta(kind: MessageKind, text: &str, from: &Json, keys: &[&str]) -> Content {
    let mut content = plain(kind, text);
    copy(&mut content.meta, from, keys);
    content
}

fn copy(meta: &mut Map<String, Json>, from: &Json, keys: &[&str]) {
    for key in keys {
        if !from.at(key).is_null() {
            meta.insert((*key).into(), from.at(key).clone());
        }
    }
}

fn media(kind: MessageKind, part: &Json) -> Content {
    let id = part.word("id");
    if id.is_empty() {
        return unsupported();
    }
    let file = RemoteFile {
        id,
        mime: part.text("mime_type").to_owned(),
        name: filled(part.text("filename")),
        sha256: filled(part.text("sha256")),
    };
    let mut content = plain(kind, part.text("caption"));
    content.file = Some(file);
    if part.flag("animated") {
        content.meta.insert("animated".into(), true.into());
    }
    content
}

fn choice(payload: &str, title: &str, description: &str) -> Content {
    let mut content = plain(MessageKind::Choice, title);
    for (key, value) in [("payload", payload), ("title", title), ("description", description)] {
        if !value.is_empty() {
            content.meta.insert(key.into(), value.into());
        }
    }
    content
}

fn interactive(part: &Json) -> Content {
    match part.text("type") {
        name @ ("button_reply" | "list_reply") if part.at(name).is_object() => {
            let reply = part.at(name);
            choice(&reply.word("id"), reply.text("title"), reply.text("description"))
        }
        "nfm_reply" if part.at("nfm_reply").is_object() => form(part.at("nfm_reply")),
        // Kinds of answers that came after this was written: shown as what they are, kept whole.
        _ if part.is_object() => {
            with_meta(MessageKind::Interactive, "", &json!({"interactive": part}), &["interactive"])
        }
        _ => unsupported(),
    }
}

/// A filled form; its fields come as JSON inside a string.
fn form(reply: &Json) -> Content {
    let mut content = with_meta(MessageKind::Form, "", reply, &["name", "body"]);
    let raw = reply.text("response_json");
    let mut fields = serde_json::from_str::<Json>(raw).unwrap_or_else(|_| json!(raw));
    // A string inside a string can smuggle in what the outer reading already cleaned.
    crate::json::scrub(&mut fields);
    if let Some(token) = fields.as_object_mut().and_then(|map| map.remove("flow_token")) {
        content.meta.insert("flow_token".into(), token);
    }
    content.meta.insert("fields".into(), fields);
    content
}

fn cart(order: &Json) -> Content {
    let mut content = with_meta(MessageKind::Cart, order.text("text"), order, &["catalog_id"]);
    let (mut items, mut total, mut currency) = (Vec::new(), Some(0i64), None::<String>);
    for item in order.list("product_items") {
        let code = item.text("currency");
        let quantity = item.int("quantity").unwrap_or(1);
        let price = minor_units(item.at("item_price"), code);
        let line = price.and_then(|price| money::line_total(price, quantity.checked_mul(1000)?));
        let same = currency.get_or_insert_with(|| code.to_owned()) == code;
        total = total.and_then(|sum| money::total([sum, line.filter(|_| same)?]));
        items.push(json!({
            "sku": word(item.at("product_retailer_id")), "quantity": quantity, "price_minor": price, "currency": code,
        }));
    }
    if let (Some(total), Some(currency)) = (total, currency) {
        content.meta.insert("total_minor".into(), total.into());
        content.meta.insert("currency".into(), currency.into());
    }
    content.meta.insert("items".into(), items.into());
    content
}

/// A price in currency units, rounded to the currency's smallest coin. Exact for every amount [`money`] accepts: the
/// nearest double of a decimal with 15 digits prints as that decimal again.
fn minor_units(price: &Json, currency: &str) -> Option<i64> {
    let value = price.as_f64().or_else(|| price.as_str()?.trim().parse().ok()).filter(|v: &f64| v.is_finite())?;
    let places = money::decimals(currency) as usize;
    money::parse(&format!("{value:.places$}"), currency)
}

/// Where the message comes from: forwarded, about a product, from an advertisement, out of a group.
fn surroundings(meta: &mut Map<String, Json>, message: &Json) {
    let context = message.at("context");
    for key in ["forwarded", "frequently_forwarded"] {
        if context.flag(key) {
            meta.insert(key.into(), true.into());
        }
    }
    if context.at("referred_product").is_object() {
        meta.insert("product".into(), context.at("referred_product").clone());
    }
    copy(meta, message, &["referral", "group_id"]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prices_become_minor_units_exactly() {
        for (price, currency, minor) in [
            (json!(1490.0), "RUB", Some(149_000)),
            (json!(0.1), "RUB", Some(10)),
            (json!(19.99), "USD", Some(1_999)),
            (json!(1234), "JPY", Some(1_234)),
            (json!("12.345"), "KWD", Some(12_345)),
            (json!(999_999_999_999.99), "RUB", Some(99_999_999_999_999)),
            (json!(1e300), "RUB", None),
            (json!(null), "RUB", None),
            (json!("free"), "RUB", None),
        ] {
            assert_eq!(minor_units(&price, currency), minor, "{price}");
        }
    }

    #[test]
    fn a_cart_of_two_currencies_has_no_total() {
        let order = json!({"product_items": [
            {"product_retailer_id": "A", "quantity": "2", "item_price": 1.5, "currency": "RUB"},
            {"product_retailer_id": 7, "quantity": 1, "item_price": 2, "currency": "USD"}]});
        let meta = cart(&order).meta;
        assert_eq!(meta["items"][1], json!({"sku": "7", "quantity": 1, "price_minor": 200, "currency": "USD"}));
        assert!(!meta.contains_key("total_minor"));
        let huge = json!({"product_items": [{"quantity": i64::MAX, "item_price": 9e11, "currency": "RUB"}]});
        assert!(!cart(&huge).meta.contains_key("total_minor"));
    }
}
