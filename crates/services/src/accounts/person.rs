//! What the operations here share about a person: checked names and addresses, language, and work done in their name.

use super::password;
use crate::validate;
use crate::{App, Error, Result, Work};
use domain::ids::*;
use domain::{ApiError, ErrorCode};
use std::sync::Arc;
use store::accounts::UserRow;
use store::jobs::Cause;
use store::organisations::MembershipRow;
use texts::Language;

/// Who signed in, and where they start. Without organisation they were deactivated everywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SignedIn {
    pub user: UserId,
    pub organisation: Option<OrganisationId>,
    /// Only the password was right yet: a code is still to come, and no session may begin.
    pub halfway: bool,
}

/// Name of a person or an organisation: one line, at most 100 characters.
pub(super) fn name(field: &str, text: &str) -> Result<String> {
    let text = validate::required(field, text, 100)?;
    Ok(text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// An e-mail that must be there, as it was written.
pub(super) fn email(field: &str, text: &str) -> Result<String> {
    validate::email(field, text)?.ok_or_else(|| ApiError::new(ErrorCode::Required).field(field).into())
}

/// The form in which an e-mail is unique.
pub(super) fn fold(email: &str) -> String {
    email.trim().to_lowercase()
}

/// The language of a form or a profile; unknown ones are the default.
pub(super) fn language(code: &str) -> Language {
    Language::from_code(code).unwrap_or_default()
}

/// A new person; the caller writes the row.
pub(super) fn new_user(
    id: UserId,
    email: String,
    name: String,
    password_hash: String,
    language: Language,
    now: i64,
) -> UserRow {
    UserRow {
        id,
        email,
        name,
        password_hash,
        language: language.code().to_owned(),
        notifications: serde_json::json!(domain::views::NotificationChoices::default()),
        email_confirmed_at: None,
        created_at: now,
    }
}

/// What is stored as the password of a new person; whoever comes by a provider has none.
pub(super) async fn first_password(app: &App, typed: &str, by_provider: bool) -> Result<String> {
    if by_provider { Ok(password::NOBODY.to_owned()) } else { password::hash(app, typed).await }
}

/// Writes a new person, with the answer to an e-mail that was taken meanwhile.
pub(super) async fn insert(work: &mut Work, user: &UserRow) -> Result<()> {
    match store::accounts::insert_user(&mut work.tx, user, &fold(&user.email)).await {
        Err(store::Error::Unique(_)) => Err(ApiError::new(ErrorCode::EmailTaken).field("email").into()),
        other => Ok(other?),
    }
}

/// The row of a person who is known to be there.
pub(super) async fn row(app: &App, user: UserId) -> Result<UserRow> {
    store::accounts::user(&app.db, user).await?.ok_or(Error::Api(ApiError::new(ErrorCode::Unauthenticated)))
}

/// Where a person starts: their first active membership, if any.
pub(super) fn start(memberships: &[MembershipRow]) -> Option<&MembershipRow> {
    memberships.iter().find(|m| m.active)
}

/// The organisation that keeps the journal of what a person does outside any: where they start, else where they were first.
pub(super) async fn home(app: &App, user: UserId) -> Result<OrganisationId> {
    let memberships = store::organisations::memberships(&app.db, user).await?;
    let home = start(&memberships).or(memberships.first()).map(|m| m.organisation_id);
    home.ok_or_else(|| Error::Internal(anyhow::anyhow!("user {user} has no membership")))
}

/// Work of a person outside a signed-in call (sign-up, links from mails).
pub(super) async fn work(app: &Arc<App>, organisation: OrganisationId, user: UserId, now: i64) -> Result<Work> {
    let id = Some(user.to_string());
    let cause = Cause { kind: "user", id: id.clone(), chain: app.ids.next::<JobId>(now).to_string(), depth: 0 };
    Work::begin(app, organisation, ("user", id), cause, now).await
}
