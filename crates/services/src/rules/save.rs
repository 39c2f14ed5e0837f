//! Making, changing and publishing rules.

use super::list::card;
use super::{examples, existing, guard, offer, recipes};
use crate::changes;
use crate::{ApiError, Cx, ErrorCode, Result, validate};
use domain::access::Permission;
use domain::ids::{ConnectionId, RuleId, UserId};
use domain::rules::check::ProblemCode;
use domain::rules::tree::{MOST_BYTES, Malformed};
use domain::rules::{Act, CallField, Problem, RuleTree, Step, problems};
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
        ceiling: input.ceiling.map_or(Ok(guard::CEILING), guard::checked)?,
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
            let reviewer = super::look::able(cx, "invite").await?.first().map(|connection| connection.id);
            let named = recipes::Named { member: cx.person()?, reviewer };
            json!(found.tree(named).ok_or_else(unknown)?)
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
    row.ceiling = input.ceiling.map_or(Ok(row.ceiling), guard::checked)?;
    if let Some(state) = input.state {
        if state.listens() && row.version.is_none() {
            return Err(ApiError::new(ErrorCode::NotAllowed).field("state").into());
        }
        row.state = state;
    }
    if row != before {
        store::rules::update(&mut work.tx, cx.organisation, &row, cx.now).await?;
        work.memo.listening.clear();
        let changes = changes::between(&facts(&before), &facts(&row));
        if row.state != before.state {
            let args = json!({"name": row.name, "to": row.state, "changes": changes});
            work.journal("rule_state", "rule", id, args).await?;
            if !row.state.listens() {
                guard::stopped(&mut work, &row).await?;
            }
        } else if !changes.is_empty() {
            work.journal("rule_changed", "rule", id, json!({"name": row.name, "changes": changes})).await?;
        }
        work.hint("rules", id);
        work.commit().await?;
    }
    card(cx, id).await
}

/// What the journal compares. A draft does not act; what acts is known by its version.
fn facts(row: &RuleRow) -> Json {
    json!({
        "name": row.name, "state": row.state, "position": row.position, "ceiling": row.ceiling, "version": row.version,
    })
}

/// Changes a rule from its page; answers the rule as it is now.
pub async fn edit(cx: &Cx, id: RuleId, change: EditRule) -> Result<RuleView> {
    let draft = change.draft.map(|tree| json!(tree));
    let EditRule { name, state, ceiling, rev, .. } = change;
    let input = SaveRule { name, state, ceiling, draft, rev, ..SaveRule::default() };
    Ok(update(cx, id, &input).await?.rule)
}

/// Gives a rule precedence over the one before it, or lets the one behind it go first. At the end of the list nothing happens.
pub async fn shift(cx: &Cx, id: RuleId, earlier: bool) -> Result<()> {
    cx.allow(Permission::RulesManage)?;
    let mut work = cx.work().await?;
    let row = store::rules::lock(&mut work.tx, cx.organisation, id).await?.ok_or(ErrorCode::NotFound)?;
    let mut order = store::rules::order(&mut work.tx, cx.organisation).await?;
    let place = order.iter().position(|rule| rule.0 == id).ok_or(ErrorCode::NotFound)?;
    let other = if earlier { place.checked_sub(1) } else { Some(place + 1).filter(|other| *other < order.len()) };
    let Some(other) = other else { return Ok(()) };
    order.swap(place, other);
    for (position, (rule, before)) in (1..).zip(order) {
        if position != before {
            store::rules::set_position(&mut work.tx, cx.organisation, rule, position).await?;
        }
    }
    let changes = [changes::one("position", place + 1, other + 1)];
    work.journal("rule_changed", "rule", id, json!({"name": row.name, "changes": changes})).await?;
    work.hint("rules", id);
    work.commit().await
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
    let mut found = faults(cx, &tree).await?;
    found.extend(examples::betrayed(cx, id, &tree).await?);
    if let Some(first) = found.first() {
        let error = ApiError::new(ErrorCode::RuleInvalid).arg("count", found.len()).arg("at", &first.at);
        return Err(error.arg("problem", first.code).field("draft").into());
    }
    let event = &tree.trigger.event;
    let version =
        store::rules::insert_version(&mut work.tx, cx.organisation, id, event, &row.draft, cx.user(), cx.now).await?;
    let before = facts(&row);
    row.version = Some(version);
    if !row.state.listens() {
        row.state = RuleState::On;
    }
    store::rules::update(&mut work.tx, cx.organisation, &row, cx.now).await?;
    work.memo.listening.clear();
    let changes = changes::between(&before, &facts(&row));
    let args = json!({"name": row.name, "version": version, "changes": changes});
    work.journal("rule_published", "rule", id, args).await?;
    if how.existing {
        existing::run(&mut work, &row, version, tree).await?;
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
pub(super) async fn faults(cx: &Cx, tree: &RuleTree) -> Result<Vec<Problem>> {
    let kind = offer::kind(&tree.trigger.event);
    let fields = match &kind {
        Some(kind) => kind.fields_in(cx, tree.trigger.connection_id).await?,
        None => Vec::new(),
    };
    let mut found = problems(tree, kind.as_ref().map(|kind| kind.offer(&fields)).as_ref());
    found.extend(gone(cx, tree).await?);
    Ok(found)
}

/// Members and connections it names that are not there (any more), or cannot do what it wants of them.
async fn gone(cx: &Cx, tree: &RuleTree) -> Result<Vec<Problem>> {
    let named = named(tree);
    let mut found = Vec::new();
    let gone = |at: &str, what: &str| Problem { at: at.to_owned(), code: ProblemCode::Gone, what: what.to_owned() };
    if named.iter().any(|(_, thing)| matches!(thing, Named::Member(_))) {
        let members = store::organisations::members(cx.db(), cx.organisation, None).await?;
        for (at, thing) in &named {
            if let Named::Member(id) = thing
                && !members.iter().any(|member| member.user_id == *id && member.active)
            {
                found.push(gone(at, "member"));
            }
        }
    }
    for (at, thing) in &named {
        let (id, action) = match thing {
            Named::Member(_) => continue,
            Named::Source(id) => (*id, None),
            Named::Acting(id, action) => (*id, Some(action)),
            Named::Step(id, action, fields) => {
                let provider = store::connections::row(cx.db(), cx.organisation, *id).await?.map(|row| row.provider);
                let spec = provider.and_then(|provider| connectors::find(&provider)).map(|connector| connector.spec());
                let known = spec.filter(|spec| spec.steps.iter().any(|step| step.action == action));
                let Some(inputs) = known.and_then(|spec| spec.actions.iter().find(|it| it.id == action)) else {
                    found.push(gone(at, "connection_id"));
                    continue;
                };
                let given = |name: &str| fields.iter().any(|field| field.name == name && !field.text.trim().is_empty());
                let strange = |field: &CallField| !inputs.inputs.iter().any(|input| input.name == field.name);
                if inputs.inputs.iter().any(|input| input.required && !given(input.name)) {
                    found.push(Problem { at: at.clone(), code: ProblemCode::EmptyText, what: String::new() });
                }
                if fields.iter().any(strange) {
                    found.push(Problem { at: at.clone(), code: ProblemCode::WrongValue, what: "name".into() });
                }
                continue;
            }
        };
        let row = store::connections::row(cx.db(), cx.organisation, id).await?;
        let fits = row.is_some_and(|row| match (action, connectors::find(&row.provider)) {
            (Some(action), _) => super::look::is_able(&row.provider, &row.settings, action),
            (None, None) => false,
            (None, Some(c)) => tree.trigger.event.starts_with(c.spec().id) || c.spec().channel.is_some(),
        });
        if !fits {
            found.push(gone(at, "connection_id"));
        }
    }
    Ok(found)
}

/// Something of the organisation that a rule names.
enum Named {
    Member(UserId),
    Source(ConnectionId),
    /// A connection that is to do this.
    Acting(ConnectionId, String),
    /// A call of a service, with its inputs.
    Step(ConnectionId, String, Vec<CallField>),
}

/// Everything a rule names, with its place.
fn named(tree: &RuleTree) -> Vec<(String, Named)> {
    fn steps(list: &[Step], at: &str, found: &mut Vec<(String, Named)>) {
        for (n, step) in list.iter().enumerate() {
            let at = format!("{at}/{n}");
            match &step.act {
                Act::Assign { member: Some(id) }
                | Act::Approve { member: Some(id), .. }
                | Act::Notify { member: id, .. } => {
                    found.push((at.clone(), Named::Member(*id)));
                }
                Act::InviteToReview { connection_id, .. } => {
                    found.push((at.clone(), Named::Acting(*connection_id, "invite".into())));
                }
                Act::CallWebhook { connection_id, .. } => {
                    found.push((at.clone(), Named::Acting(*connection_id, "call".into())));
                }
                Act::UseService { connection_id, action, fields } => {
                    found.push((at.clone(), Named::Step(*connection_id, action.clone(), fields.clone())));
                }
                _ => {}
            }
            for (inside, letter) in step.act.inside().into_iter().zip(["t", "o"]) {
                steps(inside.unwrap_or_default(), &format!("{at}/{letter}"), found);
            }
        }
    }
    let mut found = Vec::new();
    if let Some(id) = tree.trigger.connection_id {
        found.push(("trigger".into(), Named::Source(id)));
    }
    steps(&tree.then, "then", &mut found);
    found
}
