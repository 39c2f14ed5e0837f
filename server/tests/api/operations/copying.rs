//! A copy of a running server, restored elsewhere on the same and on the other engine.

use super::{Lived, PHONE, PICTURE, assert_same, everything};
use crate::support::{Engine, Json, Reply, TestApp, eventually, items, json, text, text_message};
use reqwest::Method;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

#[tokio::test]
async fn a_running_server_is_copied_and_its_sends_wait_for_a_person_elsewhere() {
    for engine in Engine::at_hand() {
        let mut lived = Lived::on(TestApp::installed().await).await;
        let file = lived.app.folder.path().join("pult.copy");
        let file = file.to_str().unwrap();
        // Somebody writes all the time.
        let (stop, written) = (AtomicBool::new(false), AtomicUsize::new(0));
        let writing = async {
            while !stop.load(Ordering::SeqCst) {
                let name = format!("Клиент {:04}", written.load(Ordering::SeqCst));
                lived.api.post("/contacts", json!({"name": name})).await.good();
                written.fetch_add(1, Ordering::SeqCst);
            }
        };
        let copying = async {
            eventually("somebody writes", async || (written.load(Ordering::SeqCst) > 5).then_some(())).await;
            let before = written.load(Ordering::SeqCst);
            let ran = lived.app.cli(&["backup", file, "--with-key"]).await;
            stop.store(true, Ordering::SeqCst);
            assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{ran:?}");
            assert!(ran.out.contains("1 files") && ran.out.contains("whoever has this file"), "{ran:?}");
            before
        };
        let ((), before) = tokio::join!(writing, copying);
        let written = written.into_inner();
        assert_eq!(lived.app.terminate().await, 0);

        let mut elsewhere = TestApp::installed_on(engine).await;
        let ran = elsewhere.cli(&["restore", file]).await;
        assert_eq!(ran.code, 0, "{ran:?}");
        assert!(ran.out.contains("1 sends wait") && !ran.out.contains("signed in anew"), "{ran:?}");
        elsewhere.serve().await;
        let api = lived.api_at(&elsewhere);
        // As it was at one moment: all that was answered before, none with a gap before it.
        let mut names: Vec<_> = api.all("/contacts", 200).await.iter().map(|c| text(c, "name").to_owned()).collect();
        names.retain(|name| name.starts_with("Клиент "));
        names.sort();
        assert!(names.len() >= before && names.len() <= written, "{before} {} {written}", names.len());
        assert!(names.iter().enumerate().all(|(n, name)| *name == format!("Клиент {n:04}")), "{names:?}");
        let order = &api.all("/orders", 50).await[0];
        assert_eq!((order["number"].as_i64(), order["total_minor"].as_i64()), (Some(1), Some(225_000)), "{order}");

        // Nobody is signed in any more; signing in works, and files are there.
        let (owner, mut again) = (lived.owner.clone(), elsewhere.browser());
        again.cookie = owner.cookie;
        assert_ne!(again.get("/dashboard").await.status, 200);
        again.sign_in(&lived.organisation.owner_email, crate::support::PASSWORD).await;
        let bytes = again.request(Method::GET, &lived.file).send().await.unwrap().bytes().await.unwrap();
        assert_eq!(&bytes[..], PICTURE);
        assert!(Reply::of(again.request(Method::GET, "/stop")).await.text.contains("Восстановлено из копии"));

        // The send waits behind a stop, and goes out once when it is released.
        let stops = api.get("/stops").await.good();
        let stop = &items(&stops)[0];
        assert!(stop["scope"] == "all" && stop["restored_from"].is_i64(), "{stop}");
        let held = api.get("/stops/held").await.good();
        assert_eq!((items(&held).len(), text(&items(&held)[0], "text")), (1, "Ждёт своего часа"));
        lived.hook_at(&elsewhere).await;
        lived.whatsapp.customer_writes(PHONE, "Вы где?").await;
        let second = api.says(&lived.chat, "Уже здесь").await;
        // Nobody gets around the stop, and the provider's hour is over when a person says so.
        api.post(&format!("/jobs/{}/retry", text(&items(&held)[0], "id")), json!({})).await.good();
        eventually("both are held", async || (items(&api.get("/stops/held").await.good()).len() == 2).then_some(()))
            .await;
        assert!(lived.whatsapp.sent_to(PHONE).is_empty());
        api.post(&format!("/stops/{}/lift", text(stop, "id")), json!({"send": true})).await.good();
        api.message_in(&lived.chat, &second, "read").await;
        let sent = lived.whatsapp.sent_to(PHONE);
        let sent: Vec<_> = sent.iter().map(|sent| text(&sent["body"]["text"], "body")).collect();
        assert_eq!(sent, ["Ждёт своего часа", "Уже здесь"], "once each and in order");
        assert_eq!(elsewhere.terminate().await, 0);
    }
}

#[tokio::test]
async fn without_the_key_connections_wait_for_their_secrets_and_nothing_else_does() {
    let mut lived = Lived::on(TestApp::installed().await).await;
    let file = lived.app.folder.path().join("pult.copy");
    let file = file.to_str().unwrap();
    let ran = lived.app.cli(&["backup", file]).await;
    assert!(ran.code == 0 && ran.out.contains("signed in anew") && ran.out.contains("secret.key"), "{ran:?}");
    let key = std::fs::read_to_string(lived.app.data().join("secret.key")).unwrap();
    let copied = {
        let mut plain = Vec::new();
        std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(std::fs::File::open(file).unwrap()), &mut plain)
            .unwrap();
        String::from_utf8(plain).unwrap()
    };
    assert!(!copied.contains(key.trim()), "the key is in the copy");
    assert_eq!(lived.app.terminate().await, 0);

    let mut elsewhere = TestApp::installed().await;
    let ran = elsewhere.cli(&["restore", file]).await;
    assert!(ran.code == 0 && ran.out.contains("1 connections must be signed in anew"), "{ran:?}");
    elsewhere.serve().await;
    let api = lived.api_at(&elsewhere);
    let path = format!("/connections/{}", lived.whatsapp.connection_id);
    let card = api.get(&path).await.good();
    assert_eq!(card["connection"]["state"], "reauth", "{card}");
    assert!(text(&card["connection"], "last_error").contains("enter them again"), "{card}");
    // What the provider signs proves nothing here.
    lived.whatsapp.hook = lived.whatsapp.hook.replace(&lived.app.base, &elsewhere.base);
    assert_eq!(lived.whatsapp.post(text_message("wamid.locked", PHONE, "Кто там?")).await.status, 401);
    // Another connection works meanwhile.
    let hook = api.post("/connections", json!({"provider": "webhook", "settings": {}})).await.good();
    let url = format!("{}{}", elsewhere.base, text(&hook, "webhook_path"));
    assert_eq!(elsewhere.http.post(url).json(&json!({"form": "Заявка"})).send().await.unwrap().status(), 200);
    api.events_applied().await;
    // The secrets entered again, it goes on.
    let connection = json!({"provider": "whatsapp", "name": "", "settings": lived.whatsapp.sim.settings()});
    let input = json!({"id": lived.whatsapp.connection_id, "connection": connection});
    elsewhere.owner(&lived.organisation).await.server_fn("connections_change", input).await.good();
    eventually("the connection works again", async || {
        (api.get(&path).await.good()["connection"]["state"] == "active").then_some(())
    })
    .await;
    assert_eq!(lived.whatsapp.post(text_message("wamid.open", PHONE, "Кто там?")).await.status, 200);
    assert!(lived.whatsapp.sent_to(PHONE).is_empty());
}

#[tokio::test]
async fn a_copy_says_the_same_on_both_engines() {
    let mut lived = Lived::on(TestApp::installed().await).await;
    lived.app.restart().await;
    let before = everything(&lived.api).await;
    let file = lived.app.folder.path().join("pult.copy");
    let ran = lived.app.cli(&["backup", file.to_str().unwrap(), "--with-key"]).await;
    assert_eq!(ran.code, 0, "{ran:?}");
    for engine in Engine::at_hand() {
        let mut elsewhere = TestApp::installed_on(engine).await;
        // The same key by the environment instead.
        let key = std::fs::read_to_string(lived.app.data().join("secret.key")).unwrap();
        elsewhere.set("PULT_SECRET_KEY", key.trim());
        let ran = elsewhere.cli(&["restore", file.to_str().unwrap()]).await;
        assert_eq!(ran.code, 0, "{ran:?}");
        assert!(!elsewhere.data().join("secret.key").exists());
        elsewhere.serve().await;
        // What waited is held now, so it says why instead of when; all else is as it was.
        let but_held = |all: Vec<(String, Json)>| -> Vec<_> {
            let mut all: Vec<_> = all.into_iter().filter(|(path, _)| !path.contains("jobs")).collect();
            for (_, found) in &mut all {
                // Webhooks have the address of the installation in front.
                *found = serde_json::from_str(&found.to_string().replace(&elsewhere.base, &lived.app.base)).unwrap();
            }
            for message in all.iter_mut().filter_map(|(_, found)| found.as_array_mut()).flatten() {
                for name in ["job_run_at", "job_attempts", "error_code"] {
                    message[name] = Json::Null;
                }
            }
            all
        };
        assert_same(&but_held(before.clone()), &but_held(everything(&lived.api_at(&elsewhere)).await));
    }
}
