//! The door of the team page.

#[cfg(feature = "ssr")]
use crate::door::cx;
use crate::door::{Answer, Door};
use domain::access::{Presence, Role};
use domain::ids::{InviteId, UserId};
use domain::views::{CreatedInvite, InviteView, MemberPlace, MemberView};
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use services::accounts::{invites, members, second_factor};

/// All members.
#[server(prefix = "/api/ui", endpoint = "members_list", protocol = Door)]
pub async fn members_list() -> Answer<Vec<MemberView>> {
    Ok(members::list(&cx()?).await?)
}

/// Gives a member another role.
#[server(prefix = "/api/ui", endpoint = "members_role", protocol = Door)]
pub async fn members_role(user: UserId, role: Role) -> Answer<()> {
    Ok(members::change_role(&cx()?, user, role).await?)
}

/// Says what a member sees, which team they are of and how much they take.
#[server(prefix = "/api/ui", endpoint = "members_place", protocol = Door)]
pub async fn members_place(user: UserId, place: MemberPlace) -> Answer<MemberView> {
    Ok(members::place(&cx()?, user, &place).await?)
}

/// Presence of a member in the last week, newest first.
#[server(prefix = "/api/ui", endpoint = "members_presence", protocol = Door)]
pub async fn members_presence(user: UserId) -> Answer<Vec<(i64, Presence)>> {
    Ok(members::presence_lately(&cx()?, user).await?)
}

/// Switches a member off; answers how many chats and orders went to somebody else.
#[server(prefix = "/api/ui", endpoint = "members_deactivate", protocol = Door)]
pub async fn members_deactivate(user: UserId, hand_over_to: Option<UserId>) -> Answer<(usize, usize)> {
    let handed = members::deactivate(&cx()?, user, hand_over_to).await?;
    Ok((handed.chats, handed.orders))
}

/// Switches a member on again.
#[server(prefix = "/api/ui", endpoint = "members_reactivate", protocol = Door)]
pub async fn members_reactivate(user: UserId) -> Answer<()> {
    Ok(members::reactivate(&cx()?, user).await?)
}

/// Takes the second factor from a member who lost it.
#[server(prefix = "/api/ui", endpoint = "members_reset_factor", protocol = Door)]
pub async fn members_reset_factor(user: UserId) -> Answer<()> {
    Ok(second_factor::reset(&cx()?, user).await?)
}

/// Invitations that can still be accepted.
#[server(prefix = "/api/ui", endpoint = "invites_list", protocol = Door)]
pub async fn invites_list() -> Answer<Vec<InviteView>> {
    Ok(invites::list(&cx()?).await?)
}

/// Invites an address; an earlier invitation of it stops working.
#[server(prefix = "/api/ui", endpoint = "invites_create", protocol = Door)]
pub async fn invites_create(email: String, role: Role) -> Answer<CreatedInvite> {
    Ok(invites::create(&cx()?, &email, role).await?)
}

/// Makes an invitation worthless.
#[server(prefix = "/api/ui", endpoint = "invites_revoke", protocol = Door)]
pub async fn invites_revoke(id: InviteId) -> Answer<()> {
    Ok(invites::revoke(&cx()?, id).await?)
}
