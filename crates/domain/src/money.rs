//! Money: integer minor units and an ISO 4217 currency. Arithmetic never wraps.

use crate::error::BadText;

/// Largest amount accepted anywhere, in minor units (a trillion roubles).
pub const MAX_MINOR: i64 = 100_000_000_000_000;

/// Price × quantity. Quantity is in thousandths (1,5 = 1500). `None` when the result does not fit [`MAX_MINOR`].
pub fn line_total(price_minor: i64, quantity_milli: i64) -> Option<i64> {
    let exact = i128::from(price_minor) * i128::from(quantity_milli);
    // Half a minor unit rounds away from zero, as on a till receipt.
    let rounded = (exact + if exact >= 0 { 500 } else { -500 }) / 1000;
    i64::try_from(rounded).ok().filter(|v| v.abs() <= MAX_MINOR)
}

/// Sum of lines, or `None` on overflow.
pub fn total(lines: impl IntoIterator<Item = i64>) -> Option<i64> {
    lines.into_iter().try_fold(0i64, |sum, line| sum.checked_add(line)).filter(|v| v.abs() <= MAX_MINOR)
}

/// Checks a currency code: three capital letters.
pub fn check_currency(code: &str) -> Result<(), BadText> {
    if code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase()) {
        Ok(())
    } else {
        Err(BadText::of("currency", code))
    }
}

/// Digits after the decimal point of a currency.
pub fn decimals(currency: &str) -> u32 {
    match currency {
        "JPY" | "KRW" | "VND" | "CLP" => 0,
        "KWD" | "BHD" | "TND" => 3,
        _ => 2,
    }
}

/// Reads what a person types («1 234,50», «1234.5») into minor units.
pub fn parse(text: &str, currency: &str) -> Option<i64> {
    let clean: String = text.chars().filter(|c| !c.is_whitespace() && *c != '\u{a0}' && *c != '\u{202f}').collect();
    let clean = clean.trim_end_matches(['₽', '$', '€']);
    let (sign, clean) = clean.strip_prefix('-').map_or((1, clean), |rest| (-1, rest));
    let (whole, fraction) = clean.split_once([',', '.']).unwrap_or((clean, ""));
    let places = decimals(currency) as usize;
    let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || whole.len() > 15 || fraction.len() > places || !digits(whole) || !digits(fraction) {
        return None;
    }
    let minor = format!("{whole}{fraction:0<places$}").parse::<i64>().ok()?;
    (minor <= MAX_MINOR).then_some(sign * minor)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn people_type_money_in_many_ways() {
        assert_eq!(parse("1 234,50 ₽", "RUB"), Some(123_450));
        assert_eq!(parse("1234.5", "RUB"), Some(123_450));
        assert_eq!(parse("7", "JPY"), Some(7));
        for bad in ["", "1,234,5", "0,001", "abc", "99999999999999999999"] {
            assert_eq!(parse(bad, "RUB"), None, "{bad}");
        }
    }

    #[test]
    fn overflow_is_an_answer_not_a_wrap() {
        assert_eq!(line_total(MAX_MINOR, 2000), None);
        assert_eq!(total([i64::MAX, 1]), None);
        assert_eq!(line_total(33, 1500), Some(50));
    }

    proptest! {
        #[test]
        fn line_total_never_panics(price: i64, quantity: i64) {
            if let Some(v) = line_total(price, quantity) { prop_assert!(v.abs() <= MAX_MINOR); }
        }
        #[test]
        fn typed_money_round_trips(minor in 0i64..MAX_MINOR) {
            let text = format!("{},{:02}", minor / 100, minor % 100);
            prop_assert_eq!(parse(&text, "RUB"), Some(minor));
        }
    }
}
