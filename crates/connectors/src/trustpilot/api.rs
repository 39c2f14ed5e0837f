//! Signed calls to Trustpilot's two hosts: addresses, the token and its one renewal after a 401, the business unit.

use super::{errors, setting, token};
use crate::http::{ANSWER_LIMIT, Repeat, bad_request, call, unreadable};
use crate::json::{Look, filled};
use crate::{Cx, Fail};
use reqwest::RequestBuilder;
use serde_json::{Value as Json, json};
use url::Url;

/// Everything about invitations has a host of its own; the same path on the other one is answered 404.
#[derive(Clone, Copy, Debug)]
pub enum Host {
    Api,
    Invitations,
}

/// An address below `/v1` of a host.
pub fn address(cx: &Cx<'_>, host: Host, path: &[&str]) -> Result<Url, Fail> {
    let name = match host {
        Host::Api => "api_url",
        Host::Invitations => "invitations_url",
    };
    let wrong = || bad_request(name, "the base address cannot be used");
    let mut url = Url::parse(setting(cx.settings, name)).map_err(|_| wrong())?;
    if !matches!(url.scheme(), "http" | "https") || path.iter().any(|segment| segment.is_empty()) {
        return Err(wrong());
    }
    url.path_segments_mut().map_err(|()| wrong())?.pop_if_empty().push("v1").extend(path);
    Ok(url)
}

/// A call for everybody, known by the key alone.
pub async fn public(cx: &Cx<'_>, path: &[&str], query: &[(&str, &str)]) -> Result<Json, Fail> {
    let request = cx.http.get(address(cx, Host::Api, path)?).query(query).header("apikey", cx.settings.get("api_key"));
    let answer = call(request, Repeat::Harmless, ANSWER_LIMIT).await?;
    object(errors::read(&answer, cx)?)
}

/// A call with the token. A 401 means that nothing was done, so it is made once more with a new token, whatever it does.
pub async fn private(cx: &Cx<'_>, request: RequestBuilder, repeat: Repeat) -> Result<Json, Fail> {
    let access = token::get(cx, None).await?;
    let again = request.try_clone();
    let answer = call(request.bearer_auth(&access), repeat, ANSWER_LIMIT).await?;
    match again {
        Some(again) if answer.status == 401 => {
            let fresh = token::get(cx, Some(&access)).await?;
            let answer = call(again.bearer_auth(&fresh), repeat, ANSWER_LIMIT).await?;
            errors::read(&answer, cx).map_err(|fail| errors::hide(fail, &[&access, &fresh]))
        }
        _ => errors::read(&answer, cx).map_err(|fail| errors::hide(fail, &[&access])),
    }
}

/// An answer that must say something, of a call that may be repeated.
pub fn object(body: Json) -> Result<Json, Fail> {
    if body.is_object() { Ok(body) } else { Err(unreadable(Repeat::Harmless, "not a JSON object".into())) }
}

/// Names the person who acts, which the provider wants when the application signed in by itself.
pub fn in_the_name_of(cx: &Cx<'_>, request: RequestBuilder) -> RequestBuilder {
    let person = setting(cx.settings, "business_user_id");
    if person.is_empty() || token::by_password(cx.settings) {
        return request;
    }
    request.header("x-business-user-id", person)
}

/// Ids are 24 hexadecimal digits; anything else in the setting is a domain.
pub fn is_id(text: &str) -> bool {
    text.len() == 24 && text.bytes().all(|b| b.is_ascii_hexdigit())
}

/// The domain as the provider names profiles, also out of an address copied from a browser.
fn domain(text: &str) -> String {
    let text = text.split_once("://").map_or(text, |(_, rest)| rest);
    text.split(['/', '?', '#']).next().unwrap_or_default().to_lowercase()
}

/// Id of the business unit; looked up once where the setting is a domain.
pub async fn unit(cx: &Cx<'_>) -> Result<String, Fail> {
    let given = setting(cx.settings, "business_unit");
    if is_id(given) {
        return Ok(given.to_owned());
    }
    let key = key(cx);
    let mut memory = cx.memory.lock().await;
    if memory.at("unit").text("of") == key {
        if let Some(id) = filled(memory.at("unit").text("id")) {
            return Ok(id);
        }
    }
    let id = find(cx).await?.word("id");
    token::keep(&mut memory, "unit", json!({"of": key, "id": id}));
    Ok(id)
}

/// The profile of the business unit, read anew.
pub async fn profile(cx: &Cx<'_>) -> Result<Json, Fail> {
    let given = setting(cx.settings, "business_unit");
    if !is_id(given) {
        let profile = find(cx).await?;
        let known = json!({"of": key(cx), "id": profile.word("id")});
        token::keep(&mut *cx.memory.lock().await, "unit", known);
        return Ok(profile);
    }
    // Unverified: the contract finds by domain only. Without an answer the id alone must do.
    match public(cx, &["business-units", given], &[]).await {
        Err(Fail::Rejected { .. }) => Ok(json!({"id": given})),
        Ok(mut profile) => {
            profile["id"] = given.into();
            Ok(profile)
        }
        fail => fail,
    }
}

async fn find(cx: &Cx<'_>) -> Result<Json, Fail> {
    let name = domain(setting(cx.settings, "business_unit"));
    if name.is_empty() {
        return Err(bad_request("business_unit", "the business unit is missing"));
    }
    let profile = public(cx, &["business-units", "find"], &[("name", &name)]).await?;
    match is_id(&profile.word("id")) {
        true => Ok(profile),
        false => Err(unreadable(Repeat::Harmless, "no business unit id".into())),
    }
}

/// What the remembered id was found with.
fn key(cx: &Cx<'_>) -> String {
    format!("{} {}", setting(cx.settings, "api_url"), domain(setting(cx.settings, "business_unit")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn domains_out_of_addresses() {
        for text in ["example.com", "https://Example.com/", "http://example.com/shop?x=1", "example.com/#a"] {
            assert_eq!(domain(text), "example.com", "{text}");
        }
        assert_eq!(domain("https://"), "");
    }

    #[test]
    fn ids_are_24_hexadecimal_digits() {
        assert!(is_id("46d6a890000064000500e0c3"));
        for text in ["", "example.com", "46d6a890000064000500e0c", "46d6a890000064000500e0cx"] {
            assert!(!is_id(text), "{text}");
        }
    }
}
