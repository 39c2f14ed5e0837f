//! Stopping a rule: by hand, because it acts too often, or because it starts itself. What it has in the queue is held, and a
//! person says whether it goes out.

use crate::changes;
use crate::{ApiError, Cx, ErrorCode, Result, Work, accounts};
use domain::access::Permission;
use domain::ids::RuleId;
use domain::views::{RuleCard, RuleState};
use serde_json::json;
use store::rules::{Listening, RuleRow};
use texts::Language;

/// Times a minute a new rule may act.
pub const CEILING: i64 = 60;
/// Highest ceiling.
pub const MOST_CEILING: i64 = 100_000;
const MINUTE_MS: i64 = 60_000;

/// Counts that a rule acts; whether that is more often than it may. The minute before counts by the share of it that lies
/// within the last sixty seconds.
pub async fn over(work: &mut Work, rule: &Listening) -> Result<bool> {
    let minute = work.now.div_euclid(MINUTE_MS);
    let now = store::rule_guard::beat(&mut work.tx, work.organisation, rule.id, minute).await?;
    let before = match work.memo.beats.get(&(rule.id, minute - 1)) {
        Some(known) => *known,
        None => {
            let found = store::rule_guard::beats(&mut work.tx, work.organisation, rule.id, minute - 1).await?;
            work.memo.beats.insert((rule.id, minute - 1), found);
            found
        }
    };
    let left = 1.0 - work.now.rem_euclid(MINUTE_MS) as f64 / MINUTE_MS as f64;
    Ok(now as f64 + before as f64 * left > rule.ceiling as f64)
}

/// Switches a rule off that does harm, holds what it has in the queue, and tells the owners.
pub async fn pause(work: &mut Work, id: RuleId, why: &str) -> Result<()> {
    let Some(mut row) = store::rules::lock(&mut work.tx, work.organisation, id).await? else { return Ok(()) };
    if !row.state.listens() {
        return Ok(());
    }
    let changes = [changes::one("state", row.state.as_str(), RuleState::Off.as_str())];
    row.state = RuleState::Off;
    store::rules::update(&mut work.tx, work.organisation, &row, work.now).await?;
    work.memo.listening.clear();
    let held = stopped(work, &row).await?;
    let args = json!({"name": row.name, "why": why, "ceiling": row.ceiling, "held": held, "changes": changes});
    work.journal_at("error", "rule_paused", "rule", id, args).await?;
    let link = format!("{}/rules/{id}", crate::look::address(&work.app, work.organisation).await?);
    let (t, held) = (texts::load(Language::Ru), held.to_string());
    let text = match why {
        "loop" => t.mail_rule_loop(&row.name, &held, &link),
        _ => t.mail_rule_too_often(&row.name, row.ceiling.to_string(), &held, &link),
    };
    for owner in store::rule_guard::owners(&mut work.tx, work.organisation).await? {
        accounts::mail::to_member(work, owner, &text).await?;
    }
    Ok(())
}

/// Holds what a stopped rule has in the queue; answers how many.
pub async fn stopped(work: &mut Work, row: &RuleRow) -> Result<u64> {
    let held = store::rule_guard::hold(&mut work.tx, work.organisation, row.id).await?;
    if held > 0 {
        work.hint("jobs", "");
    }
    work.hint("rules", row.id);
    Ok(held)
}

/// Sends or drops what is held of a rule. Dropped ones are cancelled one by one, so that messages and invitations say so;
/// runs that wait for something end as well.
pub async fn release(cx: &Cx, id: RuleId, send: bool) -> Result<RuleCard> {
    cx.allow(Permission::RulesManage)?;
    let mut work = cx.work().await?;
    let row = store::rules::lock(&mut work.tx, cx.organisation, id).await?.ok_or(ErrorCode::NotFound)?;
    let held = store::rule_guard::held(cx.db(), cx.organisation, id).await?;
    // Somebody else has just decided.
    if held.is_empty() {
        return Err(ErrorCode::JobState.into());
    }
    if send {
        store::rule_guard::release(&mut work.tx, cx.organisation, id, cx.now).await?;
        work.expect_jobs();
    } else {
        for job in &held {
            crate::pipeline::cancel_in(&mut work, *job, None).await?;
        }
        store::rule_guard::drop_waiting(&mut work.tx, cx.organisation, id, cx.now).await?;
    }
    let line = if send { "rule_released" } else { "rule_dropped" };
    work.journal(line, "rule", id, json!({"name": row.name, "count": held.len()})).await?;
    work.hint("rules", id);
    work.hint("runs", id);
    work.commit().await?;
    super::list::card(cx, id).await
}

/// A ceiling somebody typed.
pub fn checked(ceiling: i64) -> Result<i64> {
    match ceiling {
        1..=MOST_CEILING => Ok(ceiling),
        _ => Err(ApiError::new(ErrorCode::OutOfRange).arg("min", 1).arg("max", MOST_CEILING).field("ceiling").into()),
    }
}
