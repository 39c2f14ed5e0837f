//! Giving waiting chats to members (CHT-4): one worker takes them in order, whatever made them wait or made somebody free. Every
//! assignment keeps its reasons in the thread: «Почему он?».

use super::change;
use crate::{App, Cx, Result, Work, memo, push};
use domain::access::Presence;
use domain::chats::ChatStatus;
use domain::ids::{OrganisationId, UserId};
use domain::routing::{Candidate, Decision, Routing, RoutingMode, RoutingReason, decide};
use domain::views::ChatView;
use serde_json::json;
use std::sync::Arc;
use std::time::Duration;
use store::chats::ChatRow;
use store::desk as rows;
use store::jobs::Cause;

/// Chats given out in one transaction at most.
const BATCH: i64 = 100;
/// Rounds are at least so far apart, however often somebody rings.
const PAUSE: Duration = Duration::from_millis(200);
/// What other nodes changed is seen after so long.
const POLL: Duration = Duration::from_secs(3);

/// The loop of a node.
pub(crate) async fn run(app: Arc<App>, stop: tokio_util::sync::CancellationToken) {
    loop {
        if let Err(error) = give_out(&app).await {
            tracing::warn!(%error, "Waiting chats could not be given to members");
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(PAUSE) => {}
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = app.wake_routing.notified() => {}
            () = tokio::time::sleep(POLL) => {}
        }
    }
}

/// Gives every waiting chat to somebody, as long as somebody takes one; answers how many were given.
pub async fn give_out(app: &Arc<App>) -> Result<usize> {
    let mut count = 0;
    for organisation in rows::organisations_in_line(&app.db).await? {
        let settings = crate::accounts::organisation_settings(app, organisation).await?;
        while settings.routing.mode.is_automatic() {
            let given = batch(app, organisation, &settings.routing).await?;
            count += given;
            if (given as i64) < BATCH {
                break;
            }
        }
    }
    Ok(count)
}

async fn batch(app: &Arc<App>, organisation: OrganisationId, routing: &Routing) -> Result<usize> {
    let nobody = Cause { kind: "system", id: None, chain: String::new(), depth: 0 };
    let mut work = Work::begin(app, organisation, ("system", None), nobody, app.clock.now()).await?;
    // Two nodes do not give out at once, and nobody is switched off meanwhile.
    store::organisations::lock(&mut work.tx, organisation).await?;
    let mut candidates = candidates(&mut work, routing).await?;
    let mut given = 0;
    for id in rows::line(&mut work.tx, organisation, BATCH).await? {
        let decision = decide(routing, &candidates, None);
        let Some(chosen) = decision.chosen else { break };
        let Some(chat) = store::chats::for_change(&mut work.tx, organisation, id).await? else { continue };
        work.cause.chain = work.id::<domain::ids::OccasionId>().to_string();
        let at = took(&mut candidates, chosen, work.now);
        rows::given(&mut work.tx, organisation, chosen, at).await?;
        assign(&mut work, &chat, &decision, chosen).await?;
        given += 1;
    }
    if given > 0 {
        work.commit().await?;
    }
    Ok(given)
}

async fn candidates(work: &mut Work, routing: &Routing) -> Result<Vec<Candidate>> {
    let silent = silent(routing, work.now);
    Ok(rows::candidates(&mut work.tx, work.organisation, routing.capacity, silent).await?)
}

/// Who was last heard of before that moment is silent.
fn silent(routing: &Routing, now: i64) -> i64 {
    match routing.silent_after_minutes {
        0 => 0,
        minutes => now - minutes * 60_000,
    }
}

/// Why a waiting chat is nobody's.
pub(super) async fn why_nobodys(cx: &Cx, chat: &ChatView) -> Result<Option<Decision>> {
    let waits = chat.assignee_id.is_none() && chat.waiting_since.is_some() && chat.snoozed_until.is_none();
    if !waits || chat.status == ChatStatus::Closed {
        return Ok(None);
    }
    let routing = crate::accounts::organisation_settings(&cx.app, cx.organisation).await?.routing;
    let silent = silent(&routing, cx.now);
    let candidates = rows::candidates_now(cx.db(), cx.organisation, routing.capacity, silent).await?;
    Ok(domain::routing::why_nobodys(&routing, &candidates))
}

/// Counts a chat for its member; answers the moment to note, which is after all others even within one millisecond.
fn took(candidates: &mut [Candidate], chosen: UserId, now: i64) -> i64 {
    let at = now.max(candidates.iter().map(|c| c.assigned_at).max().unwrap_or(0) + 1);
    if let Some(candidate) = candidates.iter_mut().find(|c| c.user_id == chosen) {
        candidate.open += 1;
        candidate.assigned_at = at;
    }
    at
}

async fn assign(work: &mut Work, chat: &ChatRow, decision: &Decision, chosen: UserId) -> Result<()> {
    let name = decision.considered.first().map(|c| c.name.clone());
    store::chats::assign(&mut work.tx, work.organisation, chat.id, Some(chosen)).await?;
    change::note(work, chat, "chat_routed", json!({"user_id": chosen, "name": name, "decision": decision})).await?;
    // Of a message that has just come the message itself tells.
    if chat.last_inbound_at.is_none_or(|at| at < work.now - push::FRESH_MS) {
        push::call(work, push::Call::Assigned(chat.id, chosen)).await?;
    }
    change::assigned(work, chat).await
}

/// A client came back to a chat that was closed: it stays with its member or goes into the line.
pub(super) async fn came_back(work: &mut Work, chat: &ChatRow) -> Result<()> {
    let Some(member) = chat.assignee_id else { return Ok(()) };
    let routing = memo::organisation(work).await?.settings.routing;
    if !routing.mode.is_automatic() {
        return Ok(());
    }
    let candidates = candidates(work, &routing).await?;
    let decision = decide(&routing, &candidates, Some(member));
    if decision.chosen == Some(member) && decision.reason == RoutingReason::Returning {
        let name = decision.considered.first().map(|c| c.name.clone());
        let meta = json!({"user_id": member, "name": name, "decision": decision});
        return change::note(work, chat, "chat_kept", meta).await;
    }
    let_go(work, chat, &routing, &candidates, member).await
}

/// A client wrote into an open chat that was answered: if its member has gone home and somebody else is there, it is theirs.
pub(super) async fn went_on(work: &mut Work, chat: &ChatRow) -> Result<()> {
    let Some(member) = chat.assignee_id else { return Ok(()) };
    let routing = memo::organisation(work).await?.settings.routing;
    if !routing.mode.is_automatic() {
        return Ok(());
    }
    let candidates = candidates(work, &routing).await?;
    let own = candidates.iter().find(|c| c.user_id == member);
    let here = own.is_some_and(|c| c.presence != Presence::Offline && !c.silent);
    if here || decide(&routing, &candidates, None).chosen.is_none() {
        return Ok(());
    }
    let_go(work, chat, &routing, &candidates, member).await
}

/// Gives a chat back into the line, saying what was found about whoever had it.
async fn let_go(
    work: &mut Work,
    chat: &ChatRow,
    routing: &Routing,
    candidates: &[Candidate],
    member: UserId,
) -> Result<()> {
    store::chats::assign(&mut work.tx, work.organisation, chat.id, None).await?;
    let own: Vec<Candidate> = candidates.iter().filter(|c| c.user_id == member).cloned().collect();
    let considered = decide(&Routing { returning: false, ..*routing }, &own, None).considered;
    let name = considered.first().map(|c| c.name.clone());
    let decision = Decision { considered, ..Decision::plain(RoutingReason::Left, None) };
    change::note(work, chat, "chat_let_go", json!({"user_id": member, "name": name, "decision": decision})).await?;
    change::assigned(work, chat).await
}

/// Whether whoever answers takes a chat that nobody has.
pub(super) async fn first_takes(work: &mut Work) -> Result<bool> {
    Ok(memo::organisation(work).await?.settings.routing.mode != RoutingMode::Hand)
}
