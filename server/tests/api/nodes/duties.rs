//! What only has to be tidied up keeps nobody waiting who has a time of their own.

use super::alone;
use crate::support::{TestApp, eventually, json};

const PHONE: &str = "79161234567";

#[tokio::test]
async fn a_long_tidying_delays_no_message_for_later() {
    if alone() {
        return;
    }
    let mut app = TestApp::start().await;
    let organisation = app.organisation("Север").await;
    let api = app.api(&organisation, "*").await;
    let whatsapp = app.connect_whatsapp(&api).await;
    let chat = whatsapp.chat_begun(&api, PHONE).await;
    // Tidying ends with this row; a database with a lot to take away is as slow.
    app.database
        .run(
            "CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(600); RETURN NEW; END $$;
             CREATE TRIGGER slow BEFORE INSERT ON disk_days FOR EACH ROW EXECUTE FUNCTION slow()",
        )
        .await;
    app.kill9().await;
    app.serve().await;
    let owner = app.owner(&organisation).await;
    let soon = now() + 3_000;
    let later = json!({"message": {"text": "Напоминаю"}, "send_at": soon, "unless_answered": false});
    owner.server_fn("chats_later_plan", json!({"id": chat, "later": later})).await.good();
    eventually("it has gone out", async || (whatsapp.sent_to(PHONE).len() == 1).then_some(())).await;
}

/// The program under test lives by the real clock.
#[allow(clippy::disallowed_methods)]
fn now() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.map_or(0, |since| since.as_millis() as i64)
}
