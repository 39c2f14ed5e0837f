//! The calls Trustpilot offers: one function per action of the spec.

use super::api::{Host, address, in_the_name_of, object, private, profile, unit};
use super::{forms, reviews, setting, token};
use crate::http::{Repeat, bad_request, unreadable};
use crate::json::{Look, filled};
use crate::{Acted, ActionCall, Cx, Fail};
use serde_json::{Value as Json, json};

/// Makes one call.
pub async fn act(cx: &Cx<'_>, call: &ActionCall) -> Result<Acted, Fail> {
    let json = match call.action.as_str() {
        "check" => check(cx).await?,
        "invite" => invite(cx, &call.input).await?,
        "link" => link(cx, &call.input).await?,
        "reviews" => reviews::page(cx, &call.input).await?,
        "review" => reviews::one(cx, &call.input.word("id")).await?,
        "reply" => reply(cx, &call.input).await?,
        "erase" => erase(cx, &call.input).await?,
        other => return Err(bad_request("unknown_action", other)),
    };
    Ok(Acted { json, file: None })
}

/// Facts for the connection card. The token comes first: its failure says the most.
async fn check(cx: &Cx<'_>) -> Result<Json, Fail> {
    token::get(cx, None).await?;
    let profile = profile(cx).await?;
    let id = profile.word("id");
    let path = ["private", "business-units", &id, "templates"];
    let answer = private(cx, cx.http.get(address(cx, Host::Invitations, &path)?), Repeat::Harmless).await?;
    let templates = answer.get("templates").and_then(Json::as_array);
    let templates: Vec<Json> = templates
        .ok_or_else(|| unreadable(Repeat::Harmless, "no templates".into()))?
        .iter()
        .map(|template| {
            json!({
                "id": template.word("id"), "name": template.text("name"), "locale": template.text("locale"),
                "type": template.text("type"), "default": template.flag("isDefaultTemplate"),
            })
        })
        .collect();
    let chosen = setting(cx.settings, "template_id");
    let known = chosen.is_empty() || templates.iter().any(|template| template.text("id") == chosen);
    let person = token::by_password(cx.settings) || !setting(cx.settings, "business_user_id").is_empty();
    Ok(json!({
        "id": id, "name": profile.text("displayName"), "domain": profile.at("name").text("identifying"),
        "score": profile.at("score").at("trustScore"), "stars": profile.at("score").at("stars"),
        "reviews": profile.at("numberOfReviews").at("total"), "status": profile.text("status"), "templates": templates,
        // Every invitation with a template that is gone is refused.
        "template_known": known,
        // Without a person behind it, inviting and erasing are refused.
        "person_known": person,
    }))
}

/// Queued, with nothing to read in the answer: any good status will do.
async fn invite(cx: &Cx<'_>, input: &Json) -> Result<Json, Fail> {
    let body = forms::invitation(input, cx.settings, cx.now_ms)?;
    let unit = unit(cx).await?;
    let url = address(cx, Host::Invitations, &["private", "business-units", &unit, "email-invitations"])?;
    private(cx, in_the_name_of(cx, cx.http.post(url).json(&body)), Repeat::Never).await?;
    Ok(json!({"reference": body["referenceNumber"], "accepted": true}))
}

async fn link(cx: &Cx<'_>, input: &Json) -> Result<Json, Fail> {
    let body = forms::link(input, cx.settings)?;
    let unit = unit(cx).await?;
    let url = address(cx, Host::Invitations, &["private", "business-units", &unit, "invitation-links"])?;
    let answer = object(private(cx, cx.http.post(url).json(&body), Repeat::Harmless).await?)?;
    let url = filled(answer.text("url")).ok_or_else(|| unreadable(Repeat::Harmless, "no address".into()))?;
    Ok(json!({"id": answer.word("id"), "url": url}))
}

/// Unverified: the contract names no address for answering a review; this one follows the others' pattern.
async fn reply(cx: &Cx<'_>, input: &Json) -> Result<Json, Fail> {
    let id = reviews::id(&input.word("id"))?;
    let message = filled(input.text("message").trim()).ok_or_else(|| bad_request("input", "message is missing"))?;
    let url = address(cx, Host::Api, &["private", "reviews", &id, "reply"])?;
    let request = in_the_name_of(cx, cx.http.post(url).json(&json!({"message": message})));
    private(cx, request, Repeat::Never).await?;
    Ok(json!({"id": id, "replied": true}))
}

async fn erase(cx: &Cx<'_>, input: &Json) -> Result<Json, Fail> {
    let body = forms::erasure(input)?;
    let unit = unit(cx).await?;
    let url = address(cx, Host::Invitations, &["private", "business-units", &unit, "invitation-data", "delete"])?;
    private(cx, in_the_name_of(cx, cx.http.post(url).json(&body)), Repeat::Harmless).await?;
    Ok(json!({"erased": true}))
}
