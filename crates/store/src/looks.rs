//! How organisations look outside: their logo, and the address of their own.

use crate::{Db, Result, Tx};
use domain::ids::*;
use domain::views::{DomainView, LookView};

const LOOK: &str = "SELECT o.id AS organisation_id, o.name, o.logo_id AS logo, o.settings, d.host
    FROM organisations o LEFT JOIN own_domains d ON d.organisation_id = o.id AND d.verified_at IS NOT NULL WHERE o.id = $1";
const LOOK_OF_HOST: &str = "SELECT o.id AS organisation_id, o.name, o.logo_id AS logo, o.settings, d.host
    FROM own_domains d JOIN organisations o ON o.id = d.organisation_id WHERE d.host = $1 AND d.verified_at IS NOT NULL";

/// What is known of a look, as it lies.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct LookRow {
    pub organisation_id: OrganisationId,
    pub name: String,
    pub logo: Option<FileId>,
    pub settings: serde_json::Value,
    /// Its own address, once it was proven.
    pub host: Option<String>,
}

impl LookRow {
    /// What everybody may see.
    pub fn view(self) -> LookView {
        let text =
            |name: &str| self.settings.get(name).and_then(serde_json::Value::as_str).unwrap_or_default().to_owned();
        let white_label = self.settings.get("white_label").and_then(serde_json::Value::as_bool).unwrap_or(false);
        LookView {
            accent: text("accent"),
            white_label,
            organisation_id: self.organisation_id,
            name: self.name,
            logo: self.logo,
            host: self.host,
        }
    }
}

/// The look of an organisation.
pub async fn of(db: &Db, organisation: OrganisationId) -> Result<Option<LookView>> {
    let row = read!(db, c => sqlx::query_as::<_, LookRow>(LOOK).bind(organisation).fetch_optional(c))?;
    Ok(row.map(LookRow::view))
}

/// The look of whoever is reached under a host.
pub async fn of_host(db: &Db, host: &str) -> Result<Option<LookView>> {
    let row = read!(db, c => sqlx::query_as::<_, LookRow>(LOOK_OF_HOST).bind(host).fetch_optional(c))?;
    Ok(row.map(LookRow::view))
}

const SET_LOGO: &str = "UPDATE organisations SET logo_id = $2 WHERE id = $1";

/// Writes which file is the logo. The revision guards what forms write, and no form writes the logo: whoever sets it and then
/// saves the form beside it was not slower than anybody.
pub async fn set_logo(tx: &mut Tx, organisation: OrganisationId, logo: Option<FileId>) -> Result<()> {
    execute!(tx, SET_LOGO, organisation, logo).map(drop)
}

const LOGO: &str = "SELECT logo_id FROM organisations WHERE id = $1";

/// Which file is the logo, as this transaction sees it.
pub async fn logo(tx: &mut Tx, organisation: OrganisationId) -> Result<Option<FileId>> {
    let found = write!(tx, c => sqlx::query_scalar::<_, Option<FileId>>(LOGO).bind(organisation).fetch_optional(c))?;
    Ok(found.flatten())
}

// The address ---------------------------------------------------------------------------------------------------------

const DOMAIN: &str = "SELECT host, token, verified_at, checked_at, failure FROM own_domains WHERE organisation_id = $1";

/// The address an organisation claims.
pub async fn domain(db: &Db, organisation: OrganisationId) -> Result<Option<DomainView>> {
    read!(db, c => sqlx::query_as::<_, DomainView>(DOMAIN).bind(organisation).fetch_optional(c))
}

/// The same, as this transaction sees it.
pub async fn domain_in(tx: &mut Tx, organisation: OrganisationId) -> Result<Option<DomainView>> {
    write!(tx, c => sqlx::query_as::<_, DomainView>(DOMAIN).bind(organisation).fetch_optional(c))
}

const CLAIM: &str =
    "INSERT INTO own_domains (organisation_id, host, token, failure, created_at) VALUES ($1, $2, $3, '', $4)
    ON CONFLICT (organisation_id) DO UPDATE SET host = excluded.host, token = excluded.token, verified_at = NULL,
      checked_at = NULL, failure = '', created_at = excluded.created_at";

/// Claims an address; what was claimed before is given up.
pub async fn claim(tx: &mut Tx, organisation: OrganisationId, host: &str, token: &str, now: i64) -> Result<()> {
    execute!(tx, CLAIM, organisation, host, token, now).map(drop)
}

const GIVE_UP: &str = "DELETE FROM own_domains WHERE organisation_id = $1";

/// Gives the address up.
pub async fn give_up(tx: &mut Tx, organisation: OrganisationId) -> Result<()> {
    execute!(tx, GIVE_UP, organisation).map(drop)
}

const TAKEN: &str =
    "SELECT COUNT(*) FROM own_domains WHERE host = $1 AND organisation_id <> $2 AND verified_at IS NOT NULL";

/// Whether somebody else has an address; asked by workers, who see all.
pub async fn taken(tx: &mut Tx, host: &str, organisation: OrganisationId) -> Result<bool> {
    let count = write!(tx, c => sqlx::query_scalar::<_, i64>(TAKEN).bind(host).bind(organisation).fetch_one(c))?;
    Ok(count > 0)
}

const CHECKED: &str = "UPDATE own_domains SET verified_at = $3, checked_at = $4, failure = $5
    WHERE organisation_id = $1 AND token = $2";

/// What a look at the address came to; nothing when another one was claimed meanwhile.
pub async fn checked(
    tx: &mut Tx,
    organisation: OrganisationId,
    token: &str,
    verified_at: Option<i64>,
    now: i64,
    failure: &str,
) -> Result<bool> {
    Ok(execute!(tx, CHECKED, organisation, token, verified_at, now, failure)? == 1)
}
