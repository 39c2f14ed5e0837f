//! Facebook says that somebody took us away, or wants to be forgotten.

use super::{ANNA, World, led_to, ways};
use crate::support::{json, text};

#[tokio::test]
async fn facebook_is_forgotten_when_facebook_says_so() {
    let world = World::new().await;
    let mut owner = world.app.owner(&world.organisation).await;
    led_to(&world.adds(&mut owner, "facebook", ANNA).await, "/settings/profile");
    let (gone, deletion) =
        (format!("{}/auth/facebook/deauthorize", world.app.base), format!("{}/auth/facebook/deletion", world.app.base));
    let forged = world.ask("signed", json!({"person": ANNA, "url": gone, "secret": "another"})).await;
    assert_eq!(forged["status"], 401, "{forged}");
    let other = format!("{}/auth/google/deauthorize", world.app.base);
    assert_eq!(world.ask("signed", json!({"person": ANNA, "url": other})).await["status"], 404);
    let old = world.ask("signed", json!({"person": ANNA, "url": gone, "issued_at": 1_700_000_000})).await;
    assert_eq!(old["status"], 200);
    assert_eq!(ways(&owner).await["identities"].as_array().unwrap().len(), 1, "an old word undoes nothing newer");

    let told = world.ask("signed", json!({"person": ANNA, "url": gone})).await;
    assert_eq!((told["status"].clone(), told["body"].clone()), (json!(200), json!("")));
    assert_eq!(ways(&owner).await["identities"], json!([]));
    // Added again, and then to be forgotten; said twice, done once.
    led_to(&world.adds(&mut owner, "facebook", ANNA).await, "/settings/profile");
    let now = std::time::SystemTime::UNIX_EPOCH.elapsed().unwrap().as_secs();
    let order = json!({"person": ANNA, "url": deletion, "issued_at": now});
    let first = world.ask("signed", order.clone()).await;
    assert_eq!(first["status"], 200, "{first}");
    assert_eq!(world.ask("signed", order).await["body"], first["body"]);
    assert_eq!(ways(&owner).await["identities"], json!([]));
    let code = text(&first["body"], "confirmation_code");
    assert_eq!(text(&first["body"], "url"), format!("{}/privacy/deletion/{code}", world.app.base));
    let page = world.app.browser().get(&format!("/privacy/deletion/{code}")).await;
    assert!(page.status == 200 && page.text.contains("Связь удалена"), "{page:?}");
    let bent = format!("B{}", &code[1..]);
    for wrong in ["x", "k3J9", bent.as_str()] {
        assert_eq!(world.app.browser().get(&format!("/privacy/deletion/{wrong}")).await.status, 404, "{wrong}");
    }
}
