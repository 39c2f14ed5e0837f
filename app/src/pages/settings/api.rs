//! The door of the settings.

use crate::door::{Answer, Door};
#[cfg(feature = "ssr")]
use crate::door::{cx, session_id};
use domain::ids::{ApiKeyId, IdentityId, SessionId};
use domain::views::{
    ApiKeyView, CreatedKey, DomainView, HealthView, OrganisationInput, OrganisationView, ProfileInput,
    SecondFactorView, SessionView, WaysIn,
};
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use services::accounts::{email, identities, keys, organisation, profile, second_factor, sessions};
#[cfg(feature = "ssr")]
use services::look::{domain as own_domain, logo};

/// The organisation with its settings.
#[server(prefix = "/api/ui", endpoint = "settings_get", protocol = Door)]
pub async fn settings_get() -> Answer<OrganisationView> {
    Ok(organisation::view(&cx()?).await?)
}

/// Changes the organisation.
#[server(prefix = "/api/ui", endpoint = "settings_save", protocol = Door)]
pub async fn settings_save(input: OrganisationInput) -> Answer<OrganisationView> {
    Ok(organisation::update(&cx()?, input).await?)
}

/// Takes the logo away.
#[server(prefix = "/api/ui", endpoint = "look_logo_remove", protocol = Door)]
pub async fn look_logo_remove() -> Answer<()> {
    Ok(logo::remove(&cx()?).await?)
}

/// The organisation's own address, and how it stands with it.
#[server(prefix = "/api/ui", endpoint = "look_domain", protocol = Door)]
pub async fn look_domain() -> Answer<Option<DomainView>> {
    Ok(own_domain::view(&cx()?).await?)
}

/// Claims an address.
#[server(prefix = "/api/ui", endpoint = "look_domain_claim", protocol = Door)]
pub async fn look_domain_claim(host: String) -> Answer<()> {
    Ok(own_domain::claim(&cx()?, &host).await?)
}

/// Asks again whether it leads here.
#[server(prefix = "/api/ui", endpoint = "look_domain_check", protocol = Door)]
pub async fn look_domain_check() -> Answer<()> {
    Ok(own_domain::check(&cx()?).await?)
}

/// Gives the address up.
#[server(prefix = "/api/ui", endpoint = "look_domain_remove", protocol = Door)]
pub async fn look_domain_remove() -> Answer<()> {
    Ok(own_domain::remove(&cx()?).await?)
}

/// How it stands with one's second factor.
#[server(prefix = "/api/ui", endpoint = "profile_second_factor", protocol = Door)]
pub async fn profile_second_factor() -> Answer<SecondFactorView> {
    Ok(second_factor::own(&cx()?).await?)
}

/// How one gets in: password and services.
#[server(prefix = "/api/ui", endpoint = "profile_ways_in", protocol = Door)]
pub async fn profile_ways_in() -> Answer<WaysIn> {
    Ok(identities::ways_in(&cx()?).await?)
}

/// Takes a service away from one's ways in.
#[server(prefix = "/api/ui", endpoint = "profile_unlink", protocol = Door)]
pub async fn profile_unlink(id: IdentityId) -> Answer<()> {
    Ok(identities::unlink(&cx()?, id).await?)
}

/// Whether the organisation demands a second factor.
#[server(prefix = "/api/ui", endpoint = "organisation_factor", protocol = Door)]
pub async fn organisation_factor() -> Answer<bool> {
    Ok(second_factor::is_required(&cx()?).await?)
}

/// Demands a second factor of every member, or no longer.
#[server(prefix = "/api/ui", endpoint = "organisation_require_factor", protocol = Door)]
pub async fn organisation_require_factor(required: bool) -> Answer<()> {
    Ok(second_factor::require(&cx()?, required).await?)
}

/// Address under which people reach Pult.
#[server(prefix = "/api/ui", endpoint = "settings_address", protocol = Door)]
pub async fn settings_address() -> Answer<String> {
    Ok(cx()?.app.config.public_url.clone())
}

/// How the program and the services fare.
#[server(prefix = "/api/ui", endpoint = "settings_health", protocol = Door)]
pub async fn settings_health() -> Answer<HealthView> {
    Ok(services::health::health(&cx()?).await?)
}

/// Changes one's name, language and notification choices.
#[server(prefix = "/api/ui", endpoint = "profile_save", protocol = Door)]
pub async fn profile_save(input: ProfileInput) -> Answer<()> {
    Ok(profile::update(&cx()?, input).await?)
}

/// Changes one's language.
#[server(prefix = "/api/ui", endpoint = "profile_language", protocol = Door)]
pub async fn profile_language(code: String) -> Answer<()> {
    Ok(profile::set_language(&cx()?, &code).await?)
}

/// Changes one's password; other sessions end.
#[server(prefix = "/api/ui", endpoint = "profile_password", protocol = Door)]
pub async fn profile_password(current: String, password: String) -> Answer<()> {
    Ok(profile::change_password(&cx()?, session_id().as_ref(), &current, &password).await?)
}

/// Sends the letter that confirms one's address again.
#[server(prefix = "/api/ui", endpoint = "profile_confirm", protocol = Door)]
pub async fn profile_confirm() -> Answer<()> {
    Ok(email::resend(&cx()?).await?)
}

/// One's sessions.
#[server(prefix = "/api/ui", endpoint = "sessions_list", protocol = Door)]
pub async fn sessions_list() -> Answer<Vec<SessionView>> {
    Ok(sessions::list(&cx()?, session_id().as_ref()).await?)
}

/// Ends one session.
#[server(prefix = "/api/ui", endpoint = "sessions_end", protocol = Door)]
pub async fn sessions_end(id: SessionId) -> Answer<()> {
    Ok(sessions::revoke(&cx()?, id).await?)
}

/// Ends all sessions but this one; answers how many.
#[server(prefix = "/api/ui", endpoint = "sessions_end_others", protocol = Door)]
pub async fn sessions_end_others() -> Answer<u64> {
    Ok(sessions::revoke_others(&cx()?, session_id().as_ref()).await?)
}

/// Keys in use.
#[server(prefix = "/api/ui", endpoint = "keys_list", protocol = Door)]
pub async fn keys_list() -> Answer<Vec<ApiKeyView>> {
    Ok(keys::list(&cx()?).await?)
}

/// Makes a key; the answer is the only place its secret appears.
#[server(prefix = "/api/ui", endpoint = "keys_create", protocol = Door)]
pub async fn keys_create(name: String, scopes: String, expires_at: Option<i64>) -> Answer<CreatedKey> {
    Ok(keys::create(&cx()?, &name, &scopes, expires_at).await?)
}

/// Revokes a key.
#[server(prefix = "/api/ui", endpoint = "keys_revoke", protocol = Door)]
pub async fn keys_revoke(id: ApiKeyId) -> Answer<()> {
    Ok(keys::revoke(&cx()?, id).await?)
}
