//! `cargo xtask bench pipeline`: event → rule → HTTP call at a local sink → recorded, through the real program on SQLite with
//! a flush before every answer. Beside it, where it could be installed, Node-RED doing the same: keep, decide, call.

mod common;

use common::{Api, Installation};
use serde_json::{Value as Json, json};
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

const EVENTS: usize = 30_000;
const CONNECTIONS: usize = 32;

fn main() {
    let (sink, taken) = sink();
    let ours = ours(sink, &taken);
    println!("event → rule → HTTP → recorded   {ours:>6.0}/s (floor 3500)  {:.2} of it", ours / 3_500.0);
    match std::env::var("PULT_BENCH_NODE_RED") {
        Ok(red) => {
            let theirs = node_red(&red, sink, &taken);
            println!("the same in Node-RED             {theirs:>6.0}/s  ours is {:.1} times that", ours / theirs);
        }
        Err(_) => println!("Node-RED is not installed: no comparison"),
    }
}

/// A server that answers everything with 200 and counts; one thread a connection.
fn sink() -> (SocketAddr, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("listen");
    let (addr, taken) = (listener.local_addr().expect("address"), Arc::new(AtomicUsize::new(0)));
    let count = taken.clone();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let count = count.clone();
            std::thread::spawn(move || answer(stream, &count));
        }
    });
    (addr, taken)
}

fn answer(stream: TcpStream, count: &AtomicUsize) {
    let _ = stream.set_nodelay(true);
    let mut writer = stream.try_clone().expect("socket");
    let mut reader = BufReader::new(stream);
    loop {
        let (mut length, mut chunked, mut line) = (0, false, String::new());
        loop {
            line.clear();
            if reader.read_line(&mut line).unwrap_or(0) == 0 {
                return;
            }
            let head = line.trim().to_ascii_lowercase();
            if head.is_empty() {
                break;
            }
            if let Some(value) = head.strip_prefix("content-length:") {
                length = value.trim().parse().unwrap_or(0);
            }
            chunked |= head == "transfer-encoding: chunked";
        }
        assert!(!chunked, "the sink reads bodies of a known length");
        let mut body = vec![0; length];
        if std::io::Read::read_exact(&mut reader, &mut body).is_err() {
            return;
        }
        count.fetch_add(1, Ordering::SeqCst);
        if writer
            .write_all(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}")
            .is_err()
        {
            return;
        }
    }
}

fn ours(sink: SocketAddr, taken: &AtomicUsize) -> f64 {
    let installation = Installation::start(None);
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("runtime");
    runtime.block_on(async {
        let api = Api::of(&installation);
        let settings = json!({"url": format!("http://{sink}/")});
        let made = api.call("POST", "/connections", json!({"provider": "webhook", "name": "Мост", "settings": settings})).await;
        let path = made["webhook_path"].as_str().expect("an address").to_owned();
        let connection = made["connection"]["id"].clone();
        // One event, so that its fields are known.
        flood(installation.addr, &path, 0..1, 1);
        let call = json!({"do": "call_webhook", "connection_id": connection, "event": "lead.large",
            "fields": [{"name": "number", "text": "{{event.number}}"}, {"name": "client", "text": "{{event.name}}"}]});
        let draft = json!({"v": 1, "trigger": {"event": "webhook.received"}, "then": [{"act": call}],
            "when": {"is": "all", "of": [{"is": "test", "field": "event.amount", "op": {"is": "more", "number": 1_000}}]}});
        let rule = json!({"name": "Крупная заявка", "ceiling": 100_000, "draft": draft});
        let id = api.call("POST", "/rules", rule).await["id"].as_str().expect("an id").to_owned();
        settled(|| done(&installation) >= 1).await;
        api.call("POST", &format!("/rules/{id}/publish"), json!({})).await;
        let (before, called) = (done(&installation), taken.load(Ordering::SeqCst));
        let begun = Instant::now();
        let addr = installation.addr;
        let feed = std::thread::spawn(move || flood(addr, &path, 1..EVENTS + 1, CONNECTIONS));
        settled(|| done(&installation) >= before + EVENTS).await;
        let rate = EVENTS as f64 / begun.elapsed().as_secs_f64();
        feed.join().expect("feed");
        assert_eq!(taken.load(Ordering::SeqCst) - called, EVENTS, "each called once");
        rate
    })
}

/// Jobs recorded as done, by the program's own count.
fn done(installation: &Installation) -> usize {
    let mut stream = TcpStream::connect(installation.addr).expect("connect");
    stream.write_all(b"GET /metrics HTTP/1.1\r\nHost: bench\r\nConnection: close\r\n\r\n").expect("write");
    let lines = BufReader::new(stream).lines().map_while(Result::ok);
    let value = lines.filter_map(|line| line.strip_prefix("pult_jobs_done_total ")?.trim().parse::<f64>().ok()).last();
    value.unwrap_or(0.0) as usize
}

async fn settled(done: impl Fn() -> bool) {
    let begun = Instant::now();
    while !done() {
        assert!(begun.elapsed().as_secs() < 120, "it does not end");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// Posts events of these numbers over so many connections and waits for every answer.
fn flood(addr: SocketAddr, path: &str, numbers: std::ops::Range<usize>, connections: usize) {
    let threads: Vec<_> = (0..connections)
        .map(|lane| {
            let (path, numbers) = (path.to_owned(), numbers.clone());
            std::thread::spawn(move || {
                let stream = TcpStream::connect(addr).expect("connect");
                stream.set_nodelay(true).expect("nodelay");
                let mut writer = stream.try_clone().expect("socket");
                let mut reader = BufReader::new(stream);
                for number in numbers.skip(lane).step_by(connections) {
                    let body = json!({"number": number, "name": format!("Клиент {}", number % 500), "amount": 2_000 + number % 7}).to_string();
                    let head = format!("POST {path} HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n", body.len());
                    writer.write_all((head + &body).as_bytes()).expect("write");
                    let status = common::read_answer(&mut reader);
                    assert_eq!(status, 200);
                }
            })
        })
        .collect();
    threads.into_iter().for_each(|thread| thread.join().expect("thread"));
}

/// Node-RED with a flow of the same job: append to a file and answer; decide; call. It does not flush.
fn node_red(red: &str, sink: SocketAddr, taken: &AtomicUsize) -> f64 {
    let folder = tempfile::tempdir().expect("temporary directory");
    let port = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a port").port();
    let node = |id: &str, kind: &str, wires: Json, more: Json| {
        let mut node = json!({"id": id, "type": kind, "z": "flow", "wires": wires});
        node.as_object_mut().expect("an object").extend(more.as_object().cloned().unwrap_or_default());
        node
    };
    let flows = json!([
        {"id": "flow", "type": "tab", "label": "bench"},
        node("in", "http in", json!([["pick"]]), json!({"url": "/hook", "method": "post"})),
        node("pick", "function", json!([["keep", "answer", "decide"]]), json!({"func": "msg.line = JSON.stringify(msg.payload); return msg;", "outputs": 1})),
        node("keep", "file", json!([[]]), json!({"filename": folder.path().join("events"), "filenameType": "str", "appendNewline": true, "overwriteFile": "false"})),
        node("answer", "http response", json!([]), json!({"statusCode": "200"})),
        node("decide", "switch", json!([["call"]]), json!({"property": "payload.amount", "propertyType": "msg", "rules": [{"t": "gt", "v": "1000", "vt": "num"}], "outputs": 1})),
        node("call", "http request", json!([[]]), json!({"method": "POST", "ret": "obj", "url": format!("http://{sink}/"), "persist": true})),
    ]);
    std::fs::write(folder.path().join("flows.json"), flows.to_string()).expect("flows");
    let settings = format!(
        "module.exports = {{ uiPort: {port}, uiHost: '127.0.0.1', flowFile: 'flows.json', logging: {{ console: {{ level: 'error' }} }}, httpAdminRoot: false, telemetry: {{ enabled: false }} }};"
    );
    std::fs::write(folder.path().join("settings.js"), settings).expect("settings");
    let child = Command::new("node")
        .args([red, "--userDir"])
        .arg(folder.path())
        .args(["--settings"])
        .arg(folder.path().join("settings.js"))
        .stdout(Stdio::null())
        .spawn()
        .expect("node");
    let _child = Ended(child);
    let addr = SocketAddr::from(([127, 0, 0, 1], port));
    let begun = Instant::now();
    while TcpStream::connect(addr).is_err() {
        assert!(begun.elapsed().as_secs() < 60, "Node-RED does not start");
        std::thread::sleep(Duration::from_millis(100));
    }
    std::thread::sleep(Duration::from_secs(1));
    let (before, begun) = (taken.load(Ordering::SeqCst), Instant::now());
    flood(addr, "/hook", 1..EVENTS + 1, CONNECTIONS);
    while taken.load(Ordering::SeqCst) < before + EVENTS {
        assert!(begun.elapsed().as_secs() < 120, "it does not end");
        std::thread::sleep(Duration::from_millis(10));
    }
    EVENTS as f64 / begun.elapsed().as_secs_f64()
}

/// A process that ends with its owner.
struct Ended(Child);

impl Drop for Ended {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
