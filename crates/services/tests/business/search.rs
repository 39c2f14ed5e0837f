//! Search as people type: any case, ё or е, any form of a phone, parts of words, and no wildcards by accident.

use crate::common;
use crate::setup::{contact, form, line, product};
use domain::views::*;
use services::{Cx, contacts, orders, products};

async fn found(cx: &Cx, q: &str) -> Vec<String> {
    let filter = ListFilter { q: Some(q.into()), ..Default::default() };
    let mut names: Vec<String> = contacts::list(cx, &filter).await.unwrap().items.into_iter().map(|c| c.name).collect();
    names.sort();
    names
}

#[tokio::test]
async fn contacts_are_found_by_name_phone_mail_and_company() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    contact(&anna, "Алёна Берёзкина", "8 (913) 204-18-55").await;
    contact(&anna, "Пётр 100%_скидка", "+375 29 111-22-33").await;
    let firm = SaveContact {
        name: Some("Игорь".into()),
        email: Some("Igor@Sever.example".into()),
        company: Some("ООО «ЁЛОЧКА»".into()),
        ..Default::default()
    };
    contacts::create(&anna, &firm).await.unwrap();

    for q in ["алена", "АЛЁНА", "березкина ", "берёзк", "  Алена   Березкина"] {
        assert_eq!(found(&anna, q).await, ["Алёна Берёзкина"], "{q}");
    }
    let spellings =
        ["+79132041855", "89132041855", "9132041855", "8 913 204", "+7 (913)", "204-18-55", "1855", "8-913-204-18-55"];
    for q in spellings {
        assert_eq!(found(&anna, q).await, ["Алёна Берёзкина"], "{q}");
    }
    assert_eq!(found(&anna, "375 29 111").await, ["Пётр 100%_скидка"]);
    for q in ["igor@sever", "елочка", "ЁЛОЧКА»"] {
        assert_eq!(found(&anna, q).await, ["Игорь"], "{q}");
    }
    // Signs that mean something to the database are only signs here.
    assert_eq!(found(&anna, "100%_с").await, ["Пётр 100%_скидка"]);
    for q in ["а%а", "_лена", "\\", "1_0", "нет такого"] {
        assert!(found(&anna, q).await.is_empty(), "{q}");
    }
    assert_eq!(found(&anna, " ").await.len(), 3, "nothing typed narrows nothing");
}

#[tokio::test]
async fn a_renamed_contact_is_found_by_the_new_name_in_contacts_and_orders() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let client = contact(&anna, "Семён", "8 913 204 18 55").await;
    orders::create(&anna, &form(client.id, vec![line("Ёршик", 100, 1.0)])).await.unwrap();
    let rename = SaveContact { name: Some("Аркадий".into()), ..Default::default() };
    contacts::update(&anna, client.id, &rename).await.unwrap();
    assert!(found(&anna, "семен").await.is_empty());
    assert_eq!(found(&anna, "АРКАД").await, ["Аркадий"]);
    let numbers = async |q: &str| {
        let filter = OrderFilter { q: Some(q.into()), ..Default::default() };
        orders::list(&anna, &filter).await.unwrap().items.iter().map(|o| o.number).collect::<Vec<_>>()
    };
    for q in ["аркадий", "ершик", "ЁРШ", "№ 1", "#1", "8913204", "+7 913"] {
        assert_eq!(numbers(q).await, [1], "{q}");
    }
    assert!(numbers("семен").await.is_empty());
    let board = orders::board(&anna, &OrderFilter { q: Some("ершик".into()), ..Default::default() }).await.unwrap();
    assert_eq!(board[0].count, 1);
}

#[tokio::test]
async fn the_catalogue_is_found_by_name_and_sku() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let item = product(&anna, "Щётка для Пылесоса", 100).await;
    product(&anna, "Помпа", 100).await;
    let sku = SaveProduct { sku: Some("ЩП-77".into()), active: Some(false), ..Default::default() };
    products::update(&anna, item.id, &sku).await.unwrap();
    let names = async |q: Option<&str>, active: Option<bool>| {
        let filter = ListFilter { q: q.map(Into::into), active, ..Default::default() };
        products::list(&anna, &filter).await.unwrap().items.into_iter().map(|p| p.name).collect::<Vec<_>>()
    };
    for q in ["щетка", "ПЫЛЕСОС", "щп-77"] {
        assert_eq!(names(Some(q), None).await, ["Щётка для Пылесоса"], "{q}");
    }
    assert_eq!(names(None, Some(true)).await, ["Помпа"]);
    assert_eq!(names(None, Some(false)).await, ["Щётка для Пылесоса"]);
    assert_eq!(names(None, None).await, ["Помпа", "Щётка для Пылесоса"], "newest first");
}

#[tokio::test]
async fn lists_are_read_page_by_page() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    for n in 0..7 {
        contact(&anna, &format!("Клиент {n}"), "").await;
        product(&anna, &format!("Товар {n}"), 1).await;
    }
    let (mut names, mut cursor) = (Vec::new(), None);
    loop {
        let filter = ListFilter { cursor, limit: Some(3), ..Default::default() };
        let page = contacts::list(&anna, &filter).await.unwrap();
        assert_eq!(
            products::list(&anna, &ListFilter { limit: Some(3), ..Default::default() }).await.unwrap().items.len(),
            3
        );
        names.extend(page.items.into_iter().map(|c| c.name));
        cursor = page.next_cursor;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!(names, (0..7).rev().map(|n| format!("Клиент {n}")).collect::<Vec<_>>());
}
