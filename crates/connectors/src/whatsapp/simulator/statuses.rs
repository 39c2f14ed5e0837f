//! What becomes of a sent message: statuses in their time, in the ordered or reversed sequence, or a late failure.

use super::webhooks::{Delivered, value};
use super::world::{Order, Sent, World};
use serde_json::{Value as Json, json};
use std::sync::Arc;
use std::time::Duration;

impl World {
    /// Starts the life of a message in the background. `failure` replaces delivery.
    pub fn follow(self: &Arc<Self>, id: String, failure: Option<i64>) {
        let (life, plan) = {
            let memory = self.memory();
            let own = &memory.behaviour;
            if !own.statuses {
                return;
            }
            let mut plan = match failure {
                Some(_) => vec![(own.sent_ms, "failed")],
                None => vec![(own.sent_ms, "sent"), (own.delivered_ms, "delivered")],
            };
            if let (None, Some(read_ms)) = (failure, own.read_ms) {
                plan.push((read_ms, "read"));
            }
            if own.order == Order::Reverse {
                plan.reverse();
            }
            (memory.life, plan)
        };
        let world = self.clone();
        tokio::spawn(async move {
            for (delay, status) in plan {
                tokio::time::sleep(Duration::from_millis(delay)).await;
                if world.memory().life != life {
                    return;
                }
                // Without a callback the status is lost, as with Meta.
                let _ = world.report(std::slice::from_ref(&id), status, failure).await;
            }
        });
    }

    /// Posts the same status of several messages in one body.
    pub async fn report(
        self: &Arc<Self>,
        ids: &[String],
        status: &str,
        code: Option<i64>,
    ) -> Result<Delivered, String> {
        let change = {
            let now_s = self.clock.now_ms() / 1000;
            let mut memory = self.memory();
            let mut items = Vec::with_capacity(ids.len());
            for id in ids {
                let sent = memory.sent.iter_mut().find(|sent| sent.id == *id);
                let sent = sent.ok_or_else(|| format!("no message {id} was sent"))?;
                sent.statuses.push(status.to_owned());
                items.push(item(sent, status, code, now_s));
            }
            value(&memory.behaviour, &[], "statuses", &items)
        };
        self.post("messages", &change).await
    }
}

fn item(sent: &Sent, status: &str, code: Option<i64>, now_s: i64) -> Json {
    let mut item = json!({"id": sent.id, "status": status, "timestamp": now_s.to_string()});
    if !sent.to.is_empty() {
        item["recipient_id"] = sent.to.as_str().into();
    }
    if !sent.user_id.is_empty() {
        item["recipient_user_id"] = sent.user_id.as_str().into();
    }
    if let Some(reference) = sent.body["biz_opaque_callback_data"].as_str() {
        item["biz_opaque_callback_data"] = reference.into();
    }
    if matches!(status, "sent" | "delivered") {
        let conversation = format!("{:032x}", u128::from(sent.at_ms.unsigned_abs()));
        item["conversation"] = json!({"id": conversation, "origin": {"type": sent.category}});
        let billable = sent.category != "service";
        let kind = if billable { "regular" } else { "free_customer_service" };
        item["pricing"] =
            json!({"billable": billable, "pricing_model": "PMP", "category": sent.category, "type": kind});
    }
    if status == "failed" {
        let code = code.unwrap_or(131026);
        let title = super::messages::title(code);
        item["errors"] = json!([{"code": code, "title": title, "message": title, "error_data": {"details": title}}]);
    }
    item
}
