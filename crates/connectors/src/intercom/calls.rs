//! The calls Intercom offers: one function per action of the spec (`search` has those that look for something).

use super::{errors, item, map, search, setting};
use crate::http::{ANSWER_LIMIT, Answer, Repeat, bad_request, call as http_call, unreadable};
use crate::json::{Look, filled};
use crate::{Acted, ActionCall, CHANGED_SINCE, Cx, Fail, Rejection};
use reqwest::Method;
use serde_json::{Value as Json, json};
use url::Url;

/// Makes one call.
pub async fn act(cx: &Cx<'_>, call: &ActionCall) -> Result<Acted, Fail> {
    let json = match call.action.as_str() {
        "contact" => json!({"fields": map::contact_fields(&contact(cx, &call.input).await?)}),
        "conversation" => conversation(cx, &call.input).await?,
        "closed_since" => search::closed_since(cx, &call.input).await?,
        "tag" => tag(cx, &call.input).await?,
        "note" => note(cx, &call.input).await?,
        "close" => manage(cx, &call.input, "close", "closed").await?,
        "open" => manage(cx, &call.input, "open", "open").await?,
        "check" => check(cx).await?,
        other => return Err(bad_request("unknown_action", other)),
    };
    Ok(Acted { json, file: None })
}

/// An address below the base.
fn address(cx: &Cx<'_>, path: &[&str]) -> Result<Url, Fail> {
    let wrong = || bad_request("base_url", "the base address cannot be used");
    let mut url = Url::parse(setting(cx.settings, "base_url")).map_err(|_| wrong())?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(wrong());
    }
    url.path_segments_mut().map_err(|()| wrong())?.pop_if_empty().extend(path);
    Ok(url)
}

/// One call, whatever its end. The version is always named: the shape of answers follows it.
async fn request(
    cx: &Cx<'_>,
    method: Method,
    path: &[&str],
    body: Option<&Json>,
    repeat: Repeat,
) -> Result<Answer, Fail> {
    let mut request = cx
        .http
        .request(method, address(cx, path)?)
        .bearer_auth(cx.settings.get("access_token"))
        .header("Accept", "application/json")
        .header("Intercom-Version", setting(cx.settings, "version"));
    if let Some(body) = body {
        request = request.json(body);
    }
    http_call(request, repeat, ANSWER_LIMIT).await
}

async fn get(cx: &Cx<'_>, path: &[&str]) -> Result<Json, Fail> {
    errors::read(&request(cx, Method::GET, path, None, Repeat::Harmless).await?, cx, Repeat::Harmless)
}

/// Writes, or asks with a body.
pub(super) async fn post(cx: &Cx<'_>, path: &[&str], body: &Json, repeat: Repeat) -> Result<Json, Fail> {
    errors::read(&request(cx, Method::POST, path, Some(body), repeat).await?, cx, repeat)
}

/// An id from the input, as it may stand in an address.
fn id(input: &Json, name: &str) -> Result<String, Fail> {
    let id = input.word(name);
    let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
    if id.is_empty() || !id.bytes().all(plain) {
        return Err(bad_request("input", format!("{name} is missing or no id")));
    }
    Ok(id)
}

/// The contact. One that was merged into another is followed once (410 names the heir, the server resolves chains); older
/// versions just say that there is none, so a missing contact is looked for by our own id and e-mail.
async fn contact(cx: &Cx<'_>, input: &Json) -> Result<Json, Fail> {
    let id = id(input, "id")?;
    let answer = request(cx, Method::GET, &["contacts", &id], None, Repeat::Harmless).await?;
    if answer.status == 410 {
        if let Some(heir) = heir(answer.header("link")) {
            return get(cx, &["contacts", &heir]).await.map_err(unreachable);
        }
    }
    if !matches!(answer.status, 404 | 410) {
        return errors::read(&answer, cx, Repeat::Harmless);
    }
    match search::contact(cx, input).await? {
        Some(contact) => Ok(contact),
        None => errors::read(&answer, cx, Repeat::Harmless).map_err(unreachable),
    }
}

/// Somebody who is not there cannot be reached; that is no fault of the call.
fn unreachable(fail: Fail) -> Fail {
    match fail {
        Fail::Rejected { code, detail, .. } => Fail::Rejected { reason: Rejection::Unreachable, code, detail },
        other => other,
    }
}

/// Id in `</contacts/{id}>; rel="canonical"`. Only the id is taken: the token never goes to an address from an answer.
fn heir(link: &str) -> Option<String> {
    let (path, rel) = link.trim().strip_prefix('<')?.split_once('>')?;
    let found = json!({"id": path.strip_prefix("/contacts/")?});
    if rel.contains("canonical") { id(&found, "id").ok() } else { None }
}

/// `{"fields": {…}}` as the triggers declare them, from the conversation as it is now, on wish with its contact.
async fn conversation(cx: &Cx<'_>, input: &Json) -> Result<Json, Fail> {
    let id = id(input, "id")?;
    let item = get(cx, &["conversations", &id]).await?;
    let mut fields = map::conversation_fields(&item);
    if item::is_closed(&item) {
        map::closing_fields(&mut fields, &item);
    }
    let customer = item::customer(&item);
    if input.flag("with_contact") && !customer.id.is_empty() {
        fields.extend(map::contact_fields(&contact(cx, &map::contact_input(&customer)).await?));
    }
    Ok(json!({"fields": fields, "updated_at": item.int("updated_at")}))
}

/// The teammate a write is made as: the given one, else the owner of the token.
async fn admin(cx: &Cx<'_>, input: &Json) -> Result<String, Fail> {
    if let Some(id) = filled(&input.word("admin_id")) {
        return Ok(id);
    }
    let me = get(cx, &["me"]).await?;
    filled(&me.word("id")).ok_or_else(|| unreadable(Repeat::Harmless, "no admin id".into()))
}

async fn tag(cx: &Cx<'_>, input: &Json) -> Result<Json, Fail> {
    let conversation = id(input, "conversation_id")?;
    let tag_id = match (filled(&input.word("tag_id")), input.text("tag").trim()) {
        (Some(id), _) => id,
        (None, "") => return Err(bad_request("input", "tag_id or tag is missing")),
        (None, name) => tag_named(cx, name).await?,
    };
    let body = json!({"id": tag_id, "admin_id": admin(cx, input).await?});
    let tag = post(cx, &["conversations", &conversation, "tags"], &body, Repeat::Harmless).await?;
    Ok(json!({"tag_id": tag_id, "tag": tag.text("name")}))
}

/// Id of the tag with this name, made when there is none.
async fn tag_named(cx: &Cx<'_>, name: &str) -> Result<String, Fail> {
    let tags = get(cx, &["tags"]).await?;
    let same = |tag: &&Json| tag.text("name").to_lowercase() == name.to_lowercase();
    let known = tags.list("data").iter().find(same).and_then(|tag| filled(&tag.word("id")));
    if let Some(id) = known {
        return Ok(id);
    }
    let made = post(cx, &["tags"], &json!({"name": name}), Repeat::Harmless).await?;
    filled(&made.word("id")).ok_or_else(|| unreadable(Repeat::Harmless, "no tag id".into()))
}

/// An internal note; the customer never sees it.
async fn note(cx: &Cx<'_>, input: &Json) -> Result<Json, Fail> {
    let conversation = id(input, "conversation_id")?;
    let text = filled(input.text("text").trim()).ok_or_else(|| bad_request("input", "text is missing"))?;
    let body = json!({
        "message_type": "note", "type": "admin", "admin_id": admin(cx, input).await?, "body": text,
    });
    let answer = post(cx, &["conversations", &conversation, "reply"], &body, Repeat::Never).await?;
    let part = item::parts(&answer).last().map(|part| part.word("id")).unwrap_or_default();
    Ok(json!({"external_id": filled(&part)}))
}

/// Closes or opens a conversation that is not so yet. What somebody has changed since is left alone.
async fn manage(cx: &Cx<'_>, input: &Json, order: &str, becomes: &str) -> Result<Json, Fail> {
    let conversation = id(input, "conversation_id")?;
    let now = get(cx, &["conversations", &conversation]).await?;
    let (state, expected) = (now.text("state"), input.text("expect"));
    if !expected.is_empty() && state != expected {
        let detail = format!("the conversation is {state}, not {expected}");
        return Err(Fail::Rejected { reason: Rejection::BadRequest, code: CHANGED_SINCE.into(), detail });
    }
    if state != becomes {
        let body = json!({"message_type": order, "type": "admin", "admin_id": admin(cx, input).await?});
        post(cx, &["conversations", &conversation, "parts"], &body, Repeat::Harmless).await?;
    }
    Ok(json!({"before": state, "state": becomes}))
}

/// Facts for the connection card. Webhooks name the workspace, so a wrong one is found here and not by silence.
async fn check(cx: &Cx<'_>) -> Result<Json, Fail> {
    let me = get(cx, &["me"]).await?;
    let app = me.at("app");
    let (given, theirs) = (setting(cx.settings, "app_id"), app.text("id_code"));
    if theirs.is_empty() {
        return Err(unreadable(Repeat::Harmless, "no workspace".into()));
    }
    if given != theirs {
        let detail = format!("the token belongs to the workspace {theirs}, not to {given}");
        return Err(Fail::Reauth { code: "other_app".into(), detail });
    }
    Ok(json!({
        "app_name": app.text("name"),
        "app_id": theirs,
        "region": app.text("region"),
        "timezone": app.text("timezone"),
        "admin_name": me.text("name"),
        "admin_email": me.text("email"),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_id_is_taken_from_a_link() {
        for (link, id) in [
            (r#"</contacts/6762f1>; rel="canonical""#, Some("6762f1")),
            (r#"</contacts/6762f1>; rel="next""#, None),
            (r#"<https://elsewhere.example/contacts/6762f1>; rel="canonical""#, None),
            (r#"</contacts/../admins>; rel="canonical""#, None),
            (r#"</contacts/>; rel="canonical""#, None),
            ("", None),
        ] {
            assert_eq!(heir(link).as_deref(), id, "{link}");
        }
    }
}
