//! The status machine through the use case: every role on every step, reasons, deadlines, history.

use crate::common::{self, code, code_and_field};
use crate::setup::{contact, order};
use domain::access::{Permission, Role};
use domain::orders::{OrderStatus, next_statuses, transition};
use domain::views::*;
use services::{ErrorCode, orders};

fn to(status: OrderStatus, reason: &str) -> ChangeOrder {
    ChangeOrder { status: Some(status), reason: Some(reason.into()), ..Default::default() }
}

#[tokio::test]
async fn every_role_on_every_step() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let client = contact(&anna, "Марина", "").await;
    let id = order(&anna, client.id).await.order.id;
    let mut people = vec![(Role::Owner, anna.clone())];
    for role in [Role::Admin, Role::Seller, Role::Technician, Role::Quality] {
        people.push((role, t.member(&anna, role.as_str(), role).await));
    }
    for (role, cx) in &people {
        for from in OrderStatus::ALL.iter().copied() {
            t.sql(&format!("UPDATE orders SET status = '{from}'")).await;
            let shown = orders::get(cx, id).await.unwrap().next_statuses;
            assert_eq!(shown, next_statuses(*role, from), "{role} {from}");
            for next in OrderStatus::ALL.iter().copied().filter(|next| *next != from) {
                t.sql(&format!("UPDATE orders SET status = '{from}'")).await;
                let done = orders::change(cx, id, &to(next, "так решили")).await;
                if !role.allows(Permission::OrdersWrite) {
                    assert_eq!(code(done), ErrorCode::Forbidden);
                } else if transition(*role, from, next).is_some() {
                    assert_eq!(done.unwrap().order.status, next, "{role} {from} {next}");
                } else {
                    assert_eq!(code(done), ErrorCode::TransitionNotAllowed, "{role} {from} {next}");
                }
            }
        }
    }
}

#[tokio::test]
async fn some_steps_need_a_reason_and_all_are_history() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let id = order(&anna, contact(&anna, "Марина", "").await.id).await.order.id;
    let refused = orders::change(&anna, id, &to(OrderStatus::Cancelled, "  ")).await;
    assert_eq!(code_and_field(refused), (ErrorCode::ReasonRequired, "reason".into()));
    t.advance(60_000);
    let anna = t.again(&anna).await;
    let cancelled = orders::change(&anna, id, &to(OrderStatus::Cancelled, " дорого ")).await.unwrap();
    let step = &cancelled.steps[1];
    assert_eq!((step.from_status, step.to_status), (Some(OrderStatus::New), OrderStatus::Cancelled));
    assert_eq!(
        (step.reason.as_str(), step.actor_name.as_deref(), step.at),
        ("дорого", Some("anna"), common::NOON + 60_000)
    );
    assert_eq!(
        (cancelled.order.status_since, cancelled.order.deadline_at, cancelled.next_statuses.as_slice()),
        (common::NOON + 60_000, None, &[OrderStatus::New][..])
    );
    // The same status again is no step.
    let same = orders::change(&anna, id, &to(OrderStatus::Cancelled, "")).await.unwrap();
    assert_eq!((same.order.rev, same.steps.len()), (2, 2));

    let key = t.key(&anna, "orders:write, orders:read").await;
    let back = orders::change(&key, id, &to(OrderStatus::New, "вернулся")).await.unwrap();
    assert_eq!(back.steps[2].actor_name.as_deref(), Some("ключ"), "a key is named too");
    let lines = t.journal(anna.organisation, "order_status").await;
    assert_eq!((lines.len(), &lines[0].args["to"], lines[0].actor_kind.as_str()), (2, &"new".into(), "key"));
}

#[tokio::test]
async fn deadlines_come_from_the_settings_and_late_orders_are_found() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let client = contact(&anna, "Марина", "").await;
    let made = order(&anna, client.id).await;
    assert_eq!(made.order.deadline_at, Some(common::NOON + 30 * 60_000));

    let view = services::accounts::organisation::view(&anna).await.unwrap();
    let mut settings: OrganisationSettings = serde_json::from_value(view.settings).unwrap();
    settings.deadlines = [("new", 5), ("assigned", 0), ("delivered", 1)].map(|(s, m)| (s.to_owned(), m)).into();
    let input = OrganisationInput {
        name: view.name,
        time_zone: view.time_zone,
        currency: view.currency,
        settings,
        rev: view.rev,
    };
    services::accounts::organisation::update(&anna, input).await.unwrap();
    let urgent = order(&anna, client.id).await;
    assert_eq!(urgent.order.deadline_at, Some(common::NOON + 5 * 60_000));
    let assigned = orders::change(&anna, made.order.id, &to(OrderStatus::Assigned, "")).await.unwrap();
    assert_eq!(assigned.order.deadline_at, None, "zero means no deadline");

    let overdue = OrderFilter { overdue: Some(true), ..Default::default() };
    assert!(orders::list(&anna, &overdue).await.unwrap().items.is_empty());
    t.advance(5 * 60_000 + 1);
    let anna = t.again(&anna).await;
    let late = orders::list(&anna, &overdue).await.unwrap().items;
    assert_eq!(late.iter().map(|o| o.id).collect::<Vec<_>>(), [urgent.order.id]);

    let ready = orders::change(&anna, urgent.order.id, &to(OrderStatus::Ready, "")).await.unwrap();
    assert_eq!(ready.order.deadline_at, Some(anna.now + 7 * 24 * 60 * 60_000));
    let over = orders::change(&anna, urgent.order.id, &to(OrderStatus::Delivered, "")).await.unwrap();
    assert_eq!(over.order.deadline_at, None, "what is over is never late");
    let open = |open| OrderFilter { open: Some(open), ..Default::default() };
    let ids = |page: Page<OrderView>| page.items.iter().map(|o| o.number).collect::<Vec<_>>();
    assert_eq!(ids(orders::list(&anna, &open(true)).await.unwrap()), [1]);
    assert_eq!(ids(orders::list(&anna, &open(false)).await.unwrap()), [2]);
}

#[tokio::test]
async fn the_board_shows_every_lane_with_count_and_sum() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let client = contact(&anna, "Марина", "").await;
    for _ in 0..52 {
        order(&anna, client.id).await;
    }
    let last = order(&anna, client.id).await;
    orders::change(&anna, last.order.id, &to(OrderStatus::Ready, "")).await.unwrap();
    let board = orders::board(&anna, &OrderFilter::default()).await.unwrap();
    assert_eq!(board.iter().map(|lane| lane.status).collect::<Vec<_>>(), OrderStatus::ALL);
    assert_eq!((board[0].count, board[0].total_minor, board[0].orders.len()), (52, 520_000, 50));
    assert_eq!(board[0].orders[0].number, 52, "newest first");
    assert_eq!((board[3].count, board[3].orders[0].id), (1, last.order.id));
    let mine = OrderFilter { assignee_id: anna.user(), ..Default::default() };
    assert!(orders::board(&anna, &mine).await.unwrap().iter().all(|lane| lane.count == 0));
}
