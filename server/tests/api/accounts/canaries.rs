//! Canaries: secrets nobody could mistake for anything else are planted everywhere the program takes one, the program is
//! driven with everything it could say switched on, and then they are looked for wherever it writes or answers.

use super::second_factor::{code, half, second_step, set_up};
use super::{invited, sessions::member};
use crate::operations::everything;
use crate::pipeline::subscribed;
use crate::support::{TestApp, eventually, json, text};
use connectors::whatsapp::simulator::Simulator;
use domain::access::Role;
use std::io::Read;

#[tokio::test]
async fn planted_secrets_are_found_nowhere() {
    let mut app = TestApp::installed().await;
    app.set("RUST_LOG", "trace");
    app.set("PULT_LOG_DIR", app.folder.path().join("logs").to_str().unwrap());
    // What the operator says. Neither the mail server nor the collector is there: what failed is written down as well.
    app.set("PULT_SMTP_URL", "smtp://pult:canary-smtp-4471@127.0.0.1:1");
    app.set("OTEL_EXPORTER_OTLP_ENDPOINT", "http://pult:canary-otel-url-8125@127.0.0.1:1");
    app.set("OTEL_EXPORTER_OTLP_HEADERS", "authorization=Bearer%20canary-otel-5512");
    let sign_in = app.folder.path().join("sign-in.json");
    let google = json!({"google": {"client_id": "pult", "client_secret": "canary-google-9317"}});
    std::fs::write(&sign_in, google.to_string()).unwrap();
    app.set("PULT_SIGN_IN_FILE", sign_in.to_str().unwrap());
    app.serve().await;
    let organisation = app.organisation("Север").await;
    let api = app.api(&organisation, "*").await;
    let mut owner = app.owner(&organisation).await;
    let first_cookie = owner.cookie.split('=').nth(1).unwrap().to_owned();
    let (totp, recovery) = set_up(&mut owner).await;
    let mut phone = half(&app, &organisation).await;
    assert_eq!(second_step(&mut phone, &code(&totp, 1)).await.status, 303);
    let second_cookie = phone.cookie.split('=').nth(1).unwrap().to_owned();

    let sim = Simulator::start(([127, 0, 0, 1], 0).into()).await.unwrap();
    sim.ask("settings", json!({"sent_ms": 5, "delivered_ms": 5, "read_ms": 5})).await.unwrap();
    let settings = json!(sim.settings());
    let whatsapp = app.connect_settings(&api, sim, settings.clone()).await;
    let program = connectors::webhook::simulator::Simulator::start(([127, 0, 0, 1], 0).into()).await.unwrap();
    let (intercom, trustpilot) = (app.connect_intercom(&api).await, app.connect_trustpilot(&api).await);
    let own = json!(program.settings());
    let made = api.post("/connections", json!({"provider": "webhook", "settings": own})).await.good();
    let pushes = connectors::push::simulator::Simulator::start(([127, 0, 0, 1], 0).into()).await.unwrap();
    let browser = subscribed(&pushes, &phone).await;
    let chat = whatsapp.chat_begun(&api, "79161234567").await;
    let message = api.says(&chat, "Здравствуйте").await;
    api.message_in(&chat, &message, "read").await;
    whatsapp.customer_writes("79161234567", "Вы здесь?").await;
    eventually("the browser is told", async || (!pushes.taken().is_empty()).then_some(())).await;
    let (member, _) = member(&app, &phone, Role::Seller).await;
    let invitation = invited(&phone, "grigory@sever.example", Role::Seller).await;
    let password = "канарейка-пароль 77";
    let changed = json!({"current": crate::support::PASSWORD, "password": password});
    member.server_fn("profile_password", changed).await.good();
    let other_key = app.api(&organisation, "*").await.key;
    app.visit(&format!("/join/{invitation}")).await;
    app.browser().post_form("/auth/forgot", &[("email", &organisation.owner_email)]).await;
    // Mistakes are said as well, and not with what was in them.
    api.with_key(&format!("{other_key}x")).get("/contacts").await.refused(401, "unauthenticated");
    let wrong = [("email", organisation.owner_email.as_str()), ("password", password)];
    assert_eq!(app.browser().post_form("/auth/sign-in", &wrong).await.status, 422);

    let recovery_bare = recovery[0].replace('-', "");
    let (of_intercom, of_trustpilot) = (json!(intercom.sim.settings()), json!(trustpilot.sim.settings()));
    let key = std::fs::read_to_string(app.data().join("secret.key")).unwrap();
    // The other program must be told it: whoever manages the connection may look at it there, and nowhere else.
    let (shared, told) = (text(&made["generated"], "secret"), text(&made["connection"], "id"));
    let told = format!("the answer at /connections/{told}");
    let canaries = [
        "canary-smtp-4471",
        "canary-otel-url-8125",
        "canary-otel-5512",
        "canary-google-9317",
        key.trim(),
        text(&of_intercom, "access_token"),
        text(&of_intercom, "client_secret"),
        text(&of_trustpilot, "api_secret"),
        shared,
        text(&settings, "app_secret"),
        text(&browser, "endpoint").rsplit('/').next().unwrap(),
        text(&browser, "auth"),
        text(&settings, "access_token"),
        &api.key,
        &other_key,
        crate::support::PASSWORD,
        password,
        &first_cookie,
        &second_cookie,
        &totp,
        &recovery[0],
        &recovery_bare,
        &invitation,
    ];
    assert!(canaries.iter().all(|canary| canary.len() > 9), "{canaries:?}");

    let mut places: Vec<(String, Vec<u8>)> = everything(&api)
        .await
        .into_iter()
        .map(|(place, json)| (format!("the answer at {place}"), json.to_string().into_bytes()))
        .collect();
    for page in [
        "/dashboard",
        "/chats",
        "/connections",
        "/team",
        "/settings",
        "/settings/health",
        "/settings/profile",
        "/journal",
        "/second-factor",
    ] {
        places.push((format!("the page {page}"), phone.get(page).await.text.into_bytes()));
    }
    places.push(("/metrics".into(), app.visit("/metrics").await.text.into_bytes()));
    let copy = app.folder.path().join("pult.copy");
    assert_eq!(app.cli(&["backup", copy.to_str().unwrap()]).await.code, 0);
    let mut unpacked = Vec::new();
    flate2::read::GzDecoder::new(std::fs::File::open(copy).unwrap()).read_to_end(&mut unpacked).unwrap();
    places.push(("a copy".into(), unpacked));
    places.push(("the database".into(), app.database.everything().await));
    places.push(("standard error".into(), app.log().into_bytes()));
    let files = std::fs::read_dir(app.folder.path().join("logs")).unwrap();
    let logs: Vec<u8> = files.flat_map(|file| std::fs::read(file.unwrap().path()).unwrap()).collect();
    assert!(logs.len() > 1_000);
    for line in String::from_utf8_lossy(&logs).lines() {
        serde_json::from_str::<serde_json::Value>(line).unwrap_or_else(|why| panic!("{why}: {line}"));
    }
    places.push(("the log files".into(), logs));

    let holds = |bytes: &[u8], word: &str| bytes.windows(word.len()).any(|window| window == word.as_bytes());
    assert!(places.iter().any(|(_, bytes)| holds(bytes, "Здравствуйте")), "the search itself works");
    let found: Vec<String> = places
        .iter()
        .flat_map(|(place, bytes)| {
            let fine = |canary: &str| canary == shared && *place == told;
            canaries
                .iter()
                .filter(move |canary| holds(bytes, canary) && !fine(canary))
                .map(move |canary| format!("{canary} in {place}"))
        })
        .collect();
    assert!(found.is_empty(), "{found:#?}");
    eventually("the program is still there", async || (app.visit("/readyz").await.status == 200).then_some(())).await;
}
