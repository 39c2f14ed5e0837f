//! The second factor through the pages without a script: setting up, the second step, what opens only once, what an
//! organisation may demand, and who may take it from whom.

use crate::support::{Browser, Organisation, PASSWORD, Reply, TestApp, items, json, text};
use domain::access::Role;
use hmac::{Hmac, Mac};

/// The code an app shows `ahead` steps from now.
pub fn code(key: &str, ahead: u64) -> String {
    let bits: Vec<u8> = key
        .bytes()
        .flat_map(|letter| {
            let value = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".bytes().position(|it| it == letter).unwrap() as u8;
            (0..5).rev().map(move |n| value >> n & 1)
        })
        .collect();
    let secret: Vec<u8> = bits.chunks_exact(8).map(|byte| byte.iter().fold(0, |sum, bit| sum << 1 | bit)).collect();
    let now = std::time::SystemTime::UNIX_EPOCH.elapsed().unwrap().as_secs();
    let mut mac = Hmac::<sha1::Sha1>::new_from_slice(&secret).unwrap();
    mac.update(&(now / 30 + ahead).to_be_bytes());
    let hash = mac.finalize().into_bytes();
    let at = usize::from(hash[19] & 0x0f);
    let number = u32::from_be_bytes(hash[at..at + 4].try_into().unwrap()) & 0x7fff_ffff;
    format!("{:06}", number % 1_000_000)
}

/// Everything between `<code>` and `</code>`.
fn codes_in(reply: &Reply) -> Vec<String> {
    reply.text.split("<code>").skip(1).map(|rest| rest.split('<').next().unwrap().to_owned()).collect()
}

fn location(reply: &Reply) -> &str {
    reply.header("location")
}

/// Sets it up; answers the key and the recovery codes.
pub async fn set_up(browser: &mut Browser) -> (String, Vec<String>) {
    let begun = browser.post_form("/auth/second-factor/begin", &[]).await;
    assert_eq!((begun.status, location(&begun)), (303, "/second-factor"));
    let page = browser.get("/second-factor").await;
    assert!(page.text.contains("<svg") && page.text.contains("M4,4h1v1h-1z"), "a picture for the app");
    let key = codes_in(&page)[0].replace(' ', "");
    assert_eq!(key.len(), 32);
    let refused = browser.post_form("/auth/second-factor/confirm", &[("code", "000000")]).await;
    assert_eq!(refused.status, 422, "{refused:?}");
    let done = browser.post_form("/auth/second-factor/confirm", &[("code", &code(&key, 0))]).await;
    assert_eq!(done.status, 200, "{done:?}");
    let codes = codes_in(&done);
    assert_eq!(codes.len(), 10);
    (key, codes)
}

/// The first step of a sign-in that has a second.
pub async fn half(app: &TestApp, organisation: &Organisation) -> Browser {
    let mut browser = Browser::new(&app.http, &app.base);
    let fields = [("email", organisation.owner_email.as_str()), ("password", PASSWORD), ("next", "/orders")];
    let reply = browser.post_form("/auth/sign-in", &fields).await;
    assert_eq!((reply.status, location(&reply)), (303, "/sign-in/code?next=/orders"));
    browser
}

pub async fn second_step(browser: &mut Browser, code: &str) -> Reply {
    browser.post_form("/auth/code", &[("code", code), ("next", "/orders")]).await
}

#[tokio::test]
async fn the_password_alone_opens_nothing_and_no_code_opens_twice() {
    let (app, api) = TestApp::with_api().await;
    let organisation = app.organisation("Юг").await;
    let mut owner = app.owner(&organisation).await;
    let (key, recovery) = set_up(&mut owner).await;
    assert!(!owner.get("/second-factor").await.text.contains(&key), "the key is never shown again");

    let mut thief = half(&app, &organisation).await;
    let shut = thief.get("/dashboard").await;
    assert!(shut.status == 303 && location(&shut).starts_with("/sign-in"), "{shut:?}");
    assert_eq!(thief.server_fn("home_dashboard", json!({})).await.status, 401);
    assert_eq!(thief.get("/second-factor").await.status, 303, "nor can it be set up anew from here");
    let again = second_step(&mut thief, &code(&key, 0)).await;
    assert_eq!(again.status, 422, "the code of the set-up was used: {again:?}");
    let wrong = second_step(&mut thief, "12 34").await;
    assert_eq!(wrong.status, 422, "{wrong:?}");

    let mut phone = half(&app, &organisation).await;
    let next = code(&key, 1);
    let half_cookie = phone.cookie.clone();
    let entered = second_step(&mut phone, &next).await;
    assert_eq!((entered.status, location(&entered)), (303, "/orders"));
    assert_ne!(phone.cookie, half_cookie, "the session has another name now");
    assert_eq!(phone.server_fn("home_dashboard", json!({})).await.status, 200);
    let mut other = half(&app, &organisation).await;
    assert_eq!(second_step(&mut other, &next).await.status, 422, "taken is taken");

    let typed = recovery[3].to_lowercase().replace('-', " ");
    assert_eq!(second_step(&mut other, &typed).await.status, 303, "a recovery code as people type it");
    assert_eq!(second_step(&mut half(&app, &organisation).await, &recovery[3]).await.status, 422, "once");
    let state = other.server_fn("profile_second_factor", json!({})).await.good();
    assert_eq!(state, json!({"on": true, "codes_left": 9, "required": false}));

    let stored = app.database.everything().await;
    for secret in [key.as_str(), recovery[0].as_str(), &recovery[0].replace('-', "")] {
        assert!(!stored.windows(secret.len()).any(|window| window == secret.as_bytes()), "{secret} lies open");
        assert!(!app.log().contains(secret), "{secret} stands in the log");
    }
    assert_eq!(api.get("/contacts").await.status, 200, "keys have no second factor");

    // New codes and giving it up need password and code.
    let renew = [("password", "не тот"), ("code", recovery[0].as_str())];
    assert_eq!(other.post_form("/auth/second-factor/codes", &renew).await.status, 422);
    let renew = [("password", PASSWORD), ("code", recovery[0].as_str())];
    let fresh = codes_in(&other.post_form("/auth/second-factor/codes", &renew).await);
    assert!(fresh.len() == 10 && !fresh.contains(&recovery[1]), "{fresh:?}");
    let old = [("password", PASSWORD), ("code", recovery[1].as_str())];
    assert_eq!(other.post_form("/auth/second-factor/off", &old).await.status, 422, "old codes are void");
    let new = [("password", PASSWORD), ("code", fresh[1].as_str())];
    assert_eq!(other.post_form("/auth/second-factor/off", &new).await.status, 303);
    app.owner(&organisation).await;
}

#[tokio::test]
async fn an_owner_alone_is_helped_by_the_operator() {
    let app = TestApp::start().await;
    let organisation = app.organisation("Юг").await;
    set_up(&mut app.owner(&organisation).await).await;
    half(&app, &organisation).await;
    let nobody = app.cli(&["admin", "reset-second-factor", "--email", "nobody@sever.example"]).await;
    assert_eq!(nobody.code, 1, "{nobody:?}");
    let helped =
        app.cli(&["admin", "reset-second-factor", "--email", &organisation.owner_email, "--json"]).await.json();
    assert_eq!(text(&helped, "user_id"), organisation.owner_id);
    app.owner(&organisation).await;
}

#[tokio::test]
async fn guessing_codes_is_stopped() {
    let app = TestApp::start().await;
    let organisation = app.organisation("Юг").await;
    let (_, recovery) = set_up(&mut app.owner(&organisation).await).await;
    let mut thief = half(&app, &organisation).await;
    let mut statuses = Vec::new();
    for n in 0..12 {
        statuses.push(second_step(&mut thief, &format!("{n:06}")).await.status);
    }
    assert_eq!((statuses[0], statuses[11]), (422, 429), "{statuses:?}");
    assert_eq!(second_step(&mut thief, &recovery[0]).await.status, 429, "nor is a right one taken then");
}

#[tokio::test]
async fn an_owner_may_demand_it_of_everybody() {
    let app = TestApp::start().await;
    let organisation = app.organisation("Юг").await;
    let api = app.api(&organisation, "*").await;
    let mut owner = app.owner(&organisation).await;
    owner.server_fn("organisation_require_factor", json!({"required": true})).await.good();
    let led = owner.get("/orders").await;
    assert_eq!((led.status, location(&led)), (303, "/second-factor"));
    let refused = owner.server_fn("home_dashboard", json!({})).await;
    assert_eq!((refused.status, text(&refused.json(), "code")), (403, "second_factor_missing"));
    assert_eq!(api.get("/contacts").await.status, 200, "keys go on");
    let (_, recovery) = set_up(&mut owner).await;
    assert_eq!(owner.server_fn("home_dashboard", json!({})).await.status, 200);
    let off = [("password", PASSWORD), ("code", recovery[0].as_str())];
    let kept = owner.post_form("/auth/second-factor/off", &off).await;
    assert_eq!(kept.status, 422, "it is demanded: {kept:?}");
    let lines = api.get("/journal?object_kind=organisation").await.good();
    let demanded = items(&lines).iter().find(|line| line["code"] == "organisation_updated").unwrap();
    assert_eq!(demanded["args"]["changes"], json!([{"field": "second_factor_required", "from": false, "to": true}]));
}

#[tokio::test]
async fn who_lost_the_phone_is_helped_by_an_owner() {
    let app = TestApp::start().await;
    let organisation = app.organisation("Юг").await;
    let api = app.api(&organisation, "*").await;
    let owner = app.owner(&organisation).await;
    let token = super::invited(&owner, "olga@sever.example", Role::Seller).await;
    let mut olga = Browser::new(&app.http, &app.base);
    let joined = olga.post_form("/auth/join", &[("token", &token), ("name", "Ольга"), ("password", PASSWORD)]).await;
    assert_eq!(joined.status, 303, "{joined:?}");
    set_up(&mut olga).await;
    let members = owner.server_fn("members_list", json!({})).await.good();
    let member = members.as_array().unwrap().iter().find(|it| it["name"] == "Ольга").unwrap();
    assert_eq!(member["second_factor"], true);
    let id = json!({"user": member["user_id"]});
    assert_eq!(olga.server_fn("members_reset_factor", id.clone()).await.status, 403);
    owner.server_fn("members_reset_factor", id).await.good();
    assert_eq!(olga.server_fn("chats_list", json!({"filter": {}})).await.status, 401, "her sessions have ended");
    olga.sign_in("olga@sever.example", PASSWORD).await;
    assert_eq!(olga.server_fn("chats_list", json!({"filter": {}})).await.status, 200, "the password is enough again");
    let lines = api.get("/journal?level=warning").await.good();
    assert!(items(&lines).iter().any(|line| line["code"] == "second_factor_reset"), "{lines}");
}
