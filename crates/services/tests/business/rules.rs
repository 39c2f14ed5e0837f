//! Rules under a moved clock: waits, chats nobody answers, the ceiling, examples from life, the time machine.

use crate::common::{self, TestApp, code_and_field};
use crate::setup::{chat, connection, contact, form, line, order, person};
use domain::ids::*;
use domain::orders::OrderStatus;
use domain::views::*;
use serde_json::{Value as Json, json};
use services::{Cx, ErrorCode, orders, rules};

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;

pub fn draft(event: &str, when: Json, then: Json) -> Json {
    json!({"v": 1, "trigger": {"event": event}, "when": {"is": "all", "of": when}, "then": then})
}

fn comment(text: &str) -> Json {
    json!({"act": {"do": "comment", "text": text}})
}

async fn made(cx: &Cx, name: &str, draft: Json) -> RuleId {
    let input = SaveRule { name: Some(name.into()), draft: Some(draft), ..Default::default() };
    rules::create(cx, &input).await.unwrap().rule.id
}

pub async fn published(cx: &Cx, name: &str, draft: Json) -> RuleId {
    let id = made(cx, name, draft).await;
    rules::publish(cx, id, &PublishRule::default()).await.unwrap();
    id
}

/// Outcomes and notes of a rule, oldest first.
async fn outcomes(cx: &Cx, rule: RuleId) -> Vec<(RunOutcome, String)> {
    let filter = RunFilter { rule_id: Some(rule), limit: Some(200), ..Default::default() };
    let runs = rules::runs(cx, &filter).await.unwrap().items;
    runs.into_iter().rev().map(|run| (run.outcome, run.note)).collect()
}

async fn comments(cx: &Cx, order: OrderId) -> Vec<String> {
    orders::get(cx, order).await.unwrap().comments.into_iter().map(|comment| comment.text).collect()
}

/// Lets everything that waits for the clock go on.
async fn go_on(t: &TestApp) {
    while rules::run_due(&t.app).await.unwrap() > 0 {}
}

#[tokio::test]
async fn delays_come_when_they_should_even_if_the_clock_went_back() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let later = json!({"after": {"is": "minutes", "minutes": 60}, "act": {"do": "comment", "text": "Через час"}});
    let rule = published(&anna, "Час", draft("order.created", json!([]), json!([comment("Сразу"), later]))).await;
    let client = contact(&anna, "Марина", "").await;
    let made = order(&anna, client.id).await.order.id;
    assert_eq!(outcomes(&anna, rule).await, [(RunOutcome::Waiting, String::new())]);
    t.advance(-HOUR);
    go_on(&t).await;
    t.advance(HOUR + 59 * MINUTE);
    go_on(&t).await;
    assert_eq!(comments(&anna, made).await, ["Сразу"]);
    t.advance(2 * MINUTE);
    go_on(&t).await;
    go_on(&t).await;
    assert_eq!(comments(&anna, made).await, ["Сразу", "Через час"]);
    assert_eq!(outcomes(&anna, rule).await, [(RunOutcome::Done, String::new())]);
}

#[tokio::test]
async fn what_waits_for_working_hours_comes_on_monday_at_nine_or_when_the_organisation_says() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let morning = json!({"after": {"is": "in_hours", "minutes": 0}, "act": {"do": "comment", "text": "Доброе утро"}});
    published(&anna, "Утро", draft("order.created", json!([]), json!([morning]))).await;
    let client = contact(&anna, "Марина", "").await;
    let first = order(&anna, client.id).await.order.id;
    // It is Saturday, 19:00 in Novosibirsk; Monday, 09:00 is 38 hours away.
    t.advance(38 * HOUR - MINUTE);
    go_on(&t).await;
    assert!(comments(&anna, first).await.is_empty());
    t.advance(MINUTE);
    go_on(&t).await;
    assert_eq!(comments(&anna, first).await, ["Доброе утро"]);
    // Whoever works from noon gets it at noon.
    let anna = t.again(&anna).await;
    let organisation = services::accounts::organisation::view(&anna).await.unwrap();
    let mut settings: OrganisationSettings = serde_json::from_value(organisation.settings).unwrap();
    settings.hours = WorkingHours([Some((12 * 60, 20 * 60)); 7]);
    let input = OrganisationInput {
        name: organisation.name,
        time_zone: organisation.time_zone,
        currency: organisation.currency,
        settings,
        rev: organisation.rev,
    };
    services::accounts::organisation::update(&anna, input).await.unwrap();
    let second = order(&anna, client.id).await.order.id;
    t.advance(3 * HOUR - MINUTE);
    go_on(&t).await;
    assert!(comments(&anna, second).await.is_empty());
    t.advance(MINUTE);
    go_on(&t).await;
    assert_eq!(comments(&anna, second).await, ["Доброе утро"]);
}

#[tokio::test]
async fn what_waits_for_a_date_follows_it_when_it_is_changed() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let soon = json!({"after": {"is": "until", "field": "order.deadline_at", "shift_minutes": -60},
        "act": {"do": "comment", "text": "Через час срок"}});
    let when = json!([{"is": "test", "field": "order.status", "op": {"is": "equal", "value": "in_progress"}}]);
    let rule = published(&anna, "Срок", draft("order.status_changed", when, json!([soon]))).await;
    let client = contact(&anna, "Марина", "").await;
    let made = order(&anna, client.id).await.order.id;
    let to = |status| ChangeOrder { status: Some(status), ..Default::default() };
    let first = orders::change(&anna, made, &to(OrderStatus::InProgress)).await.unwrap().order.deadline_at.unwrap();
    let waits =
        async |cx: &Cx| rules::runs(cx, &RunFilter { rule_id: Some(rule), ..Default::default() }).await.unwrap().items;
    let waiting = |runs: &[RunView]| runs.iter().filter_map(|run| run.run_at).collect::<Vec<_>>();
    assert_eq!(waiting(&waits(&anna).await), [first - HOUR]);
    // Half an hour later the order is ready, and has another deadline; or none.
    t.advance(30 * MINUTE);
    let anna = t.again(&anna).await;
    let second = orders::change(&anna, made, &to(OrderStatus::Ready)).await.unwrap().order.deadline_at;
    let expected = second.map_or(first - HOUR, |second| second - HOUR);
    assert_eq!(waiting(&waits(&anna).await), [expected]);
    assert!(second.is_none_or(|second| second != first), "the deadline did change");
}

#[tokio::test]
async fn silence_ends_the_waiting_for_an_answer() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let link = connection(&anna).await;
    let wait = json!({"act": {"do": "wait_for_answer", "minutes": 60, "answered": [comment("Ответил")], "silent": [comment("Молчит")]}});
    published(&anna, "Ждать", draft("order.created", json!([]), json!([wait]))).await;
    let (_, talk) = chat(&anna, link, &person(Some("RU.1"), Some("+79132041855"), "Марина")).await;
    let new = NewOrder { chat_id: Some(talk), items: vec![line("Ремонт", 100, 1.0)], ..Default::default() };
    let silent = orders::create(&anna, &new).await.unwrap().order.id;
    t.advance(59 * MINUTE);
    go_on(&t).await;
    assert!(comments(&anna, silent).await.is_empty());
    t.advance(2 * MINUTE);
    go_on(&t).await;
    assert_eq!(comments(&anna, silent).await, ["Молчит"]);
}

#[tokio::test]
async fn a_chat_nobody_answers_is_looked_at_once_for_every_waiting() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let link = connection(&anna).await;
    // Had waited that long before the rule was published.
    chat(&anna, link, &person(Some("RU.1"), Some("+79132041855"), "Марина")).await;
    t.advance(2 * HOUR);
    let anna = t.again(&anna).await;
    let mut tree = draft("chat.unanswered", json!([]), json!([{"act": {"do": "add_tag", "tag": "Ждал ответа"}}]));
    tree["trigger"]["minutes"] = json!(15);
    let rule = published(&anna, "Ждёт", tree).await;
    let (client, _) = chat(&anna, link, &person(Some("RU.2"), Some("+79132041856"), "Олег")).await;
    for (wait, runs) in [(14 * MINUTE, 0), (2 * MINUTE, 1), (HOUR, 1)] {
        t.advance(wait);
        rules::run_by_clock(&t.app).await.unwrap();
        assert_eq!(outcomes(&t.again(&anna).await, rule).await.len(), runs);
    }
    let tags = services::contacts::tags::get(&anna, client).await.unwrap();
    assert_eq!(tags, ["ждал ответа"]);
}

#[tokio::test]
async fn an_order_is_looked_at_before_its_deadline_and_again_when_that_is_moved() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let mut tree = draft("order.deadline", json!([]), json!([comment("Скоро срок")]));
    tree["trigger"]["minutes"] = json!(10);
    let rule = published(&anna, "Срок", tree).await;
    let client = contact(&anna, "Марина", "").await;
    let card = order(&anna, client.id).await.order;
    let first = card.deadline_at.unwrap();
    for (at, count) in [(first - 11 * MINUTE, 0), (first - 9 * MINUTE, 1), (first - MINUTE, 1)] {
        t.advance(at - services::Clock::now(t.clock.as_ref()));
        rules::run_by_clock(&t.app).await.unwrap();
        assert_eq!(comments(&t.again(&anna).await, card.id).await.len(), count);
    }
    // Taken into work it has another deadline.
    let anna = t.again(&anna).await;
    let to = ChangeOrder { status: Some(OrderStatus::InProgress), ..Default::default() };
    let second = orders::change(&anna, card.id, &to).await.unwrap().order.deadline_at.unwrap();
    assert!(second > first + HOUR);
    t.advance(second - 5 * MINUTE - services::Clock::now(t.clock.as_ref()));
    rules::run_by_clock(&t.app).await.unwrap();
    rules::run_by_clock(&t.app).await.unwrap();
    assert_eq!(outcomes(&t.again(&anna).await, rule).await.len(), 2);
}

#[tokio::test]
async fn a_time_of_day_comes_once_a_day_on_the_clock_of_the_organisation() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let note = json!([{"act": {"do": "notify", "member": anna.user(), "text": "Доброе утро"}}]);
    let mut tree = draft("day.time", json!([]), note);
    tree["trigger"]["minutes"] = json!(9 * 60);
    let rule = published(&anna, "Утро", tree).await;
    // It is 19:00 in Novosibirsk: nine in the morning is fourteen hours away.
    for (wait, count) in [(13 * HOUR, 0), (HOUR, 1), (MINUTE, 1), (24 * HOUR, 2), (24 * HOUR + 7 * HOUR, 2)] {
        t.advance(wait);
        rules::run_by_clock(&t.app).await.unwrap();
        assert_eq!(outcomes(&t.again(&anna).await, rule).await.len(), count, "after {wait}");
    }
}

#[tokio::test]
async fn who_is_present_and_least_busy_gets_the_order() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let boris = t.member(&anna, "boris", domain::access::Role::Seller).await;
    let vera = t.member(&anna, "vera", domain::access::Role::Seller).await;
    let rule =
        published(&anna, "Раздать", draft("order.created", json!([]), json!([{"act": {"do": "assign_free"}}]))).await;
    let client = contact(&anna, "Марина", "").await;
    t.sql("UPDATE members SET presence = 'offline'").await;
    order(&anna, client.id).await;
    assert_eq!(outcomes(&anna, rule).await, [(RunOutcome::Blocked, "nobody_free".into())]);
    for cx in [&boris, &vera] {
        t.sql(&format!("UPDATE members SET presence = 'active' WHERE user_id = '{}'", cx.user().unwrap())).await;
    }
    let mut got = Vec::new();
    for _ in 0..2 {
        got.push(order(&anna, client.id).await.order.assignee_id.unwrap());
    }
    got.sort();
    let mut expected = vec![boris.user().unwrap(), vera.user().unwrap()];
    expected.sort();
    assert_eq!(got, expected);
}

#[tokio::test]
async fn a_rule_that_acts_too_often_is_stopped_its_sends_held_and_the_owner_told() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let link = connection(&anna).await;
    let say = json!([{"act": {"do": "send_message", "text": "Готово"}}]);
    let rule = published(&anna, "Шумное", draft("order.created", json!([]), say)).await;
    let low = SaveRule { ceiling: Some(2), ..Default::default() };
    rules::update(&anna, rule, &low).await.unwrap();
    let (_, talk) = chat(&anna, link, &person(Some("RU.1"), Some("+79132041855"), "Марина")).await;
    for _ in 0..4 {
        let new = NewOrder { chat_id: Some(talk), items: vec![line("Ремонт", 100, 1.0)], ..Default::default() };
        orders::create(&anna, &new).await.unwrap();
    }
    let done = (RunOutcome::Done, String::new());
    assert_eq!(outcomes(&anna, rule).await, [done.clone(), done, (RunOutcome::Blocked, "ceiling".into())]);
    let card = rules::get(&anna, rule).await.unwrap();
    assert_eq!((card.rule.state, card.held), (RuleState::Off, 2));
    assert_eq!(t.journal(anna.organisation, "rule_paused").await.len(), 1);
    let letters = t.letters(anna.organisation).await;
    assert!(letters.iter().any(|letter| letter.text.contains("Шумное")), "{letters:?}");
    // The connection coming back does not let them go; a person does, or drops them.
    let mut work = anna.work().await.unwrap();
    services::connections::resume(&mut work, link).await.unwrap();
    work.commit().await.unwrap();
    assert_eq!(rules::get(&anna, rule).await.unwrap().held, 2);
    let card = rules::release(&anna, rule, false).await.unwrap();
    assert_eq!(card.held, 0);
    let messages = store::messages::thread(&t.app.db, anna.organisation, talk, None, 50).await.unwrap();
    let dropped = messages.iter().filter(|m| m.error_code.as_deref() == Some("cancelled")).count();
    assert_eq!(dropped, 2);
    assert_eq!(
        code_and_field(rules::update(&anna, rule, &SaveRule { ceiling: Some(0), ..Default::default() }).await),
        (ErrorCode::OutOfRange, "ceiling".into())
    );
}

#[tokio::test]
async fn a_rule_that_is_off_goes_on_with_nothing() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let later = json!({"after": {"is": "minutes", "minutes": 60}, "act": {"do": "comment", "text": "Через час"}});
    let rule = published(&anna, "Час", draft("order.created", json!([]), json!([later]))).await;
    let client = contact(&anna, "Марина", "").await;
    let made = order(&anna, client.id).await.order.id;
    let state = |state| SaveRule { state: Some(state), ..Default::default() };
    rules::update(&anna, rule, &state(RuleState::Off)).await.unwrap();
    t.advance(2 * HOUR);
    go_on(&t).await;
    assert!(comments(&anna, made).await.is_empty());
    rules::update(&anna, rule, &state(RuleState::On)).await.unwrap();
    go_on(&t).await;
    assert_eq!(comments(&anna, made).await, ["Через час"]);
}

/// The latest thing that happened of a kind.
async fn happened(cx: &Cx, event: &str) -> OccasionId {
    rules::recent(cx, event).await.unwrap()[0].id.parse().unwrap()
}

#[tokio::test]
async fn examples_from_life_are_kept_to() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let dear = |more: f64| json!([{"is": "test", "field": "order.total", "op": {"is": "more", "number": more}}]);
    let then = json!([comment("Дорого")]);
    let rule = made(&anna, "Дорогие", draft("order.created", dear(5_000.0), then.clone())).await;
    let client = contact(&anna, "Марина", "").await;
    // An order of 100 roubles.
    order(&anna, client.id).await;
    let occasion_id = happened(&anna, "order.created").await;
    let example = |fires| SaveExample { occasion_id, name: "Сто рублей".into(), fires };
    let card = rules::examples::save(&anna, rule, &example(true)).await.unwrap();
    assert_eq!((card.examples.len(), card.problems.len()), (1, 0));
    rules::publish(&anna, rule, &PublishRule::default()).await.unwrap();
    let stricter = SaveRule { draft: Some(draft("order.created", dear(50_000.0), then)), ..Default::default() };
    let card = rules::update(&anna, rule, &stricter).await.unwrap();
    assert_eq!((card.problems.len(), card.problems[0].what.as_str()), (1, "Сто рублей"));
    assert_eq!(
        code_and_field(rules::publish(&anna, rule, &PublishRule::default()).await),
        (ErrorCode::RuleInvalid, "draft".into())
    );
    rules::examples::delete(&anna, rule, card.examples[0].id).await.unwrap();
    rules::publish(&anna, rule, &PublishRule::default()).await.unwrap();
}

/// The report, once the replay has ended.
async fn report(cx: &Cx, rule: RuleId, days: i64) -> ReplayView {
    let started = rules::replay::start(cx, rule, &StartReplay { days }).await.unwrap();
    for _ in 0..2_000 {
        let view = rules::replay::one(cx, started.id).await.unwrap();
        if view.state != ReplayState::Running {
            return view;
        }
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    panic!("the replay does not end");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_time_machine_says_what_a_draft_would_have_changed_and_does_nothing() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let above = |more: f64| json!([{"is": "test", "field": "order.total", "op": {"is": "more", "number": more}}]);
    let say = |text: &str| json!([{"act": {"do": "send_message", "text": text}}]);
    let rule = published(&anna, "Пишет", draft("order.created", above(15_000.0), say("Спасибо"))).await;
    let other = published(&anna, "Тоже пишет", draft("order.created", json!([]), say("Здравствуйте"))).await;
    let client = contact(&anna, "Марина", "+79132041855").await;
    for price in [10_000, 20_000, 30_000] {
        let new = form(client.id, vec![line("Работа", price, 1.0)]);
        orders::create(&anna, &new).await.unwrap();
    }
    // The draft: from 250 roubles on, and with another text.
    let wider = draft("order.created", above(25_000.0), say("Благодарим, {{contact.name}}"));
    rules::update(&anna, rule, &SaveRule { draft: Some(wider), ..Default::default() }).await.unwrap();
    let before = store::jobs::list(&t.app.db, anna.organisation, &Default::default(), 100).await.unwrap().len();
    let runs = (outcomes(&anna, rule).await, outcomes(&anna, other).await);
    let view = report(&anna, rule, 30).await;
    let r = &view.report;
    assert_eq!((view.state, view.total, view.done), (ReplayState::Done, 4, 4));
    assert_eq!((r.starts, r.stops, r.changes, r.stays), (0, 1, 1, 0), "{r:?}");
    // Where the draft is silent now, the other rule would write.
    assert_eq!((r.others, r.messages, r.clients), (1, 1, 1), "{r:?}");
    assert!(r.rows.iter().any(|row| row.rule.as_deref() == Some("Тоже пишет")), "{r:?}");
    assert!(r.rows.iter().all(|row| row.contact_name == "Марина"));
    assert!(view.reaches_back_to.is_some_and(|at| at > view.since), "history does not reach back thirty days");
    assert_eq!((outcomes(&anna, rule).await, outcomes(&anna, other).await), runs);
    let after = store::jobs::list(&t.app.db, anna.organisation, &Default::default(), 100).await.unwrap().len();
    assert_eq!(after, before);
    let done = rules::replay::cancel(&anna, view.id).await.unwrap();
    assert_eq!(done.state, ReplayState::Done, "what has ended is not cancelled");
    assert_eq!(rules::replay::list(&anna, rule).await.unwrap().items.len(), 1);
    let boris = t.member(&anna, "boris", domain::access::Role::Seller).await;
    assert!(rules::replay::start(&boris, rule, &StartReplay { days: 1 }).await.is_err());
}

#[tokio::test]
async fn whom_a_rule_names_must_be_there_when_it_is_published() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let boris = t.member(&anna, "boris", domain::access::Role::Seller).await;
    let who = boris.user().unwrap();
    let then = json!([{"act": {"do": "assign", "member": who}}]);
    let rule = published(&anna, "Борису", draft("order.created", json!([]), then)).await;
    services::accounts::members::deactivate(&anna, who, None).await.unwrap();
    let card = rules::get(&anna, rule).await.unwrap();
    assert_eq!(
        (card.problems.len(), card.problems[0].at.as_str(), card.problems[0].what.as_str()),
        (1, "then/0", "member")
    );
    // The published rule falls back loudly: the run says what happened.
    let client = contact(&anna, "Марина", "").await;
    order(&anna, client.id).await;
    assert_eq!(outcomes(&anna, rule).await[0].0, RunOutcome::Failed);
    let nowhere = json!([{"act": {"do": "invite_to_review", "connection_id": ConnectionId(uuid::Uuid::nil())}}]);
    let draft = draft("order.created", json!([]), nowhere);
    let rule = made(&anna, "Никуда", draft).await;
    assert_eq!(rules::get(&anna, rule).await.unwrap().problems[0].what, "connection_id");
}

#[tokio::test]
async fn an_event_of_the_past_is_met_again_for_real_by_the_rule_as_it_is_now() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let rule = published(&anna, "Раз", draft("order.created", json!([]), json!([comment("Первая")]))).await;
    let client = contact(&anna, "Марина", "").await;
    let made = order(&anna, client.id).await.order.id;
    let first = rules::runs(&anna, &RunFilter::default()).await.unwrap().items[0].id;
    let second = SaveRule {
        draft: Some(draft("order.created", json!([]), json!([comment("Вторая")]))),
        ..SaveRule::default()
    };
    rules::update(&anna, rule, &second).await.unwrap();
    rules::publish(&anna, rule, &PublishRule::default()).await.unwrap();
    let again = rules::rerun(&anna, first).await.unwrap().run;
    assert!(again.id != first && again.version == 2, "{again:?}");
    assert_eq!(comments(&anna, made).await, ["Первая", "Вторая"]);
    // Put away it meets nothing, neither old nor new.
    let away = SaveRule { state: Some(RuleState::Archived), ..SaveRule::default() };
    rules::update(&anna, rule, &away).await.unwrap();
    assert_eq!(code_and_field(rules::rerun(&anna, first).await), (ErrorCode::NotAllowed, "rule".into()));
    order(&anna, client.id).await;
    assert_eq!(outcomes(&anna, rule).await.len(), 2);
}

#[tokio::test]
async fn precedence_is_changed_one_place_at_a_time() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let mut ids = Vec::new();
    for name in ["А", "Б", "В"] {
        ids.push(made(&anna, name, draft("order.created", json!([]), json!([comment(name)]))).await);
    }
    let names = async || rules::lines(&anna).await.unwrap().into_iter().map(|line| line.rule.name).collect::<Vec<_>>();
    rules::shift(&anna, ids[2], true).await.unwrap();
    assert_eq!(names().await, ["А", "В", "Б"]);
    rules::shift(&anna, ids[0], false).await.unwrap();
    assert_eq!(names().await, ["В", "А", "Б"]);
    rules::shift(&anna, ids[2], true).await.unwrap();
    assert_eq!(names().await, ["В", "А", "Б"], "nothing lies before the first");
}

#[tokio::test]
async fn rules_that_write_on_the_same_event_are_named_before_publishing() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let write = |text: &str| json!([{"act": {"do": "send_message", "text": text}}]);
    let first = published(&anna, "Приветствие", draft("message.received", json!([]), write("Здравствуйте"))).await;
    published(
        &anna,
        "Метка",
        draft("message.received", json!([]), json!([{"act": {"do": "add_tag", "tag": "новый"}}])),
    )
    .await;
    published(&anna, "О заказе", draft("order.created", json!([]), write("Заказ принят"))).await;
    let second = made(&anna, "Ответ", draft("message.received", json!([]), write("Мы на связи"))).await;
    let named = async |id: RuleId| {
        let rivals = rules::reach(&anna, id).await.unwrap().rivals;
        rivals.into_iter().map(|rival| (rival.name, rival.first)).collect::<Vec<_>>()
    };
    assert_eq!(named(second).await, [("Приветствие".to_owned(), true)]);
    rules::publish(&anna, second, &PublishRule::default()).await.unwrap();
    assert_eq!(named(first).await, [("Ответ".to_owned(), false)]);
    let quiet = made(&anna, "Тихо", draft("message.received", json!([]), json!([{"act": {"do": "close_chat"}}]))).await;
    assert!(named(quiet).await.is_empty());
}
