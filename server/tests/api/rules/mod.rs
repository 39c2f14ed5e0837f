//! Rules through REST and on what happens: publishing, acting once, and saying why.

mod acting;
mod publishing;

use crate::support::{Api, Json, json, text};

/// A rule of these parts, published. Gives its id.
pub async fn published(api: &Api, name: &str, event: &str, when: Json, then: Json) -> String {
    let draft = json!({"v": 1, "trigger": {"event": event}, "when": when, "then": then});
    let rule = api.post("/rules", json!({"name": name, "draft": draft})).await.good();
    let id = text(&rule, "id").to_owned();
    api.post(&format!("/rules/{id}/publish"), json!({})).await.good();
    id
}

/// No conditions.
fn always() -> Json {
    json!({"is": "all", "of": []})
}

pub fn test(field: &str, op: Json) -> Json {
    json!({"is": "test", "field": field, "op": op})
}

fn say(words: &str) -> Json {
    json!([{"act": {"do": "send_message", "text": words}}])
}

/// Runs of a rule, oldest first, with their reasons.
pub async fn runs(api: &Api, rule: &str) -> Vec<Json> {
    let mut cards = Vec::new();
    for run in api.all(&format!("/rules/{rule}/runs"), 50).await.iter().rev() {
        cards.push(api.get(&format!("/runs/{}", text(run, "id"))).await.good());
    }
    cards
}
