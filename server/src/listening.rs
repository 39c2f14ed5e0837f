//! Accepting connections, and ceasing to without turning anybody away. The kernel completes connections before they are
//! accepted and resets those that are left when the socket closes: a webhook lost with every restart. So the queue is emptied
//! in one go before the socket goes, and what was in it is served like the rest.

use axum::serve::Listener;
use std::collections::VecDeque;
use std::io;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;

/// Time for the last ones accepted to say what they want: a connection nothing was read from yet would be closed unheard.
const HEARING: Duration = Duration::from_millis(250);

/// The listening socket until it is told to stop.
#[derive(Debug)]
pub struct Listening {
    socket: Option<TcpListener>,
    address: SocketAddr,
    last: VecDeque<(TcpStream, SocketAddr)>,
    stopping: CancellationToken,
    closed: CancellationToken,
}

impl Listening {
    /// Listens; `stopping` closes the socket.
    pub async fn on(address: SocketAddr, stopping: CancellationToken) -> io::Result<Self> {
        let socket = TcpListener::bind(address).await?;
        let address = socket.local_addr()?;
        Ok(Self { socket: Some(socket), address, last: VecDeque::new(), stopping, closed: CancellationToken::new() })
    }

    /// Ends when the socket is closed and everybody it had let in was heard.
    pub fn over(&self) -> impl Future<Output = ()> + use<> {
        let closed = self.closed.clone();
        async move {
            closed.cancelled().await;
            tokio::time::sleep(HEARING).await;
        }
    }

    fn close(&mut self) {
        let Some(Ok(socket)) = self.socket.take().map(TcpListener::into_std) else { return };
        while let Ok((stream, peer)) = socket.accept() {
            let stream = stream.set_nonblocking(true).and_then(|()| TcpStream::from_std(stream));
            self.last.extend(stream.ok().map(|stream| (stream, peer)));
        }
    }
}

impl Listener for Listening {
    type Io = TcpStream;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (TcpStream, SocketAddr) {
        loop {
            if let Some(next) = self.last.pop_front() {
                return next;
            }
            let Some(socket) = &self.socket else {
                self.closed.cancel();
                return std::future::pending().await;
            };
            let accepted = tokio::select! {
                biased;
                () = self.stopping.cancelled() => {
                    self.close();
                    continue;
                }
                accepted = socket.accept() => accepted,
            };
            match accepted {
                Ok(next) => return next,
                // Who hung up before being accepted.
                Err(error)
                    if matches!(error.kind(), io::ErrorKind::ConnectionAborted | io::ErrorKind::ConnectionReset) => {}
                // No file handles left, for instance: some come free when others end.
                Err(error) => {
                    tracing::error!(%error, "Connections cannot be accepted; trying again");
                    tokio::time::sleep(Duration::from_secs(1)).await;
                }
            }
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        Ok(self.address)
    }
}
