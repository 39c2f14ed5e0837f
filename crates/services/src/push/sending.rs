//! The call to the push service of one device. Whether it is still to be told, and what, is asked at this moment: a device
//! that was switched off, a chat that was answered and a message that was taken back say nothing.

use super::calling::{LOOKING_MS, about, may_be_told};
use super::devices::row_of;
use crate::clock::random_bytes;
use crate::{App, Result, Work};
use anyhow::anyhow;
use connectors::push::{Notice, Once, Sender, Subscription, Taken, Urgency};
use connectors::{Acted, Fail};
use domain::chats::MessageKind;
use domain::ids::*;
use domain::text::preview;
use serde_json::{Value as Json, json};
use store::claims::LeasedJob;
use store::push::{self as rows, Called, Said};
use texts::{Language, Texts};

/// A push service keeps a notice so long for a device that is off; of each chat it keeps the last one.
const TTL_S: u32 = 12 * 60 * 60;
/// A notice that could not be sent for so long is no news any more.
const NEWS_MS: i64 = 60 * 60 * 1000;
/// Most of a message that is shown.
const MOST_TEXT: usize = 140;

/// How it ended without a notice; the attempt says so.
fn nothing(why: &str) -> Result<Result<Acted, Fail>> {
    Ok(Ok(Acted { json: json!({"said": why}), file: None }))
}

/// Sends the notice of a leased job.
pub(crate) async fn send(app: &App, job: &LeasedJob) -> Result<Result<Acted, Fail>> {
    let now = app.clock.now();
    if now > job.created_at + NEWS_MS {
        return nothing("late");
    }
    let Some((device, notice)) = still_to_tell(app, job, now).await? else { return nothing("not_needed") };
    let vapid = app.push.get(app).await?;
    let to: Subscription = serde_json::from_slice(&app.vault.open(&row_of(device.id), &device.secret)?)
        .map_err(|error| anyhow!("push_devices of {}: {error}", device.id))?;
    let contact = &app.config.public_url;
    let private_nets = app.config.private_nets;
    let sender = Sender { http: &app.http, vapid: &vapid, contact, now_ms: now, private_nets };
    let topic = topic(&notice);
    let urgency = if notice["kind"] == "test" { Urgency::Normal } else { Urgency::High };
    let tell = async |notice: &Json| {
        let body = notice.to_string();
        let notice = Notice { body: body.as_bytes(), ttl_s: TTL_S, urgency, topic: &topic };
        connectors::push::send(sender, &to, notice, &once()).await
    };
    let mut done = tell(&notice).await;
    if matches!(done, Ok(Taken::TooLarge)) {
        // Less is carried everywhere.
        done = tell(&json!({"id": notice["id"], "kind": notice["kind"], "url": notice["url"], "tag": notice["tag"], "title": notice["title"]})).await;
    }
    Ok(match done {
        Ok(Taken::Taken) => Ok(Acted { json: json!({"sent": true}), file: None }),
        Ok(Taken::Gone) => Ok(Acted { json: json!({"said": "gone", "gone": true}), file: None }),
        Ok(Taken::TooLarge) => Err(Fail::Rejected {
            reason: connectors::Rejection::BadRequest,
            code: "413".into(),
            detail: "the push service carries less than a name".into(),
        }),
        Err(fail) => Err(fail),
    })
}

/// The device and what it is to be told, if it still is.
async fn still_to_tell(app: &App, job: &LeasedJob, now: i64) -> Result<Option<(Called, Json)>> {
    let (db, organisation) = (app.db.of(job.organisation_id), job.organisation_id);
    let text = |name: &str| job.payload.get(name).and_then(Json::as_str).unwrap_or_default();
    let Ok(id) = text("device_id").parse::<PushDeviceId>() else { return Ok(None) };
    if text("what") == "test" {
        let device = rows::device(&db, organisation, id).await?;
        return Ok(device.map(|device| {
            let t = words(&device);
            let notice = json!({
                "id": job.id, "kind": "test", "title": t.push_test_title(), "body": t.push_test_text(),
                "url": "/settings/profile", "tag": "test", "at": now,
            });
            (device, notice)
        }));
    }
    let Some(call) = about(&job.payload) else { return Ok(None) };
    let call = rows::Call { looked_since: now - LOOKING_MS, ..call };
    let Some(device) = rows::still_called(&db, organisation, call).await? else { return Ok(None) };
    let zone = store::organisations::one(&db, organisation).await?.map(|it| it.time_zone).unwrap_or_default();
    if !may_be_told(&device, &zone, now) {
        return Ok(None);
    }
    let Some(said) = rows::said(&db, organisation, call.chat, call.message).await? else { return Ok(None) };
    if call.message.is_some() && said.kind.is_none() {
        return Ok(None);
    }
    let t = words(&device);
    let name = if said.name.is_empty() { t.push_somebody() } else { said.name.clone() };
    let title = if call.what == "mention" { t.calls_mention(&name) } else { name };
    let body = match call.what {
        "assigned" => t.push_assigned(),
        _ => body(t, &said),
    };
    let id = call.message.map_or_else(|| job.id.to_string(), |id| id.to_string());
    let notice = json!({
        "id": id, "kind": call.what, "title": preview(&title, MOST_TEXT), "body": body,
        "url": format!("/chats/{}?box=all", call.chat), "tag": call.chat, "at": said.at.unwrap_or(now),
    });
    Ok(Some((device, notice)))
}

fn words(device: &Called) -> Texts {
    texts::load(Language::from_code(&device.language).unwrap_or_default())
}

/// A message in one line; of one without words, what it is.
fn body(t: Texts, said: &Said) -> String {
    let text = preview(said.text.as_deref().unwrap_or_default(), MOST_TEXT);
    let kind = match said.kind {
        Some(MessageKind::Image) => t.chats_kind_image(),
        Some(MessageKind::Video) => t.chats_kind_video(),
        Some(MessageKind::Audio) => t.chats_kind_audio(),
        Some(MessageKind::Voice) => t.chats_kind_voice(),
        Some(MessageKind::Document) => t.chats_kind_document(),
        Some(MessageKind::Sticker) => t.chats_kind_sticker(),
        Some(MessageKind::Location) => t.chats_kind_location(),
        Some(MessageKind::Contacts) => t.chats_kind_contacts(),
        _ if text.is_empty() => t.chats_kind_text(),
        _ => return text,
    };
    if text.is_empty() { kind } else { t.chats_kind_with_text(&kind, &text) }
}

/// Of a chat the last message counts; being named is something else than being written to.
fn topic(notice: &Json) -> String {
    let text = |name: &str| notice[name].as_str().unwrap_or_default().to_owned();
    let chat = text("tag").parse::<ChatId>().map(|id| connectors::push::encoded(id.uuid()));
    format!("{}{}", text("kind").chars().next().unwrap_or('x'), chat.unwrap_or_default())
}

fn once() -> Once {
    loop {
        if let Some(once) = Once::new(random_bytes(), &random_bytes()) {
            return once;
        }
    }
}

fn device_of(job: &LeasedJob) -> Option<PushDeviceId> {
    job.payload.get("device_id")?.as_str()?.parse().ok()
}

/// The push service answered: a browser it does not reach any more is forgotten.
pub(crate) async fn sent(work: &mut Work, job: &LeasedJob, acted: &Acted) -> Result<()> {
    let Some(device) = device_of(job) else { return Ok(()) };
    let gone = acted.json["gone"] == true;
    if gone {
        store::push::remove(&mut work.tx, work.organisation, device, None).await?;
    } else if acted.json["sent"] == true {
        store::push::sent(&mut work.tx, work.organisation, device, work.now).await?;
    }
    // Every page follows its person: not worth it for each notice.
    if gone || job.payload["what"] == "test" {
        work.hint("me", "");
    }
    Ok(())
}

/// It did not take the notice: the device's owner sees it in their profile.
pub(crate) async fn refused(work: &mut Work, job: &LeasedJob, code: &str) -> Result<()> {
    if let Some(device) = device_of(job)
        && store::push::failed(&mut work.tx, work.organisation, device, code).await?
    {
        work.hint("me", "");
    }
    Ok(())
}
