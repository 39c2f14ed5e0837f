//! Leasing jobs: whose turn it is, and what they get. How much waits must not matter: fifty thousand jobs of one organisation
//! are never walked to find one of another, nor those of a full connection to find one of a free.

use crate::{Engine, Result, Tx};
use domain::ids::*;
use serde_json::Value as Json;

/// A leased job.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct LeasedJob {
    pub organisation_id: OrganisationId,
    pub id: JobId,
    pub kind: String,
    pub connection_id: Option<ConnectionId>,
    pub order_key: String,
    pub attempts: i64,
    pub max_attempts: i64,
    /// Fencing token: grows with every lease.
    pub calls: i64,
    pub payload: Json,
    pub object_kind: String,
    pub object_id: String,
    pub chain: String,
    pub depth: i64,
    pub created_at: i64,
}

// `LIMIT 1 OFFSET 0` keeps «no earlier one» a question asked for each job: as the join PostgreSQL would make of it, without
// statistics, everything that waits is compared with everything that waits.
const CLAIM: &str = "UPDATE jobs SET state = 'running', calls = calls + 1, lease_until = $2, lease_node = $3, lease_boot = $4
    WHERE (organisation_id, id) IN (
      SELECT j.organisation_id, j.id FROM jobs j
      WHERE j.organisation_id = $6 AND j.state = 'ready' AND j.run_at <= $1 /*through*/
        AND NOT EXISTS (SELECT 1 FROM jobs k WHERE k.organisation_id = j.organisation_id AND k.order_key = j.order_key
                        AND k.state IN ('ready', 'running') AND k.id < j.id LIMIT 1 OFFSET 0)
      ORDER BY j.run_at, j.id LIMIT $5 /*lock*/)
    RETURNING organisation_id, id, kind, connection_id, order_key, attempts, max_attempts, calls, payload, object_kind, object_id, chain, depth, created_at";

/// Whose jobs a claim takes. Each way has its index; a filter instead would walk whatever waits behind a full connection.
#[derive(Clone, Copy, Debug)]
enum Through {
    Any,
    Connection(ConnectionId),
    None,
}

fn claim_sql(engine: Engine, through: Through) -> String {
    let through = match through {
        Through::Any => "",
        Through::Connection(_) => "AND j.connection_id = $7",
        Through::None => "AND j.connection_id IS NULL",
    };
    let lock = match engine {
        Engine::Sqlite => "",
        Engine::Postgres => "FOR UPDATE OF j SKIP LOCKED",
    };
    CLAIM.replace("/*through*/", through).replace("/*lock*/", lock)
}

/// Who leases, and for how long.
#[derive(Clone, Copy, Debug)]
pub struct Lease<'a> {
    pub now: i64,
    pub until: i64,
    pub node: &'a str,
    pub boot: &'a str,
}

/// Leases due jobs of an organisation, one per order key at a time, and none of the connections `spared`. Oldest first; where
/// some are spared, connection by connection.
pub async fn claim(
    tx: &mut Tx,
    organisation: OrganisationId,
    lease: Lease<'_>,
    spared: &[ConnectionId],
    limit: i64,
) -> Result<Vec<LeasedJob>> {
    if spared.is_empty() {
        return claim_through(tx, organisation, lease, Through::Any, limit).await;
    }
    let others = write!(tx, c => sqlx::query_scalar::<_, ConnectionId>(THROUGH).bind(organisation).bind(lease.now).fetch_all(c))?;
    let others = others.into_iter().filter(|connection| !spared.contains(connection)).map(Through::Connection);
    let mut came = Vec::new();
    for through in std::iter::once(Through::None).chain(others) {
        let rest = limit - came.len() as i64;
        if rest <= 0 {
            break;
        }
        came.extend(claim_through(tx, organisation, lease, through, rest).await?);
    }
    Ok(came)
}

async fn claim_through(
    tx: &mut Tx,
    organisation: OrganisationId,
    lease: Lease<'_>,
    through: Through,
    limit: i64,
) -> Result<Vec<LeasedJob>> {
    let sql = claim_sql(tx.engine(), through);
    let Lease { now, until, node, boot } = lease;
    macro_rules! run {
        ($t:expr) => {{
            let query = sqlx::query_as::<_, LeasedJob>(&sql);
            let query = query.bind(now).bind(until).bind(node).bind(boot).bind(limit).bind(organisation);
            let query = match through {
                Through::Connection(id) => query.bind(id),
                _ => query,
            };
            query.fetch_all(&mut **$t).await?
        }};
    }
    Ok(match tx {
        Tx::Sqlite(t) => run!(t),
        Tx::Postgres(t) => run!(t),
    })
}

// From one connection to the next by the index, as below.
const THROUGH: &str = "WITH RECURSIVE line (c) AS (
      SELECT MIN(connection_id) FROM jobs WHERE organisation_id = $1 AND state = 'ready'
      UNION ALL
      SELECT (SELECT MIN(j.connection_id) FROM jobs j WHERE j.organisation_id = $1 AND j.state = 'ready' AND j.connection_id > line.c)
      FROM line WHERE line.c IS NOT NULL)
    SELECT c FROM line WHERE c IS NOT NULL
      AND EXISTS (SELECT 1 FROM jobs d WHERE d.organisation_id = $1 AND d.state = 'ready' AND d.connection_id = line.c AND d.run_at <= $2)";

// From one to the next by the index: what waits is not walked, however much it is.
const WAITING: &str = "WITH RECURSIVE line (o) AS (
      SELECT MIN(organisation_id) FROM jobs WHERE state = 'ready'
      UNION ALL
      SELECT (SELECT MIN(j.organisation_id) FROM jobs j WHERE j.state = 'ready' AND j.organisation_id > line.o) FROM line WHERE line.o IS NOT NULL)
    SELECT o FROM line WHERE o IS NOT NULL
      AND EXISTS (SELECT 1 FROM jobs d WHERE d.organisation_id = line.o AND d.state = 'ready' AND d.run_at <= $1)";

/// Organisations whose jobs are due.
pub async fn waiting(tx: &mut Tx, now: i64) -> Result<Vec<OrganisationId>> {
    write!(tx, c => sqlx::query_scalar::<_, OrganisationId>(WAITING).bind(now).fetch_all(c))
}

/// Statements built at run time, for the test that prepares every statement on both engines.
pub fn built_statements(engine: Engine) -> Vec<String> {
    let one = Through::Connection(<ConnectionId as domain::ids::Id>::make(0, &[0; 10]));
    vec![claim_sql(engine, Through::Any), claim_sql(engine, one), claim_sql(engine, Through::None)]
}
