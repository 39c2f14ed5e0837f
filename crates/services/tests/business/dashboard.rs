//! Сводка: every figure beside what happened.

use crate::common::{self, TestApp};
use crate::setup::{chat, connection, contact, form, line, order, person, wrote};
use domain::access::Role;
use domain::chats::Sender;
use domain::orders::OrderStatus;
use domain::views::*;
use services::{Cx, dashboard::dashboard, orders};

const MINUTE: i64 = 60_000;
const DAY: i64 = 86_400_000;

/// The same person at another moment.
async fn at(t: &TestApp, cx: &Cx, ms: i64) -> Cx {
    Cx { now: ms, ..t.again(cx).await }
}

#[tokio::test]
async fn orders_and_revenue_are_of_the_local_day() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let client = contact(&anna, "Марина", "").await.id;
    let now = common::NOON; // 19:00 in Novosibirsk
    let day_start = now - 19 * 60 * MINUTE;
    let sell = async |when: i64, price: i64| {
        let cx = at(&t, &anna, when).await;
        orders::create(&cx, &form(client, vec![line("Выезд", price, 1.0)])).await.unwrap()
    };
    sell(day_start, 100).await;
    sell(now - MINUTE, 200).await;
    let cancelled = sell(now - MINUTE, 5_000).await;
    sell(day_start - 1, 7).await;
    sell(day_start - 7 * DAY + MINUTE, 40).await;
    sell(now - 7 * DAY + MINUTE, 80).await;
    sell(day_start - 13 * DAY, 9).await;
    sell(day_start - 13 * DAY - 1, 11).await;
    let cancel =
        ChangeOrder { status: Some(OrderStatus::Cancelled), reason: Some("дорого".into()), ..Default::default() };
    orders::change(&anna, cancelled.order.id, &cancel).await.unwrap();

    let view = dashboard(&at(&t, &anna, now).await).await.unwrap();
    assert_eq!((view.day_start_ms, view.currency.as_str()), (day_start, "RUB"));
    assert_eq!((view.orders_today.value, view.revenue_today.value), (3, 300));
    assert_eq!(
        (view.orders_today.before, view.revenue_today.before),
        (Some(1), Some(40)),
        "only the same stretch of the day"
    );
    assert_eq!(view.revenue_by_day, [9, 0, 0, 0, 0, 0, 120, 0, 0, 0, 0, 0, 7, 300]);
    assert_eq!(view.orders_by_day, [1, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 1, 3]);
    assert_eq!((view.orders_today.course.len(), view.first_answer_seconds.value), (14, -1));
    let empty = dashboard(&t.owner("boris").await).await.unwrap();
    assert_eq!((empty.orders_today.value, empty.orders_today.before, empty.attention.len()), (0, None, 0));
}

#[tokio::test]
async fn the_first_answer_is_the_median_over_chats_of_the_day() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let link = connection(&anna).await;
    let start = common::NOON - 5 * 60 * MINUTE; // 14:00
    for (n, waited) in [(1, 60), (2, 90), (3, 3_600)] {
        let who = person(Some(&format!("RU.{n}")), None, "Клиент");
        let (_, talk) = chat(&at(&t, &anna, start).await, link, &who).await;
        wrote(&at(&t, &anna, start + 30_000).await, talk, Sender::Customer, &who).await;
        wrote(&at(&t, &anna, start + 40_000).await, talk, Sender::System, &who).await;
        wrote(&at(&t, &anna, start + waited * 1_000).await, talk, Sender::Member, &who).await;
        wrote(&at(&t, &anna, start + 2 * 60 * MINUTE).await, talk, Sender::Member, &who).await;
    }
    let silent = person(Some("RU.4"), None, "Ждущий");
    let (_, waiting) = chat(&at(&t, &anna, start + 60 * MINUTE).await, link, &silent).await;
    let view = dashboard(&at(&t, &anna, common::NOON).await).await.unwrap();
    assert_eq!((view.first_answer_seconds.value, view.first_answer_seconds.before), (90, None));
    assert_eq!((view.first_answer_seconds.course[13], view.first_answer_seconds.course[12]), (90, 0));
    assert_eq!((view.chats_by_hour[14], view.chats_by_hour[15], view.chats_by_hour.len()), (3, 1, 24));
    assert_eq!(view.unanswered_chats, 1);
    let wait = &view.attention[0];
    assert_eq!((wait.code.as_str(), wait.href.clone()), ("long_wait", format!("/chats/{waiting}")));
    assert_eq!(
        (wait.args["name"].as_str(), wait.args["waiting_ms"].clone()),
        ("Ждущий", (4 * 60 * MINUTE).to_string())
    );

    let week_later = dashboard(&at(&t, &anna, common::NOON + 7 * DAY).await).await.unwrap();
    assert_eq!((week_later.first_answer_seconds.value, week_later.first_answer_seconds.before), (-1, Some(90)));
}

#[tokio::test]
async fn what_needs_a_person_comes_worst_first_and_only_to_those_who_can_act() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let link = connection(&anna).await;
    let client = contact(&anna, "Марина", "").await.id;
    for _ in 0..7 {
        order(&anna, client).await;
    }
    for n in 0..7 {
        chat(&anna, link, &person(Some(&format!("RU.{n}")), None, "Клиент")).await;
    }
    t.sql("UPDATE connections SET state = 'reauth', last_error = 'token expired'").await;
    t.sql(&format!("UPDATE jobs SET state = 'dead', finished_at = {}", common::NOON)).await;
    let view = dashboard(&at(&t, &anna, common::NOON + 31 * MINUTE).await).await.unwrap();
    let codes: Vec<&str> = view.attention.iter().map(|a| a.code.as_str()).collect();
    assert_eq!(codes[..3], ["connection_reauth", "dead_jobs", "overdue_order"]);
    assert!(codes.len() == 10 && codes.contains(&"long_wait"), "late orders do not hide waiting customers: {codes:?}");
    let severe: Vec<bool> = view.attention.iter().map(|a| a.severe).collect();
    assert!(severe.is_sorted_by(|a, b| a >= b));
    assert_eq!(view.attention[1].href, "/journal?tab=jobs&state=dead");
    assert!(view.jobs_failed_today > 0 && view.attention[2].href.starts_with("/orders?open="));

    let oleg = t.member(&anna, "oleg", Role::Technician).await;
    let view = dashboard(&at(&t, &oleg, common::NOON + 31 * MINUTE).await).await.unwrap();
    assert!(view.attention.iter().all(|a| a.code != "dead_jobs" && a.code != "connection_reauth"));
    assert!(view.connections.is_empty() && view.recent.is_empty());
}
