//! The doctor sends itself a webhook and a mail, and tells how they fared.

use crate::support::TestApp;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};

#[tokio::test]
async fn a_signed_webhook_makes_the_trip_and_a_forged_one_is_refused() {
    let mut app = TestApp::installed().await;
    let stopped = app.cli(&["doctor"]).await;
    assert!(stopped.code == 0 && stopped.out.contains("nothing answers there"), "{stopped:?}");
    app.serve().await;
    let ran = app.cli(&["doctor"]).await;
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.out.contains("came through in") && ran.out.contains("coming from 127.0.0.1"), "{ran:?}");
    assert!(ran.out.contains("a forged one was refused"), "{ran:?}");
    let nobody = app.http.post(format!("{}/api/doctor", app.base)).body("{}").header("x-pult-signature", "00");
    crate::support::Reply::of(nobody).await.refused(401, "unauthenticated");

    // Another program under our address, here one with another key, is no good trip.
    let other = TestApp::start().await;
    app.set("PULT_PUBLIC_URL", &other.base);
    let lost = app.cli(&["doctor"]).await;
    assert!(lost.code == 1 && lost.err.contains("answered 401"), "{lost:?}");
}

/// A mail server that takes one letter and shows it.
async fn mail_server() -> (String, tokio::task::JoinHandle<String>) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("smtp://{}", listener.local_addr().unwrap());
    let taken = tokio::spawn(async move {
        let (socket, _) = listener.accept().await.unwrap();
        let (from, mut to) = socket.into_split();
        to.write_all(b"220 here\r\n").await.unwrap();
        let (mut lines, mut letter, mut inside) = (BufReader::new(from).lines(), String::new(), false);
        while let Ok(Some(line)) = lines.next_line().await {
            letter += &format!("{line}\n");
            let answer: &[u8] = match line.as_str() {
                "DATA" => {
                    inside = true;
                    b"354 go on\r\n"
                }
                "." => {
                    inside = false;
                    b"250 taken\r\n"
                }
                "QUIT" => return letter,
                _ if inside => continue,
                _ => b"250 yes\r\n",
            };
            to.write_all(answer).await.unwrap();
        }
        letter
    });
    (url, taken)
}

#[tokio::test]
async fn a_letter_makes_the_trip_or_the_reason_is_told() {
    let mut app = TestApp::installed().await;
    let none = app.cli(&["doctor", "--mail", "anna@sever.example"]).await;
    assert!(none.code == 1 && none.err.contains("PULT_SMTP_URL"), "{none:?}");
    let (url, taken) = mail_server().await;
    app.set("PULT_SMTP_URL", &url);
    let ran = app.cli(&["doctor", "--mail", "anna@sever.example"]).await;
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.out.contains("a letter to anna@sever.example was taken"), "{ran:?}");
    let letter = taken.await.unwrap();
    assert!(letter.contains("RCPT TO:<anna@sever.example>"), "{letter}");
    let gone = app.cli(&["doctor", "--mail", "anna@sever.example"]).await;
    assert!(gone.code == 1 && gone.err.contains("did not leave"), "{gone:?}");
}
