//! Rules through REST and on what happens: publishing, acting once, and saying why.

mod acting;
mod beginning;
mod deciding;
mod existing;
mod hostile;
mod publishing;
mod retrying;

use crate::support::{Api, Browser, Json, PASSWORD, TestApp, json, text};
use domain::access::Role;

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

/// A signed-in member in this role, and their id.
async fn member(app: &TestApp, owner: &Browser, role: Role, email: &str) -> (Browser, String) {
    let invite = owner.server_fn("invites_create", json!({"email": email, "role": role})).await.good();
    let token = text(&invite, "link").rsplit('/').next().expect("a token").to_owned();
    let mut browser = app.browser();
    let fields = [("token", token.as_str()), ("name", role.as_str()), ("password", PASSWORD)];
    assert_eq!(browser.post_form("/auth/join", &fields).await.status, 303);
    let me = browser.server_fn_form("me", &[]).await.good();
    (browser, text(&me, "user_id").to_owned())
}

/// A refusal of a server function.
trait Refused {
    fn refused_with(&self, status: u16, code: &str);
}
impl Refused for crate::support::Reply {
    #[track_caller]
    fn refused_with(&self, status: u16, code: &str) {
        assert_eq!((self.status, text(&self.json(), "code")), (status, code), "{}", self.text);
    }
}
