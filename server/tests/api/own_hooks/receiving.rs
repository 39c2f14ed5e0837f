//! What is let in, once, and what is refused.

use super::*;

#[tokio::test]
async fn json_and_forms_are_taken_once() {
    let (app, api) = TestApp::with_api().await;
    let hook = Hook::new(&app, &api, json!({"id_field": "event.id"})).await;
    assert!(hook.secret.starts_with("whsec_") && standard::key(&hook.secret).is_some(), "{}", hook.secret);
    let order = json!({"event": {"id": "e1"}, "sum": 5});
    hook.says(&api, order.clone()).await;
    hook.says(&api, json!({"event": {"id": "e1"}, "sum": 6})).await;
    hook.says(&api, json!([{"event": {"id": "e2"}}, {"event": {"id": "e1"}}])).await;
    hook.submits(&api, &[("name", "Анна"), ("phone", "+7 916 123-45-67")]).await;
    hook.submits(&api, &[("phone", "+7 916 123-45-67"), ("name", "Анна")]).await;
    hook.submits(&api, &[("phone", "+7 916 123-45-67"), ("name", "Борис")]).await;
    let events = hook.events(&api).await;
    assert_eq!(events.len(), 4, "{events:?}");
    assert!(events.iter().all(|event| text(event, "state") == "done"), "{events:?}");
    // Two calls that name their delivery are two, whatever they say.
    for id in ["r1", "r2", "r1"] {
        hook.send(&[("content-type", "application/json"), ("x-request-id", id)], "{\"same\":1}").await.good();
    }
    api.events_applied().await;
    assert_eq!(hook.events(&api).await.len(), 6);
    let connection = api.get(&format!("/connections/{}", hook.connection_id)).await.good();
    assert_eq!(text(&connection["connection"], "state"), "active", "the first event ends the set-up");
}

#[tokio::test]
async fn a_named_signature_is_demanded() {
    let (app, api) = TestApp::with_api().await;
    let hook = Hook::new(&app, &api, json!({"signature_header": "X-Signature"})).await;
    let body = json!({"name": "Анна"}).to_string();
    let [hexadecimal, base64] = signatures(&hook.secret, body.as_bytes());
    let json = ("content-type", "application/json");
    hook.send(&[json], body.clone()).await.refused(401, "unauthenticated");
    hook.send(&[json, ("x-signature", &hexadecimal)], body.replace("Анна", "Инна"))
        .await
        .refused(401, "unauthenticated");
    hook.send(&[json, ("x-signature", "sha256=00")], body.clone()).await.refused(401, "unauthenticated");
    assert!(hook.events(&api).await.is_empty());
    assert_eq!(app.metric("hooks_unverified_total").await, 3);
    let prefixed = format!("sha256={hexadecimal}");
    for signature in [&hexadecimal, &prefixed, &base64] {
        hook.send(&[json, ("x-signature", signature)], body.clone()).await.good();
    }
    api.events_applied().await;
    assert_eq!(hook.events(&api).await.len(), 1, "three times the same");
}

#[tokio::test]
async fn standard_webhooks_are_verified_with_their_time() {
    let (app, api) = TestApp::with_api().await;
    let hook = Hook::new(&app, &api, json!({"signature_header": "webhook-signature"})).await;
    let body = json!({"type": "order.created"}).to_string();
    let now = std::time::SystemTime::UNIX_EPOCH.elapsed().unwrap().as_secs() as i64;
    for (id, at, status) in
        [("msg_1", now, 200), ("msg_1", now - 5, 200), ("msg_2", now - 600, 401), ("msg_3", now + 600, 401)]
    {
        let signature = standard::sign(&hook.secret, id, at, body.as_bytes()).unwrap();
        let at = at.to_string();
        let headers = [("webhook-id", id), ("webhook-timestamp", &at), ("webhook-signature", &signature)];
        assert_eq!(hook.send(&headers, body.clone()).await.status, status, "{id} {at}");
    }
    api.events_applied().await;
    assert_eq!(hook.events(&api).await.len(), 1, "a repeat is known by the id of the call");
}

#[tokio::test]
async fn what_is_no_event_is_refused_with_a_sentence() {
    let (app, api) = TestApp::with_api().await;
    let hook = Hook::new(&app, &api, json!({})).await;
    let json = [("content-type", "application/json")];
    for (headers, body) in [
        (&json[..], b"not json".to_vec()),
        (&json[..], b"[7]".to_vec()),
        (&json[..], b"{\"a\":\"\xd0\"}".to_vec()),
        (&json[..], format!("{}1{}", "{\"a\":".repeat(300), "}".repeat(300)).into_bytes()),
        (&[("content-type", "text/plain")][..], b"{\"a\":1}".to_vec()),
        (&[("content-type", "application/x-www-form-urlencoded")][..], b"a=%C0%ED".to_vec()),
    ] {
        hook.send(headers, body).await.refused(400, "bad_request");
    }
    hook.send(&json, vec![b' '; 1024 * 1024 + 1]).await.refused(413, "file_too_large");
    assert!(hook.events(&api).await.is_empty());
    // Trying the address stores nothing and finishes the set-up.
    hook.submits(&api, &[("test", "test")]).await;
    let connection = api.get(&format!("/connections/{}", hook.connection_id)).await.good();
    assert_eq!((text(&connection["connection"], "state"), hook.events(&api).await.len()), ("active", 0));
}

#[tokio::test]
async fn an_organisation_has_as_many_as_it_likes() {
    let app = TestApp::start().await;
    let organisation = app.organisation("Север").await;
    let (api, owner) = (app.api(&organisation, "*").await, app.owner(&organisation).await);
    let (first, second) = (Hook::new(&app, &api, json!({})).await, Hook::new(&app, &api, json!({})).await);
    assert!(first.url != second.url && first.secret != second.secret);
    first.says(&api, json!({"a": 1})).await;
    second.says(&api, json!({"a": 1})).await;
    assert_eq!((first.events(&api).await.len(), second.events(&api).await.len()), (1, 1), "a repeat of each its own");
    // An open setting can be emptied again, the secret stays.
    let save = |header: &str| {
        let connection = json!({"provider": "webhook", "name": "", "settings": {"signature_header": header}});
        json!({"id": first.connection_id, "connection": connection})
    };
    owner.server_fn("connections_change", save("X-Signature")).await.good();
    first.send(&[("content-type", "application/json")], "{\"a\":2}").await.refused(401, "unauthenticated");
    let saved = owner.server_fn("connections_change", save("")).await.good();
    assert_eq!(text(&saved["generated"], "secret"), first.secret);
    first.send(&[("content-type", "application/json")], "{\"a\":2}").await.good();
}
