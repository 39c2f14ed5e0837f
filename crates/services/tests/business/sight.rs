//! What a member sees who does not see everything: by every door of the services, and nothing of others.

use crate::common::{self, TestApp, code};
use crate::setup::{chat, connection, order, person};
use domain::access::{Role, Visibility};
use domain::ids::*;
use domain::views::*;
use services::accounts::{me, members};
use services::{Cx, ErrorCode, chats, contacts, dashboard, files, live, orders, reviews, rules};

/// A seller with a client, a chat and an order of their own.
struct Seller {
    cx: Cx,
    contact: ContactId,
    chat: ChatId,
    order: OrderId,
}

async fn place(owner: &Cx, user: UserId, visibility: Visibility, team: &str) {
    let place = MemberPlace { visibility, team: team.into(), capacity: None };
    members::place(owner, user, &place).await.unwrap();
}

async fn seller(t: &TestApp, owner: &Cx, link: ConnectionId, name: &str, phone: &str) -> Seller {
    let cx = t.member(owner, name, Role::Seller).await;
    let (contact, chat) = chat(owner, link, &person(None, Some(phone), name)).await;
    let order = order(owner, contact).await.order.id;
    let user_id = cx.user();
    chats::change(owner, chat, ChatChange::Assign { user_id }).await.unwrap();
    let to = ChangeOrder { assignee_id: user_id.map(|id| id.to_string()), ..Default::default() };
    orders::change(owner, order, &to).await.unwrap();
    Seller { cx, contact, chat, order }
}

/// Everything of the other is looked for by its id.
async fn hidden(cx: &Cx, other: &Seller, file: FileId, run: RunId) {
    let is = ErrorCode::NotFound;
    assert_eq!(code(chats::get(cx, other.chat).await), is);
    assert_eq!(code(chats::older(cx, other.chat, None).await), is);
    let text = SendMessage { text: Some("а".into()), ..Default::default() };
    assert_eq!(code(chats::send(cx, other.chat, text.clone()).await), is);
    assert_eq!(code(chats::change(cx, other.chat, ChatChange::Seen).await), is);
    assert_eq!(code(chats::change(cx, other.chat, ChatChange::Assign { user_id: cx.user() }).await), is);
    let note = WriteNote { text: "а".into(), ..Default::default() };
    assert_eq!(code(chats::write_note(cx, other.chat, &note).await), is);
    assert_eq!(code(chats::looking(cx, other.chat, false).await), is);
    let later = SaveLater { message: text, send_at: cx.now + 60_000, unless_answered: false, rev: None };
    assert_eq!(code(chats::later::plan(cx, other.chat, &later).await), is);
    assert_eq!(code(chats::later::list(cx, other.chat).await), is);
    assert_eq!(code(orders::get(cx, other.order).await), is);
    assert_eq!(code(orders::change(cx, other.order, &ChangeOrder::default()).await), is);
    assert_eq!(code(orders::comment(cx, other.order, "а").await), is);
    assert_eq!(code(orders::attach(cx, other.order, file).await), is);
    let new = NewOrder { contact_id: Some(other.contact), title: Some("а".into()), ..Default::default() };
    assert_eq!(code(orders::create(cx, &new).await), is);
    assert_eq!(code(orders::create(cx, &NewOrder { chat_id: Some(other.chat), ..new }).await), is);
    assert_eq!(code(contacts::get(cx, other.contact).await), is);
    assert_eq!(code(contacts::update(cx, other.contact, &SaveContact::default()).await), is);
    assert_eq!(code(contacts::tags::get(cx, other.contact).await), is);
    assert_eq!(code(contacts::tags::set(cx, other.contact, &[]).await), is);
    assert_eq!(code(contacts::custom::get(cx, other.contact).await), is);
    assert_eq!(code(contacts::custom::set(cx, other.contact, &ContactFields::default()).await), is);
    assert_eq!(code(files::open(cx, file).await), is);
    assert_eq!(code(rules::run(cx, run).await), is);
    assert_eq!(code(rules::run_desk(cx, run).await), is);
    let runs = rules::runs(cx, &RunFilter::default()).await.unwrap().items;
    assert!(runs.iter().all(|one| one.id != run));
}

/// What the lists show: clients, chats, orders.
async fn lists(cx: &Cx) -> (Vec<ContactId>, Vec<ChatId>, Vec<OrderId>) {
    let chats = ChatFilter { r#box: Some(ChatBox::All), ..Default::default() };
    let mut found = (
        contacts::list(cx, &ListFilter::default()).await.unwrap().items.iter().map(|c| c.id).collect::<Vec<_>>(),
        chats::list(cx, chats).await.unwrap().items.iter().map(|c| c.id).collect::<Vec<_>>(),
        orders::list(cx, &OrderFilter::default()).await.unwrap().items.iter().map(|o| o.id).collect::<Vec<_>>(),
    );
    found.0.sort();
    found.1.sort();
    found.2.sort();
    found
}

#[tokio::test]
async fn own_and_free_or_the_teams_and_nothing_of_others() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let draft = serde_json::json!({"v": 1, "trigger": {"event": "order.assigned"}, "when": {"is": "all", "of": []},
        "then": [{"act": {"do": "add_tag", "tag": "занят"}}]});
    let rule = SaveRule { name: Some("Правило".into()), draft: Some(draft), ..Default::default() };
    let rule = rules::create(&anna, &rule).await.unwrap().rule.id;
    rules::publish(&anna, rule, &PublishRule::default()).await.unwrap();
    let link = connection(&anna).await;
    let boris = seller(&t, &anna, link, "boris", "+79132041855").await;
    let vera = seller(&t, &anna, link, "vera", "+79132041856").await;
    let (free, free_chat) = chat(&anna, link, &person(None, Some("+79132041857"), "Свободный")).await;
    let file = files::upload(&anna, "акт.txt", "Акт".as_bytes()).await.unwrap().id;
    orders::attach(&anna, vera.order, file).await.unwrap();
    let runs = rules::runs(&anna, &RunFilter::default()).await.unwrap().items;
    let run = runs.iter().find(|run| run.order_id == Some(vera.order)).unwrap().id;

    // Everybody sees everything until somebody says otherwise.
    assert_eq!(lists(&boris.cx).await.1.len(), 3);
    place(&anna, boris.cx.user().unwrap(), Visibility::Own, "").await;
    let cx = t.again(&boris.cx).await;
    hidden(&cx, &vera, file, run).await;
    assert_eq!(lists(&cx).await, (sorted([boris.contact, free]), sorted([boris.chat, free_chat]), vec![boris.order]));
    assert_eq!(chats::counts(&cx).await.unwrap().unanswered, 2);
    assert_eq!(me(&cx).await.unwrap().open_orders, 1);
    let board = orders::board(&cx, &OrderFilter::default()).await.unwrap();
    assert_eq!(board.iter().map(|lane| lane.count).sum::<i64>(), 1);
    assert_eq!(dashboard::dashboard(&cx).await.unwrap().orders_today.value, 1);
    assert_eq!(reviews::invitations(&cx, &InvitationFilter::default()).await.unwrap().items.len(), 0);
    // Search finds no more than the list shows, and neither does what rules know.
    let search = ChatFilter { r#box: Some(ChatBox::All), q: Some("vera".into()), ..Default::default() };
    assert!(chats::list(&cx, search).await.unwrap().items.is_empty());
    assert!(rules::recent(&cx, "order.assigned").await.unwrap().is_empty());
    assert_eq!(code(rules::facts_of(&cx, "order.created", &vera.order.to_string()).await), ErrorCode::Forbidden);
    // Nor does the live stream say whose.
    let hints = live::replay(&t.app, cx.sight(), 0).await.unwrap().unwrap();
    assert!(!hints.is_empty() && hints.iter().all(|hint| hint.id.is_empty() || hint.topic == "me"));
    // What is theirs can be worked with.
    chats::change(&cx, boris.chat, ChatChange::NoAnswerNeeded).await.unwrap();
    orders::comment(&cx, boris.order, "Позвонить").await.unwrap();

    // Their team's too, once there is one.
    place(&anna, boris.cx.user().unwrap(), Visibility::Team, "Север").await;
    let cx = t.again(&boris.cx).await;
    hidden(&cx, &vera, file, run).await;
    place(&anna, vera.cx.user().unwrap(), Visibility::All, "Север").await;
    assert_eq!(chats::get(&cx, vera.chat).await.unwrap().chat.id, vera.chat);
    assert_eq!(lists(&cx).await.2, sorted([boris.order, vera.order]));
    files::open(&cx, file).await.unwrap();
    rules::run(&cx, run).await.unwrap();
    assert!(rules::recent(&cx, "order.assigned").await.unwrap().is_empty(), "not in parts");
}

#[tokio::test]
async fn owners_and_quality_control_see_everything_and_a_team_needs_a_name() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let link = connection(&anna).await;
    let vera = seller(&t, &anna, link, "vera", "+79132041856").await;
    let quality = t.member(&anna, "olga", Role::Quality).await;
    place(&anna, quality.user().unwrap(), Visibility::Own, "").await;
    assert_eq!(chats::get(&t.again(&quality).await, vera.chat).await.unwrap().chat.id, vera.chat);
    let nameless = MemberPlace { visibility: Visibility::Team, team: " ".into(), capacity: None };
    let refused = members::place(&anna, vera.cx.user().unwrap(), &nameless).await;
    assert_eq!(common::code_and_field(refused), (ErrorCode::Required, "team".into()));
    let refused = members::place(&vera.cx, vera.cx.user().unwrap(), &nameless).await;
    assert_eq!(code(refused), ErrorCode::Forbidden);
}

fn sorted<T: Ord>(ids: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut ids: Vec<T> = ids.into_iter().collect();
    ids.sort();
    ids
}
