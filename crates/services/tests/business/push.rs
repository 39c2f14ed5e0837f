//! Notices to browsers of members: whom a chat calls, what they read, when they are left alone, and what ends it all. The push
//! service is the simulator, which opens what it gets with the keys of the browsers behind it.

use crate::common::{self, NOON, TestApp, code, code_and_field};
use crate::provider::drain;
use crate::setup::connection;
use crate::team::{waiting, writes};
use connectors::push::simulator::{Simulator, Taken};
use domain::access::{Presence, Role, Visibility};
use domain::ids::*;
use domain::queue::JobState;
use domain::views::*;
use serde_json::json;
use services::accounts::sessions::{self, Id, USER, USER_AGENT};
use services::accounts::{Sessions, members, profile};
use services::pipeline::Outbox;
use services::{Cx, ErrorCode, chats, push, stops};
use std::sync::Arc;
use tower_sessions::SessionStore;
use tower_sessions::session::Record;

const PHONE: &str = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36";

/// A push service, and the outbox that calls it.
struct Stage {
    t: TestApp,
    sim: Simulator,
    outbox: Arc<Outbox>,
    /// The owner.
    anna: Cx,
    link: ConnectionId,
}

/// A member with a browser that is told.
struct Reached {
    cx: Cx,
    session: Id,
    input: PushInput,
}

impl Reached {
    fn user(&self) -> UserId {
        self.cx.user().unwrap()
    }
    fn endpoint(&self) -> &str {
        &self.input.endpoint
    }
}

async fn stage() -> Stage {
    let t = common::app().await;
    let sim = Simulator::start(([127, 0, 0, 1], 0).into()).await.unwrap();
    sim.ask("clock", json!({"now_ms": NOON})).await.unwrap();
    let anna = t.owner("anna").await;
    let link = connection(&anna).await;
    let outbox = Outbox::new(t.app.clone());
    Stage { t, sim, outbox, anna, link }
}

async fn signed_in(t: &TestApp, cx: &Cx) -> Id {
    let user = cx.user().unwrap();
    let data = std::collections::HashMap::from([(USER.to_owned(), json!(user)), (USER_AGENT.to_owned(), json!(PHONE))]);
    let expiry_date = time::OffsetDateTime::from_unix_timestamp(NOON / 1000 + 40 * 86_400).unwrap();
    let mut record = Record { id: Id::default(), data, expiry_date };
    Sessions(t.app.clone()).create(&mut record).await.unwrap();
    record.id
}

impl Stage {
    async fn browser(&self, cx: &Cx, session: &Id) -> PushInput {
        let key = push::here(cx, Some(session), None).await.unwrap().key;
        let made = self.sim.ask("subscribe", json!({"key": key})).await.unwrap();
        serde_json::from_value(made).unwrap()
    }
    /// Switches notices on as somebody does in their profile.
    async fn reached(&self, cx: &Cx) -> Reached {
        let session = signed_in(&self.t, cx).await;
        let input = self.browser(cx, &session).await;
        push::subscribe(cx, Some(&session), input.clone()).await.unwrap();
        Reached { cx: cx.clone(), session, input }
    }
    async fn seller(&self, name: &str) -> Reached {
        let cx = self.t.member(&self.anna, name, Role::Seller).await;
        self.reached(&cx).await
    }
    async fn devices(&self, of: &Reached) -> Vec<PushDeviceView> {
        let cx = self.t.again(&of.cx).await;
        push::here(&cx, Some(&of.session), Some(of.endpoint())).await.unwrap().devices
    }
    /// Lets some seconds go by; what the push service has got since the last time.
    async fn told(&self) -> Vec<Taken> {
        self.later(3).await
    }
    async fn later(&self, seconds: usize) -> Vec<Taken> {
        let before = self.sim.taken().len();
        drain(&self.t, &self.outbox, seconds).await;
        self.sim.taken().split_off(before)
    }
    async fn writes(&self, n: u32, id: &str) {
        writes(&self.t, &self.anna, self.link, n, id).await;
    }
    async fn jobs(&self, kind: &str) -> Vec<JobView> {
        let filter = store::jobs::JobFilter { kind: Some(kind), ..Default::default() };
        store::jobs::list(&self.t.app.db, self.anna.organisation, &filter, 100).await.unwrap()
    }
}

/// To whom, in the order of their subscribing.
fn whom(told: &[Taken], all: &[&Reached]) -> Vec<usize> {
    let at = |one: &Taken| all.iter().position(|reached| reached.endpoint() == one.endpoint).unwrap();
    let mut whom: Vec<usize> = told.iter().map(at).collect();
    whom.sort();
    whom
}

async fn assign(cx: &Cx, chat: ChatId, to: Option<UserId>) {
    chats::change(cx, chat, ChatChange::Assign { user_id: to }).await.unwrap();
}

async fn names(cx: &Cx, chat: ChatId, who: UserId) {
    let note = WriteNote { text: "Уточни цену\nкомпрессора".into(), mentions: vec![who] };
    chats::write_note(cx, chat, &note).await.unwrap();
}

#[tokio::test]
async fn a_chat_calls_whose_it_is_and_a_chat_of_nobody_calls_everybody() {
    let s = stage().await;
    let anna = s.reached(&s.anna).await;
    let (boris, vera) = (s.seller("boris").await, s.seller("vera").await);
    let all = [&anna, &boris, &vera];
    let chat = waiting(&s.anna, s.link, 1).await;
    s.writes(1, "wamid.1").await;
    let told = s.told().await;
    assert_eq!(whom(&told, &all), [0, 1, 2]);
    let said = &told[0].json;
    assert_eq!((said["title"].as_str(), said["body"].as_str()), (Some("Клиент 1"), Some("Добрый день")));
    assert_eq!((said["url"].clone(), said["tag"].clone()), (json!(format!("/chats/{chat}?box=all")), json!(chat)));
    assert_eq!((said["kind"].as_str(), told[0].urgency.as_str(), told[0].ttl), (Some("message"), "high", 43_200));
    assert_eq!(told[0].claims["sub"], "https://pult.example");
    assert!(told.iter().all(|one| one.topic == told[0].topic && one.topic.len() == 23), "one topic a chat");

    // Given to somebody: they are told, unless they took it themselves; from then on it calls nobody else.
    assign(&s.anna, chat, Some(boris.user())).await;
    let told = s.told().await;
    assert_eq!((whom(&told, &all), told[0].json["body"].as_str()), (vec![1], Some("Вам передали чат")));
    s.writes(1, "wamid.2").await;
    assert_eq!(whom(&s.told().await, &all), [1]);
    assign(&vera.cx, chat, Some(vera.user())).await;
    assert!(s.told().await.is_empty(), "she took it herself");

    // Whoever is named, also in a chat of somebody else; and not whoever names themselves.
    names(&s.anna, chat, boris.user()).await;
    names(&s.anna, chat, anna.user()).await;
    let told = s.told().await;
    assert_eq!(whom(&told, &all), [1]);
    let said = &told[0].json;
    assert_eq!(
        (said["title"].as_str(), said["body"].as_str()),
        (Some("Вас позвали в чат: Клиент 1"), Some("Уточни цену компрессора"))
    );
    assert!(s.jobs("push").await.iter().chain(&s.jobs("call").await).all(|job| job.state == JobState::Done));
}

#[tokio::test]
async fn whoever_looks_has_quiet_hours_or_sees_it_answered_is_left_alone() {
    let s = stage().await;
    let (boris, vera) = (s.seller("boris").await, s.seller("vera").await);
    let all = [&boris, &vera];
    let chat = waiting(&s.anna, s.link, 1).await;
    // 19:00 in Novosibirsk, where the organisation is.
    let notifications = |quiet| ProfileInput {
        name: "boris".into(),
        language: "en".into(),
        notifications: NotificationChoices { quiet, ..Default::default() },
    };
    profile::update(&boris.cx, notifications(Some((18 * 60 + 30, 9 * 60)))).await.unwrap();
    s.writes(1, "wamid.1").await;
    assert_eq!(whom(&s.told().await, &all), [1]);
    profile::update(&boris.cx, notifications(Some((20 * 60, 9 * 60)))).await.unwrap();
    names(&s.anna, chat, boris.user()).await;
    assert_eq!(s.told().await[0].json["title"], "You were called to a chat: Клиент 1", "in his language");

    // Before her eyes for as long as her page says so, and one that is closed says so at once.
    let look = async || members::seen(&s.t.again(&vera.cx).await, Some(&vera.session)).await.unwrap();
    look().await;
    s.writes(1, "wamid.2").await;
    assert_eq!(whom(&s.told().await, &all), [0]);
    s.t.advance(90_000);
    s.writes(1, "wamid.3").await;
    assert_eq!(whom(&s.told().await, &all), [0, 1]);
    look().await;
    members::looked_away(&vera.cx, Some(&vera.session)).await.unwrap();
    s.writes(1, "wamid.4").await;
    assert_eq!(whom(&s.told().await, &all), [0, 1]);
    members::seen(&s.t.again(&vera.cx).await, None).await.unwrap();
    s.writes(1, "wamid.5").await;
    assert_eq!(whom(&s.told().await, &all), [0, 1], "alive, but not looked at");

    // Answered before anybody was told.
    s.writes(1, "wamid.6").await;
    chats::change(&s.t.again(&s.anna).await, chat, ChatChange::NoAnswerNeeded).await.unwrap();
    assert!(s.told().await.is_empty());
}

#[tokio::test]
async fn nobody_is_told_of_what_they_do_not_see() {
    let s = stage().await;
    let (boris, vera) = (s.seller("boris").await, s.seller("vera").await);
    let place = MemberPlace { visibility: Visibility::Own, team: String::new(), capacity: None };
    members::place(&s.anna, boris.user(), &place).await.unwrap();
    let chat = waiting(&s.anna, s.link, 1).await;
    // Named while it was nobody's; seen no more when the notice is due.
    names(&s.anna, chat, boris.user()).await;
    assign(&s.anna, chat, Some(vera.user())).await;
    assert_eq!(whom(&s.told().await, &[&boris, &vera]), [1], "only that it was given to her");
    let calls = chats::calls(&s.t.again(&boris.cx).await, 0).await.unwrap();
    assert!(calls.items.iter().all(|call| !call.mention), "nor by an open page");

    // Another organisation, of which somebody here is a member too.
    let olga = s.t.owner("olga").await;
    let theirs = s.reached(&olga).await;
    let before = s.sim.taken().len();
    s.writes(1, "wamid.1").await;
    s.told().await;
    assert!(s.sim.taken().iter().skip(before).all(|one| one.endpoint != theirs.endpoint()));
    // A notice under way is asked once more.
    names(&s.anna, chat, vera.user()).await;
    s.t.sql("UPDATE jobs SET run_at = 0 WHERE kind = 'call' AND state = 'ready'").await;
    assert_eq!(s.outbox.lease_due().await.unwrap(), 1);
    s.outbox.settle().await;
    let role = members::change_role(&s.anna, vera.user(), Role::Technician).await;
    role.unwrap();
    chats::change(&s.t.again(&vera.cx).await, chat, ChatChange::Seen).await.unwrap();
    assert!(s.told().await.is_empty(), "she has read it");
}

#[tokio::test]
async fn what_ends_a_session_ends_its_notices_and_nothing_comes_after() {
    let s = stage().await;
    let (boris, vera, olga) = (s.seller("boris").await, s.seller("vera").await, s.seller("olga").await);
    let sessions = Sessions(s.t.app.clone());
    waiting(&s.anna, s.link, 1).await;
    s.writes(1, "wamid.1").await;
    // Signed out after the message came and before anybody was told.
    sessions.delete(&boris.session).await.unwrap();
    members::deactivate(&s.anna, vera.user(), None).await.unwrap();
    let own = s.devices(&olga).await;
    assert_eq!((own.len(), own[0].current, own[0].user_agent.as_str()), (1, true, PHONE));
    push::remove(&olga.cx, own[0].id).await.unwrap();
    assert_eq!(code(push::remove(&olga.cx, own[0].id).await), ErrorCode::NotFound);
    assert!(s.told().await.is_empty());
    assert!(s.devices(&olga).await.is_empty());
    let lines = s.t.journal(s.anna.organisation, "push_off").await;
    assert_eq!((lines.len(), lines[0].args["user_agent"].as_str()), (1, Some(PHONE)));

    // A notice already in the queue finds nobody any more.
    let again = s.reached(&olga.cx).await;
    push::test(&olga.cx, s.devices(&again).await[0].id).await.unwrap();
    push::test(&olga.cx, s.devices(&again).await[0].id).await.unwrap();
    sessions::revoke_others(&olga.cx, None).await.unwrap();
    assert!(s.told().await.is_empty());
    assert!(s.jobs("push").await.iter().all(|job| job.state == JobState::Done));
    // A session that ran out takes its devices along.
    let old = s.reached(&s.anna).await;
    s.t.advance(sessions::LIFETIME_MS);
    services::accounts::sweep(&s.t.app).await.unwrap();
    let here = signed_in(&s.t, &s.anna).await;
    let view = push::here(&s.t.again(&s.anna).await, Some(&here), Some(old.endpoint())).await.unwrap();
    assert!(view.devices.is_empty());
}

#[tokio::test]
async fn a_browser_that_is_gone_is_forgotten_and_the_rest_is_tried_again() {
    let s = stage().await;
    let (boris, vera) = (s.seller("boris").await, s.seller("vera").await);
    s.sim.ask("gone", json!({"endpoint": boris.endpoint()})).await.unwrap();
    waiting(&s.anna, s.link, 1).await;
    s.writes(1, "wamid.1").await;
    assert_eq!(whom(&s.told().await, &[&boris, &vera]), [1]);
    assert!(s.devices(&boris).await.is_empty());
    assert!(s.devices(&vera).await[0].used_at.is_some());

    // Away: tried again after five seconds.
    s.sim.faults().fail_next(1, 503, 0);
    s.writes(1, "wamid.2").await;
    assert!(s.told().await.is_empty());
    assert_eq!(s.devices(&vera).await[0].failed, "503");
    assert_eq!(s.later(6).await.len(), 1);
    assert_eq!(s.devices(&vera).await[0].failed, "");
    // Too often: as long as it wishes, and no attempt is lost by it.
    let wish = json!({"fail_next": 1, "status": 429, "code": 1, "retry_after": 30});
    s.sim.ask("faults", wish).await.unwrap();
    s.writes(1, "wamid.3").await;
    assert!(s.later(25).await.is_empty());
    assert_eq!(s.jobs("push").await[0].attempts, 0);
    assert_eq!(s.later(10).await.len(), 1);
    // More than it carries: without the words.
    s.sim.faults().fail_next(1, 413, 1);
    s.writes(1, "wamid.4").await;
    let told = s.told().await;
    assert_eq!((told[0].json["title"].as_str(), told[0].json.get("body")), (Some("Клиент 1"), None));
    // Refused: never by itself again, and its owner sees why.
    s.sim.faults().fail_next(1, 403, 1);
    s.writes(1, "wamid.5").await;
    assert!(s.later(30).await.is_empty());
    assert_eq!(s.jobs("push").await[0].state, JobState::Dead);
    assert_eq!(s.devices(&vera).await[0].failed, "403");
    // No news any more.
    s.sim.faults().fail_next(20, 500, 0);
    s.writes(1, "wamid.6").await;
    s.later(5).await;
    s.t.advance(3_700_000);
    let calls = s.sim.calls();
    s.later(5).await;
    assert_eq!((s.jobs("push").await[0].state, s.sim.calls()), (JobState::Done, calls));
}

#[tokio::test]
async fn a_crash_in_the_middle_loses_no_notice_and_the_second_is_the_first() {
    let s = stage().await;
    let boris = s.seller("boris").await;
    waiting(&s.anna, s.link, 1).await;
    s.writes(1, "wamid.1").await;
    // The call was made, and the program ended before it could write so.
    let first = s.told().await.remove(0);
    let sql =
        "UPDATE jobs SET state = 'running', lease_until = 0, lease_node = 'test', lease_boot = '0', finished_at = NULL";
    s.t.sql(&format!("{sql} WHERE kind = 'push'")).await;
    let mut tx = s.t.app.db.begin().await.unwrap();
    let (again, unknown) = store::jobs::release_void(&mut tx, s.t.app.clock.now(), "1", i64::MAX).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!((again.len(), unknown.len()), (1, 0), "nobody has to decide about a notice");
    let told = s.told().await;
    assert_eq!((whom(&told, &[&boris]), &told[0].json), (vec![0], &first.json), "the device knows it by its id");
    // Whom to call is written with the end of the call, so it happens once.
    assert_eq!(s.jobs("push").await.len(), 1);
}

#[tokio::test]
async fn a_message_costs_the_same_however_many_devices_there_are() {
    let s = stage().await;
    waiting(&s.anna, s.link, 1).await;
    s.writes(1, "wamid.1").await;
    assert!(s.jobs("call").await.is_empty(), "nobody could be called");
    let mut all = Vec::new();
    for n in 0..12 {
        all.push(s.seller(&format!("seller{n}")).await);
    }
    s.writes(1, "wamid.2").await;
    assert_eq!((s.jobs("call").await.len(), s.jobs("push").await.len()), (1, 0));
    assert_eq!(s.told().await.len(), 12);
    // Of one person there are so many devices at most.
    for _ in 0..25 {
        let session = signed_in(&s.t, &all[0].cx).await;
        let input = s.browser(&all[0].cx, &session).await;
        push::subscribe(&all[0].cx, Some(&session), input).await.unwrap();
    }
    assert_eq!(s.devices(&all[0]).await.len(), 20);
    // A stop holds what goes to clients; these are not.
    stops::pull(&s.anna, &PullStop { scope: StopScope::All, target: String::new(), why: String::new() }).await.unwrap();
    names(&s.anna, chats::list(&s.anna, ChatFilter::default()).await.unwrap().items[0].id, all[1].user()).await;
    assert_eq!(s.told().await.len(), 1);
}

#[tokio::test]
async fn a_browser_stays_on_as_its_person_wants() {
    let s = stage().await;
    let boris = s.seller("boris").await;
    let cx = s.t.again(&boris.cx).await;
    let first = push::here(&cx, Some(&boris.session), None).await.unwrap().session;
    let keep = async |session: &Id, before| push::keep(&cx, Some(session), boris.input.clone(), before).await.unwrap();
    assert_eq!(keep(&boris.session, first).await, Some(first));
    // Signed out and in again: it is on again, in the new session.
    Sessions(s.t.app.clone()).delete(&boris.session).await.unwrap();
    let session = signed_in(&s.t, &cx).await;
    let second = keep(&session, first).await.unwrap();
    let view = push::here(&cx, Some(&session), Some(boris.endpoint())).await.unwrap();
    assert!(view.session == second && view.devices.len() == 1 && view.devices[0].current, "{view:?}");
    // Switched off elsewhere: it stays off.
    push::remove(&cx, view.devices[0].id).await.unwrap();
    assert_eq!(keep(&session, second).await, None);

    // The browser has another address: it is followed wherever it was known, and once.
    let olga = s.t.owner("olga").await;
    let link = services::accounts::invites::create(&olga, &common::email_of("boris"), Role::Seller).await.unwrap().link;
    let token = link.rsplit('/').next().unwrap();
    services::accounts::invites::accept(&s.t.app, boris.user(), token).await.unwrap();
    let there = s.t.cx(boris.user(), Some(olga.organisation)).await;
    for cx in [&cx, &there] {
        push::subscribe(cx, Some(&session), boris.input.clone()).await.unwrap();
    }
    let moved = s.browser(&cx, &session).await;
    let moving = PushInput { instead_of: Some(boris.endpoint().into()), ..moved.clone() };
    push::subscribe(&cx, Some(&session), moving).await.unwrap();
    for cx in [&cx, &there] {
        let view = push::here(cx, Some(&session), Some(&moved.endpoint)).await.unwrap();
        assert_eq!(view.devices.iter().map(|device| device.current).collect::<Vec<_>>(), [true]);
    }
    // Somebody else signs in on it and switches it on for themselves.
    let vera = s.seller("vera").await;
    push::subscribe(&vera.cx, Some(&vera.session), moved).await.unwrap();
    assert!(push::here(&cx, Some(&session), None).await.unwrap().devices.is_empty());
    assert_eq!(s.devices(&vera).await.len(), 2);
}

#[tokio::test]
async fn wrong_addresses_and_other_peoples_devices_are_refused() {
    let s = stage().await;
    let boris = s.seller("boris").await;
    let with = |change: fn(&mut PushInput)| {
        let mut input = boris.input.clone();
        change(&mut input);
        push::subscribe(&boris.cx, Some(&boris.session), input)
    };
    let endpoint = (ErrorCode::NotAllowed, "endpoint".to_owned());
    assert_eq!(code_and_field(with(|input| input.endpoint = "ftp://push.example/1".into()).await), endpoint);
    assert_eq!(code_and_field(with(|input| input.endpoint = String::new()).await), endpoint);
    let keys = (ErrorCode::NotAllowed, "keys".to_owned());
    assert_eq!(code_and_field(with(|input| input.auth = "AAAA".into()).await), keys);
    assert_eq!(code_and_field(with(|input| input.p256dh = "нет".into()).await), keys);
    assert_eq!(s.devices(&boris).await.len(), 1);
    let id = s.devices(&boris).await[0].id;
    assert_eq!(code(push::remove(&s.anna, id).await), ErrorCode::NotFound);
    assert_eq!(code(push::test(&s.anna, id).await), ErrorCode::NotFound);
    let key = s.t.key(&s.anna, "*").await;
    assert_eq!(code(push::here(&key, Some(&boris.session), None).await), ErrorCode::Forbidden);
    assert_eq!(code(push::here(&boris.cx, None, None).await), ErrorCode::Forbidden);
    assert!(!format!("{:?}", boris.input).contains("push"));

    // Without leave to call private networks nothing is even kept.
    let strict = common::app_with(|config| config.private_nets = false).await;
    let olga = strict.owner("olga").await;
    let session = signed_in(&strict, &olga).await;
    let refused = push::subscribe(&olga, Some(&session), boris.input.clone()).await;
    assert_eq!(code_and_field(refused), endpoint);
}

#[tokio::test]
async fn whoever_is_off_shift_is_called_to_what_is_theirs_alone() {
    let s = stage().await;
    let (boris, vera) = (s.seller("boris").await, s.seller("vera").await);
    s.t.advance(1_000);
    let boris = Reached { cx: s.t.again(&boris.cx).await, ..boris };
    members::set_presence(&boris.cx, Presence::Offline).await.unwrap();
    members::set_presence(&vera.cx, Presence::Break).await.unwrap();
    let chat = waiting(&s.anna, s.link, 1).await;
    s.writes(1, "wamid.1").await;
    assert_eq!(whom(&s.told().await, &[&boris, &vera]), [1]);
    assign(&s.anna, chat, Some(boris.user())).await;
    s.writes(1, "wamid.2").await;
    assert_eq!(whom(&s.told().await, &[&boris, &vera]), [0, 0]);

    // An owner made by the operator has never said where they are.
    let made =
        services::accounts::setup::create_organisation(&s.t.app, "Юг", "olga@yug.example", common::PASSWORD).await;
    let (organisation, user) = made.unwrap();
    let olga = s.reached(&s.t.cx(user, Some(organisation)).await).await;
    let link = connection(&olga.cx).await;
    waiting(&olga.cx, link, 1).await;
    writes(&s.t, &olga.cx, link, 1, "wamid.3").await;
    assert_eq!(s.told().await.len(), 1);
}
