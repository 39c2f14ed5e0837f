//! The catalogue by hand and through keys.

use crate::common::{self, code, code_and_field};
use crate::setup::product;
use domain::access::Role;
use domain::money::MAX_MINOR;
use domain::views::*;
use services::{ErrorCode, files, products};

fn named(name: &str) -> SaveProduct {
    SaveProduct { name: Some(name.into()), price_minor: Some(100), ..Default::default() }
}

#[tokio::test]
async fn an_item_is_checked_and_filled_with_what_is_usual() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let made = product(&anna, " Помпа ", 0).await;
    assert_eq!((made.name.as_str(), made.unit.as_str(), made.currency.as_str()), ("Помпа", "шт.", "RUB"));
    assert!(made.active && made.kind == ProductKind::Product && made.sku.is_none());
    assert_eq!(products::get(&anna, made.id).await.unwrap(), made);
    let bad = [
        (SaveProduct { price_minor: Some(1), ..Default::default() }, ErrorCode::Required, "name"),
        (SaveProduct { name: Some("a".into()), ..Default::default() }, ErrorCode::Required, "price_minor"),
        (named(&"я".repeat(201)), ErrorCode::TooLong, "name"),
        (SaveProduct { price_minor: Some(-1), ..named("a") }, ErrorCode::OutOfRange, "price_minor"),
        (SaveProduct { price_minor: Some(MAX_MINOR + 1), ..named("a") }, ErrorCode::AmountTooLarge, "price_minor"),
        (SaveProduct { currency: Some("rub".into()), ..named("a") }, ErrorCode::NotAllowed, "currency"),
        (SaveProduct { sku: Some("я".repeat(65)), ..named("a") }, ErrorCode::TooLong, "sku"),
        (SaveProduct { image_id: Some(anna.id()), ..named("a") }, ErrorCode::NotAllowed, "image_id"),
    ];
    for (input, code, field) in bad {
        assert_eq!(code_and_field(products::create(&anna, &input).await), (code, field.to_owned()));
    }
    assert_eq!(products::list(&anna, &ListFilter::default()).await.unwrap().items.len(), 1);
}

#[tokio::test]
async fn a_sku_belongs_to_one_item_and_of_two_editors_one_is_told() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let sku = |sku: &str| SaveProduct { sku: Some(sku.into()), ..named("Помпа") };
    let first = products::create(&anna, &sku(" П-1 ")).await.unwrap();
    assert_eq!(first.sku.as_deref(), Some("П-1"));
    let error = products::create(&anna, &sku("П-1")).await.unwrap_err().into_api();
    assert_eq!((error.code, error.args["what"].as_str()), (ErrorCode::AlreadyExists, "sku"));
    let second = products::create(&anna, &sku("")).await.unwrap();
    products::create(&anna, &sku("")).await.unwrap();
    assert_eq!(code(products::update(&anna, second.id, &sku("П-1")).await), ErrorCode::AlreadyExists);

    let price = |price, rev| SaveProduct { price_minor: Some(price), rev: Some(rev), ..Default::default() };
    let dearer = products::update(&anna, first.id, &price(200, 1)).await.unwrap();
    assert_eq!((dearer.rev, dearer.price_minor, dearer.sku.as_deref()), (2, 200, Some("П-1")));
    assert_eq!(code(products::update(&anna, first.id, &price(300, 1)).await), ErrorCode::Stale);
    assert_eq!(products::get(&anna, first.id).await.unwrap(), dearer);
    let line = &t.journal(anna.organisation, "product_changed").await[0];
    let change = serde_json::json!([{"field": "price_minor", "from": 100, "to": 200}]);
    assert_eq!(line.args["changes"], change);

    let tasks = (0..8).map(|_| {
        let (anna, input) = (anna.clone(), sku("П-9"));
        tokio::spawn(async move { products::create(&anna, &input).await })
    });
    let done: Vec<_> = futures::future::join_all(tasks).await.into_iter().map(Result::unwrap).collect();
    assert_eq!(done.iter().filter(|d| d.is_ok()).count(), 1);
}

#[tokio::test]
async fn an_image_must_be_one() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let picture = files::upload(&anna, "помпа.png", b"\x89PNG\r\n\x1a\n....").await.unwrap();
    let text = files::upload(&anna, "помпа.txt", b"pump").await.unwrap();
    let with = |file: &FileView| SaveProduct { image_id: Some(file.id), ..named("Помпа") };
    assert_eq!(products::create(&anna, &with(&picture)).await.unwrap().image_id, Some(picture.id));
    assert_eq!(code(products::create(&anna, &with(&text)).await), ErrorCode::NotAllowed);
    let seller = t.member(&anna, "boris", Role::Seller).await;
    assert_eq!(code(products::create(&seller, &named("Помпа")).await), ErrorCode::Forbidden);
}
