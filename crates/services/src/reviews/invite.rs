//! Inviting somebody to a review: the gates, the ledger, the job.

use crate::pipeline::kinds;
use crate::rules::Did;
use crate::{ErrorCode, Result, Work};
use domain::ids::*;
use domain::rules::Facts;
use domain::text::{fold, is_email, preview};
use domain::views::ConnectionState;
use serde_json::{Value as Json, json};
use store::reviews::NewInvitation;

/// Why somebody must not be written to, as a conversation's service knows it.
const FORBIDDING: [(&str, &str); 3] =
    [("event.unsubscribed", "unsubscribed"), ("event.hard_bounced", "hard_bounced"), ("event.spam", "marked_spam")];
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// Whom to invite, about what.
#[derive(Clone, Copy, Debug)]
pub struct Case<'a> {
    /// The service that sends the invitation.
    pub connection: ConnectionId,
    /// Days in which the same person is not asked again; 0 for no such limit.
    pub quiet_days: u16,
    /// Kind and id of the case.
    pub object: (&'a str, &'a str),
    /// The service the case lies with, if it is not one of ours.
    pub source: Option<ConnectionId>,
    pub contact: Option<ContactId>,
    pub run: RunId,
    pub facts: &'a Facts,
}

/// Writes invitation and job, unless a gate is closed.
pub async fn invite(work: &mut Work, case: &Case<'_>) -> Result<Did> {
    let refused = |code: &'static str, detail: &str| Ok(Did::Refused { code, detail: detail.to_owned() });
    let text = |names: [&str; 2]| {
        names.iter().find_map(|name| case.facts.get(name)?.as_str().filter(|text| !text.is_empty())).unwrap_or_default()
    };
    let email = text(["event.email", "contact.email"]).trim();
    if !is_email(email) {
        return refused("no_email", email);
    }
    if case.source.is_some() {
        for (field, code) in FORBIDDING {
            match case.facts.get(field).and_then(Json::as_bool) {
                Some(false) => {}
                Some(true) => return refused(code, email),
                // Nobody is invited on a guess.
                None => return refused("missing_fields", field),
            }
        }
    }
    let app = work.app.clone();
    let connection = app.connections.by_id(&app, work.organisation, case.connection).await?;
    let Some(connection) = connection.filter(|c| c.connector.spec().actions.iter().any(|a| a.id == "invite")) else {
        return Err(ErrorCode::ConnectionUnavailable.into());
    };
    if connection.state == ConnectionState::Off {
        return Err(ErrorCode::ConnectionUnavailable.into());
    }
    let email_key = email.to_lowercase();
    if case.quiet_days > 0 {
        let since = work.now - i64::from(case.quiet_days) * DAY_MS;
        if let Some(at) = store::reviews::invited_at(&mut work.tx, work.organisation, &email_key, since).await? {
            return refused("invited_recently", &at.to_string());
        }
    }
    let reference = reference(work, case).await?;
    let name = match text(["event.name", "contact.name"]).trim() {
        // The service wants a name; what stands before the @ is what people sign with.
        "" => email.split('@').next().unwrap_or_default(),
        name => name,
    };
    let (name, member) = (preview(name, 200), preview(text(["event.admin_name", ""]), 200));
    let search_text = fold(&format!("{name} {email} {reference} {member}"));
    let id: InvitationId = work.id();
    let input = json!({"reference": reference, "email": email, "name": name});
    let payload = json!({"action": "invite", "input": input, "invitation_id": id});
    let mut job = kinds::connection_job(work, kinds::INVITE, connection.id, payload);
    job.order_key = format!("invite:{id}");
    (job.object_kind, job.object_id) = ("invitation", id.to_string());
    let new = NewInvitation {
        id,
        connection: connection.id,
        account: &connection.account,
        reference: &reference,
        object_kind: case.object.0,
        object_id: case.object.1,
        contact: case.contact,
        email,
        email_key: &email_key,
        name: &name,
        member: &member,
        search_text: &search_text,
        link: case.facts.get("event.link").and_then(Json::as_str).filter(|link| link.starts_with("https://")),
        run: Some(case.run),
        job: job.id,
    };
    if !store::reviews::invite(&mut work.tx, work.organisation, &new, work.now).await? {
        return refused("already_invited", &reference);
    }
    work.job(job).await?;
    work.hint("reviews", id);
    Ok(Did::Made(Some(("invitation".into(), id.to_string()))))
}

/// What the case is called at the service that invites: the same for every event about it, for ever. Cases of a second
/// connection of the same kind carry its mark, since both may feed one account.
async fn reference(work: &mut Work, case: &Case<'_>) -> Result<String> {
    let (kind, id) = case.object;
    let Some(source) = case.source else { return Ok(format!("{kind}-{id}")) };
    let first = store::connections::first_like(&mut work.tx, work.organisation, source).await?;
    Ok(match first == Some(source) {
        true => format!("ic-{id}"),
        false => {
            let mark = source.to_string();
            format!("ic-{}-{id}", &mark[mark.len() - 6..])
        }
    })
}
