//! What the pages of rules show: lines with their week, a rule with trees as types, what rules can be made of, something real
//! to try a draft on, and runs with their reasons.

use super::offer::About;
use super::{facts, list, offer, recipes};
use crate::{ApiError, Cx, ErrorCode, Result, Work, contacts, validate};
use domain::access::Permission;
use domain::ids::{ChatId, ContactId, EventId, Id, OccasionId, OrderId, RuleId, RunId};
use domain::rules::{Act, Facts, Place, RuleTree};
use domain::views::*;
use facts::Occasion;
use serde_json::json;
use store::runs::RunQuery;

const DAY_MS: i64 = 24 * 60 * 60 * 1000;
/// Days of the picture in the list.
const DAYS: i64 = 7;
/// Recent things to try a draft on.
const RECENT: i64 = 20;

/// All rules by precedence, each with its week.
pub async fn lines(cx: &Cx) -> Result<Vec<RuleLine>> {
    let rules = list::list(cx).await?.items;
    let fired = store::rule_page::fired(cx.db(), cx.organisation, cx.now - DAYS * DAY_MS).await?;
    let days = |id: RuleId| {
        let mut days = vec![0; DAYS as usize];
        for (_, day, count) in fired.iter().filter(|fired| fired.0 == id) {
            // What started in this very moment falls on the day that begins now.
            days[(*day).clamp(0, DAYS - 1) as usize] += count;
        }
        days
    };
    let mut drafts: Vec<(RuleId, serde_json::Value)> = Vec::new();
    if rules.iter().any(|rule| rule.version.is_none()) {
        drafts = store::rule_page::drafts(cx.db(), cx.organisation).await?;
    }
    let named = |mut rule: RuleView| {
        let draft =
            drafts.iter().find(|draft| draft.0 == rule.id).and_then(|draft| draft.1["trigger"]["event"].as_str());
        if let (true, Some(event)) = (rule.event.is_empty(), draft) {
            rule.event = event.to_owned();
        }
        RuleLine { days: days(rule.id), rule }
    };
    Ok(rules.into_iter().map(named).collect())
}

/// One rule.
pub async fn desk(cx: &Cx, id: RuleId) -> Result<RuleDesk> {
    cx.allow(Permission::RulesRead)?;
    desk_of(list::card(cx, id).await?)
}

/// The same rule with its trees read.
pub(super) fn desk_of(card: RuleCard) -> Result<RuleDesk> {
    let version = |version: RuleVersionView| RuleDeskVersion {
        version: version.version,
        published_by: version.published_by,
        published_at: version.published_at,
        tree: readable(version.tree),
    };
    let versions = card.versions.into_iter().map(version).collect();
    Ok(RuleDesk { draft: readable(card.draft), versions, examples: card.examples, held: card.held, rule: card.rule })
}

fn readable(tree: serde_json::Value) -> Option<RuleTree> {
    serde_json::from_value::<RuleTree>(tree).ok().filter(|tree| tree.bounded().is_ok())
}

/// What rules can be made of.
pub async fn offered(cx: &Cx) -> Result<RuleOffer> {
    cx.allow(Permission::RulesRead)?;
    let mut triggers = Vec::new();
    let own = contacts::custom::specs(cx).await?;
    let services: Vec<(String, OfferedConnection)> = store::connections::named(cx.db(), cx.organisation)
        .await?
        .into_iter()
        .map(|(id, name, provider)| (provider, OfferedConnection { id, name }))
        .collect();
    for kind in offer::kinds() {
        let fields = kind.fields_with(cx, None, &own).await?;
        let may = kind.offer(&fields);
        let (waits, from_zero, dated) = (may.waits, may.from_zero, may.dated);
        let (chat, order, contact) = (may.chat, may.order, may.contact);
        let through = services.iter().filter(|(provider, _)| kind.is_of(provider));
        let connections = through.map(|(_, connection)| connection.clone()).collect();
        triggers.push(OfferedTrigger {
            event: kind.event,
            fields,
            connections,
            waits,
            from_zero,
            dated,
            chat,
            order,
            contact,
        });
    }
    let member = |member: MemberView| OfferedMember {
        id: member.user_id,
        may_decide: member.active && member.role.allows(Permission::RulesRead),
        name: member.name,
        active: member.active,
    };
    let members = store::organisations::members(cx.db(), cx.organisation, None).await?;
    Ok(RuleOffer {
        triggers,
        members: members.into_iter().map(member).collect(),
        reviewers: able(cx, "invite").await?,
        callers: able(cx, "call").await?,
        services: services.iter().flat_map(|(provider, connection)| calls(provider, connection)).collect(),
        recipes: recipes::RECIPES.iter().map(|recipe| recipe.key.to_owned()).collect(),
    })
}

/// Connections that can do this; where it goes to an address, those that have one.
pub(super) async fn able(cx: &Cx, action: &str) -> Result<Vec<OfferedConnection>> {
    let all = store::connections::list(cx.db(), cx.organisation, EventId::make(cx.now, &[0; 10])).await?;
    let all = all.into_iter().filter(|connection| is_able(&connection.provider, &connection.settings, action));
    Ok(all.map(|connection| OfferedConnection { id: connection.id, name: connection.name }).collect())
}

/// What a service lets rules do. Whether something is still as it was left is asked only when it is taken back.
fn calls(provider: &str, connection: &OfferedConnection) -> Vec<OfferedCall> {
    let Some(spec) = connectors::find(provider).map(|connector| connector.spec()) else { return Vec::new() };
    let call = |step: &connectors::ServiceStep| {
        let action = spec.actions.iter().find(|action| action.id == step.action)?;
        let inputs = action.inputs.iter().filter(|input| input.name != "expect");
        Some(OfferedCall {
            connection: connection.clone(),
            provider: provider.to_owned(),
            action: step.action.to_owned(),
            inputs: inputs.map(|input| (input.name.to_owned(), input.required)).collect(),
            undoable: step.undo.is_some(),
        })
    };
    spec.steps.iter().filter_map(call).collect()
}

/// Whether a connection of this provider with these settings can do this.
pub(super) fn is_able(provider: &str, settings: &serde_json::Value, action: &str) -> bool {
    let Some(spec) = connectors::find(provider).map(|connector| connector.spec()) else { return false };
    let has_address = settings.get("url").and_then(serde_json::Value::as_str).is_some_and(|url| !url.is_empty());
    spec.actions.iter().any(|known| known.id == action) && (action != "call" || has_address)
}

/// What lately happened of this kind, to try a draft on; newest first. What was recorded is taken as it was then; before
/// anything was, orders and chats as they are now.
pub async fn recent(cx: &Cx, event: &str) -> Result<Vec<RecentObject>> {
    cx.allow(Permission::RulesRead)?;
    let kind = offer::kind(event).ok_or(ErrorCode::NotFound)?;
    if cx.sees_all().is_err() {
        return Ok(Vec::new());
    }
    let recorded = store::occasions::latest(cx.db(), cx.organisation, event, RECENT).await?;
    if !recorded.is_empty() || matches!(kind.about(), About::Foreign | About::Moment) {
        return Ok(recorded.into_iter().map(recorded_object).collect());
    }
    if kind.about() == About::Contact {
        let contacts = store::contacts::list(cx.db(), cx.sight(), None, None, RECENT).await?;
        let one = |contact: ContactView| RecentObject {
            occasion: None,
            kind: "contact".into(),
            id: contact.id.to_string(),
            contact_name: contact.name,
            contact_phone: contact.phone,
            number: None,
            at: contact.created_at,
        };
        return Ok(contacts.into_iter().map(one).collect());
    }
    if kind.about() == About::Order {
        let query = store::orders::OrderQuery::default();
        let orders = store::orders::list(cx.db(), cx.sight(), &query, RECENT).await?;
        let one = |order: OrderView| RecentObject {
            occasion: None,
            kind: "order".into(),
            id: order.id.to_string(),
            contact_name: order.contact_name,
            contact_phone: order.contact_phone,
            number: Some(order.number),
            at: order.created_at,
        };
        return Ok(orders.into_iter().map(one).collect());
    }
    let query = store::chats::ChatQuery::default();
    let chats = store::chats::list(cx.db(), cx.sight(), &query, RECENT).await?;
    let one = |chat: ChatView| RecentObject {
        occasion: None,
        kind: "chat".into(),
        id: chat.id.to_string(),
        contact_name: chat.contact_name,
        contact_phone: chat.contact_phone,
        number: None,
        at: chat.last_message_at,
    };
    Ok(chats.into_iter().map(one).collect())
}

fn recorded_object(row: store::occasions::OccasionRow) -> RecentObject {
    let facts: Facts = serde_json::from_value(row.facts).unwrap_or_default();
    let text = |names: [&str; 2]| names.iter().find_map(|name| facts.get(name)?.as_str().map(str::to_owned));
    RecentObject {
        occasion: Some(row.id),
        contact_name: text(["contact.name", "event.name"]).unwrap_or_default(),
        contact_phone: text(["contact.phone", "event.phone"]),
        number: facts.get("order.number").and_then(serde_json::Value::as_i64),
        kind: row.object_kind,
        id: row.id.to_string(),
        at: row.at,
    }
}

/// Everything a rule on this trigger would know about something: recorded, as it was then; an order or a chat, as it is now.
pub async fn facts_of(cx: &Cx, event: &str, id: &str) -> Result<Facts> {
    cx.allow(Permission::RulesRead)?;
    cx.sees_all()?;
    let kind = offer::kind(event).ok_or(ErrorCode::NotFound)?;
    if let Ok(recorded) = id.parse::<OccasionId>()
        && let Some(row) = store::occasions::look(cx.db(), cx.organisation, recorded).await?
        && row.event == event
    {
        return Ok(serde_json::from_value(row.facts).map_err(anyhow::Error::from)?);
    }
    // Dropped without a commit: whatever is read here leaves no trace.
    let mut work: Work = cx.work().await?;
    let occasion = occasion(&mut work, &kind, id).await?;
    facts::gather(&mut work, &occasion).await
}

/// The event as it would be if it happened to this client, order or chat now.
pub(super) async fn occasion(work: &mut Work, kind: &offer::Kind, object_id: &str) -> Result<Occasion> {
    let absent = || ApiError::new(ErrorCode::NotFound).field("object_id");
    match kind.about() {
        About::Order => {
            let id: OrderId = object_id.parse().map_err(|_| absent())?;
            let row = store::orders::look(&mut work.tx, work.organisation, id).await?.ok_or_else(absent)?;
            return Ok(Occasion::order(&kind.event, &row));
        }
        About::Contact => {
            let id: ContactId = object_id.parse().map_err(|_| absent())?;
            store::contacts::row(&mut work.tx, work.organisation, id).await?.ok_or_else(absent)?;
            return Occasion::contact(work, &kind.event, id).await;
        }
        About::Foreign | About::Moment => return Err(absent().into()),
        About::Chat => {}
    }
    let id: ChatId = object_id.parse().map_err(|_| absent())?;
    let row = store::chats::row(&mut work.tx, work.organisation, id).await?.ok_or_else(absent)?;
    let occasion = Occasion::chat(&kind.event, id, row.contact_id);
    if kind.event != "message.received" {
        return Ok(occasion);
    }
    // As if the client's last message came again.
    let inbound = store::rule_page::inbound(&mut work.tx, work.organisation, id).await?;
    let first = inbound.len() == 1;
    Ok(match inbound.into_iter().next() {
        Some((text, kind)) => {
            occasion.with("message.text", text).with("message.kind", json!(kind)).with("message.first", first)
        }
        None => occasion,
    })
}

/// What a filter asks the store for.
pub(super) fn query(filter: &RunFilter) -> Result<RunQuery<'_>> {
    let typed = filter.q.as_deref().map(|q| q.trim().trim_start_matches(['№', '#']));
    Ok(RunQuery {
        rule: filter.rule_id,
        outcome: filter.outcome,
        object: filter.object_id.as_deref(),
        text: typed.and_then(|typed| Some((typed, contacts::patterns(Some(typed))?))),
        before: validate::id_cursor(filter.cursor.as_deref())?,
    })
}

/// Runs with the names of what they are about, newest first.
pub async fn run_lines(cx: &Cx, filter: &RunFilter) -> Result<Page<RunLine>> {
    cx.allow(Permission::RulesRead)?;
    let limit = validate::limit(filter.limit);
    let query = query(filter)?;
    let rows = store::runs::lines(cx.db(), cx.sight(), &query, limit + 1).await?;
    Ok(Page::cut(rows, limit as usize, |row| row.run.id.to_string()))
}

/// One run: «Почему?».
pub async fn run_desk(cx: &Cx, id: RunId) -> Result<RunDesk> {
    cx.allow(Permission::RulesRead)?;
    let line = store::runs::line(cx.db(), cx.sight(), id).await?.ok_or(ErrorCode::NotFound)?;
    let row = store::runs::row(cx.db(), cx.organisation, id).await?.ok_or(ErrorCode::NotFound)?;
    let tree = store::rules::version_tree(cx.db(), cx.organisation, row.rule_id, row.version).await?;
    let tree = tree.and_then(readable);
    let trace: RunTrace = serde_json::from_value(row.trace.clone()).unwrap_or_default();
    let mut rival = None;
    if let Some(other) = row.note.strip_prefix("other_rule:").and_then(|other| other.parse::<RuleId>().ok()) {
        let other = store::rules::one(cx.db(), cx.organisation, cx.now, other).await?;
        rival = other.map(|other| (other.id, other.name));
    }
    let asked = tree.as_ref().and_then(|tree| asked(tree, &row.place));
    let waits = row.outcome == RunOutcome::Waiting && row.waits_for == "approval";
    Ok(RunDesk {
        may_decide: waits && super::decide::entitled(cx, asked),
        can_retry: super::retry::place(&row).is_some(),
        asked,
        rival,
        waits_for: row.waits_for,
        trace,
        tree,
        line,
    })
}

/// Whom the step at this place asks for a decision.
pub(super) fn asked(tree: &RuleTree, place: &str) -> Option<domain::ids::UserId> {
    match place.parse::<Place>().ok()?.act(tree)? {
        Act::Approve { member, .. } => *member,
        _ => None,
    }
}
