//! Members of the organisation: list, roles, switching off with hand-over of their work, presence.

use crate::changes;
use crate::{Actor, Cx, Error, Result, Work, validate};
use domain::access::{Permission, Presence, Role, Visibility};
use domain::ids::*;
use domain::views::{MemberPlace, MemberView};
use domain::{ApiError, ErrorCode};
use serde_json::json;
use store::organisations::{self as rows, InvitesOf, MemberRow};
use store::walls::Reach;

/// How far back pages show presence.
const WEEK_MS: i64 = 7 * 24 * 60 * 60 * 1000;

/// All members with what is on their plate, active ones first.
pub async fn list(cx: &Cx) -> Result<Vec<MemberView>> {
    cx.allow(Permission::MembersRead)?;
    Ok(rows::members(cx.db(), cx.organisation, None).await?)
}

/// One member.
pub async fn get(cx: &Cx, user: UserId) -> Result<MemberView> {
    cx.allow(Permission::MembersRead)?;
    one(cx, user).await
}

async fn one(cx: &Cx, user: UserId) -> Result<MemberView> {
    let found = rows::members(cx.db(), cx.organisation, Some(user)).await?;
    found.into_iter().next().ok_or_else(|| ErrorCode::NotFound.into())
}

/// Whether this caller may give or take that role. A key never makes owners, whoever made the key.
pub(super) fn may_grant(cx: &Cx, role: Role) -> Result<()> {
    let by = match cx.actor {
        Actor::Member { role, .. } => role,
        Actor::Key { .. } => Role::Admin,
        Actor::System => Role::Owner,
    };
    if by.may_grant(role) { Ok(()) } else { Err(ErrorCode::Forbidden.into()) }
}

/// Begins work in which rules about several members hold: others wait until it ends.
async fn locked(cx: &Cx) -> Result<Work> {
    let mut work = cx.work().await?;
    rows::lock(&mut work.tx, cx.organisation).await?;
    Ok(work)
}

async fn load(work: &mut Work, user: UserId) -> Result<MemberRow> {
    rows::member(&mut work.tx, work.organisation, user).await?.ok_or_else(|| ErrorCode::NotFound.into())
}

/// Somebody must be left who may do everything.
async fn not_the_last_owner(work: &mut Work, member: &MemberRow) -> Result<()> {
    let counts = member.active && member.role == Role::Owner;
    if counts && rows::owners(&mut work.tx, work.organisation).await? <= 1 {
        return Err(ErrorCode::LastOwner.into());
    }
    Ok(())
}

fn hint(work: &mut Work, user: UserId) {
    work.hint("members", user);
    work.hint("me", user);
}

/// Gives a member another role; it applies with their next request.
pub async fn change_role(cx: &Cx, user: UserId, role: Role) -> Result<()> {
    cx.allow(Permission::MembersManage)?;
    let mut work = locked(cx).await?;
    let member = load(&mut work, user).await?;
    may_grant(cx, member.role)?;
    may_grant(cx, role)?;
    if member.role == role {
        return Ok(());
    }
    not_the_last_owner(&mut work, &member).await?;
    rows::set_role(&mut work.tx, cx.organisation, user, role).await?;
    if !role.may_grant(member.role) {
        // Links they made with the rights they lose must not bring them back.
        rows::revoke_invites(&mut work.tx, cx.organisation, InvitesOf::Author(user), cx.now).await?;
        work.hint("members", "");
    }
    let args = json!({"name": member.name, "changes": [changes::one("role", member.role.as_str(), role.as_str())]});
    work.journal("role_changed", "member", user, args).await?;
    hint(&mut work, user);
    work.commit().await
}

/// Most characters of a team's name.
const MOST_TEAM: usize = 60;
/// Most open chats somebody can be given.
pub(super) const MOST_CHATS: i64 = 1_000;

/// Says what a member sees, which team they are of and how much they take; applies with their next request.
pub async fn place(cx: &Cx, user: UserId, input: &MemberPlace) -> Result<MemberView> {
    cx.allow(Permission::MembersManage)?;
    let team = validate::optional("team", &input.team, MOST_TEAM)?;
    let team = team.split_whitespace().collect::<Vec<_>>().join(" ");
    if input.visibility == Visibility::Team && team.is_empty() {
        return Err(ApiError::new(ErrorCode::Required).field("team").into());
    }
    if input.capacity.is_some_and(|most| !(0..=MOST_CHATS).contains(&most)) {
        return Err(ApiError::new(ErrorCode::OutOfRange).arg("min", 0).arg("max", MOST_CHATS).field("capacity").into());
    }
    let mut work = locked(cx).await?;
    // Nobody gets more or less rights by this: owners see everything whatever stands here.
    let member = load(&mut work, user).await?;
    let before = MemberPlace { visibility: member.visibility, team: member.team, capacity: member.capacity };
    let after = MemberPlace { team, ..input.clone() };
    if before == after {
        drop(work);
        return one(cx, user).await;
    }
    rows::set_place(&mut work.tx, cx.organisation, user, after.visibility, &after.team, after.capacity).await?;
    let args = json!({"name": member.name, "changes": changes::between(&json!(before), &json!(after))});
    work.journal("member_place", "member", user, args).await?;
    hint(&mut work, user);
    // Whoever sees others, or is seen, sees something else now.
    work.hint("chats", "");
    work.hint("orders", "");
    work.hint("contacts", "");
    work.commit().await?;
    one(cx, user).await
}

/// How much work changed hands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HandedOver {
    pub chats: usize,
    pub orders: usize,
}

/// Switches a member off. Their open chats and orders go to another active member, or to nobody.
pub async fn deactivate(cx: &Cx, user: UserId, hand_over_to: Option<UserId>) -> Result<HandedOver> {
    cx.allow(Permission::MembersManage)?;
    let mut work = locked(cx).await?;
    let member = load(&mut work, user).await?;
    may_grant(cx, member.role)?;
    if !member.active {
        return Ok(HandedOver::default());
    }
    not_the_last_owner(&mut work, &member).await?;
    let heir = match hand_over_to {
        Some(to) => Some(heir(&mut work, user, to).await?),
        None => None,
    };
    let (organisation, tx) = (cx.organisation, &mut work.tx);
    rows::set_active(tx, organisation, user, false).await?;
    store::push::remove_of_member(tx, organisation, user).await?;
    rows::set_presence(tx, organisation, user, Presence::Offline, cx.now).await?;
    rows::revoke_invites(tx, organisation, InvitesOf::Author(user), cx.now).await?;
    // Whether they work elsewhere is the one question beyond this organisation.
    tx.reach(Reach::Everywhere).await?;
    let elsewhere = rows::active_memberships(tx, user).await? > 0;
    tx.reach(Reach::Only(organisation)).await?;
    if !elsewhere {
        store::accounts::revoke_sessions(tx, user, None).await?;
    }
    let (chats, orders) = rows::hand_over(tx, organisation, user, hand_over_to, cx.now).await?;
    let handed = HandedOver { chats: chats.len(), orders: orders.len() };

    let changes = [changes::one("assignee", member.name.as_str(), heir.clone())];
    let args = json!({"from": member.name, "to": heir, "changes": changes});
    for chat in chats {
        work.journal("handed_over", "chat", chat, args.clone()).await?;
        crate::chats::handed_over(&mut work, chat, hand_over_to.zip(heir.as_deref())).await?;
        work.hint("chats", chat);
    }
    for order in orders {
        work.journal("handed_over", "order", order, args.clone()).await?;
        work.hint("orders", order);
    }
    let changes = [changes::one("active", true, false)];
    let args = json!({
        "name": member.name, "chats": handed.chats, "orders": handed.orders, "to": heir, "changes": changes,
    });
    work.journal("member_deactivated", "member", user, args).await?;
    hint(&mut work, user);
    work.hint("members", "");
    work.commit().await?;
    Ok(handed)
}

/// Name of the member who takes over: one who may answer chats.
async fn heir(work: &mut Work, from: UserId, to: UserId) -> Result<String> {
    let member = rows::member(&mut work.tx, work.organisation, to).await?;
    let able = |m: &rows::MemberRow| m.active && to != from && m.role.allows(Permission::ChatsWrite);
    let heir = member.filter(able).map(|m| m.name);
    heir.ok_or_else(|| Error::Api(ApiError::new(ErrorCode::NotAllowed).field("hand_over_to")))
}

/// Switches a member on again, in their old role.
pub async fn reactivate(cx: &Cx, user: UserId) -> Result<()> {
    cx.allow(Permission::MembersManage)?;
    let mut work = locked(cx).await?;
    let member = load(&mut work, user).await?;
    may_grant(cx, member.role)?;
    if member.active {
        return Ok(());
    }
    rows::set_active(&mut work.tx, cx.organisation, user, true).await?;
    let changes = [changes::one("active", false, true)];
    let args = json!({"name": member.name, "role": member.role, "changes": changes});
    work.journal("member_reactivated", "member", user, args).await?;
    hint(&mut work, user);
    work.commit().await
}

/// Sets one's own presence.
pub async fn set_presence(cx: &Cx, presence: Presence) -> Result<()> {
    cx.allow(Permission::OwnProfile)?;
    let user = cx.person()?;
    let mut work = cx.work().await?;
    let member = load(&mut work, user).await?;
    if member.presence == presence {
        return Ok(());
    }
    rows::set_presence(&mut work.tx, cx.organisation, user, presence, cx.now).await?;
    let changes = [changes::one("presence", member.presence.as_str(), presence.as_str())];
    let args = json!({"name": member.name, "changes": changes});
    work.journal("presence_changed", "member", user, args).await?;
    hint(&mut work, user);
    work.commit().await
}

/// A page of this member is alive somewhere, and before their eyes in the session `looking`. It says nothing about their
/// presence: a phone that sleeps sends nobody off shift.
pub async fn seen(cx: &Cx, looking: Option<&super::sessions::Id>) -> Result<()> {
    cx.allow(Permission::OwnProfile)?;
    let user = cx.person()?;
    let mut work = cx.work().await?;
    rows::seen(&mut work.tx, cx.organisation, user, cx.now).await?;
    if let Some(id) = looking
        && let Some((session, _)) = super::sessions::public_id(cx, id).await?
    {
        store::push::looking(&mut work.tx, cx.organisation, user, session, cx.now).await?;
    }
    work.commit().await
}

/// No page of this session is before their eyes any more.
pub async fn looked_away(cx: &Cx, session: Option<&super::sessions::Id>) -> Result<()> {
    cx.allow(Permission::OwnProfile)?;
    let user = cx.person()?;
    let Some(id) = session else { return Ok(()) };
    let Some((session, _)) = super::sessions::public_id(cx, id).await? else { return Ok(()) };
    let mut work = cx.work().await?;
    store::push::looked_away(&mut work.tx, cx.organisation, user, session).await?;
    work.commit().await
}

/// Presence of a member since a time, oldest first.
pub async fn presence_history(cx: &Cx, user: UserId, since: i64) -> Result<Vec<(i64, Presence)>> {
    cx.allow(Permission::MembersRead)?;
    Ok(rows::presence_history(cx.db(), cx.organisation, user, since, 1_000).await?)
}

/// The same for the last week, newest first.
pub async fn presence_lately(cx: &Cx, user: UserId) -> Result<Vec<(i64, Presence)>> {
    let mut lately = presence_history(cx, user, cx.now - WEEK_MS).await?;
    lately.reverse();
    Ok(lately)
}
