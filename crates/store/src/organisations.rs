//! Organisations, their members with roles and presence, and invitations. People themselves live in `accounts`.

use crate::sight::{Sight, assigned, contact};
use crate::{Db, Result, Tx};
use domain::access::{Presence, Role, Visibility};
use domain::ids::*;
use domain::views::{InviteView, MemberView, OrganisationView};
use serde_json::Value as Json;

const INSERT: &str = "INSERT INTO organisations (id, name, time_zone, currency, settings, rev, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)";

/// Writes a new organisation.
pub async fn insert(tx: &mut Tx, o: &OrganisationView) -> Result<()> {
    execute!(tx, INSERT, o.id, &o.name, &o.time_zone, &o.currency, &o.settings, o.rev, o.created_at).map(|_| ())
}

const ONE: &str =
    "SELECT id, name, time_zone, currency, settings, logo_id AS logo, rev, created_at FROM organisations WHERE id = $1";

/// One organisation.
pub async fn one(db: &Db, id: OrganisationId) -> Result<Option<OrganisationView>> {
    read!(db, c => sqlx::query_as::<_, OrganisationView>(ONE).bind(id).fetch_optional(c))
}

const UPDATE: &str = "UPDATE organisations SET name = $3, time_zone = $4, currency = $5, settings = $6, rev = rev + 1 WHERE id = $1 AND rev = $2";

/// Writes settings over revision `rev`; `false` when somebody was faster.
pub async fn update(
    tx: &mut Tx,
    id: OrganisationId,
    rev: i64,
    name: &str,
    time_zone: &str,
    currency: &str,
    settings: &Json,
) -> Result<bool> {
    Ok(execute!(tx, UPDATE, id, rev, name, time_zone, currency, settings)? == 1)
}

const LOCK: &str = "UPDATE organisations SET rev = rev WHERE id = $1";

/// Lets other changes of members wait until this transaction ends; `false` when there is no such organisation.
/// Needed where a rule spans several rows (the last owner).
pub async fn lock(tx: &mut Tx, id: OrganisationId) -> Result<bool> {
    Ok(execute!(tx, LOCK, id)? == 1)
}

// Members ------------------------------------------------------------------------------------------------------------

/// A membership of a person.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct MembershipRow {
    pub organisation_id: OrganisationId,
    pub organisation_name: String,
    pub role: Role,
    pub active: bool,
    pub presence: Presence,
    pub visibility: Visibility,
    /// The organisation demands a second factor, and there is none.
    pub factor_missing: bool,
}

const MEMBERSHIPS: &str =
    "SELECT m.organisation_id, o.name AS organisation_name, m.role, m.active, m.presence, m.visibility,
      (o.second_factor_required AND NOT EXISTS
        (SELECT 1 FROM second_factors f WHERE f.user_id = m.user_id AND f.confirmed_at IS NOT NULL)) AS factor_missing
    FROM members m JOIN organisations o ON o.id = m.organisation_id
    WHERE m.user_id = $1 ORDER BY m.created_at, m.organisation_id";

/// All organisations of a person, the oldest membership first.
pub async fn memberships(db: &Db, user: UserId) -> Result<Vec<MembershipRow>> {
    read!(db, c => sqlx::query_as::<_, MembershipRow>(MEMBERSHIPS).bind(user).fetch_all(c))
}

const INSERT_MEMBER: &str = "INSERT INTO members (organisation_id, user_id, role, active, presence, presence_at, created_at)
    VALUES ($1, $2, $3, TRUE, $4, $5, $5)
    ON CONFLICT (organisation_id, user_id) DO UPDATE SET role = excluded.role, active = TRUE WHERE members.active = FALSE";

/// Makes a person a member, or an earlier member active again; `false` when they are an active member already.
pub async fn insert_member(
    tx: &mut Tx,
    organisation: OrganisationId,
    user: UserId,
    role: Role,
    now: i64,
) -> Result<bool> {
    Ok(execute!(tx, INSERT_MEMBER, organisation, user, role, Presence::Offline, now)? == 1)
}

/// A member as rules about members need it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct MemberRow {
    pub name: String,
    pub role: Role,
    pub active: bool,
    pub presence: Presence,
    pub visibility: Visibility,
    pub team: String,
    pub capacity: Option<i64>,
}

const MEMBER: &str = "SELECT u.name, m.role, m.active, m.presence, m.visibility, m.team, m.capacity FROM members m JOIN users u ON u.id = m.user_id
    WHERE m.organisation_id = $1 AND m.user_id = $2";

/// One member, as this transaction sees it.
pub async fn member(tx: &mut Tx, organisation: OrganisationId, user: UserId) -> Result<Option<MemberRow>> {
    write!(tx, c => sqlx::query_as::<_, MemberRow>(MEMBER).bind(organisation).bind(user).fetch_optional(c))
}

const MEMBERS: &str = "SELECT m.user_id, u.name, u.email, m.role, m.active, m.presence, m.presence_at, m.seen_at, m.visibility, m.team, m.capacity, m.created_at,
      COALESCE(c.n, 0) AS open_chats, COALESCE(o.n, 0) AS open_orders,
      EXISTS (SELECT 1 FROM second_factors f WHERE f.user_id = m.user_id AND f.confirmed_at IS NOT NULL) AS second_factor
    FROM members m JOIN users u ON u.id = m.user_id
    LEFT JOIN (SELECT assignee_id, COUNT(*) AS n FROM chats WHERE organisation_id = $1 AND status <> 'closed' GROUP BY assignee_id) c
      ON c.assignee_id = m.user_id
    LEFT JOIN (SELECT assignee_id, COUNT(*) AS n FROM orders WHERE organisation_id = $1 AND status NOT IN ('delivered', 'cancelled') GROUP BY assignee_id) o
      ON o.assignee_id = m.user_id
    WHERE m.organisation_id = $1 AND ($2 IS NULL OR m.user_id = $2)
    ORDER BY m.active DESC, m.created_at, m.user_id";

/// Members with what is on their plate, active ones first; all, or just one.
pub async fn members(db: &Db, organisation: OrganisationId, only: Option<UserId>) -> Result<Vec<MemberView>> {
    read!(db, c => sqlx::query_as::<_, MemberView>(MEMBERS).bind(organisation).bind(only).fetch_all(c))
}

const OWNERS: &str = "SELECT COUNT(*) FROM members WHERE organisation_id = $1 AND role = 'owner' AND active = TRUE";

/// How many active owners there are.
pub async fn owners(tx: &mut Tx, organisation: OrganisationId) -> Result<i64> {
    write!(tx, c => sqlx::query_scalar::<_, i64>(OWNERS).bind(organisation).fetch_one(c))
}

const SET_ROLE: &str = "UPDATE members SET role = $3 WHERE organisation_id = $1 AND user_id = $2";

/// Writes a role.
pub async fn set_role(tx: &mut Tx, organisation: OrganisationId, user: UserId, role: Role) -> Result<()> {
    execute!(tx, SET_ROLE, organisation, user, role).map(|_| ())
}

const SET_PLACE: &str =
    "UPDATE members SET visibility = $3, team = $4, capacity = $5 WHERE organisation_id = $1 AND user_id = $2";

/// Writes what a member sees, which team they are of, and how many open chats they take (`None`: as the settings say).
pub async fn set_place(
    tx: &mut Tx,
    organisation: OrganisationId,
    user: UserId,
    visibility: Visibility,
    team: &str,
    capacity: Option<i64>,
) -> Result<()> {
    execute!(tx, SET_PLACE, organisation, user, visibility, team, capacity).map(|_| ())
}

const SET_ACTIVE: &str = "UPDATE members SET active = $3 WHERE organisation_id = $1 AND user_id = $2";

/// Switches a member on or off.
pub async fn set_active(tx: &mut Tx, organisation: OrganisationId, user: UserId, active: bool) -> Result<()> {
    execute!(tx, SET_ACTIVE, organisation, user, active).map(|_| ())
}

const ACTIVE_MEMBERSHIPS: &str = "SELECT COUNT(*) FROM members WHERE user_id = $1 AND active = TRUE";

/// In how many organisations a person is active.
pub async fn active_memberships(tx: &mut Tx, user: UserId) -> Result<i64> {
    write!(tx, c => sqlx::query_scalar::<_, i64>(ACTIVE_MEMBERSHIPS).bind(user).fetch_one(c))
}

const SET_PRESENCE: &str =
    "UPDATE members SET presence = $3, presence_at = $4 WHERE organisation_id = $1 AND user_id = $2";
const ADD_PRESENCE: &str =
    "INSERT INTO presence_history (organisation_id, user_id, at, presence) VALUES ($1, $2, $3, $4)
    ON CONFLICT (organisation_id, user_id, at) DO UPDATE SET presence = excluded.presence";

/// Writes a presence and its line of history.
pub async fn set_presence(
    tx: &mut Tx,
    organisation: OrganisationId,
    user: UserId,
    presence: Presence,
    now: i64,
) -> Result<()> {
    execute!(tx, SET_PRESENCE, organisation, user, presence, now)?;
    execute!(tx, ADD_PRESENCE, organisation, user, now, presence).map(|_| ())
}

const SEEN: &str = "UPDATE members SET seen_at = $3 WHERE organisation_id = $1 AND user_id = $2 AND seen_at < $3";

/// A member's browser was heard of.
pub async fn seen(tx: &mut Tx, organisation: OrganisationId, user: UserId, now: i64) -> Result<()> {
    execute!(tx, SEEN, organisation, user, now).map(drop)
}

const PRESENCE_HISTORY: &str = "SELECT at, presence FROM presence_history
    WHERE organisation_id = $1 AND user_id = $2 AND at >= $3 ORDER BY at LIMIT $4";

/// Presence of a member since a time, oldest first.
pub async fn presence_history(
    db: &Db,
    organisation: OrganisationId,
    user: UserId,
    since: i64,
    limit: i64,
) -> Result<Vec<(i64, Presence)>> {
    read!(db, c => sqlx::query_as::<_, (i64, Presence)>(PRESENCE_HISTORY).bind(organisation).bind(user).bind(since).bind(limit).fetch_all(c))
}

const HAND_OVER_CHATS: &str = "UPDATE chats SET assignee_id = $3, rev = rev + 1
    WHERE organisation_id = $1 AND assignee_id = $2 AND status <> 'closed' RETURNING id";
const HAND_OVER_ORDERS: &str = "UPDATE orders SET assignee_id = $3, updated_at = $4, rev = rev + 1
    WHERE organisation_id = $1 AND assignee_id = $2 AND status NOT IN ('delivered', 'cancelled') RETURNING id";

/// Gives the open chats and orders of a member to another, or to nobody; answers which.
pub async fn hand_over(
    tx: &mut Tx,
    organisation: OrganisationId,
    from: UserId,
    to: Option<UserId>,
    now: i64,
) -> Result<(Vec<ChatId>, Vec<OrderId>)> {
    let chats = write!(tx, c => sqlx::query_scalar::<_, ChatId>(HAND_OVER_CHATS).bind(organisation).bind(from).bind(to).fetch_all(c))?;
    let orders = write!(tx, c => sqlx::query_scalar::<_, OrderId>(HAND_OVER_ORDERS).bind(organisation).bind(from).bind(to).bind(now).fetch_all(c))?;
    Ok((chats, orders))
}

fn waiting_sql() -> String {
    format!(
        "SELECT
    (SELECT COUNT(*) FROM chats c WHERE c.organisation_id = $1 AND c.waiting_since IS NOT NULL AND c.snoozed_until IS NULL AND {}),
    (SELECT COUNT(*) FROM orders o WHERE o.organisation_id = $1 AND o.status NOT IN ('delivered', 'cancelled') AND {}),
    (SELECT COUNT(*) FROM connections WHERE organisation_id = $1 AND state = 'reauth'),
    (SELECT COUNT(*) FROM invitations i WHERE i.organisation_id = $1 AND i.state IN ('failed', 'unknown')
       AND ($2 IS NULL OR i.contact_id IS NOT NULL AND {})),
    (SELECT COUNT(*) FROM stops WHERE organisation_id = $1)",
        assigned("c", "$2"),
        assigned("o", "$2"),
        contact("i.contact_id", "$2")
    )
}

/// What waits for people: unanswered chats, open orders, broken connections, invitations that went wrong, pulled stops.
pub async fn waiting(db: &Db, sight: Sight) -> Result<[i64; 5]> {
    let sql = waiting_sql();
    let counts = read!(db, c => sqlx::query_as::<_, (i64, i64, i64, i64, i64)>(&sql).bind(sight.organisation).bind(sight.viewer).fetch_one(c))?;
    Ok(counts.into())
}

// Invitations --------------------------------------------------------------------------------------------------------

const INSERT_INVITE: &str =
    "INSERT INTO invites (organisation_id, id, token_hash, email, role, created_by, created_at, expires_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";

/// Writes an invitation.
pub async fn insert_invite(
    tx: &mut Tx,
    organisation: OrganisationId,
    invite: &InviteView,
    token_hash: &str,
    created_by: &str,
) -> Result<()> {
    execute!(
        tx,
        INSERT_INVITE,
        organisation,
        invite.id,
        token_hash,
        &invite.email,
        invite.role,
        created_by,
        invite.created_at,
        invite.expires_at
    )
    .map(|_| ())
}

const INVITES: &str = "SELECT id, email, role, created_at, expires_at FROM invites
    WHERE organisation_id = $1 AND used_at IS NULL AND revoked_at IS NULL AND expires_at > $2 ORDER BY id DESC";

/// Invitations that can still be accepted, newest first.
pub async fn invites(db: &Db, organisation: OrganisationId, now: i64) -> Result<Vec<InviteView>> {
    read!(db, c => sqlx::query_as::<_, InviteView>(INVITES).bind(organisation).bind(now).fetch_all(c))
}

const REVOKE_INVITES: &str = "UPDATE invites SET revoked_at = $2
    WHERE organisation_id = $1 AND used_at IS NULL AND revoked_at IS NULL
      AND ($3 IS NULL OR id = $3) AND ($4 IS NULL OR email = $4) AND ($5 IS NULL OR created_by = $5)
    RETURNING id, email, role, created_at, expires_at";

/// Which open invitations to revoke.
#[derive(Clone, Copy, Debug)]
pub enum InvitesOf<'a> {
    One(InviteId),
    /// All to this address, as it was written.
    Email(&'a str),
    /// All made by this member.
    Author(UserId),
}

/// Revokes open invitations; answers which.
pub async fn revoke_invites(
    tx: &mut Tx,
    organisation: OrganisationId,
    which: InvitesOf<'_>,
    now: i64,
) -> Result<Vec<InviteView>> {
    let (id, email, author) = match which {
        InvitesOf::One(id) => (Some(id), None, None),
        InvitesOf::Email(email) => (None, Some(email), None),
        InvitesOf::Author(user) => (None, None, Some(user)),
    };
    write!(tx, c => sqlx::query_as::<_, InviteView>(REVOKE_INVITES).bind(organisation).bind(now).bind(id).bind(email).bind(author).fetch_all(c))
}

/// An invitation as its link opens it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct OpenInvite {
    pub organisation_id: OrganisationId,
    pub organisation_name: String,
    pub id: InviteId,
    pub email: String,
    pub role: Role,
}

const INVITE: &str = "SELECT i.organisation_id, o.name AS organisation_name, i.id, i.email, i.role
    FROM invites i JOIN organisations o ON o.id = i.organisation_id
    WHERE i.token_hash = $1 AND i.used_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > $2";

/// The invitation behind a link, while it can be accepted.
pub async fn invite(db: &Db, token_hash: &str, now: i64) -> Result<Option<OpenInvite>> {
    read!(db, c => sqlx::query_as::<_, OpenInvite>(INVITE).bind(token_hash).bind(now).fetch_optional(c))
}

const USE_INVITE: &str = "UPDATE invites SET used_at = $3
    WHERE organisation_id = $1 AND id = $2 AND used_at IS NULL AND revoked_at IS NULL AND expires_at > $3";

/// Uses an invitation up; `false` when it is over.
pub async fn use_invite(tx: &mut Tx, organisation: OrganisationId, id: InviteId, now: i64) -> Result<bool> {
    Ok(execute!(tx, USE_INVITE, organisation, id, now)? == 1)
}

const FIRST: &str = "SELECT id FROM organisations ORDER BY created_at, id LIMIT 1";

/// The oldest organisation (the demo has just one).
pub async fn first(db: &Db) -> Result<Option<OrganisationId>> {
    read!(db, c => sqlx::query_scalar::<_, OrganisationId>(FIRST).fetch_optional(c))
}

const ALL: &str = "SELECT id FROM organisations ORDER BY created_at, id";

/// Every organisation, the oldest first: for what happens by the clock alone.
pub async fn all(db: &Db) -> Result<Vec<OrganisationId>> {
    read!(db, c => sqlx::query_scalar::<_, OrganisationId>(ALL).fetch_all(c))
}

/// The same inside a transaction.
pub async fn all_in(tx: &mut Tx) -> Result<Vec<OrganisationId>> {
    write!(tx, c => sqlx::query_scalar::<_, OrganisationId>(ALL).fetch_all(c))
}

/// Statements built at run time, for the test that prepares every statement on both engines.
pub fn built_statements(_: crate::Engine) -> Vec<String> {
    vec![waiting_sql()]
}
