//! A connected WhatsApp number: the simulator on the provider's side, and raw webhooks for what no simulator would send.

use super::{Api, Json, Reply, TestApp, eventually, items, json, text};
use connectors::simulator::FaultOrder;
use connectors::whatsapp::simulator::{Simulator, sign};

/// Secret the simulator signs with.
const SECRET: &str = "app-secret-for-tests";

/// A connection with its provider.
#[derive(Debug)]
pub struct Whatsapp {
    pub sim: Simulator,
    pub connection_id: String,
    pub verify_token: String,
    /// Full address of the webhook.
    pub hook: String,
    http: reqwest::Client,
}

impl TestApp {
    /// Connects a simulated number, as the wizard does, and waits until everything that follows has been done.
    pub async fn connect_whatsapp(&self, api: &Api) -> Whatsapp {
        let sim = Simulator::start(([127, 0, 0, 1], 0).into()).await.expect("simulator");
        // Nobody waits for a customer to read, unless the test is about that.
        sim.ask("settings", json!({"sent_ms": 5, "delivered_ms": 5, "read_ms": 5})).await.expect("settings");
        let settings = Json::Object(sim.settings());
        self.connect_settings(api, sim, settings).await
    }

    /// The same with settings of the test's choice.
    pub async fn connect_settings(&self, api: &Api, sim: Simulator, settings: Json) -> Whatsapp {
        let made = api.post("/connections", json!({"provider": "whatsapp", "settings": settings})).await.good();
        let verify_token = text(&made["generated"], "verify_token").to_owned();
        let hook = format!("{}{}", self.base, text(&made, "webhook_path"));
        let connection_id = text(&made["connection"], "id").to_owned();
        let whatsapp = Whatsapp { sim, connection_id, verify_token, hook, http: self.http.clone() };
        whatsapp
            .sim
            .ask("callback", json!({"url": whatsapp.hook, "verify_token": whatsapp.verify_token}))
            .await
            .expect("handshake");
        eventually("the connection is checked", async || {
            let jobs = api.get(&format!("/jobs?connection_id={}", whatsapp.connection_id)).await.good();
            (items(&jobs).len() == 3 && items(&jobs).iter().all(|job| job["state"] == "done")).then_some(())
        })
        .await;
        whatsapp
    }
}

impl Whatsapp {
    /// Tells the simulator something.
    #[track_caller]
    pub fn ask(&self, order: &str, input: Json) -> impl Future<Output = Json> {
        let caller = std::panic::Location::caller();
        let (order, asked) = (order.to_owned(), input.clone());
        async move {
            let answer = self.sim.ask(&order, input).await;
            answer.unwrap_or_else(|why| panic!("{caller}: {order} {asked}: {why}"))
        }
    }

    /// A customer writes; the message must be acknowledged. Gives its id at the provider.
    pub async fn customer_writes(&self, phone: &str, words: &str) -> String {
        self.customer(json!({"phone": phone, "text": words})).await
    }

    /// A customer does something else.
    pub async fn customer(&self, order: Json) -> String {
        let done = self.ask("customer/message", order).await;
        assert_eq!(done["acknowledged"], true, "{done}");
        text(&done, "id").to_owned()
    }

    /// Orders faults for the next sends.
    pub fn sends_suffer(&self, order: FaultOrder) {
        self.sim.faults().order(&FaultOrder { on: "/messages".into(), ..order });
    }

    /// What was sent to a customer's phone.
    pub fn sent_to(&self, phone: &str) -> Vec<Json> {
        let sent = self.sim.sent();
        sent.into_iter().filter(|sent| sent["to"] == phone || sent["user_id"] == phone).collect()
    }

    /// A webhook with the right signature.
    pub async fn post(&self, body: impl Into<Vec<u8>>) -> Reply {
        let body = body.into();
        let signature = sign(SECRET, &body);
        self.post_signed(body, Some(&signature)).await
    }

    /// The same webhook at another node.
    pub async fn post_to(&self, base: &str, body: impl Into<Vec<u8>>) -> Reply {
        let body = body.into();
        let path = self.hook.find("/api/hooks/").map_or("", |at| &self.hook[at..]);
        let request = self.http.post(format!("{base}{path}")).header("content-type", "application/json");
        Reply::of(request.header("x-hub-signature-256", sign(SECRET, &body)).body(body)).await
    }

    /// A webhook with a signature of the test's choice.
    pub async fn post_signed(&self, body: impl Into<Vec<u8>>, signature: Option<&str>) -> Reply {
        let request = self.http.post(&self.hook).header("content-type", "application/json").body(body.into());
        Reply::of(match signature {
            Some(signature) => request.header("x-hub-signature-256", signature),
            None => request,
        })
        .await
    }

    /// The signature the provider would give.
    pub fn signature(&self, body: &[u8]) -> String {
        sign(SECRET, body)
    }

    /// The chat with this phone, once there is one in which `enough` holds.
    pub async fn chat_where(&self, api: &Api, phone: &str, enough: impl Fn(&Json) -> bool) -> Json {
        let phone = format!("+{phone}");
        eventually(&format!("there is such a chat with {phone}"), async || {
            let chats = api.get("/chats?limit=200").await.good();
            items(&chats).iter().find(|chat| chat["contact_phone"] == phone.as_str() && enough(chat)).cloned()
        })
        .await
    }

    /// The chat with this phone.
    pub async fn chat(&self, api: &Api, phone: &str) -> Json {
        self.chat_where(api, phone, |_| true).await
    }

    /// A customer writes, and the chat is there. Gives its id.
    pub async fn chat_begun(&self, api: &Api, phone: &str) -> String {
        self.customer_writes(phone, "Здравствуйте").await;
        text(&self.chat(api, phone).await, "id").to_owned()
    }
}

impl Api {
    /// All messages of a chat, oldest first.
    pub async fn messages(&self, chat: &str) -> Vec<Json> {
        let (mut all, mut cursor) = (Vec::new(), String::new());
        loop {
            let page = self.get(&format!("/chats/{chat}/messages{cursor}")).await.good();
            all.splice(0..0, items(&page).iter().cloned());
            match page["next_cursor"].as_str() {
                Some(next) => cursor = format!("?cursor={next}"),
                None => return all,
            }
        }
    }

    /// Sends a text into a chat. Gives the message's id.
    pub async fn says(&self, chat: &str, words: &str) -> String {
        let sent = self.post(&format!("/chats/{chat}/messages"), json!({"text": words})).await;
        assert_eq!(sent.status, 201, "{sent:?}");
        text(&sent.json(), "id").to_owned()
    }

    /// The message, once it is in this state of delivery.
    pub async fn message_in(&self, chat: &str, id: &str, delivery: &str) -> Json {
        self.message_where(chat, id, &format!("is {delivery}"), |message| message["delivery"] == delivery).await
    }

    /// The message, once this holds.
    pub async fn message_where(&self, chat: &str, id: &str, what: &str, enough: impl Fn(&Json) -> bool) -> Json {
        eventually(&format!("message {id} {what}"), async || {
            let messages = self.messages(chat).await;
            messages.into_iter().find(|message| message["id"] == id && enough(message))
        })
        .await
    }

    /// The job of a message, once it is in this state.
    pub async fn job_in(&self, message: &Json, state: &str) -> Json {
        let id = text(message, "job_id").to_owned();
        eventually(&format!("job {id} is {state}"), async || {
            let card = self.get(&format!("/jobs/{id}")).await.good();
            (card["job"]["state"] == state).then_some(card)
        })
        .await
    }

    /// All events of the inbox, once none of them waits any more.
    pub async fn events_applied(&self) -> Vec<Json> {
        eventually("all events are applied", async || {
            let waiting = self.get("/events?state=new&limit=1").await.good();
            items(&waiting).is_empty().then_some(())
        })
        .await;
        self.all("/events", 200).await
    }
}

/// A webhook body with one change.
pub fn envelope(field: &str, value: Json) -> Vec<u8> {
    let change = json!({"value": value, "field": field});
    let body =
        json!({"object": "whatsapp_business_account", "entry": [{"id": "102290129340398", "changes": [change]}]});
    body.to_string().into_bytes()
}

/// A webhook with one text message.
pub fn text_message(id: &str, from: &str, words: &str) -> Vec<u8> {
    let message = json!({"from": from, "id": id, "timestamp": "1789600060", "type": "text", "text": {"body": words}});
    envelope(
        "messages",
        value_of(json!({"contacts": [{"profile": {"name": "Анна"}, "wa_id": from}], "messages": [message]})),
    )
}

/// The value of field `messages` with the number's own part.
pub fn value_of(mut value: Json) -> Json {
    value["messaging_product"] = "whatsapp".into();
    value["metadata"] = json!({"display_phone_number": "15550783881", "phone_number_id": "106540352242922"});
    value
}
