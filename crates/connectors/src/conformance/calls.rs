//! Rules of acting, against a server that answers as told.

use super::{NOW_MS, Suite};
use crate::simulator::{Serving, bind, lock, serve};
use crate::{Acted, ActionCall, Cx, Fail, LimitScope, Memory, Rejection, SettingKind, Settings, http as edge};
use axum::Router;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};
use std::time::Duration;

const LOCAL: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 0);

/// What the server does with the next calls.
#[derive(Clone, Debug)]
enum Script {
    Answer(u16, String),
    Hang,
}

/// A server that answers every call the same way.
struct Stage {
    script: Arc<Mutex<Script>>,
    settings: Settings,
    client: reqwest::Client,
    _serving: Serving,
}

impl Stage {
    async fn new(suite: &Suite<'_>) -> Self {
        let (listener, addr) = match bind(LOCAL).await {
            Ok(bound) => bound,
            Err(error) => panic!("no local port: {error}"),
        };
        let script = Arc::new(Mutex::new(Script::Hang));
        let told = script.clone();
        let router = Router::new().fallback(move || {
            let now = lock(&told).clone();
            async move {
                match now {
                    Script::Answer(status, body) => {
                        let status = StatusCode::from_u16(status).unwrap_or_default();
                        (status, [("content-type", "application/json")], body).into_response()
                    }
                    Script::Hang => std::future::pending().await,
                }
            }
        });
        Self {
            script,
            settings: pointed(suite, &format!("http://{addr}")),
            client: edge::client_with_timeout(Duration::from_millis(250)),
            _serving: serve(listener, addr, router),
        }
    }
    async fn act(&self, suite: &Suite<'_>, call: &ActionCall, script: Script) -> Result<Acted, Fail> {
        *lock(&self.script) = script;
        act(suite, &self.client, &self.settings, call).await
    }
}

fn pointed(suite: &Suite<'_>, url: &str) -> Settings {
    let mut map = suite.settings.map().clone();
    for name in suite.base_urls {
        map.insert((*name).into(), url.into());
    }
    Settings::new(map)
}

async fn act(
    suite: &Suite<'_>,
    client: &reqwest::Client,
    settings: &Settings,
    call: &ActionCall,
) -> Result<Acted, Fail> {
    let cx = Cx {
        http: client,
        settings,
        now_ms: NOW_MS,
        reference: "job:7f3a",
        attempt: 0,
        memory: &Memory::default(),
        private_nets: true,
    };
    suite.connector.act(&cx, call).await
}

fn idempotent(suite: &Suite<'_>, call: &ActionCall) -> bool {
    suite.connector.spec().actions.iter().any(|action| action.id == call.action && action.idempotent)
}

pub async fn every_action_exists(suite: &Suite<'_>) {
    let stage = Stage::new(suite).await;
    for call in &suite.calls {
        let got = stage.act(suite, call, Script::Answer(500, String::new())).await;
        assert!(matches!(got, Err(Fail::Transient { .. })), "{}: 500 gave {got:?}", call.action);
    }
    let unknown = ActionCall { action: "no_such_action".into(), input: serde_json::json!({}), file: None };
    let got = stage.act(suite, &unknown, Script::Answer(200, "{}".into())).await;
    assert!(matches!(got, Err(Fail::Rejected { reason: Rejection::BadRequest, .. })), "an unknown action: {got:?}");
}

pub async fn failures_are_classified(suite: &Suite<'_>, without_answer: &[&str]) {
    let stage = Stage::new(suite).await;
    for call in &suite.calls {
        let name = &call.action;
        for status in [408, 500, 502, 503] {
            let got = stage.act(suite, call, Script::Answer(status, "<html>".into())).await;
            assert!(matches!(got, Err(Fail::Transient { .. })), "{name}: {status} gave {got:?}");
        }
        let got = stage.act(suite, call, Script::Answer(429, String::new())).await;
        let limited = matches!(got, Err(Fail::Limited { scope: LimitScope::Connection, .. }));
        assert!(limited, "{name}: 429 gave {got:?}");
        let got = stage.act(suite, call, Script::Answer(401, String::new())).await;
        assert!(matches!(got, Err(Fail::Reauth { .. })), "{name}: 401 gave {got:?}");
        let got = stage.act(suite, call, Script::Answer(400, "{}".into())).await;
        assert!(matches!(got, Err(Fail::Rejected { .. })), "{name}: 400 gave {got:?}");
        // Done, but nobody can say what: never taken for a plain failure where repeating hurts.
        let got = stage.act(suite, call, Script::Answer(200, "no json".into())).await;
        match idempotent(suite, call) {
            _ if without_answer.contains(&name.as_str()) => assert!(got.is_ok(), "{name}: 200 gave {got:?}"),
            true => assert!(!matches!(got, Err(Fail::Unknown { .. })), "{name}: 200 with garbage gave {got:?}"),
            false => assert!(matches!(got, Err(Fail::Unknown { .. })), "{name}: 200 with garbage gave {got:?}"),
        }
    }
}

pub async fn broken_connections_are_classified(suite: &Suite<'_>) {
    let stage = Stage::new(suite).await;
    // A port that was free a moment ago and is closed now.
    let refused = match bind(LOCAL).await {
        Ok((_, addr)) => pointed(suite, &format!("http://{addr}")),
        Err(error) => panic!("no local port: {error}"),
    };
    for call in &suite.calls {
        let name = &call.action;
        let got = stage.act(suite, call, Script::Hang).await;
        match idempotent(suite, call) {
            true => assert!(matches!(got, Err(Fail::Transient { .. })), "{name}: a timeout gave {got:?}"),
            false => assert!(matches!(got, Err(Fail::Unknown { .. })), "{name}: a timeout gave {got:?}"),
        }
        let got = act(suite, &stage.client, &refused, call).await;
        assert!(matches!(got, Err(Fail::Transient { .. })), "{name}: a refused connection gave {got:?}");
    }
}

pub async fn secrets_stay_secret(suite: &Suite<'_>) {
    let secrets: Vec<(&str, &str)> = suite
        .connector
        .spec()
        .settings
        .iter()
        .filter(|setting| matches!(setting.kind, SettingKind::Secret | SettingKind::Generated))
        .map(|setting| (setting.name, suite.settings.get(setting.name)))
        .collect();
    let shown = format!("{:?}", suite.settings);
    for (name, secret) in &secrets {
        assert!(!secret.is_empty(), "the suite needs a value for {name}");
        assert!(!shown.contains(secret), "Debug of settings shows {name}");
    }
    let stage = Stage::new(suite).await;
    let echoed = secrets.iter().map(|(_, secret)| *secret).collect::<Vec<_>>().join(" ");
    let (status, body) = (suite.error)(&echoed);
    for call in &suite.calls {
        for script in [Script::Answer(status, body.clone()), Script::Answer(200, body.clone()), Script::Hang] {
            let Err(fail) = stage.act(suite, call, script).await else { continue };
            let shown = format!("{fail} {fail:?}");
            for (name, secret) in &secrets {
                assert!(!shown.contains(secret), "{}: the failure shows {name}: {fail}", call.action);
            }
        }
    }
}
