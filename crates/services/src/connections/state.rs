//! Pausing a connection whose sign-in is refused, and letting its jobs go again. Nothing waiting is lost.

use crate::{Result, Work};
use domain::ids::ConnectionId;
use domain::views::ConnectionState;

/// The provider refuses us: sending waits, the team is told once.
pub async fn pause_for_reauth(
    work: &mut Work,
    id: ConnectionId,
    provider: &str,
    code: &str,
    detail: &str,
) -> Result<()> {
    store::connections::call_failed(&mut work.tx, work.organisation, id, detail, work.now).await?;
    if store::connections::set_state(&mut work.tx, work.organisation, id, ConnectionState::Reauth).await? {
        let held = store::jobs::hold(&mut work.tx, work.organisation, id).await?;
        let args = serde_json::json!({"provider": provider, "code": code, "detail": detail, "held": held});
        work.journal_at("error", "connection_refused", "connection", id, args).await?;
    }
    forget(work, id);
    work.hint("connections", id);
    Ok(())
}

/// The connection works (again): held jobs go on.
pub async fn resume(work: &mut Work, id: ConnectionId) -> Result<()> {
    if store::connections::set_state(&mut work.tx, work.organisation, id, ConnectionState::Active).await? {
        work.journal("connection_resumed", "connection", id, serde_json::json!({})).await?;
    }
    let released = store::jobs::unhold(&mut work.tx, work.organisation, id, work.now).await?;
    if released > 0 {
        work.expect_jobs();
    }
    forget(work, id);
    work.hint("connections", id);
    Ok(())
}

/// What was read of it is old once this is durable; forgotten earlier it would be read again as it was.
fn forget(work: &mut Work, id: ConnectionId) {
    let app = work.app.clone();
    work.after_commit(move || app.connections.forget(id));
}
