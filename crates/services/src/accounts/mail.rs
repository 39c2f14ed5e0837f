//! Letters: a mail is a job like everything that leaves the house. Here it is made and, by the job runner, sent.
//!
//! Letters carry links that open accounts, so the text lies sealed in the job; only the demo shows it in the journal.

use super::dress::Dress;
use crate::{App, Mailer, Result, Work, look};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::ids::*;
use lettre::message::header::ContentType;
use lettre::message::{Mailbox, Message};
use lettre::{Address, AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use serde_json::{Value as Json, json};
use std::sync::Arc;
use std::time::{Duration, UNIX_EPOCH};
use store::jobs::{Cause, NewJob};

/// Kind of the job.
pub const KIND: &str = "mail";
const TIMEOUT: Duration = Duration::from_secs(30);

/// A letter to one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    pub to: String,
    pub subject: String,
    pub text: String,
}

/// Why a letter did not leave, and whether another try may help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailFailure {
    pub transient: bool,
    /// `mail`, or `no_mail_server`: none is set up.
    pub code: &'static str,
    pub detail: String,
}

impl MailFailure {
    fn permanent(detail: impl std::fmt::Display) -> Self {
        Self { transient: false, code: "mail", detail: detail.to_string() }
    }
    fn transient(detail: impl std::fmt::Display) -> Self {
        Self { transient: true, code: "mail", detail: detail.to_string() }
    }
}

/// What a sealed text is bound to.
fn row(organisation: OrganisationId, mail: &str) -> String {
    format!("mail/{organisation}/{mail}")
}

/// Posts a letter as a job of this work; the object is what it is about.
pub(super) async fn post(
    work: &mut Work,
    object_kind: &'static str,
    object_id: impl ToString,
    letter: Letter,
) -> Result<()> {
    write(work, object_kind, object_id, letter, false).await
}

/// The same for a letter the organisation itself writes: it wears its look.
pub(super) async fn post_dressed(
    work: &mut Work,
    object_kind: &'static str,
    object_id: impl ToString,
    letter: Letter,
) -> Result<()> {
    write(work, object_kind, object_id, letter, true).await
}

async fn write(
    work: &mut Work,
    object_kind: &'static str,
    object_id: impl ToString,
    letter: Letter,
    dressed: bool,
) -> Result<()> {
    let id: JobId = work.id();
    let sealed = work.app.vault.seal(&row(work.organisation, &id.to_string()), letter.text.as_bytes())?;
    let payload = json!({"mail_id": id, "to": letter.to, "subject": letter.subject, "sealed": STANDARD.encode(sealed), "dressed": dressed});
    let object_id = object_id.to_string();
    let job = NewJob {
        id,
        kind: KIND,
        connection: None,
        order_key: format!("{KIND}:{object_id}"),
        run_at: work.now,
        max_attempts: domain::queue::MAX_ATTEMPTS,
        idempotency_key: None,
        payload,
        object_kind,
        object_id,
        cause: work.cause.clone(),
    };
    work.job(job).await?;
    Ok(())
}

/// A few words to a member, as a job of this work.
pub(crate) async fn to_member(work: &mut Work, user: UserId, text: &str) -> Result<()> {
    let to = store::accounts::email_of_member(&mut work.tx, work.organisation, user).await?;
    let to = to.ok_or(crate::ErrorCode::NotFound)?;
    let subject = domain::text::preview(text, 60);
    post_dressed(work, "user", user, Letter { to, subject, text: text.to_owned() }).await
}

/// Name in the vault of the letter of a job.
pub(crate) fn row_of(organisation: OrganisationId, payload: &Json) -> String {
    row(organisation, payload.get("mail_id").and_then(Json::as_str).unwrap_or_default())
}

/// Opens the letter of a job.
pub fn open(app: &App, organisation: OrganisationId, payload: &Json) -> Result<Letter> {
    let text = |name: &str| payload.get(name).and_then(Json::as_str).unwrap_or_default().to_owned();
    let sealed = STANDARD.decode(text("sealed")).map_err(|_| anyhow::anyhow!("the letter is not base64"))?;
    let plain = app.vault.open(&row_of(organisation, payload), &sealed)?;
    let plain = String::from_utf8(plain).map_err(|_| anyhow::anyhow!("the letter is not text"))?;
    Ok(Letter { to: text("to"), subject: text("subject"), text: plain })
}

/// Sends the letter of a job: through SMTP, or into the journal of the demo.
pub async fn send(
    app: &Arc<App>,
    organisation: OrganisationId,
    payload: &Json,
) -> std::result::Result<(), MailFailure> {
    let letter = open(app, organisation, payload).map_err(MailFailure::permanent)?;
    let id = payload.get("mail_id").and_then(Json::as_str).unwrap_or_default();
    match &app.config.mailer {
        Mailer::None => {
            Err(MailFailure { code: "no_mail_server", ..MailFailure::permanent("No mail server is set up") })
        }
        Mailer::Journal => show(app, organisation, id, &letter).await.map_err(MailFailure::transient),
        Mailer::Smtp { url, from } => {
            let dressed = payload.get("dressed").and_then(Json::as_bool).unwrap_or(false);
            let dress = if dressed { dress(app, organisation).await.map_err(MailFailure::transient)? } else { None };
            deliver(app, url, from, id, &letter, dress).await
        }
    }
}

async fn show(app: &Arc<App>, organisation: OrganisationId, id: &str, letter: &Letter) -> Result<()> {
    let cause = Cause { kind: "job", id: Some(id.to_owned()), chain: id.to_owned(), depth: 0 };
    let mut work = Work::begin(app, organisation, ("system", None), cause, app.clock.now()).await?;
    let args = json!({"to": letter.to, "subject": letter.subject, "text": letter.text});
    work.journal("mail_shown", "job", id, args).await?;
    work.commit().await
}

/// A letter of the operator's, sent at once.
pub async fn trial(app: &App, to: &str) -> std::result::Result<(), MailFailure> {
    let Mailer::Smtp { url, from } = &app.config.mailer else {
        return Err(MailFailure::permanent("no mail server is set up (PULT_SMTP_URL)"));
    };
    let texts = texts::load(texts::Language::default());
    let (subject, text) = (texts.mail_trial_subject(), texts.mail_trial_text(&app.config.public_url));
    let letter = Letter { to: to.to_owned(), subject, text };
    deliver(app, url, from, &crate::vault::random_token(), &letter, None).await
}

/// The look of an organisation and its logo, for its letters.
async fn dress(app: &App, organisation: OrganisationId) -> Result<Option<Dress>> {
    let Some(look) = look::of(app, organisation).await? else { return Ok(None) };
    let logo = match look.logo {
        Some(logo) => look::logo::open(app, organisation, logo).await.ok(),
        None => None,
    };
    Ok(Some(Dress { look, logo }))
}

async fn deliver(
    app: &App,
    url: &str,
    from: &str,
    id: &str,
    letter: &Letter,
    dress: Option<Dress>,
) -> std::result::Result<(), MailFailure> {
    let mut from: Mailbox = from.parse().map_err(|e| MailFailure::permanent(format!("sender {from:?}: {e}")))?;
    let to: Address = letter.to.parse().map_err(|e| MailFailure::permanent(format!("receiver: {e}")))?;
    // The same identity in every attempt lets receivers drop a repeat.
    let identity = format!("<{id}@{}>", from.email.domain());
    let now = UNIX_EPOCH + Duration::from_millis(u64::try_from(app.clock.now()).unwrap_or_default());
    if let Some(dress) = dress.as_ref().filter(|dress| dress.look.white_label) {
        from.name = Some(dress.look.name.clone());
    }
    let message = Message::builder()
        .from(from)
        .to(Mailbox::new(None, to))
        .subject(letter.subject.clone())
        .message_id(Some(identity))
        .date(now);
    let message = match dress {
        Some(dress) => message.multipart(dress.letter(&letter.text)),
        None => message.header(ContentType::TEXT_PLAIN).body(letter.text.clone()),
    };
    let message = message.map_err(MailFailure::permanent)?;
    let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(&with_encryption(url))
        .map_err(|e| MailFailure::permanent(format!("address of the mail server: {e}")))?
        .timeout(Some(TIMEOUT))
        .build();
    match transport.send(message).await {
        Ok(_) => Ok(()),
        Err(error) if error.is_permanent() => Err(MailFailure::permanent(error)),
        Err(error) => Err(MailFailure::transient(error)),
    }
}

/// `smtp://` alone would mean plain text. Unless the address says otherwise (`?tls=…`), a password goes out only encrypted,
/// and without one encryption is used where the server offers it.
fn with_encryption(url: &str) -> String {
    if !url.starts_with("smtp://") || url.contains("tls=") {
        return url.to_owned();
    }
    let wish = if url.contains('@') { "required" } else { "opportunistic" };
    format!("{url}{}tls={wish}", if url.contains('?') { '&' } else { '?' })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_travel_encrypted_unless_told_otherwise() {
        assert_eq!(with_encryption("smtp://a:b@mail.example:587"), "smtp://a:b@mail.example:587?tls=required");
        assert_eq!(with_encryption("smtp://127.0.0.1:25"), "smtp://127.0.0.1:25?tls=opportunistic");
        for as_is in ["smtps://a:b@mail.example", "smtp://a:b@mail.example?tls=none"] {
            assert_eq!(with_encryption(as_is), as_is);
        }
    }
}
