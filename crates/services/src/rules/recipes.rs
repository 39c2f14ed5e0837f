//! Starter recipes («Заготовки»): ready trees a new rule can begin with. Data only; the page has a title and a line for each
//! by its key, and offers them in this order.

use domain::ids::UserId;
use domain::rules::RuleTree;
use serde_json::{Value as Json, json};

/// A recipe: its key, and its tree for the member who makes the rule.
pub struct Recipe {
    pub key: &'static str,
    tree: fn(UserId) -> Json,
}

/// Every recipe.
pub const RECIPES: &[Recipe] = &[
    Recipe { key: "order_ready", tree: order_ready },
    Recipe { key: "out_of_hours", tree: out_of_hours },
    Recipe { key: "silent_day", tree: silent_day },
    Recipe { key: "keywords", tree: keywords },
];

impl Recipe {
    /// Its tree; steps that name a member name this one.
    pub fn tree(&self, member: UserId) -> Option<RuleTree> {
        serde_json::from_value((self.tree)(member)).ok()
    }
}

/// What an empty rule begins with.
pub fn blank() -> Json {
    rule("message.received", json!([]), json!([]))
}

fn rule(event: &str, when: Json, then: Json) -> Json {
    json!({"v": 1, "trigger": {"event": event}, "when": {"is": "all", "of": when}, "then": then})
}

fn test(field: &str, op: Json) -> Json {
    json!({"is": "test", "field": field, "op": op})
}

fn order_ready(_: UserId) -> Json {
    let words = "{{contact.name | first_word | default: Здравствуйте}}, ваш заказ № {{order.number}} готов. Ждём вас.";
    rule(
        "order.status_changed",
        json!([test("order.status", json!({"is": "equal", "value": "ready"}))]),
        json!([{"act": {"do": "send_message", "text": words}}]),
    )
}

fn out_of_hours(_: UserId) -> Json {
    let words =
        "Здравствуйте. Сейчас мы не на месте, но ваше сообщение уже у нас. Ответим, как только начнётся рабочий день.";
    rule(
        "chat.created",
        json!([test("now", json!({"is": "out_of_hours"}))]),
        json!([{"act": {"do": "send_message", "text": words}}]),
    )
}

fn silent_day(_: UserId) -> Json {
    let first = "{{contact.name | first_word | default: Здравствуйте}}, мы приняли ваш заказ № {{order.number}}. Подтвердите его, пожалуйста, ответным сообщением.";
    let again = "Напоминаем о заказе № {{order.number}}: ждём вашего подтверждения, чтобы начать работу.";
    rule(
        "order.created",
        json!([]),
        json!([
            {"act": {"do": "send_message", "text": first}},
            {"act": {"do": "wait_for_answer", "minutes": 1_440, "answered": [],
                "silent": [{"act": {"do": "send_message", "text": again}}]}},
        ]),
    )
}

fn keywords(member: UserId) -> Json {
    let word = |word: &str| test("message.text", json!({"is": "contains", "value": word}));
    let words = "{{contact.name | default: Клиент}} пишет: {{message.text}}";
    rule(
        "message.received",
        json!([{"is": "any", "of": [word("жалоб"), word("возврат"), word("срочно")]}]),
        json!([{"act": {"do": "notify", "member": member, "text": words}}]),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_recipe_can_be_published_as_it_is() {
        for recipe in RECIPES {
            let tree = recipe.tree(UserId(uuid::Uuid::nil())).expect(recipe.key);
            assert_eq!(tree.bounded(), Ok(()), "{}", recipe.key);
            assert_eq!(super::super::save::faults(&tree), [], "{}", recipe.key);
        }
        let blank: RuleTree = serde_json::from_value(blank()).unwrap();
        assert_eq!(blank.bounded(), Ok(()));
    }
}
