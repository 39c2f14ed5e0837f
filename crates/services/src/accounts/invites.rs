//! Invitations: a link with a role, made by a member, mailed, and accepted by a new person or one who signs in already.

use super::identities::{self, Waiting};
use super::mail::{self, Letter};
use super::{email, members, password, person};
use crate::vault::{random_token, token_hash};
use crate::{App, Cx, Result, Work, zone};
use domain::access::{Permission, Presence, Role};
use domain::ids::*;
use domain::views::{AcceptInvite, CreatedInvite, InviteInfo, InviteView};
use domain::{ApiError, ErrorCode};
use serde_json::json;
use std::sync::Arc;
use store::organisations::{self as rows, InvitesOf, OpenInvite};
use texts::{Language, Texts};

/// The letter says «a week».
const LIFETIME_MS: i64 = 7 * zone::DAY_MS;

/// Invites an address. An earlier open invitation of the same address is replaced.
pub async fn create(cx: &Cx, address: &str, role: Role) -> Result<CreatedInvite> {
    cx.allow(Permission::MembersManage)?;
    members::may_grant(cx, role)?;
    let address = person::fold(&person::email("email", address)?);
    let receiver = store::accounts::user_by_email(cx.db(), &address).await?;
    let inviter = match cx.user() {
        Some(user) => Some(person::row(&cx.app, user).await?),
        None => None,
    };
    let organisation = rows::one(cx.db(), cx.organisation).await?.ok_or(ErrorCode::NotFound)?;

    let mut work = cx.work().await?;
    if let Some(receiver) = &receiver {
        let member = rows::member(&mut work.tx, cx.organisation, receiver.id).await?;
        if member.is_some_and(|m| m.active) {
            return Err(ApiError::new(ErrorCode::AlreadyExists).arg("what", "member").field("email").into());
        }
    }
    rows::revoke_invites(&mut work.tx, cx.organisation, InvitesOf::Email(&address), cx.now).await?;
    let token = random_token();
    let invite = InviteView { id: cx.id(), email: address, role, created_at: cx.now, expires_at: cx.now + LIFETIME_MS };
    let author = cx.actor_columns().1.unwrap_or_else(|| "system".to_owned());
    rows::insert_invite(&mut work.tx, cx.organisation, &invite, &token_hash(&token), &author).await?;

    let look = crate::look::of(&cx.app, cx.organisation).await?.ok_or(ErrorCode::NotFound)?;
    let link = format!("{}/join/{token}", crate::look::address(&cx.app, cx.organisation).await?);
    let known_language = receiver.or(inviter.clone()).map(|p| person::language(&p.language));
    let texts = texts::load(known_language.unwrap_or(Language::default()));
    let from = inviter.map_or_else(|| organisation.name.clone(), |p| p.name);
    let letter = Letter {
        to: invite.email.clone(),
        subject: texts.mail_invite_subject(&organisation.name),
        text: match look.white_label {
            true => texts.mail_invite_text_own(&from, &organisation.name, role_word(texts, role), &link),
            false => texts.mail_invite_text(&from, &organisation.name, role_word(texts, role), &link),
        },
    };
    mail::post_dressed(&mut work, "invite", invite.id, letter).await?;
    let args = json!({"email": invite.email, "role": role});
    work.journal("member_invited", "invite", invite.id, args).await?;
    work.hint("members", "");
    work.commit().await?;
    Ok(CreatedInvite { id: invite.id, link })
}

fn role_word(texts: Texts, role: Role) -> String {
    match role {
        Role::Owner => texts.role_owner(),
        Role::Admin => texts.role_admin(),
        Role::Seller => texts.role_seller(),
        Role::Technician => texts.role_technician(),
        Role::Quality => texts.role_quality(),
    }
}

/// Invitations that can still be accepted, newest first.
pub async fn list(cx: &Cx) -> Result<Vec<InviteView>> {
    cx.allow(Permission::MembersManage)?;
    Ok(rows::invites(cx.db(), cx.organisation, cx.now).await?)
}

/// Makes an invitation worthless.
pub async fn revoke(cx: &Cx, id: InviteId) -> Result<()> {
    cx.allow(Permission::MembersManage)?;
    let mut work = cx.work().await?;
    let revoked = rows::revoke_invites(&mut work.tx, cx.organisation, InvitesOf::One(id), cx.now).await?;
    let invite = revoked.first().ok_or(ErrorCode::NotFound)?;
    members::may_grant(cx, invite.role)?;
    let args = json!({"email": invite.email, "role": invite.role});
    work.journal("invite_revoked", "invite", id, args).await?;
    work.hint("members", "");
    work.commit().await
}

async fn open(app: &App, token: &str) -> Result<OpenInvite> {
    let invite = rows::invite(&app.db, &token_hash(token), app.clock.now()).await?;
    invite.ok_or_else(|| ErrorCode::LinkInvalid.into())
}

/// What the page behind the link shows before anybody accepts.
pub async fn info(app: &App, token: &str) -> Result<InviteInfo> {
    let invite = open(app, token).await?;
    let known = store::accounts::user_by_email(&app.db, &invite.email).await?.is_some();
    let organisation_id = invite.organisation_id;
    Ok(InviteInfo {
        organisation_id,
        organisation_name: invite.organisation_name,
        email: invite.email,
        role: invite.role,
        known,
    })
}

/// A new person accepts. The link was shown to whoever made it, so the address is still to be confirmed by mail.
pub async fn accept_new(app: &Arc<App>, input: AcceptInvite) -> Result<super::SignedIn> {
    accept_new_by(app, input, None).await
}

/// The same for somebody a provider vouched for, who needs no password.
pub async fn accept_new_by(app: &Arc<App>, input: AcceptInvite, waiting: Option<&Waiting>) -> Result<super::SignedIn> {
    let now = app.clock.now();
    let invite = open(app, &input.token).await?;
    let name = person::name("name", &input.name)?;
    if waiting.is_none() {
        password::check("password", &input.password, &invite.email)?;
    }
    if store::accounts::user_by_email(&app.db, &invite.email).await?.is_some() {
        return Err(ApiError::new(ErrorCode::EmailTaken).field("email").into());
    }
    let hash = person::first_password(app, &input.password, waiting.is_some()).await?;
    let language = person::language(&input.language);
    let mut user = person::new_user(app.ids.next(now), invite.email.clone(), name, hash, language, now);
    let mut work = person::work(app, invite.organisation_id, user.id, now).await?;
    person::insert(&mut work, &user).await?;
    join(&mut work, &invite, user.id, &user.name).await?;
    if let Some(waiting) = waiting {
        identities::settle_new(&mut work, &mut user, waiting).await?;
    }
    email::post_confirmation(&mut work, &user).await?;
    work.commit().await?;
    Ok(super::SignedIn { user: user.id, organisation: Some(invite.organisation_id), halfway: false })
}

/// A person who is signed in accepts, also one who is active nowhere else. Answers where they now belong.
pub async fn accept(app: &Arc<App>, user: UserId, token: &str) -> Result<OrganisationId> {
    let invite = open(app, token).await?;
    let row = person::row(app, user).await?;
    let mut work = person::work(app, invite.organisation_id, user, app.clock.now()).await?;
    join(&mut work, &invite, user, &row.name).await?;
    work.commit().await?;
    Ok(invite.organisation_id)
}

/// Uses the invitation up and makes the member.
async fn join(work: &mut Work, invite: &OpenInvite, user: UserId, name: &str) -> Result<()> {
    let (organisation, now, tx) = (invite.organisation_id, work.now, &mut work.tx);
    if !rows::use_invite(tx, organisation, invite.id, now).await? {
        return Err(ErrorCode::LinkInvalid.into());
    }
    if !rows::insert_member(tx, organisation, user, invite.role, now).await? {
        return Err(ApiError::new(ErrorCode::AlreadyExists).arg("what", "member").into());
    }
    rows::set_presence(tx, organisation, user, Presence::Active, now).await?;
    let args = json!({"name": name, "email": invite.email, "role": invite.role});
    work.journal("member_joined", "member", user, args).await?;
    work.hint("members", "");
    work.hint("me", user);
    Ok(())
}
