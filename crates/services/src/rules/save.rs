//! Making, changing and publishing rules.

use super::list::card;
use super::{existing, offer, recipes};
use crate::{ApiError, Cx, ErrorCode, Result, validate};
use domain::access::Permission;
use domain::ids::RuleId;
use domain::rules::tree::{MOST_BYTES, Malformed};
use domain::rules::{Problem, RuleTree, problems};
use domain::views::{EditRule, PublishRule, RuleCard, RuleState, RuleView, SaveRule};
use serde_json::{Value as Json, json};
use store::rules::RuleRow;

/// Rules of one organisation at most.
const MOST_RULES: i64 = 1_000;

/// Makes a rule; it has a draft and is off.
pub async fn create(cx: &Cx, input: &SaveRule) -> Result<RuleCard> {
    cx.allow(Permission::RulesManage)?;
    let draft = input.draft.clone().ok_or_else(|| ApiError::new(ErrorCode::Required).field("draft"))?;
    let tree = read(&draft)?;
    let name = validate::required("name", input.name.as_deref().unwrap_or_default(), 120)?;
    let mut work = cx.work().await?;
    let (count, position) = store::rules::next_position(&mut work.tx, cx.organisation).await?;
    if count >= MOST_RULES {
        return Err(ApiError::new(ErrorCode::OutOfRange).arg("min", 0).arg("max", MOST_RULES).into());
    }
    let row = RuleRow {
        id: cx.id(),
        name,
        state: RuleState::Off,
        position: input.position.unwrap_or(position),
        draft: json!(tree),
        version: None,
        rev: 1,
    };
    store::rules::insert(&mut work.tx, cx.organisation, &row, cx.now).await?;
    work.journal("rule_created", "rule", row.id, json!({"name": row.name})).await?;
    work.hint("rules", row.id);
    work.commit().await?;
    card(cx, row.id).await
}

/// Makes a rule from a recipe, or an empty one.
pub async fn begin(cx: &Cx, name: &str, recipe: Option<&str>) -> Result<RuleId> {
    cx.allow(Permission::RulesManage)?;
    let draft = match recipe {
        None => recipes::blank(),
        Some(key) => {
            let unknown = || ApiError::new(ErrorCode::NotAllowed).field("recipe");
            let found = recipes::RECIPES.iter().find(|recipe| recipe.key == key).ok_or_else(unknown)?;
            json!(found.tree(cx.person()?).ok_or_else(unknown)?)
        }
    };
    let input = SaveRule { name: Some(name.to_owned()), draft: Some(draft), ..SaveRule::default() };
    Ok(create(cx, &input).await?.rule.id)
}

/// Changes name, state, precedence or draft; what is absent stays. A rule acts only once it is published.
pub async fn update(cx: &Cx, id: RuleId, input: &SaveRule) -> Result<RuleCard> {
    cx.allow(Permission::RulesManage)?;
    let draft = input.draft.as_ref().map(read).transpose()?;
    let mut work = cx.work().await?;
    let before = store::rules::lock(&mut work.tx, cx.organisation, id).await?.ok_or(ErrorCode::NotFound)?;
    if input.rev.is_some_and(|rev| rev != before.rev) {
        return Err(ErrorCode::Stale.into());
    }
    let mut row = before.clone();
    if let Some(name) = &input.name {
        row.name = validate::required("name", name, 120)?;
    }
    if let Some(draft) = draft {
        row.draft = json!(draft);
    }
    row.position = input.position.unwrap_or(row.position);
    if let Some(state) = input.state {
        if state != RuleState::Off && row.version.is_none() {
            return Err(ApiError::new(ErrorCode::NotAllowed).field("state").into());
        }
        row.state = state;
    }
    if row != before {
        store::rules::update(&mut work.tx, cx.organisation, &row, cx.now).await?;
        if row.state != before.state {
            let args = json!({"name": row.name, "from": before.state, "to": row.state});
            work.journal("rule_state", "rule", id, args).await?;
        } else if row.name != before.name || row.position != before.position {
            work.journal("rule_changed", "rule", id, json!({"name": row.name})).await?;
        }
        work.hint("rules", id);
        work.commit().await?;
    }
    card(cx, id).await
}

/// Changes a rule from its page; answers the rule as it is now.
pub async fn edit(cx: &Cx, id: RuleId, change: EditRule) -> Result<RuleView> {
    let draft = change.draft.map(|tree| json!(tree));
    let input = SaveRule { name: change.name, state: change.state, draft, rev: change.rev, position: None };
    Ok(update(cx, id, &input).await?.rule)
}

/// Makes the draft the version that acts, and switches the rule on unless it runs in the shadow.
pub async fn publish(cx: &Cx, id: RuleId, how: &PublishRule) -> Result<RuleCard> {
    cx.allow(Permission::RulesManage)?;
    let mut work = cx.work().await?;
    let mut row = store::rules::lock(&mut work.tx, cx.organisation, id).await?.ok_or(ErrorCode::NotFound)?;
    if how.rev.is_some_and(|rev| rev != row.rev) {
        return Err(ErrorCode::Stale.into());
    }
    let tree = read(&row.draft)?;
    let found = faults(&tree);
    if let Some(first) = found.first() {
        let error = ApiError::new(ErrorCode::RuleInvalid).arg("count", found.len()).arg("at", &first.at);
        return Err(error.arg("problem", first.code).field("draft").into());
    }
    let event = &tree.trigger.event;
    let version =
        store::rules::insert_version(&mut work.tx, cx.organisation, id, event, &row.draft, cx.user(), cx.now).await?;
    row.version = Some(version);
    if row.state == RuleState::Off {
        row.state = RuleState::On;
    }
    store::rules::update(&mut work.tx, cx.organisation, &row, cx.now).await?;
    work.journal("rule_published", "rule", id, json!({"name": row.name, "version": version})).await?;
    if how.existing {
        existing::run(&mut work, &row, version, &tree).await?;
    }
    work.hint("rules", id);
    work.commit().await?;
    card(cx, id).await
}

/// Reads a tree from outside: bounded, known words only.
fn read(draft: &Json) -> Result<RuleTree> {
    let refuse = |why: Malformed| ApiError::new(ErrorCode::BadRequest).arg("reason", why).field("draft");
    let text = draft.to_string();
    if text.len() > MOST_BYTES {
        return Err(refuse(Malformed::TooLong).into());
    }
    // PostgreSQL stores no NUL character.
    if text.contains("\\u0000") {
        return Err(refuse(Malformed::Json("a NUL character".into())).into());
    }
    Ok(RuleTree::parse(&text).map_err(refuse)?)
}

/// What keeps a tree from being published.
pub(super) fn faults(tree: &RuleTree) -> Vec<Problem> {
    let kind = offer::kind(&tree.trigger.event);
    let fields = kind.map(offer::Kind::fields).unwrap_or_default();
    let mut found = problems(tree, kind.map(|kind| kind.offer(&fields)).as_ref());
    let review = tree.steps().iter().any(|step| matches!(step.act, domain::rules::Act::InviteToReview { .. }));
    if review {
        // No connector of this program invites yet.
        let code = domain::rules::check::ProblemCode::Gone;
        found.push(Problem { at: "then".into(), code, what: "connection_id".into() });
    }
    found
}
