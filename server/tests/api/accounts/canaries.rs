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
    let canaries = [
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
    for page in ["/dashboard", "/chats", "/connections", "/team", "/settings", "/journal", "/second-factor"] {
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
            canaries.iter().filter(|canary| holds(bytes, canary)).map(move |canary| format!("{canary} in {place}"))
        })
        .collect();
    assert!(found.is_empty(), "{found:#?}");
    eventually("the program is still there", async || (app.visit("/readyz").await.status == 200).then_some(())).await;
}
