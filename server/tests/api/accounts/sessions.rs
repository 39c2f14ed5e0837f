//! Sessions: their cookie, their end, and a page that stays open over it.

use super::invited;
use crate::support::{Browser, PASSWORD, Reply, TestApp, json, text};
use domain::access::Role;

#[track_caller]
fn turned_away(reply: &Reply, status: u16, code: &str) {
    assert_eq!((reply.status, reply.json()["code"].as_str()), (status, Some(code)), "{reply:?}");
}

/// A member who joined by invitation. Gives their browser and id.
pub async fn member(app: &TestApp, owner: &Browser, role: Role) -> (Browser, String) {
    let token = invited(owner, &format!("{role}@sever.example"), role).await;
    let mut browser = app.browser();
    let joined = browser.post_form("/auth/join", &[("token", &token), ("name", "Борис"), ("password", PASSWORD)]).await;
    assert_eq!(joined.status, 303, "{joined:?}");
    let me = browser.server_fn_form("me", &[]).await.good();
    (browser, text(&me, "user_id").to_owned())
}

#[tokio::test]
async fn the_cookie_is_out_of_reach_of_scripts_and_other_sites() {
    let mut app = TestApp::start().await;
    let organisation = app.organisation("Север").await;
    let fields = [("email", organisation.owner_email.as_str()), ("password", PASSWORD)];
    let cookie = app.browser().post_form("/auth/sign-in", &fields).await.header("set-cookie").to_owned();
    let has = |cookie: &str, word: &str| cookie.split(';').any(|part| part.trim() == word);
    assert!(
        cookie.starts_with("pult=")
            && has(&cookie, "HttpOnly")
            && has(&cookie, "SameSite=Lax")
            && has(&cookie, "Path=/"),
        "{cookie}"
    );
    assert!(!has(&cookie, "Secure"), "a browser would drop it on plain http: {cookie}");

    app.set("PULT_PUBLIC_URL", "https://pult.example");
    app.restart().await;
    let cookie = app.browser().post_form("/auth/sign-in", &fields).await.header("set-cookie").to_owned();
    assert!(cookie.starts_with("__Host-pult=") && has(&cookie, "HttpOnly") && has(&cookie, "SameSite=Lax"), "{cookie}");
    assert!(has(&cookie, "Secure") && has(&cookie, "Path=/") && !cookie.contains("Domain"), "{cookie}");
}

#[tokio::test]
async fn a_cookie_from_before_the_sign_in_is_worth_nothing_after_it() {
    let app = TestApp::start().await;
    let organisation = app.organisation("Север").await;
    let mut browser = app.owner(&organisation).await;
    let first = browser.clone();
    browser.sign_in(&organisation.owner_email, PASSWORD).await;
    assert_ne!(browser.cookie, first.cookie);
    turned_away(&first.server_fn_form("me", &[]).await, 401, "unauthenticated");
    // Planted by somebody else: not taken over.
    let mut planted = app.browser();
    planted.cookie = "pult=AAAAAAAAAAAAAAAAAAAAAA".into();
    planted.sign_in(&organisation.owner_email, PASSWORD).await;
    assert_ne!(planted.cookie, "pult=AAAAAAAAAAAAAAAAAAAAAA");
}

#[tokio::test]
async fn a_session_ended_elsewhere_ends_in_the_open_page() {
    let app = TestApp::start().await;
    let organisation = app.organisation("Север").await;
    let (page, other) = (app.owner(&organisation).await, app.owner(&organisation).await);
    let mut stream = page.live(None).await;
    let sessions = other.server_fn("sessions_list", json!({})).await.good();
    let sessions = sessions.as_array().unwrap();
    assert_eq!(sessions.len(), 2);
    let its = sessions.iter().find(|session| session["current"] == false).unwrap();
    other.server_fn("sessions_end", json!({"id": its["id"]})).await.good();
    turned_away(&page.server_fn_form("me", &[]).await, 401, "unauthenticated");
    assert!(page.get("/chats").await.header("location").starts_with("/sign-in"));
    while stream.next().await.is_some() {}
    other.server_fn_form("me", &[]).await.good();
}

#[tokio::test]
async fn an_expired_session_is_no_session() {
    let app = TestApp::start().await;
    let organisation = app.organisation("Север").await;
    let page = app.owner(&organisation).await;
    page.server_fn_form("me", &[]).await.good();
    app.database.run("UPDATE sessions SET expires_at = 1").await;
    turned_away(&page.server_fn_form("me", &[]).await, 401, "unauthenticated");
    turned_away(&page.server_fn("chats_list", json!({"filter": {}})).await, 401, "unauthenticated");
    let reply = page.get("/orders?status=new").await;
    assert_eq!((reply.status, reply.header("location")), (303, "/sign-in?next=/orders%3Fstatus%3Dnew"));
}

#[tokio::test]
async fn sessions_outlive_a_restart() {
    let mut app = TestApp::start().await;
    let organisation = app.organisation("Север").await;
    let page = app.owner(&organisation).await;
    app.kill9().await;
    app.serve().await;
    page.server_fn_form("me", &[]).await.good();
}

#[tokio::test]
async fn a_changed_role_applies_at_once() {
    let app = TestApp::start().await;
    let organisation = app.organisation("Север").await;
    let owner = app.owner(&organisation).await;
    let (seller, id) = member(&app, &owner, Role::Seller).await;
    let contact = json!({"contact": {"name": "Клиент"}});
    seller.server_fn("contacts_create", contact.clone()).await.good();
    owner.server_fn("members_role", json!({"user": id, "role": "quality"})).await.good();
    turned_away(&seller.server_fn("contacts_create", contact.clone()).await, 403, "forbidden");
    seller.server_fn("journal_list", json!({"filter": {}})).await.good();
    owner.server_fn("members_role", json!({"user": id, "role": "seller"})).await.good();
    turned_away(&seller.server_fn("journal_list", json!({"filter": {}})).await, 403, "forbidden");
    seller.server_fn("contacts_create", contact).await.good();
}

#[tokio::test]
async fn a_deactivated_member_is_out_at_once() {
    let app = TestApp::start().await;
    let organisation = app.organisation("Север").await;
    let owner = app.owner(&organisation).await;
    let (seller, id) = member(&app, &owner, Role::Seller).await;
    let mut stream = seller.live(None).await;
    owner.server_fn("members_deactivate", json!({"user": id, "hand_over_to": null})).await.good();
    turned_away(&seller.server_fn_form("me", &[]).await, 401, "unauthenticated");
    turned_away(&seller.server_fn("chats_list", json!({"filter": {}})).await, 401, "unauthenticated");
    while stream.next().await.is_some() {}
    // The password is right, but there is nowhere to work.
    let mut again = app.browser();
    again.sign_in("seller@sever.example", PASSWORD).await;
    turned_away(&again.server_fn_form("me", &[]).await, 403, "deactivated");
    owner.server_fn("members_reactivate", json!({"user": id})).await.good();
    again.server_fn_form("me", &[]).await.good();
    turned_away(&seller.server_fn_form("me", &[]).await, 401, "unauthenticated");
}

#[tokio::test]
async fn a_revoked_key_is_out_at_once() {
    let app = TestApp::start().await;
    let organisation = app.organisation("Север").await;
    let owner = app.owner(&organisation).await;
    let made = owner
        .server_fn("keys_create", json!({"name": "Сайт", "scopes": "contacts:read", "expires_at": null}))
        .await
        .good();
    let api = app.nobody().with_key(text(&made, "key"));
    api.get("/contacts").await.good();
    owner.server_fn("keys_revoke", json!({"id": made["id"]})).await.good();
    api.get("/contacts").await.refused(401, "unauthenticated");
    // The secret is shown once: no list has it.
    let keys = owner.server_fn("keys_list", json!({})).await;
    assert!(!keys.text.contains(&api.key), "{}", keys.text);
}
