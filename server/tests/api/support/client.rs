//! An integrator with an API key, and what an answer must look like.

use super::{Json, items};
use reqwest::Method;
use reqwest::header::HeaderMap;

/// A whole answer.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: HeaderMap,
    pub text: String,
    /// What was asked, for the sentence of a failed test.
    asked: String,
}

impl Reply {
    /// Makes the call and reads the answer to its end.
    pub async fn of(request: reqwest::RequestBuilder) -> Self {
        let (client, request) = request.build_split();
        let request = request.expect("a request");
        let asked = format!("{} {}", request.method(), request.url().path());
        let response = client.execute(request).await.unwrap_or_else(|error| panic!("{asked}: {error:?}"));
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let text = response.text().await.unwrap_or_else(|error| panic!("{asked}: {error:?}"));
        Self { status, headers, text, asked }
    }

    /// A header as text, "" when absent.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The JSON of an answer, whatever its status.
    #[track_caller]
    pub fn json(&self) -> Json {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("{}: no JSON: {self:?}", self.asked))
    }

    /// The JSON of a good answer.
    #[track_caller]
    pub fn good(&self) -> Json {
        assert!((200..300).contains(&self.status), "{} should have been good: {self:?}", self.asked);
        if self.text.is_empty() { Json::Null } else { self.json() }
    }

    /// A refusal as DESIGN §9 wants it: the status, a stable code, problem details with a sentence for people, and no
    /// word of the program's inside. Gives the problem.
    #[track_caller]
    pub fn refused(&self, status: u16, code: &str) -> Json {
        assert_eq!(self.status, status, "{}: {}", self.asked, self.text);
        assert_eq!(self.header("content-type"), "application/problem+json", "{}", self.asked);
        let problem = self.json();
        assert_eq!(problem["code"], code, "{}: {problem}", self.asked);
        assert_eq!(problem["status"], status, "{}: {problem}", self.asked);
        assert_eq!(problem["type"], format!("urn:pult:error:{code}"), "{}", self.asked);
        let sentence = problem["detail"].as_str().unwrap_or_default();
        assert!(sentence.len() > 10 && sentence.ends_with('.'), "{}: no sentence: {problem}", self.asked);
        for inside in ["panicked", "sqlx", ".rs:", "SELECT ", "INSERT "] {
            assert!(!self.text.contains(inside), "{}: shows its inside: {problem}", self.asked);
        }
        if status == 503 {
            assert!(self.header("retry-after").parse::<u32>().is_ok(), "{}: no Retry-After", self.asked);
        }
        problem
    }

    /// Any refusal of the caller's input: 4xx with problem details.
    #[track_caller]
    pub fn refused_somehow(&self) -> Json {
        assert!((400..500).contains(&self.status), "{}: {} {}", self.asked, self.status, self.text);
        let code = self.json()["code"].as_str().unwrap_or_default().to_owned();
        self.refused(self.status, &code)
    }
}

/// An integrator.
#[derive(Clone, Debug)]
pub struct Api {
    pub http: reqwest::Client,
    /// `http://host:port`.
    pub base: String,
    pub key: String,
}

impl Api {
    /// A request to a path below `/api/v1`, with the key.
    pub fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        let request = self.http.request(method, format!("{}/api/v1{path}", self.base));
        if self.key.is_empty() { request } else { request.bearer_auth(&self.key) }
    }
    pub async fn get(&self, path: &str) -> Reply {
        Reply::of(self.request(Method::GET, path)).await
    }
    pub async fn post(&self, path: &str, body: Json) -> Reply {
        Reply::of(self.request(Method::POST, path).json(&body)).await
    }
    pub async fn patch(&self, path: &str, body: Json) -> Reply {
        Reply::of(self.request(Method::PATCH, path).json(&body)).await
    }
    /// A create with an `Idempotency-Key`.
    pub async fn post_once(&self, key: &str, path: &str, body: Json) -> Reply {
        Reply::of(self.request(Method::POST, path).header("idempotency-key", key).json(&body)).await
    }
    /// A body as it is, said to be JSON.
    pub async fn send_raw(&self, method: Method, path: &str, body: impl Into<Vec<u8>>) -> Reply {
        let request = self.request(method, path).header("content-type", "application/json");
        Reply::of(request.body(body.into())).await
    }
    /// All pages of a list, at most `limit` on each. No entry may come twice.
    pub async fn all(&self, path: &str, limit: usize) -> Vec<Json> {
        let mut all: Vec<Json> = Vec::new();
        let mut cursor = String::new();
        loop {
            let join = if path.contains('?') { '&' } else { '?' };
            let page = self.get(&format!("{path}{join}limit={limit}{cursor}")).await.good();
            assert!(items(&page).len() <= limit, "{path}: more than asked for");
            for item in items(&page) {
                assert!(all.iter().all(|known| known["id"] != item["id"]), "{path}: {} comes twice", item["id"]);
                all.push(item.clone());
            }
            match page["next_cursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => return all,
            }
        }
    }
    /// The same caller with another key.
    pub fn with_key(&self, key: &str) -> Api {
        Api { key: key.to_owned(), ..self.clone() }
    }
}
