//! What benches share: an installation of the real program, signed webhooks, the engine's raw ceiling.
#![allow(dead_code, clippy::expect_used, clippy::unwrap_used, clippy::disallowed_methods)]

use connectors::whatsapp::simulator::sign;
use std::io::{BufRead, BufReader, Write};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::time::Instant;

/// The program under test: the release binary named by `PULT_BIN`, else the one built with this bench.
pub fn pult() -> String {
    std::env::var("PULT_BIN").unwrap_or_else(|_| env!("CARGO_BIN_EXE_pult").into())
}
const SECRET: &str = "app-secret-for-tests";
static SERIAL: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(0);

/// The real program on a database of its own.
pub struct Installation {
    pub addr: SocketAddr,
    pub data: tempfile::TempDir,
    pub url: String,
    pub organisation: String,
    pub webhook_path: String,
    pub process: Child,
    /// From start to listening, milliseconds.
    pub ready_ms: f64,
}

impl Installation {
    /// On SQLite, or on a fresh database of this PostgreSQL server.
    pub fn start(postgres: Option<&str>) -> Self {
        let data = tempfile::tempdir().expect("temporary directory");
        let url = match postgres {
            None => format!("sqlite://{}/pult.db", data.path().display()),
            Some(server) => fresh_database(server),
        };
        let run = |args: &[&str], input: &str| cli(&url, data.path(), args, input);
        let made = run(
            &[
                "admin",
                "create-organisation",
                "--name",
                "Bench",
                "--owner-email",
                "o@bench.example",
                "--owner-password-stdin",
                "--json",
            ],
            "bench password 1\n",
        );
        let organisation = made["organisation_id"].as_str().unwrap().to_owned();
        let settings = data.path().join("whatsapp.json");
        let values = serde_json::json!({"phone_number_id": "106540352242922", "waba_id": "102290129340398", "app_id": "670843887433847", "app_secret": SECRET,
            "access_token": "token-for-tests", "base_url": "http://127.0.0.1:9"});
        std::fs::write(&settings, values.to_string()).unwrap();
        let connected = run(
            &[
                "admin",
                "connect",
                "whatsapp",
                "--organisation",
                &organisation,
                "--settings",
                settings.to_str().unwrap(),
                "--json",
            ],
            "",
        );
        let webhook_path = connected["webhook_path"].as_str().unwrap().to_owned();
        let (process, addr, ready_ms) = serve(&url, data.path());
        Self { addr, data, url, organisation, webhook_path, process, ready_ms }
    }

    /// Stops it and starts it again on the same data; answers milliseconds to listening.
    pub fn restart(&mut self) -> f64 {
        let _ = self.process.kill();
        let _ = self.process.wait();
        let (process, addr, ready_ms) = serve(&self.url, self.data.path());
        (self.process, self.addr) = (process, addr);
        ready_ms
    }

    /// The command line of this installation.
    pub fn cli(&self, args: &[&str]) -> serde_json::Value {
        cli(&self.url, self.data.path(), args, "")
    }

    /// Resident memory in MB.
    pub fn memory_mb(&self) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process.id())).expect("status");
        let line = status.lines().find(|l| l.starts_with("VmRSS:")).expect("VmRSS");
        line.split_whitespace().nth(1).unwrap().parse::<f64>().unwrap() / 1024.0
    }
}

impl Drop for Installation {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn cli(url: &str, data: &std::path::Path, args: &[&str], input: &str) -> serde_json::Value {
    let mut child = Command::new(pult())
        .args(args)
        .env("DATABASE_URL", url)
        .env("PULT_DATA_DIR", data)
        .env("PULT_ALLOW_PRIVATE_NETS", "1")
        .env("RUST_LOG", "error")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("pult");
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().expect("pult");
    assert!(output.status.success(), "{args:?}");
    serde_json::from_slice(&output.stdout).expect("json")
}

fn serve(url: &str, data: &std::path::Path) -> (Child, SocketAddr, f64) {
    let start = Instant::now();
    let mut process = Command::new(pult())
        .arg("serve")
        .env("DATABASE_URL", url)
        .env("PULT_DATA_DIR", data)
        .env("PULT_ADDR", "127.0.0.1:0")
        .env("PULT_ALLOW_PRIVATE_NETS", "1")
        .env("RUST_LOG", "error")
        // One client is everybody here.
        .env("PULT_RATE_KEY", "0")
        .env("PULT_RATE_PERSON", "0")
        .env("PULT_RATE_ADDRESS", "0")
        .stdout(Stdio::piped())
        .spawn()
        .expect("pult");
    let mut line = String::new();
    let mut lines = BufReader::new(process.stdout.take().unwrap());
    while !line.contains("listening on ") {
        line.clear();
        assert!(lines.read_line(&mut line).expect("line") > 0, "pult ended");
    }
    let ready_ms = start.elapsed().as_secs_f64() * 1000.0;
    let addr = line.rsplit("listening on ").next().unwrap().trim().trim_end_matches(')').parse().expect("address");
    (process, addr, ready_ms)
}

/// Requests ready to write to a socket, each with a message of its own.
pub struct Webhooks {
    pub requests: Vec<Vec<u8>>,
}

impl Webhooks {
    pub fn new(installation: &Installation, count: usize) -> Self {
        let from = SERIAL.fetch_add(count as u64, std::sync::atomic::Ordering::Relaxed);
        let request = |n: u64| {
            let phone = 79_130_000_000 + n % 1_000;
            let body = format!(
                r#"{{"object":"whatsapp_business_account","entry":[{{"id":"102290129340398","changes":[{{"value":{{"messaging_product":"whatsapp","metadata":{{"display_phone_number":"15550783881","phone_number_id":"106540352242922"}},"contacts":[{{"profile":{{"name":"Bench"}},"wa_id":"{phone}"}}],"messages":[{{"from":"{phone}","id":"wamid.bench{n:012}","timestamp":"1789600060","type":"text","text":{{"body":"\u0417\u0434\u0440\u0430\u0432\u0441\u0442\u0432\u0443\u0439\u0442\u0435, \u0433\u0434\u0435 \u043c\u043e\u0439 \u0437\u0430\u043a\u0430\u0437?"}}}}]}},"field":"messages"}}]}}]}}"#
            );
            format!(
                "POST {} HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\nX-Hub-Signature-256: {}\r\nContent-Length: {}\r\n\r\n{body}",
                installation.webhook_path, sign(SECRET, body.as_bytes()), body.len()
            )
            .into_bytes()
        };
        Self { requests: (from..from + count as u64).map(request).collect() }
    }
}

/// Median time of one small write and `fdatasync` in the temporary directory, microseconds.
pub fn fdatasync_p50_us() -> u64 {
    let mut file = tempfile::tempfile().expect("temporary file");
    let mut times: Vec<u64> = (0..200)
        .map(|_| {
            file.write_all(&[0; 4096]).unwrap();
            let start = Instant::now();
            file.sync_data().unwrap();
            start.elapsed().as_micros() as u64
        })
        .collect();
    percentile(&mut times, 0.5)
}

/// The value below which this share lies.
pub fn percentile(values: &mut [u64], share: f64) -> u64 {
    values.sort_unstable();
    values[((values.len() - 1) as f64 * share) as usize]
}

/// Rows a second that bare sqlx writes into a copy of the same tables: same columns, same statements, one commit a batch.
pub fn ceiling(installation: &Installation, batch: usize) -> f64 {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("runtime");
    runtime.block_on(async {
        let scratch = tempfile::tempdir_in(installation.data.path()).expect("temporary directory");
        let url = if installation.url.starts_with("sqlite") { format!("sqlite://{}/raw.db", scratch.path().display()) } else { fresh_database_async(&installation.url).await };
        let db = store::Db::open(&url).await.expect("open");
        db.migrate().await.expect("migrate");
        let ids = services_free_ids();
        let organisation: domain::ids::OrganisationId = domain::ids::Id::make(1, &[1; 10]);
        let mut tx = db.begin().await.expect("begin");
        raw_organisation(&mut tx, organisation).await;
        tx.commit().await.expect("commit");
        let data = r#"{"metadata":{"display_phone_number":"15550783881","phone_number_id":"106540352242922"},"contact":{"profile":{"name":"Bench"},"wa_id":"79130000000"},"message":{"from":"79130000000","id":"wamid.bench000000000000","timestamp":"1789600060","type":"text","text":{"body":"Здравствуйте, где мой заказ?"}}}"#;
        let (start, mut rows, mut serial) = (Instant::now(), 0usize, 0u64);
        while start.elapsed().as_secs() < 4 {
            let events: Vec<store::events::NewEvent> = (0..batch)
                .map(|_| {
                    serial += 1;
                    store::events::NewEvent {
                        organisation,
                        id: ids(serial),
                        connection: None,
                        kind: "message".into(),
                        dedupe_key: format!("106540352242922:wamid.bench{serial:012}"),
                        order_key: format!("chat:{}", serial % 1000),
                        headers: r#"{"content-type":"application/json","content-length":"640"}"#.into(),
                        data: data.into(),
                        received_at: serial as i64,
                    }
                })
                .collect();
            let mut tx = db.begin().await.expect("begin");
            store::events::insert(&mut tx, &events).await.expect("insert");
            tx.commit().await.expect("commit");
            rows += batch;
        }
        rows as f64 / start.elapsed().as_secs_f64()
    })
}

fn services_free_ids() -> impl Fn(u64) -> domain::ids::EventId {
    |serial| {
        let mut random = [0u8; 10];
        random[2..].copy_from_slice(&serial.to_be_bytes());
        domain::ids::Id::make(1_789_600_000_000 + serial as i64, &random)
    }
}

async fn raw_organisation(tx: &mut store::Tx, organisation: domain::ids::OrganisationId) {
    let sql = format!(
        "INSERT INTO organisations (id, name, time_zone, currency, settings, rev, created_at) VALUES ('{organisation}', 'Bench', 'UTC', 'RUB', '{{}}', 1, 1)"
    );
    match tx {
        store::Tx::Sqlite(t) => drop(sqlx::query(&sql).execute(&mut **t).await.expect("organisation")),
        store::Tx::Postgres(t) => drop(sqlx::query(&sql).execute(&mut **t).await.expect("organisation")),
    }
}

fn fresh_database(server: &str) -> String {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("runtime")
        .block_on(fresh_database_async(server))
}

async fn fresh_database_async(server: &str) -> String {
    use sqlx::{ConnectOptions, Executor};
    let name = format!("bench_{}_{}", std::process::id(), SERIAL.fetch_add(1, std::sync::atomic::Ordering::Relaxed));
    let options: sqlx::postgres::PgConnectOptions = server.parse().expect("TEST_POSTGRES_URL");
    let mut connection = options.connect().await.expect("PostgreSQL");
    connection.execute(format!("CREATE DATABASE {name}").as_str()).await.expect("create database");
    let (base, query) = server.split_once('?').map_or((server, String::new()), |(b, q)| (b, format!("?{q}")));
    format!("{}/{name}{query}", base.rsplit_once('/').expect("a database in the address").0)
}

/// REST with a key for everything.
pub struct Api {
    base: String,
    key: String,
    http: reqwest::Client,
}

impl Api {
    /// With a new key.
    pub fn of(installation: &Installation) -> Self {
        let made = installation.cli(&[
            "admin",
            "create-api-key",
            "--organisation",
            &installation.organisation,
            "--scopes",
            "*",
            "--json",
        ]);
        let key = made["key"].as_str().expect("a key").to_owned();
        Self { base: format!("http://{}/api/v1", installation.addr), key, http: reqwest::Client::new() }
    }
    /// One call; it must succeed.
    pub async fn call(&self, method: &str, path: &str, body: serde_json::Value) -> serde_json::Value {
        let method = method.parse().expect("a method");
        let mut request = self.http.request(method, format!("{}{path}", self.base)).bearer_auth(&self.key);
        if !body.is_null() {
            request = request.json(&body);
        }
        let answer = request.send().await.expect("an answer");
        let status = answer.status();
        let text = answer.text().await.expect("a body");
        assert!(status.is_success(), "{path}: {status} {text}");
        serde_json::from_str(&text).expect("json")
    }
}

/// Reads one answer of a known length; gives its status.
pub fn read_answer(reader: &mut impl BufRead) -> u16 {
    let (mut status, mut length, mut line) = (0, 0, String::new());
    loop {
        line.clear();
        assert!(reader.read_line(&mut line).expect("answer") > 0, "hung up");
        let head = line.trim().to_ascii_lowercase();
        if head.is_empty() {
            break;
        }
        if status == 0 {
            status = head.split(' ').nth(1).and_then(|word| word.parse().ok()).expect("status");
        }
        if let Some(value) = head.strip_prefix("content-length:") {
            length = value.trim().parse().expect("length");
        }
    }
    std::io::Read::read_exact(reader, &mut vec![0; length]).expect("body");
    status
}
