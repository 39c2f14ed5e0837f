//! What goes instead of a free text that came too late: only the provider knows exactly when its window closed, so a notice
//! brings the template along in its job and falls back to it once.

use super::outgoing::{self, Draft};
use crate::{Error, Result, Work};
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};
use store::messages::MessageRow;

/// Where it lies in the job's payload.
const FIELD: &str = "otherwise";

/// A template, and whose line in the journal tells of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Otherwise {
    /// Name of the template.
    pub template: String,
    /// Its language.
    pub language: String,
    /// Its fields in order.
    pub params: Vec<String>,
    /// The thing the message is about: kind and id.
    pub about: (String, String),
    /// Arguments of the journal line.
    pub args: Json,
}

impl Otherwise {
    /// Puts it into the payload of the job that tries the text first.
    pub fn into_payload(self, payload: &mut Json) {
        payload[FIELD] = json!(self);
    }
}

/// Sends the template of a text that was refused, if it brought one along and it has not been used. `true`: nothing is
/// left to do about the text.
pub async fn send(work: &mut Work, late: &MessageRow) -> Result<bool> {
    let Some(job) = late.job_id else { return Ok(false) };
    let payload = store::jobs::payload_in(&mut work.tx, work.organisation, job).await?;
    let Some(mut payload) = payload else { return Ok(false) };
    let taken = payload.as_object_mut().and_then(|payload| payload.remove(FIELD));
    let Some(Ok(instead)) = taken.map(serde_json::from_value::<Otherwise>) else { return Ok(false) };
    store::jobs::set_payload(&mut work.tx, work.organisation, job, &payload).await?;
    let Otherwise { template, language, params, about: (kind, id), mut args } = instead;
    match outgoing::enqueue(work, late.chat_id, Draft::Template { name: template, language, params }, None).await {
        Ok(message) => {
            args["message_id"] = json!(message);
            store::jobs::cancel(&mut work.tx, work.organisation, job, None, work.now).await?;
            work.journal("notice_as_template", &kind, id, args).await?;
            Ok(true)
        }
        Err(Error::Api(error)) => {
            args["code"] = json!(error.code);
            work.journal_at("warning", "notice_failed", &kind, id, args).await?;
            Ok(false)
        }
        Err(error) => Err(error),
    }
}
