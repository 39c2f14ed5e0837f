//! A person with a browser: forms, pages, server functions and the live stream, with the headers a browser sends.

use super::{Json, Reply, Stream};
use reqwest::Method;

/// A browser with its cookie.
#[derive(Clone, Debug)]
pub struct Browser {
    http: reqwest::Client,
    base: String,
    /// `name=value` of the session, and of what else there is; "" before the sign-in.
    pub cookie: String,
}

impl Browser {
    pub fn new(http: &reqwest::Client, base: &str) -> Self {
        Self { http: http.clone(), base: base.to_owned(), cookie: String::new() }
    }

    /// A request as a page of ours makes it.
    pub fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        let request = self.http.request(method, format!("{}{path}", self.base)).header("origin", &self.base);
        let request = request.header("sec-fetch-site", "same-origin");
        if self.cookie.is_empty() { request } else { request.header("cookie", &self.cookie) }
    }

    /// Opens a page.
    pub async fn get(&self, path: &str) -> Reply {
        Reply::of(self.request(Method::GET, path).header("accept", "text/html")).await
    }

    /// Sends a form, and keeps the cookie that comes back.
    pub async fn post_form(&mut self, path: &str, fields: &[(&str, &str)]) -> Reply {
        let request = self.request(Method::POST, path).header("accept", "text/html");
        let request = request.header("content-type", "application/x-www-form-urlencoded").body(form_fields(fields));
        let reply = Reply::of(request).await;
        self.keep(&reply);
        reply
    }

    /// Opens a page, and keeps the cookie that comes back.
    pub async fn visit(&mut self, path: &str) -> Reply {
        let reply = self.get(path).await;
        self.keep(&reply);
        reply
    }

    fn keep(&mut self, reply: &Reply) {
        for cookie in reply.headers.get_all("set-cookie") {
            let new = cookie.to_str().expect("a readable cookie").split(';').next().unwrap_or_default();
            let name = new.split('=').next().unwrap_or_default();
            let others = self.cookie.split("; ").filter(|kept| kept.split('=').next() != Some(name));
            let all: Vec<&str> = others.filter(|kept| !kept.is_empty()).chain([new]).collect();
            self.cookie = all.join("; ");
        }
    }

    /// The value of a cookie.
    pub fn cookie_of(&self, name: &str) -> Option<&str> {
        self.cookie.split("; ").find_map(|kept| kept.strip_prefix(name)?.strip_prefix('='))
    }

    /// Signs in; it must work.
    pub async fn sign_in(&mut self, email: &str, password: &str) {
        let reply = self.post_form("/auth/sign-in", &[("email", email), ("password", password)]).await;
        assert_eq!(reply.status, 303, "{reply:?}");
        assert!(!self.cookie.is_empty(), "{reply:?}");
    }

    /// Calls a server function that takes JSON.
    pub async fn server_fn(&self, name: &str, input: Json) -> Reply {
        Reply::of(self.request(Method::POST, &format!("/api/ui/{name}")).json(&input)).await
    }

    /// Calls a server function that takes form fields.
    pub async fn server_fn_form(&self, name: &str, fields: &[(&str, &str)]) -> Reply {
        let request = self.request(Method::POST, &format!("/api/ui/{name}")).header("accept", "application/json");
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        Reply::of(request.body(form_fields(fields))).await
    }

    /// Uploads a file, as a page does.
    pub async fn upload(&self, name: &str, bytes: Vec<u8>) -> Reply {
        self.upload_to("/api/files", name, bytes).await
    }

    /// Uploads a file to a place of its own.
    pub async fn upload_to(&self, place: &str, name: &str, bytes: Vec<u8>) -> Reply {
        let part = reqwest::multipart::Part::bytes(bytes).file_name(name.to_owned());
        let form = reqwest::multipart::Form::new().part("file", part);
        Reply::of(self.request(Method::POST, place).multipart(form)).await
    }

    /// Opens the live stream from a position on; `None` from now on.
    pub async fn live(&self, after: Option<i64>) -> Stream {
        let query = after.map(|after| format!("?after={after}")).unwrap_or_default();
        Stream::open(self.request(Method::GET, &format!("/api/live{query}"))).await
    }

    /// Opens the live stream again, as a browser does after the connection broke.
    pub async fn live_again(&self, last_event_id: &str) -> Stream {
        Stream::open(self.request(Method::GET, "/api/live?after=0").header("last-event-id", last_event_id)).await
    }
}

/// Fields as a form sends them.
pub fn form_fields(fields: &[(&str, &str)]) -> String {
    let encode = |text: &str| -> String {
        let one = |byte: u8| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => (byte as char).to_string(),
            _ => format!("%{byte:02X}"),
        };
        text.bytes().map(one).collect()
    };
    fields.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect::<Vec<_>>().join("&")
}
