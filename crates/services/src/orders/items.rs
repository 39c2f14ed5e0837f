//! Lines of an order: from the catalogue with its price of this moment, or free.

use crate::{ApiError, ErrorCode, Result, Work, validate};
use domain::money;
use domain::views::{NewItem, OrderItemView};
use serde_json::{Value as Json, json};

/// Lines in one order at most.
const MOST: usize = 200;
/// Largest quantity of a line.
const MAX_QUANTITY: f64 = 1_000_000.0;

/// Checks lines and works out their sums: the lines and the total. `kept` may use catalogue items that are switched off.
pub async fn work_out(
    work: &mut Work,
    input: &[NewItem],
    currency: &str,
    kept: &[domain::ids::ProductId],
) -> Result<(Vec<OrderItemView>, i64)> {
    if input.len() > MOST {
        return Err(ApiError::new(ErrorCode::OutOfRange).arg("min", 0).arg("max", MOST).field("items").into());
    }
    let mut items = Vec::with_capacity(input.len());
    for (n, line) in input.iter().enumerate() {
        items.push(item(work, n, line, currency, kept).await?);
    }
    let total = money::total(items.iter().map(|i| i.total_minor));
    let total = total.ok_or_else(|| ApiError::new(ErrorCode::AmountTooLarge).field("items"))?;
    Ok((items, total))
}

/// Whether these are the same lines in the same order, whatever their ids.
pub(super) fn are_alike(before: &[OrderItemView], after: &[OrderItemView]) -> bool {
    let alike = |(a, b): (&OrderItemView, &OrderItemView)| *a == OrderItemView { id: a.id, ..b.clone() };
    before.len() == after.len() && before.iter().zip(after).all(alike)
}

async fn item(
    work: &mut Work,
    n: usize,
    line: &NewItem,
    currency: &str,
    kept: &[domain::ids::ProductId],
) -> Result<OrderItemView> {
    let at = |name: &str| format!("items.{n}.{name}");
    let quantity_milli = quantity(line.quantity.unwrap_or(1.0)).ok_or_else(|| {
        ApiError::new(ErrorCode::OutOfRange).arg("min", 0.001).arg("max", MAX_QUANTITY).field(at("quantity"))
    })?;
    let product = match line.product_id {
        None => None,
        Some(id) => {
            let found = store::products::row(&mut work.tx, work.organisation, id).await?;
            let product = found.ok_or_else(|| ApiError::new(ErrorCode::NotFound).field(at("product_id")))?;
            if !product.active && !kept.contains(&id) {
                return Err(ApiError::new(ErrorCode::ProductInactive).field(at("product_id")).into());
            }
            if product.currency != currency {
                return Err(ApiError::new(ErrorCode::CurrencyMismatch).field(at("product_id")).into());
            }
            Some(product)
        }
    };
    let name = line.name.clone().or_else(|| product.as_ref().map(|p| p.name.clone())).unwrap_or_default();
    let unit = line.unit.clone().or_else(|| product.as_ref().map(|p| p.unit.clone())).unwrap_or_default();
    let price = line.price_minor.or(product.as_ref().map(|p| p.price_minor));
    let price_minor = price.ok_or_else(|| ApiError::new(ErrorCode::Required).field(at("price_minor")))?;
    if price_minor < 0 {
        return Err(ApiError::new(ErrorCode::OutOfRange)
            .arg("min", 0)
            .arg("max", money::MAX_MINOR)
            .field(at("price_minor"))
            .into());
    }
    let too_large = || ApiError::new(ErrorCode::AmountTooLarge).field(at("price_minor"));
    if price_minor > money::MAX_MINOR {
        return Err(too_large().into());
    }
    Ok(OrderItemView {
        id: work.id(),
        product_id: line.product_id,
        name: validate::required(&at("name"), &name, 200)?,
        unit: validate::optional(&at("unit"), &unit, 20)?,
        price_minor,
        quantity_milli,
        total_minor: money::line_total(price_minor, quantity_milli).ok_or_else(too_large)?,
    })
}

/// Lines as the journal keeps them.
pub fn listed(items: &[OrderItemView]) -> Json {
    let line = |item: &OrderItemView| json!({"name": item.name, "quantity_milli": item.quantity_milli, "unit": item.unit, "price_minor": item.price_minor});
    items.iter().map(line).collect()
}

/// A decimal with up to three places as thousandths; `None` when it is not one, not positive, or too large.
fn quantity(value: f64) -> Option<i64> {
    if !value.is_finite() || value <= 0.0 || value > MAX_QUANTITY {
        return None;
    }
    let milli = (value * 1000.0).round();
    // A fourth place is refused rather than rounded: the sum on the receipt must be the one that was typed.
    (milli >= 1.0 && (milli / 1000.0 - value).abs() < 1e-9).then_some(milli as i64)
}

#[cfg(test)]
mod tests {
    use super::quantity;

    #[test]
    fn quantities_are_exact_to_three_places() {
        assert_eq!(quantity(1.5), Some(1500));
        assert_eq!(quantity(0.001), Some(1));
        assert_eq!(quantity(0.1 + 0.2), Some(300));
        for bad in [0.0, -1.0, 0.0001, 1.2345, f64::NAN, f64::INFINITY, 1_000_001.0] {
            assert_eq!(quantity(bad), None, "{bad}");
        }
    }
}
