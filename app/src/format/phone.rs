//! Phone numbers as people read them.

const NBSP: char = '\u{a0}';

/// `+7 999 123-45-67` from E.164; other countries in groups of three; anything else as it is.
pub fn phone(e164: &str) -> String {
    let Some(digits) = e164.strip_prefix('+').filter(|d| d.len() >= 8 && d.bytes().all(|b| b.is_ascii_digit())) else {
        return e164.to_owned();
    };
    if digits.len() == 11 && digits.starts_with('7') {
        return format!(
            "+7{NBSP}{}{NBSP}{}\u{2011}{}\u{2011}{}",
            &digits[1..4],
            &digits[4..7],
            &digits[7..9],
            &digits[9..11]
        );
    }
    let country = country_code_length(digits);
    let mut text = format!("+{}", &digits[..country]);
    let rest = &digits[country..];
    let mut at = 0;
    while at < rest.len() {
        let take = if rest.len() - at == 4 { 2 } else { 3.min(rest.len() - at) };
        text.push(NBSP);
        text.push_str(&rest[at..at + take]);
        at += take;
    }
    text
}

/// One digit for North America, two for most of the long-established codes, else three.
fn country_code_length(digits: &str) -> usize {
    const TWO: &[&str] = &[
        "20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45", "46", "47", "48", "49",
        "51", "52", "53", "54", "55", "56", "57", "58", "60", "61", "62", "63", "64", "65", "66", "81", "82", "84",
        "86", "90", "91", "92", "93", "94", "95", "98",
    ];
    match &digits[..2] {
        two if two.starts_with('1') || two.starts_with('7') => 1,
        two if TWO.contains(&two) => 2,
        _ => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phones() {
        assert_eq!(plain(phone("+79991234567")), "+7 999 123-45-67");
        assert_eq!(plain(phone("+442071838750")), "+44 207 183 87 50");
        assert_eq!(plain(phone("+12025550123")), "+1 202 555 01 23");
        assert_eq!(phone("wa:7999"), "wa:7999");
        assert_eq!(phone("+7"), "+7");
    }

    fn plain(text: String) -> String {
        text.replace(NBSP, " ").replace('\u{2011}', "-")
    }
}
