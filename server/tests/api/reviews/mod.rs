//! Intercom conversation closed → Trustpilot invitation, and the reviews that follow.

mod ending;
mod inviting;
mod reading;

use crate::support::{Api, Intercom, Json, TestApp, Trustpilot, eventually, items, json, text};

/// An installation with both services and the rule between them.
struct Stage {
    app: TestApp,
    api: Api,
    intercom: Intercom,
    trustpilot: Trustpilot,
    rule: String,
}

impl Stage {
    async fn new() -> Self {
        Self::with(json!({"is": "all", "of": []}), 0).await
    }

    async fn with(when: Json, quiet_days: u16) -> Self {
        let (app, api) = TestApp::with_api().await;
        let intercom = app.connect_intercom(&api).await;
        let trustpilot = app.connect_trustpilot(&api).await;
        let invite =
            json!({"do": "invite_to_review", "connection_id": trustpilot.connection_id, "quiet_days": quiet_days});
        let then = json!([{"act": invite}]);
        let rule = crate::rules::published(&api, "Отзыв", "intercom.conversation_closed", when, then).await;
        Self { app, api, intercom, trustpilot, rule }
    }

    /// The only invitation, once it is in this state.
    async fn invitation(&self, state: &str) -> Json {
        eventually(&format!("an invitation is {state}"), async || {
            let list = self.api.get(&format!("/invitations?state={state}")).await.good();
            items(&list).first().cloned()
        })
        .await
    }

    /// Waits until nothing is under way: no event, no job.
    async fn quiet(&self) {
        eventually("nothing is under way", async || {
            let mut waiting = 0;
            for list in ["/events?state=new", "/jobs?state=ready", "/jobs?state=running"] {
                waiting += items(&self.api.get(list).await.good()).len();
            }
            (waiting == 0).then_some(())
        })
        .await;
    }

    /// Outcome and note of the rule's runs, oldest first.
    async fn runs(&self) -> Vec<(String, String)> {
        let runs = crate::rules::runs(&self.api, &self.rule).await;
        runs.iter().map(|run| (text(run, "outcome").to_owned(), text(run, "note").to_owned())).collect()
    }
}

fn anna() -> Json {
    json!({"email": "anna@example.com", "name": "Анна", "admin": "Илья", "rating": 5})
}
