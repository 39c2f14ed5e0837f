//! The call to a push service (RFC 8030), and what its answer means. The address was given by a browser, that is by anybody:
//! it is called only outside of private networks.

use super::seal::{Once, auth, public_key, seal};
use super::{Subscription, Vapid};
use crate::address;
use crate::http::{Answer, Repeat, bad_request, call_beginning};
use crate::{Fail, LimitScope, Rejection};

/// Most read of an answer: only its status counts, and a word for the log.
const ANSWER_LIMIT: usize = 4 * 1024;
const KEPT: usize = 200;
/// A wish to wait is followed up to this.
const MOST_WAIT_MS: i64 = 60 * 60 * 1000;

/// How soon a device must be woken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Urgency {
    Normal,
    /// At once, also a phone that saves its battery.
    High,
}

/// What is to be said.
#[derive(Clone, Copy, Debug)]
pub struct Notice<'a> {
    pub body: &'a [u8],
    /// Seconds the push service keeps it for a device that is off.
    pub ttl_s: u32,
    pub urgency: Urgency,
    /// Of notices that wait under one topic only the last is delivered: at most 32 letters of base64url.
    pub topic: &'a str,
}

/// Who sends.
#[derive(Clone, Copy, Debug)]
pub struct Sender<'a> {
    pub http: &'a reqwest::Client,
    pub vapid: &'a Vapid,
    /// Where people of the push service reach ours: `https://…` or `mailto:…`.
    pub contact: &'a str,
    pub now_ms: i64,
    pub private_nets: bool,
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// The push service has it.
    Taken,
    /// This browser is not reached here any more.
    Gone,
    /// More than the push service carries.
    TooLarge,
}

/// Whether a browser can be reached so.
pub fn checked(to: &Subscription, private_nets: bool) -> Result<(), Fail> {
    address::checked(&to.endpoint, private_nets)?;
    if public_key(&to.p256dh).is_none() || auth(&to.auth).is_none() {
        return Err(bad_request("keys", "the keys of the subscription cannot be read"));
    }
    Ok(())
}

/// Sends a notice. Sent twice it is shown once: the device knows it by what is in it.
pub async fn send(sender: Sender<'_>, to: &Subscription, notice: Notice<'_>, once: &Once) -> Result<Taken, Fail> {
    let url = address::checked(&to.endpoint, sender.private_nets)?;
    let body = seal(to, notice.body, once).ok_or_else(|| bad_request("keys", "the notice cannot be encrypted"))?;
    let origin = url.origin().ascii_serialization();
    let request = sender
        .http
        .post(url)
        .header("authorization", sender.vapid.authorization(&origin, sender.contact, sender.now_ms))
        .header("content-type", "application/octet-stream")
        .header("content-encoding", "aes128gcm")
        .header("ttl", notice.ttl_s)
        .header("urgency", if notice.urgency == Urgency::High { "high" } else { "normal" })
        .header("topic", notice.topic)
        .body(body);
    let answer = call_beginning(request, Repeat::Harmless, ANSWER_LIMIT).await?;
    match answer.status {
        404 | 410 => Ok(Taken::Gone),
        413 => Ok(Taken::TooLarge),
        _ if answer.good() => Ok(Taken::Taken),
        _ => Err(refused(to, &answer, sender.now_ms)),
    }
}

/// A bad answer. There is no sign-in to wait for: a push service that does not know us is a refusal like any other.
fn refused(to: &Subscription, answer: &Answer, now_ms: i64) -> Fail {
    let said = said(to, &answer.body);
    let detail =
        if said.is_empty() { format!("HTTP {}", answer.status) } else { format!("HTTP {}: {said}", answer.status) };
    let bounded = |wait: Option<i64>| wait.map(|ms| ms.min(MOST_WAIT_MS));
    match answer.fail(Repeat::Harmless, now_ms) {
        Fail::Transient { after_ms, code, .. } => Fail::Transient { after_ms: bounded(after_ms), code, detail },
        // One device too often: the others have lines of their own.
        Fail::Limited { after_ms, code, .. } => {
            Fail::Limited { scope: LimitScope::Recipient, after_ms: bounded(after_ms), code, detail }
        }
        fail => Fail::Rejected { reason: Rejection::BadRequest, code: fail.parts().0.to_owned(), detail },
    }
}

/// The beginning of an answer in one line. A push service may echo the address, which is a secret.
fn said(to: &Subscription, body: &[u8]) -> String {
    let text = String::from_utf8_lossy(&body[..body.len().min(KEPT * 4)]);
    let path = to.endpoint.rsplit('/').next().filter(|path| !path.is_empty());
    let plain: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let plain = path.map_or(plain.clone(), |path| plain.replace(path, "•••"));
    domain::text::preview(&plain, KEPT)
}

#[cfg(test)]
mod tests {
    use super::super::simulator::Simulator;
    use super::*;
    use serde_json::json;

    const NOW_MS: i64 = 1_795_262_400_000;

    async fn stage() -> (Simulator, Subscription, Vapid) {
        let sim = Simulator::start(([127, 0, 0, 1], 0).into()).await.expect("a simulator");
        let vapid = Vapid::new(&[7; 32]).expect("a key");
        let order = json!({"key": vapid.public()});
        let to =
            serde_json::from_value(sim.ask("subscribe", order).await.expect("subscribed")).expect("a subscription");
        sim.ask("clock", json!({"now_ms": NOW_MS})).await.expect("set");
        (sim, to, vapid)
    }

    async fn tell(to: &Subscription, vapid: &Vapid, body: &[u8]) -> Result<Taken, Fail> {
        let http = address::client(true);
        let contact = "https://pult.example";
        let sender = Sender { http: &http, vapid, contact, now_ms: NOW_MS, private_nets: true };
        let notice = Notice { body, ttl_s: 60, urgency: Urgency::High, topic: "chat" };
        send(sender, to, notice, &Once::new([3; 16], &[9; 32]).expect("a key")).await
    }

    #[tokio::test]
    async fn the_browser_reads_what_was_said_and_the_service_does_not() {
        let (sim, to, vapid) = stage().await;
        assert_eq!(tell(&to, &vapid, "Привет".as_bytes()).await, Ok(Taken::Taken));
        let [taken] = sim.taken().try_into().expect("one notice");
        assert_eq!((taken.text.as_str(), taken.ttl, taken.urgency.as_str()), ("Привет", 60, "high"));
        assert_eq!((taken.topic.as_str(), taken.claims["sub"].as_str()), ("chat", Some("https://pult.example")));
        assert_eq!(taken.status, 201);
    }

    #[tokio::test]
    async fn a_key_the_browser_did_not_subscribe_for_is_refused_for_good() {
        let (sim, to, _) = stage().await;
        let other = Vapid::new(&[8; 32]).expect("a key");
        let fail = tell(&to, &other, b"x").await.expect_err("refused");
        assert!(matches!(&fail, Fail::Rejected { code, .. } if code == "403"), "{fail:?}");
        assert!(sim.taken().is_empty());
        sim.ask("clock", json!({"now_ms": NOW_MS + 13 * 3_600_000})).await.expect("set");
        let vapid = Vapid::new(&[7; 32]).expect("a key");
        assert!(matches!(tell(&to, &vapid, b"x").await, Err(Fail::Rejected { .. })), "the signed word is over");
    }

    #[tokio::test]
    async fn every_answer_has_its_class() {
        let (sim, to, vapid) = stage().await;
        let fault = async |status: u16, wish: Option<u32>| {
            let order = json!({"fail_next": 1, "status": status, "code": 1, "retry_after": wish});
            sim.ask("faults", order).await.expect("set");
            tell(&to, &vapid, b"x").await
        };
        assert_eq!(fault(404, None).await, Ok(Taken::Gone));
        assert_eq!(fault(410, None).await, Ok(Taken::Gone));
        assert_eq!(fault(413, None).await, Ok(Taken::TooLarge));
        for status in [400, 401, 403, 302] {
            assert!(matches!(fault(status, None).await, Err(Fail::Rejected { .. })), "{status}");
        }
        for status in [500, 503, 408] {
            assert!(matches!(fault(status, None).await, Err(Fail::Transient { .. })), "{status}");
        }
        for (wish, wait) in [(7, 7_000), (4_000_000, 3_600_000)] {
            let fail = fault(429, Some(wish)).await.expect_err("limited");
            assert!(matches!(fail, Fail::Limited { after_ms: Some(ms), .. } if ms == wait), "{fail:?}");
        }
        sim.ask("gone", json!({"endpoint": to.endpoint})).await.expect("gone");
        assert_eq!(tell(&to, &vapid, b"x").await, Ok(Taken::Gone));
    }

    #[tokio::test]
    async fn nobody_is_called_inside_and_no_address_is_told() {
        let (sim, to, vapid) = stage().await;
        let http = address::client(false);
        let contact = "https://pult.example";
        let sender = Sender { http: &http, vapid: &vapid, contact, now_ms: NOW_MS, private_nets: false };
        let notice = Notice { body: b"x", ttl_s: 0, urgency: Urgency::Normal, topic: "t" };
        let once = || Once::new([3; 16], &[9; 32]).expect("a key");
        for inside in [to.endpoint.as_str(), "https://127.0.0.1/push/1", "https://localhost/push/1", "ftp://a.b/"] {
            let to = Subscription { endpoint: inside.into(), ..to.clone() };
            let fail = send(sender, &to, notice, &once()).await.expect_err(inside);
            assert!(matches!(fail, Fail::Rejected { .. }), "{inside}: {fail:?}");
        }
        assert!(sim.taken().is_empty());
        assert!(checked(&to, true).is_ok() && checked(&to, false).is_err());
        assert!(checked(&Subscription { auth: "AAAA".into(), ..to.clone() }, true).is_err());
        let secret = to.endpoint.rsplit('/').next().expect("a path");
        assert_eq!(said(&to, format!("no subscription {secret} here").as_bytes()), "no subscription ••• here");
    }
}
