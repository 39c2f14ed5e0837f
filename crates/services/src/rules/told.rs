//! What services tell that rules start from. An event may lack what rules need to know; then the service is asked first,
//! and rules look at both together.

use super::engine::{happened, listeners};
use super::facts::Occasion;
use super::{learnt, offer};
use crate::connections::Connected;
use crate::pipeline::kinds;
use crate::{Result, Work, contacts};
use domain::channel::Lookup;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json, json};

/// Providers repeat a webhook for a week at most; what is older is somebody playing an old recording.
const MOST_AGE_MS: i64 = 7 * 24 * 60 * 60 * 1000;

/// `domain::channel::ChannelEvent::Happened`, as it waits for the answer of its look-up.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Told {
    pub trigger: String,
    pub about: String,
    pub at_ms: i64,
    pub fields: Map<String, Json>,
}

/// Lets rules act on it, or asks first. `Ok(Some(why))` when it has no consequences.
pub async fn told(
    work: &mut Work,
    connection: &Connected,
    told: Told,
    lookup: Option<Lookup>,
) -> Result<Option<String>> {
    if told.at_ms > 0 && work.now - told.at_ms > MOST_AGE_MS {
        return Ok(Some("too_old".into()));
    }
    let needed = match lookup {
        Some(lookup) if !listeners(work, &event(connection, &told)).await?.is_empty() => Some(lookup),
        _ => None,
    };
    let Some(lookup) = needed else {
        occur(work, connection, told).await?;
        return Ok(None);
    };
    let payload = json!({"action": lookup.action, "input": lookup.input, "told": told});
    let mut job = kinds::connection_job(work, kinds::LOOK_UP, connection.id, payload);
    // Events about one thing stay in their order.
    job.order_key = format!("told:{}:{}", connection.id, told.about);
    work.job(job).await?;
    Ok(None)
}

/// The service answered, or could not (`None`): then rules see what the event itself said, and the rest counts as unknown.
pub async fn completed(work: &mut Work, connection: &Connected, payload: &Json, answer: Option<&Json>) -> Result<()> {
    let told = payload.get("told").cloned().unwrap_or_default();
    let Ok(mut told) = serde_json::from_value::<Told>(told) else { return Ok(()) };
    if let Some(fields) = answer.and_then(|answer| answer.get("fields")).and_then(Json::as_object) {
        told.fields.extend(fields.clone());
    }
    occur(work, connection, told).await
}

async fn occur(work: &mut Work, connection: &Connected, told: Told) -> Result<()> {
    let text = |name: &str| told.fields.get(name).and_then(Json::as_str).unwrap_or_default();
    let who = contacts::Told {
        service: connection.connector.spec().name,
        name: text("name"),
        email: text("email"),
        phone: text("phone"),
    };
    let event = event(connection, &told);
    let (kind, contact, fields) = if offer::kind(&event).is_some_and(|kind| kind.learns()) {
        // What anybody may post makes no client by itself: a rule says who is one.
        let contact = contacts::known(work, &sender(&told.fields)).await?;
        let fields = learnt::learn(work, connection, &event, &told.fields).await?;
        (connection.connector.spec().id.to_owned(), contact, fields)
    } else {
        // `conversation_closed` is about a conversation.
        let kind = told.trigger.split('_').next().unwrap_or_default().to_owned();
        let fields = told.fields.iter().map(|(name, value)| (format!("event.{name}"), value.clone())).collect();
        (kind, contacts::of_service(work, who).await?, fields)
    };
    let occasion = Occasion {
        event,
        connection: Some(connection.id),
        object: (kind, told.about),
        contact,
        chat: None,
        order: None,
        fields,
    };
    happened(work, occasion).await
}

/// Who a form is from, by the names forms have.
fn sender(fields: &Map<String, Json>) -> contacts::Told<'_> {
    let text = |wanted: &str| {
        let found = fields.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted));
        found.and_then(|(_, value)| value.as_str()).unwrap_or_default()
    };
    contacts::Told { service: "", name: text("name"), email: text("email"), phone: text("phone") }
}

fn event(connection: &Connected, told: &Told) -> String {
    format!("{}.{}", connection.connector.spec().id, told.trigger)
}
