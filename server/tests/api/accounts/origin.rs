//! Other sites cannot act through the browser of somebody signed in.

use crate::support::{PASSWORD, Reply, TestApp, form_fields, items, json};
use reqwest::Method;

#[tokio::test]
async fn requests_other_sites_make_change_nothing() {
    let (app, api) = TestApp::with_api().await;
    let organisation = app.organisation("Юг").await;
    let owner = app.owner(&organisation).await;
    let evil: [&[(&str, &str)]; 6] = [
        &[("origin", "https://evil.example")],
        &[("origin", "null")],
        &[("sec-fetch-site", "cross-site")],
        &[("sec-fetch-site", "same-site"), ("origin", "http://other.127.0.0.1")],
        &[("origin", "https://evil.example"), ("sec-fetch-site", "cross-site"), ("referer", "http://127.0.0.1/")],
        &[],
    ];
    let contact = json!({"contact": {"name": "Подброшенный"}}).to_string();
    let sign_in = form_fields(&[("email", &organisation.owner_email), ("password", PASSWORD)]);
    let attempts = [
        (Method::POST, "/api/ui/contacts_create", "application/json", contact.clone()),
        (Method::POST, "/api/ui/contacts_create", "text/plain", contact),
        (Method::POST, "/api/ui/presence_set", "application/x-www-form-urlencoded", "presence=break".to_owned()),
        (Method::POST, "/api/ui/sessions_end_others", "application/json", "{}".to_owned()),
        (Method::POST, "/auth/sign-out", "application/x-www-form-urlencoded", String::new()),
        (Method::POST, "/auth/sign-in", "application/x-www-form-urlencoded", sign_in),
        (
            Method::POST,
            "/auth/organisations",
            "application/x-www-form-urlencoded",
            form_fields(&[("organisation", "Чужая")]),
        ),
        (Method::POST, "/api/files", "multipart/form-data; boundary=x", "--x--".to_owned()),
        (Method::DELETE, "/dashboard", "text/plain", String::new()),
    ];
    for headers in evil {
        for (method, path, kind, body) in &attempts {
            let request =
                app.http.request(method.clone(), format!("{}{path}", app.base)).header("cookie", &owner.cookie);
            let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
            let reply = Reply::of(request.header("content-type", *kind).body(body.clone())).await;
            reply.refused(403, "forbidden");
            assert_eq!(reply.header("set-cookie"), "", "{path}");
        }
    }
    owner.server_fn_form("me", &[]).await.good();
    let contacts = owner.server_fn("contacts_list", json!({"filter": {}})).await.good();
    assert!(items(&contacts).is_empty(), "{contacts}");
    // No page of ours answers another site's script, and REST knows no cookies to misuse.
    let request = app.http.get(format!("{}/api/ui/me", app.base)).header("origin", "https://evil.example");
    let reply = Reply::of(request.header("cookie", &owner.cookie)).await;
    assert_eq!(reply.header("access-control-allow-origin"), "");
    let request = app.http.get(format!("{}/api/v1/contacts", app.base)).header("cookie", &owner.cookie);
    Reply::of(request).await.refused(401, "unauthenticated");
    // An integrator's program sends no such headers and needs none.
    api.post("/contacts", json!({"name": "Из магазина"})).await.good();
}
