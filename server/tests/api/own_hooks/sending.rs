//! A rule calls somebody's own program.

use super::*;
use crate::support::eventually;
use connectors::webhook::simulator::Simulator;

/// A program that listens, the connection that reaches it, and a rule that tells it of orders.
struct Stage {
    app: TestApp,
    api: Api,
    sim: Simulator,
    connection_id: String,
    rule: String,
}

impl Stage {
    async fn new() -> Self {
        let (app, api) = TestApp::with_api().await;
        Self::on(app, api).await
    }

    async fn on(app: TestApp, api: Api) -> Self {
        let sim = Simulator::start(([127, 0, 0, 1], 0).into()).await.expect("simulator");
        let hook = Hook::new(&app, &api, Json::Object(sim.settings())).await;
        eventually("the address is tried", async || (sim.received().len() == 1).then_some(())).await;
        let order = json!({"url": "http://127.0.0.1:9/", "secret": hook.secret});
        sim.ask("callback", order).await.expect("set");
        sim.ask("reset", json!({})).await.expect("reset");
        let fields = json!([{"name": "number", "text": "{{order.number}}"}, {"name": "client", "text": "{{contact.name}}"},
            {"name": "note", "text": "{{contact.city | default: }}"}]);
        let call = json!({"do": "call_webhook", "connection_id": hook.connection_id, "event": "order.created", "fields": fields});
        let then = json!([{"act": call}]);
        let rule = published(&api, "Сообщить", "order.created", json!({"is": "all", "of": []}), then).await;
        Self { app, api, sim, connection_id: hook.connection_id, rule }
    }

    async fn order(&self) {
        let contact = self.api.post("/contacts", json!({"name": "Анна"})).await.good();
        let new = json!({"contact_id": contact["id"], "items": [{"name": "Ремонт", "price_minor": 100}]});
        self.api.post("/orders", new).await.good();
    }

    /// The only call, once it is in this state.
    async fn job(&self, state: &str) -> Json {
        let job = eventually(&format!("the call is {state}"), async || {
            let list = self.api.get(&format!("/jobs?kind=call_webhook&state={state}")).await.good();
            items(&list).first().cloned()
        })
        .await;
        self.api.get(&format!("/jobs/{}", text(&job, "id"))).await.good()
    }
}

#[tokio::test]
async fn the_program_gets_a_signed_call_once() {
    let stage = Stage::new().await;
    stage.order().await;
    let job = stage.job("done").await;
    let [call] = stage.sim.received().try_into().expect("one call");
    assert!(call.signed && call.id.starts_with("msg_") && !call.id.contains('.'), "{call:?}");
    assert_eq!(call.body["data"], json!({"number": "1", "client": "Анна", "note": ""}));
    assert_eq!(text(&call.body, "type"), "order.created");
    assert!(text(&call.body, "timestamp").ends_with('Z'), "{call:?}");
    assert_eq!(text(&job["attempts"][0], "detail"), "taken", "what it answered is kept");
    let run = &runs(&stage.api, &stage.rule).await[0];
    let step = &run["trace"]["steps"][0];
    assert_eq!((text(run, "outcome"), text(step, "detail")), ("done", "order.created, number: 1, client: Анна, note:"));
    assert_eq!(step["made"], json!(["job", job["job"]["id"]]));
}

#[tokio::test]
async fn a_call_that_failed_comes_again_with_its_id() {
    let stage = Stage::new().await;
    stage.sim.ask("answer", json!({"status": 500})).await.expect("set");
    stage.order().await;
    eventually("it has failed once", async || (stage.sim.received().len() == 1).then_some(())).await;
    stage.sim.ask("answer", json!({"status": 200})).await.expect("set");
    let job = stage.job("done").await;
    let [first, again] = stage.sim.received().try_into().expect("two calls");
    assert!(first.signed && again.signed);
    assert_eq!((&first.id, &first.text), (&again.id, &again.text), "the program can know the repeat");
    let attempts: Vec<_> = job["attempts"].as_array().unwrap().iter().map(|one| text(one, "outcome")).collect();
    assert_eq!(attempts, ["retry", "done"]);
    assert_eq!(text(&job["attempts"][0], "detail"), "HTTP 500: taken");
}

#[tokio::test]
async fn gone_means_never_again() {
    let stage = Stage::new().await;
    stage.sim.ask("answer", json!({"status": 410})).await.expect("set");
    stage.order().await;
    let job = stage.job("dead").await;
    assert_eq!((text(&job["attempts"][0], "code"), text(&job["attempts"][0], "detail")), ("410", "HTTP 410: taken"));
    assert_eq!((job["attempts"].as_array().unwrap().len(), stage.sim.received().len()), (1, 1));
    // So does leading elsewhere: it is not followed.
    stage.sim.ask("answer", json!({"status": 302})).await.expect("set");
    stage.order().await;
    eventually("two are over", async || {
        let list = stage.api.get("/jobs?kind=call_webhook&state=dead").await.good();
        (items(&list).len() == 2).then_some(())
    })
    .await;
}

#[tokio::test]
async fn private_addresses_are_not_called_unless_allowed() {
    let mut app = TestApp::installed().await;
    app.set("PULT_ALLOW_PRIVATE_NETS", "0");
    app.serve().await;
    let organisation = app.organisation("Север").await;
    let api = app.api(&organisation, "*").await;
    // What an address says of itself is refused where it is typed, of every provider.
    let inside =
        ["https://127.0.0.1/in", "https://169.254.169.254/latest", "http://example.com/in", "https://[::1]:8443/"];
    let whatsapp =
        json!({"phone_number_id": "1", "waba_id": "2", "app_id": "3", "app_secret": "s", "access_token": "t"});
    for (provider, setting, others) in [("webhook", "url", json!({})), ("whatsapp", "base_url", whatsapp)] {
        for address in inside {
            let mut settings = others.clone();
            settings[setting] = address.into();
            let answer = api.post("/connections", json!({"provider": provider, "settings": settings})).await;
            let problem = answer.refused(422, "private_address");
            assert_eq!(text(&problem, "field"), format!("settings.{setting}"), "{provider} {address}");
        }
    }
    // What its name leads to is seen when it is called.
    let hook = Hook::new(&app, &api, json!({"url": "https://localhost/in"})).await;
    let job = eventually("the address is refused", async || {
        let jobs = api.get(&format!("/jobs?connection_id={}&state=dead", hook.connection_id)).await.good();
        items(&jobs).first().cloned()
    })
    .await;
    assert_eq!(text(&job, "code"), "private_address", "{job}");
    let connection = api.get(&format!("/connections/{}", hook.connection_id)).await.good();
    let error = text(&connection["connection"], "last_error");
    assert!(error.contains("PULT_ALLOW_PRIVATE_NETS=1"), "{error}");
}

#[tokio::test]
async fn what_a_call_lacks_is_said_before_publishing() {
    let stage = Stage::new().await;
    let (api, deaf) = (&stage.api, Hook::new(&stage.app, &stage.api, json!({})).await);
    let good = json!({"do": "call_webhook", "connection_id": stage.connection_id, "event": "a.b_1", "fields": []});
    let field = |name: &str, text: &str| json!({"name": name, "text": text});
    for (change, value, problem) in [
        ("connection_id", json!(deaf.connection_id), "gone"),
        ("event", json!(""), "wrong_value"),
        ("event", json!("заказ готов"), "wrong_value"),
        ("event", json!("a..b"), "wrong_value"),
        ("fields", json!([field("", "x")]), "wrong_value"),
        ("fields", json!([field("a", "x"), field("a", "y")]), "wrong_value"),
        ("fields", json!([field("a", "{{nonsense}}")]), "unknown_field"),
        ("event", json!("a.b"), ""),
    ] {
        let mut act = good.clone();
        act[change] = value;
        let draft = json!({"v": 1, "trigger": {"event": "order.created"}, "when": {"is": "all", "of": []}, "then": [{"act": act}]});
        let rule = api.post("/rules", json!({"name": "Вызов", "draft": draft})).await.good();
        let problems: Vec<_> = rule["problems"].as_array().unwrap().iter().map(|one| text(one, "code")).collect();
        assert_eq!(problems.first().copied().unwrap_or_default(), problem, "{act}");
    }
}
