//! Addresses people type that are no connections: read as browsers read them, and looked at through the same guard as the
//! calls of webhooks.

use crate::Fail;
use crate::address;
use crate::http::{Repeat, call_beginning};

/// Most read of an answer.
const ANSWER_LIMIT: usize = 4 * 1024;

/// The host in `name.example` or `name.example:8443`, in the letters of DNS and lower case; `None` for anything with more in it.
pub fn host(text: &str) -> Option<String> {
    let url = url::Url::parse(&format!("http://{text}")).ok()?;
    let bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none() && url.username().is_empty();
    let name = url.domain().filter(|_| bare && url.password().is_none())?.trim_end_matches('.').to_owned();
    Some(url.port().map_or(name.clone(), |port| format!("{name}:{port}")))
}

/// What an address answers, whatever its status.
pub async fn look_at(http: &reqwest::Client, url: &str, private_nets: bool) -> Result<String, Fail> {
    let url = address::checked(url, private_nets)?;
    let answer = call_beginning(http.get(url), Repeat::Harmless, ANSWER_LIMIT).await?;
    Ok(String::from_utf8_lossy(&answer.body).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_read_as_browsers_read_it() {
        assert_eq!(host("Pult.Sever.Example").as_deref(), Some("pult.sever.example"));
        assert!(host("пульт.север.рф").is_some_and(|host| host.is_ascii() && host.ends_with(".xn--p1ai")));
        assert_eq!(host("localhost:4000").as_deref(), Some("localhost:4000"));
        for bad in ["", "a b", "a.example/x", "a.example?x", "u@a.example", "u:p@a.example", "127.0.0.1", "[::1]"] {
            assert_eq!(host(bad), None, "{bad}");
        }
    }
}
