//! Bodies nobody should send: refused with a code and a sentence, and nothing has changed.

use super::{contact, product};
use crate::support::{TestApp, items, json, text};
use reqwest::Method;

#[tokio::test]
async fn a_body_that_is_no_json_object_is_a_bad_request() {
    let (_app, api) = TestApp::with_api().await;
    let (person, thing) = (contact(&api).await, product(&api, "Чехол", 1).await);
    let deep = format!("{}{}", "[".repeat(200_000), "]".repeat(200_000));
    let nested = format!(r#"{{"name":{deep}}}"#);
    let bodies: Vec<&[u8]> = vec![
        b"",
        b"{",
        b"null",
        b"[]",
        b"[\"\xd0\x90\"]",
        b"7",
        b"\"name\"",
        b"{\"name\":\"\xff\xfe\"}",
        b"name=Anna",
        b"{\"name\":\"a\"}{}",
        b"{\"name\":1}",
        deep.as_bytes(),
        nested.as_bytes(),
    ];
    for body in bodies {
        for (method, path) in [
            (Method::POST, "/contacts"),
            (Method::POST, "/products"),
            (Method::POST, "/orders"),
            (Method::POST, "/connections"),
            (Method::PATCH, &format!("/contacts/{person}")),
            (Method::PATCH, &format!("/products/{thing}")),
        ] {
            if path == "/orders" && body == b"{\"name\":1}" {
                continue;
            }
            api.send_raw(method, path, body).await.refused(400, "bad_request");
        }
    }
    assert_eq!(items(&api.get("/contacts").await.good()).len(), 1);
    assert_eq!(items(&api.get("/products").await.good()).len(), 1);
}

#[tokio::test]
async fn a_field_nobody_knows_is_refused_not_ignored() {
    let (_app, api) = TestApp::with_api().await;
    let person = contact(&api).await;
    for (method, path, body) in [
        (Method::POST, "/contacts", json!({"name": "Анна", "nmae": "Анна"})),
        (Method::POST, "/contacts", json!({"name": "Анна", "id": "x"})),
        (Method::POST, "/contacts", json!({"name": "Анна", "organisation_id": "x"})),
        (Method::POST, "/products", json!({"name": "Чехол", "price": 5, "price_minor": 5})),
        (Method::POST, "/orders", json!({"contact_id": person, "items": [], "total_minor": 5})),
        (
            Method::POST,
            "/orders",
            json!({"contact_id": person, "items": [{"name": "Чехол", "price_minor": 1, "qty": 2}]}),
        ),
        (Method::PATCH, &format!("/contacts/{person}"), json!({"spent_minor": 5})),
    ] {
        let problem = api.send_raw(method, path, body.to_string()).await.refused(400, "bad_request");
        assert!(text(&problem, "detail").contains("unknown field"), "{problem}");
    }
    assert_eq!(api.all("/contacts", 50).await.len(), 1);
}

#[tokio::test]
async fn fields_say_what_is_wrong_with_them() {
    let (_app, api) = TestApp::with_api().await;
    for (path, body, code, field) in [
        ("/contacts", json!({}), "required", "name"),
        ("/contacts", json!({"name": " \u{0} "}), "required", "name"),
        ("/contacts", json!({"name": "А".repeat(201)}), "too_long", "name"),
        ("/contacts", json!({"name": "Анна", "phone": "позвоните мне"}), "bad_phone", "phone"),
        ("/contacts", json!({"name": "Анна", "phone": "1"}), "bad_phone", "phone"),
        ("/contacts", json!({"name": "Анна", "email": "не почта"}), "bad_email", "email"),
        ("/contacts", json!({"name": "Анна", "note": "ё".repeat(5_001)}), "too_long", "note"),
        ("/products", json!({"name": "Чехол"}), "required", "price_minor"),
        ("/products", json!({"price_minor": 1}), "required", "name"),
        ("/orders", json!({"items": []}), "required", "contact_id"),
        ("/connections", json!({"provider": "telepathy", "settings": {}}), "unknown_provider", ""),
        ("/connections", json!({"provider": "whatsapp", "settings": {}}), "required", "settings.phone_number_id"),
        (
            "/connections",
            json!({"provider": "whatsapp", "settings": {"colour": "red"}}),
            "not_allowed",
            "settings.colour",
        ),
    ] {
        let reply = api.post(path, body.clone()).await;
        let problem = reply.refused_somehow();
        assert_eq!(
            (text(&problem, "code"), problem["field"].as_str().unwrap_or_default()),
            (code, field),
            "{path} {body}"
        );
    }
    for list in ["/contacts", "/products", "/orders", "/connections"] {
        assert!(items(&api.get(list).await.good()).is_empty(), "{list}");
    }
}

#[tokio::test]
async fn odd_texts_come_back_as_they_went_in() {
    let (_app, api) = TestApp::with_api().await;
    for name in
        ["👩‍👩‍👧‍👦 é ё", "שלום \u{202e}gnp.exe", "<script>alert(1)</script>", "'; DROP TABLE contacts; --", "\u{feff}Анна"]
    {
        let made = api.post("/contacts", json!({"name": name, "note": name})).await.good();
        let read = api.get(&format!("/contacts/{}", text(&made, "id"))).await.good();
        assert_eq!((text(&read, "note"), text(&read, "name")), (name.trim(), name.trim()));
    }
    let made = api.post("/contacts", json!({"name": "А\u{0}н\u{7}на"})).await.good();
    assert_eq!(text(&made, "name"), "Анна");
}

#[tokio::test]
async fn methods_and_addresses_that_do_not_exist() {
    let (app, api) = TestApp::with_api().await;
    for (method, path) in [(Method::DELETE, "/contacts"), (Method::PUT, "/orders"), (Method::POST, "/members")] {
        let reply = api.send_raw(method.clone(), path, "{}").await;
        assert_eq!(reply.status, 405, "{method} {path}: {reply:?}");
    }
    api.get("/").await.refused(404, "not_found");
    api.post("/contacts/x/y/z", json!({})).await.refused(404, "not_found");
    app.visit("/api/nothing").await.refused(404, "not_found");
    let page = app.browser().get("/no/such/page").await;
    assert_eq!(page.status, 404, "{page:?}");
    assert!(page.header("content-type").starts_with("text/html"), "{page:?}");
}
