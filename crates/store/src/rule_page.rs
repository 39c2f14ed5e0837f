//! What the pages of rules ask beside the rules themselves: firings by day, runs with the names of what they are about, and a
//! run taken for changing.

use crate::rules::{RunQuery, RunRow};
use crate::{Db, Result, Tx};
use domain::chats::MessageKind;
use domain::ids::*;
use domain::views::RunLine;
use serde_json::Value as Json;

const FIRED: &str = "SELECT rule_id, (started_at - $2) / 86400000 AS day, COUNT(*) AS count FROM rule_runs
    WHERE organisation_id = $1 AND started_at >= $2 AND outcome IN ('done', 'waiting') GROUP BY rule_id, 2";

/// How often each rule did something, by days counted from `since`.
pub async fn fired(db: &Db, organisation: OrganisationId, since: i64) -> Result<Vec<(RuleId, i64, i64)>> {
    read!(db, c => sqlx::query_as::<_, (RuleId, i64, i64)>(FIRED).bind(organisation).bind(since).fetch_all(c))
}

const DRAFTS: &str = "SELECT id, draft FROM rules WHERE organisation_id = $1 AND version IS NULL LIMIT 1000";

/// Drafts of the rules never published.
pub async fn drafts(db: &Db, organisation: OrganisationId) -> Result<Vec<(RuleId, Json)>> {
    read!(db, c => sqlx::query_as::<_, (RuleId, Json)>(DRAFTS).bind(organisation).fetch_all(c))
}

const INBOUND: &str = "SELECT text, kind FROM messages WHERE organisation_id = $1 AND chat_id = $2 AND sender = 'customer' ORDER BY id DESC LIMIT 2";

/// The client's last two messages in a chat, newest first: text and kind.
pub async fn inbound(tx: &mut Tx, organisation: OrganisationId, chat: ChatId) -> Result<Vec<(String, MessageKind)>> {
    write!(tx, c => sqlx::query_as::<_, (String, MessageKind)>(INBOUND).bind(organisation).bind(chat).fetch_all(c))
}

const RUNS: &str = "SELECT n.id, n.rule_id, r.name AS rule_name, n.version, n.occasion_id, n.shadow, n.outcome, n.note, n.object_kind, n.object_id, n.contact_id,
      n.chat_id, n.order_id, n.run_at, n.started_at, n.ended_at, k.name AS contact_name, k.phone AS contact_phone, o.number AS order_number
    FROM rule_runs n JOIN rules r ON r.organisation_id = n.organisation_id AND r.id = n.rule_id
      LEFT JOIN contacts k ON k.organisation_id = n.organisation_id AND k.id = n.contact_id
      LEFT JOIN orders o ON o.organisation_id = n.organisation_id AND o.id = n.order_id
    WHERE n.organisation_id = $1 AND ($2 IS NULL OR n.rule_id = $2) AND ($3 IS NULL OR n.outcome = $3) AND ($4 IS NULL OR n.object_id = $4)
      AND ($5 IS NULL OR n.id < $5) AND ($6 IS NULL OR n.id = $6)
    ORDER BY n.id DESC LIMIT $7";

/// A page of runs, newest first.
pub async fn runs(db: &Db, organisation: OrganisationId, q: &RunQuery<'_>, limit: i64) -> Result<Vec<RunLine>> {
    read!(db, c => sqlx::query_as::<_, RunLine>(RUNS).bind(organisation).bind(q.rule).bind(q.outcome).bind(q.object).bind(q.before)
        .bind(None::<RunId>).bind(limit).fetch_all(c))
}

/// One run.
pub async fn run(db: &Db, organisation: OrganisationId, id: RunId) -> Result<Option<RunLine>> {
    read!(db, c => sqlx::query_as::<_, RunLine>(RUNS).bind(organisation).bind(None::<RuleId>).bind(None::<String>).bind(None::<String>)
        .bind(None::<RunId>).bind(id).bind(1_i64).fetch_optional(c))
}

// An update that changes nothing takes the row's lock on both engines.
const LOCK_RUN: &str = "UPDATE rule_runs SET note = note WHERE organisation_id = $1 AND id = $2
    RETURNING organisation_id, id, rule_id, version, shadow, outcome, note, object_kind, object_id, contact_id, chat_id, order_id, place,
      waits_for, run_at, occasion_id, trace, cause_kind, cause_id, chain, depth, started_at, ended_at";

/// A run for changing; nobody else goes on with it until the transaction ends.
pub async fn lock_run(tx: &mut Tx, organisation: OrganisationId, id: RunId) -> Result<Option<RunRow>> {
    write!(tx, c => sqlx::query_as::<_, RunRow>(LOCK_RUN).bind(organisation).bind(id).fetch_optional(c))
}

const ACTED_ON: &str = "SELECT DISTINCT object_id FROM rule_runs
    WHERE organisation_id = $1 AND rule_id = $2 AND NOT shadow AND outcome IN ('done', 'waiting', 'failed')";

/// What a rule has acted on so far, in any of its versions.
pub async fn acted_on(tx: &mut Tx, organisation: OrganisationId, rule: RuleId) -> Result<Vec<String>> {
    write!(tx, c => sqlx::query_scalar::<_, String>(ACTED_ON).bind(organisation).bind(rule).fetch_all(c))
}
