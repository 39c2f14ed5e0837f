//! Sending to the simulated receiver.

use super::*;
use crate::webhook::simulator::Simulator;
use crate::{Acted, ActionCall, Cx, Fail, LimitScope, Memory, Rejection};

async fn stage() -> (Simulator, Settings) {
    let sim = Simulator::start(([127, 0, 0, 1], 0).into()).await.expect("a simulator");
    sim.ask("callback", json!({"url": "http://127.0.0.1:9/", "secret": SECRET})).await.expect("set");
    let settings = settings(Json::Object(sim.settings()));
    (sim, settings)
}

async fn send(settings: &Settings, now_ms: i64, private_nets: bool) -> Result<Acted, Fail> {
    let client = crate::address::client(private_nets);
    let cx = Cx {
        http: &client,
        settings,
        now_ms,
        reference: "job:019a7f3a-0000-7000-8000-000000000001",
        attempt: 0,
        memory: &Memory::default(),
        private_nets,
    };
    let input =
        json!({"type": "order.created", "at_ms": 1_789_600_000_120_i64, "data": {"number": "1042", "name": "Анна"}});
    Webhook.act(&cx, &ActionCall { action: "call".into(), input, file: None }).await
}

#[tokio::test]
async fn a_call_is_signed_and_its_repeat_is_the_same_but_for_the_time() {
    let (sim, settings) = stage().await;
    let done = send(&settings, NOW_MS, true).await.expect("sent");
    assert_eq!(done.json, json!({"status": 200, "said": "taken"}));
    send(&settings, NOW_MS + 5_000, true).await.expect("sent again");
    let [first, again] = sim.received().try_into().expect("two calls");
    assert!(first.signed && again.signed);
    assert_eq!((first.id.as_str(), &again.id), ("msg_019a7f3a000070008000000000000001", &first.id));
    assert_eq!((first.timestamp + 5, &first.text), (again.timestamp, &again.text));
    let expected = json!({"type": "order.created", "timestamp": "2026-09-16T23:06:40.12Z", "data": {"number": "1042", "name": "Анна"}});
    assert_eq!(first.body, expected);
}

#[tokio::test]
async fn every_answer_has_its_class() {
    let (sim, settings) = stage().await;
    let mut fails = Vec::new();
    for status in [201, 204] {
        sim.ask("answer", json!({"status": status})).await.expect("set");
        assert!(send(&settings, NOW_MS, true).await.is_ok(), "{status}");
    }
    for status in [302, 410, 404, 400, 500, 503, 401] {
        sim.ask("answer", json!({"status": status})).await.expect("set");
        fails.push((status, send(&settings, NOW_MS, true).await.expect_err("refused")));
    }
    for (status, fail) in fails {
        let good = match status {
            302 | 400 => matches!(fail, Fail::Rejected { reason: Rejection::BadRequest, .. }),
            404 | 410 => matches!(fail, Fail::Rejected { reason: Rejection::NotFound, .. }),
            401 => matches!(fail, Fail::Reauth { .. }),
            _ => matches!(fail, Fail::Transient { .. }),
        };
        assert!(good && fail.parts().1.starts_with(&format!("HTTP {status}")), "{status}: {fail:?}");
    }
    for (wish, wait) in [(7, 7_000), (4_000_000, 3_600_000)] {
        let order = json!({"fail_next": 1, "status": 429, "code": 1, "retry_after": wish});
        sim.ask("faults", order).await.expect("set");
        let fail = send(&settings, NOW_MS, true).await.expect_err("limited");
        let limited =
            matches!(&fail, Fail::Limited { scope: LimitScope::Connection, after_ms: Some(ms), .. } if *ms == wait);
        assert!(limited && fail.parts().1.contains("HTTP 429: {"), "{fail:?}");
    }
}

#[tokio::test]
async fn an_endless_answer_is_read_to_a_point() {
    use crate::simulator::{bind, serve};
    let (listener, addr) = bind(([127, 0, 0, 1], 0).into()).await.expect("a port");
    let endless = async || {
        let chunks =
            futures::stream::repeat_with(|| Ok::<_, std::io::Error>(bytes::Bytes::from_static(&[b'x'; 8_192])));
        axum::body::Body::from_stream(chunks)
    };
    let _serving = serve(listener, addr, axum::Router::new().fallback(endless));
    let done = send(&settings(json!({"url": format!("http://{addr}/")})), NOW_MS, true).await.expect("sent");
    assert_eq!(done.json["said"].as_str().map(|said| said.chars().count()), Some(400));
}

#[tokio::test]
async fn private_addresses_are_refused_for_good() {
    let (sim, settings) = stage().await;
    let plain = send(&settings, NOW_MS, false).await.expect_err("refused");
    assert!(matches!(plain, Fail::Rejected { .. }) && plain.parts().1.contains("https"), "{plain:?}");
    for inside in ["https://127.0.0.1/in", "https://10.1.2.3/", "https://localhost/in"] {
        let fail = send(&super::settings(json!({"url": inside})), NOW_MS, false).await.expect_err("refused");
        assert!(matches!(fail, Fail::Rejected { .. }) && fail.parts().0 == "private_address", "{inside}: {fail:?}");
    }
    assert!(sim.received().is_empty());
}

#[tokio::test]
async fn a_check_tries_the_address_where_there_is_one() {
    let (sim, settings) = stage().await;
    let client = crate::http::client();
    for (settings, calls) in [(super::settings(json!({})), 0), (settings, 1)] {
        let memory = Memory::default();
        let cx = Cx {
            http: &client,
            settings: &settings,
            now_ms: NOW_MS,
            reference: "job:1",
            attempt: 0,
            memory: &memory,
            private_nets: true,
        };
        let check = ActionCall { action: "check".into(), input: json!({}), file: None };
        Webhook.act(&cx, &check).await.expect("checked");
        assert_eq!(sim.received().len(), calls);
    }
    assert_eq!(sim.received()[0].body["type"], "endpoint.test");
}
