//! Order numbers: one after the other per organisation, whoever hurries.

use crate::common::{self, code};
use crate::setup::{contact, form, line, order};
use domain::views::*;
use services::{ErrorCode, orders};

#[tokio::test]
async fn numbers_have_no_gaps_and_no_repeats_under_a_rush() {
    let t = common::app().await;
    let (anna, boris) = (t.owner("anna").await, t.owner("boris").await);
    let (of_anna, of_boris) = (contact(&anna, "Марина", "").await.id, contact(&boris, "Игорь", "").await.id);
    // More at once than the database has connections, every fourth one refused.
    let tasks = (0..60).map(|n| {
        let (cx, contact) = if n % 2 == 0 { (anna.clone(), of_anna) } else { (boris.clone(), of_boris) };
        let price = if n % 4 == 3 { -1 } else { 100 };
        tokio::spawn(async move { orders::create(&cx, &form(contact, vec![line("Выезд", price, 1.0)])).await })
    });
    let mut refused = 0;
    for done in futures::future::join_all(tasks).await {
        match done.unwrap() {
            Ok(_) => {}
            Err(error) => {
                assert!(error.is(ErrorCode::OutOfRange), "{error}");
                refused += 1;
            }
        }
    }
    assert_eq!(refused, 15);
    for (cx, expected) in [(&anna, 30), (&boris, 15)] {
        let filter = OrderFilter { sort: Some("number".into()), limit: Some(200), ..Default::default() };
        let numbers: Vec<i64> = orders::list(cx, &filter).await.unwrap().items.iter().map(|o| o.number).collect();
        assert_eq!(numbers, (1..=expected).collect::<Vec<_>>());
    }
}

#[tokio::test]
async fn many_changes_at_once_do_not_starve_the_database_of_connections() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let client = contact(&anna, "Марина", "").await.id;
    let mut ids = Vec::new();
    for _ in 0..24 {
        ids.push(order(&anna, client).await.order.id);
    }
    let tasks = ids.into_iter().map(|id| {
        let anna = anna.clone();
        let change = ChangeOrder { status: Some(domain::orders::OrderStatus::Ready), ..Default::default() };
        tokio::spawn(async move { orders::change(&anna, id, &change).await })
    });
    for done in futures::future::join_all(tasks).await {
        done.unwrap().unwrap();
    }
}

#[tokio::test]
async fn an_order_needs_someone_to_be_for() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let nobody = NewOrder { title: Some("Выезд".into()), ..Default::default() };
    assert_eq!(code(orders::create(&anna, &nobody).await), ErrorCode::Required);
}
