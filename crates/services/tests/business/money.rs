//! Lines and sums: the catalogue's prices of the moment, exact quantities, and sums that do not fit.

use crate::common::{self, code, code_and_field};
use crate::setup::{contact, form, line, of, order, product};
use domain::money::MAX_MINOR;
use domain::orders::OrderSource;
use domain::views::*;
use services::{ErrorCode, accounts::organisation, orders, products};

#[tokio::test]
async fn lines_keep_name_and_price_of_their_moment() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let client = contact(&anna, "Марина", "").await;
    let pump = product(&anna, "Помпа", 150_050).await;
    let items = vec![of(&pump, 2.0), line("Выезд", 33, 1.5)];
    let made = orders::create(&anna, &form(client.id, items)).await.unwrap();
    assert_eq!((made.order.total_minor, made.order.currency.as_str()), (300_100 + 50, "RUB"));
    assert_eq!(made.order.title, "Помпа");
    assert_eq!((made.order.source, made.order.rev, made.steps.len()), (OrderSource::Manual, 1, 1));
    assert_eq!(
        (made.items[0].unit.as_str(), made.items[0].quantity_milli, made.items[1].total_minor),
        ("шт.", 2000, 50)
    );

    let dearer =
        SaveProduct {
            name: Some("Помпа 2".into()), price_minor: Some(1), active: Some(false), ..Default::default()
        };
    products::update(&anna, pump.id, &dearer).await.unwrap();
    let now = orders::get(&anna, made.order.id).await.unwrap();
    assert_eq!(now.items, made.items);

    // A line that is there already may stay although its item is off now; a new order may not have it.
    let refused = orders::create(&anna, &form(client.id, vec![of(&pump, 1.0)])).await;
    assert_eq!(code_and_field(refused), (ErrorCode::ProductInactive, "items.0.product_id".into()));
    let kept = NewItem { price_minor: Some(150_050), name: Some("Помпа".into()), ..of(&pump, 3.0) };
    let change = ChangeOrder { items: Some(vec![kept]), rev: Some(1), ..Default::default() };
    let changed = orders::change(&anna, made.order.id, &change).await.unwrap();
    assert_eq!((changed.order.total_minor, changed.order.rev, changed.items[0].name.as_str()), (450_150, 2, "Помпа"));
    let line = &t.journal(anna.organisation, "order_changed").await[0];
    let changes = line.args["changes"].as_array().unwrap();
    let total = serde_json::json!({"field": "total_minor", "from": 300_150, "to": 450_150});
    assert!(changes.contains(&total) && changes.iter().any(|change| change["field"] == "items"), "{changes:?}");
}

#[tokio::test]
async fn sums_that_do_not_fit_are_refused_and_nothing_is_stored() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let client = contact(&anna, "Марина", "").await;
    let bad = [
        (vec![line("a", MAX_MINOR, 2.0)], ErrorCode::AmountTooLarge, "items.0.price_minor"),
        (vec![line("a", 1, 1.0), line("b", MAX_MINOR, 1_000_000.0)], ErrorCode::AmountTooLarge, "items.1.price_minor"),
        (vec![line("a", MAX_MINOR, 1.0), line("b", 1, 1.0)], ErrorCode::AmountTooLarge, "items"),
        (vec![line("a", i64::MAX, 1.0)], ErrorCode::AmountTooLarge, "items.0.price_minor"),
        (vec![line("a", -1, 1.0)], ErrorCode::OutOfRange, "items.0.price_minor"),
        (vec![line("a", 1, 0.0)], ErrorCode::OutOfRange, "items.0.quantity"),
        (vec![line("a", 1, -3.0)], ErrorCode::OutOfRange, "items.0.quantity"),
        (vec![line("a", 1, 1.0005)], ErrorCode::OutOfRange, "items.0.quantity"),
        (vec![line("a", 1, 1_000_000.5)], ErrorCode::OutOfRange, "items.0.quantity"),
        (vec![line(" ", 1, 1.0)], ErrorCode::Required, "items.0.name"),
        (vec![line(&"я".repeat(201), 1, 1.0)], ErrorCode::TooLong, "items.0.name"),
        (vec![NewItem { name: Some("a".into()), ..Default::default() }], ErrorCode::Required, "items.0.price_minor"),
        (vec![line("a", 1, 1.0); 201], ErrorCode::OutOfRange, "items"),
        (vec![], ErrorCode::Required, "items"),
    ];
    for (items, code, field) in bad {
        let refused = orders::create(&anna, &form(client.id, items)).await;
        assert_eq!(code_and_field(refused), (code, field.to_owned()));
    }
    assert!(orders::list(&anna, &OrderFilter::default()).await.unwrap().items.is_empty());

    let largest = vec![line("a", MAX_MINOR, 1.0)];
    let made = orders::create(&anna, &form(client.id, largest)).await.unwrap();
    assert_eq!((made.order.number, made.order.total_minor), (1, MAX_MINOR), "refused orders take no number");

    let small = order(&anna, client.id).await;
    let change = ChangeOrder {
        title: Some("Новое".into()),
        items: Some(vec![line("a", MAX_MINOR, 1.001)]),
        ..Default::default()
    };
    assert_eq!(code(orders::change(&anna, small.order.id, &change).await), ErrorCode::AmountTooLarge);
    assert_eq!(orders::get(&anna, small.order.id).await.unwrap(), small, "a refused change changes nothing");
}

#[tokio::test]
async fn an_order_is_in_one_currency() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let client = contact(&anna, "Марина", "").await;
    let roubles = product(&anna, "Помпа", 100).await;
    let euros = SaveProduct {
        name: Some("Pump".into()),
        price_minor: Some(1),
        currency: Some("EUR".into()),
        ..Default::default()
    };
    let euros = products::create(&anna, &euros).await.unwrap();
    let mixed = orders::create(&anna, &form(client.id, vec![of(&roubles, 1.0), of(&euros, 1.0)])).await;
    assert_eq!(code_and_field(mixed), (ErrorCode::CurrencyMismatch, "items.1.product_id".into()));

    let view = organisation::view(&anna).await.unwrap();
    assert_eq!(view.currency, "RUB");
    let made = orders::create(&anna, &form(client.id, vec![of(&roubles, 1.0)])).await.unwrap();
    t.sql("UPDATE organisations SET currency = 'EUR'").await;
    let anna = t.again(&anna).await;
    let change = ChangeOrder { items: Some(vec![of(&roubles, 2.0)]), ..Default::default() };
    let kept = orders::change(&anna, made.order.id, &change).await.unwrap();
    assert_eq!((kept.order.currency.as_str(), kept.order.total_minor), ("RUB", 200), "an order keeps its currency");
    let next = orders::create(&anna, &form(client.id, vec![of(&euros, 1.0)])).await.unwrap();
    assert_eq!(next.order.currency, "EUR");
}
