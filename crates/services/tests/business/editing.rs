//! Two people on one order: one wins, the other is told.

use crate::common::{self, code, code_and_field};
use crate::setup::{contact, order};
use domain::access::Role;
use domain::ids::UserId;
use domain::orders::OrderStatus;
use domain::views::*;
use services::{ErrorCode, accounts::members, orders};

#[tokio::test]
async fn the_second_editor_is_told_and_nothing_of_theirs_is_written() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let boris = t.member(&anna, "boris", Role::Seller).await;
    let client = contact(&anna, "Марина", "").await;
    let made = order(&anna, client.id).await;
    let rev = Some(made.order.rev);

    let first = ChangeOrder { title: Some("Замена помпы".into()), rev, ..Default::default() };
    let won = orders::change(&anna, made.order.id, &first).await.unwrap();
    let second = ChangeOrder {
        title: Some("Другое".into()),
        status: Some(OrderStatus::Cancelled),
        reason: Some("передумал".into()),
        rev,
        ..Default::default()
    };
    assert_eq!(code(orders::change(&boris, made.order.id, &second).await), ErrorCode::Stale);
    assert_eq!(orders::get(&anna, made.order.id).await.unwrap(), won);

    // Loaded again, the change goes through; without a revision the last one wins.
    let again = ChangeOrder { rev: Some(won.order.rev), ..second };
    let cancelled = orders::change(&boris, made.order.id, &again).await.unwrap();
    assert_eq!((cancelled.order.status, cancelled.order.rev), (OrderStatus::Cancelled, 3));
    let free = ChangeOrder { title: Some("Без ревизии".into()), ..Default::default() };
    assert_eq!(orders::change(&anna, made.order.id, &free).await.unwrap().order.rev, 4);
}

#[tokio::test]
async fn of_many_at_the_same_moment_exactly_one_wins() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let client = contact(&anna, "Марина", "").await;
    let made = order(&anna, client.id).await;
    let tasks = (0..12).map(|n| {
        let (anna, id) = (anna.clone(), made.order.id);
        let change = ChangeOrder { title: Some(format!("Правка {n}")), rev: Some(1), ..Default::default() };
        tokio::spawn(async move { orders::change(&anna, id, &change).await })
    });
    let (mut won, mut told) = (Vec::new(), 0);
    for done in futures::future::join_all(tasks).await {
        match done.unwrap() {
            Ok(card) => won.push(card.order.title),
            Err(error) => {
                assert!(error.is(ErrorCode::Stale), "{error}");
                told += 1;
            }
        }
    }
    let now = orders::get(&anna, made.order.id).await.unwrap();
    assert_eq!((won.len(), told), (1, 11));
    assert_eq!((now.order.title.as_str(), now.order.rev), (won[0].as_str(), 2));
}

#[tokio::test]
async fn work_goes_only_to_active_members_who_may_do_it() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let oleg = t.member(&anna, "oleg", Role::Technician).await;
    let quality = t.member(&anna, "vera", Role::Quality).await;
    let stranger = t.owner("stranger").await;
    let client = contact(&anna, "Марина", "").await;
    let made = order(&anna, client.id).await;
    let give = |to: String| ChangeOrder { assignee_id: Some(to), ..Default::default() };
    let to = |user: Option<UserId>| give(user.unwrap().to_string());

    let given = orders::change(&anna, made.order.id, &to(oleg.user())).await.unwrap();
    assert_eq!((given.order.assignee_id, given.order.assignee_name.as_deref()), (oleg.user(), Some("oleg")));
    assert_eq!(given.order.status, OrderStatus::New, "the status is a step of its own");
    assert_eq!(t.journal(anna.organisation, "order_assigned").await.len(), 1);
    for wrong in [to(quality.user()), to(stranger.user()), give("nobody".into())] {
        let refused = orders::change(&anna, made.order.id, &wrong).await;
        assert_eq!(code_and_field(refused), (ErrorCode::NotAllowed, "assignee_id".into()));
    }
    let taken = orders::change(&anna, made.order.id, &give(String::new())).await.unwrap();
    assert_eq!(taken.order.assignee_id, None);

    members::deactivate(&anna, oleg.user().unwrap(), None).await.unwrap();
    assert_eq!(code(orders::change(&anna, made.order.id, &to(oleg.user())).await), ErrorCode::NotAllowed);
    let input =
        NewOrder {
            assignee_id: oleg.user(), title: Some("Выезд".into()), ..crate::setup::form(client.id, vec![])
        };
    assert_eq!(code_and_field(orders::create(&anna, &input).await), (ErrorCode::NotAllowed, "assignee_id".into()));
}

#[tokio::test]
async fn comments_and_files_do_not_make_an_open_form_stale() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let oleg = t.member(&anna, "oleg", Role::Technician).await;
    let client = contact(&anna, "Марина", "").await;
    let input = NewOrder {
        comment: Some("Код домофона 12".into()),
        title: Some("Выезд".into()),
        ..crate::setup::form(client.id, vec![])
    };
    let made = orders::create(&anna, &input).await.unwrap();
    assert_eq!(made.comments[0].text, "Код домофона 12");
    let said = orders::comment(&oleg, made.order.id, "  Жду деталь ").await.unwrap();
    assert_eq!((said.text.as_str(), said.author_name.as_deref()), ("Жду деталь", Some("oleg")));
    assert_eq!(code(orders::comment(&oleg, made.order.id, " \n").await), ErrorCode::Required);
    let file = services::files::upload(&anna, "акт.txt", "Акт".as_bytes()).await.unwrap();
    orders::attach(&oleg, made.order.id, file.id).await.unwrap();
    let again = orders::attach(&oleg, made.order.id, file.id).await.unwrap();
    assert_eq!((again.files.len(), again.comments.len(), again.order.rev), (1, 2, 1));
    let change = ChangeOrder { title: Some("Выезд 2".into()), rev: Some(1), ..Default::default() };
    orders::change(&anna, made.order.id, &change).await.unwrap();
}
