//! The calls WhatsApp offers: one function per action of the spec.

use super::{errors, media, outgoing, setting};
use crate::http::{ANSWER_LIMIT, Repeat, bad_request, call as http_call, unreadable};
use crate::json::{Look, filled};
use crate::{Acted, ActionCall, Cx, Fail};
use domain::channel::{Content, Outgoing};
use reqwest::Method;
use serde::Deserialize;
use serde_json::{Value as Json, json};
use url::Url;

/// Pages of templates read at most; 100 per page is far above Meta's limit of templates.
const PAGES: usize = 80;

/// Makes one call.
pub async fn act(cx: &Cx<'_>, call: &ActionCall) -> Result<Acted, Fail> {
    let json = match call.action.as_str() {
        "send" => send(cx, call).await?,
        "mark_read" => mark_read(cx, &call.input).await?,
        "media" => return media::download(cx, &call.input.word("id")).await,
        "templates" => templates(cx).await?,
        "subscribe" => subscribe(cx, call.input.text("callback_url")).await?,
        "check" => check(cx).await?,
        other => return Err(bad_request("unknown_action", other)),
    };
    Ok(Acted { json, file: None })
}

/// An address below the versioned base.
pub(super) fn graph(cx: &Cx<'_>, path: &[&str]) -> Result<Url, Fail> {
    let wrong = || bad_request("base_url", "the base address cannot be used");
    let mut url = Url::parse(setting(cx.settings, "base_url")).map_err(|_| wrong())?;
    if !matches!(url.scheme(), "http" | "https") || path.iter().any(|segment| segment.is_empty()) {
        return Err(wrong());
    }
    url.path_segments_mut()
        .map_err(|()| wrong())?
        .pop_if_empty()
        .push(setting(cx.settings, "api_version"))
        .extend(path);
    Ok(url)
}

/// Reads an object.
pub(super) async fn get(cx: &Cx<'_>, path: &[&str], query: &[(&str, &str)]) -> Result<Json, Fail> {
    let request = cx.http.get(graph(cx, path)?).query(query);
    finish(cx, request, Repeat::Harmless).await
}

async fn post(cx: &Cx<'_>, path: &[&str], body: &Json, repeat: Repeat) -> Result<Json, Fail> {
    let request = cx.http.request(Method::POST, graph(cx, path)?).json(body);
    finish(cx, request, repeat).await
}

async fn finish(cx: &Cx<'_>, request: reqwest::RequestBuilder, repeat: Repeat) -> Result<Json, Fail> {
    let answer = http_call(request.bearer_auth(cx.settings.get("access_token")), repeat, ANSWER_LIMIT).await?;
    errors::read(&answer, cx, repeat)
}

async fn send(cx: &Cx<'_>, call: &ActionCall) -> Result<Json, Fail> {
    let message = Outgoing::deserialize(&call.input).map_err(|error| bad_request("input", error.to_string()))?;
    let number = setting(cx.settings, "phone_number_id");
    let body = match (&message.content, &call.file) {
        (Content::File { kind, .. }, Some(file)) => {
            // Everything but the id is checked before bytes travel.
            outgoing::body(&message, Some(("", &file.name)), cx.reference)?;
            let id = media::upload(cx, *kind, file).await?;
            outgoing::body(&message, Some((&id, &file.name)), cx.reference)?
        }
        _ => outgoing::body(&message, None, cx.reference)?,
    };
    let answer = post(cx, &[number, "messages"], &body, Repeat::Never).await?;
    let sent = answer.list("messages").first().unwrap_or(&Json::Null);
    let person = answer.list("contacts").first().unwrap_or(&Json::Null);
    // Accepted, but we could not say which message it became: the status report will tell.
    let id = filled(&sent.word("id")).ok_or_else(|| unreadable(Repeat::Never, "no message id".into()))?;
    Ok(json!({
        "external_id": id, "address": filled(&person.word("wa_id")), "user_id": filled(&person.word("user_id")),
        "message_status": filled(sent.text("message_status")),
    }))
}

async fn mark_read(cx: &Cx<'_>, input: &Json) -> Result<Json, Fail> {
    let id = filled(&input.word("message_id")).ok_or_else(|| bad_request("input", "message_id is missing"))?;
    let mut body = json!({"messaging_product": "whatsapp", "status": "read", "message_id": id});
    if input.flag("typing") {
        body["typing_indicator"] = json!({"type": "text"});
    }
    post(cx, &[setting(cx.settings, "phone_number_id"), "messages"], &body, Repeat::Harmless).await?;
    Ok(json!({"success": true}))
}

/// `{"items": [{name, language, status, category, body, params, buttons}]}`, over all pages.
async fn templates(cx: &Cx<'_>) -> Result<Json, Fail> {
    let (mut items, mut after) = (Vec::new(), String::new());
    for _ in 0..PAGES {
        let mut query = vec![("fields", "name,language,status,category,components"), ("limit", "100")];
        if !after.is_empty() {
            query.push(("after", &after));
        }
        let page = get(cx, &[setting(cx.settings, "waba_id"), "message_templates"], &query).await?;
        items.extend(page.list("data").iter().map(template));
        // The address in `next` holds the token; only the cursor is taken from it.
        let next = page.at("paging").at("cursors").word("after");
        if page.at("paging").text("next").is_empty() || next.is_empty() || next == after {
            break;
        }
        after = next;
    }
    Ok(json!({"items": items}))
}

fn template(template: &Json) -> Json {
    let part = |kind: &str| {
        let same = |c: &&Json| c.text("type").eq_ignore_ascii_case(kind);
        template.list("components").iter().find(same).unwrap_or(&Json::Null)
    };
    let body = part("BODY").text("text");
    let buttons: Vec<Json> = part("BUTTONS")
        .list("buttons")
        .iter()
        .map(|button| json!({"type": button.text("type"), "text": button.text("text")}))
        .collect();
    json!({
        "name": template.text("name"), "language": template.text("language"), "status": template.text("status"),
        "category": template.text("category"), "body": body, "params": params(body), "buttons": buttons,
    })
}

/// How many different `{{…}}` a template text has.
fn params(text: &str) -> usize {
    let mut names: Vec<&str> =
        text.split("{{").skip(1).filter_map(|rest| Some(rest.split_once("}}")?.0.trim())).collect();
    names.sort_unstable();
    names.dedup();
    names.len()
}

/// Binds our address to the account, then makes sure that it is our application which is bound: a list that is merely
/// not empty may hold somebody else's.
async fn subscribe(cx: &Cx<'_>, callback_url: &str) -> Result<Json, Fail> {
    let path = [setting(cx.settings, "waba_id"), "subscribed_apps"];
    let body = match callback_url {
        "" => json!({}),
        url => json!({"override_callback_uri": url, "verify_token": cx.settings.get("verify_token")}),
    };
    post(cx, &path, &body, Repeat::Harmless).await?;
    let list = get(cx, &path, &[]).await?;
    let ours = setting(cx.settings, "app_id");
    let apps: Vec<&Json> = list.list("data").iter().map(|app| app.at("whatsapp_business_api_data")).collect();
    if !apps.iter().any(|app| app.word("id") == ours) {
        let detail = format!("application {ours} is not among the {} subscribed ones", apps.len());
        return Err(Fail::Reauth { code: "not_subscribed".into(), detail });
    }
    Ok(json!({"subscribed": true, "apps": apps.iter().map(|app| app.text("name")).collect::<Vec<_>>()}))
}

/// Facts for the connection card.
async fn check(cx: &Cx<'_>) -> Result<Json, Fail> {
    let fields = "verified_name,display_phone_number,quality_rating,throughput,webhook_configuration,\
                  whatsapp_business_manager_messaging_limit";
    let facts = get(cx, &[setting(cx.settings, "phone_number_id")], &[("fields", fields)]).await?;
    Ok(json!({
        "verified_name": facts.text("verified_name"),
        "display_phone_number": facts.text("display_phone_number"),
        "quality_rating": facts.text("quality_rating"),
        "throughput": facts.at("throughput").text("level"),
        "messaging_limit": facts.word("whatsapp_business_manager_messaging_limit"),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_counted_once() {
        for (text, count) in [("", 0), ("{{1}}, заказ {{2}} готов. {{1}}", 2), ("{{name}} {{", 1), ("без", 0)]
        {
            assert_eq!(params(text), count, "{text}");
        }
    }
}
