//! `cargo xtask bench rules`: what weighing costs by itself, without a database: one rule of ten conditions, and an event
//! against two hundred published rules.

use domain::rules::{Facts, RuleTree, Truth, start, weigh};
use serde_json::{Value as Json, json};
use std::collections::HashMap;
use std::hint::black_box;
use std::time::Instant;

const RULES: usize = 200;
/// Triggers the rules are spread over.
const TRIGGERS: [&str; 5] =
    ["message.received", "chat.created", "order.created", "order.status_changed", "intercom.conversation_closed"];

fn test(field: &str, op: Json) -> Json {
    json!({"is": "test", "field": field, "op": op})
}

/// Ten conditions of every type, in two groups; `n` makes it differ from its neighbours.
fn rule(n: usize) -> RuleTree {
    let when = json!({"is": "all", "of": [
        test("order.total", json!({"is": "more", "number": 1_000 + n})),
        test("order.status", json!({"is": "one_of", "values": ["new", "ready"]})),
        test("order.title", json!({"is": "contains", "value": "компрессор"})),
        test("contact.phone", json!({"is": "starts_with", "value": "+7913"})),
        test("contact.orders", json!({"is": "more", "number": 2})),
        {"is": "any", "of": [
            test("contact.tags", json!({"is": "has", "value": "постоянный"})),
            test("contact.city", json!({"is": "equal", "value": "Бердск"})),
            test("chat.assigned", json!({"is": "no"})),
        ]},
        {"is": "none", "of": [
            test("contact.email", json!({"is": "absent"})),
            test("contact.last_order_at", json!({"is": "within", "minutes": 60})),
        ]},
    ]});
    let words = "{{contact.name | first_word | default: Здравствуйте}}, заказ № {{order.number}} на {{order.total | money}} ₽ готов.";
    let tree = json!({"v": 1, "trigger": {"event": TRIGGERS[n % TRIGGERS.len()]}, "when": when,
        "then": [{"act": {"do": "send_message", "text": words}}, {"act": {"do": "add_tag", "tag": "готов"}}]});
    serde_json::from_value(tree).expect("a tree")
}

fn facts() -> Facts {
    let fields = json!({
        "order.total": 1_100_000, "order.status": "ready", "order.title": "Замена компрессора холодильника", "order.number": 1042,
        "contact.name": "Марина Лебедева", "contact.phone": "+79132041855", "contact.city": "Новосибирск", "contact.orders": 5,
        "contact.email": "marina@example.com", "contact.tags": ["постоянный", "гарантия"], "contact.last_order_at": 1_789_000_000_000_i64,
        "chat.assigned": true,
    });
    Facts { at: 1_789_600_000_000, fields: serde_json::from_value(fields).expect("fields"), ..Facts::default() }
}

/// Nanoseconds of one call, the median of many batches.
fn nanoseconds(mut work: impl FnMut()) -> f64 {
    let batch = |work: &mut dyn FnMut()| {
        let begun = Instant::now();
        (0..200).for_each(|_| work());
        begun.elapsed().as_nanos() as f64 / 200.0
    };
    let mut times: Vec<f64> = (0..200).map(|_| batch(&mut work)).collect();
    times.sort_unstable_by(f64::total_cmp);
    times[times.len() / 2]
}

fn main() {
    let (one, facts) = (rule(0), facts());
    assert_eq!(weigh(&one.when, &facts).0, Truth::Yes);
    let weighing = nanoseconds(|| drop(black_box(weigh(black_box(&one.when), &facts))));
    println!("ten conditions with their trace   {:>7.2} µs  (limit 3.00)  {:.2} of it", weighing / 1e3, weighing / 3e3);
    let walking = nanoseconds(|| drop(black_box(start(black_box(&one), &facts))));
    println!("its plan, two steps filled in     {:>7.2} µs", walking / 1e3);
    let mut by_trigger: HashMap<String, Vec<RuleTree>> = HashMap::new();
    for tree in (0..RULES).map(rule) {
        by_trigger.entry(tree.trigger.event.clone()).or_default().push(tree);
    }
    let event = nanoseconds(|| {
        for tree in by_trigger.get(black_box("order.created")).into_iter().flatten() {
            if weigh(&tree.when, &facts).0 == Truth::Yes {
                drop(black_box(start(tree, &facts)));
            }
        }
    });
    let listening = by_trigger["order.created"].len();
    println!(
        "an event against {RULES} rules        {:>7.2} µs  (limit 100)   {:.2} of it; {listening} of them listen, and all fire",
        event / 1e3,
        event / 1e5
    );
    let all: Vec<&RuleTree> = by_trigger.values().flatten().collect();
    let worst = nanoseconds(|| all.iter().for_each(|tree| drop(black_box(weigh(&tree.when, &facts)))));
    println!("the same if all {RULES} listened      {:>7.2} µs", worst / 1e3);
}
