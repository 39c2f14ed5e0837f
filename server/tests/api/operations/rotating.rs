//! The secret key is changed while webhooks, sends and sign-ins go on; afterwards nothing needs the old one.

use super::PHONE;
use crate::accounts::second_factor::{code, half, second_step, set_up};
use crate::pipeline::subscribed;
use crate::support::{TestApp, eventually};

#[tokio::test]
async fn the_secret_key_changes_while_everything_goes_on() {
    let mut app = TestApp::start().await;
    let north = app.organisation("Север").await;
    let api = app.api(&north, "*").await;
    let organisation = app.organisation("Юг").await;
    let (key, recovery) = set_up(&mut app.owner(&organisation).await).await;
    let pushes = connectors::push::simulator::Simulator::start(([127, 0, 0, 1], 0).into()).await.unwrap();
    subscribed(&pushes, &app.owner(&north).await).await;
    let whatsapp = app.connect_whatsapp(&api).await;
    let chat = whatsapp.chat_begun(&api, PHONE).await;

    let file = app.data().join("secret.key");
    let before = std::fs::read_to_string(&file).unwrap();
    let ran = app.cli(&["rotate-key"]).await;
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{ran:?}");
    assert!(!ran.out.contains(before.trim()), "{ran:?}");
    assert_ne!(std::fs::read_to_string(&file).unwrap(), before);
    // The running program goes on with the key it has.
    whatsapp.customer_writes(PHONE, "Ещё по-старому").await;
    let message = api.says(&chat, "И мы").await;
    api.message_in(&chat, &message, "read").await;

    assert_eq!(app.terminate().await, 0);
    let waiting = app.cli(&["doctor"]).await;
    assert!(waiting.out.contains("secrets are sealed with an old key"), "{waiting:?}");
    app.serve().await;
    for n in 0..20 {
        whatsapp.customer_writes(PHONE, &format!("Во время перемены {n}")).await;
    }
    eventually("nothing needs the old key", async || {
        let doctor = app.cli(&["doctor"]).await;
        assert_eq!(doctor.code, 0, "{doctor:?}");
        doctor.out.contains("nothing is sealed with an old key").then_some(())
    })
    .await;

    // The old key is thrown away.
    assert_eq!(app.terminate().await, 0);
    std::fs::remove_file(app.data().join("secret.old.keys")).unwrap();
    app.serve().await;
    let told = pushes.taken().len();
    whatsapp.customer_writes(PHONE, "Уже по-новому").await;
    eventually("the browser is told as before", async || (pushes.taken().len() > told).then_some(())).await;
    let message = api.says(&chat, "И мы уже").await;
    api.message_in(&chat, &message, "read").await;
    assert_eq!(second_step(&mut half(&app, &organisation).await, &code(&key, 1)).await.status, 303);
    assert_eq!(second_step(&mut half(&app, &organisation).await, &recovery[2]).await.status, 303);

    // With the old key in its place nothing opens any more.
    assert_eq!(app.terminate().await, 0);
    app.set("PULT_SECRET_KEY", before.trim());
    app.serve().await;
    let body = crate::support::text_message("wamid.old", PHONE, "Чужим ключом");
    assert_ne!(whatsapp.post(body).await.status, 200);
    let refused = app.cli(&["rotate-key"]).await;
    super::failed(&refused, "PULT_OLD_SECRET_KEYS");
}
