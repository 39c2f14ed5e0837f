//! Chats nobody answers: a trigger of time. Each rule looks at a chat once for every time the client has waited too long.

use super::engine::{happened_to, record};
use super::facts::{Occasion, gather};
use crate::{App, Result, Work};
use domain::rules::RuleTree;
use std::sync::Arc;
use store::jobs::Cause;
use store::rules::Listening;

/// Lets rules act on chats that have waited as long as they say; answers how many there were.
pub async fn run_unanswered(app: &Arc<App>) -> Result<usize> {
    let now = app.clock.now();
    let mut count = 0;
    for rule in store::rule_guard::impatient(&app.db).await? {
        let Ok(tree) = serde_json::from_value::<RuleTree>(rule.tree).map(Arc::new) else { continue };
        let Some(minutes) = tree.trigger.minutes.filter(|minutes| *minutes > 0) else { continue };
        let wait = i64::from(minutes) * 60_000;
        let nobody = Cause { kind: "system", id: None, chain: String::new(), depth: 0 };
        let mut work = Work::begin(app, rule.organisation_id, ("system", None), nobody, now).await?;
        work.cause.chain = work.id::<domain::ids::OccasionId>().to_string();
        // What had waited that long before the rule was published is nothing new.
        let from = rule.published_at - wait;
        let chats =
            store::rule_guard::unanswered(&mut work.tx, rule.organisation_id, rule.id, now - wait, from).await?;
        if chats.is_empty() {
            continue;
        }
        count += chats.len();
        for chat in chats {
            let occasion = Occasion::chat("chat.unanswered", chat.id, chat.contact_id)
                .with("chat.waiting_minutes", (now - chat.waiting_since) / 60_000);
            let facts = gather(&mut work, &occasion).await?;
            let id = record(&mut work, &occasion, &facts).await?;
            let listening = Listening { id: rule.id, state: rule.state, version: rule.version, ceiling: rule.ceiling };
            happened_to(&mut work, id, &occasion, &facts, vec![(listening, Some(tree.clone()))]).await?;
        }
        work.commit().await?;
    }
    Ok(count)
}
