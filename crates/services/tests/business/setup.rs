//! Things the tests begin with.

use domain::channel::Person;
use domain::chats::{Channel, MessageKind, Sender};
use domain::ids::*;
use domain::views::*;
use serde_json::json;
use services::{Cx, connections, contacts, orders, products};
use store::chats::Line;
use store::messages::NewMessage;

/// A contact with a name and, unless empty, a phone.
pub async fn contact(cx: &Cx, name: &str, phone: &str) -> ContactView {
    let input = SaveContact { name: Some(name.into()), phone: Some(phone.into()), ..Default::default() };
    contacts::create(cx, &input).await.unwrap()
}

/// A catalogue item in roubles.
pub async fn product(cx: &Cx, name: &str, price_minor: i64) -> ProductView {
    let input = SaveProduct { name: Some(name.into()), price_minor: Some(price_minor), ..Default::default() };
    products::create(cx, &input).await.unwrap()
}

/// A free line.
pub fn line(name: &str, price_minor: i64, quantity: f64) -> NewItem {
    NewItem { name: Some(name.into()), price_minor: Some(price_minor), quantity: Some(quantity), ..Default::default() }
}

/// A line from the catalogue.
pub fn of(product: &ProductView, quantity: f64) -> NewItem {
    NewItem { product_id: Some(product.id), quantity: Some(quantity), ..Default::default() }
}

/// An order form with these lines.
pub fn form(contact: ContactId, items: Vec<NewItem>) -> NewOrder {
    NewOrder { contact_id: Some(contact), items, ..Default::default() }
}

/// An order with one line of 100 roubles.
pub async fn order(cx: &Cx, contact: ContactId) -> OrderCard {
    orders::create(cx, &form(contact, vec![line("Диагностика", 10_000, 1.0)])).await.unwrap()
}

/// A person as WhatsApp names them.
pub fn person(user_id: Option<&str>, phone: Option<&str>, name: &str) -> Person {
    Person {
        user_id: user_id.map(str::to_owned),
        address: phone.map(|p| p.trim_start_matches('+').to_owned()),
        phone: phone.map(str::to_owned),
        name: (!name.is_empty()).then(|| name.to_owned()),
    }
}

/// A WhatsApp connection.
pub async fn connection(cx: &Cx) -> ConnectionId {
    let settings = json!({
        "phone_number_id": "1001", "waba_id": "2002", "app_id": "3003", "app_secret": "secret", "access_token": "token",
        "base_url": "http://127.0.0.1:9",
    });
    let settings = settings.as_object().unwrap().clone();
    let input = SaveConnection { provider: "whatsapp".into(), name: "Основной".into(), settings };
    connections::save(cx, input).await.unwrap().connection.id
}

/// A chat of this person, in which they just wrote.
pub async fn chat(cx: &Cx, connection: ConnectionId, who: &Person) -> (ContactId, ChatId) {
    let mut work = cx.work().await.unwrap();
    let (contact, _) = contacts::find_or_create_by_identity(&mut work, Channel::Whatsapp, who).await.unwrap();
    let id: ChatId = work.id();
    store::chats::insert(&mut work.tx, cx.organisation, id, contact, connection, Channel::Whatsapp, who, cx.now)
        .await
        .unwrap();
    work.commit().await.unwrap();
    wrote(cx, id, Sender::Customer, who).await;
    (contact, id)
}

/// A message in a chat at the time of this context.
pub async fn wrote(cx: &Cx, chat: ChatId, sender: Sender, who: &Person) {
    let mut work = cx.work().await.unwrap();
    let line = Line { preview: "…", kind: MessageKind::Text, sender, at: cx.now };
    match sender {
        Sender::Customer => {
            store::chats::customer_wrote(&mut work.tx, cx.organisation, chat, who, cx.now, &line).await.unwrap();
        }
        _ => store::chats::we_wrote(&mut work.tx, cx.organisation, chat, &line, true).await.unwrap(),
    }
    let message = NewMessage {
        id: work.id(),
        chat,
        sender,
        author: None,
        kind: MessageKind::Text,
        text: "…".into(),
        meta: json!({}),
        file: None,
        connection: None,
        external_id: None,
        reply_to: None,
        delivery: None,
        job: None,
        at: cx.now,
    };
    store::messages::insert(&mut work.tx, cx.organisation, &message).await.unwrap();
    work.commit().await.unwrap();
}
