//! Services to sign in with, where time and letters matter: attempts that take too long, accounts somebody had before their
//! address was proved, two ways in taken away at once.

use crate::common::{self, NOON, PEER, TestApp, code, email_of};
use connectors::identity::{LIFETIME_MS, read, simulator::Simulator};
use domain::ids::UserId;
use domain::views::SignUp;
use serde_json::json;
use services::accounts::identities::{self, Came, Returned, Turned, Waiting};
use services::{Cx, ErrorCode, accounts};

const ANNA: &str = "110169484474386276334";
const BORIS: &str = "110169484474386276335";

struct World {
    t: TestApp,
    sim: Simulator,
}

impl World {
    /// Both sides have the same time.
    async fn new() -> Self {
        let sim = Simulator::start(([127, 0, 0, 1], 0).into()).await.unwrap();
        let now = sim.ask("clock", json!({"advance_ms": 0})).await.unwrap()["now_ms"].as_i64().unwrap();
        sim.ask("clock", json!({"advance_ms": NOON - now})).await.unwrap();
        let providers = read(&sim.config().to_string(), true).unwrap();
        let t = common::app_with(|config| config.sign_in = providers).await;
        Self { t, sim }
    }

    /// Goes there as somebody, and comes back later.
    async fn comes(&self, provider: &str, who: &str, user: Option<UserId>, away_ms: i64) -> Result<Came, Turned> {
        let begun = identities::begin(&self.t.app, provider, user, "/orders").await?;
        let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        let answer = client.get(format!("{}&person={who}", begun.address)).send().await.unwrap();
        let back = url::Url::parse(answer.headers()["location"].to_str().unwrap()).unwrap();
        assert!(back.as_str().starts_with(&format!("https://pult.example/auth/{provider}/callback?")), "{back}");
        let of = |name: &str| back.query_pairs().find(|(it, _)| it == name).map(|(_, value)| value.into_owned());
        let returned = Returned {
            secret: begun.secret,
            state: of("state").unwrap_or_default(),
            code: of("code").unwrap_or_default(),
            user,
            peer: PEER.into(),
            ..Returned::default()
        };
        self.t.advance(away_ms);
        self.sim.ask("clock", json!({"advance_ms": away_ms})).await.unwrap();
        identities::finish(&self.t.app, provider, returned).await.came
    }

    async fn waiting(&self, who: &str) -> Waiting {
        match self.comes("google", who, None, 0).await {
            Ok(Came::Unknown { waiting, .. }) => waiting,
            other => panic!("somebody unknown should have come: {other:?}"),
        }
    }

    /// Somebody new without a password.
    async fn newcomer(&self, who: &str) -> Cx {
        let waiting = self.waiting(who).await;
        let input = SignUp {
            name: "Вера".into(),
            email: email_of("vera"),
            password: String::new(),
            organisation: "Юг".into(),
            time_zone: String::new(),
            language: "ru".into(),
        };
        let who = accounts::sign_up_by(&self.t.app, input, Some(&waiting), PEER).await.unwrap();
        self.t.cx(who.user, who.organisation).await
    }
}

#[tokio::test]
async fn an_attempt_is_worth_ten_minutes() {
    let world = World::new().await;
    world.t.owner("olga").await;
    assert!(matches!(world.comes("google", ANNA, None, LIFETIME_MS - 1_000).await, Ok(Came::Unknown { .. })));
    assert!(matches!(world.comes("google", ANNA, None, LIFETIME_MS).await, Err(Turned::Expired)));
    // Whom a service vouched for is not waited for any longer than that either.
    let waiting = world.waiting(ANNA).await;
    let anna = world.t.owner("anna").await;
    world.t.advance(LIFETIME_MS);
    assert!(!identities::link_waiting(&world.t.app, anna.user().unwrap(), &waiting).await.unwrap());
    assert_eq!(identities::ways_in(&anna).await.unwrap().identities, []);
}

#[tokio::test]
async fn who_had_an_account_before_its_address_was_proved_keeps_no_way_in() {
    let world = World::new().await;
    // A thief signs up with the victim's address, and adds a service of their own.
    let thief = world.t.owner("anna").await;
    assert!(matches!(world.comes("google", BORIS, thief.user(), 0).await, Ok(Came::Linked)));
    assert!(matches!(world.comes("google", BORIS, None, 0).await, Ok(Came::In(_))));
    // The victim takes it over by a letter.
    accounts::recovery::request_reset(&world.t.app, &email_of("anna"), PEER).await.unwrap();
    let token = world.t.token(thief.organisation, "reset").await;
    accounts::recovery::reset(&world.t.app, &token, "пароль хозяйки 7").await.unwrap();
    assert!(matches!(world.comes("google", BORIS, None, 0).await, Ok(Came::Unknown { .. })), "the thief is still in");
    assert_eq!(world.t.journal(thief.organisation, "ways_in_dropped").await.len(), 1);
    // What the owner of a proved address adds stays through a new password.
    let anna = world.t.again(&thief).await;
    assert!(matches!(world.comes("google", ANNA, anna.user(), 0).await, Ok(Came::Linked)));
    accounts::recovery::request_reset(&world.t.app, &email_of("anna"), PEER).await.unwrap();
    let token = world.t.token(anna.organisation, "reset").await;
    accounts::recovery::reset(&world.t.app, &token, "ещё один пароль 8").await.unwrap();
    assert!(matches!(world.comes("google", ANNA, None, 0).await, Ok(Came::In(_))));
}

#[tokio::test]
async fn of_two_ways_taken_away_at_once_one_stays() {
    let world = World::new().await;
    let vera = world.newcomer(BORIS).await;
    assert!(matches!(world.comes("yandex", BORIS, vera.user(), 0).await, Ok(Came::Linked)));
    let ways = identities::ways_in(&vera).await.unwrap();
    assert!(!ways.password);
    let [one, other] = [ways.identities[0].id, ways.identities[1].id];
    let (first, second) = tokio::join!(identities::unlink(&vera, one), identities::unlink(&vera, other));
    let refused = [first, second].into_iter().filter_map(Result::err).map(|error| error.into_api().code);
    assert_eq!(refused.collect::<Vec<_>>(), [ErrorCode::LastWayIn]);
    assert_eq!(identities::ways_in(&vera).await.unwrap().identities.len(), 1);
}

#[tokio::test]
async fn a_way_that_is_off_is_none_to_rely_on() {
    let world = World::new().await;
    let vera = world.newcomer(BORIS).await;
    let row =
        format!("('gone', '1', '{}', '{}', 'x', 1, 1)", vera.id::<domain::ids::IdentityId>(), vera.user().unwrap());
    world
        .t
        .sql(&format!(
            "INSERT INTO identities (provider, subject, id, user_id, label, created_at, used_at) VALUES {row}"
        ))
        .await;
    let ways = identities::ways_in(&vera).await.unwrap();
    let names: Vec<_> = ways.identities.iter().map(|way| way.provider.as_str()).collect();
    assert_eq!(names, ["gone", "Google"]);
    assert_eq!(code(identities::unlink(&vera, ways.identities[1].id).await), ErrorCode::LastWayIn);
    identities::unlink(&vera, ways.identities[0].id).await.unwrap();
}

#[tokio::test]
async fn people_are_told_by_letter_of_ways_in_that_come_and_go() {
    let world = World::new().await;
    let anna = world.t.owner("anna").await;
    assert!(matches!(world.comes("google", ANNA, anna.user(), 0).await, Ok(Came::Linked)));
    let way = identities::ways_in(&anna).await.unwrap().identities[0].id;
    identities::unlink(&anna, way).await.unwrap();
    let letters = world.t.letters(anna.organisation).await;
    let [added, removed] = &letters[letters.len() - 2..] else { panic!("two letters: {letters:?}") };
    assert_eq!((added.to.as_str(), added.subject.as_str()), (email_of("anna").as_str(), "Добавлен вход через Google"));
    assert!(
        added.text.contains("Здравствуйте, anna.") && added.text.contains("Google: anna@sever.example"),
        "{added:?}"
    );
    assert_eq!(removed.subject, "Отвязан вход через Google");
    assert!(removed.text.contains("https://pult.example/settings/profile"), "{removed:?}");
    assert_eq!(world.t.journal(anna.organisation, "way_in_added").await[0].args, json!({"provider": "Google"}));
    assert_eq!(world.t.journal(anna.organisation, "way_in_removed").await.len(), 1);
}
