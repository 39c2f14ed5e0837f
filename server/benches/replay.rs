//! `cargo xtask bench replay`: the time machine over 100 000 recorded events, as the page starts it, beside reading the same
//! rows and nothing else.

mod common;

use common::{Api, Installation};
use serde_json::{Value as Json, json};
use std::time::{Duration, Instant};

const EVENTS: usize = 100_000;
/// Other rules that are published while the draft is tried.
const RULES: usize = 10;

fn main() {
    let installation = Installation::start(None);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("runtime");
    runtime.block_on(async {
        let reading = fill(&installation).await;
        let api = Api::of(&installation);
        for n in 0..RULES {
            published(&api, &format!("слово{n}")).await;
        }
        let drafted = published(&api, "гарантия").await;
        api.call("PATCH", &format!("/rules/{drafted}"), json!({"draft": tree("заказ")})).await;
        let begun = Instant::now();
        let mut replay = api.call("POST", &format!("/rules/{drafted}/replays"), json!({"days": 30})).await;
        let path = format!("/replays/{}", replay["id"].as_str().expect("a replay"));
        while replay["state"] == "running" {
            tokio::time::sleep(Duration::from_millis(20)).await;
            replay = api.call("GET", &path, Json::Null).await;
        }
        let seconds = begun.elapsed().as_secs_f64();
        assert_eq!((&replay["state"], replay["done"].as_u64()), (&json!("done"), Some(EVENTS as u64)), "{replay}");
        let rate = EVENTS as f64 / seconds;
        println!(
            "replay of {EVENTS} events, {} rules  {seconds:>6.2} s  {rate:>7.0}/s (floor 10000)  {:.2} of reading the rows ({reading:.2} s)",
            RULES + 1,
            reading / seconds
        );
        println!("  starts {}, stops {}, stays {}", replay["report"]["starts"], replay["report"]["stops"], replay["report"]["stays"]);
    });
}

fn tree(word: &str) -> Json {
    json!({"v": 1, "trigger": {"event": "message.received"},
        "when": {"is": "all", "of": [{"is": "test", "field": "message.text", "op": {"is": "contains", "value": word}}]},
        "then": [{"act": {"do": "send_message", "text": "{{contact.name | first_word}}, отвечаем: {{message.text}}"}}]})
}

/// Records the events as the engine does; answers seconds it takes to read them back and nothing else.
async fn fill(installation: &Installation) -> f64 {
    let db = store::Db::open(&installation.url).await.expect("open");
    let organisation = store::organisations::first(&db).await.expect("read").expect("an organisation");
    #[expect(clippy::disallowed_methods, reason = "a bench stands outside the program and its clock")]
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("clock").as_millis() as i64;
    let words = [
        "Здравствуйте, где мой заказ?",
        "А гарантия на ремонт есть?",
        "Спасибо, всё работает!",
        "Сколько будет стоить диагностика?",
    ];
    let row = |n: usize| {
        let at = now - (EVENTS - n) as i64 * 20_000;
        let mut random = [0u8; 10];
        random[2..].copy_from_slice(&(n as u64).to_be_bytes());
        let fields = json!({
            "now": at, "message.text": words[n % 4], "message.kind": "text", "message.first": n.is_multiple_of(7),
            "contact.name": format!("Клиент {}", n % 1_000), "contact.phone": format!("+7913{:07}", n % 1_000), "contact.email": null,
            "contact.company": null, "contact.city": "Новосибирск", "contact.tags": ["постоянный"], "contact.created_at": at,
            "contact.orders": n % 9, "contact.orders_30d": n % 3, "contact.spent": n * 100, "contact.last_order_at": null,
            "contact.messages_7d": n % 20, "contact.invited_at": null, "chat.channel": "whatsapp", "chat.status": "active",
            "chat.assigned": false, "chat.last_inbound_at": at, "chat.started_by": "customer",
        });
        let facts =
            domain::rules::Facts { at, fields: serde_json::from_value(fields).expect("fields"), ..Default::default() };
        store::occasions::OccasionRow {
            id: domain::ids::Id::make(at, &random),
            event: "message.received".into(),
            connection_id: None,
            object_kind: "chat".into(),
            object_id: format!("{}", n % 1_000),
            contact_id: None,
            chat_id: None,
            order_id: None,
            facts: json!(facts),
            at,
        }
    };
    for from in (0..EVENTS).step_by(5_000) {
        let mut tx = db.begin().await.expect("begin");
        for n in from..from + 5_000 {
            store::occasions::insert(&mut tx, organisation, &row(n)).await.expect("insert");
        }
        tx.commit().await.expect("commit");
    }
    let begun = Instant::now();
    let mut after = store::occasions::first_id(0);
    loop {
        let rows = store::occasions::since(&db, organisation, after, 2_000).await.expect("read");
        let Some(last) = rows.last() else { break };
        after = last.id;
    }
    begun.elapsed().as_secs_f64()
}

async fn published(api: &Api, word: &str) -> String {
    let rule = api.call("POST", "/rules", json!({"name": word, "draft": tree(word)})).await;
    let id = rule["id"].as_str().expect("an id").to_owned();
    api.call("POST", &format!("/rules/{id}/publish"), json!({})).await;
    id
}
