//! Members: roles, the last owner, switching off with hand-over, presence.

use crate::common::{self, NOON, TestApp, code, code_and_field};
use domain::access::{Presence, Role};
use domain::ids::*;
use services::accounts::members::{self, HandedOver};
use services::{Cx, ErrorCode};

/// Rows of other parts, written by hand: a contact, a connection, chats and orders.
pub struct Rows<'a> {
    t: &'a TestApp,
    organisation: OrganisationId,
    contact: ContactId,
    connection: ConnectionId,
    count: std::cell::Cell<i64>,
}

fn quoted(user: Option<UserId>) -> String {
    user.map_or("NULL".into(), |user| format!("'{user}'"))
}

impl<'a> Rows<'a> {
    pub async fn new(t: &'a TestApp, cx: &Cx) -> Self {
        let rows = Self { t, organisation: cx.organisation, contact: cx.id(), connection: cx.id(), count: 0.into() };
        let (organisation, connection) = (rows.organisation, rows.connection);
        let blob = if t.app.db.engine() == store::Engine::Sqlite { "x'00'" } else { r"'\x00'" };
        t.sql(&format!(
            "INSERT INTO connections (organisation_id, id, provider, name, state, account, settings, secrets, webhook_key, facts, created_at, rev)
             VALUES ('{organisation}', '{connection}', 'whatsapp', 'W', 'active', '1', '{{}}', {blob}, '{connection}', '{{}}', 0, 1)"
        ))
        .await;
        rows.contact(rows.contact).await;
        rows
    }
    async fn contact(&self, id: ContactId) {
        let organisation = self.organisation;
        self.t
            .sql(&format!(
                "INSERT INTO contacts (organisation_id, id, name, company, city, note, search_text, created_at, updated_at, rev)
                 VALUES ('{organisation}', '{id}', 'К', '', '', '', '', 0, 0, 1)"
            ))
            .await;
    }
    /// A chat that waits for an answer, with a contact of its own.
    pub async fn chat(&self, status: &str, assignee: Option<UserId>) -> ChatId {
        let (id, contact): (ChatId, ContactId) = (self.t.app.ids.next(NOON), self.t.app.ids.next(NOON));
        self.contact(contact).await;
        let (organisation, connection) = (self.organisation, self.connection);
        self.t
            .sql(&format!(
                "INSERT INTO chats (organisation_id, id, contact_id, connection_id, channel, person, status, assignee_id, waiting_since, unread,
                   last_message_at, preview, preview_kind, preview_sender, created_at, rev)
                 VALUES ('{organisation}', '{id}', '{contact}', '{connection}', 'whatsapp', '{{}}', '{status}', {}, 1, 1, 1, '', 'text', 'customer', 0, 1)",
                quoted(assignee)
            ))
            .await;
        id
    }
    pub async fn order(&self, status: &str, assignee: Option<UserId>) -> OrderId {
        let id: OrderId = self.t.app.ids.next(NOON);
        self.count.set(self.count.get() + 1);
        let (organisation, contact, number) = (self.organisation, self.contact, self.count.get());
        self.t
            .sql(&format!(
                "INSERT INTO orders (organisation_id, id, number, title, status, status_since, contact_id, source, assignee_id, total_minor, currency,
                   search_text, created_at, updated_at, rev)
                 VALUES ('{organisation}', '{id}', {number}, '', '{status}', 0, '{contact}', 'manual', {}, 0, 'RUB', '', 0, 0, 1)",
                quoted(assignee)
            ))
            .await;
        id
    }
}

#[tokio::test]
async fn the_list_shows_who_is_there_and_what_is_on_their_plate() {
    let t = common::app().await;
    let (anna, stranger) = (t.owner("anna").await, t.owner("boris").await);
    let seller = t.member(&anna, "semyon", Role::Seller).await;
    let rows = Rows::new(&t, &anna).await;
    rows.chat("active", seller.user()).await;
    rows.chat("closed", seller.user()).await;
    rows.chat("active", None).await;
    rows.order("in_progress", seller.user()).await;
    rows.order("cancelled", seller.user()).await;
    let list = members::list(&seller).await.unwrap();
    assert_eq!(list.iter().map(|m| m.name.as_str()).collect::<Vec<_>>(), ["anna", "semyon"]);
    assert_eq!((list[1].open_chats, list[1].open_orders, list[1].role), (1, 1, Role::Seller));
    assert_eq!((list[0].open_chats, list[0].open_orders), (0, 0));
    assert_eq!(members::get(&anna, seller.user().unwrap()).await.unwrap(), list[1]);
    assert_eq!(code(members::get(&anna, stranger.user().unwrap()).await), ErrorCode::NotFound);
}

#[tokio::test]
async fn nobody_reaches_members_of_another_organisation() {
    let t = common::app().await;
    let (anna, boris) = (t.owner("anna").await, t.owner("boris").await);
    let his = t.member(&boris, "semyon", Role::Seller).await.user().unwrap();
    assert_eq!(code(members::change_role(&anna, his, Role::Admin).await), ErrorCode::NotFound);
    assert_eq!(code(members::deactivate(&anna, his, None).await), ErrorCode::NotFound);
    assert_eq!(code(members::reactivate(&anna, his).await), ErrorCode::NotFound);
    assert!(members::presence_history(&anna, his, 0).await.unwrap().is_empty());
    assert!(members::list(&anna).await.unwrap().iter().all(|m| m.user_id != his));
    let heir = members::deactivate(&boris, his, anna.user()).await;
    assert_eq!(code_and_field(heir), (ErrorCode::NotAllowed, "hand_over_to".into()));
}

#[tokio::test]
async fn roles_are_given_by_those_who_may() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let admin = t.member(&anna, "arseny", Role::Admin).await;
    let seller = t.member(&anna, "semyon", Role::Seller).await;
    let (owner_id, seller_id) = (anna.user().unwrap(), seller.user().unwrap());
    members::change_role(&admin, seller_id, Role::Technician).await.unwrap();
    let line = &t.journal(anna.organisation, "role_changed").await[0];
    assert_eq!(line.args["changes"], serde_json::json!([{"field": "role", "from": "seller", "to": "technician"}]));
    assert_eq!(line.actor_name.as_deref(), Some("arseny"));
    // An admin neither makes nor touches owners, and neither does a key, whoever made it.
    let key = t.key(&anna, "members:manage").await;
    for cx in [&admin, &key] {
        assert_eq!(code(members::change_role(cx, seller_id, Role::Owner).await), ErrorCode::Forbidden);
        assert_eq!(code(members::change_role(cx, owner_id, Role::Seller).await), ErrorCode::Forbidden);
        assert_eq!(code(members::deactivate(cx, owner_id, None).await), ErrorCode::Forbidden);
    }
    for role in [Role::Seller, Role::Technician, Role::Quality] {
        members::change_role(&anna, seller_id, role).await.unwrap();
        let weak = t.again(&seller).await;
        assert_eq!(code(members::change_role(&weak, seller_id, Role::Admin).await), ErrorCode::Forbidden);
        assert_eq!(code(members::deactivate(&weak, admin.user().unwrap(), None).await), ErrorCode::Forbidden);
        assert_eq!(code(members::reactivate(&weak, seller_id).await), ErrorCode::Forbidden);
    }
}

#[tokio::test]
async fn the_last_owner_stays() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let user = anna.user().unwrap();
    assert_eq!(code(members::change_role(&anna, user, Role::Admin).await), ErrorCode::LastOwner);
    assert_eq!(code(members::deactivate(&anna, user, None).await), ErrorCode::LastOwner);
    let second = t.member(&anna, "olga", Role::Owner).await;
    members::deactivate(&anna, second.user().unwrap(), None).await.unwrap();
    assert_eq!(code(members::change_role(&anna, user, Role::Admin).await), ErrorCode::LastOwner);
    members::reactivate(&anna, second.user().unwrap()).await.unwrap();
    // Both step down at the same moment: one of them cannot. More than once, since a race needs open connections to happen.
    let owners = [user, second.user().unwrap()];
    for _ in 0..5 {
        let (a, b) = (t.cx(owners[0], None).await, t.cx(owners[1], None).await);
        let (a, b) = tokio::join!(
            members::change_role(&a, owners[0], Role::Admin),
            members::change_role(&b, owners[1], Role::Admin)
        );
        let refused = [a, b].into_iter().filter_map(Result::err).map(|e| e.into_api().code).collect::<Vec<_>>();
        assert_eq!(refused, [ErrorCode::LastOwner]);
        let system = Cx::system(&t.app, anna.organisation);
        for owner in owners {
            members::change_role(&system, owner, Role::Owner).await.unwrap();
        }
    }
}

#[tokio::test]
async fn work_of_a_deactivated_member_goes_to_another() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let (seller, heir) = (t.member(&anna, "semyon", Role::Seller).await, t.member(&anna, "vera", Role::Seller).await);
    let (user, heir_id) = (seller.user().unwrap(), heir.user().unwrap());
    let rows = Rows::new(&t, &anna).await;
    let chat = rows.chat("active", Some(user)).await;
    rows.chat("closed", Some(user)).await;
    let order = rows.order("assigned", Some(user)).await;
    rows.order("delivered", Some(user)).await;
    let refused = members::deactivate(&anna, user, Some(user)).await;
    assert_eq!(code_and_field(refused), (ErrorCode::NotAllowed, "hand_over_to".into()));

    let before = t.live_rev().await;
    let handed = members::deactivate(&anna, user, Some(heir_id)).await.unwrap();
    assert_eq!(handed, HandedOver { chats: 1, orders: 1 });
    let list = members::list(&anna).await.unwrap();
    let of = |id| list.iter().find(|m| m.user_id == id).unwrap();
    assert_eq!((of(heir_id).open_chats, of(heir_id).open_orders), (1, 1));
    assert_eq!((of(user).open_chats, of(user).active, of(user).presence), (0, false, Presence::Offline));
    assert_eq!(list.last().unwrap().user_id, user, "who is gone comes last");
    let lines = t.journal(anna.organisation, "handed_over").await;
    let objects: Vec<_> = lines.iter().map(|l| (l.object_kind.as_str(), l.object_id.clone())).collect();
    assert_eq!(objects, [("order", order.to_string()), ("chat", chat.to_string())]);
    assert_eq!((&lines[0].args["from"], &lines[0].args["to"]), (&"semyon".into(), &"vera".into()));
    let hints = t.hints(anna.organisation, before).await;
    for hint in [("chats", chat.to_string()), ("orders", order.to_string()), ("me", user.to_string())] {
        assert!(hints.contains(&(hint.0.into(), hint.1)), "{hints:?}");
    }
    // Again changes nothing; back again they have their role, but not their work.
    assert_eq!(members::deactivate(&anna, user, None).await.unwrap(), HandedOver::default());
    members::reactivate(&anna, user).await.unwrap();
    let back = members::get(&anna, user).await.unwrap();
    assert_eq!((back.active, back.role, back.open_chats), (true, Role::Seller, 0));
    // To nobody: it waits unassigned.
    members::deactivate(&anna, heir_id, None).await.unwrap();
    assert!(members::list(&anna).await.unwrap().iter().all(|m| m.open_chats == 0 && m.open_orders == 0));
}

#[tokio::test]
async fn presence_is_one_s_own_and_its_history_is_kept() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    t.advance(1_000);
    let before = t.live_rev().await;
    members::set_presence(&t.again(&anna).await, Presence::Break).await.unwrap();
    members::set_presence(&t.again(&anna).await, Presence::Busy).await.unwrap();
    members::set_presence(&t.again(&anna).await, Presence::Busy).await.unwrap();
    let history = members::presence_history(&anna, anna.user().unwrap(), 0).await.unwrap();
    assert_eq!(history, [(NOON, Presence::Active), (NOON + 1_000, Presence::Busy)]);
    assert_eq!(members::presence_history(&anna, anna.user().unwrap(), NOON + 1).await.unwrap().len(), 1);
    assert_eq!(t.journal(anna.organisation, "presence_changed").await.len(), 2);
    let id = anna.user().unwrap().to_string();
    assert!(t.hints(anna.organisation, before).await.contains(&("members".into(), id)));
    let key = t.key(&anna, "*").await;
    assert_eq!(code(members::set_presence(&key, Presence::Busy).await), ErrorCode::Forbidden);
}
