//! `cargo xtask bench ingest`: durable ingest through the real program, beside the raw ceiling of the engine.
//!
//! 64 connections post signed WhatsApp webhooks of one message each and wait for every answer. The ceiling is bare sqlx:
//! the same rows in batches of the size the program formed, one flush each, in the same run. Then 500 a second are paced
//! out and the wait for the answer is set against the disk's own flush.

mod common;

use common::{Installation, Webhooks, fdatasync_p50_us, percentile};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

const CONNECTIONS: usize = 64;
const SECONDS: u64 = 6;

fn main() {
    let engines: Vec<Option<String>> =
        [Some(None), std::env::var("TEST_POSTGRES_URL").ok().map(Some)].into_iter().flatten().collect();
    let flush = fdatasync_p50_us();
    println!("fdatasync p50 of this disk: {:.2} ms", flush as f64 / 1000.0);
    for url in engines {
        let (name, floor) = if url.is_some() { ("PostgreSQL", 5_000.0) } else { ("SQLite", 8_000.0) };
        let installation = Installation::start(url.as_deref());
        let (rate, batch) = flood(&installation);
        let ceiling = common::ceiling(&installation, batch);
        println!(
            "{name:<10} ingest {rate:>7.0}/s (floor {floor:.0})  engine {ceiling:>7.0}/s at {batch} rows a batch  ratio {:.2} (floor 0.60)",
            rate / ceiling
        );
        let mut waits = paced(&installation);
        let p99 = percentile(&mut waits, 0.99);
        let limit = if flush < 1000 { 5_000 } else { 3 * flush };
        println!(
            "{name:<10} accept p50 {:.2} ms, p99 {:.2} ms at 500/s (limit {:.2} ms)",
            percentile(&mut waits, 0.5) as f64 / 1000.0,
            p99 as f64 / 1000.0,
            limit as f64 / 1000.0
        );
    }
}

/// Posts one request and reads its answer; answers whether it was 200.
fn post(stream: &mut TcpStream, request: &[u8], buffer: &mut [u8]) -> bool {
    if stream.write_all(request).is_err() {
        return false;
    }
    let mut got = 0;
    loop {
        match stream.read(&mut buffer[got..]) {
            Ok(0) | Err(_) => return false,
            Ok(n) => got += n,
        }
        if let Some(end) = buffer[..got].windows(4).position(|w| w == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&buffer[..end]).to_ascii_lowercase();
            let length: usize = head
                .lines()
                .find_map(|l| l.strip_prefix("content-length: "))
                .and_then(|v| v.trim().parse().ok())
                .unwrap_or(0);
            if got >= end + 4 + length {
                return head.starts_with("http/1.1 200");
            }
        }
    }
}

fn flood(installation: &Installation) -> (f64, usize) {
    let (stop, good, bad) =
        (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU64::new(0)), Arc::new(AtomicU64::new(0)));
    let webhooks = Arc::new(Webhooks::new(installation, 40_000));
    let next = Arc::new(AtomicU64::new(0));
    let threads: Vec<_> = (0..CONNECTIONS)
        .map(|_| {
            let (stop, good, bad, webhooks, next, addr) =
                (stop.clone(), good.clone(), bad.clone(), webhooks.clone(), next.clone(), installation.addr);
            std::thread::spawn(move || {
                let mut stream = TcpStream::connect(addr).expect("connect");
                stream.set_nodelay(true).expect("nodelay");
                let mut buffer = vec![0; 4096];
                while !stop.load(Ordering::Relaxed) {
                    let Some(request) = webhooks.requests.get(next.fetch_add(1, Ordering::Relaxed) as usize) else {
                        break;
                    };
                    if post(&mut stream, request, &mut buffer) {
                        good.fetch_add(1, Ordering::Relaxed)
                    } else {
                        bad.fetch_add(1, Ordering::Relaxed)
                    };
                }
            })
        })
        .collect();
    let start = Instant::now();
    while start.elapsed() < Duration::from_secs(SECONDS)
        && (next.load(Ordering::Relaxed) as usize) < webhooks.requests.len()
    {
        std::thread::sleep(Duration::from_millis(20));
    }
    let (done, took) = (good.load(Ordering::Relaxed), start.elapsed());
    stop.store(true, Ordering::Relaxed);
    threads.into_iter().for_each(|t| t.join().expect("thread"));
    assert_eq!(bad.load(Ordering::Relaxed), 0, "some webhooks were refused");
    (done as f64 / took.as_secs_f64(), CONNECTIONS)
}

fn paced(installation: &Installation) -> Vec<u64> {
    let webhooks = Arc::new(Webhooks::new(installation, 2_500));
    let waits = Arc::new(Mutex::new(Vec::new()));
    let start = Instant::now();
    let threads: Vec<_> = (0..8usize)
        .map(|lane| {
            let (webhooks, waits, addr) = (webhooks.clone(), waits.clone(), installation.addr);
            std::thread::spawn(move || {
                let mut stream = TcpStream::connect(addr).expect("connect");
                stream.set_nodelay(true).expect("nodelay");
                let mut buffer = vec![0; 4096];
                for (n, request) in webhooks.requests.iter().enumerate().skip(lane).step_by(8) {
                    let due = start + Duration::from_millis(2 * n as u64);
                    std::thread::sleep(due.saturating_duration_since(Instant::now()));
                    let sent = Instant::now();
                    assert!(post(&mut stream, request, &mut buffer), "a webhook was refused");
                    waits.lock().expect("lock").push(sent.elapsed().as_micros() as u64);
                }
            })
        })
        .collect();
    threads.into_iter().for_each(|t| t.join().expect("thread"));
    std::mem::take(&mut *waits.lock().expect("lock"))
}
