//! How an organisation looks to others: its logo, its colour, the address of its own.

use crate::accounts::invited;
use crate::accounts::sessions::member;
use crate::support::{Browser, Organisation, PASSWORD, Reply, TestApp, eventually, json, text};
use domain::access::Role;

async fn stage() -> (TestApp, Organisation, Browser) {
    let app = TestApp::start().await;
    let organisation = app.organisation("Мастерская «Север»").await;
    let owner = app.owner(&organisation).await;
    (app, organisation, owner)
}

async fn save(owner: &Browser, accent: &str, white_label: bool) -> Reply {
    let now = owner.server_fn("settings_get", json!({})).await.good();
    let mut settings = now["settings"].clone();
    settings["accent"] = json!(accent);
    settings["white_label"] = json!(white_label);
    let input = json!({"name": now["name"], "time_zone": now["time_zone"], "currency": now["currency"],
        "settings": settings, "rev": now["rev"]});
    owner.server_fn("settings_save", json!({"input": input})).await
}

/// A picture as a browser would draw it.
fn picture(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::RgbaImage::from_pixel(width, height, image::Rgba([20, 120, 220, 255]))
        .write_to(&mut bytes, image::ImageFormat::Png)
        .unwrap();
    bytes.into_inner()
}

#[tokio::test]
async fn a_logo_is_drawn_anew_and_shown_to_everybody() {
    let (app, organisation, owner) = stage().await;
    let mut both = picture(600, 300);
    both.extend_from_slice(b"<script>canary</script>");
    let made = owner.upload_to("/api/look/logo", "знак.html", both).await.good();
    let me = owner.server_fn_form("me", &[]).await.good();
    assert_eq!(me["organisation"]["logo"], made["id"]);
    let address = format!("/look/{}/logo/{}", organisation.id, text(&made, "id"));
    let shown = app.http.get(format!("{}{address}", app.base)).send().await.unwrap();
    assert_eq!(shown.status(), 200);
    let header = |name: &str| shown.headers()[name].to_str().unwrap().to_owned();
    assert_eq!((header("content-type"), header("x-content-type-options")), ("image/png".into(), "nosniff".into()));
    assert!(header("content-security-policy").contains("sandbox"));
    let bytes = shown.bytes().await.unwrap();
    assert!(!bytes.windows(6).any(|part| part == b"canary"));
    let drawn = image::load_from_memory(&bytes).unwrap();
    assert_eq!((drawn.width(), drawn.height()), (256, 128));

    // Another one takes its place, and the first is gone.
    let other = owner.upload_to("/api/look/logo", "знак.png", picture(32, 32)).await.good();
    assert_eq!(app.visit(&address).await.status, 404);
    let line = owner.server_fn("journal_list", json!({"filter": {}})).await.good();
    assert!(line.to_string().contains("organisation_updated") && line.to_string().contains("знак.html"), "{line}");
    owner.server_fn("look_logo_remove", json!({})).await.good();
    let address = format!("/look/{}/logo/{}", organisation.id, text(&other, "id"));
    assert_eq!(app.visit(&address).await.status, 404);
    assert!(owner.server_fn_form("me", &[]).await.good()["organisation"]["logo"].is_null());
}

#[tokio::test]
async fn hostile_pictures_are_refused_and_the_logo_stays() {
    let (_app, _, owner) = stage().await;
    let made = owner.upload_to("/api/look/logo", "знак.png", picture(32, 32)).await.good();
    let mut bomb = picture(8, 8);
    bomb[16..24].copy_from_slice(&[0, 0, 0xff, 0xff, 0, 0, 0xff, 0xff]);
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>".to_vec();
    let cut = picture(64, 64)[..60].to_vec();
    for (name, bytes) in [
        ("a.svg", svg),
        ("a.png", b"<html><script>".to_vec()),
        ("b.png", bomb),
        ("c.png", cut),
        ("d.png", picture(4_097, 1)),
    ] {
        let reply = owner.upload_to("/api/look/logo", name, bytes).await;
        assert_eq!(reply.refused(422, "bad_image")["field"], "logo", "{name}");
    }
    owner.upload_to("/api/look/logo", "e.png", vec![0; 5 << 20]).await.refused(413, "file_too_large");
    owner.upload_to("/api/look/logo", "f.png", Vec::new()).await.refused(422, "required");
    assert_eq!(owner.server_fn_form("me", &[]).await.good()["organisation"]["logo"], made["id"]);
}

#[tokio::test]
async fn only_heads_change_how_it_looks_and_only_their_own() {
    let (app, organisation, owner) = stage().await;
    let made = owner.upload_to("/api/look/logo", "знак.png", picture(32, 32)).await.good();
    let (seller, _) = member(&app, &owner, Role::Seller).await;
    seller.upload_to("/api/look/logo", "знак.png", picture(32, 32)).await.refused(403, "forbidden");
    app.browser().upload_to("/api/look/logo", "знак.png", picture(32, 32)).await.refused(401, "unauthenticated");
    // A file of a chat is not shown to everybody by asking for it as a logo.
    let file = owner.upload("счёт.png", picture(16, 16)).await.good();
    let address = format!("/look/{}/logo/{}", organisation.id, text(&file, "id"));
    assert_eq!(app.visit(&address).await.status, 404);
    // Nor another organisation's under our name.
    let other = app.organisation("Юг").await;
    let address = format!("/look/{}/logo/{}", other.id, text(&made, "id"));
    assert_eq!(app.visit(&address).await.status, 404);
    // Other sites cannot do it with the owner's cookie.
    let request = app.http.post(format!("{}/api/look/logo", app.base)).header("cookie", &owner.cookie);
    let request = request.header("origin", "https://evil.example").body("x");
    assert_eq!(Reply::of(request).await.status, 403);
}

#[tokio::test]
async fn a_colour_is_there_from_the_first_paint_and_must_be_readable() {
    let (_app, _, owner) = stage().await;
    let dark = save(&owner, "#1d4ed8", false).await;
    assert_eq!((dark.status, dark.json()["code"].as_str()), (422, Some("low_contrast")), "{dark:?}");
    let nearest = dark.json()["args"]["nearest"].as_str().unwrap().to_owned();
    for bad in ["red", "#fff", "#7dd3fc;--x:1", "url(x)"] {
        assert_eq!(save(&owner, bad, false).await.json()["code"], "not_allowed", "{bad}");
    }
    assert!(!owner.get("/dashboard").await.text.contains("--accent:"));
    save(&owner, &nearest, false).await.good();
    let page = owner.get("/dashboard").await.text;
    let root = page.split("<html").nth(1).unwrap().split('>').next().unwrap();
    assert!(root.contains(&format!("--accent:{nearest};--on-accent:")), "{root}");
}

#[tokio::test]
async fn an_invitation_wears_the_look_of_its_organisation() {
    let (app, organisation, owner) = stage().await;
    let made = owner.upload_to("/api/look/logo", "знак.png", picture(32, 32)).await.good();
    save(&owner, "#7dd3fc", false).await.good();
    let token = invited(&owner, "vera@sever.example", Role::Seller).await;
    let page = app.visit(&format!("/join/{token}")).await.text;
    let logo = format!("/look/{}/logo/{}", organisation.id, text(&made, "id"));
    assert!(page.contains(&logo) && page.contains("--accent:#7dd3fc") && page.contains("Работает на Пульте"), "{page}");
    save(&owner, "#7dd3fc", true).await.good();
    let page = app.visit(&format!("/join/{token}")).await.text;
    assert!(page.contains(&logo) && !page.contains("Пульт"), "{page}");
    // The installed program as well.
    let inside = owner.get("/dashboard").await.text;
    let manifest = format!("/look/{}/manifest.webmanifest", organisation.id);
    assert!(inside.contains(&manifest));
    assert_eq!(app.visit(&manifest).await.good()["name"], "Мастерская «Север»");
}

#[tokio::test]
async fn an_address_of_its_own_is_used_once_it_leads_here() {
    let (app, organisation, owner) = stage().await;
    let host = app.base.replace("http://127.0.0.1", "localhost");
    let own = Browser::new(&app.http, &format!("http://{host}"));
    assert!(!own.get("/sign-in").await.text.contains("Мастерская"), "nothing is claimed yet");
    for bad in ["http://127.0.0.1:1/", "a b", "u:p@x.example", "x.example/path"] {
        let reply = owner.server_fn("look_domain_claim", json!({"host": bad})).await;
        assert_eq!(reply.json()["code"], "bad_host", "{bad}");
    }
    owner.server_fn("look_domain_claim", json!({"host": format!("http://{}/", host.to_uppercase())})).await.good();
    eventually("it is found", async || {
        let domain = owner.server_fn("look_domain", json!({})).await.good();
        domain["verified_at"].is_number().then_some(())
    })
    .await;
    // Its pages are the organisation's there, and nowhere else.
    assert!(own.get("/sign-in").await.text.contains("Мастерская «Север»"));
    assert!(!app.visit("/sign-in").await.text.contains("Мастерская"));
    // Links of its letters lead there.
    let made = owner.server_fn("invites_create", json!({"email": "vera@sever.example", "role": "seller"})).await.good();
    assert!(text(&made, "link").starts_with(&format!("http://{host}/join/")), "{made}");
    // People sign in there and change things; other sites do not.
    let mut there = own.clone();
    there.sign_in(&organisation.owner_email, PASSWORD).await;
    save(&there, "#7dd3fc", false).await.good();
    let request = app.http.post(format!("http://{host}/api/ui/look_logo_remove")).header("cookie", &there.cookie);
    let request =
        request.header("origin", "https://evil.example").header("content-type", "application/json").body("{}");
    assert_eq!(Reply::of(request).await.status, 403);
    // Another organisation may claim it, but does not get it.
    let other = app.organisation("Юг").await;
    let rival = app.owner(&other).await;
    rival.server_fn("look_domain_claim", json!({"host": host})).await.good();
    eventually("it is told", async || {
        let domain = rival.server_fn("look_domain", json!({})).await.good();
        (domain["failure"] == "taken" && domain["verified_at"].is_null()).then_some(())
    })
    .await;
    assert!(own.get("/sign-in").await.text.contains("Мастерская «Север»"));
    owner.server_fn("look_domain_remove", json!({})).await.good();
    assert!(!own.get("/sign-in").await.text.contains("Мастерская"));
    let made = owner.server_fn("invites_create", json!({"email": "vera@sever.example", "role": "seller"})).await.good();
    assert!(text(&made, "link").starts_with(&app.base), "{made}");
}

#[tokio::test]
async fn an_address_that_leads_elsewhere_or_inside_is_not_used() {
    let mut app = TestApp::installed().await;
    app.set("PULT_ALLOW_PRIVATE_NETS", "0");
    app.set("PULT_PUBLIC_URL", "https://pult.example");
    app.serve().await;
    let organisation = app.organisation("Север").await;
    let api = app.api(&organisation, "*").await;
    let mut owner = app.browser();
    owner.sign_in(&organisation.owner_email, PASSWORD).await;
    // Names of our own network and of ourselves are refused before anything is called.
    for inside in ["localhost", "localhost:8080", "10.0.0.1", "pult.example"] {
        let reply = owner.server_fn("look_domain_claim", json!({"host": inside})).await;
        assert_eq!(reply.json()["code"], "bad_host", "{inside}");
    }
    owner.server_fn("look_domain_claim", json!({"host": "pult.sever.invalid"})).await.good();
    eventually("it is tried", async || {
        let domain = owner.server_fn("look_domain", json!({})).await.good();
        (domain["checked_at"].is_number() && domain["verified_at"].is_null()).then_some(())
    })
    .await;
    let jobs = api.get("/jobs?kind=check_domain").await.good();
    assert_eq!(jobs["items"].as_array().unwrap().len(), 1);
    // A forged Host gets nobody anything.
    let request = app.http.get(format!("{}/sign-in", app.base)).header("host", "pult.sever.invalid");
    assert!(!Reply::of(request).await.text.contains("Север"));
}
