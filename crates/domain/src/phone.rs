//! Phone numbers: anything a person or a provider writes → E.164, or nothing.

/// Normalises to E.164 (`+79991234567`). Russian habits are understood: `8…` and a bare ten-digit `9…` are +7.
pub fn normalise(text: &str) -> Option<String> {
    let text = text.trim();
    let plus = text.starts_with('+');
    let mut digits = String::new();
    for c in text.chars() {
        match c {
            '0'..='9' => digits.push(c),
            ' ' | '\u{a0}' | '-' | '–' | '(' | ')' | '.' | '+' | '/' => {}
            _ => return None,
        }
    }
    let international = if plus {
        digits
    } else if let Some(rest) = digits.strip_prefix("00") {
        rest.to_owned()
    } else if digits.len() == 11 && digits.starts_with('8') {
        format!("7{}", &digits[1..])
    } else if digits.len() == 10 && digits.starts_with('9') {
        format!("7{digits}")
    } else {
        digits
    };
    (8..=15).contains(&international.len()).then(|| format!("+{international}")).filter(|n| !n.starts_with("+0"))
}

/// The last ten digits: what two spellings of one number share when the prefix is doubtful.
pub fn tail(e164: &str) -> &str {
    &e164[e164.len().saturating_sub(10)..]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn russian_habits() {
        for text in
            ["+7 999 123-45-67", "8 (999) 123-45-67", "89991234567", "9991234567", "79991234567", "007 999 1234567"]
        {
            assert_eq!(normalise(text).as_deref(), Some("+79991234567"), "{text}");
        }
        for text in ["", "12", "abc", "+7999", "+0 123 456 789", "1234567890123456"] {
            assert_eq!(normalise(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn normalising_twice_changes_nothing(text in "\\PC{0,24}") {
            if let Some(once) = normalise(&text) { prop_assert_eq!(normalise(&once), Some(once.clone())); }
        }
    }
}
