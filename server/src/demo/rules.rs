//! Rules of the demo: published before its history begins, so that there are runs to look at.

use super::worded;
use anyhow::Result;
use domain::ids::UserId;
use domain::views::{PublishRule, SaveRule};
use serde_json::{Value as Json, json};
use services::{Cx, rules};

/// Makes and publishes them; `master` gets the work nobody has.
pub async fn make(cx: &Cx, master: UserId) -> Result<()> {
    for (name, draft) in [
        ("Крупный заказ согласовать", large_order()),
        ("Жалоба на опоздание", late_master(master)),
        ("Ответить про гарантию", warranty()),
        ("Выдать без осмотра", without_look()),
    ] {
        let input = SaveRule { name: Some(name.into()), draft: Some(draft), ..Default::default() };
        let rule = rules::create(cx, &input).await.map_err(worded)?;
        rules::publish(cx, rule.rule.id, &PublishRule::default()).await.map_err(worded)?;
    }
    let input = SaveRule {
        name: Some("Напомнить о сроке".into()), draft: Some(deadline()), ..Default::default()
    };
    rules::create(cx, &input).await.map_err(worded)?;
    Ok(())
}

fn rule(event: &str, when: Json, then: Json) -> Json {
    json!({"v": 1, "trigger": {"event": event}, "when": {"is": "all", "of": when}, "then": then})
}

fn test(field: &str, op: Json) -> Json {
    json!({"is": "test", "field": field, "op": op})
}

fn comment(text: &str) -> Json {
    json!({"act": {"do": "comment", "text": text}})
}

/// Waits for a decision: today's are still open.
fn large_order() -> Json {
    rule(
        "order.created",
        json!([
            test("order.total", json!({"is": "more", "number": 1_000_000})),
            test("order.source", json!({"is": "equal", "value": "chat"}))
        ]),
        json!([{"act": {"do": "approve", "member": null, "minutes": 1_440, "otherwise_yes": true,
            "then": [comment("Заказ на {{order.total | money}} ₽ согласован, можно закупать детали")],
            "refused": [comment("Заказ не согласован: уточнить у клиента сумму и сроки")]}}]),
    )
}

fn late_master(master: UserId) -> Json {
    let word = |word: &str| test("message.text", json!({"is": "contains", "value": word}));
    rule(
        "message.received",
        json!([
            {"is": "any", "of": [word("обещал"), word("простой"), word("течёт")]},
            {"is": "none", "of": [test("chat.status", json!({"is": "equal", "value": "closed"}))]},
        ]),
        json!([
            {"act": {"do": "notify", "member": master, "text": "{{contact.name | default: Клиент}} пишет: {{message.text}}"}},
            {"after": {"is": "minutes", "minutes": 15}, "act": {"do": "branch",
                "when": {"is": "all", "of": [test("chat.assigned", json!({"is": "no"}))]},
                "then": [{"act": {"do": "assign", "member": master}}], "otherwise": []}},
        ]),
    )
}

fn warranty() -> Json {
    rule(
        "message.received",
        json!([test("message.text", json!({"is": "contains", "value": "гарантия"}))]),
        json!([{"act": {"do": "send_message", "text":
            "{{contact.name | first_word | default: Здравствуйте}}, на работу и установленные детали даём гарантию 6 месяцев."}}]),
    )
}

/// Fails: an order nobody has worked on cannot be handed out.
fn without_look() -> Json {
    rule(
        "order.created",
        json!([test("order.title", json!({"is": "contains", "value": "помпа"}))]),
        json!([comment("Деталь есть на складе"), {"act": {"do": "change_order", "status": "delivered"}}]),
    )
}

/// A draft with something to mend.
fn deadline() -> Json {
    rule(
        "order.status_changed",
        json!([test("order.status", json!({"is": "equal", "value": "in_progress"}))]),
        json!([{"after": {"is": "until", "field": "order.deadline_at", "shift_minutes": -60},
            "act": {"do": "comment", "text": ""}}]),
    )
}
