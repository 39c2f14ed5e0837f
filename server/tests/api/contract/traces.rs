//! Traces: what a collector is told, that it is never waited for, and that nobody's words and secrets reach it.

use crate::rules::published;
use crate::support::{Api, Collector, Json, Organisation, TestApp, Whatsapp, eventually, items, json, text};
use connectors::webhook::simulator::Simulator;
use std::time::Duration;

const PHONE: &str = "79161234567";
const WORDS: &str = "Канарейка спрашивает о гарантии";
const NAME: &str = "Анна Канарейкина";

/// A number, a program of one's own, and a rule that tells it of every message.
struct Stage {
    app: TestApp,
    api: Api,
    organisation: Organisation,
    whatsapp: Whatsapp,
    program: Simulator,
    secret: String,
}

impl Stage {
    async fn with(collector: &Collector) -> Self {
        let mut app = TestApp::installed().await;
        app.set("OTEL_EXPORTER_OTLP_ENDPOINT", &collector.url);
        app.set("OTEL_EXPORTER_OTLP_HEADERS", "authorization=Bearer%20collector-key");
        app.set("OTEL_SERVICE_NAME", "пульт-проба");
        app.serve().await;
        let organisation = app.organisation("Север").await;
        let api = app.api(&organisation, "*").await;
        let whatsapp = app.connect_whatsapp(&api).await;
        let program = Simulator::start(([127, 0, 0, 1], 0).into()).await.expect("simulator");
        let made = json!({"provider": "webhook", "settings": Json::Object(program.settings())});
        let made = api.post("/connections", made).await.good();
        eventually("the address is tried", async || (program.received().len() == 1).then_some(())).await;
        let secret = text(&made["generated"], "secret").to_owned();
        let order = json!({"url": "http://127.0.0.1:9/", "secret": secret});
        program.ask("callback", order).await.expect("set");
        program.ask("reset", json!({})).await.expect("reset");
        let fields = json!([{"name": "text", "text": "{{message.text}}"}]);
        let id = made["connection"]["id"].clone();
        let call = json!({"do": "call_webhook", "connection_id": id, "event": "message.came", "fields": fields});
        let always = json!({"is": "all", "of": []});
        published(&api, "Сообщить", "message.received", always, json!([{"act": call}])).await;
        Self { app, api, organisation, whatsapp, program, secret }
    }

    async fn called(&self, times: usize) {
        eventually("the program is called", async || (self.program.received().len() >= times).then_some(())).await;
        eventually("the call is written", async || {
            let list = self.api.get("/jobs?kind=call_webhook&state=done").await.good();
            (items(&list).len() >= times).then_some(())
        })
        .await;
    }
}

#[tokio::test]
async fn one_trace_leads_from_the_webhook_to_the_call() {
    let collector = Collector::start().await;
    let mut stage = Stage::with(&collector).await;
    stage.whatsapp.customer(json!({"phone": PHONE, "name": NAME, "text": WORDS})).await;
    stage.called(1).await;
    // What nobody was told of yet is told at the end.
    assert_eq!(stage.app.terminate().await, 0, "{}", stage.app.log());

    let spans = collector.spans();
    let one = |name: &str, trace: Option<&str>| {
        let found: Vec<_> =
            spans.iter().filter(|span| span.name == name && trace.is_none_or(|trace| trace == span.trace)).collect();
        assert_eq!(found.len(), 1, "{name}: {:#?}", spans.iter().map(|span| &span.name).collect::<Vec<_>>());
        found[0]
    };
    let run = one("run rule", None);
    let trace = Some(run.trace.as_str());
    let request = one("POST /api/hooks/{provider}/{key}", trace);
    let (stored, applied) = (one("store event", trace), one("apply event", trace));
    let (job, call) = (one("work call_webhook", trace), one("POST", trace));
    let below = [(request, ""), (stored, &request.id), (applied, &stored.id), (run, &applied.id), (job, &run.id)];
    for (span, parent) in below.into_iter().chain([(call, job.id.as_str())]) {
        assert_eq!(span.parent, parent, "{span:#?}");
        let ns = |name: &str| text(&span.json, name).parse::<u64>().unwrap();
        assert!(ns("startTimeUnixNano") <= ns("endTimeUnixNano"), "{span:#?}");
    }
    assert_eq!(request.json["kind"], 2);
    assert_eq!(request.attribute("http.response.status_code"), "200");
    assert_eq!(request.attribute("http.route"), "/api/hooks/{provider}/{key}");
    assert_eq!((&call.json["kind"], call.attribute("server.address").as_str()), (&json!(3), "127.0.0.1"));
    assert_eq!(run.attribute("pult.run.outcome"), "done");
    assert_eq!(applied.attribute("pult.organisation.id"), stage.organisation.id);
    // Its own program can go on with the trace; a provider is told nothing.
    let received = &stage.program.received()[0];
    assert_eq!(received.traceparent, format!("00-{}-{}-01", call.trace, call.id));
    assert_eq!(collector.header("authorization"), "Bearer collector-key");
    assert!(collector.resource().to_string().contains("пульт-проба"), "{}", collector.resource());
}

#[tokio::test]
async fn a_failed_job_is_told_as_an_exception() {
    let collector = Collector::start().await;
    let stage = Stage::with(&collector).await;
    stage.program.ask("answer", json!({"status": 410})).await.expect("set");
    stage.whatsapp.customer_writes(PHONE, WORDS).await;
    let failed = collector.span("the failure is told", |span| span.name == "work call_webhook").await;
    assert_eq!(failed.json["status"]["code"], 2, "{failed:#?}");
    let event = &failed.json["events"][0];
    assert_eq!((text(event, "name"), &event["attributes"][0]["value"]["stringValue"]), ("exception", &json!("410")));
    assert_eq!(failed.attribute("error.type"), "410");
}

#[tokio::test]
async fn a_collector_learns_no_secret_and_no_words() {
    let collector = Collector::start().await;
    let mut stage = Stage::with(&collector).await;
    stage.whatsapp.customer(json!({"phone": PHONE, "name": NAME, "text": WORDS})).await;
    stage.called(1).await;
    let owner = stage.app.owner(&stage.organisation).await;
    for page in ["/chats", "/contacts", "/settings"] {
        owner.get(page).await;
    }
    stage.app.browser().post_form("/auth/forgot", &[("email", &stage.organisation.owner_email)]).await;
    stage.app.visit("/join/canary-link-canary-link").await;
    stage.api.get("/contacts?q=Канарейкина").await.good();
    assert_eq!(stage.app.terminate().await, 0, "{}", stage.app.log());

    let told = String::from_utf8(collector.bytes()).expect("UTF-8");
    assert!(told.contains("GET /join/{") && told.contains("/api/v1/contacts"), "the search itself works: {told}");
    let cookie = owner.cookie.split('=').nth(1).unwrap().to_owned();
    let hook = stage.whatsapp.hook.rsplit('/').next().unwrap().to_owned();
    let secrets = [
        PHONE,
        WORDS,
        NAME,
        "Канарейкин",
        "canary-link",
        &stage.api.key,
        &stage.secret,
        &cookie,
        &hook,
        &stage.organisation.owner_email,
        "collector-key",
        "app-secret-for-tests",
    ];
    for secret in secrets {
        assert!(secret.len() > 8 && !told.contains(secret), "{secret} in {told}");
    }
}

#[tokio::test]
async fn a_collector_that_hangs_or_is_away_changes_nothing() {
    let hanging = Collector::hanging().await;
    let mut stage = Stage::with(&hanging).await;
    stage.whatsapp.customer_writes(PHONE, WORDS).await;
    stage.called(1).await;
    eventually("the collector hangs", async || (hanging.requests() > 0).then_some(())).await;
    stage.whatsapp.customer_writes(PHONE, "И ещё").await;
    stage.called(2).await;
    let limit = Duration::from_secs(10);
    let code = tokio::time::timeout(limit, stage.app.terminate()).await.expect("ten seconds are over");
    assert_eq!(code, 0, "{}", stage.app.log());
    // Nobody listens there any more.
    drop(hanging);
    stage.app.serve().await;
    stage.whatsapp.customer_writes(PHONE, "И снова").await;
    stage.called(3).await;
    let code = tokio::time::timeout(limit, stage.app.terminate()).await.expect("ten seconds are over");
    assert_eq!(code, 0, "{}", stage.app.log());
}

#[tokio::test]
async fn nothing_is_told_unless_it_is_asked_for_and_nonsense_is_refused() {
    let mut app = TestApp::installed().await;
    app.set("OTEL_SERVICE_NAME", "пульт-проба");
    app.serve().await;
    assert_eq!(app.visit("/readyz").await.status, 200);
    assert_eq!(app.terminate().await, 0);
    app.set("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:4317");
    app.set("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc");
    let ended = app.try_serve().await.expect_err("it should not start");
    assert!(ended.code == 1 && ended.err.contains("OTEL_EXPORTER_OTLP_PROTOCOL"), "{ended:?}");
}
