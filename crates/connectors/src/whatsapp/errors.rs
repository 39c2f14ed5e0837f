//! Meta's error codes → [`Fail`]. The code decides, not the HTTP status and not the title; both get renamed.

use crate::http::{Answer, Repeat, unreadable};
use crate::json::Look;
use crate::{Cx, Fail, LimitScope, Rejection};
use serde_json::Value as Json;

const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;
const DAY: i64 = 24 * 60 * MINUTE;

/// What a code asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    Retry {
        after_ms: Option<i64>,
    },
    Rate {
        after_ms: i64,
    },
    /// Too many to one person.
    Pair,
    /// This person got enough marketing for now, from anybody.
    MarketingCap,
    Access,
    Reject(Rejection),
}

fn class(code: i64) -> Option<Class> {
    use Rejection::{BadRequest, Policy, Template, Unreachable, WindowClosed};
    Some(match code {
        1 | 2 | 131000 | 131016 | 133004 => Class::Retry { after_ms: None },
        // Maintenance takes minutes.
        131057 => Class::Retry { after_ms: Some(2 * MINUTE) },
        // Throughput of the number is counted per second, the others per hour.
        130429 => Class::Rate { after_ms: SECOND },
        4 | 17 | 80007 => Class::Rate { after_ms: MINUTE },
        133016 => Class::Rate { after_ms: 60 * MINUTE },
        131056 => Class::Pair,
        131049 => Class::MarketingCap,
        131048 | 131064 | 368 => Class::Reject(Policy),
        131047 => Class::Reject(WindowClosed),
        131050 | 130403 | 131026 | 131021 | 130472 | 130497 => Class::Reject(Unreachable),
        0 | 190 | 3 | 10 | 200..=299 | 131005 | 131031 | 131037 | 131042 | 131045 | 133010 | 131030 | 33 | 134011 => {
            Class::Access
        }
        100 | 131008 | 131009 | 131051 | 131052 | 131053 | 131062 | 131063 | 135000 => Class::Reject(BadRequest),
        132000 | 132001 | 132005 | 132007 | 132008 | 132012 | 132015 | 132016 | 132018 | 132068 | 132069 => {
            Class::Reject(Template)
        }
        _ => return None,
    })
}

/// Whether the code says that only a template may go.
pub fn window_closed(code: i64) -> bool {
    matches!(class(code), Some(Class::Reject(Rejection::WindowClosed)))
}

/// The JSON of a good answer, or the failure. Meta also answers 200 with an error inside.
pub fn read(answer: &Answer, cx: &Cx<'_>, repeat: Repeat) -> Result<Json, Fail> {
    let body = serde_json::from_slice::<Json>(&answer.body).unwrap_or_default();
    if body.at("error").is_object() {
        return Err(fail(answer, body.at("error"), cx, repeat));
    }
    if !answer.good() {
        return Err(answer.fail(repeat, cx.now_ms));
    }
    if body.is_object() { Ok(body) } else { Err(unreadable(repeat, "not a JSON object".into())) }
}

fn fail(answer: &Answer, error: &Json, cx: &Cx<'_>, repeat: Repeat) -> Fail {
    let detail = [error.at("error_data").text("details"), error.text("error_user_msg"), error.text("message")]
        .into_iter()
        .find(|text| !text.is_empty())
        .unwrap_or_default()
        .to_owned();
    let code = error.word("code");
    let wish = answer.retry_after_ms(cx.now_ms);
    let class = error.int("code").and_then(class);
    match class {
        Some(Class::Rate { after_ms }) => {
            Fail::Limited { scope: LimitScope::Connection, after_ms: Some(wish.unwrap_or(after_ms)), code, detail }
        }
        Some(Class::Pair) => {
            // Meta's own formula: 4^X seconds, X counting the refusals; a day is enough.
            let power = 4i64.saturating_pow(cx.attempt.clamp(0, 16) as u32);
            let after_ms = Some(power.saturating_mul(SECOND).min(DAY));
            Fail::Limited { scope: LimitScope::Recipient, after_ms, code, detail }
        }
        // Not a limit of the recipient: service messages still go out, only this job waits, longer each time.
        Some(Class::MarketingCap) => {
            let days = 1i64 << cx.attempt.clamp(0, 2);
            Fail::Transient { after_ms: Some(days * DAY), code, detail }
        }
        Some(Class::Retry { after_ms }) => Fail::Transient { after_ms: wish.or(after_ms), code, detail },
        _ if error.flag("is_transient") => Fail::Transient { after_ms: wish, code, detail },
        Some(Class::Access) => Fail::Reauth { code, detail },
        Some(Class::Reject(reason)) => Fail::Rejected { reason, code, detail },
        // A code nobody told us: the status decides, the words stay Meta's.
        None => with_words(answer.fail(repeat, cx.now_ms), answer.good(), code, detail),
    }
}

fn with_words(fail: Fail, good_status: bool, code: String, detail: String) -> Fail {
    if good_status {
        return Fail::Rejected { reason: Rejection::BadRequest, code, detail };
    }
    match fail {
        Fail::Transient { after_ms, .. } => Fail::Transient { after_ms, code, detail },
        Fail::Limited { scope, after_ms, .. } => Fail::Limited { scope, after_ms, code, detail },
        Fail::Reauth { .. } => Fail::Reauth { code, detail },
        Fail::Rejected { reason, .. } => Fail::Rejected { reason, code, detail },
        Fail::Unknown { .. } => Fail::Unknown { detail: format!("{code}: {detail}") },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_of_the_contract_has_its_class() {
        use Rejection::{BadRequest, Policy, Template, Unreachable, WindowClosed};
        let table: [(&[i64], Class); 7] = [
            (&[1, 2, 131000, 131016, 133004], Class::Retry { after_ms: None }),
            (&[131048, 131064, 368], Class::Reject(Policy)),
            (&[131047], Class::Reject(WindowClosed)),
            (&[131050, 130403, 131026, 131021, 130472, 130497], Class::Reject(Unreachable)),
            (
                &[0, 190, 3, 10, 200, 250, 299, 131005, 131031, 131037, 131042, 131045, 133010, 131030, 33, 134011],
                Class::Access,
            ),
            (&[100, 131008, 131009, 131051, 131052, 131053, 131062, 131063, 135000], Class::Reject(BadRequest)),
            (
                &[132000, 132001, 132005, 132007, 132008, 132012, 132015, 132016, 132018, 132068, 132069],
                Class::Reject(Template),
            ),
        ];
        for (codes, expected) in table {
            for code in codes {
                assert_eq!(class(*code), Some(expected), "{code}");
            }
        }
        for code in [130429, 80007, 4, 17, 133016] {
            assert!(matches!(class(code), Some(Class::Rate { .. })), "{code}");
        }
        assert_eq!((class(131056), class(131049)), (Some(Class::Pair), Some(Class::MarketingCap)));
        assert_eq!((class(300), class(5), class(999_999)), (None, None, None));
    }
}
