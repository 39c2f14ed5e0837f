//! The catalogue.

use crate::{Db, Result, Tx};
use domain::ids::*;
use domain::views::ProductView;

const SELECT: &str = "SELECT id, kind, name, description, sku, unit, price_minor, currency, active, image_id, created_at, updated_at, rev
    FROM products WHERE organisation_id = $1";

fn list_sql() -> String {
    format!(
        "{SELECT} AND ($2 IS NULL OR id < $2) AND ($3 IS NULL OR search_text LIKE $3 ESCAPE '\\') AND ($4 IS NULL OR active = $4)
        ORDER BY id DESC LIMIT $5"
    )
}
fn one_sql() -> String {
    format!("{SELECT} AND id = $2")
}

/// Newest first; `before` is the last id of the page before, `like` a folded pattern.
pub async fn list(
    db: &Db,
    organisation: OrganisationId,
    before: Option<ProductId>,
    like: Option<&str>,
    active: Option<bool>,
    limit: i64,
) -> Result<Vec<ProductView>> {
    let sql = list_sql();
    read!(db, c => sqlx::query_as::<_, ProductView>(&sql).bind(organisation).bind(before).bind(like).bind(active).bind(limit).fetch_all(c))
}

/// One item.
pub async fn one(db: &Db, organisation: OrganisationId, id: ProductId) -> Result<Option<ProductView>> {
    let sql = one_sql();
    read!(db, c => sqlx::query_as::<_, ProductView>(&sql).bind(organisation).bind(id).fetch_optional(c))
}

/// One item as this transaction sees it.
pub async fn row(tx: &mut Tx, organisation: OrganisationId, id: ProductId) -> Result<Option<ProductView>> {
    let sql = one_sql();
    write!(tx, c => sqlx::query_as::<_, ProductView>(&sql).bind(organisation).bind(id).fetch_optional(c))
}

// An update that changes nothing takes the row's lock on both engines.
const LOCK: &str = "UPDATE products SET rev = rev WHERE organisation_id = $1 AND id = $2
    RETURNING id, kind, name, description, sku, unit, price_minor, currency, active, image_id, created_at, updated_at, rev";

/// An item for changing; nobody else changes it until the transaction ends.
pub async fn lock(tx: &mut Tx, organisation: OrganisationId, id: ProductId) -> Result<Option<ProductView>> {
    write!(tx, c => sqlx::query_as::<_, ProductView>(LOCK).bind(organisation).bind(id).fetch_optional(c))
}

const INSERT: &str = "INSERT INTO products (organisation_id, id, kind, name, description, sku, unit, price_minor, currency, active, image_id, search_text, created_at, updated_at, rev)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
    ON CONFLICT (organisation_id, sku) DO NOTHING";

/// Writes a new item; `false` when another one has its SKU.
pub async fn insert(tx: &mut Tx, organisation: OrganisationId, p: &ProductView, search_text: &str) -> Result<bool> {
    let done = execute!(
        tx,
        INSERT,
        organisation,
        p.id,
        p.kind,
        &p.name,
        &p.description,
        p.sku.as_deref(),
        &p.unit,
        p.price_minor,
        &p.currency,
        p.active,
        p.image_id,
        search_text,
        p.created_at,
        p.updated_at,
        p.rev
    )?;
    Ok(done == 1)
}

const UPDATE: &str = "UPDATE products SET kind = $3, name = $4, description = $5, sku = $6, unit = $7, price_minor = $8, currency = $9, active = $10,
      image_id = $11, search_text = $12, updated_at = $13, rev = rev + 1 WHERE organisation_id = $1 AND id = $2";

/// Writes a locked item with the next revision. Refused as not unique when another one has its SKU.
pub async fn update(
    tx: &mut Tx,
    organisation: OrganisationId,
    p: &ProductView,
    search_text: &str,
    now: i64,
) -> Result<()> {
    execute!(
        tx,
        UPDATE,
        organisation,
        p.id,
        p.kind,
        &p.name,
        &p.description,
        p.sku.as_deref(),
        &p.unit,
        p.price_minor,
        &p.currency,
        p.active,
        p.image_id,
        search_text,
        now
    )
    .map(|_| ())
}

const BY_SKU: &str = "SELECT id FROM products WHERE organisation_id = $1 AND sku = $2";

/// Who has this SKU.
pub async fn id_by_sku(tx: &mut Tx, organisation: OrganisationId, sku: &str) -> Result<Option<ProductId>> {
    write!(tx, c => sqlx::query_scalar::<_, ProductId>(BY_SKU).bind(organisation).bind(sku).fetch_optional(c))
}

/// Statements built at run time, for the test that prepares every statement on both engines.
pub fn built_statements(_: crate::Engine) -> Vec<String> {
    vec![list_sql(), one_sql()]
}
