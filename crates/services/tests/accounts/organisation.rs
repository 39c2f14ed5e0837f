//! Settings of the organisation, further organisations, and what the operator sets up.

use crate::common::{self, PASSWORD, PEER, code, code_and_field};
use domain::access::Role;
use domain::views::{OrganisationInput, OrganisationSettings, OrganisationView};
use services::accounts::{self, organisation, setup};
use services::{Cx, ErrorCode};

fn input(view: &OrganisationView) -> OrganisationInput {
    OrganisationInput {
        name: view.name.clone(),
        time_zone: view.time_zone.clone(),
        currency: view.currency.clone(),
        settings: serde_json::from_value(view.settings.clone()).unwrap(),
        rev: view.rev,
    }
}

#[tokio::test]
async fn settings_change_and_of_two_editors_one_is_told() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let view = organisation::view(&anna).await.unwrap();
    let mut form = input(&view);
    form.name = "Юг".into();
    form.time_zone = "Europe/Samara".into();
    form.currency = "EUR".into();
    form.settings.deadlines.insert("new".into(), 45);
    let before = t.live_rev().await;
    let after = organisation::update(&anna, form.clone()).await.unwrap();
    assert_eq!(after, organisation::view(&anna).await.unwrap());
    assert_eq!((after.rev, after.settings["deadlines"]["new"].as_i64()), (view.rev + 1, Some(45)));
    assert_eq!(accounts::organisation_zone(&anna).await.unwrap(), "Europe/Samara");
    assert!(t.hints(anna.organisation, before).await.contains(&("settings".into(), "".into())));
    let line = &t.journal(anna.organisation, "organisation_updated").await[0];
    let changes = line.args["changes"].as_array().unwrap();
    let currency = serde_json::json!({"field": "currency", "from": "RUB", "to": "EUR"});
    assert!(changes.contains(&currency), "{changes:?}");
    let told = |change: &serde_json::Value| change["field"].as_str().is_some_and(|it| it.starts_with("order_notice"));
    assert!(!changes.iter().any(told), "only what changed: {}", line.args);

    form.name = "Запад".into();
    assert_eq!(code(organisation::update(&anna, form).await), ErrorCode::Stale);
    let same = organisation::update(&anna, input(&after)).await.unwrap();
    assert_eq!(same.rev, after.rev, "nothing changed, nothing written");
}

#[tokio::test]
async fn wrong_settings_are_refused_on_their_field() {
    type Change = fn(&mut OrganisationInput);
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let view = organisation::view(&anna).await.unwrap();
    let cases: [(Change, ErrorCode, &str); 10] = [
        (|f| f.settings.accent = "синий".into(), ErrorCode::NotAllowed, "settings.accent"),
        (|f| f.settings.accent = "#1d4ed8".into(), ErrorCode::LowContrast, "settings.accent"),
        (|f| f.name = " ".into(), ErrorCode::Required, "name"),
        (|f| f.time_zone = "Mars/Olympus".into(), ErrorCode::NotAllowed, "time_zone"),
        (|f| f.currency = "рубль".into(), ErrorCode::NotAllowed, "currency"),
        (|f| f.settings.deadlines.extend([("lost".into(), 1)]), ErrorCode::NotAllowed, "settings.deadlines.lost"),
        (|f| f.settings.deadlines.extend([("new".into(), -1)]), ErrorCode::OutOfRange, "settings.deadlines.new"),
        (|f| f.settings.order_notice.text = "".into(), ErrorCode::Required, "settings.order_notice.text"),
        (|f| f.settings.order_notice.text = "я".repeat(1_001), ErrorCode::TooLong, "settings.order_notice.text"),
        (
            |f| f.settings.order_notice.template_language = "по-русски".into(),
            ErrorCode::NotAllowed,
            "settings.order_notice.template_language",
        ),
    ];
    for (change, expected, field) in cases {
        let mut form = input(&view);
        change(&mut form);
        assert_eq!(code_and_field(organisation::update(&anna, form).await), (expected, field.to_owned()));
    }
    assert_eq!(organisation::view(&anna).await.unwrap(), view);
}

#[tokio::test]
async fn only_heads_change_settings() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let form = input(&organisation::view(&anna).await.unwrap());
    for (name, role) in [("sofia", Role::Seller), ("timur", Role::Technician), ("kira", Role::Quality)] {
        let member = t.member(&anna, name, role).await;
        organisation::view(&member).await.unwrap();
        assert_eq!(code(organisation::update(&member, form.clone()).await), ErrorCode::Forbidden);
    }
    let key = t.key(&anna, "orders:read").await;
    assert_eq!(code(organisation::view(&key).await), ErrorCode::Forbidden);
    let key = t.key(&anna, "settings:read,settings:manage").await;
    organisation::update(&key, OrganisationInput { name: "Ключ".into(), ..form }).await.unwrap();
}

#[tokio::test]
async fn stored_settings_are_filled_up_and_unknown_members_kept_out() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    t.sql(r#"UPDATE organisations SET settings = '{"later": 1, "order_notice": {"enabled": false}}'"#).await;
    let view = organisation::view(&anna).await.unwrap();
    let mut expected = OrganisationSettings::default();
    expected.order_notice.enabled = false;
    assert_eq!(view.settings, serde_json::json!(expected));
}

#[tokio::test]
async fn a_person_founds_further_organisations() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let user = anna.user().unwrap();
    assert_eq!(code(organisation::create(&t.app, user, "", "").await), ErrorCode::Required);
    let second = organisation::create(&t.app, user, "Второе дело", "Asia/Tokyo").await.unwrap();
    let there = t.cx(user, Some(second)).await;
    let me = accounts::me(&there).await.unwrap();
    assert_eq!((me.role, me.organisation.name.as_str(), me.organisations.len()), (Role::Owner, "Второе дело", 2));
    assert!(t.journal(anna.organisation, "organisation_created").await.iter().all(|l| l.args["name"] != "Второе дело"));
}

#[tokio::test]
async fn the_operator_sets_up_organisations_and_keys() {
    let t = common::app().await;
    let found = async |name: &str, email: &str, pass: &str| setup::create_organisation(&t.app, name, email, pass).await;
    let (first, owner) = found("Север", "Olga@sever.example", PASSWORD).await.unwrap();
    assert_eq!(code(found("Юг", "olga@sever.example", "не тот пароль").await), ErrorCode::WrongCredentials);
    let (second, same) = found("Юг", "olga@sever.example", PASSWORD).await.unwrap();
    assert_eq!((owner, first == second), (same, false));
    assert_eq!(
        code_and_field(found("Юг", "new@sever.example", "короткий").await),
        (ErrorCode::WeakPassword, "owner_password".into())
    );
    assert_eq!(code_and_field(found("Юг", "new", PASSWORD).await), (ErrorCode::BadEmail, "owner_email".into()));
    let me = accounts::me(&t.cx(owner, Some(second)).await).await.unwrap();
    assert!(me.email_confirmed && me.organisations.len() == 2);
    assert!(t.letters(first).await.is_empty(), "the operator's word is enough");
    accounts::sign_in(&t.app, "olga@sever.example", PASSWORD, PEER).await.unwrap();

    let key = setup::create_api_key(&t.app, second, "Тест", "*").await.unwrap();
    let cx = accounts::keys::authenticate_key(&t.app, &key.key).await.unwrap();
    assert_eq!(cx.organisation, second);
    cx.allow(domain::access::Permission::OrdersWrite).unwrap();
    let nowhere = t.app.ids.next(0);
    assert_eq!(code(setup::create_api_key(&t.app, nowhere, "Тест", "*").await), ErrorCode::NotFound);
}

#[tokio::test]
async fn figures_of_the_frame_are_the_own_organisation_s() {
    let t = common::app().await;
    let (anna, boris) = (t.owner("anna").await, t.owner("boris").await);
    let rows = crate::members::Rows::new(&t, &anna).await;
    rows.chat("active", None).await;
    rows.order("new", None).await;
    rows.order("delivered", None).await;
    t.sql("UPDATE connections SET state = 'reauth'").await;
    let waiting = async |cx: &Cx| {
        let me = accounts::me(cx).await.unwrap();
        (me.unanswered_chats, me.open_orders, me.broken_connections)
    };
    assert_eq!(waiting(&anna).await, (1, 1, 1));
    assert_eq!(waiting(&boris).await, (0, 0, 0));
}
