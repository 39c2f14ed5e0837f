//! An open live stream (server-sent events).

use super::Json;
use std::time::Duration;

/// How long a hint may take. Generous: only a test that fails waits that long.
const PATIENCE: Duration = Duration::from_secs(60);

/// A reader of `/api/live`.
#[derive(Debug)]
pub struct Stream {
    response: reqwest::Response,
    buffer: String,
}

/// One message of the stream.
#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    /// `hint` or `resync`.
    pub event: String,
    pub id: String,
    pub data: Json,
}

impl Message {
    /// Whether it is a hint about this thing.
    pub fn is_about(&self, topic: &str, id: &str) -> bool {
        self.event == "hint" && self.data["topic"] == topic && self.data["id"] == id
    }
}

impl Stream {
    pub async fn open(request: reqwest::RequestBuilder) -> Self {
        let request = request.header("accept", "text/event-stream").timeout(Duration::from_secs(180));
        let response = request.send().await.expect("the stream opens");
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        Self { response, buffer: String::new() }
    }

    /// The next message; `None` when the stream has ended.
    pub async fn next(&mut self) -> Option<Message> {
        let deadline = tokio::time::Instant::now() + PATIENCE;
        loop {
            if let Some((block, rest)) = self.buffer.split_once("\n\n") {
                let message = parse(block);
                self.buffer = rest.to_owned();
                match message {
                    Some(message) => return Some(message),
                    None => continue,
                }
            }
            let chunk =
                tokio::time::timeout_at(deadline, self.response.chunk()).await.expect("neither a message nor the end");
            // A cut connection is an end like any other.
            let chunk = chunk.ok().flatten()?;
            self.buffer.push_str(std::str::from_utf8(&chunk).expect("UTF-8"));
        }
    }

    /// Reads on until a hint about this thing; answers everything read, that hint last.
    pub async fn until(&mut self, topic: &str, id: &str) -> Vec<Message> {
        let mut read = Vec::new();
        loop {
            let message = self.next().await.unwrap_or_else(|| panic!("ended before {topic} {id}: {read:?}"));
            let found = message.is_about(topic, id);
            read.push(message);
            if found {
                return read;
            }
        }
    }
}

/// A block of lines; `None` for comments, which only keep the connection alive.
fn parse(block: &str) -> Option<Message> {
    let field = |name: &str| {
        let line = block.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
        line.map(|value| value.strip_prefix(' ').unwrap_or(value).to_owned()).unwrap_or_default()
    };
    let data = field("data");
    if data.is_empty() {
        return None;
    }
    Some(Message { event: field("event"), id: field("id"), data: serde_json::from_str(&data).expect("JSON") })
}
