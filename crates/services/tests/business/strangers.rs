//! Another organisation: its people see nothing here and can use nothing from here.

use crate::common::{self, code, code_and_field};
use crate::setup::{chat, connection, contact, form, line, of, order, person, product};
use domain::views::*;
use services::{ErrorCode, contacts, dashboard, files, orders, products};

#[tokio::test]
async fn nothing_is_seen_changed_or_used_across_organisations() {
    let t = common::app().await;
    let (anna, stranger) = (t.owner("anna").await, t.owner("stranger").await);
    let client = contact(&anna, "Марина", "+79132041855").await;
    let pump = product(&anna, "Помпа", 100).await;
    let made = order(&anna, client.id).await;
    let file = files::upload(&anna, "акт.txt", "Акт".as_bytes()).await.unwrap();
    let link = connection(&anna).await;
    let (_, talk) = chat(&anna, link, &person(Some("RU.1"), Some("+79132041855"), "")).await;

    assert_eq!(code(contacts::get(&stranger, client.id).await), ErrorCode::NotFound);
    assert_eq!(code(contacts::update(&stranger, client.id, &SaveContact::default()).await), ErrorCode::NotFound);
    assert_eq!(code(products::get(&stranger, pump.id).await), ErrorCode::NotFound);
    assert_eq!(code(products::update(&stranger, pump.id, &SaveProduct::default()).await), ErrorCode::NotFound);
    assert_eq!(code(orders::get(&stranger, made.order.id).await), ErrorCode::NotFound);
    assert_eq!(code(orders::change(&stranger, made.order.id, &ChangeOrder::default()).await), ErrorCode::NotFound);
    assert_eq!(code(orders::comment(&stranger, made.order.id, "а").await), ErrorCode::NotFound);
    assert_eq!(code(orders::attach(&stranger, made.order.id, file.id).await), ErrorCode::NotFound);
    assert_eq!(code(files::open(&stranger, file.id).await), ErrorCode::NotFound);

    let mine = contact(&stranger, "Чужой клиент", "+79132041855").await;
    assert_ne!(mine.id, client.id, "the same phone in another organisation is another contact");
    let refused = orders::create(&stranger, &form(client.id, vec![line("a", 1, 1.0)])).await;
    assert_eq!(code_and_field(refused), (ErrorCode::NotFound, "contact_id".into()));
    let refused = orders::create(&stranger, &form(mine.id, vec![of(&pump, 1.0)])).await;
    assert_eq!(code_and_field(refused), (ErrorCode::NotFound, "items.0.product_id".into()));
    let refused = NewOrder { chat_id: Some(talk), ..form(mine.id, vec![line("a", 1, 1.0)]) };
    assert_eq!(code_and_field(orders::create(&stranger, &refused).await), (ErrorCode::NotFound, "chat_id".into()));
    let own = order(&stranger, mine.id).await;
    assert_eq!(own.order.number, 1);
    let refused = orders::attach(&stranger, own.order.id, file.id).await;
    assert_eq!(code_and_field(refused), (ErrorCode::NotFound, "file_id".into()));

    assert_eq!(orders::list(&stranger, &OrderFilter::default()).await.unwrap().items.len(), 1);
    assert_eq!(contacts::list(&stranger, &ListFilter::default()).await.unwrap().items.len(), 1);
    assert!(products::list(&stranger, &ListFilter::default()).await.unwrap().items.is_empty());
    let view = dashboard::dashboard(&stranger).await.unwrap();
    assert_eq!((view.orders_today.value, view.unanswered_chats, view.connections.len()), (1, 0, 0));
    assert_eq!(orders::get(&anna, made.order.id).await.unwrap(), made);
}
