//! Sign-up, sign-in, sign-out and the way back after a forgotten password.

use crate::support::{Browser, PASSWORD, Reply, TestApp, json, text};

async fn sign_up(browser: &mut Browser, email: &str, password: &str) -> Reply {
    let fields = [("name", "Анна"), ("email", email), ("password", password), ("organisation", "Мастерская «Север»")];
    browser.post_form("/auth/sign-up", &fields).await
}

#[tokio::test]
async fn whoever_signs_up_is_owner_of_their_organisation() {
    let app = TestApp::start().await;
    let mut browser = app.browser();
    let reply = sign_up(&mut browser, "anna@sever.example", PASSWORD).await;
    assert_eq!((reply.status, reply.header("location")), (303, "/dashboard"), "{reply:?}");
    let me = browser.server_fn_form("me", &[]).await.good();
    assert_eq!(
        (text(&me, "name"), text(&me, "role"), text(&me["organisation"], "name")),
        ("Анна", "owner", "Мастерская «Север»")
    );
    assert_eq!(browser.get("/dashboard").await.status, 200);
    // The same person once more, in another browser.
    let mut elsewhere = app.browser();
    elsewhere.sign_in(" Anna@SEVER.example ", PASSWORD).await;
    assert_eq!(elsewhere.server_fn_form("me", &[]).await.good()["user_id"], me["user_id"]);
}

#[tokio::test]
async fn a_form_that_is_not_good_comes_back_with_what_is_wrong() {
    let app = TestApp::start().await;
    let mut browser = app.browser();
    for (email, password) in [
        ("", PASSWORD),
        ("no mail", PASSWORD),
        ("anna@sever.example", "короткий"),
        ("anna@sever.example", "password123"),
        ("anna@sever.example", "йцукенгшщз"),
        ("anna@sever.example", ""),
    ] {
        let reply = sign_up(&mut browser, email, password).await;
        assert_eq!(reply.status, 422, "{email} {password}: {reply:?}");
        assert!(
            reply.header("content-type").starts_with("text/html") && reply.text.contains("aria-invalid"),
            "{}",
            reply.text
        );
        assert!(password.is_empty() || !reply.text.contains(password), "the password came back");
        let common = ["password123", "йцукенгшщз"].contains(&password);
        assert_eq!(reply.text.contains("из тех, что подбирают первыми"), common, "{password}: {}", reply.text);
        assert!(browser.cookie.is_empty(), "signed in all the same");
    }
    assert_eq!(sign_up(&mut browser, "anna@sever.example", PASSWORD).await.status, 303);
    let mut second = app.browser();
    assert_eq!(sign_up(&mut second, "ANNA@sever.example", PASSWORD).await.status, 422, "the e-mail is taken");
    // What was typed is text, whatever it looks like.
    let reply = sign_up(&mut second, "\"><script>alert(1)</script>", PASSWORD).await;
    assert!(!reply.text.contains("<script>alert"), "{}", reply.text);
    for (path, body) in [("/auth/sign-in", "email=%FF%FE&password=x"), ("/auth/sign-up", "name=%00&email=%00")] {
        let request = second.request(reqwest::Method::POST, path).body(body);
        let reply = Reply::of(request.header("content-type", "application/x-www-form-urlencoded")).await;
        assert!((400..500).contains(&reply.status), "{path}: {reply:?}");
    }
    let reply = second.post_form("/auth/sign-up", &[("name", &"А".repeat(100_000))]).await;
    assert!((400..500).contains(&reply.status), "{reply:?}");
}

#[tokio::test]
async fn an_unknown_e_mail_and_a_wrong_password_look_the_same() {
    let app = TestApp::start().await;
    let organisation = app.organisation("Север").await;
    let mut browser = app.browser();
    let wrong = browser
        .post_form("/auth/sign-in", &[("email", &organisation.owner_email), ("password", "не тот пароль")])
        .await;
    let unknown =
        browser.post_form("/auth/sign-in", &[("email", "who@sever.example"), ("password", "не тот пароль")]).await;
    assert_eq!((wrong.status, unknown.status), (422, 422));
    let nonce = |reply: &Reply| {
        reply.header("content-security-policy").split("nonce-").nth(1).map(|n| n.split('\'').next().unwrap().to_owned())
    };
    let plain = |reply: &Reply, email: &str| {
        let text = reply.text.replace(email, "");
        nonce(reply).map_or(text.clone(), |nonce| text.replace(&nonce, ""))
    };
    assert_eq!(plain(&wrong, &organisation.owner_email), plain(&unknown, "who@sever.example"));
}

#[tokio::test]
async fn after_ten_wrong_passwords_nobody_gets_in_for_a_while() {
    let app = TestApp::start().await;
    let organisation = app.organisation("Север").await;
    let mut browser = app.browser();
    for n in 0..10 {
        let reply = browser
            .post_form("/auth/sign-in", &[("email", &organisation.owner_email), ("password", "не тот пароль")])
            .await;
        assert_eq!(reply.status, 422, "attempt {n}");
    }
    for password in ["не тот пароль", PASSWORD] {
        let reply =
            browser.post_form("/auth/sign-in", &[("email", &organisation.owner_email), ("password", password)]).await;
        assert_eq!(reply.status, 429, "{}", reply.text);
        let seconds: u32 = reply.header("retry-after").parse().expect("Retry-After");
        assert!((1..=15 * 60).contains(&seconds), "{seconds}");
    }
    assert!(browser.cookie.is_empty());
}

#[tokio::test]
async fn signing_out_ends_the_session_on_the_server_too() {
    let app = TestApp::start().await;
    let organisation = app.organisation("Север").await;
    let mut browser = app.owner(&organisation).await;
    let before = browser.clone();
    assert_eq!(browser.post_form("/auth/sign-out", &[]).await.status, 303);
    for browser in [&before, &browser] {
        let reply = browser.server_fn_form("me", &[]).await;
        assert_eq!((reply.status, text(&reply.json(), "code")), (401, "unauthenticated"), "a kept cookie still works");
    }
    assert!(before.get("/dashboard").await.header("location").starts_with("/sign-in"));
}

#[tokio::test]
async fn only_our_own_addresses_are_gone_to_after_the_sign_in() {
    let app = TestApp::start().await;
    let organisation = app.organisation("Север").await;
    for (next, goes) in [
        ("/chats?box=mine", "/chats?box=mine"),
        ("//evil.example", "/dashboard"),
        ("https://evil.example/", "/dashboard"),
        ("/\\evil.example", "/dashboard"),
        ("/%0d%0aSet-Cookie:x=y", "/%0d%0aSet-Cookie:x=y"),
        ("/\r\nSet-Cookie: x=y", "/dashboard"),
    ] {
        let fields = [("email", organisation.owner_email.as_str()), ("password", PASSWORD), ("next", next)];
        let reply = app.browser().post_form("/auth/sign-in", &fields).await;
        assert_eq!((reply.status, reply.header("location")), (303, goes), "{next}");
    }
}

#[tokio::test]
async fn a_forgotten_password_tells_nobody_who_has_an_account() {
    let app = TestApp::start().await;
    let organisation = app.organisation("Север").await;
    let mut browser = app.browser();
    let known = browser.post_form("/auth/forgot", &[("email", &organisation.owner_email)]).await;
    let unknown = browser.post_form("/auth/forgot", &[("email", "who@sever.example")]).await;
    assert_eq!((known.status, known.header("location")), (unknown.status, unknown.header("location")));
    for path in ["/auth/reset", "/auth/confirm", "/auth/join"] {
        let reply =
            browser.post_form(path, &[("token", "guessed"), ("name", "Анна"), ("password", "синий кит 99")]).await;
        assert_eq!(reply.status, 404, "{path}: {reply:?}");
    }
    assert!(browser.cookie.is_empty());
    let me = app.owner(&organisation).await.server_fn("sessions_list", json!({})).await.good();
    assert_eq!(me.as_array().map(Vec::len), Some(1));
}
