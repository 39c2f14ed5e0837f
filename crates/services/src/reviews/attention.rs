//! What needs a person: invitations that failed or may not have arrived, bad reviews nobody has answered; and what is still
//! missing before anybody is invited at all.

use super::list;
use crate::{Cx, Result};
use domain::ids::{EventId, Id};
use domain::views::*;

/// So many of each kind are shown; the rest is one press away.
const FEW: u32 = 4;
/// Reviews with so many stars or fewer should not stand alone.
pub const BAD: i64 = 2;

/// Everything that needs a person now. Each list checks the right to read.
pub async fn attention(cx: &Cx) -> Result<ReviewAttention> {
    let in_state = |state| InvitationFilter { state: Some(state), limit: Some(FEW), ..Default::default() };
    let bad = ReviewFilter { max_stars: Some(BAD), unanswered: Some(true), limit: Some(FEW), ..Default::default() };
    Ok(ReviewAttention {
        unknown: list::invitations(cx, &in_state(InvitationState::Unknown)).await?,
        failed: list::invitations(cx, &in_state(InvitationState::Failed)).await?,
        reviews: list::reviews(cx, &bad).await?,
        setup: setup(cx).await?,
    })
}

async fn setup(cx: &Cx) -> Result<ReviewSetup> {
    let (mut inviter, mut source) = (false, false);
    for connection in store::connections::list(cx.db(), cx.organisation, EventId::make(cx.now, &[0; 10])).await? {
        let Some(spec) = connectors::find(&connection.provider).map(|connector| connector.spec()) else { continue };
        inviter |= spec.actions.iter().any(|action| action.id == "invite");
        source |= spec.triggers.iter().any(|trigger| trigger.kind == "conversation_closed");
    }
    Ok(ReviewSetup { inviter, source, rule: store::reviews::inviting(cx.db(), cx.organisation).await? })
}
