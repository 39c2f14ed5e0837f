//! `pult doctor`: looks at an installation and says what it is like; what is wrong is an error. It sends itself a signed
//! webhook by way of the public address and, where it is told to whom, a mail.

use crate::environment::Environment;
use crate::state::AppState;
use anyhow::{Context, Result, anyhow, bail};
use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::{Extension, Router, routing::post};
use domain::{ApiError, ErrorCode};
use http::HeaderMap;
use services::{App, accounts::mail, retention, trip};
use std::path::Path;
use std::time::Instant;

/// Where the webhook goes.
const PLACE: &str = "/api/doctor";
/// Fewer days than these are worth a warning.
const SOON: i64 = 30;

/// Looks at everything; `mail_to` gets a letter.
pub async fn doctor(mail_to: Option<&str>) -> Result<()> {
    let environment = Environment::read(false)?;
    println!("address            {}", environment.addr);
    println!("public address     {}", environment.public_url);
    if environment.public_url.starts_with("http://") {
        println!(
            "                   plain http: sign-in cookies are not protected on the way; put https in front for the internet"
        );
    }
    println!("data directory     {}, {}", environment.data_dir.display(), written_to(&environment.data_dir)?);
    let db = environment.open().await?;
    db.migrate().await?;
    db.ping().await?;
    println!("database           {:?}, up to date (step {})", db.engine(), store::migrations::newest());
    db.examine().await?;
    if !db.is_durable().await? {
        println!(
            "                   synchronous=normal: what was accepted may be gone after a power cut; take it out of DATABASE_URL"
        );
    }
    let app = environment.app(db, false)?;
    walls(&app).await?;
    room(&app).await?;
    secrets(&app, &environment).await?;
    match environment.proxies {
        0 => println!("proxies in front   none (PULT_PROXY_DEPTH): X-Forwarded-For is not believed"),
        depth => println!("proxies in front   {depth}: visitors' addresses are taken from X-Forwarded-For"),
    }
    if app.config.private_nets {
        println!("private networks   may be called by rules (PULT_ALLOW_PRIVATE_NETS=1)");
    }
    identities(&app).await;
    webhook(&app).await?;
    letter(&app, mail_to).await?;
    app.db.close().await;
    println!("All good.");
    Ok(())
}

async fn walls(app: &App) -> Result<()> {
    match store::walls::bind(&app.db).await? {
        Some(true) => println!("row-level security keeps organisations apart"),
        Some(false) => println!("row-level security does not bind this role; give Pult one that is no superuser"),
        None => {}
    }
    Ok(())
}

async fn room(app: &App) -> Result<()> {
    let disk = retention::forecast(app).await.map_err(crate::cli::worded)?;
    let megabytes = |bytes: i64| bytes >> 20;
    if let Some(free) = disk.free_bytes {
        println!("disk               {} MB free", megabytes(free));
    }
    match (disk.bytes_per_day, disk.days_left) {
        (Some(growth), Some(days)) => {
            println!("                   {} MB more a day: enough for {days} days", megabytes(growth));
            if days < SOON {
                println!("                   make room, or keep things for shorter (PULT_KEEP_PAYLOADS_DAYS)");
            }
        }
        (Some(growth), None) => println!("growth             {} MB a day", megabytes(growth)),
        _ => {}
    }
    Ok(())
}

/// Services people may sign in with: whether they can be asked.
async fn identities(app: &App) {
    for (place, provider) in app.config.sign_in.iter().enumerate() {
        let title = if place == 0 { "sign-in with" } else { "" };
        let answer = match connectors::identity::directory(&app.http, provider).await {
            Ok(_) => "set up".to_owned(),
            Err(problem) => problem.to_string(),
        };
        println!("{title:<18} {}: {answer}", provider.name);
        println!("{:<18} comes back to {}/auth/{}/callback", "", app.config.public_url, provider.id);
    }
}

async fn secrets(app: &App, environment: &Environment) -> Result<()> {
    println!("secret key         {}", guarded(&environment.key_path())?);
    if app.vault.has_old() {
        match services::resealing::left(app).await.map_err(crate::cli::worded)? {
            0 => println!("                   nothing is sealed with an old key any more: take the old keys away"),
            left => {
                println!(
                    "                   {left} secrets are sealed with an old key; the running program seals them anew"
                );
            }
        }
    }
    Ok(())
}

/// Sends a signed webhook under the public address, and a forged one.
async fn webhook(app: &App) -> Result<()> {
    let body = format!("{{\"doctor\": \"{}\"}}", services::random_token());
    // Ours may well be an address inside.
    let client = connectors::http::client();
    let send = async |signature: &str| {
        let request = client.post(format!("{}{PLACE}", app.config.public_url)).body(body.clone());
        request.header(trip::SIGNATURE, signature).send().await
    };
    let begun = Instant::now();
    let answer = match send(&trip::sign(app, body.as_bytes())).await {
        Ok(answer) => answer,
        Err(error) => {
            let why = anyhow!(error.without_url());
            println!("webhook to itself  nothing answers there (is Pult running, does the proxy lead to it?): {why:#}");
            return Ok(());
        }
    };
    let (took, status) = (begun.elapsed().as_millis(), answer.status().as_u16());
    let told = answer.json::<serde_json::Value>().await.unwrap_or_default();
    let Some(peer) = told["address"].as_str().filter(|_| status == 200) else {
        bail!(
            "a signed webhook to {} was answered {status}: another program, or another key, is there",
            app.config.public_url
        );
    };
    println!("webhook to itself  came through in {took} ms, unchanged; seen as coming from {peer}");
    let forged = send(&trip::sign(app, b"something else")).await.context("the forged webhook")?;
    if forged.status() != 401 {
        bail!("a forged webhook was answered {} instead of 401", forged.status());
    }
    println!("                   a forged one was refused");
    Ok(())
}

async fn letter(app: &App, to: Option<&str>) -> Result<()> {
    let set_up = matches!(app.config.mailer, services::Mailer::Smtp { .. });
    let Some(to) = to else {
        println!(
            "mail               {}",
            match set_up {
                true => "through SMTP (pult doctor --mail ADDRESS sends a letter)",
                false => {
                    "not set up (PULT_SMTP_URL): invitations and resets cannot be mailed, links are shown instead"
                }
            }
        );
        return Ok(());
    };
    let begun = Instant::now();
    mail::trial(app, to).await.map_err(|failure| anyhow!("the letter to {to} did not leave: {}", failure.detail))?;
    println!("mail               a letter to {to} was taken by the mail server in {} ms", begun.elapsed().as_millis());
    Ok(())
}

/// Where the doctor's webhook arrives.
pub fn routes() -> Router<AppState> {
    Router::new().route(PLACE, post(arrived)).layer(axum::extract::DefaultBodyLimit::max(1024))
}

async fn arrived(
    State(state): State<AppState>,
    Extension(peer): Extension<crate::rates::Peer>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let signature = headers.get(trip::SIGNATURE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !trip::verify(&state.app, &body, signature) {
        return crate::guard::problem(ApiError::new(ErrorCode::Unauthenticated));
    }
    Json(serde_json::json!({"address": peer.0.to_string()})).into_response()
}

/// Proves that files can be kept.
fn written_to(folder: &Path) -> Result<&'static str> {
    let proof = folder.join(".doctor");
    std::fs::create_dir_all(folder)
        .and_then(|()| std::fs::write(&proof, b"proof"))
        .and_then(|()| std::fs::remove_file(&proof))
        .with_context(|| format!("nothing can be written in {} (PULT_DATA_DIR)", folder.display()))?;
    Ok("can be written")
}

/// Nobody but the owner may read the key.
fn guarded(key: &Path) -> Result<&'static str> {
    if !key.exists() {
        return Ok("in the environment");
    }
    #[cfg(unix)]
    if std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(key)?.permissions()) & 0o077 != 0 {
        bail!("others on this machine can read {}; chmod 600 it", key.display());
    }
    Ok("there, readable by its owner only")
}
