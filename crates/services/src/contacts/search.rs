//! What a contact is found by, and how a typed query finds it.

use domain::text::{fold, like_pattern};
use store::contacts::ContactRow;

/// The folded text a contact is searched in: names, mail, and the phone as bare digits.
pub fn text_of(row: &ContactRow) -> String {
    let phone = row.phone.as_deref().unwrap_or_default().trim_start_matches('+');
    let parts = [&row.name, phone, row.email.as_deref().unwrap_or_default(), &row.company, &row.city];
    fold(&parts.join(" "))
}

/// `LIKE` patterns for a typed query, one of which must match a folded text; `None` when nothing was typed.
///
/// The second and third see a phone however it is written: its digits as they are, and with a Russian `8` read as `7`.
pub fn patterns(query: Option<&str>) -> Option<[String; 3]> {
    let text = fold(query?);
    if text.is_empty() {
        return None;
    }
    let plain = like_pattern(&text);
    let phone_like = text.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '+' | '-' | '–' | '(' | ')' | '.'));
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    if !phone_like || digits.len() < 3 {
        return Some([plain.clone(), plain.clone(), plain]);
    }
    let local = digits.strip_prefix('8').map_or_else(|| digits.clone(), |rest| format!("7{rest}"));
    Some([plain, like_pattern(&digits), like_pattern(&local)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phone_is_found_however_it_is_written() {
        let stored = "79991234567";
        for query in ["+7 (999) 123", "8 999 123-45", "999 12", "4567", "8(999)"] {
            let patterns = patterns(Some(query)).unwrap();
            assert!(patterns.iter().any(|p| stored.contains(p.trim_matches('%'))), "{query}: {patterns:?}");
        }
    }

    #[test]
    fn words_are_folded_and_nothing_is_nothing() {
        assert_eq!(patterns(Some(" Алёна 50% ")).unwrap()[0], "%алена 50\\%%");
        assert_eq!(patterns(Some("  ")), None);
        assert_eq!(patterns(None), None);
    }
}
