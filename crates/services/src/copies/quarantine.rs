//! What a restored database must not do by itself: what waits in it to be sent may have been sent since the copy was made,
//! so everything waits behind a stop until a person decides. Whoever was signed in signs in again.

use crate::{App, Result, Work, connections};
use std::sync::Arc;
use store::Tx;
use store::jobs::Cause;

/// What was held.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Quarantined {
    pub organisations: u64,
    /// Sends that wait for a person.
    pub held: u64,
    /// Connections that must be signed in anew, since the key of the copy is not here.
    pub locked: u64,
}

/// Puts what the transaction has restored into quarantine, and commits.
pub(super) async fn begin(app: &Arc<App>, mut tx: Tx, made_at: i64) -> Result<Quarantined> {
    store::accounts::end_all_sessions(&mut tx).await?;
    store::nodes::clear(&mut tx).await?;
    crate::push::part_with_lost_key(app, &mut tx).await?;
    let organisations = store::organisations::all_in(&mut tx).await?;
    let mut done = Quarantined { organisations: organisations.len() as u64, ..Default::default() };
    let Some(first) = organisations.first() else {
        tx.commit().await?;
        return Ok(done);
    };
    let nobody = || Cause { kind: "system", id: None, chain: String::new(), depth: 0 };
    let mut work = Work::on(tx, app, *first, ("system", None), nobody(), app.clock.now());
    for organisation in organisations {
        work.turn_to(organisation, ("system", None), nobody()).await?;
        let (id, now) = (work.id(), work.now);
        let held = store::stops::quarantine(&mut work.tx, organisation, id, made_at, now).await?;
        done.held += held;
        done.locked += connections::part_with_lost_secrets(&mut work).await?;
        let args = serde_json::json!({"made_at": made_at, "count": held});
        work.journal_at("warning", "database_restored", "organisation", organisation, args).await?;
        work.hint("stops", "");
    }
    work.commit().await?;
    Ok(done)
}
