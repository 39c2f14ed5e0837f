//! Our input → the bodies Trustpilot expects. Pure. Two sets of field names for the same things: mails and links.

use super::setting;
use crate::http::bad_request;
use crate::json::{Look, filled};
use crate::{Fail, Settings};
use serde_json::{Map, Value as Json, json};
use time::OffsetDateTime;
use time::macros::format_description;

/// Locales of the contract; the first of a language is taken where only the language is known.
pub const LOCALES: [&str; 25] = [
    "da-DK", "de-DE", "de-AT", "de-CH", "en-US", "en-AU", "en-CA", "en-GB", "en-IE", "en-NZ", "es-ES", "fi-FI",
    "fr-FR", "fr-BE", "it-IT", "ja-JP", "nb-NO", "nl-NL", "nl-BE", "pl-PL", "pt-PT", "pt-BR", "ru-RU", "sv-SE",
    "zh-CN",
];

/// Where no locale fits.
const OTHER: &str = "en-US";

/// Who is invited, and to what.
struct Guest {
    reference: String,
    email: String,
    name: String,
    locale: &'static str,
    tags: Vec<String>,
    redirect: Option<String>,
}

fn guest(input: &Json, settings: &Settings) -> Result<Guest, Fail> {
    let reference = filled(input.word("reference").trim()).ok_or_else(|| missing("reference"))?;
    let email = input.text("email").trim();
    if email.is_empty() {
        return Err(missing("email"));
    }
    let named = email.rsplit_once('@').filter(|(user, host)| {
        !user.is_empty() && host.contains('.') && !email.contains(|c: char| c.is_whitespace() || c.is_control())
    });
    let (user, _) = named.ok_or_else(|| bad_request("email", "not an e-mail address"))?;
    // The provider insists on a name.
    let name = filled(input.text("name").trim()).unwrap_or_else(|| user.to_owned());
    let wanted = filled(input.text("locale").trim()).unwrap_or_else(|| setting(settings, "locale").to_owned());
    let redirect = filled(setting(settings, "redirect_uri"));
    if redirect.as_deref().is_some_and(|uri| !uri.starts_with("https://") && !uri.starts_with("http://")) {
        return Err(bad_request("redirect_uri", "the page after the review needs an absolute address"));
    }
    Ok(Guest {
        reference,
        email: email.to_owned(),
        name,
        locale: locale(&wanted),
        tags: words(input.at("tags")),
        redirect,
    })
}

fn missing(what: &str) -> Fail {
    bad_request("input", format!("{what} is missing"))
}

/// The body of an invitation by mail.
pub fn invitation(input: &Json, settings: &Settings, now_ms: i64) -> Result<Json, Fail> {
    let guest = guest(input, settings)?;
    let mut review = Map::new();
    let template = filled(input.text("template_id").trim()).or_else(|| filled(setting(settings, "template_id")));
    put(&mut review, "templateId", template);
    put(&mut review, "preferredSendTime", send_time(input, setting(settings, "time_format"), now_ms)?);
    put(&mut review, "redirectUri", guest.redirect);
    if !guest.tags.is_empty() {
        review.insert("tags".into(), guest.tags.into());
    }
    let mut body = Map::new();
    for (name, of) in [("replyTo", "reply_to"), ("senderName", "sender_name"), ("senderEmail", "sender_email")] {
        put(&mut body, name, filled(setting(settings, of)));
    }
    put(&mut body, "locale", Some(guest.locale.into()));
    put(&mut body, "referenceNumber", Some(guest.reference));
    put(&mut body, "consumerName", Some(guest.name));
    put(&mut body, "consumerEmail", Some(guest.email));
    put(&mut body, "type", Some("email".into()));
    body.insert("serviceReviewInvitation".into(), Json::Object(review));
    Ok(Json::Object(body))
}

/// The body of an invitation link.
pub fn link(input: &Json, settings: &Settings) -> Result<Json, Fail> {
    let guest = guest(input, settings)?;
    let mut body = Map::new();
    put(&mut body, "referenceId", Some(guest.reference));
    put(&mut body, "email", Some(guest.email));
    put(&mut body, "name", Some(guest.name));
    put(&mut body, "locale", Some(guest.locale.into()));
    put(&mut body, "redirectUri", guest.redirect);
    if !guest.tags.is_empty() {
        body.insert("tags".into(), guest.tags.into());
    }
    Ok(Json::Object(body))
}

/// The body that erases people: by address or by age, never both.
pub fn erasure(input: &Json) -> Result<Json, Fail> {
    let emails = words(input.at("emails"));
    match (emails.is_empty(), input.int("older_than_ms")) {
        (false, None) => Ok(json!({"customerEmails": emails})),
        (true, Some(ms)) => {
            let format = format_description!("[year]-[month]-[day]T[hour]:[minute]:[second].[subsecond digits:3]Z");
            let text = at(ms).and_then(|at| at.format(format).ok());
            Ok(json!({"deleteOlderThan": text.ok_or_else(|| bad_request("input", "older_than_ms is no time"))?}))
        }
        _ => Err(bad_request("input", "either emails or older_than_ms")),
    }
}

fn put(body: &mut Map<String, Json>, name: &str, text: Option<String>) {
    if let Some(text) = text {
        body.insert(name.into(), text.into());
    }
}

/// Words of a list, or of a text with commas.
fn words(value: &Json) -> Vec<String> {
    let items: Vec<&str> = match value {
        Json::Array(items) => items.iter().filter_map(Json::as_str).collect(),
        Json::String(text) => text.split(',').collect(),
        _ => Vec::new(),
    };
    items.into_iter().filter_map(|word| filled(word.trim())).collect()
}

/// The provider's locale nearest to a language tag.
fn locale(wanted: &str) -> &'static str {
    let wanted = wanted.replace('_', "-");
    let language = wanted.split('-').next().unwrap_or_default();
    let same = |locale: &&&str| locale.eq_ignore_ascii_case(&wanted);
    let near = |locale: &&&str| locale.split('-').next().is_some_and(|l| l.eq_ignore_ascii_case(language));
    LOCALES.iter().find(same).or_else(|| LOCALES.iter().find(near)).copied().unwrap_or(OTHER)
}

fn at(ms: i64) -> Option<OffsetDateTime> {
    OffsetDateTime::from_unix_timestamp_nanos(i128::from(ms) * 1_000_000).ok()
}

/// In UTC. A time that has passed means now, which is said by saying nothing.
fn send_time(input: &Json, format: &str, now_ms: i64) -> Result<Option<String>, Fail> {
    let given = input.at("send_at_ms");
    if given.is_null() || given == "" {
        return Ok(None);
    }
    let wrong = || bad_request("input", "send_at_ms is no time");
    let ms = input.int("send_at_ms").ok_or_else(wrong)?;
    if ms <= now_ms {
        return Ok(None);
    }
    let at = at(ms).ok_or_else(wrong)?;
    let text = match format {
        "iso" => at.format(format_description!("[year]-[month]-[day]T[hour]:[minute]:[second]Z")),
        "us" => at.format(format_description!("[month]/[day]/[year] [hour]:[minute]:[second]")),
        _ => return Err(bad_request("time_format", "iso or us")),
    };
    text.map(Some).map_err(|_| wrong())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_locale() {
        for (wanted, locale_) in [
            ("ru-RU", "ru-RU"),
            ("ru", "ru-RU"),
            ("DE_at", "de-AT"),
            ("de", "de-DE"),
            ("en", "en-US"),
            ("es-MX", "es-ES"),
            ("pt-BR", "pt-BR"),
            ("tlh", "en-US"),
            ("", "en-US"),
        ] {
            assert_eq!(locale(wanted), locale_, "{wanted}");
        }
    }

    #[test]
    fn words_of_lists_and_texts() {
        assert_eq!(words(&json!(["intercom", " ", 7, "support "])), ["intercom", "support"]);
        assert_eq!(words(&json!("intercom, support,")), ["intercom", "support"]);
        assert!(words(&json!(null)).is_empty());
    }

    #[test]
    fn sending_times() {
        let time = |value: Json, format| send_time(&json!({"send_at_ms": value}), format, 1_000).ok();
        let ms = 1_791_540_000_000_i64;
        assert_eq!(time(json!(ms), "iso"), Some(Some("2026-10-09T10:00:00Z".into())));
        assert_eq!(time(json!(ms.to_string()), "us"), Some(Some("10/09/2026 10:00:00".into())));
        for passed in [json!(null), json!(""), json!(1_000), json!(-5)] {
            assert_eq!(time(passed.clone(), "iso"), Some(None), "{passed}");
        }
        for wrong in [json!("soon"), json!([]), json!(i64::MAX)] {
            assert_eq!(time(wrong.clone(), "iso"), None, "{wrong}");
        }
        assert_eq!(time(json!(ms), "dd.MM"), None);
    }
}
