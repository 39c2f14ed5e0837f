//! Doing one step of a rule inside the unit of work that started it.

use super::engine::Ground;
use crate::chats::outgoing::{self, Draft};
use crate::connections::Connected;
use crate::pipeline::kinds;
use crate::reviews::{self, Case};
use crate::{ApiError, Cx, ErrorCode, Result, Work, accounts, chats, contacts, orders};
use domain::chats::ChatStatus;
use domain::ids::*;
use domain::rules::Act;
use domain::views::{ChangeOrder, ConnectionState, NewOrder};
use serde_json::{Map, Value as Json, json};
use std::pin::Pin;
use std::sync::Arc;

/// What a run is about.
#[derive(Clone, Copy, Debug)]
pub struct Target<'a> {
    pub contact: Option<ContactId>,
    pub chat: Option<ChatId>,
    pub order: Option<OrderId>,
    /// Kind and id of the case.
    pub object: (&'a str, &'a str),
    pub run: RunId,
    pub ground: Ground<'a>,
}

/// What a step came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Did {
    /// Done; kind and id of what it made, if anything.
    Made(Option<(String, String)>),
    /// A gate forbade it: its code, and what it saw.
    Refused { code: &'static str, detail: String },
}

/// A step that made something.
fn made(kind: &str, id: impl ToString) -> Result<Did> {
    Ok(Did::Made(Some((kind.into(), id.to_string()))))
}

/// Does a step whose texts are filled in. Boxed, because what it changes may start rules again.
pub fn act<'a>(
    work: &'a mut Work,
    target: &'a Target<'a>,
    act: &'a Act,
) -> Pin<Box<dyn Future<Output = Result<Did>> + Send + 'a>> {
    Box::pin(one(work, target, act))
}

async fn one(work: &mut Work, target: &Target<'_>, act: &Act) -> Result<Did> {
    let cx = Cx { now: work.now, ..Cx::system(&work.app, work.organisation) };
    match act {
        Act::SendMessage { text } => {
            let chat = chat(work, target).await?;
            let message = outgoing::enqueue(work, chat, Draft::text(text.clone()), None).await?;
            made("message", message)
        }
        Act::Assign { member } => {
            match target.order {
                Some(order) => {
                    let user = member.map(|id| id.to_string()).unwrap_or_default();
                    let change = ChangeOrder { assignee_id: Some(user), ..Default::default() };
                    orders::change_in(&cx, work, order, &change).await?;
                }
                None => {
                    let chat = chat(work, target).await?;
                    chats::assign_in(work, chat, *member).await?;
                }
            }
            Ok(Did::Made(None))
        }
        Act::AssignFree => {
            let chat = target.order.is_none();
            let Some(free) = store::rule_guard::free_member(&mut work.tx, work.organisation, chat).await? else {
                return Ok(Did::Refused { code: "nobody_free", detail: String::new() });
            };
            match target.order {
                Some(order) => {
                    let change = ChangeOrder { assignee_id: Some(free.to_string()), ..Default::default() };
                    orders::change_in(&cx, work, order, &change).await?;
                }
                None => {
                    let chat = self::chat(work, target).await?;
                    chats::assign_in(work, chat, Some(free)).await?;
                }
            }
            made("member", free)
        }
        Act::AddTag { tag } | Act::RemoveTag { tag } => {
            let contact = target.contact.ok_or(ErrorCode::NotFound)?;
            contacts::tags::change_in(work, contact, tag, matches!(act, Act::AddTag { .. })).await?;
            Ok(Did::Made(None))
        }
        Act::SetField { field, text } => {
            let contact = target.contact.ok_or(ErrorCode::NotFound)?;
            contacts::custom::change_in(work, contact, field, text).await?;
            Ok(Did::Made(None))
        }
        Act::CloseChat => {
            let chat = chat(work, target).await?;
            chats::set_status_in(work, chat, ChatStatus::Closed).await?;
            Ok(Did::Made(None))
        }
        Act::Comment { text } => {
            let order = target.order.ok_or(ErrorCode::NotFound)?;
            let id = orders::comment_in(&cx, work, order, text).await?;
            made("comment", id)
        }
        Act::ChangeOrder { status } => {
            let order = target.order.ok_or(ErrorCode::NotFound)?;
            let change = ChangeOrder { status: Some(*status), ..Default::default() };
            orders::change_in(&cx, work, order, &change).await?;
            Ok(Did::Made(None))
        }
        Act::CreateOrder { title } => {
            let new = NewOrder {
                contact_id: target.contact,
                chat_id: target.chat,
                title: Some(title.clone()),
                ..Default::default()
            };
            let id = orders::create_in(&cx, work, &new).await?;
            made("order", id)
        }
        Act::SaveContact { name, phone, email } => {
            let contact = contacts::saved(work, contacts::Told { service: "", name, email, phone }).await?;
            made("contact", contact)
        }
        Act::Notify { member, text } => {
            accounts::mail::to_member(work, *member, text).await?;
            Ok(Did::Made(None))
        }
        Act::CallWebhook { connection_id, event, fields } => {
            let connection = acting(work, *connection_id, "call").await?;
            let data: Map<String, Json> = fields.iter().map(|f| (f.name.clone(), f.text.clone().into())).collect();
            // The time of what happened, so that every attempt sends the same bytes.
            let input = json!({"type": event, "at_ms": target.ground.facts.at, "data": data});
            let payload = json!({"action": "call", "input": input});
            let job = kinds::connection_job(work, kinds::CALL_WEBHOOK, connection.id, payload);
            let id = job.id;
            work.job(job).await?;
            made("job", id)
        }
        Act::UseService { connection_id, action, fields } => {
            let connection = acting(work, *connection_id, action).await?;
            let given = fields.iter().filter(|field| !field.text.trim().is_empty());
            let input: Map<String, Json> = given.map(|field| (field.name.clone(), field.text.clone().into())).collect();
            let payload = json!({"action": action, "input": input});
            let job = kinds::connection_job(work, kinds::CALL_SERVICE, connection.id, payload);
            let id = job.id;
            work.job(job).await?;
            made("job", id)
        }
        Act::InviteToReview { connection_id, quiet_days } => {
            let case = Case {
                connection: *connection_id,
                quiet_days: *quiet_days,
                object: target.object,
                source: target.ground.connection,
                contact: target.contact,
                run: target.run,
                facts: target.ground.facts,
            };
            reviews::invite(work, &case).await
        }
        Act::Branch { .. } | Act::WaitForAnswer { .. } | Act::Approve { .. } | Act::Stop => Ok(Did::Made(None)),
    }
}

/// A connection that can do this and is not switched off.
async fn acting(work: &mut Work, id: ConnectionId, action: &str) -> Result<Arc<Connected>> {
    let app = work.app.clone();
    let connection = app.connections.by_id(&app, work.organisation, id).await?;
    let able = |c: &Arc<Connected>| c.connector.spec().actions.iter().any(|known| known.id == action);
    let connection = connection.filter(|c| able(c) && c.state != ConnectionState::Off);
    Ok(connection.ok_or(ErrorCode::ConnectionUnavailable)?)
}

/// The chat of the run, or the one its contact used last.
async fn chat(work: &mut Work, target: &Target<'_>) -> Result<ChatId> {
    let found = match (target.chat, target.contact) {
        (Some(chat), _) => Some(chat),
        (None, Some(contact)) => store::chats::latest_of_contact(&mut work.tx, work.organisation, contact).await?,
        (None, None) => None,
    };
    found.ok_or_else(|| ApiError::new(ErrorCode::NoChannel).into())
}

/// What a step says, for the trace.
pub fn words(act: &Act) -> String {
    match act {
        Act::Assign { member } => member.map(|id| id.to_string()).unwrap_or_default(),
        act => act.said(),
    }
}
