//! Webhooks of one's own: a form or a program posts, rules learn its fields and act.

mod learning;
mod receiving;
mod requests;
mod sending;

use crate::rules::{published, runs};
use crate::support::{Api, Json, Reply, TestApp, items, json, text};
use connectors::webhook::simulator::signatures;
use connectors::webhook::standard;

/// A connection with its address.
struct Hook {
    connection_id: String,
    secret: String,
    /// Full address.
    url: String,
    http: reqwest::Client,
}

impl Hook {
    /// Connects as the wizard does.
    async fn new(app: &TestApp, api: &Api, settings: Json) -> Self {
        let made = api.post("/connections", json!({"provider": "webhook", "settings": settings})).await.good();
        Self {
            connection_id: text(&made["connection"], "id").to_owned(),
            secret: text(&made["generated"], "secret").to_owned(),
            url: format!("{}{}", app.base, text(&made, "webhook_path")),
            http: app.http.clone(),
        }
    }

    /// Posts as it is.
    async fn send(&self, headers: &[(&str, &str)], body: impl Into<Vec<u8>>) -> Reply {
        let mut request = self.http.post(&self.url).body(body.into());
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        Reply::of(request).await
    }

    /// Posts JSON, which must be acknowledged, and waits until it is applied.
    async fn says(&self, api: &Api, body: Json) {
        let reply = self.send(&[("content-type", "application/json")], body.to_string()).await;
        assert_eq!(reply.status, 200, "{}", reply.text);
        api.events_applied().await;
    }

    /// Posts a form as a browser writes it.
    async fn submits(&self, api: &Api, fields: &[(&str, &str)]) {
        let reply = Reply::of(self.http.post(&self.url).form(fields)).await;
        assert_eq!(reply.status, 200, "{}", reply.text);
        api.events_applied().await;
    }

    /// The events it brought, oldest first.
    async fn events(&self, api: &Api) -> Vec<Json> {
        let all = api.all("/events", 50).await;
        all.into_iter().rev().filter(|event| event["connection_id"] == self.connection_id).collect()
    }
}
