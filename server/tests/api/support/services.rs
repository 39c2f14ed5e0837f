//! Connected services that are no messengers: Intercom, whose conversations start rules, and Trustpilot, which invites.

use super::{Api, Json, TestApp, eventually, items, json, text};
use connectors::{intercom, trustpilot};

/// Intercom with its connection.
#[derive(Debug)]
pub struct Intercom {
    pub sim: intercom::simulator::Simulator,
    pub connection_id: String,
    /// Path of the webhook.
    pub hook: String,
}

/// Trustpilot with its connection.
#[derive(Debug)]
pub struct Trustpilot {
    pub sim: trustpilot::simulator::Simulator,
    pub connection_id: String,
}

/// Makes a connection as the wizard does and waits until its sign-in was checked. Gives id and path of the webhook.
async fn connect(api: &Api, provider: &str, settings: Json) -> (String, String) {
    let made = api.post("/connections", json!({"provider": provider, "settings": settings})).await.good();
    let id = text(&made["connection"], "id").to_owned();
    eventually("the connection is checked", async || {
        let jobs = api.get(&format!("/jobs?connection_id={id}&kind=check_connection")).await.good();
        items(&jobs).iter().any(|job| job["state"] == "done").then_some(())
    })
    .await;
    (id, text(&made, "webhook_path").to_owned())
}

impl TestApp {
    /// Connects a simulated Intercom.
    pub async fn connect_intercom(&self, api: &Api) -> Intercom {
        let sim = intercom::simulator::Simulator::start(([127, 0, 0, 1], 0).into()).await.expect("simulator");
        let (connection_id, path) = connect(api, "intercom", Json::Object(sim.settings())).await;
        let hook = format!("{}{path}", self.base);
        let intercom = Intercom { sim, connection_id, hook };
        intercom.ask("callback", json!({"url": intercom.hook})).await;
        intercom
    }

    /// Connects a simulated Trustpilot.
    pub async fn connect_trustpilot(&self, api: &Api) -> Trustpilot {
        let sim = trustpilot::simulator::Simulator::start(([127, 0, 0, 1], 0).into()).await.expect("simulator");
        let (connection_id, path) = connect(api, "trustpilot", Json::Object(sim.settings())).await;
        let trustpilot = Trustpilot { sim, connection_id };
        trustpilot.ask("callback", json!({"url": format!("{}{path}", self.base)})).await;
        trustpilot
    }
}

impl Intercom {
    /// Tells the simulator something.
    pub async fn ask(&self, order: &str, input: Json) -> Json {
        let asked = input.clone();
        self.sim.ask(order, input).await.unwrap_or_else(|why| panic!("{order} {asked}: {why}"))
    }

    /// A conversation with somebody is closed; the webhook must be acknowledged. Gives its id.
    pub async fn closes(&self, order: Json) -> String {
        let done = self.ask("close", order).await;
        assert_eq!(done["acknowledged"], true, "{done}");
        text(&done, "conversation").to_owned()
    }
}

impl Trustpilot {
    /// Tells the simulator something.
    pub async fn ask(&self, order: &str, input: Json) -> Json {
        let asked = input.clone();
        self.sim.ask(order, input).await.unwrap_or_else(|why| panic!("{order} {asked}: {why}"))
    }

    /// References of the invitations it took, in the order of their coming.
    pub fn invited(&self) -> Vec<String> {
        let invitations = self.sim.invitations();
        invitations.iter().map(|taken| text(taken, "reference").to_owned()).collect()
    }
}
