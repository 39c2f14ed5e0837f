//! Creating and changing an item.

use crate::changes;
use crate::{ApiError, Cx, ErrorCode, Result, Work, accounts, validate};
use domain::access::Permission;
use domain::ids::ProductId;
use domain::money;
use domain::text::fold;
use domain::views::{ProductKind, ProductView, SaveProduct};
use serde_json::json;

/// Unit of an item when none is given.
const UNIT: &str = "шт.";

/// Creates an item; name and price are required.
pub async fn create(cx: &Cx, input: &SaveProduct) -> Result<ProductView> {
    cx.allow(Permission::ProductsWrite)?;
    if input.price_minor.is_none() {
        return Err(ApiError::new(ErrorCode::Required).field("price_minor").into());
    }
    let mut row = ProductView {
        id: cx.id(),
        kind: ProductKind::Product,
        name: String::new(),
        description: String::new(),
        sku: None,
        unit: UNIT.into(),
        price_minor: 0,
        currency: accounts::organisation::currency(cx).await?,
        active: true,
        image_id: None,
        created_at: cx.now,
        updated_at: cx.now,
        rev: 1,
    };
    apply(&mut row, input)?;
    let mut work = cx.work().await?;
    check_image(&mut work, &row).await?;
    if !store::products::insert(&mut work.tx, cx.organisation, &row, &search_text(&row)).await? {
        return Err(sku_taken().into());
    }
    work.journal("product_created", "product", row.id, json!({"name": row.name})).await?;
    work.hint("products", row.id);
    work.commit().await?;
    Ok(row)
}

/// Changes an item; what is absent stays. Orders keep the name and price they were made with.
pub async fn update(cx: &Cx, id: ProductId, input: &SaveProduct) -> Result<ProductView> {
    cx.allow(Permission::ProductsWrite)?;
    let mut work = cx.work().await?;
    let before = store::products::lock(&mut work.tx, cx.organisation, id).await?.ok_or(ErrorCode::NotFound)?;
    if input.rev.is_some_and(|rev| rev != before.rev) {
        return Err(ErrorCode::Stale.into());
    }
    let mut row = before.clone();
    apply(&mut row, input)?;
    if row == before {
        return Ok(before);
    }
    check_image(&mut work, &row).await?;
    if row.sku != before.sku
        && let Some(sku) = row.sku.as_deref()
        && store::products::id_by_sku(&mut work.tx, cx.organisation, sku).await?.is_some()
    {
        return Err(sku_taken().into());
    }
    match store::products::update(&mut work.tx, cx.organisation, &row, &search_text(&row), cx.now).await {
        // Somebody took the SKU between the look and the write.
        Err(store::Error::Unique(_)) => return Err(sku_taken().into()),
        done => done?,
    }
    let changes = changes::between(&facts(&before), &facts(&row));
    let args = json!({"name": row.name, "currency": row.currency, "changes": changes});
    work.journal("product_changed", "product", id, args).await?;
    work.hint("products", id);
    work.commit().await?;
    Ok(ProductView { rev: before.rev + 1, updated_at: cx.now, ..row })
}

fn facts(row: &ProductView) -> serde_json::Value {
    json!({
        "kind": row.kind, "name": row.name, "description": row.description, "sku": row.sku, "unit": row.unit,
        "price_minor": row.price_minor, "currency": row.currency, "active": row.active, "image_id": row.image_id,
    })
}

fn apply(row: &mut ProductView, input: &SaveProduct) -> Result<()> {
    if let Some(name) = &input.name {
        row.name = name.clone();
    }
    row.name = validate::required("name", &row.name, 200)?;
    if let Some(text) = &input.description {
        row.description = validate::optional("description", text, 5_000)?;
    }
    if let Some(sku) = &input.sku {
        row.sku = Some(validate::optional("sku", sku, 64)?).filter(|sku| !sku.is_empty());
    }
    if let Some(unit) = &input.unit {
        let unit = validate::optional("unit", unit, 20)?;
        row.unit = if unit.is_empty() { UNIT.into() } else { unit };
    }
    if let Some(price) = input.price_minor {
        if price < 0 {
            return Err(ApiError::new(ErrorCode::OutOfRange)
                .arg("min", 0)
                .arg("max", money::MAX_MINOR)
                .field("price_minor")
                .into());
        }
        if price > money::MAX_MINOR {
            return Err(ApiError::new(ErrorCode::AmountTooLarge).field("price_minor").into());
        }
        row.price_minor = price;
    }
    if let Some(currency) = &input.currency {
        money::check_currency(currency).map_err(|_| ApiError::new(ErrorCode::NotAllowed).field("currency"))?;
        row.currency = currency.clone();
    }
    row.kind = input.kind.unwrap_or(row.kind);
    row.active = input.active.unwrap_or(row.active);
    row.image_id = input.image_id.or(row.image_id);
    Ok(())
}

async fn check_image(work: &mut Work, row: &ProductView) -> Result<()> {
    let Some(id) = row.image_id else { return Ok(()) };
    let file = store::files::row(&mut work.tx, work.organisation, id).await?;
    let good = file.is_some_and(|f| f.state == "ready" && f.mime.starts_with("image/"));
    if good { Ok(()) } else { Err(ApiError::new(ErrorCode::NotAllowed).field("image_id").into()) }
}

fn search_text(row: &ProductView) -> String {
    fold(&format!("{} {} {}", row.name, row.sku.as_deref().unwrap_or_default(), row.description))
}

fn sku_taken() -> ApiError {
    ApiError::new(ErrorCode::AlreadyExists).arg("what", "sku").field("sku")
}
