//! Letters: sealed in the job, shown by the demo, sent through SMTP, failures sorted.

use crate::common::{self, TestApp};
use domain::access::Role;
use domain::ids::OrganisationId;
use domain::views::{OrganisationInput, OrganisationSettings};
use serde_json::Value as Json;
use services::accounts::mail::{self, MailFailure};
use services::{Config, Mailer};
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;

/// A mail server that answers the receiver line as told and keeps what it was sent.
async fn server(answer: &'static str) -> (String, Arc<Mutex<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("smtp://{}", listener.local_addr().unwrap());
    let heard = Arc::new(Mutex::new(String::new()));
    let keep = heard.clone();
    tokio::spawn(async move {
        while let Ok((mut socket, _)) = listener.accept().await {
            let (read, mut write) = socket.split();
            let mut lines = BufReader::new(read).lines();
            write.write_all(b"220 mail.example\r\n").await.unwrap();
            let mut in_data = false;
            while let Ok(Some(line)) = lines.next_line().await {
                keep.lock().unwrap().push_str(&format!("{line}\n"));
                let reply = match line.as_str() {
                    "." if in_data => {
                        in_data = false;
                        "250 taken"
                    }
                    _ if in_data => continue,
                    "DATA" => {
                        in_data = true;
                        "354 go on"
                    }
                    "QUIT" => "221 bye",
                    _ if line.starts_with("RCPT") => answer,
                    _ => "250 fine",
                };
                if write.write_all(format!("{reply}\r\n").as_bytes()).await.is_err() {
                    break;
                }
            }
        }
    });
    (url, heard)
}

async fn payload(t: &TestApp, organisation: OrganisationId) -> Json {
    let jobs = store::jobs::list(&t.app.db, organisation, &Default::default(), 10).await.unwrap();
    assert_eq!((jobs[0].kind.as_str(), jobs[0].object_kind.as_str()), ("mail", "member"));
    store::jobs::payload(&t.app.db, organisation, jobs[0].id).await.unwrap().unwrap()
}

async fn send_with(mailer: Mailer) -> Result<TestApp, MailFailure> {
    let t = common::app_with(|config: &mut Config| (config.mailer, config.demo) = (mailer, false)).await;
    let anna = t.owner("anna").await;
    let payload = payload(&t, anna.organisation).await;
    let sent = mail::send(&t.app, anna.organisation, &payload).await;
    assert!(t.journal(anna.organisation, "mail_shown").await.is_empty(), "only the demo shows letters");
    sent.map(|()| t)
}

fn smtp(url: String) -> Mailer {
    Mailer::Smtp { url, from: "Пульт <pult@sever.example>".into() }
}

#[tokio::test]
async fn the_job_does_not_tell_the_link() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let payload = payload(&t, anna.organisation).await;
    assert_eq!(payload["to"], "anna@sever.example");
    assert!(!payload.to_string().contains("pult.example") && payload.get("text").is_none(), "{payload}");
    let letter = mail::open(&t.app, anna.organisation, &payload).unwrap();
    assert!(letter.text.contains("https://pult.example/confirm/"));
    // Sealed for this organisation and this letter.
    let stranger = t.owner("boris").await;
    assert!(mail::open(&t.app, stranger.organisation, &payload).is_err());
    let mut bent = payload;
    bent["mail_id"] = "1".into();
    assert!(!mail::send(&t.app, anna.organisation, &bent).await.unwrap_err().transient);
}

#[tokio::test]
async fn the_demo_shows_letters_in_the_journal() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    mail::send(&t.app, anna.organisation, &payload(&t, anna.organisation).await).await.unwrap();
    let line = &t.journal(anna.organisation, "mail_shown").await[0];
    assert_eq!((&line.args["to"], &line.args["subject"]), (&"anna@sever.example".into(), &"Подтвердите почту".into()));
    assert!(line.args["text"].as_str().unwrap().contains("/confirm/"));
    assert_eq!(line.cause_kind.as_deref(), Some("job"));
}

#[tokio::test]
async fn without_a_mail_server_letters_stop_with_a_reason() {
    let failure = send_with(Mailer::None).await.err().unwrap();
    assert_eq!(
        failure,
        MailFailure { transient: false, code: "no_mail_server", detail: "No mail server is set up".into() }
    );
}

#[tokio::test]
async fn a_letter_goes_through_smtp() {
    let (url, heard) = server("250 fine").await;
    send_with(smtp(url)).await.unwrap();
    let heard = heard.lock().unwrap().clone();
    assert!(heard.contains("MAIL FROM:<pult@sever.example>"), "{heard}");
    assert!(heard.contains("RCPT TO:<anna@sever.example>"), "{heard}");
    assert!(heard.contains("Date: Sat, 21 Nov 2026 12:00:00 +0000"), "{heard}");
    assert!(heard.contains("Message-ID: <") && heard.contains("@sever.example>"), "{heard}");
}

#[tokio::test]
async fn failures_are_sorted_by_whether_another_try_may_help() {
    for (answer, transient) in [("550 no such user", false), ("451 later", true)] {
        let (url, _) = server(answer).await;
        let failure = send_with(smtp(url)).await.err().unwrap();
        assert_eq!(failure.transient, transient, "{answer}: {failure:?}");
        assert!(failure.detail.contains(&answer[4..]), "{failure:?}");
    }
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let nobody = format!("smtp://{}", listener.local_addr().unwrap());
    drop(listener);
    assert!(send_with(smtp(nobody)).await.err().unwrap().transient);
    assert!(!send_with(smtp("not an address".into())).await.err().unwrap().transient);
    let bad_sender = Mailer::Smtp { url: "smtp://127.0.0.1".into(), from: "nobody".into() };
    assert!(!send_with(bad_sender).await.err().unwrap().transient);
}

#[tokio::test]
async fn an_invitation_wears_the_look_of_its_organisation() {
    let (url, heard) = server("250 fine").await;
    let t = common::app_with(|config: &mut Config| (config.mailer, config.demo) = (smtp(url), false)).await;
    let anna = t.owner("anna").await;
    let mut picture = std::io::Cursor::new(Vec::new());
    image::RgbaImage::from_pixel(32, 32, image::Rgba([1, 2, 3, 255]))
        .write_to(&mut picture, image::ImageFormat::Png)
        .unwrap();
    services::look::logo::set(&anna, "знак.png", &picture.into_inner()).await.unwrap();
    let send = async |white_label: bool| {
        let now = services::accounts::organisation::view(&anna).await.unwrap();
        let mut settings: OrganisationSettings = serde_json::from_value(now.settings).unwrap();
        (settings.accent, settings.white_label) = ("#7dd3fc".into(), white_label);
        let (name, time_zone, currency, rev) = (now.name, now.time_zone, now.currency, now.rev);
        let input = OrganisationInput { name, time_zone, currency, settings, rev };
        services::accounts::organisation::update(&anna, input).await.unwrap();
        services::accounts::invites::create(&anna, "vera@sever.example", Role::Seller).await.unwrap();
        let jobs = store::jobs::list(&t.app.db, anna.organisation, &Default::default(), 10).await.unwrap();
        let job = jobs.iter().find(|job| job.object_kind == "invite").unwrap();
        let payload = store::jobs::payload(&t.app.db, anna.organisation, job.id).await.unwrap().unwrap();
        mail::send(&t.app, anna.organisation, &payload).await.unwrap();
        let letter = mail::open(&t.app, anna.organisation, &payload).unwrap();
        (std::mem::take(&mut *heard.lock().unwrap()), letter.text)
    };
    let (sent, words) = send(false).await;
    for part in [
        "multipart/alternative",
        "text/plain",
        "text/html",
        "image/png",
        "Content-ID: <logo>",
        "Content-Disposition: inline",
    ] {
        assert!(sent.contains(part), "{part}: {sent}");
    }
    assert!(words.contains("в Пульте"), "{words}");
    let (sent, words) = send(true).await;
    assert!(!words.contains("Пульт"), "{words}");
    // «anna и Ко» writes, not «Пульт».
    let from = sent.lines().find(|line| line.starts_with("From:")).unwrap();
    assert!(from.contains("pult@sever.example") && from.contains("=?utf-8?b?YW5uYSDQuCDQmtC+?="), "{from}");
}
