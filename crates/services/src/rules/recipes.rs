//! Starter recipes («Заготовки»): ready trees a new rule can begin with. Data only; the page has a title and a line for each
//! by its key, and offers them in this order.

use domain::ids::{ConnectionId, UserId};
use domain::rules::RuleTree;
use serde_json::{Value as Json, json};

/// What a recipe may name.
#[derive(Clone, Copy, Debug)]
pub struct Named {
    /// Who makes the rule.
    pub member: UserId,
    /// A connection that invites to reviews; without one publishing says that it is missing.
    pub reviewer: Option<ConnectionId>,
}

/// A recipe: its key, and its tree.
pub struct Recipe {
    pub key: &'static str,
    tree: fn(Named) -> Json,
}

/// Every recipe.
pub const RECIPES: &[Recipe] = &[
    Recipe { key: "order_ready", tree: order_ready },
    Recipe { key: "out_of_hours", tree: out_of_hours },
    Recipe { key: "silent_day", tree: silent_day },
    Recipe { key: "keywords", tree: keywords },
    Recipe { key: "unanswered", tree: unanswered },
    Recipe { key: "review_invitation", tree: review_invitation },
    Recipe { key: "webhook_order", tree: webhook_order },
];

impl Recipe {
    /// Its tree, naming these.
    pub fn tree(&self, named: Named) -> Option<RuleTree> {
        serde_json::from_value((self.tree)(named)).ok()
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

fn order_ready(_: Named) -> Json {
    let words = "{{contact.name | first_word | default: Здравствуйте}}, ваш заказ № {{order.number}} готов. Ждём вас.";
    rule(
        "order.status_changed",
        json!([test("order.status", json!({"is": "equal", "value": "ready"}))]),
        json!([{"act": {"do": "send_message", "text": words}}]),
    )
}

fn out_of_hours(_: Named) -> Json {
    let words =
        "Здравствуйте. Сейчас мы не на месте, но ваше сообщение уже у нас. Ответим, как только начнётся рабочий день.";
    rule(
        "chat.created",
        json!([test("now", json!({"is": "out_of_hours"}))]),
        json!([{"act": {"do": "send_message", "text": words}}]),
    )
}

fn silent_day(_: Named) -> Json {
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

fn keywords(Named { member, .. }: Named) -> Json {
    let word = |word: &str| test("message.text", json!({"is": "contains", "value": word}));
    let words = "{{contact.name | default: Клиент}} пишет: {{message.text}}";
    rule(
        "message.received",
        json!([{"is": "any", "of": [word("жалоб"), word("возврат"), word("срочно")]}]),
        json!([{"act": {"do": "notify", "member": member, "text": words}}]),
    )
}

fn unanswered(Named { member, .. }: Named) -> Json {
    let late = "Клиент {{contact.name | default: без имени}} ждёт ответа уже {{chat.waiting_minutes}} мин.";
    let mut tree = rule(
        "chat.unanswered",
        json!([test("now", json!({"is": "in_hours"}))]),
        json!([
            {"act": {"do": "branch",
                "when": test("chat.assignee_presence", json!({"is": "equal", "value": "active"})),
                "then": [], "otherwise": [{"act": {"do": "assign_free"}}]}},
            {"act": {"do": "notify", "member": member, "text": late}},
        ]),
    );
    tree["trigger"]["minutes"] = json!(15);
    tree
}

fn review_invitation(Named { reviewer, .. }: Named) -> Json {
    rule(
        "intercom.conversation_closed",
        json!([
            test("event.closed_by", json!({"is": "equal", "value": "admin"})),
            {"is": "any", "of": [
                test("event.rating", json!({"is": "absent"})),
                test("event.rating", json!({"is": "more", "number": 3})),
            ]},
        ]),
        json!([{"after": {"is": "in_hours", "minutes": 120},
            "act": {"do": "invite_to_review", "connection_id": reviewer.unwrap_or(ConnectionId(uuid::Uuid::nil())), "quiet_days": 90}}]),
    )
}

/// Names as forms have them; where a form calls something otherwise, publishing says so on the step.
fn webhook_order(_: Named) -> Json {
    rule(
        "webhook.received",
        json!([]),
        json!([
            {"act": {"do": "save_contact", "name": "{{event.name | default: }}", "phone": "{{event.phone | default: }}",
                "email": "{{event.email | default: }}"}},
            {"act": {"do": "create_order",
                "title": "{{event.form | default: Заявка с сайта}}: {{event.comment | default: без комментария}}"}},
        ]),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::rules::check::ProblemCode;

    #[test]
    fn every_recipe_can_be_published_as_it_is() {
        for recipe in RECIPES {
            let tree = recipe.tree(Named { member: UserId(uuid::Uuid::nil()), reviewer: None }).expect(recipe.key);
            assert_eq!(tree.bounded(), Ok(()), "{}", recipe.key);
            let kind = super::super::offer::kind(&tree.trigger.event).expect(recipe.key);
            let fields = kind.fields();
            let mut problems = domain::rules::problems(&tree, Some(&kind.offer(&fields)));
            if kind.learns() {
                // What its sender calls things is not known yet.
                problems.retain(|one| one.code != ProblemCode::UnknownField || !one.what.starts_with("event."));
            }
            assert_eq!(problems, [], "{}", recipe.key);
        }
        let blank: RuleTree = serde_json::from_value(blank()).unwrap();
        assert_eq!(blank.bounded(), Ok(()));
    }
}
