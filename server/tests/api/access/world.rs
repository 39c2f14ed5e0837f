//! An organisation with one of everything and a member in every role, and beside it another organisation.

use super::NOTHING;
use crate::support::{
    Api, Browser, Intercom, Json, Organisation, PASSWORD, TestApp, Trustpilot, Whatsapp, eventually, items, json, text,
};
use connectors::simulator::FaultOrder;
use domain::access::Role;
use std::collections::BTreeMap;

pub struct World {
    pub app: TestApp,
    pub organisation: Organisation,
    pub api: Api,
    /// Kept, so that the providers stay there.
    #[expect(dead_code, reason = "held, not read")]
    pub providers: (Whatsapp, Intercom, Trustpilot),
    /// Ids of one of everything, by the word used in the tables.
    pub ids: BTreeMap<&'static str, String>,
    /// Another organisation: its integrator, and its owner's browser where people were made.
    pub stranger: Api,
    pub strange_organisation: Organisation,
}

const PHONE: &str = "79161234567";

impl World {
    /// Everything that can be made through REST.
    pub async fn new() -> Self {
        let app = TestApp::start().await;
        let organisation = app.organisation("Север").await;
        let strange_organisation = app.organisation("Юг").await;
        let api = app.api(&organisation, "*").await;
        let stranger = app.api(&strange_organisation, "*").await;
        let whatsapp = app.connect_whatsapp(&api).await;
        let chat = whatsapp.chat_begun(&api, PHONE).await;
        whatsapp.sends_suffer(FaultOrder { fail_next: 1, status: 400, code: 131009, ..FaultOrder::default() });
        let message = api.says(&chat, "Не дойдёт").await;
        let failed = api.message_in(&chat, &message, "failed").await;
        let product = api.post("/products", json!({"name": "Чехол", "price_minor": 149_000})).await.good();
        let contact = api.get(&format!("/chats/{chat}")).await.good()["contact_id"].clone();
        let item = json!({"product_id": product["id"], "quantity": 1});
        let draft = json!({"v": 1, "trigger": {"event": "order.created"}, "when": {"is": "all", "of": []},
            "then": [{"act": {"do": "comment", "text": "Позвонить"}}]});
        let rule = api.post("/rules", json!({"name": "Позвонить", "draft": draft})).await.good()["id"].clone();
        api.post(&format!("/rules/{}/publish", rule.as_str().unwrap()), json!({})).await.good();
        // A rule that asks and one that fails, for what can be done with their runs.
        let mut others = Vec::new();
        for (name, act) in [
            (
                "Спросить",
                json!({"do": "approve", "member": null, "minutes": 60, "otherwise_yes": true, "then": [], "refused": []}),
            ),
            ("Выдать", json!({"do": "change_order", "status": "delivered"})),
        ] {
            let draft = json!({"v": 1, "trigger": {"event": "order.created"}, "when": {"is": "all", "of": []}, "then": [{"act": act}]});
            let id = api.post("/rules", json!({"name": name, "draft": draft})).await.good()["id"].clone();
            api.post(&format!("/rules/{}/publish", id.as_str().unwrap()), json!({})).await.good();
            others.push(id);
        }
        let order = api.post("/orders", json!({"contact_id": contact, "items": [item]})).await.good();
        let event = items(&api.get("/events").await.good())[0]["id"].clone();
        let (occasion, example, replay) = tried(&api, rule.as_str().unwrap()).await;
        let intercom = app.connect_intercom(&api).await;
        let trustpilot = app.connect_trustpilot(&api).await;
        let invitation = invited(&api, &intercom, &trustpilot).await;
        let review = items(&api.get("/reviews").await.good())[0]["id"].clone();
        let stop = api.post("/stops", json!({"scope": "channel", "target": "trustpilot"})).await.good()["id"].clone();
        let (spare, merge) = merged(&api).await;
        let noted = format!("/contacts/{}/notes", contact.as_str().expect("an id"));
        let note = api.post(&noted, json!({"text": "Позвонить"})).await.good()["id"].clone();
        let mut runs = Vec::new();
        for id in [&rule, &others[0], &others[1]] {
            let list = api.get(&format!("/rules/{}/runs", id.as_str().unwrap())).await.good();
            runs.push(items(&list)[0]["id"].clone());
        }
        let word = |json: &Json| json.as_str().expect("an id").to_owned();
        let ids = BTreeMap::from([
            ("chat", chat),
            ("message", message),
            ("job", text(&failed, "job_id").to_owned()),
            ("product", word(&product["id"])),
            ("contact", word(&contact)),
            ("spare", spare),
            ("note", word(&note)),
            ("merge", merge),
            ("order", word(&order["id"])),
            ("event", word(&event)),
            ("rule", word(&rule)),
            ("invitation", invitation),
            ("occasion", occasion),
            ("example", example),
            ("replay", replay),
            ("review", word(&review)),
            ("stop", word(&stop)),
            ("run", word(&runs[0])),
            ("asking", word(&runs[1])),
            ("failed", word(&runs[2])),
            ("connection", whatsapp.connection_id.clone()),
            ("member", organisation.owner_id.clone()),
        ]);
        let providers = (whatsapp, intercom, trustpilot);
        Self { app, organisation, api, providers, ids, stranger, strange_organisation }
    }

    /// A template of the tables with our ids in it.
    pub fn with_ids(&self, template: &str) -> String {
        let text = template.replace("{tomorrow}", &tomorrow());
        self.ids.iter().fold(text, |text, (name, id)| text.replace(&format!("{{{name}}}"), id))
    }

    /// The same with ids that nothing has.
    pub fn with_nothing(&self, template: &str) -> String {
        let text = template.replace("{tomorrow}", &tomorrow());
        self.ids.keys().fold(text, |text, name| text.replace(&format!("{{{name}}}"), NOTHING))
    }

    /// Everything a change would show in, once nothing is under way any more.
    pub async fn snapshot(&self) -> Vec<Json> {
        eventually("all work is done", async || {
            let mut waiting = 0;
            for list in ["/jobs?state=ready", "/jobs?state=running", "/events?state=new"] {
                waiting += items(&self.api.get(list).await.good()).len();
            }
            (waiting == 0).then_some(())
        })
        .await;
        let mut all = Vec::new();
        for list in [
            "contacts",
            "chats",
            "products",
            "orders",
            "connections",
            "events",
            "jobs",
            "members",
            "rules",
            "runs",
            "invitations",
            "reviews",
        ] {
            all.push(self.api.get(&format!("/{list}")).await.good());
        }
        all.push(self.api.get(&format!("/orders/{}", self.ids["order"])).await.good());
        all.push(self.api.get(&format!("/chats/{}/messages", self.ids["chat"])).await.good());
        all
    }

    /// A signed-in member in this role, invited by the owner. Gives the browser and the member's id.
    pub async fn member(&self, owner: &Browser, role: Role, email: &str) -> (Browser, String) {
        let invite = owner.server_fn("invites_create", json!({"email": email, "role": role})).await.good();
        let token = text(&invite, "link").rsplit('/').next().expect("a token").to_owned();
        let mut browser = self.app.browser();
        let fields = [("token", token.as_str()), ("name", role.as_str()), ("password", PASSWORD)];
        let joined = browser.post_form("/auth/join", &fields).await;
        assert_eq!(joined.status, 303, "{joined:?}");
        let me = browser.server_fn_form("me", &[]).await.good();
        (browser, text(&me, "user_id").to_owned())
    }
}

/// A day ahead, in epoch milliseconds.
fn tomorrow() -> String {
    let now = std::time::SystemTime::UNIX_EPOCH.elapsed().expect("a time after 1970");
    (now.as_millis() + 24 * 60 * 60 * 1000).to_string()
}

/// An example of a rule made of what it did, and a replay of it that has ended. Gives occasion, example and replay.
async fn tried(api: &Api, rule: &str) -> (String, String, String) {
    let runs = api.get(&format!("/rules/{rule}/runs")).await.good();
    let occasion = text(&items(&runs)[0], "occasion_id").to_owned();
    let example = json!({"occasion_id": occasion, "name": "Из жизни", "fires": true});
    let card = api.post(&format!("/rules/{rule}/examples"), example).await.good();
    let started = api.post(&format!("/rules/{rule}/replays"), json!({"days": 7})).await.good();
    let replay = text(&started, "id").to_owned();
    eventually("the replay ends", async || {
        (api.get(&format!("/replays/{replay}")).await.good()["state"] == "done").then_some(())
    })
    .await;
    (occasion, text(&card["examples"][0], "id").to_owned(), replay)
}

/// A contact to spare, and the merge of another one into a third. Gives contact and merge.
async fn merged(api: &Api) -> (String, String) {
    let made = async |name: &str, email: &str| {
        let contact = api.post("/contacts", json!({"name": name, "email": email})).await.good();
        text(&contact, "id").to_owned()
    };
    let spare = made("Запасной", "spare@sever.example").await;
    let (kept, gone) = (made("Оставшийся", "kept@sever.example").await, made("Ушедший", "gone@sever.example").await);
    api.post(&format!("/contacts/{kept}/merge"), json!({"gone_id": gone})).await.good();
    let merges = api.get(&format!("/contacts/{kept}/merges")).await.good();
    (spare, text(&items(&merges)[0], "id").to_owned())
}

/// A failed invitation and a review of a person nobody knew before. Gives the invitation.
async fn invited(api: &Api, intercom: &Intercom, trustpilot: &Trustpilot) -> String {
    let invite = json!([{"act": {"do": "invite_to_review", "connection_id": trustpilot.connection_id}}]);
    let always = json!({"is": "all", "of": []});
    crate::rules::published(api, "Отзыв", "intercom.conversation_closed", always, invite).await;
    trustpilot.ask("review", json!({"stars": 4, "author": "Борис"})).await;
    let refuse = FaultOrder { fail_next: 1, status: 400, on: "email-invitations".into(), ..FaultOrder::default() };
    trustpilot.sim.faults().order(&refuse);
    intercom.closes(json!({"email": "boris@example.com", "name": "Борис"})).await;
    eventually("a review, and an invitation that failed", async || {
        let failed = api.get("/invitations?state=failed").await.good();
        let reviews = api.get("/reviews").await.good();
        (!items(&reviews).is_empty()).then_some(())?;
        Some(text(items(&failed).first()?, "id").to_owned())
    })
    .await
}
