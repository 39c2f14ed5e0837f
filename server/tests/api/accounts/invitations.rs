//! Links of invitations.

use super::invited;
use crate::support::{PASSWORD, TestApp, json, text};
use domain::access::Role;

#[tokio::test]
async fn an_invitation_works_once_and_only_until_it_is_taken_back() {
    let app = TestApp::start().await;
    let organisation = app.organisation("Север").await;
    let owner = app.owner(&organisation).await;
    let token = invited(&owner, "boris@sever.example", Role::Technician).await;
    let page = app.browser().get(&format!("/join/{token}")).await;
    assert_eq!(page.status, 200);
    assert!(page.text.contains("Север"), "it says where to");
    let fields = [("token", token.as_str()), ("name", "Борис"), ("password", PASSWORD)];
    let mut boris = app.browser();
    assert_eq!(boris.post_form("/auth/join", &fields).await.status, 303);
    let me = boris.server_fn_form("me", &[]).await.good();
    assert_eq!(
        (text(&me, "role"), text(&me, "email"), text(&me["organisation"], "id")),
        ("technician", "boris@sever.example", organisation.id.as_str())
    );
    assert_eq!(app.browser().post_form("/auth/join", &fields).await.status, 404, "used up");

    let token = invited(&owner, "vera@sever.example", Role::Seller).await;
    let open = owner.server_fn("invites_list", json!({})).await.good();
    owner.server_fn("invites_revoke", json!({"id": open[0]["id"]})).await.good();
    assert_eq!(app.browser().get(&format!("/join/{token}")).await.status, 404);
    let fields = [("token", token.as_str()), ("name", "Вера"), ("password", PASSWORD)];
    assert_eq!(app.browser().post_form("/auth/join", &fields).await.status, 404);
}

#[tokio::test]
async fn nobody_makes_somebody_stronger_than_themselves() {
    let app = TestApp::start().await;
    let organisation = app.organisation("Север").await;
    let owner = app.owner(&organisation).await;
    let token = invited(&owner, "admin@sever.example", Role::Admin).await;
    let mut admin = app.browser();
    admin.post_form("/auth/join", &[("token", &token), ("name", "Админ"), ("password", PASSWORD)]).await;
    for (function, input) in [
        ("invites_create", json!({"email": "x@sever.example", "role": "owner"})),
        ("members_role", json!({"user": organisation.owner_id, "role": "seller"})),
        ("members_deactivate", json!({"user": organisation.owner_id, "hand_over_to": null})),
    ] {
        let reply = admin.server_fn(function, input).await;
        assert_eq!(reply.status, 403, "{function}: {}", reply.text);
    }
    let me = admin.server_fn_form("me", &[]).await.good();
    let reply = admin.server_fn("members_role", json!({"user": me["user_id"], "role": "owner"})).await;
    assert_eq!(reply.status, 403, "{}", reply.text);
    let reply = owner.server_fn("members_role", json!({"user": organisation.owner_id, "role": "seller"})).await;
    assert_eq!((reply.status, text(&reply.json(), "code")), (409, "last_owner"));
}
