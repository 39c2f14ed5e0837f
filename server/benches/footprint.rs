//! `cargo xtask bench footprint`: time to ready on an existing database, memory after 100 000 events, size of the program.

mod common;

use common::{Installation, Webhooks};
use std::io::{Read, Write};
use std::net::TcpStream;

const EVENTS: usize = 100_000;

fn main() {
    let size = std::fs::metadata(common::pult()).expect("program").len() as f64 / 1e6;
    println!("binary           {size:>7.1} MB  (floor 35)");
    let mut installation = Installation::start(None);
    println!("memory at start  {:>7.1} MB", installation.memory_mb());
    let threads: Vec<_> = (0..32)
        .map(|_| {
            let (webhooks, addr) = (Webhooks::new(&installation, EVENTS / 32), installation.addr);
            std::thread::spawn(move || {
                let mut stream = TcpStream::connect(addr).expect("connect");
                let mut buffer = [0; 4096];
                for request in webhooks.requests {
                    stream.write_all(&request).expect("write");
                    let n = stream.read(&mut buffer).expect("read");
                    assert!(buffer[..n].starts_with(b"HTTP/1.1 200"));
                }
            })
        })
        .collect();
    threads.into_iter().for_each(|t| t.join().expect("thread"));
    println!("memory after {EVENTS} events {:>7.1} MB  (floor 60)", installation.memory_mb());
    let mut ready: Vec<u64> = (0..5).map(|_| installation.restart() as u64).collect();
    println!("ready on that database, median of 5 {:>5} ms  (floor 150)", common::percentile(&mut ready, 0.5));
}
