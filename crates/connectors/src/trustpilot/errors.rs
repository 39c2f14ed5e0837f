//! Trustpilot's answers → JSON or [`Fail`]. The status decides; the words come in several shapes and are only kept.

use crate::http::{Answer, bad_request};
use crate::json::{Look, word};
use crate::{Cx, Fail, LimitScope, Rejection};
use serde_json::Value as Json;

pub const MINUTE: i64 = 60 * 1_000;

/// The JSON of a good answer, `Null` where it has none: several calls answer 2xx with nothing to read.
pub fn read(answer: &Answer, cx: &Cx<'_>) -> Result<Json, Fail> {
    if !answer.good() {
        return Err(fail(answer, cx));
    }
    let body = serde_json::from_slice::<Json>(&answer.body).unwrap_or_default();
    // Errors inside a good status have been seen; what is no error by name is none.
    let named = ["fault", "Error", "error", "ErrorCode", "errorCode"];
    if body.is_object() && named.iter().any(|name| !body.at(name).is_null()) {
        return Err(fail(answer, cx));
    }
    Ok(body)
}

/// The failure of an answer that is none, or names an error.
fn fail(answer: &Answer, cx: &Cx<'_>) -> Fail {
    let (code, detail) = words(&answer.body);
    let or = |text: String, other: String| if text.is_empty() { other } else { text };
    let code = or(code, answer.status.to_string());
    let detail = or(detail, format!("HTTP {}", answer.status));
    let wish = answer.retry_after_ms(cx.now_ms);
    match answer.status {
        // No sign-in, or no right: role, plan or a foreign business unit. The owner must act in both cases.
        401 | 403 => Fail::Reauth { code, detail },
        429 => {
            let least = MINUTE << cx.attempt.clamp(0, 4);
            let after_ms = Some(wish.unwrap_or(0).max(least));
            Fail::Limited { scope: LimitScope::Connection, after_ms, code, detail }
        }
        404 => Fail::Rejected { reason: Rejection::NotFound, code, detail },
        501 => Fail::Rejected { reason: Rejection::BadRequest, code, detail },
        // The provider wants 5 to 15 minutes; the job's own ladder comes first and gets there.
        500 | 502 | 503 | 504 => Fail::Transient { after_ms: None, code, detail },
        408 | 425 | 505.. => Fail::Transient { after_ms: wish, code, detail },
        _ => bad_request(&code, detail),
    }
}

/// The failure with these words blotted out: the provider may echo what it was sent, and tokens are no settings.
pub fn hide(fail: Fail, hidden: &[&str]) -> Fail {
    let clean =
        |text: String| hidden.iter().filter(|word| !word.is_empty()).fold(text, |text, word| text.replace(word, "•••"));
    match fail {
        Fail::Transient { after_ms, code, detail } => {
            Fail::Transient { after_ms, code: clean(code), detail: clean(detail) }
        }
        Fail::Limited { scope, after_ms, code, detail } => {
            Fail::Limited { scope, after_ms, code: clean(code), detail: clean(detail) }
        }
        Fail::Reauth { code, detail } => Fail::Reauth { code: clean(code), detail: clean(detail) },
        Fail::Rejected { reason, code, detail } => Fail::Rejected { reason, code: clean(code), detail: clean(detail) },
        Fail::Unknown { detail } => Fail::Unknown { detail: clean(detail) },
    }
}

/// Code and sentence, tried in the order of the contract.
fn words(bytes: &[u8]) -> (String, String) {
    let body = serde_json::from_slice::<Json>(bytes).unwrap_or_default();
    let fault = body.at("fault");
    let codes = [fault.at("detail").at("errorcode"), body.at("ErrorCode"), body.at("errorCode")];
    let code = codes.into_iter().map(word).find(|code| !code.is_empty()).unwrap_or_default();
    let sentences = [
        fault.at("faultstring"),
        body.at("Error"),
        body.at("error"),
        body.at("message"),
        body.at("details"),
        body.at("reason"),
    ];
    let sentence = sentences.into_iter().map(said).find(|sentence| !sentence.is_empty());
    (code, sentence.unwrap_or_else(|| String::from_utf8_lossy(bytes).trim().to_owned()))
}

/// A sentence, whatever type it came as.
fn said(value: &Json) -> String {
    match value {
        Json::Null => String::new(),
        Json::String(text) => text.trim().to_owned(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn found(body: Json) -> (String, String) {
        words(body.to_string().as_bytes())
    }

    #[test]
    fn the_order_of_the_shapes() {
        let mut body = json!({
            "fault": {"faultstring": "1", "detail": {"errorcode": "a"}}, "Error": "2", "ErrorCode": "b", "error": "3",
            "errorCode": "c", "message": "4", "details": "5", "reason": "6",
        });
        for (sentence, code, next) in [
            ("1", "a", &["fault"][..]),
            ("2", "b", &["Error", "ErrorCode"]),
            ("3", "c", &["error", "errorCode"]),
            ("4", "", &["message"]),
            ("5", "", &["details"]),
            ("6", "", &["reason"]),
        ] {
            assert_eq!(found(body.clone()), (code.to_owned(), sentence.to_owned()));
            for name in next {
                body.as_object_mut().expect("an object").remove(*name);
            }
        }
        assert_eq!(found(json!({"other": 1})).1, r#"{"other":1}"#);
        assert_eq!(words(b" Bad gateway\n").1, "Bad gateway");
    }

    #[test]
    fn odd_types_are_words_too() {
        assert_eq!(found(json!({"details": ["email", "name"]})).1, r#"["email","name"]"#);
        assert_eq!(found(json!({"ErrorCode": 400, "Error": "x"})), ("400".into(), "x".into()));
        assert_eq!(found(json!({"fault": "x", "message": "y"})), (String::new(), "y".into()));
    }

    #[test]
    fn hidden_words_are_blotted_out() {
        let fail = Fail::Reauth { code: "tpr-2".into(), detail: "bad tpa-1 and tpr-2".into() };
        assert_eq!(hide(fail, &["tpa-1", "", "tpr-2"]).parts(), ("•••", "bad ••• and •••"));
    }
}
