//! One search over everything: however it was typed, and only what somebody may see.

use crate::common;
use crate::setup::{chat, connection, contact, order, person, product};
use domain::access::{Role, Visibility};
use domain::views::{FoundKind, MemberPlace};
use services::Cx;
use services::accounts::members;
use services::find::find;

async fn kinds(cx: &Cx, text: &str) -> Vec<FoundKind> {
    find(cx, text).await.unwrap().into_iter().map(|found| found.kind).collect()
}

#[tokio::test]
async fn whatever_layout_or_alphabet_or_form_of_a_phone() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let client = contact(&anna, "Щербакова Алёна", "+79132041855").await;
    let made = order(&anna, client.id).await;
    product(&anna, "Помпа", 100).await;
    chat(&anna, connection(&anna).await, &person(None, Some("+79132041855"), "")).await;
    use FoundKind::*;
    for typed in ["щербакова", "ЩЕРБАКОВА АЛЕНА", "Shcherbakova", "oth,frjdf", "8 913 204-18-55", "+7 (913) 204"]
    {
        assert!(kinds(&anna, typed).await.contains(&Contact), "{typed}");
    }
    assert_eq!(kinds(&anna, "алёна").await, [Contact, Chat, Order]);
    assert!(kinds(&anna, &format!("№ {}", made.order.number)).await.contains(&Order));
    assert_eq!(kinds(&anna, "gjvgf").await, [Product]);
    assert_eq!(kinds(&anna, "anna").await, [Member]);
    assert!(kinds(&anna, "  ").await.is_empty() && kinds(&anna, "такого нет").await.is_empty());

    let stranger = t.owner("stranger").await;
    assert!(kinds(&stranger, "щербакова").await.is_empty());
    let boris = t.member(&anna, "boris", Role::Seller).await;
    let own = MemberPlace { visibility: Visibility::Own, team: String::new(), capacity: None };
    members::place(&anna, boris.user().unwrap(), &own).await.unwrap();
    assert_eq!(kinds(&t.again(&boris).await, "щербакова").await, [Contact, Chat, Order], "nobody's is everybody's");
    t.sql("UPDATE chats SET assignee_id = 'other'").await;
    t.sql("UPDATE orders SET assignee_id = 'other'").await;
    assert!(kinds(&t.again(&boris).await, "щербакова").await.is_empty());
}
