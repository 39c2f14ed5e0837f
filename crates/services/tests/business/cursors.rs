//! Ten thousand orders, read page by page in every sort: none missing, none twice, in order.

use crate::common::{self, code_and_field};
use crate::setup::{contact, order};
use domain::ids::OrderId;
use domain::orders::{OrderSource, OrderStatus};
use domain::views::*;
use services::{Cx, ErrorCode, orders};
use std::collections::HashSet;
use store::orders::{OrderRow, OrderSort};

const MANY: i64 = 10_000;

/// Orders with many equal keys, so that ties must be broken.
async fn fill(cx: &Cx) {
    let contact_id = contact(cx, "Марина", "").await.id;
    let mut work = cx.work().await.unwrap();
    for n in 1..=MANY {
        let number = store::orders::next_number(&mut work.tx, cx.organisation).await.unwrap();
        let row = OrderRow {
            id: work.id(),
            number,
            title: String::new(),
            status: OrderStatus::ALL[(n % 6) as usize],
            status_since: cx.now - n % 100,
            deadline_at: None,
            contact_id,
            chat_id: None,
            channel: None,
            source: OrderSource::Manual,
            assignee_id: None,
            total_minor: (n * 7919) % 500,
            currency: "RUB".into(),
            search_text: number.to_string(),
            rev: 1,
        };
        store::orders::insert(&mut work.tx, cx.organisation, &row, None, cx.now + n / 250).await.unwrap();
    }
    work.commit().await.unwrap();
}

async fn page(cx: &Cx, sort: &str, cursor: Option<String>) -> Page<OrderView> {
    let filter = OrderFilter { sort: Some(sort.into()), cursor, limit: Some(200), ..Default::default() };
    orders::list(cx, &filter).await.unwrap()
}

#[tokio::test]
async fn every_sort_gives_every_order_once() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    fill(&anna).await;
    for sort in OrderSort::ALL {
        for word in [sort.as_str().to_owned(), format!("-{}", sort.as_str())] {
            let (mut seen, mut cursor, mut last) = (HashSet::<OrderId>::new(), None, None::<(i64, OrderId)>);
            loop {
                let page = page(&anna, &word, cursor).await;
                for row in &page.items {
                    let key = (sort.key(row), row.id);
                    let ordered = last.is_none_or(|last| if word.starts_with('-') { key < last } else { key > last });
                    assert!(ordered, "{word}: {key:?} after {last:?}");
                    assert!(seen.insert(row.id), "{word}: {} twice", row.number);
                    last = Some(key);
                }
                cursor = page.next_cursor;
                if cursor.is_none() {
                    break;
                }
            }
            assert_eq!(seen.len() as i64, MANY, "{word}");
        }
    }
}

#[tokio::test]
async fn what_is_new_meanwhile_disturbs_no_later_page() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let client = contact(&anna, "Марина", "").await.id;
    for _ in 0..6 {
        order(&anna, client).await;
    }
    let list = |cursor| OrderFilter { cursor, limit: Some(4), ..Default::default() };
    let numbers = |page: &Page<OrderView>| page.items.iter().map(|o| o.number).collect::<Vec<_>>();
    let first = orders::list(&anna, &list(None)).await.unwrap();
    assert_eq!(numbers(&first), [6, 5, 4, 3]);
    t.advance(1);
    order(&t.again(&anna).await, client).await;
    let second = orders::list(&anna, &list(first.next_cursor)).await.unwrap();
    assert_eq!((numbers(&second), second.next_cursor), (vec![2, 1], None));
}

#[tokio::test]
async fn sorts_and_cursors_are_checked() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    for sort in ["title", "--number", "number;drop", "-"] {
        let filter = OrderFilter { sort: Some(sort.into()), ..Default::default() };
        assert_eq!(code_and_field(orders::list(&anna, &filter).await), (ErrorCode::NotAllowed, "sort".into()));
    }
    for cursor in ["abc", "1", "x.y", "1.", &"9".repeat(1000)] {
        let filter = OrderFilter { cursor: Some(cursor.into()), ..Default::default() };
        assert_eq!(code_and_field(orders::list(&anna, &filter).await), (ErrorCode::NotAllowed, "cursor".into()));
    }
}
