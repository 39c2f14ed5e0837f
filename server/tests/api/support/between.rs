//! A wire between a program and PostgreSQL that can be cut: as in a network that breaks, bytes just stop arriving and nobody
//! is told.

use super::database::Database;
use std::net::SocketAddr;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// The wire.
#[derive(Debug)]
pub struct Between {
    /// The address of the database by way of it.
    pub url: String,
    whole: watch::Sender<bool>,
}

impl Between {
    /// A whole one to this database.
    pub async fn to(database: &Database) -> Self {
        let mut url = url::Url::parse(&database.url).expect("the address of the database");
        let server = format!("{}:{}", url.host_str().expect("a host"), url.port().unwrap_or(5432));
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let here: SocketAddr = listener.local_addr().expect("an address");
        url.set_host(Some("127.0.0.1")).expect("a host");
        url.set_port(Some(here.port())).expect("a port");
        let (whole, looks) = watch::channel(true);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(carry(stream, server.clone(), looks.clone()));
            }
        });
        Self { url: url.to_string(), whole }
    }

    /// From now on nothing arrives any more, in neither direction.
    pub fn cut(&self) {
        self.whole.send_replace(false);
    }

    /// Whole again. Connections of before are over, as they are for a network that has forgotten them.
    pub fn heal(&self) {
        self.whole.send_replace(true);
    }
}

async fn carry(near: TcpStream, server: String, mut looks: watch::Receiver<bool>) {
    // Who comes while it is cut gets no answer, and none later either.
    if !*looks.borrow_and_update() {
        let _ = looks.changed().await;
        return;
    }
    let Ok(far) = TcpStream::connect(&server).await else { return };
    let ((near_in, near_out), (far_in, far_out)) = (near.into_split(), far.into_split());
    tokio::select! {
        () = pump(near_in, far_out, looks.clone()) => {}
        () = pump(far_in, near_out, looks) => {}
    }
}

/// One direction, until it ends. Cut, it stays open and silent until the wire is whole again.
async fn pump(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, mut looks: watch::Receiver<bool>) {
    let mut buffer = vec![0; 16 * 1024];
    loop {
        let read = tokio::select! {
            biased;
            _ = looks.wait_for(|whole| !whole) => None,
            read = from.read(&mut buffer) => Some(read),
        };
        match read {
            None => {
                let _ = looks.wait_for(|whole| *whole).await;
                return;
            }
            Some(Ok(0) | Err(_)) => return,
            Some(Ok(count)) if to.write_all(&buffer[..count]).await.is_err() => return,
            Some(Ok(_)) => {}
        }
    }
}
