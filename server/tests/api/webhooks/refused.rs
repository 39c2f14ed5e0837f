//! What is not let in leaves nothing behind but a counter.

use crate::support::{Api, Reply, TestApp, Whatsapp, items, text_message};
use reqwest::Method;

/// The inbox and everything made from it is empty.
async fn nothing_stored(api: &Api) {
    for list in ["/events", "/chats", "/contacts"] {
        let page = api.get(list).await.good();
        assert!(items(&page).is_empty(), "{list}: {page}");
    }
}

async fn connected() -> (TestApp, Api, Whatsapp) {
    let (app, api) = TestApp::with_api().await;
    let whatsapp = app.connect_whatsapp(&api).await;
    (app, api, whatsapp)
}

#[tokio::test]
async fn unsigned_and_tampered_webhooks_are_unauthenticated() {
    let (app, api, whatsapp) = connected().await;
    let body = text_message("wamid.1", "79161234567", "Здравствуйте");
    let right = whatsapp.signature(&body);
    let other_body = whatsapp.signature(&text_message("wamid.1", "79161234567", "Здравствуйте!"));
    let upper = right.to_uppercase().replace("SHA256", "sha1");
    let cut = right[..right.len() - 2].to_owned();
    let bare = right.trim_start_matches("sha256=").to_owned();
    let wrong = [other_body.as_str(), &upper, &cut, &bare, "sha256=", "", "sha256=zz"];
    for signature in wrong.into_iter().map(Some).chain([None]) {
        whatsapp.post_signed(body.clone(), signature).await.refused(401, "unauthenticated");
    }
    assert_eq!(app.metric("hooks_unverified_total").await, wrong.len() as u64 + 1);
    assert_eq!(app.metric("hooks_accepted_total").await, 2, "the two handshakes of connecting");
    nothing_stored(&api).await;
    // The same body with its own signature is welcome.
    assert_eq!(whatsapp.post_signed(body, Some(&right)).await.status, 200);
}

#[tokio::test]
async fn an_address_nobody_has_is_not_found() {
    let (app, api, whatsapp) = connected().await;
    let body = text_message("wamid.1", "79161234567", "Здравствуйте");
    let signature = whatsapp.signature(&body);
    let (folder, key) = whatsapp.hook.rsplit_once('/').expect("a path");
    let providers = folder.rsplit_once('/').expect("a path").0;
    for address in
        [format!("{folder}/nobody"), format!("{folder}/{}", &key[1..]), format!("{providers}/telepathy/{key}")]
    {
        let request = app.http.post(&address).header("x-hub-signature-256", &signature).body(body.clone());
        Reply::of(request).await.refused(404, "not_found");
        Reply::of(app.http.get(&address)).await.refused(404, "not_found");
    }
    nothing_stored(&api).await;
}

#[tokio::test]
async fn only_get_and_post_lead_somewhere() {
    let (app, api, whatsapp) = connected().await;
    for method in [Method::PUT, Method::DELETE, Method::PATCH, Method::OPTIONS] {
        let reply = Reply::of(app.http.request(method, &whatsapp.hook)).await;
        assert_eq!(reply.status, 405, "{reply:?}");
    }
    nothing_stored(&api).await;
}

#[tokio::test]
async fn a_body_over_the_limit_is_too_large() {
    let (app, api, whatsapp) = connected().await;
    let limit = 4 * 1024 * 1024;
    let mut body = text_message("wamid.1", "79161234567", "Здравствуйте");
    body.resize(limit + 1, b' ');
    whatsapp.post(body.clone()).await.refused(413, "file_too_large");
    // The same in pieces, without a length said beforehand.
    let pieces: Vec<Result<Vec<u8>, std::io::Error>> = body.chunks(64 * 1024).map(|piece| Ok(piece.to_vec())).collect();
    let request = app.http.post(&whatsapp.hook).header("x-hub-signature-256", whatsapp.signature(&body));
    let request = request.body(reqwest::Body::wrap_stream(futures::stream::iter(pieces)));
    Reply::of(request).await.refused(413, "file_too_large");
    nothing_stored(&api).await;
    // Up to the limit everything is read: spaces after a good body change nothing.
    body.truncate(limit);
    assert_eq!(whatsapp.post(body).await.status, 200);
}

#[tokio::test]
async fn signed_rubbish_is_a_bad_request() {
    let (_app, api, whatsapp) = connected().await;
    let deep = |open: &str, close: &str| [open.repeat(200_000), close.repeat(200_000)].concat().into_bytes();
    let nested = format!(
        r#"{{"entry":[{{"id":"1","changes":[{{"field":"messages","value":{}{}}}]}}]}}"#,
        "[".repeat(50_000),
        "]".repeat(50_000)
    );
    let not_utf8 =
        [&br#"{"object":"whatsapp_business_account","entry":[],"x":""#[..], &[0xff, 0xfe, 0xc3, 0x28], br#""}"#]
            .concat();
    let rubbish: Vec<Vec<u8>> = vec![
        b"".to_vec(),
        b"not JSON".to_vec(),
        b"{".to_vec(),
        b"null".to_vec(),
        b"[]".to_vec(),
        b"\"text\"".to_vec(),
        b"{}".to_vec(),
        br#"{"entry":{}}"#.to_vec(),
        br#"{"entry":[1]}"#.to_vec(),
        br#"{"entry":[{"changes":5}]}"#.to_vec(),
        br#"{"entry":[]} and more"#.to_vec(),
        br#"{"entry":[{"changes":[{"field":7,"value":{}}]}]}"#.to_vec(),
        not_utf8,
        vec![0; 1000],
        nested.into_bytes(),
        deep("[", "]"),
        deep("{\"a\":", "}"),
        "[".repeat(1_000_000).into_bytes(),
    ];
    for body in rubbish {
        let shown = String::from_utf8_lossy(&body[..body.len().min(60)]).into_owned();
        let reply = whatsapp.post(body).await;
        assert_eq!(reply.status, 400, "{shown}: {reply:?}");
        reply.refused(400, "bad_request");
    }
    nothing_stored(&api).await;
}
