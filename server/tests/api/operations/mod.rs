//! What an operator does with a whole installation: copies, restoring, moving to another engine.

mod copying;
mod doctor;
mod moving;
mod refused;
mod rotating;

use crate::rules::{published, test};
use crate::support::{Api, Browser, Json, Organisation, Ran, TestApp, Whatsapp, eventually, items, json, text};
use connectors::simulator::FaultOrder;

const PHONE: &str = "79161234567";

/// An installation with something of everything, and one send that waits.
struct Lived {
    app: TestApp,
    api: Api,
    organisation: Organisation,
    owner: Browser,
    whatsapp: Whatsapp,
    chat: String,
    /// Path of an uploaded file.
    file: String,
}

const PICTURE: &[u8] = b"%PDF-1.7 \x00\xff\xfe not much of a document";

impl Lived {
    async fn on(app: TestApp) -> Self {
        let mut app = app;
        app.serve().await;
        let organisation = app.organisation("Север").await;
        let api = app.api(&organisation, "*").await;
        let owner = app.owner(&organisation).await;
        let whatsapp = app.connect_whatsapp(&api).await;
        let chat = whatsapp.chat_begun(&api, PHONE).await;
        let about = test("message.text", json!({"is": "contains", "value": "«ё» \"\\u0001"}));
        published(&api, "Правило", "message.received", about, json!([{"act": {"do": "stop"}}])).await;
        let product = json!({"name": "Насос", "kind": "product", "price_minor": 150_000, "unit": "шт"});
        let product = api.post("/products", product).await.good();
        let contact = api.get(&format!("/chats/{chat}")).await.good()["contact_id"].clone();
        let line = json!([{"product_id": product["id"], "quantity": 1.5}]);
        api.post("/orders", json!({"contact_id": contact, "items": line})).await.good();
        let uploaded = owner.upload("план.pdf", PICTURE.to_vec()).await.good();
        let file = format!("/files/{}", text(&uploaded, "id"));
        // The provider asks to come again in an hour.
        let order = FaultOrder { fail_next: 1, status: 429, retry_after: Some(3_600), ..FaultOrder::default() };
        whatsapp.sends_suffer(order);
        let message = api.says(&chat, "Ждёт своего часа").await;
        let message = api.message_where(&chat, &message, "has a job", |message| message["job_id"].is_string()).await;
        eventually("the send waits", async || {
            let job = api.get(&format!("/jobs/{}", text(&message, "job_id"))).await.good();
            let tried = job["attempts"].as_array().is_some_and(|attempts| attempts.len() == 1);
            (job["job"]["state"] == "ready" && tried).then_some(())
        })
        .await;
        assert!(whatsapp.sent_to(PHONE).is_empty());
        Self { app, api, organisation, owner, whatsapp, chat, file }
    }

    /// The same integrator at another installation.
    fn api_at(&self, app: &TestApp) -> Api {
        Api { base: app.base.clone(), ..self.api.clone() }
    }

    /// Lets the provider call another installation.
    async fn hook_at(&mut self, app: &TestApp) {
        self.whatsapp.hook = self.whatsapp.hook.replace(&self.app.base, &app.base);
        let callback = json!({"url": self.whatsapp.hook, "verify_token": self.whatsapp.verify_token});
        self.whatsapp.ask("callback", callback).await;
    }
}

/// Everything REST tells: lists, and what stands behind their lines.
pub async fn everything(api: &Api) -> Vec<(String, Json)> {
    let mut all = Vec::new();
    for list in ["contacts", "chats", "products", "orders", "connections", "events", "jobs", "rules", "members", "runs"]
    {
        let page = api.get(&format!("/{list}?limit=200")).await.good();
        for item in items(&page) {
            let Some(id) = item["id"].as_str() else { continue };
            if ["contacts", "orders", "connections", "events", "jobs", "rules", "runs"].contains(&list) {
                let path = format!("/{list}/{id}");
                all.push((path.clone(), api.get(&path).await.good()));
            }
            if list == "chats" {
                all.push((id.to_owned(), Json::Array(api.messages(id).await)));
            }
        }
        all.push((list.to_owned(), page));
    }
    assert!(all.len() > 15, "{all:?}");
    all
}

/// The same, told apart by the first that differs.
#[track_caller]
fn assert_same(before: &[(String, Json)], after: &[(String, Json)]) {
    for (before, after) in before.iter().zip(after) {
        assert_eq!(before, after);
    }
    assert_eq!(before.len(), after.len());
}

/// It failed, with one clear line that says this.
#[track_caller]
fn failed(ran: &Ran, says: &str) {
    assert_eq!((ran.code, ran.out.as_str()), (1, ""), "{ran:?}");
    let line = ran.err.lines().last().unwrap_or_default();
    assert!(line.starts_with("pult: ") && line.contains(says), "{says}: {ran:?}");
    assert!(!ran.err.contains("panicked"), "{ran:?}");
}
