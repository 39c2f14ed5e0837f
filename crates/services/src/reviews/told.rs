//! Reviews as their service tells them: by webhook, which proves nothing and is asked after, or found by the sweep.

use crate::connections::Connected;
use crate::pipeline::kinds;
use crate::rules::{self, Occasion};
use crate::{Result, Work};
use domain::channel::{ChannelEvent, Lookup, ReviewContent};
use domain::ids::ReviewId;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

/// Kind under which a connector reads a review that came as an answer.
const FOUND: &str = "review_found";

/// `domain::channel::ChannelEvent::Review`.
#[derive(Clone, Debug)]
pub struct Told {
    pub external_id: String,
    pub reference: Option<String>,
    pub at_ms: i64,
    pub content: Option<ReviewContent>,
}

/// Writes it, or asks the service first whether it is true.
pub async fn told(work: &mut Work, connection: &Connected, told: Told, lookup: Option<Lookup>) -> Result<()> {
    let Some(lookup) = lookup else { return write(work, connection, told).await };
    let id = told.external_id;
    let payload = json!({"action": lookup.action, "input": lookup.input, "review": id, "reference": told.reference});
    let mut job = kinds::connection_job(work, kinds::LOOK_UP, connection.id, payload);
    job.order_key = format!("review:{}:{id}", connection.id);
    work.job(job).await?;
    Ok(())
}

/// The service answered. `None`: there is no such review (any more).
pub async fn completed(work: &mut Work, connection: &Connected, payload: &Json, answer: Option<&Json>) -> Result<()> {
    let Some(id) = payload.get("review").and_then(Json::as_str) else { return Ok(()) };
    let Some(answer) = answer else {
        let gone = Told { external_id: id.into(), reference: None, at_ms: work.now, content: None };
        return write(work, connection, gone).await;
    };
    let meaning = connection.connector.normalise(FOUND, answer).map_err(anyhow::Error::from)?;
    let ChannelEvent::Review { external_id, reference, at_ms, content, .. } = meaning else { return Ok(()) };
    // What everybody may read leaves the reference out.
    let reference = reference.or_else(|| payload.get("reference")?.as_str().map(str::to_owned));
    write(work, connection, Told { external_id, reference, at_ms, content }).await
}

async fn write(work: &mut Work, connection: &Connected, told: Told) -> Result<()> {
    let (organisation, now) = (work.organisation, work.now);
    let Some(content) = &told.content else {
        let gone = store::reviews::remove(&mut work.tx, organisation, connection.id, &told.external_id, now).await?;
        if let Some(id) = gone {
            work.journal("review_removed", "review", id, json!({"service": connection.connector.spec().name})).await?;
            work.hint("reviews", id);
            occur(work, connection, &told, id, "review_deleted").await?;
        }
        return Ok(());
    };
    let new: ReviewId = work.id();
    let review = store::reviews::Told {
        connection: connection.id,
        external_id: &told.external_id,
        reference: told.reference.as_deref(),
        content,
        at: if told.at_ms > 0 { told.at_ms } else { now },
    };
    let before = store::reviews::known(&mut work.tx, organisation, connection.id, &told.external_id).await?;
    let same = before
        .as_ref()
        .is_some_and(|b| b.stars == i64::from(content.stars) && b.body == content.text && b.title == content.title);
    let id = store::reviews::upsert(&mut work.tx, organisation, new, &review, now).await?;
    work.hint("reviews", id);
    if same {
        return Ok(());
    }
    let trigger = if before.is_none() { "review_created" } else { "review_updated" };
    let args = json!({"stars": content.stars, "author": content.author, "service": connection.connector.spec().name});
    let line = if before.is_none() { "review_received" } else { "review_changed" };
    work.journal(line, "review", id, args).await?;
    occur(work, connection, &told, id, trigger).await
}

async fn occur(work: &mut Work, connection: &Connected, told: &Told, id: ReviewId, trigger: &str) -> Result<()> {
    let mut fields = BTreeMap::new();
    let mut put = |name: &str, value: Json| fields.insert(format!("event.{name}"), value);
    put("id", json!(told.external_id));
    put("reference", json!(told.reference));
    if let Some(content) = &told.content {
        put("stars", json!(content.stars));
        put("title", json!(content.title));
        put("text", json!(content.text));
        put("language", json!(content.language));
        put("author", json!(content.author));
        put("link", json!(content.link));
        put("created_at", json!(told.at_ms));
    }
    let contact = match &told.reference {
        Some(reference) => store::reviews::invited(&mut work.tx, work.organisation, connection.id, reference).await?,
        None => None,
    };
    let occasion = Occasion {
        event: format!("{}.{trigger}", connection.connector.spec().id),
        connection: Some(connection.id),
        object: ("review".into(), id.to_string()),
        contact,
        chat: None,
        order: None,
        fields,
    };
    rules::happened(work, occasion).await
}
