//! A team on one inbox: who gets which chat and why, chats set aside and quiet ones, notes, messages for later, who is looking.

use crate::common::{self, TestApp, code, code_and_field};
use crate::setup::{chat, connection, person};
use domain::access::{Presence, Role, Visibility};
use domain::channel::ChannelEvent;
use domain::chats::{Channel, ChatStatus, MessageKind};
use domain::ids::*;
use domain::routing::{Routing, RoutingMode, RoutingReason, Verdict};
use domain::views::*;
use serde_json::{Value as Json, json};
use services::accounts::{members, organisation};
use services::{Cx, ErrorCode, chats};

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;

pub async fn routed(cx: &Cx, routing: Routing) {
    let view = organisation::view(cx).await.unwrap();
    let mut settings: OrganisationSettings = serde_json::from_value(view.settings).unwrap();
    settings.routing = routing;
    let (name, time_zone, currency, rev) = (view.name, view.time_zone, view.currency, view.rev);
    organisation::update(cx, OrganisationInput { name, time_zone, currency, settings, rev }).await.unwrap();
}

async fn seller(t: &TestApp, owner: &Cx, name: &str, capacity: i64) -> Cx {
    let cx = t.member(owner, name, Role::Seller).await;
    let place = MemberPlace { visibility: Visibility::All, team: String::new(), capacity: Some(capacity) };
    members::place(owner, cx.user().unwrap(), &place).await.unwrap();
    members::set_presence(&cx, Presence::Offline).await.unwrap();
    cx
}

async fn owner_on_break(t: &TestApp) -> (Cx, ConnectionId) {
    let anna = t.owner("anna").await;
    members::set_presence(&anna, Presence::Break).await.unwrap();
    let link = connection(&anna).await;
    (anna, link)
}

pub async fn waiting(anna: &Cx, link: ConnectionId, n: u32) -> ChatId {
    chat(anna, link, &person(None, Some(&format!("+7913204{n:04}")), &format!("Клиент {n}"))).await.1
}

/// The client of a chat writes, as their messenger tells it.
pub async fn writes(t: &TestApp, cx: &Cx, link: ConnectionId, n: u32, id: &str) {
    let connected = t.app.connections.by_id(&t.app, cx.organisation, link).await.unwrap().unwrap();
    let mut work = t.again(cx).await.work().await.unwrap();
    let from = person(None, Some(&format!("+7913204{n:04}")), "");
    let event = ChannelEvent::Message {
        from,
        external_id: id.into(),
        at_ms: work.now,
        kind: MessageKind::Text,
        text: "Добрый день".into(),
        file: None,
        reply_to: None,
        meta: json!({}),
    };
    chats::inbound::apply(&mut work, &connected, Channel::Whatsapp, event).await.unwrap();
    work.commit().await.unwrap();
}

async fn view(cx: &Cx, id: ChatId) -> ChatView {
    chats::get(cx, id).await.unwrap().chat
}

/// The newest line of a thread with this code.
async fn line(cx: &Cx, id: ChatId, code: &str) -> Json {
    let messages = chats::get(cx, id).await.unwrap().messages;
    let found = messages.into_iter().rev().find(|m| m.kind == MessageKind::Notice && m.text == code);
    found.unwrap_or_else(|| panic!("no line {code}")).meta
}

#[tokio::test]
async fn chats_are_given_in_turn_to_who_is_there_and_say_why() {
    let t = common::app().await;
    let (anna, link) = owner_on_break(&t).await;
    routed(&anna, Routing { mode: RoutingMode::Equal, ..Routing::default() }).await;
    let (boris, vera) = (seller(&t, &anna, "boris", 2).await, seller(&t, &anna, "vera", 5).await);
    let mut ids = Vec::new();
    for n in 0..6 {
        t.advance(1_000);
        ids.push(waiting(&t.again(&anna).await, link, n).await);
    }
    // Nobody is on shift: everything waits.
    assert_eq!(chats::give_out(&t.app).await.unwrap(), 0);
    members::set_presence(&boris, Presence::Active).await.unwrap();
    assert_eq!(chats::give_out(&t.app).await.unwrap(), 2, "as many as he takes");
    members::set_presence(&vera, Presence::Active).await.unwrap();
    assert_eq!(chats::give_out(&t.app).await.unwrap(), 4);
    let mut whose = Vec::new();
    for id in &ids {
        whose.push(view(&anna, *id).await.assignee_id);
    }
    assert_eq!(whose, [[boris.user(); 2].as_slice(), &[vera.user(); 4]].concat());
    let why = line(&anna, ids[2], "chat_routed").await;
    assert_eq!(why["decision"]["reason"], "turn");
    let verdicts = |why: &Json| -> Vec<(String, String)> {
        let all = why["decision"]["considered"].as_array().unwrap().iter();
        all.map(|c| (c["name"].as_str().unwrap().into(), c["verdict"].as_str().unwrap().into())).collect()
    };
    let expected = [("vera", "chosen"), ("anna", "away"), ("boris", "full")].map(|(a, b)| (a.to_owned(), b.to_owned()));
    assert_eq!(verdicts(&why), expected);

    // One is closed, so there is room; the queue drains by itself, the longest waiting first.
    chats::change(&boris, ids[0], ChatChange::Status { status: ChatStatus::Closed }).await.unwrap();
    let next = waiting(&t.again(&anna).await, link, 7).await;
    chats::give_out(&t.app).await.unwrap();
    assert_eq!(view(&anna, next).await.assignee_id, boris.user(), "his turn, and he has room");
}

#[tokio::test]
async fn a_client_who_comes_back_stays_with_their_member_or_goes_into_the_line() {
    let t = common::app().await;
    let (anna, link) = owner_on_break(&t).await;
    routed(&anna, Routing { mode: RoutingMode::Load, ..Routing::default() }).await;
    let (boris, vera) = (seller(&t, &anna, "boris", 5).await, seller(&t, &anna, "vera", 5).await);
    members::set_presence(&boris, Presence::Active).await.unwrap();
    let id = waiting(&anna, link, 1).await;
    chats::give_out(&t.app).await.unwrap();
    chats::change(&boris, id, ChatChange::Status { status: ChatStatus::Closed }).await.unwrap();
    writes(&t, &anna, link, 1, "wamid.1").await;
    assert_eq!(view(&anna, id).await.assignee_id, boris.user());
    assert_eq!(line(&anna, id, "chat_kept").await["decision"]["reason"], "returning");

    chats::change(&boris, id, ChatChange::Status { status: ChatStatus::Closed }).await.unwrap();
    members::set_presence(&boris, Presence::Offline).await.unwrap();
    writes(&t, &anna, link, 1, "wamid.2").await;
    assert_eq!(view(&anna, id).await.assignee_id, None);
    assert_eq!(line(&anna, id, "chat_let_go").await["name"], "boris");
    members::set_presence(&vera, Presence::Active).await.unwrap();
    chats::give_out(&t.app).await.unwrap();
    assert_eq!(view(&anna, id).await.assignee_id, vera.user());
    assert_eq!(line(&anna, id, "chat_routed").await["decision"]["reason"], "load");
}

#[tokio::test]
async fn an_open_chat_of_who_has_gone_home_goes_to_who_is_there() {
    let t = common::app().await;
    let (anna, link) = owner_on_break(&t).await;
    routed(&anna, Routing { mode: RoutingMode::Equal, ..Routing::default() }).await;
    let (boris, vera) = (seller(&t, &anna, "boris", 5).await, seller(&t, &anna, "vera", 5).await);
    members::set_presence(&boris, Presence::Active).await.unwrap();
    let id = waiting(&anna, link, 1).await;
    let why = chats::get(&anna, id).await.unwrap().nobodys;
    assert_eq!(why, None, "it is just being given out");
    chats::give_out(&t.app).await.unwrap();
    let answered = async || chats::change(&boris, id, ChatChange::NoAnswerNeeded).await.unwrap();

    // On a break, or gone while nobody else is there: it stays.
    for (presence, message) in [(Presence::Break, "wamid.1"), (Presence::Offline, "wamid.2")] {
        answered().await;
        members::set_presence(&boris, presence).await.unwrap();
        writes(&t, &anna, link, 1, message).await;
        assert_eq!(view(&anna, id).await.assignee_id, boris.user(), "{presence:?}");
    }
    members::set_presence(&vera, Presence::Active).await.unwrap();
    writes(&t, &anna, link, 1, "wamid.3").await;
    assert_eq!(view(&anna, id).await.assignee_id, boris.user(), "what waits already is nobody's business");
    answered().await;
    writes(&t, &anna, link, 1, "wamid.4").await;
    let left = line(&anna, id, "chat_let_go").await;
    assert_eq!(
        (&left["decision"]["reason"], &left["decision"]["considered"][0]["verdict"]),
        (&json!("left"), &json!("away"))
    );
    chats::give_out(&t.app).await.unwrap();
    assert_eq!(view(&anna, id).await.assignee_id, vera.user());
}

#[tokio::test]
async fn every_assignment_says_why_and_so_does_a_chat_nobody_has() {
    let t = common::app().await;
    let (anna, link) = owner_on_break(&t).await;
    let boris = seller(&t, &anna, "boris", 1).await;
    let id = waiting(&anna, link, 1).await;
    let why = async |id| chats::get(&anna, id).await.unwrap().nobodys.map(|decision| decision.reason);
    assert_eq!(why(id).await, Some(RoutingReason::First));
    routed(&anna, Routing { mode: RoutingMode::Hand, ..Routing::default() }).await;
    assert_eq!(why(id).await, Some(RoutingReason::Hand));
    chats::change(&anna, id, ChatChange::Assign { user_id: boris.user() }).await.unwrap();
    assert_eq!(why(id).await, None);
    assert_eq!(line(&anna, id, "chat_assigned").await["decision"]["reason"], "hand");

    routed(&anna, Routing { mode: RoutingMode::Equal, ..Routing::default() }).await;
    members::set_presence(&boris, Presence::Active).await.unwrap();
    let second = waiting(&anna, link, 2).await;
    let decision = chats::get(&anna, second).await.unwrap().nobodys.unwrap();
    let full = decision.considered.iter().any(|c| c.name == "boris" && c.verdict == Verdict::Full);
    assert!(decision.reason == RoutingReason::Nobody && full, "{decision:?}");

    members::deactivate(&anna, boris.user().unwrap(), anna.user()).await.unwrap();
    assert_eq!(view(&anna, id).await.assignee_id, anna.user());
    let handed = line(&anna, id, "chat_assigned").await;
    assert_eq!((&handed["decision"]["reason"], &handed["name"]), (&json!("handed_over"), &json!("anna")));
}

#[tokio::test]
async fn a_client_is_shown_that_somebody_writes_while_they_can_be_answered() {
    let t = common::app().await;
    let (anna, link) = owner_on_break(&t).await;
    let id = waiting(&anna, link, 1).await;
    writes(&t, &anna, link, 1, "wamid.1").await;
    let shown = async |cx: &Cx| {
        let filter = JournalFilter { kind: Some("mark_read".into()), ..Default::default() };
        services::pipeline::manage::jobs(cx, filter).await.unwrap().items.len()
    };
    chats::looking(&anna, id, false).await.unwrap();
    assert_eq!(shown(&anna).await, 0);
    for (after, count) in [(0, 1), (5_000, 1), (20_000, 2)] {
        t.advance(after);
        let cx = t.again(&anna).await;
        chats::looking(&cx, id, true).await.unwrap();
        assert_eq!(shown(&cx).await, count, "once in twenty seconds");
    }
    t.advance(60_000);
    let cx = t.again(&anna).await;
    let pulled = PullStop { scope: StopScope::Connection, target: link.to_string(), why: String::new() };
    let stop = services::stops::pull(&cx, &pulled).await.unwrap();
    chats::looking(&cx, id, true).await.unwrap();
    assert_eq!(shown(&cx).await, 2, "nothing reaches clients while it is stopped");
    services::stops::lift(&cx, stop.id, true).await.unwrap();
    t.advance(25 * HOUR);
    let cx = t.again(&anna).await;
    chats::looking(&cx, id, true).await.unwrap();
    assert_eq!(shown(&cx).await, 2, "the window is closed");
}

#[tokio::test]
async fn by_hand_nobody_takes_a_chat_by_answering() {
    let t = common::app().await;
    let (anna, link) = owner_on_break(&t).await;
    let answer = SendMessage { text: Some("Здравствуйте".into()), ..Default::default() };
    let id = waiting(&anna, link, 1).await;
    chats::send(&anna, id, answer.clone()).await.unwrap();
    assert_eq!(view(&anna, id).await.assignee_id, anna.user(), "the first to answer");
    routed(&anna, Routing { mode: RoutingMode::Hand, ..Routing::default() }).await;
    let other = waiting(&anna, link, 2).await;
    chats::send(&anna, other, answer).await.unwrap();
    assert_eq!(view(&anna, other).await.assignee_id, None);
}

#[tokio::test]
async fn a_chat_set_aside_comes_back_by_itself_or_when_the_client_writes() {
    let t = common::app().await;
    let (anna, link) = owner_on_break(&t).await;
    let id = waiting(&anna, link, 1).await;
    let until = anna.now + 2 * HOUR;
    let snooze = |until| ChatChange::Snooze { until };
    assert_eq!(code(chats::change(&anna, id, snooze(Some(anna.now))).await), ErrorCode::OutOfRange);
    chats::change(&anna, id, snooze(Some(until))).await.unwrap();
    let counts = chats::counts(&anna).await.unwrap();
    assert_eq!((counts.unanswered, counts.snoozed), (0, 1));
    let filter = |shelf| ChatFilter { r#box: Some(shelf), ..Default::default() };
    assert!(chats::list(&anna, filter(ChatBox::Unanswered)).await.unwrap().items.is_empty());
    assert_eq!(chats::list(&anna, filter(ChatBox::Snoozed)).await.unwrap().items.len(), 1);
    assert_eq!(chats::wake(&t.app).await.unwrap(), 0);
    t.advance(2 * HOUR);
    assert_eq!(chats::wake(&t.app).await.unwrap(), 1);
    assert_eq!(chats::counts(&anna).await.unwrap().unanswered, 1);
    line(&anna, id, "chat_woken").await;

    let cx = t.again(&anna).await;
    chats::change(&cx, id, snooze(Some(cx.now + DAY))).await.unwrap();
    writes(&t, &anna, link, 1, "wamid.1").await;
    assert_eq!(view(&anna, id).await.snoozed_until, None);
}

#[tokio::test]
async fn quiet_chats_are_closed_when_the_settings_say_so() {
    let t = common::app().await;
    let (anna, link) = owner_on_break(&t).await;
    let (quiet, waits) = (waiting(&anna, link, 1).await, waiting(&anna, link, 2).await);
    chats::change(&anna, quiet, ChatChange::NoAnswerNeeded).await.unwrap();
    t.advance(8 * DAY);
    assert_eq!(chats::tidy(&t.app).await.unwrap(), 0, "off by default");
    routed(&anna, Routing { close_after_days: 7, ..Routing::default() }).await;
    assert_eq!(chats::tidy(&t.app).await.unwrap(), 1);
    assert_eq!(view(&anna, quiet).await.status, ChatStatus::Closed);
    assert_eq!(view(&anna, waits).await.status, ChatStatus::Active, "somebody waits there");
}

#[tokio::test]
async fn a_note_calls_who_is_named_and_only_who_can_come() {
    let t = common::app().await;
    let (anna, link) = owner_on_break(&t).await;
    let boris = seller(&t, &anna, "boris", 5).await;
    let id = waiting(&anna, link, 1).await;
    chats::change(&anna, id, ChatChange::Assign { user_id: anna.user() }).await.unwrap();
    let note = WriteNote { text: "Уточни цену".into(), mentions: vec![boris.user().unwrap()] };
    chats::write_note(&anna, id, &note).await.unwrap();
    let named = ChatFilter { r#box: Some(ChatBox::Mentions), ..Default::default() };
    assert_eq!(chats::counts(&boris).await.unwrap().mentions, 1);
    assert_eq!(chats::list(&boris, named.clone()).await.unwrap().items[0].id, id);
    assert_eq!(chats::counts(&anna).await.unwrap().mentions, 0);
    // The client still waits, and what they read is untouched.
    assert!(view(&anna, id).await.waiting_since.is_some());
    assert_ne!(view(&anna, id).await.preview, "Уточни цену");
    chats::change(&boris, id, ChatChange::Seen).await.unwrap();
    assert_eq!(chats::counts(&boris).await.unwrap().mentions, 0);
    assert!(chats::list(&boris, named).await.unwrap().items.is_empty());

    let place = MemberPlace { visibility: Visibility::Own, team: String::new(), capacity: None };
    members::place(&anna, boris.user().unwrap(), &place).await.unwrap();
    assert_eq!(code_and_field(chats::write_note(&anna, id, &note).await), (ErrorCode::NotAllowed, "mentions".into()));
    let empty = WriteNote::default();
    assert_eq!(code_and_field(chats::write_note(&anna, id, &empty).await), (ErrorCode::Required, "text".into()));
}

fn later(cx: &Cx, text: &str, unless_answered: bool) -> SaveLater {
    let message = SendMessage { text: Some(text.into()), ..Default::default() };
    SaveLater { message, send_at: cx.now + HOUR, unless_answered, rev: None }
}

#[tokio::test]
async fn a_message_for_later_goes_out_once_in_its_time_and_can_be_changed_until_then() {
    let t = common::app().await;
    let (anna, link) = owner_on_break(&t).await;
    let id = waiting(&anna, link, 1).await;
    let planned = chats::later::plan(&anna, id, &later(&anna, "Напоминаю", false)).await.unwrap();
    let other = chats::later::plan(&anna, id, &later(&anna, "Лишнее", false)).await.unwrap();
    let changed = SaveLater { rev: Some(1), ..later(&anna, "Напоминаю о встрече", false) };
    chats::later::change(&anna, planned, &changed).await.unwrap();
    assert_eq!(code(chats::later::change(&anna, planned, &changed).await), ErrorCode::Stale);
    chats::later::cancel(&anna, other).await.unwrap();
    assert_eq!(code(chats::later::cancel(&anna, other).await), ErrorCode::Stale);
    assert_eq!(chats::later::send_due(&t.app).await.unwrap(), 0);
    t.advance(HOUR);
    assert_eq!(chats::later::send_due(&t.app).await.unwrap(), 1);
    assert_eq!(chats::later::send_due(&t.app).await.unwrap(), 0);
    let thread = chats::get(&anna, id).await.unwrap();
    let sent: Vec<_> = thread.messages.iter().filter(|m| m.author_id == anna.user() && m.job_id.is_some()).collect();
    assert_eq!(sent.iter().map(|m| m.text.as_str()).collect::<Vec<_>>(), ["Напоминаю о встрече"]);
    assert!(thread.later.is_empty() && thread.chat.waiting_since.is_none());
    let past = SaveLater { send_at: anna.now, ..later(&anna, "а", false) };
    assert_eq!(code_and_field(chats::later::plan(&anna, id, &past).await), (ErrorCode::OutOfRange, "send_at".into()));
}

#[tokio::test]
async fn what_was_for_silence_takes_itself_back_and_what_cannot_go_says_so() {
    let t = common::app().await;
    let (anna, link) = owner_on_break(&t).await;
    let boris = seller(&t, &anna, "boris", 5).await;
    let id = waiting(&anna, link, 1).await;
    chats::later::plan(&anna, id, &later(&anna, "Вы ещё думаете?", true)).await.unwrap();
    let late = SaveLater { send_at: anna.now + 30 * HOUR, ..later(&anna, "После окна", false) };
    chats::later::plan(&anna, id, &late).await.unwrap();
    let his = SaveLater { send_at: anna.now + 2 * HOUR, ..later(&boris, "От Бориса", false) };
    chats::later::plan(&boris, id, &his).await.unwrap();
    writes(&t, &anna, link, 1, "wamid.1").await;
    assert_eq!(line(&anna, id, "later_cancelled").await["count"], 1);
    // What somebody planned who may not any more is not sent in their name.
    members::deactivate(&anna, boris.user().unwrap(), None).await.unwrap();
    t.advance(30 * HOUR);
    assert_eq!(chats::later::send_due(&t.app).await.unwrap(), 2);
    let thread = chats::get(&anna, id).await.unwrap();
    let failed: Vec<_> = thread.later.iter().map(|l| (l.state, l.code.as_str())).collect();
    assert_eq!(failed, [(LaterState::Failed, "deactivated"), (LaterState::Failed, "window_closed")]);
    assert!(thread.messages.iter().all(|m| m.job_id.is_none()));
}

#[tokio::test]
async fn one_that_breaks_the_program_keeps_no_other_waiting() {
    let t = common::app().await;
    let (anna, link) = owner_on_break(&t).await;
    let (bad, good) = (waiting(&anna, link, 1).await, waiting(&anna, link, 2).await);
    let soon = |ms, text| SaveLater { send_at: anna.now + ms, ..later(&anna, text, false) };
    let broken = chats::later::plan(&anna, bad, &soon(1_000, "Сломанное")).await.unwrap();
    chats::later::plan(&anna, bad, &soon(2_000, "Бум")).await.unwrap();
    chats::later::plan(&anna, good, &soon(3_000, "Хорошее")).await.unwrap();
    t.sql(&format!("UPDATE later_messages SET body = '{{\"text\": 5}}' WHERE id = '{broken}'")).await;
    t.sql(match t.app.db.engine() {
        store::Engine::Sqlite => {
            "CREATE TRIGGER boom BEFORE INSERT ON messages WHEN NEW.text = 'Бум' BEGIN SELECT RAISE(ABORT, 'boom'); END"
        }
        store::Engine::Postgres => {
            "CREATE FUNCTION boom() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'boom'; END $$;
             CREATE TRIGGER boom BEFORE INSERT ON messages FOR EACH ROW WHEN (NEW.text = 'Бум') EXECUTE FUNCTION boom()"
        }
    })
    .await;
    t.advance(10_000);
    assert_eq!(chats::later::send_due(&t.app).await.unwrap(), 3);
    let thread = chats::get(&anna, good).await.unwrap();
    assert!(thread.later.is_empty() && thread.messages.iter().any(|m| m.text == "Хорошее"), "{thread:?}");
    // The member is told, and may try it once more.
    t.sql(&format!("UPDATE later_messages SET body = '{{\"text\": \"Сломанное\"}}' WHERE id = '{broken}'")).await;
    let thread = chats::get(&anna, bad).await.unwrap();
    let failed: Vec<_> = thread.later.iter().map(|l| (l.state, l.code.as_str())).collect();
    assert_eq!(failed, [(LaterState::Failed, "internal"), (LaterState::Failed, "internal")]);
    assert_eq!(t.journal(anna.organisation, "message_plan_failed").await.len(), 2);
    assert_eq!(chats::later::send_due(&t.app).await.unwrap(), 0);
}

#[tokio::test]
async fn colleagues_see_each_other_at_a_chat_and_do_not_answer_twice() {
    let t = common::app().await;
    let (anna, link) = owner_on_break(&t).await;
    let boris = seller(&t, &anna, "boris", 5).await;
    let id = waiting(&anna, link, 1).await;
    assert!(chats::looking(&anna, id, false).await.unwrap().is_empty());
    let from = t.live_rev().await;
    let seen = chats::looking(&boris, id, true).await.unwrap();
    assert_eq!(seen.iter().map(|v| (v.name.as_str(), v.typing)).collect::<Vec<_>>(), [("anna", false)]);
    let seen = chats::looking(&anna, id, false).await.unwrap();
    assert_eq!(seen.iter().map(|v| (v.name.as_str(), v.typing)).collect::<Vec<_>>(), [("boris", true)]);
    // Told once: who only goes on looking or writing changes nothing.
    chats::looking(&boris, id, true).await.unwrap();
    let told: Vec<_> = t.hints(anna.organisation, from).await.into_iter().filter(|h| h.0 == "viewers").collect();
    assert_eq!(told.len(), 1);
    let quality = t.member(&anna, "olga", Role::Quality).await;
    assert_eq!(chats::looking(&quality, id, false).await.unwrap().len(), 2);
    assert_eq!(chats::looking(&anna, id, false).await.unwrap().len(), 1, "quality control leaves no traces");
    t.advance(60_000);
    assert!(chats::looking(&t.again(&anna).await, id, false).await.unwrap().is_empty(), "silence is leaving");

    let newest = chats::get(&anna, id).await.unwrap().messages.last().unwrap().id;
    let answer = SendMessage { text: Some("Сейчас".into()), after: Some(newest), ..Default::default() };
    let cx = t.again(&boris).await;
    chats::send(&cx, id, answer.clone()).await.unwrap();
    let refused = chats::send(&t.again(&anna).await, id, answer.clone()).await.unwrap_err().into_api();
    assert_eq!((refused.code, refused.args["name"].as_str()), (ErrorCode::AnsweredMeanwhile, "boris"));
    chats::send(&cx, id, answer.clone()).await.unwrap();
    chats::send(&t.again(&anna).await, id, SendMessage { after: None, ..answer }).await.unwrap();
}
