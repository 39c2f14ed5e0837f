//! Fields of clients that an organisation has made up: kept with its settings, filled in by people and rules.

use crate::common::{self, TestApp, code_and_field};
use crate::setup::{contact, order};
use domain::custom::CustomField;
use domain::ids::ContactId;
use domain::rules::FieldKind;
use domain::views::*;
use serde_json::{Value as Json, json};
use services::{Cx, ErrorCode, accounts::organisation, contacts, rules};

fn field(name: &str, kind: FieldKind, choices: &[&str]) -> CustomField {
    let choices = choices.iter().map(|choice| (*choice).to_owned()).collect();
    CustomField { key: String::new(), name: name.into(), kind, choices }
}

async fn keep(cx: &Cx, fields: Vec<CustomField>) -> services::Result<Vec<CustomField>> {
    let now = organisation::view(cx).await.unwrap();
    let mut settings: OrganisationSettings = serde_json::from_value(now.settings).unwrap();
    settings.contact_fields = fields;
    let OrganisationView { name, time_zone, currency, rev, .. } = now;
    let input = OrganisationInput { name, time_zone, currency, settings, rev };
    organisation::update(cx, input).await?;
    contacts::custom::fields(cx).await
}

pub fn values(values: &[(&str, &str)]) -> ContactFields {
    ContactFields { fields: values.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect() }
}

async fn of(cx: &Cx, id: ContactId) -> Vec<(String, String)> {
    contacts::custom::get(cx, id).await.unwrap().fields.into_iter().collect()
}

/// An organisation with three fields.
pub async fn start(t: &TestApp) -> Cx {
    let anna = t.owner("anna").await;
    let fields = vec![
        field("День рождения", FieldKind::Date, &[]),
        field("Уровень", FieldKind::Choice, &["Обычный", "Золотой"]),
        field("Скидка", FieldKind::Number, &[]),
    ];
    keep(&anna, fields).await.unwrap();
    t.again(&anna).await
}

#[tokio::test]
async fn fields_have_keys_and_values_are_checked() {
    let t = common::app().await;
    let anna = start(&t).await;
    let fields = contacts::custom::fields(&anna).await.unwrap();
    let keys: Vec<&str> = fields.iter().map(|field| field.key.as_str()).collect();
    assert_eq!(keys, ["den_rozhdeniya", "uroven", "skidka"]);
    // A new name leaves the key, a second field of the same name gets another one.
    let mut renamed = fields.clone();
    renamed[1].name = "Статус".into();
    renamed.push(field("Скидка", FieldKind::Text, &[]));
    let kept = keep(&anna, renamed).await.unwrap();
    assert_eq!((kept[1].key.as_str(), kept[3].key.as_str()), ("uroven", "skidka_2"));
    let anna = t.again(&anna).await;
    for bad in [
        field("", FieldKind::Text, &[]),
        field("Пусто", FieldKind::Choice, &["  "]),
        field("Деньги", FieldKind::Money, &[]),
        CustomField { key: "uroven".into(), ..field("Двойник", FieldKind::Text, &[]) },
        CustomField { key: "no name".into(), ..field("Ключ", FieldKind::Text, &[]) },
    ] {
        let mut fields = kept.clone();
        fields.push(bad.clone());
        assert!(keep(&anna, fields).await.is_err(), "{bad:?}");
    }
    let client = contact(&anna, "Марина", "").await.id;
    let set = async |given: &[(&str, &str)]| contacts::custom::set(&anna, client, &values(given)).await;
    set(&[("den_rozhdeniya", "5.3.1990"), ("uroven", "золотой"), ("skidka", "7,5")]).await.unwrap();
    let all = [("den_rozhdeniya", "1990-03-05"), ("skidka", "7.5"), ("uroven", "Золотой")];
    assert_eq!(of(&anna, client).await, all.map(|(key, value)| (key.to_owned(), value.to_owned())));
    // All or none.
    let refused = set(&[("skidka", "9"), ("uroven", "Медный")]).await;
    assert_eq!(code_and_field(refused), (ErrorCode::NotAllowed, "fields.uroven".into()));
    let unknown = set(&[("nobody", "1")]).await;
    assert_eq!(code_and_field(unknown), (ErrorCode::NotFound, "fields.nobody".into()));
    assert_eq!(of(&anna, client).await.len(), 3);
    set(&[("skidka", "")]).await.unwrap();
    assert_eq!(of(&anna, client).await.len(), 2);
    assert_eq!(t.journal(anna.organisation, "contact_field").await.len(), 4);
    // What is no longer a field is kept, but not shown.
    let left = kept.into_iter().filter(|field| field.key != "uroven").collect();
    keep(&anna, left).await.unwrap();
    assert_eq!(of(&anna, client).await.len(), 1);
    let boris = t.owner("boris").await;
    let foreign = contacts::custom::set(&boris, client, &values(&[])).await.unwrap_err();
    assert!(foreign.is(ErrorCode::NotFound));
}

#[tokio::test]
async fn rules_ask_about_them_wait_for_them_and_fill_them_in() {
    let t = common::app().await;
    let anna = start(&t).await;
    let client = contact(&anna, "Марина", "").await.id;
    let draft =
        |when: Json, then: Json| json!({"v": 1, "trigger": {"event": "order.created"}, "when": when, "then": then});
    let golden = json!({"is": "test", "field": "custom.uroven", "op": {"is": "equal", "value": "Золотой"}});
    let raise = json!({"act": {"do": "set_field", "field": "skidka", "text": "{{contact.orders}}"}});
    let wish = json!({"after": {"is": "until", "field": "custom.den_rozhdeniya", "shift_minutes": 600},
        "act": {"do": "comment", "text": "Поздравить: {{contact.name}}"}});
    let input = SaveRule {
        name: Some("Золотым".into()),
        draft: Some(draft(golden, json!([raise, wish]))),
        ..Default::default()
    };
    let rule = rules::create(&anna, &input).await.unwrap().rule.id;
    rules::publish(&anna, rule, &PublishRule::default()).await.unwrap();
    let runs = async |cx: &Cx| {
        let filter = RunFilter { rule_id: Some(rule), ..Default::default() };
        rules::runs(cx, &filter).await.unwrap().items
    };
    // Nothing is known yet: neither yes nor no.
    order(&anna, client).await;
    let first = &runs(&anna).await[0];
    assert_eq!((first.outcome, first.note.as_str()), (RunOutcome::Nothing, "no_data"));
    let day = services::zone::date((anna.now + 3 * services::zone::DAY_MS) / services::zone::DAY_MS);
    let known = values(&[("uroven", "Золотой"), ("den_rozhdeniya", &day)]);
    contacts::custom::set(&anna, client, &known).await.unwrap();
    let made = order(&anna, client).await.order.id;
    assert!(of(&anna, client).await.contains(&("skidka".into(), "2".into())), "the rule filled it in");
    let before = runs(&anna).await[0].run_at.expect("it waits for the day");
    // The day was a slip of the pen.
    let later = services::zone::date((anna.now + 5 * services::zone::DAY_MS) / services::zone::DAY_MS);
    contacts::custom::set(&anna, client, &values(&[("den_rozhdeniya", &later)])).await.unwrap();
    assert_eq!(runs(&anna).await[0].run_at, Some(before + 2 * services::zone::DAY_MS));
    t.advance(7 * services::zone::DAY_MS);
    while rules::run_due(&t.app).await.unwrap() > 0 {}
    let anna = t.again(&anna).await;
    let comments = services::orders::get(&anna, made).await.unwrap().comments;
    assert_eq!(comments[0].text, "Поздравить: Марина");
    // Without the field the rule says so, and cannot be published anew.
    keep(&anna, Vec::new()).await.unwrap();
    let anna = t.again(&anna).await;
    order(&anna, client).await;
    assert_eq!(runs(&anna).await[0].note, "no_data");
    let problems = rules::get(&anna, rule).await.unwrap().problems;
    assert!(problems.iter().any(|problem| problem.what == "custom.uroven"), "{problems:?}");
    assert!(problems.iter().any(|problem| problem.what == "skidka"), "{problems:?}");
}
