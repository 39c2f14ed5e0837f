//! The journal: one line per thing that happened, as a code with arguments.

use crate::{Db, Result, Tx};
use domain::ids::*;
use domain::views::JournalView;
use serde_json::Value as Json;

/// A line to write.
#[derive(Clone, Debug)]
pub struct NewLine<'a> {
    pub id: JournalId,
    pub at: i64,
    pub level: &'a str,
    pub code: &'a str,
    pub args: Json,
    pub actor_kind: &'a str,
    pub actor_id: Option<String>,
    pub object_kind: &'a str,
    pub object_id: &'a str,
    pub cause: Option<(&'a str, String)>,
}

const INSERT: &str = "INSERT INTO journal (organisation_id, id, at, level, code, args, actor_kind, actor_id, object_kind, object_id, cause_kind, cause_id)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";

/// Writes a line.
pub async fn insert(tx: &mut Tx, organisation: OrganisationId, line: &NewLine<'_>) -> Result<()> {
    let (cause_kind, cause_id) = line.cause.clone().unzip();
    execute!(
        tx,
        INSERT,
        organisation,
        line.id,
        line.at,
        line.level,
        line.code,
        &line.args,
        line.actor_kind,
        line.actor_id.as_deref(),
        line.object_kind,
        line.object_id,
        cause_kind,
        cause_id
    )
    .map(|_| ())
}

const LIST: &str = "SELECT j.id, j.at, j.level, j.code, j.args, j.actor_kind, j.actor_id, u.name AS actor_name, j.object_kind, j.object_id, j.cause_kind, j.cause_id
    FROM journal j LEFT JOIN users u ON u.id = j.actor_id
    WHERE j.organisation_id = $1 AND ($2 IS NULL OR j.id < $2) AND ($3 IS NULL OR j.level = $3)
      AND ($4 IS NULL OR j.object_kind = $4) AND ($5 IS NULL OR j.object_id = $5) AND ($6 IS NULL OR j.cause_id = $6)
      AND ($7 IS NULL OR j.actor_id = $7)
      AND ($8 IS NULL OR (j.object_kind = 'rule' AND j.object_id = $8)
        OR (j.cause_kind = 'run' AND j.cause_id IN (SELECT r.id FROM rule_runs r WHERE r.organisation_id = $1 AND r.rule_id = $8))
        OR (j.cause_kind = 'job' AND j.cause_id IN (SELECT q.id FROM jobs q JOIN rule_runs r ON r.organisation_id = q.organisation_id
          AND r.id = q.cause_id WHERE q.organisation_id = $1 AND q.cause_kind = 'run' AND r.rule_id = $8)))
    ORDER BY j.id DESC LIMIT $9";

/// Which lines a list shows; absent fields do not narrow.
#[derive(Clone, Debug, Default)]
pub struct LineFilter<'a> {
    pub before: Option<JournalId>,
    pub level: Option<&'a str>,
    pub object_kind: Option<&'a str>,
    pub object_id: Option<&'a str>,
    pub cause: Option<&'a str>,
    pub actor: Option<UserId>,
    /// What came of a rule's runs, and what was done to the rule.
    pub rule: Option<RuleId>,
}

/// Newest first.
pub async fn list(db: &Db, organisation: OrganisationId, f: &LineFilter<'_>, limit: i64) -> Result<Vec<JournalView>> {
    read!(db, c => sqlx::query_as::<_, JournalView>(LIST).bind(organisation).bind(f.before).bind(f.level).bind(f.object_kind).bind(f.object_id)
        .bind(f.cause).bind(f.actor).bind(f.rule).bind(limit).fetch_all(c))
}
