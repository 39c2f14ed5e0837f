//! What the pages of rules ask beside the rules and runs themselves: firings by day, drafts, a client's last words.

use crate::{Db, Result, Tx};
use domain::chats::MessageKind;
use domain::ids::*;
use serde_json::Value as Json;

const FIRED: &str = "SELECT rule_id, (started_at - $2) / 86400000 AS day, COUNT(*) AS count FROM rule_runs
    WHERE organisation_id = $1 AND id >= $3 AND outcome IN ('done', 'waiting') GROUP BY rule_id, 2";

/// How often each rule did something, by days counted from `since`.
pub async fn fired(db: &Db, organisation: OrganisationId, since: i64) -> Result<Vec<(RuleId, i64, i64)>> {
    read!(db, c => sqlx::query_as::<_, (RuleId, i64, i64)>(FIRED).bind(organisation).bind(since).bind(RunId::make(since, &[0; 10])).fetch_all(c))
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
